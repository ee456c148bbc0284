"""Tables, figures and headline figures of a document tree in the words of our Typst template.

Pandoc writes running text to Typst well; what it loses (alternative text, header rows, notes
used twice, classes) is written here. Every text goes into a string literal, so that nothing in
the data is ever read as markup.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from cspanalysis.errors import PublicationError
from cspanalysis.publication.document import (
    LINE,
    Document,
    Node,
    classes_of,
    column_lengths,
    heading_letters,
    paragraph_number,
)
from cspanalysis.publication.kept import last_rows, leading
from cspanalysis.publication.printed_table import is_group, printed
from cspanalysis.publication.typst_pieces import (
    pieces_of,
    told_rows,
    with_starts,
    wraps,
)

__all__ = ["TypstWriter", "literal"]

_NARROW = 0.75
"""Of a line's letters: a table with fewer is narrow."""

_DIVISIONS = {
    "table-block": "table-block",
    "scroll": "",
    "headlines": "headlines",
    "headline": "headline",
    "chart": "chart",
    "caption": "chart-caption",
    "panels": "panels",
    "panel": "panel",
    "notes": "notes",
    "parts": "parts",
    "answers": "halves",
    "pair": "pair",
    "one-page": "one-page",
    "signed": "signed",
    "topics": "topics",
    "topic": "topic",
}
_SPANS = {
    "label", "number", "unit", "change", "quiet", "interval", "shape", "figure-title", "subtitle",
    "joint", "limits", "panel-title", "panel-remark", "key", "source", "verdict", "sign", "word",
}  # fmt: skip
# The columns of the table of changes; what is left is the measure's.
_WIDTHS = {
    "percent": "15.5mm",
    "drawn": "32mm",
    "rate": "29.5mm",
    "outcome": "38mm",
}
_COUNT, _LETTER, _INSET = 11.5, 1.7, 2.2
"""Millimetres of a column of counts at least, of a letter of its heading, and beside it."""
_ANNEXES = "annexes"
_FEW_NOTES, _FEW_POINTS = 3, 4
"""More notes, and more points of a list, than so many stand in two columns."""
_TARGET_WIDTHS = {
    "count": "18mm",
    "target": "33mm",
    "status": "36mm",
    "due": "22mm",
    "chart": "25mm",
}
_WRAPPED = {
    "Strong": "strong",
    "Emph": "emph",
    "Superscript": "super",
    "Subscript": "sub",
    "Strikeout": "strike",
}


