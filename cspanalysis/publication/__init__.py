"""Executed notebooks to HTML, PDF, Word and the index of what was published."""

from cspanalysis.publication.publish import prepare, publish
from cspanalysis.publication.site import write_index

__all__ = ["prepare", "publish", "write_index"]
