"""No text of a slide leaves its box: measured with Pillow, and as LibreOffice draws it."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pptx
import pytest
from PIL import ImageFont
from pptx.util import Emu

from cspanalysis.publication.brand import Brand
from cspanalysis.publication.html import Page, page_of
from cspanalysis.publication.slide_deck import deck_of
from cspanalysis.publication.slide_text import REST, fitted
from tests.publication.test_slides import PAGE

LONG = (
    "Serious violence, can't tell: 7,149 records of violence and sexual offences (30.9 per 1,000), "
    "after 7,492 in 2022, among the highest two of three areas."
)
LONGER = f"{LONG[:-1]}; {LONG[:-1]}; {LONG[:-1]}; {LONG}"
FACES = Path(mpl.get_data_path()) / "fonts/ttf"


def wordy() -> Page:
    """Give a page of which everything is longer than a slide holds."""
    cover = {**PAGE.cover, "lead": LONG * 20, "area": {"name": "Bedfordshire police " * 6}}
    html = PAGE.html.replace("More.", LONG * 3).replace("Ask schools.", LONG * 5)
    html = html.replace(
        "So may theft.</p>", f"</p>{''.join(f'<p>{n} {LONGER}</p>' for n in 'ABCD')}"
    )
    rows = "".join(
        f"<tr><td>{LONG}</td><td>1</td><td>2</td><td></td><td></td></tr>" for _ in "12345"
    )
    html = html.replace("It was usual", LONG).replace(
        "<tr><td>Burglary</td><td>10", f"{rows}<tr><td>B</td><td>10"
    )
    return replace(PAGE, html=html.replace("Offences a month.", f"{LONG} "), cover=cover)


@pytest.mark.parametrize("narrow", [False, True])
def test_no_frame_needs_more_height_than_it_has(*, narrow: bool) -> None:
    template = pptx.Presentation()
    template.slide_width = Emu(9144000)
    buffer = io.BytesIO()
    template.save(buffer)
    brand = Brand(slides=buffer.getvalue()) if narrow else None
    for page in (PAGE, wordy()):
        book = pptx.Presentation(io.BytesIO(deck_of(page, brand=brand)))
        assert list(beyond(book)) == []


def test_what_found_no_room_stands_in_the_notes() -> None:
    book = pptx.Presentation(io.BytesIO(deck_of(wordy())))
    matters = next(s for s in book.slides if REST in " ".join(texts(s)))
    notes = matters.notes_slide.notes_text_frame.text
    assert all(f"{letter} {LONGER}" in notes for letter in "ABCD")
    assert f"{LONG * 20}" in book.slides[0].notes_slide.notes_text_frame.text


def test_a_board_is_told_of_every_decision() -> None:
    asked = "".join(f"<p>{n}. Decide on number {n}.</p>" for n in range(1, 9))
    html = PAGE.html.replace("<p>1. Name an owner.</p><p>2. Ask schools.</p>", asked)
    book = pptx.Presentation(io.BytesIO(deck_of(replace(PAGE, html=html))))
    assert book.slides[8].shapes.title.text == "The board is asked for eight decisions"
    assert "Decide on number 8." in " ".join(texts(book.slides[8]))


def test_the_longest_goes_first_and_the_last_after_it() -> None:
    long = "word " * 60
    found = fitted([long, "One.", "Two."], width=2, height=1, points=20, after=4)
    assert (found.points, found.texts, found.left) == (13, ("One.", "Two.", REST), (long,))
    many = [f"Sentence {n}." for n in range(9)]
    found = fitted(many, width=4, height=1, points=20)
    assert found.texts == (*many[:3], REST)
    assert found.left == tuple(many[3:])


def test_no_frame_of_a_published_report_needs_more_height_than_it_has(report: Path) -> None:
    page = page_of(report.with_suffix(".ipynb"))
    assert list(beyond(pptx.Presentation(io.BytesIO(deck_of(page))))) == []


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is not there")
def test_impress_draws_nothing_below_a_slides_foot_rule_but_its_foot(tmp_path: Path) -> None:
    made = tmp_path / "slides.pptx"
    made.write_bytes(deck_of(wordy()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    words = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, made]
    subprocess.run(words, check=True, capture_output=True)
    import pypdf

    for page in pypdf.PdfReader(tmp_path / "slides.pdf").pages:
        low = list[str]()

        def visit(text: str, _: Any, place: Any, *__: Any, low: list[str] = low) -> None:
            if place[5] < 0.72 * 72 and text.strip():
                low.append(text.strip())

        page.extract_text(visitor_text=visit)
        said = " ".join(low)
        assert said.startswith(("Public edition", "OFFICIAL", "Source", "Contains"))
        assert LONG[-30:] not in said


def beyond(book: Any) -> Iterator[str]:
    """Name the frames of a deck that need more than they have, and tables that leave the slide."""
    for number, slide in enumerate(book.slides, start=1):
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text:
                needed = sum(tall(p, shape.width) for p in shape.text_frame.paragraphs)
                if needed > Emu(shape.height).pt + 0.5:
                    yield f"{number}: {needed:.0f} pt for {shape.text_frame.text}"
            if shape.has_table and shape.top + shape.height > book.slide_height:
                yield f"{number}: a table"
            if shape.has_table:
                yield from (f"{number}: {c.text}" for c in high_cells(shape.table))


def high_cells(table: Any) -> Iterator[Any]:
    for row in table.rows:
        for cell, column in zip(row.cells, table.columns, strict=True):
            free = column.width - cell.margin_left - cell.margin_right
            if tall(cell.text_frame.paragraphs[0], free) > Emu(row.height).pt + 0.5:
                yield cell


def tall(paragraph: Any, width: int) -> float:
    """Measure a paragraph in points, in lines as high as Calibri's."""
    if not paragraph.runs:
        return 0
    font = paragraph.runs[0].font
    indent = int((paragraph._p.pPr.get("marL") if paragraph._p.pPr is not None else 0) or 0)
    face, room = face_of(bold=bool(font.bold)), Emu(width - indent).pt * 1000 / font.size.pt
    lines, held = 1, ""
    for word in paragraph.text.split(" "):
        longer = f"{held} {word}" if held else word
        if held and face.getlength(longer) > room + 2:
            lines, held = lines + 1, word
        else:
            held = longer
    return lines * font.size.pt * 1.22 + (paragraph.space_after.pt if paragraph.space_after else 0)


@cache
def face_of(*, bold: bool) -> ImageFont.FreeTypeFont:
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(FACES / name, 1000, layout_engine=ImageFont.Layout.BASIC)


def texts(slide: Any) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
