"""The reference document that gives Word reports their look, made from pandoc's own."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

from cspanalysis.publication.document import pandoc
from cspanalysis.publication.fonts import FAMILY
from cspanalysis.publication.makers import without_makers
from cspanalysis.publication.word_numbering import number_style
from cspanalysis.publication.word_outside import without_outside
from cspanalysis.publication.word_tree import NUMBERED

__all__ = ["reference_document"]

_INK, _MUTED, _FOCUS = "1D1D1B", "595959", "12436D"
# name: (points, bold, colour, space before, space after, keep with next)
_PARAGRAPHS: dict[str, tuple[float, bool, str, float, float, bool]] = {
    "Normal": (10.5, False, _INK, 0, 6, False),
    "Body Text": (10.5, False, _INK, 0, 6, False),
    "First Paragraph": (10.5, False, _INK, 0, 6, False),
    NUMBERED: (10.5, False, _INK, 4, 4, False),
    "Compact": (10.5, False, _INK, 0, 3, False),
    "Title": (28, True, _INK, 6, 12, True),
    "Heading 1": (16, True, _INK, 22, 6, True),
    "Heading 2": (12, True, _INK, 16, 4, True),
    "Heading 3": (10.5, True, _INK, 12, 3, True),
    "Table Caption": (10.5, True, _INK, 12, 4, True),
    "Image Caption": (11.5, True, _INK, 12, 2, True),
    "Footnote Text": (9, False, _INK, 0, 2, False),
    "Logo": (10, False, _INK, 0, 6, True),
    "Lead": (14, False, _INK, 0, 10, False),
    "Kicker": (10, False, _MUTED, 0, 12, True),
    "Facts": (9.5, False, _INK, 0, 0, False),
    "toc 1": (9.5, False, _INK, 0, 1, False),
    "Headline number": (22, True, _INK, 0, 0, True),
    "Headline text": (10.5, False, _INK, 0, 1, True),
    "Headline verdict": (10.5, False, _INK, 0, 14, False),
    "Headline picture": (10.5, False, _INK, 2, 2, True),
    "Signed": (10.5, False, _INK, 0, 6, True),
    "Part opening": (10.5, False, _INK, 0, 6, True),
    "Topic": (10, False, _INK, 9, 3, False),
    "Topic more": (10, False, _INK, 0, 3, False),
    "Figure subtitle": (9.5, False, _MUTED, 0, 6, True),
    "Panel title": (9.5, True, _INK, 8, 0, True),
    "Panel remark": (9, False, _INK, 0, 2, True),
    "Panel picture": (10.5, False, _INK, 0, 4, False),
    "Source": (9, False, _MUTED, 3, 10, False),
    "Table note": (9, False, _INK, 2, 2, False),
    "Table text": (9, False, _INK, 1.5, 1.5, False),
    "Table text 1": (9, False, _INK, 1.5, 1.5, False),
    "Table text 2": (9, False, _INK, 1.5, 1.5, False),
    "Table text 3": (9, False, _INK, 1.5, 1.5, False),
    "Table strong": (9, True, _INK, 3, 1.5, True),
    "Table head": (9, False, _MUTED, 2, 2, True),
    "Header": (9, False, _MUTED, 0, 0, False),
    "Footer": (9, False, _MUTED, 0, 0, False),
}
_CONTENTS = 241
"""Points that a line of the contents is long, in one of two columns."""
_INDENTS = {"Table text 1": 8, "Table text 2": 16, "Table text 3": 24}


@cache
def reference_document(own: bytes | None) -> bytes:
    """Make the reference document: A4, one typeface, quiet headings and tables.

    Parameters
    ----------
    own
        A partnership's own reference document, or none; what it would fetch from outside and what
        it tells of its makers is taken out, and only the styles that it lacks are added.
    """
    from docx import Document
    from docx.shared import Mm

    if own is not None:
        return _completed(Document(BytesIO(without_makers(without_outside(own)))))
    book = Document(BytesIO(pandoc(["--print-default-data-file", "reference.docx"], b"")))
    for section in book.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(17)
        section.top_margin, section.bottom_margin = Mm(23), Mm(20)
    for name in _PARAGRAPHS:
        _set_paragraph(book, name)
    number_style(book, NUMBERED)
    _set_characters(book)
    _quiet_table(book)
    return _saved(book)


def _completed(book: Any) -> bytes:
    known = {style.name for style in book.styles}
    for name in (name for name in _PARAGRAPHS if name not in known):
        _set_paragraph(book, name)
    if NUMBERED not in known:
        number_style(book, NUMBERED)
    _add_characters(book, known)
    return _saved(book)


def _saved(book: Any) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _set_paragraph(book: Any, name: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Pt, RGBColor

    size, bold, colour, before, after, together = _PARAGRAPHS[name]
    known = [style.name for style in book.styles]
    style = (
        book.styles[name] if name in known else book.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    )
    if style.type != WD_STYLE_TYPE.PARAGRAPH:
        return
    _set_font(style)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing = 1.0 if size < 10 or size > 12 else 1.15
    form.keep_with_next, form.widow_control = together, True
    form.keep_together = name == "Signed"
    form.alignment = 0
    if name == "toc 1":
        form.tab_stops.add_tab_stop(Pt(_CONTENTS), WD_TAB_ALIGNMENT.RIGHT)
    if name in _INDENTS:
        form.left_indent = Pt(_INDENTS[name])


def _set_font(style: Any) -> None:
    """Name the typeface for all scripts; theme fonts would win over it."""
    from docx.oxml.ns import qn

    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FAMILY)


def _set_characters(book: Any) -> None:
    from docx.shared import RGBColor

    _add_characters(book, set())
    book.styles["Hyperlink"].font.color.rgb = RGBColor.from_string(_FOCUS)
    book.styles["Hyperlink"].font.underline = True


def _add_characters(book: Any, known: set[str]) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    for name, size in (("Quiet", None), ("Interval", 9), ("Headline unit", 10)):
        if name in known:
            continue
        style = book.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.font.color.rgb = RGBColor.from_string(_MUTED)
        style.font.bold = False
        style.font.size = Pt(size) if size else None


def _quiet_table(book: Any) -> None:
    """Give tables thin rules between rows and none between columns."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    properties = book.styles["Table"].element.find(qn("w:tblPr"))
    for old in properties.findall(qn("w:tblBorders")):
        properties.remove(old)
    rule = '<w:{0} w:val="single" w:sz="4" w:space="0" w:color="D5D5D2"/>'
    rules = "".join(rule.format(side) for side in ("top", "bottom", "insideH"))
    properties.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{rules}</w:tblBorders>"))
    margins = '<w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>'
    for old in properties.findall(qn("w:tblCellMar")):
        properties.remove(old)
    properties.append(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{margins}</w:tblCellMar>"))
