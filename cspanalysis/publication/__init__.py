"""Executed notebooks to HTML, PDF, Word and the index of what was published."""

from cspanalysis.publication.index import write_index
from cspanalysis.publication.publish import publish

__all__ = ["publish", "write_index"]
