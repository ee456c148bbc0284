"""Executed notebook to one accessible HTML page that asks nothing of any network."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from cspanalysis.blocks.block import ASKED, COVER, FIGURES, TABLES
from cspanalysis.blocks.lab import bare
from cspanalysis.characters import plain, plain_throughout
from cspanalysis.errors import PublicationError
from cspanalysis.publication.body import put_in_order
from cspanalysis.publication.brand import Brand, brand_of
from cspanalysis.publication.fonts import font_faces
from cspanalysis.publication.licence import attribution, draws_boundaries
from cspanalysis.publication.placed import check_page, shown_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Page", "edition_label", "page_from", "page_of", "template"]

TEMPLATES = Path(__file__).parent / "templates"
_LEFT_OUT = {"analyst", "parameters", "injected-parameters"}

_UNDRAWN = ("<Axes", "<Figure", "Figure(", "[<Axes", "array([<Axes", "array([[<Axes")


@dataclass(frozen=True, slots=True)
class Page:
    """Hold the page of one executed notebook.

    Parameters
    ----------
    html
        The whole page.
    cover
        What the notebook's cover recorded.
    tables
        The tables that the notebook recorded, in order.
    figures
        The headline figures that it recorded, in order.
    forms
        Forms that its plan or its partnership asks for.
    written
        When its notebook was run; the earliest day that files can bear where that is not known.
    """

    html: str
    cover: Mapping[str, Any]
    tables: Sequence[Mapping[str, Any]] = ()
    figures: Sequence[Mapping[str, Any]] = ()
    forms: frozenset[str] = frozenset()
    written: datetime = datetime(1980, 1, 1, tzinfo=UTC)

    @property
    def title(self) -> str:
        """Title of the document: what, where and when."""
        where, when = self.cover["area"]["name"], self.cover["period"]["label"]
        return f"{self.cover['title']}: {where}, {when}"

    @property
    def subject(self) -> str:
        """The finding, no longer than the properties of a Word document may be."""
        return shorten(self.cover["lead"], 255, placeholder=" ...")


def page_of(executed: Path, *, brand: Brand | None = None) -> Page:
    """Make the page of an executed notebook.

    Parameters
    ----------
    executed
        Notebook with its outputs. Cells tagged ``analyst``, raw cells, parameters and all code
        are left out, and so is what cells printed.
    brand
        The partnership's own look; the area's, if not given.

    Raises
    ------
    PublicationError
        If a cell failed, the cover is missing, or the page breaks a rule for published pages.
    """
    from nbformat import v4

    # Not nbformat's own way in, which would hold it against its schema: papermill has just done so.
    book = v4.reads(executed.read_text(encoding="utf-8"))  # type: ignore[no-untyped-call]
    return page_from(book, executed, brand=brand)


def prepare_page() -> None:
    """Load what making a page needs."""
    from nbformat.v4 import new_markdown_cell, new_notebook

    cells = [new_markdown_cell("# Nothing")]  # type: ignore[no-untyped-call]
    _fragment(new_notebook(cells=cells))  # type: ignore[no-untyped-call]
    template("page.html.j2")
    font_faces()


def page_from(book: Any, executed: Path, *, brand: Brand | None = None) -> Page:
    """Make the page of an executed notebook that was read already; see `page_of`.

    Parameters
    ----------
    book
        The notebook.
    executed
        Where it came from, for messages.
    brand
        The partnership's own look; the area's, if not given.
    """
    _refuse_errors(book, executed)
    _refuse_undrawn(book, executed)
    cover = plain_throughout(cover_record(book, executed))
    look = brand or brand_of(cover["area"]["slug"]) or Brand()
    tables = plain_throughout(recorded_tables(book))
    shown = shown_of(book, executed, shown=_fragment)
    page = _page(cover, plain(shown), tables, look)
    check_page(page.html, book, executed, shown=_fragment)
    return replace(
        page,
        figures=plain_throughout(recorded_figures(book)),
        forms=_asked(book, cover),
        written=_written(book) or page.written,
    )


def _written(book: Any) -> datetime | None:
    """Tell when a notebook was run, to the second; None where it does not say."""
    ended = str(book.metadata.get("papermill", {}).get("end_time") or "")
    return datetime.fromisoformat(ended).astimezone(UTC).replace(microsecond=0) if ended else None


def _asked(book: Any, cover: Mapping[str, Any]) -> frozenset[str]:
    return frozenset({*book.metadata.get(ASKED, ()), *cover.get("forms", ())})


def cover_record(book: Any, executed: Path) -> Mapping[str, Any]:
    """Find what the cover of a notebook recorded.

    Raises
    ------
    PublicationError
        If no cell shows a cover.
    """
    for cell in book.cells:
        for output in cell.get("outputs", []):
            if record := output.get("data", {}).get(COVER):
                return dict(record)
    raise PublicationError(
        f"{executed.name}: no cell shows a cover, so the page has no title: begin with "
        "report.cover()"
    )


def recorded_tables(book: Any) -> list[Mapping[str, Any]]:
    """Gather the tables that a notebook recorded, in the order of its cells."""
    return list(_recorded(book, TABLES, "tables"))


def recorded_figures(book: Any) -> list[Mapping[str, Any]]:
    """Gather the headline figures that a notebook recorded, in the order of its cells."""
    return list(_recorded(book, FIGURES, "figures"))


def _recorded(book: Any, kind: str, key: str) -> Iterator[Mapping[str, Any]]:
    for cell in book.cells:
        for output in cell.get("outputs", []):
            yield from output.get("data", {}).get(kind, {}).get(key, ())


def edition_label(cover: Mapping[str, Any]) -> str:
    """Name the edition as readers see it."""
    return f"{str(cover['edition']).capitalize()} edition"


@cache
def template(name: str) -> Any:
    """Load one of the page templates; values put into it are escaped."""
    from jinja2 import Environment, FileSystemLoader

    folder = FileSystemLoader(TEMPLATES)
    environment = Environment(loader=folder, autoescape=True, trim_blocks=True)
    environment.globals["licence"] = attribution()
    return environment.get_template(name)


def style(name: str) -> Markup:
    """Read a style sheet of ours for embedding."""
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))  # noqa: S704 # nosec B704 - our own


def _refuse_errors(book: Any, executed: Path) -> None:
    for number, cell in enumerate(book.cells, start=1):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                raise PublicationError(
                    f"{executed.name}: cell {number} failed with {output.ename}: {output.evalue}; "
                    "a notebook with a failed cell is not published"
                )


def _refuse_undrawn(book: Any, executed: Path) -> None:
    """Refuse a drawing that a kernel without a screen gives as its name alone."""
    for number, cell in enumerate(book.cells, start=1):
        for output in cell.get("outputs", []):
            text = "".join(output.get("data", {}).get("text/plain", ""))
            if len(output.get("data", {})) == 1 and text.startswith(_UNDRAWN):
                raise PublicationError(
                    f"{executed.name}: cell {number} gives a drawing that no page would show; "
                    "show it with display.chart(drawn, title=..., source=..., alt=..., ...)"
                )


def _fragment(book: Any) -> str:
    from nbconvert.filters.markdown_mistune import InvalidNotebook

    try:
        return str(_exporter().from_notebook_node(_shown(book))[0])
    except InvalidNotebook as error:  # such as for an attachment that is gone
        raise ValueError(str(error)) from None


def _shown(book: Any) -> Any:
    """Give a notebook of what a page shows: nbconvert copies what it is given, records and all."""
    from nbformat import from_dict

    read = (cell for cell in book.cells if cell.cell_type != "raw")
    cells = [_bare(cell) for cell in read if not _LEFT_OUT & {*cell.metadata.get("tags", ())}]
    return from_dict({**book, "cells": cells})  # type: ignore[no-untyped-call]


def _bare(cell: Any) -> dict[str, Any]:
    """Leave out of a cell's outputs what is not text: the records."""
    if "outputs" not in cell:
        return dict(cell)
    return {**cell, "outputs": [_as_text(output) for output in cell.outputs]}


