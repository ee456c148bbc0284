"""Slides to a PowerPoint file: real titles, native charts and tables, words for every drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from cspanalysis.errors import PublicationError
from cspanalysis.publication.brand import Brand
from cspanalysis.publication.html import Page, edition_label
from cspanalysis.publication.licence import ADDRESS, BOUNDARIES, NAME, draws_boundaries
from cspanalysis.publication.makers import without_makers
from cspanalysis.publication.pictures import png_of
from cspanalysis.publication.slide_shapes import (
    COLUMN,
    MARGIN,
    Canvas,
    add_chart,
    add_picture,
    add_points,
    add_text,
)
from cspanalysis.publication.slide_tables import add_table
from cspanalysis.publication.slides import Slide, slides_of
from cspanalysis.publication.timeless import timeless
from cspanalysis.publication.word_outside import without_outside

__all__ = ["deck_of", "opened"]

_WIDE, _HIGH = 13.333, 7.5
_TITLE_ONLY = 5
"""Place of the layout with a title and nothing else, in PowerPoint's own order."""


def deck_of(page: Page, *, brand: Brand | None = None) -> bytes:
    """Make the slides of a page: the same page gives the same bytes."""
    look = brand or Brand()
    book = opened(look.slides) if look.slides else _own()
    layout = book.slide_layouts[min(_TITLE_ONLY, len(book.slide_layouts) - 1)]
    canvas = Canvas(
        book.slide_width / 914400,
        book.slide_height / 914400,
        look.colour or "#12436D",
        page.cover["language"],
    )
    chosen = slides_of(page)
    for number, slide in enumerate(chosen, start=1):
        made = book.slides.add_slide(layout)
        _settle_placeholders(made)
        left = _open(made, slide, canvas) if number == 1 else _draw(made, slide, canvas)
        _foot(made, slide, canvas, page, number=number, last=number == len(chosen))
        made.notes_slide.notes_text_frame.text = "\n".join(_spoken(slide, page, left))
    properties = book.core_properties
    properties.title, properties.subject = page.title, page.subject
    properties.author = properties.last_modified_by = page.cover["area"]["name"]
    properties.language = page.cover["language"]
    properties.created = properties.modified = page.written
    buffer = BytesIO()
    book.save(buffer)
    return timeless(buffer.getvalue(), page.written)


def opened(slides: bytes) -> Any:
    """Open a partnership's own slides without what stands on them: their layouts alone are left."""
    from pptx import Presentation

    book = Presentation(BytesIO(without_makers(without_outside(slides))))
    for entry in list(book.slides._sldIdLst):
        book.part.drop_rel(entry.rId)
        book.slides._sldIdLst.remove(entry)
    if not [layout.name for layout in book.slide_layouts]:
        raise ValueError("it has no layout")
    return book


def _own() -> Any:
    from pptx import Presentation
    from pptx.util import Inches

    book = Presentation()
    book.slide_width, book.slide_height = Inches(_WIDE), Inches(_HIGH)
    return book


def _settle_placeholders(made: Any) -> None:
    """Take away the empty fields of a layout, but for the title."""
    for shape in list(made.placeholders):
        if shape != made.shapes.title:
            shape._element.getparent().remove(shape._element)


def _titled(made: Any) -> Any:
    if made.shapes.title is None:
        raise PublicationError(
            "slides.pptx of the brand: its sixth layout (or its last) has no title; use "
            "PowerPoint's own order of layouts, where 'Title Only' is the sixth"
        )
    return made.shapes.title


def _open(made: Any, slide: Slide, canvas: Canvas) -> tuple[str, ...]:
    """Fill the first slide, and give what did not fit."""
    title = _titled(made)
    left = canvas.place(title, 2.35, canvas.inside, 0.85, slide.title, points=40, bold=True)
    left += add_text(made, canvas, 1.9, slide.kicker, points=20, quiet=True, height=0.4)
    return left + add_text(made, canvas, 3.3, slide.points[0], points=24, height=2.6)


def _draw(made: Any, slide: Slide, canvas: Canvas) -> tuple[str, ...]:
    """Fill a slide, title first as that is a reader's order; give what did not fit."""
    title = _titled(made)
    left = canvas.place(title, 0.72, canvas.inside, 0.92, slide.title, points=26, bold=True)
    left += add_text(made, canvas, 0.4, slide.kicker, points=16, quiet=True, height=0.32)
    if slide.subtitle:
        left += add_text(made, canvas, 1.66, slide.subtitle, points=16, quiet=True, height=0.45)
    width = canvas.inside - (COLUMN + 0.35 if slide.points else 0)
    if slide.chart:
        half = slide.below is not None
        add_chart(made, canvas, slide.chart, width=width, alt=slide.alt, half=half)
        if slide.below:
            add_chart(made, canvas, slide.below, width=width, alt=slide.alt_below, half=True,
                      lower=True)  # fmt: skip
    elif slide.grid:
        left += add_table(made, canvas, slide.grid, alt=slide.alt)
    elif slide.picture:
        name = f"picture.{slide.picture.ending}"
        content = png_of({name: slide.picture.content})[name]
        add_picture(made, canvas, content, width=width, alt=slide.alt)
    if slide.points:
        aside = bool(slide.chart or slide.picture)
        place = canvas.width - MARGIN - COLUMN if aside else MARGIN
        left += add_points(
            made, canvas, slide.points, left=place, numbered=slide.numbered, aside=aside
        )
    return left


def _foot(made: Any, slide: Slide, canvas: Canvas, page: Page, *, number: int, last: bool) -> None:
    cover = page.cover
    said = [f"Source: {slide.source}"] if slide.source else []
    if number == 1:
        said = [edition_label(cover)]
    elif last:
        said = [f"Contains public sector information licensed under the {NAME}"]
    said += [cover["marking"]] if cover["marking"] else []
    link = ADDRESS if last else ""
    canvas.foot(made, ". ".join(said), number, link=link)


def _spoken(slide: Slide, page: Page, left: Sequence[str]) -> Iterator[str]:
    """Give a slide's notes: what is drawn, what the page says, where the figures come from.

    They open with what found no room on the slide.
    """
    yield from (text for text in left if not any(text in said for said in slide.notes))
    if slide.alt:
        yield f"Shown: {' '.join(filter(None, (slide.alt, slide.alt_below)))}"
    yield from slide.notes
    if slide.source:
        yield f"Source: {slide.source}"
    yield f"{page.title}. {edition_label(page.cover)}."
    yield f"Contains public sector information licensed under the {NAME} ({ADDRESS})."
    if draws_boundaries(page.html):
        yield BOUNDARIES