def literal(text: str) -> str:
    r"""Write text as a Typst string.

    Examples
    --------
    >>> literal('say "no" \\ #eval')
    '"say \\"no\\" \\\\ #eval"'
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


class TypstWriter:
    """Write the blocks that pandoc can't carry over; leave the rest to it.

    Parameters
    ----------
    document
        The document that the blocks belong to.

    Attributes
    ----------
    row_headed
        For each table written so far, whether its first column names its rows.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._placed: set[str] = set()
        self._leading = leading(document.blocks, ended=True)
        self._behind = self._within_parts = self._stacked = False
        self._rows, self.row_headed = 0, list[bool]()

    def blocks(self, blocks: Sequence[Node]) -> list[Node]:
        """Give the blocks with ours written as raw Typst.

        From the heading "Annexes" on, short pieces of text stand in two columns.
        """
        made: list[Node] = []
        pieces: list[list[Node]] = []
        for block in blocks:
            listed = block["t"] == "BulletList" and (
                self._within_parts or len(block["c"]) > _FEW_POINTS
            )
            alone = id(block) in self._leading
            if (self._behind or listed) and not alone and (own := pieces_of(block)):
                pieces += own
                continue
            made += self._columns(pieces)
            pieces = []
            if block["t"] == "Header" and block["c"][1][0] == _ANNEXES:
                self._behind = True
                made.append(_raw("#show: annexes"))
            made += self._block(block)
        return made + self._columns(pieces)

    def _columns(self, pieces: Sequence[list[Node]]) -> list[Node]:
        """Set pieces of text in two columns; one by itself keeps the width of the page."""
        if len(pieces) < 2:
            return [new for piece in pieces for block in piece for new in self._block(block)]
        inner = [
            new
            for piece in pieces
            for new in (
                _raw("["),
                *(made for block in piece for made in self._block(block)),
                _raw("],"),
            )
        ]
        return [_raw("#halves(" if self._within_parts else "#columns-of("), *inner, _raw(")")]

    def _block(self, block: Node) -> list[Node]:
        if id(block) in self._leading:
            return [_raw("#leads["), *self._bare(block), _raw("]")]
        return self._bare(block)

    def _bare(self, block: Node) -> list[Node]:
        if block["t"] == "Table":
            if self._behind and (rows := told_rows(block)):
                (_, caption) = block["c"][1]
                named = "".join(self._inlines(part["c"]) for part in caption)
                return [_raw(f"#told-rows[{named}]"), *self._columns(rows)]
            return [_raw(self._table(block))]
        if block["t"] == "Div":
            return self._division(block)
        if numbered := paragraph_number(block):
            return self._numbered(*numbered)
        if block["t"] in {"Para", "Plain"} and _ours(block["c"]):
            return [_raw(self._paragraph(block))]
        return [self._inside(block)]

    def _inside(self, block: Node) -> Node:
        """Write the blocks within lists and quotes."""
        kind: str = block["t"]
        content: Any = block.get("c")
        if kind == "BlockQuote":
            return {"t": kind, "c": self.blocks(content)}
        if kind == "BulletList":
            return {"t": kind, "c": [self.blocks(part) for part in content]}
        if kind == "OrderedList":
            return {"t": kind, "c": [content[0], [self.blocks(part) for part in content[1]]]}
        return block

    def _numbered(self, number: str, inlines: list[Node]) -> list[Node]:
        mark = f"#paragraph-number({literal(number)});"
        if _ours(inlines):
            inner = _raw(f"{mark}{self._inlines(inlines)}")
        else:
            inner = {"t": "Para", "c": [{"t": "RawInline", "c": ["typst", mark]}, *inlines]}
        return [_raw("#numbered["), inner, _raw("]")]

    def _division(self, block: Node) -> list[Node]:
        name = next((_DIVISIONS[c] for c in classes_of(block) if c in _DIVISIONS), "")
        if name == "parts":
            return [_raw("#parts("), *self._parts(block["c"][1]), _raw(")")]
        if name == "topics":
            return self._topics(block["c"][1])
        if name in {"halves", "headlines", "pair", "panels"}:
            # Children go in as arguments, so that the template can set them in columns.
            many = "many: true, " if "many" in classes_of(block) else ""
            return [_raw(f"#{name}({many}"), *self._arguments(block["c"][1]), _raw(")")]
        children = block["c"][1]
        if name == "notes" and len(children) > _FEW_NOTES and not self._behind:
            return [_raw("#notes[#halves(size: 9pt, "), *self._arguments(children), _raw(")]")]
        before = self._rows
        inner = self.blocks(children)
        if not name:
            return inner
        if name == "topic":
            head, body = inner[:1], inner[1:]
            stacked = "(stacked: true)" if self._stacked else ""
            return [_raw(f"#topic{stacked}["), *head, _raw("]["), *body, _raw("]")]
        rows = f"(rows: {self._rows - before})" if name == "table-block" else ""
        return [_raw(f"#{name}{rows}["), *inner, _raw("]")]

    def _topics(self, children: Sequence[Node]) -> list[Node]:
        """Give the topics of a first page; one that is wide stands beside the others."""
        places = [dict(child["c"][0][2]).get("place") for child in children]
        wide = str(places.index("wide")) if "wide" in places else "none"
        self._stacked = wide != "none"
        return [_raw(f"#topics(wide: {wide},"), *self._arguments(children), _raw(")")]

    def _parts(self, children: Sequence[Node]) -> list[Node]:
        """Give each part as a group of arguments: opening, figures, the rest."""
        self._within_parts = True
        made = [
            piece
            for child in children
            for piece in (_raw("("), *self._arguments(child["c"][1]), _raw("),"))
        ]
        self._within_parts = False
        return made

    def _arguments(self, children: Sequence[Node]) -> list[Node]:
        return [
            piece for child in children for piece in (_raw("["), *self._block(child), _raw("],"))
        ]

    def _paragraph(self, block: Node) -> str:
        return f"{self._inlines(block['c'])}#parbreak();"

    def _inlines(self, inlines: Sequence[Node]) -> str:
        return "".join(self._inline(inline) for inline in inlines)

    def _inline(self, inline: Node) -> str:
        kind: str = inline["t"]
        content: Any = inline.get("c")
        if kind == "Str":
            return f"#{literal(content)};"
        if kind in {"Space", "SoftBreak"}:
            return " "
        if kind == "LineBreak":
            return "#linebreak();"
        if kind in _WRAPPED:
            return f"#{_WRAPPED[kind]}[{self._inlines(content)}]"
        if kind == "Span":
            return self._span(inline)
        if kind == "Image":
            return self._image(inline)
        if kind == "Link":
            return f"#link({literal(content[2][0])})[{self._inlines(content[1])}]"
        if kind == "Code":
            return f"#raw({literal(content[1])});"
        if kind == "Quoted":
            return f"“{self._inlines(content[1])}”"
        raise PublicationError(
            f"a table or figure holds {kind}, which the PDF can't set; write it as plain text"
        )

    def _span(self, span: Node) -> str:
        if "noteref" in classes_of(span):
            return self._note(dict(span["c"][0][2])["key"])
        inner = self._inlines(span["c"][1])
        names = [name for name in classes_of(span) if name in _SPANS]
        for name in names:
            classed = f"({literal(' '.join(classes_of(span)))})" if name == "shape" else ""
            inner = f"#in-{name}{classed}[{inner}]"
        return inner

    def _note(self, key: str) -> str:
        """Set a note where it is first pointed to; later markers point to the same one."""
        label = f"<{key}>"
        if key in self._placed:
            return f"#footnote({label});"
        self._placed.add(key)
        text = "".join(self._inlines(block["c"]) for block in self._document.notes[key])
        return f"#[#footnote[{text}]{label}]"

    def _image(self, image: Node) -> str:
        (_, classes, attributes), alt, (name, _) = image["c"]
        size = dict(attributes)
        said = "".join(i.get("c", " ") for i in alt)
        width = f", width: {0.75 * float(size['width']):.1f}pt" if "width" in size else ""
        given = f"{literal(name)}{width}, alt: {literal(said) if said else 'none'}"
        if not classes:
            return f"#fitted({given});"
        kind = "axis" if "axis" in classes else classes[0]
        return f"#drawn({literal(kind)}, picture({given}));"

    def _table(self, table: Node) -> str:
        table = printed(table)
        (_, classes, _), (_, caption), _, (_, header), bodies, _ = table["c"]
        rows = [(row, i) for i, body in enumerate(bodies) for row in (*body[2], *body[3])]
        self._rows += len(rows)
        kinds = [set(cell[0][1]) for cell in header[0][1]] if header else []
        firsts = (dict(row[1][0][0][2]).get("scope", "") for row, _ in rows)
        self.row_headed.append(all(scope.startswith("row") for scope in firsts))
        named = "".join(self._inlines(block["c"]) for block in caption)
        kind = next((name for name in ("changes", "targets") if name in classes), "plain")
        parted = kind == "plain" and wraps(table)
        cells = [
            self._row(row, first=i or (parted and n > 0), opens=n == 0)
            for n, (row, i) in enumerate(with_starts(rows))
        ]
        headings = " ".join(self._row(row, where="head") for row in header)
        if together := last_rows([row for row, _ in rows]):
            # They stay together as a foot that is not repeated.
            cells[-together:] = [f"table.footer(repeat: false, {' '.join(cells[-together:])}),"]
        widths = _widths(kinds, kind, table)
        return (
            f"#data-table(kind: {literal(kind)}, caption: [{named}],"
            f" rows: {len(rows)}, narrow: {'false' if set(widths) - {'auto'} else 'true'},\n"
            f"columns: ({', '.join(widths)},),\n"
            f"table.header({headings}),\n" + "\n".join(cells) + ")"
        )

    def _row(
        self, row: Any, *, first: bool = False, opens: bool = False, where: str = "body"
    ) -> str:
        own = [name for name, is_so in (("tight", self._behind), ("opens", opens)) if is_so]
        names, rule = [where, *own, *row[0][1]], "rule-above, " if first else ""
        cells = (
            f"{self._cell(cell, [*names, 'leftmost'] if place == 0 else names)},"
            for place, cell in enumerate(row[1])
        )
        if is_group(row):
            # As a header of the second level it stays with the first line of its group.
            return f"{rule}table.header(level: 2, repeat: false, {' '.join(cells)}),"
        return rule + " ".join(cells)

    def _cell(self, cell: Any, where: Sequence[str]) -> str:
        (_, classes, attributes), _, _, span, blocks = cell
        scope = dict(attributes).get("scope", "")
        names = " ".join((*where, *classes, f"scope-{scope}" if scope else ""))
        inner = "".join(self._inlines(block["c"]) for block in blocks)
        across = f", span: {span}" if span > 1 else ""
        return f"cell({literal(names.strip())}{across})[{inner}]"


