"""Executed notebooks to HTML, PDF, Word and the index of what was published."""

from cspanalysis.publication.publish import publish
from cspanalysis.publication.site import write_index

__all__ = ["publish", "write_index"]
