"""What is published of a report: one row a format, and the only place that knows them all."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from cspanalysis.publication.brand import Brand
from cspanalysis.publication.briefing import briefing_document_of, briefing_page_of
from cspanalysis.publication.data_pack import data_pack_of
from cspanalysis.publication.document import Document
from cspanalysis.publication.html import Page
from cspanalysis.publication.mail import mail_page_of, mail_text_of
from cspanalysis.publication.pdf import pdf_of
from cspanalysis.publication.slide_deck import deck_of
from cspanalysis.publication.spreadsheet import spreadsheet_of
from cspanalysis.publication.web_pack import web_pack_of
from cspanalysis.publication.word import word_of
from cspanalysis.vocabulary.forms import Form

__all__ = ["FORMATS", "Format", "Source", "rows_of"]


@dataclass(frozen=True, slots=True)
class Source:
    """Hold what formats are made from: a page, the same as a document tree, and the look."""

    page: Page
    document: Document
    brand: Brand | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """Hold one format.

    Parameters
    ----------
    ending
        Ending of the file's name, after the report's.
    label
        Its name as readers see it.
    make
        Makes the file's content; the same source gives the same bytes.
    form
        The form that a plan or a partnership asks for to get it; none for what is always made.
    """

    ending: str
    label: str
    make: Callable[[Source], bytes]
    form: Form | None = None


FORMATS = (
    Format("html", "Web page", lambda source: source.page.html.encode()),
    Format("pdf", "PDF", lambda s: pdf_of(s.page, s.document, brand=s.brand)),
    Format("docx", "Word", lambda s: word_of(s.page, s.document, brand=s.brand)),
    Format("xlsx", "Spreadsheet", lambda source: spreadsheet_of(source.page)),
    Format("pptx", "Slides", lambda s: deck_of(s.page, brand=s.brand), "slides"),
    Format("briefing.html", "Briefing", lambda s: briefing_page_of(s.page), "briefing"),
    Format(
        "briefing.docx",
        "Briefing (Word)",
        lambda s: briefing_document_of(s.page, brand=s.brand),
        "briefing",
    ),
    Format("mail.html", "Mail", lambda source: mail_page_of(source.page), "mail"),
    Format("mail.txt", "Mail as text", lambda source: mail_text_of(source.page), "mail"),
    Format("data.zip", "Data", lambda source: data_pack_of(source.page), "data"),
    Format("web.zip", "Web page in parts", lambda source: web_pack_of(source.page), "web"),
)


def rows_of(forms: Collection[str]) -> list[Format]:
    """Give the formats that are always made, and those of the forms asked for."""
    return [row for row in FORMATS if row.form is None or row.form in forms]