def _widths(kinds: Sequence[set[str]], name: str, table: Node) -> list[str]:
    """Choose the widths of a table's columns from what they hold.

    A narrow table is no wider than its words, so that a number stands near what it counts.
    """
    if name == "plain":
        lengths = column_lengths(table)
        if sum(lengths) <= _NARROW * LINE and not wraps(table):
            return ["auto"] * len(kinds)
        return [
            "auto" if "number" in kind else f"{length}fr"
            for kind, length in zip(kinds, lengths, strict=True)
        ]
    widths = dict(_WIDTHS if name == "changes" else _TARGET_WIDTHS)
    if name == "changes":
        crowded = any("drawn" in kind for kind in kinds)
        letters = heading_letters(table, "count", lines=4 if crowded else 2)
        widths["count"] = f"{max(_COUNT, _INSET + _LETTER * letters):.1f}mm"
    if name == "changes" and not any("rate" in kind for kind in kinds):
        widths["percent"] = "21mm"
    return [
        next((width for name, width in widths.items() if name in kind), "1fr") for kind in kinds
    ]


def _ours(inlines: Sequence[Node]) -> bool:
    """Tell whether a paragraph holds what pandoc would lose: our spans and pictures."""
    test: Callable[[Node], bool] = lambda i: (  # noqa: E731
        i["t"] == "Image"
        or (i["t"] == "Span" and bool({"noteref", *_SPANS} & set(classes_of(i))))
        or (i["t"] in _WRAPPED and _ours(i["c"]))
        or (i["t"] == "Link" and _ours(i["c"][1]))
    )
    return any(test(inline) for inline in inlines)


def _raw(text: str) -> Node:
    return {"t": "RawBlock", "c": ["typst", text]}
