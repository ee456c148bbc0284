"""Executed notebooks to HTML, PDF, Word and the index of what was published."""

from cspanalysis.publication.html import page_of

__all__ = ["page_of"]
