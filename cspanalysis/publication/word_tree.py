"""A document tree in the shape that pandoc turns into a good Word file.

Divisions become paragraph styles, notes real footnotes (a second marker refers to the first
note), drawings PNG pictures with their alternative text.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from cspanalysis.publication.document import (
    Document,
    Node,
    classes_of,
    paragraph_number,
)
from cspanalysis.publication.kept import leading
from cspanalysis.publication.printed_table import printed
from cspanalysis.publication.references import REFERENCE
from cspanalysis.publication.word_captions import BOOKMARK, Captions, raw_inline
from cspanalysis.publication.word_widths import column_shares

__all__ = [
    "NUMBERED",
    "WordWriter",
    "column_break",
    "column_section",
    "heading_mark",
    "styled",
]

NUMBERED = "Numbered paragraph"
_SPAN_STYLES = {
    "number": "Headline number",
    "label": "Headline text",
    "change": "Headline text",
    "outcome": "Headline verdict",
    "figure-title": "Image Caption",
    "subtitle": "Figure subtitle",
    "panel-title": "Panel title",
    "panel-remark": "Panel remark",
    "key": "Source",
    "source": "Source",
}
_TEXT_SPANS = {
    "quiet": "Quiet",
    "interval": "Interval",
    "limits": "Interval",
    "unit": "Headline unit",
}
# Points a pixel: a ratio must fit its column, a panel half the page.
_SCALES = {"ratio": 0.5, "icon": 0.55, "panel": 0.75, "other": 0.75}
# Points that a picture may be wide: the page's text; and the gap between columns.
_PAGE, _GAP = 499, 17
_MOST_COLUMNS = 4
_NUMBERS = {"number", "count", "difference", "percent", "rate"}


def styled(name: str, *blocks: Node) -> Node:
    """Set blocks in a named style of the reference document."""
    return {"t": "Div", "c": [["", [], [["custom-style", name]]], list(blocks)]}


class WordWriter:
    """Write blocks for Word.

    Parameters
    ----------
    document
        The document that the blocks belong to.
    pictures
        PNG pictures by name.
    charts
        Word's markup of charts that stand in place of a picture, by its name.
    contents
        What follows the first page of a report that opens with a summary on one page.
    """

    def __init__(
        self,
        document: Document,
        pictures: Mapping[str, bytes],
        *,
        charts: Mapping[str, str],
        contents: Sequence[Node] = (),
    ) -> None:
        self._document = document
        self._contents = contents
        self._pictures, self._charts = pictures, charts
        self._placed: dict[str, int] = {}
        self._headings = 0
        self._captions = Captions(document.blocks)
        self._leading = leading(document.blocks)
        self._room = _PAGE

    def blocks(self, blocks: Sequence[Node]) -> list[Node]:
        """Give the blocks in Word's terms."""
        return [new for block in blocks for new in self._block(block)]

    def _block(self, block: Node) -> list[Node]:
        made = self._bare(block)
        return [styled("Part opening", *made)] if id(block) in self._leading else made

    def _bare(self, block: Node) -> list[Node]:
        if block["t"] == "Table":
            return [self._table(block)]
        if block["t"] == "Div" and "notes" in classes_of(block):
            return [styled("Table note", *self.blocks(block["c"][1]))]
        if block["t"] == "Div" and "headlines" in classes_of(block):
            return self._beside(block["c"][1])
        if block["t"] == "Div" and "pair" in classes_of(block):
            return self._pair(block["c"][1])
        if block["t"] == "Div" and "part" in classes_of(block):
            opening, *more = block["c"][1]
            return [styled("Part opening", *self.blocks([opening])), *self.blocks(more)]
        if block["t"] == "Div" and "signed" in classes_of(block):
            last, byline = block["c"][1]
            return [styled("Signed", *self.blocks([last])), *self.blocks([byline])]
        if block["t"] == "Div" and "one-page" in classes_of(block):
            return [*self.blocks(block["c"][1]), *self._contents]
        if block["t"] == "Div" and "topic" in classes_of(block):
            return self._topic(block["c"][1])
        if block["t"] == "Div" and "many" in classes_of(block) and self._room == _PAGE:
            return [column_section(1), *self.blocks(block["c"][1]), column_section(2)]
        if block["t"] == "Div":
            return self.blocks(block["c"][1])
        if numbered := paragraph_number(block):
            # The style counts: a paragraph that is added in Word moves the numbers after it.
            return [styled(NUMBERED, {"t": "Para", "c": self._inlines(numbered[1])})]
        if block["t"] in {"Para", "Plain"}:
            return self._paragraphs(block["c"])
        return [self._inside(block)]

    def _beside(self, items: Sequence[Node]) -> list[Node]:
        """Set items side by side, in a section of as many columns."""
        columns = min(len(items), _MOST_COLUMNS)
        self._room = (_PAGE - (columns - 1) * _GAP) // columns
        done = self._columns(items, columns)
        self._room = _PAGE
        return [column_section(1), *done, column_section(columns)]

    def _pair(self, items: Sequence[Node]) -> list[Node]:
        """Set two figures beside each other in a row that stays whole, as no columns do."""
        self._room = (_PAGE - _GAP) // 2
        cells = [self.blocks([item]) for item in items]
        self._room = _PAGE
        rows = (cells[at : at + 2] for at in range(0, len(cells), 2))
        inner = [node for row in rows for node in _whole_row(row)]
        return [_raw_block(_PAIR), *inner, _raw_block("</w:tbl>")]

    def _columns(self, items: Sequence[Node], columns: int) -> list[Node]:
        """Fill columns in order; word processors don't agree on how to balance them."""
        ends = [-(-len(items) * number // columns) for number in range(columns + 1)]
        parts = [self.blocks(items[start:end]) for start, end in pairwise(ends)]
        return [*parts[0], *(node for part in parts[1:] for node in (column_break(), *part))]

    def _topic(self, blocks: Sequence[Node]) -> list[Node]:
        """Let the heading of a topic run into its first paragraph, so that it takes no line."""
        heading, first, *rest = blocks
        title = {"t": "Strong", "c": [*heading["c"][2], {"t": "Str", "c": "."}]}
        opened = {**first, "c": [title, {"t": "Space"}, *first["c"]]}
        more = [styled("Topic more", *self.blocks(rest))] if rest else []
        return [styled("Topic", *self.blocks([opened])), *more]

    def _paragraphs(self, inlines: Sequence[Node]) -> list[Node]:
        """Split a paragraph of the page at spans that stand on lines of their own."""
        done: list[Node] = []
        line: list[Node] = []
        style = ""
        for inline in inlines:
            wanted = next((_SPAN_STYLES[c] for c in classes_of(inline) if c in _SPAN_STYLES), "")
            if wanted and line:
                done += _flush(line, style)
                line, style = [], ""
            style = wanted or style or _picture_style(inline)
            line += self._captions.next("Figure") if "figure-title" in classes_of(inline) else []
            line += self._inlines([inline])
        return done + _flush(line, style)

    def _inside(self, block: Node) -> Node:
        """Write the inlines and blocks within lists, quotes and headings."""
        kind: str = block["t"]
        content: Any = block.get("c")
        if kind == "Header":
            return {"t": kind, "c": [*content[:2], self._heading(content[0], content[2])]}
        if kind == "BlockQuote":
            return {"t": kind, "c": self.blocks(content)}
        if kind == "BulletList":
            return {"t": kind, "c": [self.blocks(part) for part in content]}
        if kind == "OrderedList":
            return {"t": kind, "c": [content[0], [self.blocks(part) for part in content[1]]]}
        return block

    def _heading(self, level: int, inlines: Sequence[Node]) -> list[Node]:
        """Write a heading; one of the first level bears the mark that the contents refer to."""
        if level > 1:
            return self._inlines(inlines)
        self._headings += 1
        name, key = heading_mark(self._headings), 8000 + self._headings
        begin, end = (mark.format(id=key, name=name) for mark in BOOKMARK)
        return [raw_inline(begin), *self._inlines(inlines), raw_inline(end)]

    def _inlines(self, inlines: Sequence[Node]) -> list[Node]:
        return [new for inline in inlines for new in self._inline(inline)]

    def _inline(self, inline: Node) -> list[Node]:
        kind = inline["t"]
        if kind == "Image":
            return self._picture(inline)
        if kind == "Span" and "noteref" in classes_of(inline):
            return self._note(dict(inline["c"][0][2])["key"])
        if kind == "Span" and REFERENCE in classes_of(inline):
            words = self._inlines(inline["c"][1])
            return [*words, *self._captions.reference(dict(inline["c"][0][2])["to"])]
        if kind == "Span":
            style = next((_TEXT_SPANS[c] for c in classes_of(inline) if c in _TEXT_SPANS), None)
            inner = self._inlines(inline["c"][1])
            if style is None:
                return inner
            return [{"t": "Span", "c": [["", [], [["custom-style", style]]], inner]}]
        if kind == "Link":
            return [
                {"t": kind, "c": [inline["c"][0], self._inlines(inline["c"][1]), inline["c"][2]]}
            ]
        if kind in {"Strong", "Emph", "Superscript", "Subscript", "Strikeout"}:
            return [{"t": kind, "c": self._inlines(inline["c"])}]
        return [inline]

    def _picture(self, image: Node) -> list[Node]:
        (_, classes, attributes), alt, (name, _) = image["c"]
        if name in self._charts:
            return [raw_inline(self._charts[name])]
        size = {key: value for key, value in dict(attributes).items() if key == "width"}
        named = next((name for name in _SCALES if name in classes), "other")
        scale = _SCALES[named if classes else "panel"]
        if "width" in size:
            size["width"] = f"{min(self._room, scale * float(size['width'])):.0f}pt"
        content = base64.b64encode(self._pictures[name]).decode()
        target = f"data:image/png;base64,{content}"
        kept = ["", list(classes), [[key, value] for key, value in size.items()]]
        return [{"t": "Image", "c": [kept, alt, [target, ""]]}]

    def _note(self, key: str) -> list[Node]:
        if number := self._placed.get(key):
            return [raw_inline(_REFERENCE.format(name=_bookmark(key), number=number))]
        number = self._placed[key] = len(self._placed) + 1
        marks = [
            raw_inline(mark.format(id=9000 + number, name=_bookmark(key))) for mark in BOOKMARK
        ]
        return [marks[0], {"t": "Note", "c": self._document.notes[key]}, marks[1]]

    def _table(self, table: Node) -> Node:
        table = printed(table, crowded=True)
        attributes, caption, _, head, bodies, foot = table["c"]
        kinds = [set(cell[0][1]) for cell in head[1][0][1]]
        widths = column_shares(kinds, table, attributes[1])
        columns = [
            [{"t": "AlignRight" if _NUMBERS & kind else "AlignLeft"}, {"t": "ColWidth", "c": width}]
            for kind, width in zip(kinds, widths, strict=True)
        ]
        rows = [self._row(row) for body in bodies for row in (*body[2], *body[3])]
        heads = [[row[0], [self._cell(cell, {"head"}) for cell in row[1]]] for row in head[1]]
        body = [bodies[0][0], 1, [], rows]
        number = self._captions.next("Table") if caption[1] else []
        said = [{"t": "Plain", "c": self._inlines(block["c"])} for block in caption[1]]
        named = [caption[0], [{**b, "c": [*number, *b["c"]]} if b is said[0] else b for b in said]]
        return {
            "t": "Table",
            "c": [["", *attributes[1:]], named, columns, [head[0], heads], [body], foot],
        }

    def _row(self, row: Any) -> Any:
        kinds = set(row[0][1])
        return [row[0], [self._cell(cell, kinds) for cell in row[1]]]

    def _cell(self, cell: Any, row_kinds: set[str]) -> Any:
        attributes, align, down, across, blocks = cell
        kinds = set(attributes[1]) | row_kinds
        depth = next((kind[-1] for kind in kinds if kind.startswith("depth-")), "0")
        name = "Table text" if depth == "0" else f"Table text {depth}"
        name = "Table strong" if kinds & {"group", "total", "news"} else name
        name = "Table head" if "head" in kinds else name
        inner = [{"t": "Para", "c": self._inlines(block["c"])} for block in blocks]
        return [attributes, align, down, across, [styled(name, *inner)]]


def _flush(line: list[Node], style: str) -> list[Node]:
    while line and line[-1]["t"] in {"Space", "SoftBreak"}:
        line.pop()
    if not line:
        return []
    paragraph = {"t": "Para", "c": line}
    return [styled(style, paragraph) if style else paragraph]


def _picture_style(inline: Node) -> str:
    if inline["t"] != "Image":
        return ""
    return "Headline picture" if "spark" in inline["c"][0][1] else "Panel picture"


_REFERENCE = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> NOTEREF {name} \\f \\h </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{number}</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


_SECTION = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="{after}" w:line="40" w:lineRule="exact"/>'
    "<w:sectPr>"
    '<w:type w:val="continuous"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1304" w:right="964" w:bottom="1134" w:left="964" w:header="708" '
    'w:footer="708" w:gutter="0"/><w:cols w:num="{columns}" w:space="340"/>'
    "</w:sectPr></w:pPr></w:p>"
)


_PAIR = (
    '<w:tbl><w:tblPr><w:tblW w:w="9980" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>'
    '<w:left w:w="0" w:type="dxa"/><w:right w:w="170" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblGrid><w:gridCol w:w="4990"/><w:gridCol w:w="4990"/></w:tblGrid>'
)
_PAIR_CELL = '<w:tc><w:tcPr><w:tcW w:w="4990" w:type="dxa"/></w:tcPr>'


def _whole_row(cells: Sequence[Sequence[Node]]) -> list[Node]:
    """Write a row that no page divides."""
    inner = (
        node for cell in cells for node in (_raw_block(_PAIR_CELL), *cell, _raw_block("</w:tc>"))
    )
    return [_raw_block("<w:tr><w:trPr><w:cantSplit/></w:trPr>"), *inner, _raw_block("</w:tr>")]


def _raw_block(text: str) -> Node:
    return {"t": "RawBlock", "c": ["openxml", text]}


def column_section(columns: int, *, after: int = 0) -> Node:
    """End a section of so many columns: panels stand side by side, yet are read in order.

    What follows stands apart from it by twentieths of a point.
    """
    return _raw_block(_SECTION.format(columns=columns, after=after))


def heading_mark(number: int) -> str:
    """Name the bookmark of a heading of the first level, counted from 1."""
    return f"_Toc{number:04d}"


def column_break() -> Node:
    """Go on in the next column."""
    mark = (
        '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="40" w:lineRule="exact"/></w:pPr>'
    )
    return {"t": "RawBlock", "c": ["openxml", f'{mark}<w:r><w:br w:type="column"/></w:r></w:p>']}


def _bookmark(key: str) -> str:
    """Name a bookmark as Word allows: letters, digits and underscores, at most 40."""
    from hashlib import sha256

    return f"_Note{sha256(key.encode()).hexdigest()[:16]}"