def _as_text(output: Any) -> dict[str, Any]:
    if "data" not in output:
        return dict(output)
    return {**output, "data": {k: bare(v) for k, v in output.data.items() if isinstance(v, str)}}


@cache
def _exporter() -> Any:
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    class _Exporter(HTMLExporter):
        def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> Any:
            # HTMLExporter's own would parse the page to give pictures words that say nothing.
            return super(HTMLExporter, self).from_notebook_node(nb, resources, **kw)

    settings = Config()
    # They serve code, widgets and files, none of which a page of ours shows.
    settings.Exporter.default_preprocessors = []
    exporter: Any = _Exporter(  # type: ignore[no-untyped-call]
        template_name="csp", extra_template_basedirs=[str(TEMPLATES)], config=settings
    )
    exporter.exclude_anchor_links = True
    exporter.exclude_input = True
    exporter.embed_images = False
    return exporter


def _page(
    cover: Mapping[str, Any], fragment: str, tables: Sequence[Mapping[str, Any]], brand: Brand
) -> Page:
    from lxml import etree, html

    body = html.fragment_fromstring(fragment, create_parent="main")
    etree.strip_tags(body, etree.Comment, etree.ProcessingInstruction)
    opening = body.find(".//header[@class='cover']")
    if opening is None:
        raise PublicationError("the cover was recorded but is not shown; let its cell show it")
    opening.drop_tree()
    opening.tag = "div"  # it stands within the page's own header
    put_in_order(body, numbered=bool(cover.get("numbered")))
    bare = Page("", cover)
    text = template("page.html.j2").render(
        cover=cover,
        title=bare.title,
        edition=edition_label(cover),
        fonts=Markup(font_faces()),  # noqa: S704 # nosec B704 - our own style rules
        style=style("page.css") + _colours(brand),
        logo=_logo(brand),
        opening=_markup(opening, with_tail=False),
        contents=_contents(body),
        body=(shown := Markup("").join(_markup(child) for child in body)),
        drawn=draws_boundaries(shown),
    )
    return Page(text, cover, tables)


