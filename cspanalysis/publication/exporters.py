"""Exporters for nbconvert: ``jupyter nbconvert --to csp-html|csp-pdf|csp-docx report.ipynb``.

nbconvert finds them by the entry points of this package; nothing else imports this module.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter

from cspanalysis.publication.document import document_of
from cspanalysis.publication.html import Page, page_from
from cspanalysis.publication.pdf import pdf_of
from cspanalysis.publication.word import word_of

__all__ = ["CspHtmlExporter", "CspPdfExporter", "CspWordExporter"]


class CspHtmlExporter(Exporter):
    """Export an executed notebook of ours as one accessible page."""

    output_mimetype = "text/html"
    export_from_notebook = "Community safety report (HTML)"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(self, nb: Any, resources: Any = None, **options: Any) -> Any:
        """Convert a notebook; one whose cells failed or that shows no cover is refused."""
        book, resources = super().from_notebook_node(nb, resources, **options)
        name = resources.get("metadata", {}).get("name") or "notebook"
        return self._made(page_from(book, Path(f"{name}.ipynb"))), resources

    def _made(self, page: Page) -> str | bytes:
        return page.html


class CspPdfExporter(CspHtmlExporter):
    """Export an executed notebook of ours as PDF/UA-1."""

    output_mimetype = "application/pdf"
    export_from_notebook = "Community safety report (PDF)"

    def _file_extension_default(self) -> str:
        return ".pdf"

    def _made(self, page: Page) -> bytes:
        return pdf_of(page, document_of(page.html))


class CspWordExporter(CspHtmlExporter):
    """Export an executed notebook of ours as a Word document."""

    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    export_from_notebook = "Community safety report (Word)"

    def _file_extension_default(self) -> str:
        return ".docx"

    def _made(self, page: Page) -> bytes:
        return word_of(page, document_of(page.html))
