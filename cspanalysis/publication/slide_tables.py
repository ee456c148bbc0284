"""Native tables of slides: thin rules, numbers at the right, what is news in bold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cspanalysis.publication.gist import Grid
from cspanalysis.publication.slide_markup import describe, under, unstyle
from cspanalysis.publication.slide_shapes import INK, MARGIN, QUIET, RULE, TOP, Canvas
from cspanalysis.publication.slide_text import LEAST, height_of, width_of

__all__ = ["add_table"]

_QUIET_WORDS = {"no clear change", "steady", "can't tell", "can’t tell", "not compared", ""}
_BESIDE, _BEFORE_LAST, _SPARE = 0.06, 0.3, 0.02
"""Inches beside a cell's text, before that of the last column, and to spare."""
_ROW = 0.3


def add_table(made: Any, canvas: Canvas, grid: Grid, *, alt: str) -> tuple[str, ...]:
    """Add a table with as many rows as there is room for; give the others as text."""
    from pptx.util import Inches

    widths = _widths(grid, canvas.inside)
    heights = _heights(grid, widths, canvas.bottom - TOP - 0.1)
    rows = (grid.head, *grid.rows)[: len(heights)]
    shape = made.shapes.add_table(
        len(rows), len(grid.head), Inches(MARGIN), Inches(TOP),
        Inches(sum(widths)), Inches(sum(heights)),
    )  # fmt: skip
    shape.name = "Table"
    describe(shape, alt)
    unstyle(shape)
    for place, width in enumerate(widths):
        shape.table.columns[place].width = Inches(width)
    for number, (row, height) in enumerate(zip(rows, heights, strict=True)):
        shape.table.rows[number].height = Inches(height)
        _fill(shape.table.rows[number].cells, row, canvas, head=number == 0)
    return tuple(", ".join(filter(None, row)) for row in grid.rows[len(rows) - 1 :])


def _fill(cells: Any, row: Sequence[str], canvas: Canvas, *, head: bool) -> None:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Inches, Pt

    news = not head and row[-1] not in _QUIET_WORDS
    for place, (cell, text) in enumerate(zip(cells, row, strict=True)):
        last = place == len(row) - 1
        cell.margin_top = cell.margin_bottom = 0
        cell.margin_left = Inches(_BEFORE_LAST if last else _BESIDE)
        cell.margin_right = Inches(_BESIDE)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        colour = QUIET if head else canvas.colour if news and place else INK
        paragraph = cell.text_frame.paragraphs[0]
        canvas.write(paragraph, text, points=LEAST, bold=news, colour=colour)
        if place and not last:
            paragraph.alignment = PP_ALIGN.RIGHT
        under(cell, Pt(1.5) if head else Pt(0.75), INK if head else RULE)


def _widths(grid: Grid, inside: float) -> list[float]:
    """Give each column what its text needs; those that need too much share what is left."""
    columns = list(zip(grid.head, *grid.rows, strict=True))
    needed = [
        max(width_of(text, LEAST, bold=True) for text in column) + 2 * _BESIDE for column in columns
    ]
    needed[-1] += _BEFORE_LAST - _BESIDE
    widths, left, many = dict[int, float](), inside, len(needed)
    for place in sorted(range(many), key=needed.__getitem__):
        widths[place] = min(needed[place], left / (many - len(widths)))
        left -= widths[place]
    return [widths[place] * inside / (inside - left) for place in range(many)]


def _heights(grid: Grid, widths: Sequence[float], room: float) -> list[float]:
    """Give the heights of the rows that there is room for, the head's first."""
    least = min(_ROW, room / (len(grid.rows) + 1))
    free = [width - 2 * _BESIDE - _SPARE / 2 for width in widths]
    free[-1] -= _BEFORE_LAST - _BESIDE
    heights: list[float] = []
    for row in (grid.head, *grid.rows):
        cells = zip(row, free, strict=True)
        tall = max(height_of([text], width=width, points=LEAST, bold=True) for text, width in cells)
        if heights and sum(heights) + max(tall, least) > room + 1e-6:
            break
        heights.append(max(tall, least))
    return heights