def _colours(brand: Brand) -> Markup:
    """Write the brand's colour as style rules, for light and for dark."""
    if brand.colour is None:
        return Markup()
    rules = "{{ --brand: {0}; --link: {0}; }}".format
    return Markup(  # noqa: S704 # nosec B704 - colours that were read as colours
        f":root {rules(brand.colour)}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {rules(brand.lit)} }}"
    )


def _logo(brand: Brand) -> Markup:
    """Write the brand's logo as a picture that the page holds itself."""
    if brand.logo is None:
        return Markup()
    kind = "svg+xml" if brand.logo_name.endswith("svg") else "png"
    address = f"data:image/{kind};base64,{b64encode(brand.logo).decode()}"
    return Markup('<img class="logo" src="{}" alt="{}">').format(address, brand.logo_alt)


def _contents(body: HtmlElement) -> list[dict[str, Any]]:
    """List the sections, and under each those of its parts that ask to be listed."""
    listed: list[dict[str, Any]] = []
    for heading in body.xpath(".//h2 | .//h3[@class='listed']"):
        entry = {"id": heading.get("id"), "text": heading.text_content(), "parts": []}
        if heading.tag == "h2":
            listed.append(entry)
        elif listed:
            listed[-1]["parts"].append(entry)
    return listed


def _markup(element: HtmlElement, *, with_tail: bool = True) -> Markup:
    from lxml import html

    text = html.tostring(element, encoding="unicode", with_tail=with_tail)
    return Markup(text)  # noqa: S704 # nosec B704 - parsed markup
