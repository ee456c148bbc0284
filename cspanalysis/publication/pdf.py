"""Document tree to PDF: tagged, bookmarked, with its fonts, after PDF/UA-1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cspanalysis.errors import PublicationError
from cspanalysis.publication.document import Document, pandoc
from cspanalysis.publication.html import TEMPLATES, Page, edition_label
from cspanalysis.publication.pdf_tags import with_row_headers
from cspanalysis.publication.typesetter import typesetter
from cspanalysis.publication.typst_tree import TypstWriter, literal

__all__ = ["pdf_of"]


def pdf_of(page: Page, document: Document) -> bytes:
    """Make the PDF of a page: the same page gives the same bytes.

    Raises
    ------
    PublicationError
        If the document can't be set, or would break PDF/UA-1.
    """
    import typst

    writer = TypstWriter(document)
    blocks = writer.blocks(document.blocks)
    body = pandoc(["-f", "json", "-t", "typst", "--wrap=none"], document.as_json(blocks)).decode()
    source = "\n".join([_pictures(document), _look(), _opening(page.cover, page.title), body])
    try:
        made = typesetter(TEMPLATES).compile(
            source.encode(), format="pdf", pdf_standards=["ua-1"], timestamp=0
        )
    except typst.TypstError as error:
        raise PublicationError(f"{page.title}: the PDF can't be set: {error}") from error
    return with_row_headers(made, writer.row_headed)


def _look() -> str:
    return (TEMPLATES / "report.typ").read_text(encoding="utf-8")


def _pictures(document: Document) -> str:
    entries = (
        f"{literal(name)}: {literal(content.decode())}" if name.endswith("svg") else
        f"{literal(name)}: bytes(({','.join(map(str, content))}))"
        for name, content in document.pictures.items()
    )  # fmt: skip
    return f"#let pictures = ({', '.join(entries) or ':'})"


def _opening(cover: Mapping[str, Any], title: str) -> str:
    language, _, region = str(cover["language"]).partition("-")
    facts = "".join(f"({literal(name)}, {literal(text)})," for name, text in cover["facts"].items())
    marking = literal(cover["marking"]) if cover["marking"] else "none"
    return (
        f"#show: report.with(title: {literal(title)}, area: {literal(cover['area']['name'])}, "
        f"period: {literal(cover['period']['label'])}, kicker: {literal(cover['title'])}, "
        f"lead: {literal(cover['lead'])}, facts: ({facts}), marking: {marking}, "
        f"edition: {literal(edition_label(cover))}, language: {literal(language)}, "
        f"region: {literal(region)})"
    )
