"""What stands on a slide: text, points, native charts, pictures. Sizes in inches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from cspanalysis.publication.chart_drawing import Ink, data_of, kind_of, rgb, settle
from cspanalysis.publication.native_charts import Chart
from cspanalysis.publication.slide_markup import describe, listed
from cspanalysis.publication.slide_text import REST, fitted

__all__ = [
    "COLUMN",
    "INK",
    "MARGIN",
    "QUIET",
    "RULE",
    "TOP",
    "Canvas",
    "add_chart",
    "add_picture",
    "add_points",
    "add_text",
]

MARGIN, COLUMN = 0.73, 3.9
TOP, _FOOT = 2.12, 0.72
INK, QUIET, RULE = "#1B2228", "#56606B", "#D3D9DE"
_AFTER, _INDENT = 10, 0.45
"""Points between sentences, and inches before those that are counted."""
_NAME = 0.34
"""Inches that the name of a chart takes above it, where a slide holds several."""
_CHART_POINTS = 14


@dataclass(frozen=True, slots=True)
class Canvas:
    """Hold a deck's size, its colour and its language."""

    width: float
    height: float
    colour: str
    language: str

    @property
    def inside(self) -> float:
        """Width between the margins."""
        return self.width - 2 * MARGIN

    @property
    def bottom(self) -> float:
        """Where the foot begins."""
        return self.height - _FOOT

    def place(
        self,
        shape: Any,
        top: float,
        width: float,
        height: float,
        text: str,
        *,
        points: float,
        left: float = MARGIN,
        bold: bool = False,
        colour: str = INK,
    ) -> tuple[str, ...]:
        """Put a shape in its place and one paragraph into it; give what did not fit."""
        from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
        from pptx.util import Inches

        shape.left, shape.top = Inches(left), Inches(top)
        shape.width, shape.height = Inches(width), Inches(height)
        frame = shape.text_frame
        frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.vertical_anchor = MSO_ANCHOR.TOP
        found = fitted([text], width=width, height=height, points=points, bold=bold)
        self.write(
            frame.paragraphs[0], found.texts[0], points=found.points, bold=bold, colour=colour
        )
        return found.left

    def write(
        self, paragraph: Any, text: str, *, points: float, bold: bool = False, colour: str = INK
    ) -> Any:
        """Write a paragraph at the left, in one run, and give the run."""
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Pt

        paragraph.alignment = PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold = Pt(points), bold
        run.font.color.rgb = rgb(colour)
        run._r.get_or_add_rPr().set("lang", self.language)
        return run

    def foot(self, made: Any, text: str, number: int, *, link: str = "") -> None:
        """Draw the rule, the source and the number of a slide."""
        from pptx.enum.text import PP_ALIGN
        from pptx.oxml.ns import qn
        from pptx.util import Inches, Pt

        rule = made.shapes.add_connector(
            1, Inches(MARGIN), Inches(self.bottom), Inches(self.width - MARGIN), Inches(self.bottom)
        )
        rule._element.remove(rule._element.find(qn("p:style")))  # it would cast a shadow
        rule.line.color.rgb, rule.line.width = rgb(RULE), Pt(0.75)
        describe(rule, "")
        box = made.shapes.add_textbox(0, 0, 0, 0)
        place = self.bottom + 0.12
        self.place(box, place, self.inside - 1, _FOOT - 0.2, text, points=13, colour=QUIET)
        if link:
            box.text_frame.paragraphs[0].runs[0].hyperlink.address = link
        box = made.shapes.add_textbox(0, 0, 0, 0)
        left = self.width - MARGIN - 0.8
        self.place(box, place, 0.8, 0.4, str(number), points=13, left=left, colour=QUIET)
        box.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT


def add_text(
    made: Any,
    canvas: Canvas,
    top: float,
    text: str,
    *,
    points: float,
    quiet: bool = False,
    height: float,
) -> tuple[str, ...]:
    """Add text across the slide, and give what did not fit."""
    box = made.shapes.add_textbox(0, 0, 0, 0)
    colour = QUIET if quiet else INK
    return canvas.place(box, top, canvas.inside, height, text, points=points, colour=colour)


def add_points(
    made: Any,
    canvas: Canvas,
    points: Sequence[str],
    *,
    left: float,
    numbered: bool = False,
    aside: bool = False,
) -> tuple[str, ...]:
    """Add sentences, one below the other: beside a drawing, or across the slide.

    They are set as large as they fit; those that do not fit at all are given back.
    """
    from pptx.util import Inches, Pt

    box = made.shapes.add_textbox(0, 0, 0, 0)
    width, height = COLUMN if aside else canvas.inside, canvas.bottom - TOP - 0.15
    indent = _INDENT if numbered else 0
    found = fitted(
        points, width=width - indent, height=height, points=16 if aside else 20, after=_AFTER
    )
    canvas.place(box, TOP, width, height, "", points=found.points, left=left)
    frame = box.text_frame
    for number, text in enumerate(found.texts, start=1):
        paragraph = frame.paragraphs[0] if number == 1 else frame.add_paragraph()
        if number < len(found.texts):
            paragraph.space_after = Pt(_AFTER)
        if numbered and text != REST:
            shift = Inches(indent)
            paragraph._p.get_or_add_pPr().set("marL", str(shift))
            paragraph._p.get_or_add_pPr().set("indent", str(-shift))
            listed(paragraph)
        canvas.write(paragraph, text, points=found.points, colour=QUIET if text == REST else INK)
    return found.left


def add_picture(made: Any, canvas: Canvas, content: bytes, *, width: float, alt: str) -> None:
    """Add a picture as large as there is room for."""
    from pptx.util import Inches

    room = canvas.bottom - TOP - 0.15
    shape = made.shapes.add_picture(BytesIO(content), Inches(MARGIN), Inches(TOP))
    scale = min(Inches(width) / shape.width, Inches(room) / shape.height)
    shape.width, shape.height = round(shape.width * scale), round(shape.height * scale)
    describe(shape, alt)


def add_chart(
    made: Any,
    canvas: Canvas,
    chart: Chart,
    *,
    width: float,
    alt: str,
    half: bool = False,
    lower: bool = False,
) -> None:
    """Add a native chart, whose numbers can be edited: as high as there is room, or half of it."""
    from pptx.util import Inches

    room = (canvas.bottom - TOP - 0.15) / (2 if half else 1)
    top = TOP + (room if lower else 0)
    if chart.named:
        named = made.shapes.add_textbox(0, 0, 0, 0)
        canvas.place(named, top, width, _NAME, chart.label, points=16, bold=True)
        top, room = top + _NAME, room - _NAME
    place = (Inches(length) for length in (MARGIN, top, width, room))
    frame = made.shapes.add_chart(kind_of(chart), *place, data_of(chart))
    frame.name = "Chart"
    describe(frame, alt)
    settle(frame.chart, chart, Ink(canvas.colour, _CHART_POINTS))
