"""Document tree to PDF: tagged, bookmarked, with its fonts, after PDF/UA-1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cspanalysis.errors import PublicationError
from cspanalysis.publication.brand import Brand
from cspanalysis.publication.document import Document, pandoc
from cspanalysis.publication.html import TEMPLATES, Page, edition_label
from cspanalysis.publication.pdf_tags import with_row_headers
from cspanalysis.publication.typesetter import typeset
from cspanalysis.publication.typst_tree import TypstWriter, literal

__all__ = ["pdf_of"]

# Lists stand under the words of numbered paragraphs, not under their numbers.
_INDENTED = "\n#set list(indent: 9mm)\n#set enum(indent: 9mm)"
_RESTLESS = "did not converge"
_FOCUS = '#let focus = rgb("#12436d")'


def pdf_of(page: Page, document: Document, *, brand: Brand | None = None) -> bytes:
    """Make the PDF of a page: the same page gives the same bytes.

    A document of more than seven pages gets its contents.

    Raises
    ------
    PublicationError
        If the document can't be set, or would break PDF/UA-1.
    """
    writer = TypstWriter(document)
    blocks = writer.blocks(document.blocks)
    body = pandoc(["-f", "json", "-t", "typst", "--wrap=none"], document.as_json(blocks)).decode()
    brand = brand or Brand()
    drawings = {**document.pictures, **({brand.logo_name: brand.logo} if brand.logo else {})}
    opening = _opening(page.cover, page.title, brand)
    source = "\n".join([_pictures(drawings), _look(brand), opening, body])
    try:
        made, warnings = typeset(
            source, root=TEMPLATES, format="pdf", pdf_standards=["ua-1"], timestamp=0
        )
    except PublicationError as error:
        raise PublicationError(f"{page.title}: the PDF can't be set: {error}") from error
    # A layout that never comes to rest tells false numbers of pages.
    if any(_RESTLESS in warning.message for warning in warnings):
        reason = "its layout does not settle, so that its pages can't be numbered"
        raise PublicationError(f"{page.title}: the PDF can't be set: {reason}")
    return with_row_headers(bytes(made), writer.row_headed)


def _look(brand: Brand) -> str:
    look = (TEMPLATES / "report.typ").read_text(encoding="utf-8")
    return look.replace(_FOCUS, f'#let focus = rgb("{brand.colour}")') if brand.colour else look


def _pictures(drawings: Mapping[str, bytes]) -> str:
    entries = (
        f"{literal(name)}: {literal(content.decode(errors='replace'))}" if name.endswith("svg") else
        f"{literal(name)}: bytes(({','.join(map(str, content))}))"
        for name, content in drawings.items()
    )  # fmt: skip
    return f"#let pictures = ({', '.join(entries) or ':'})"


def _opening(cover: Mapping[str, Any], title: str, brand: Brand) -> str:
    language, _, region = str(cover["language"]).partition("-")
    facts = "".join(f"({literal(name)}, {literal(text)})," for name, text in cover["facts"].items())
    marking = literal(cover["marking"]) if cover["marking"] else "none"
    logo = literal(brand.logo_name) if brand.logo else "none"
    said = literal(brand.logo_alt) if brand.logo_alt else "none"
    return (
        f"#show: report.with(title: {literal(title)}, area: {literal(cover['area']['name'])}, "
        f"period: {literal(cover['period']['label'])}, kicker: {literal(cover['title'])}, "
        f"lead: {literal(cover['lead'])}, facts: ({facts}), marking: {marking}, "
        f"edition: {literal(edition_label(cover))}, language: {literal(language)}, "
        f"region: {literal(region)}, logo: {logo}, logo-alt: {said})"
        + (_INDENTED if cover.get("numbered") else "")
    )
