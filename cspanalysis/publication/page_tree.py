"""Our own markup as pandoc's tree, without pandoc.

Pages are made of some twenty elements, which are read here in a quarter of the time that pandoc
takes. A page that holds anything else, as notebooks of one's own may, is left to pandoc. Both give
the same tree, which tests hold them to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["VERSION", "UnknownMarkupError", "blocks_of"]

Node = dict[str, Any]

VERSION = (1, 23, 1, 1)
"""Version of pandoc's types that the blocks follow."""

_DEFAULT = {"t": "AlignDefault"}
_NUMBERED = {"": "DefaultStyle", "1": "Decimal", "a": "LowerAlpha"}
_WRAPS = {"strong": "Strong", "em": "Emph", "sup": "Superscript", "sub": "Subscript"}
_KEPT = {"scope", "rel", "lang"}
"""Attributes that the tree keeps, beside those that begin with ``data-``."""
_INLINE = {"span", "a", "img", "br", *_WRAPS}
_HEADING = re.compile(r"h([1-6])")
_SPAN = re.compile(r"[1-9]\d?")
_BLANK = " \t\r\n\f"  # not spaces of a certain width, which are part of words
_PIECES = re.compile(f"[{_BLANK}]+|[^{_BLANK}]+")


class UnknownMarkupError(Exception):
    """Say of markup that it is not ours, so that pandoc has to read it."""


def blocks_of(elements: Iterable[HtmlElement]) -> list[Node]:
    """Read elements as pandoc's blocks.

    Raises
    ------
    UnknownMarkupError
        If there is an element, or an attribute, that none of our own pages holds.
    """
    return [block for element in elements for block in _block(element)]


def _block(element: HtmlElement) -> Iterator[Node]:
    """Read one block, and none where it is empty."""
    if _letters(element.tail):
        raise UnknownMarkupError(f"text beside <{element.tag}>")
    if heading := _HEADING.fullmatch(str(element.tag)):
        if not element.get("id"):
            raise UnknownMarkupError("a heading without id")
        yield _node("Header", [int(heading[1]), _attributes(element), _inlines(element)])
        return
    maker = _BLOCKS.get(element.tag)
    if maker is None:
        raise UnknownMarkupError(f"<{element.tag}>")
    yield from maker(element)


def _div(element: HtmlElement) -> Iterator[Node]:
    yield _node("Div", [_attributes(element), _flow(element)])


def _paragraph(element: HtmlElement) -> Iterator[Node]:
    if inlines := _inlines(element):
        yield _node("Para", inlines)


def _bullets(element: HtmlElement) -> Iterator[Node]:
    _only(element, "class")
    yield _node("BulletList", _items(element))


def _numbers(element: HtmlElement) -> Iterator[Node]:
    _only(element, "type", "class")
    style = _NUMBERED.get(element.get("type", ""))
    if style is None:
        raise UnknownMarkupError(f"numbers of type {element.get('type')}")
    kind = [1, {"t": style}, {"t": "DefaultDelim"}]
    yield _node("OrderedList", [kind, _items(element)])


def _items(element: HtmlElement) -> list[list[Node]]:
    items = []
    for item in element:
        if item.tag != "li" or item.get("id") or _letters(item.tail) or _letters(element.text):
            raise UnknownMarkupError(f"<{item.tag}> in a list")
        items.append(_flow(item))
    return items


def _table(element: HtmlElement) -> Iterator[Node]:
    caption: list[Any] = [None, []]
    heads: list[list[Any]] = []
    bodies: list[list[Any]] = []
    for part in element:
        if part.tag == "caption":
            caption = [None, _flow(part)]
        elif part.tag == "thead" and not bodies:
            heads += [_row(row) for row in _rows(part)]
        elif part.tag == "tbody":
            bodies.append(_body(part))
        else:
            raise UnknownMarkupError(f"<{part.tag}> in a table")
    head = element.find("thead")
    rows = [*heads, *(row for body in bodies for row in (*body[2], *body[3]))]
    columns = max((sum(cell[3] for cell in row[1]) for row in rows), default=0)
    simple = all(_is_simple(cell[4]) for row in rows for cell in row[1])
    width = {"t": "ColWidthDefault"} if simple else {"t": "ColWidth", "c": 1 / columns}
    specs = [[_DEFAULT, width]] * columns
    attributes = ["", [], []] if head is None else _attributes(head)
    parts = [specs, [attributes, heads], bodies, [["", [], []], []]]
    yield _node("Table", [_attributes(element), caption, *parts])


def _body(part: HtmlElement) -> list[Any]:
    """Read a body: rows of nothing but headings at its top are heads of its own."""
    rows = list(_rows(part))
    top = list(takewhile(lambda row: all(map(_is_head, row)), rows))
    below = rows[len(top) :]
    heading = min((_spanned(takewhile(_is_head, row)) for row in below), default=0)
    return [_attributes(part), heading, [_row(row) for row in top], [_row(row) for row in below]]


def _spanned(cells: Iterable[HtmlElement]) -> int:
    return sum(map(_across, cells))


def _across(cell: HtmlElement) -> int:
    """Count the columns that a cell takes."""
    span = cell.get("colspan", "1")
    if not _SPAN.fullmatch(span):
        raise UnknownMarkupError(f"a cell over {span} columns")
    return int(span)


def _is_head(cell: HtmlElement) -> bool:
    return bool(cell.tag == "th")


def _rows(part: HtmlElement) -> Iterator[HtmlElement]:
    for row in part:
        if row.tag != "tr":
            raise UnknownMarkupError(f"<{row.tag}> among rows")
        yield row


def _row(row: HtmlElement) -> list[Any]:
    cells = []
    for cell in row:
        if cell.tag not in {"th", "td"} or cell.get("rowspan"):
            raise UnknownMarkupError(f"<{cell.tag}> in a row")
        attributes = _attributes(cell, beside=("colspan",))
        cells.append([attributes, _DEFAULT, 1, _across(cell), _flow(cell)])
    return [_attributes(row), cells]


def _is_simple(blocks: Sequence[Node]) -> bool:
    """Tell whether a cell holds a line at most, so that no share of the width need be set."""
    one = not blocks or (len(blocks) == 1 and blocks[0]["t"] in {"Plain", "Para"})
    return one and not _breaks(blocks)


def _breaks(node: Any) -> bool:
    """Tell whether a line is broken in a node, or in several."""
    if isinstance(node, dict):
        return node["t"] == "LineBreak" or _breaks(node.get("c"))
    return isinstance(node, list) and any(map(_breaks, node))


_BLOCKS: dict[str, Callable[[HtmlElement], Iterator[Node]]] = {
    "div": _div,
    "p": _paragraph,
    "ul": _bullets,
    "ol": _numbers,
    "table": _table,
}


def _flow(element: HtmlElement) -> list[Node]:
    """Read what is inside an element: blocks, and lines of text between them."""
    blocks: list[Node] = []
    line = _Line()
    line.text(element.text)
    for child in element:
        if child.tag in _INLINE:
            line.element(child)
        else:
            blocks += [*line.plain(), *_block_before(child)]
            line = _Line()
        line.text(child.tail)
    return [*blocks, *line.plain()]


def _block_before(child: HtmlElement) -> Iterator[Node]:
    """Read a block after which text may stand."""
    tail, child.tail = child.tail, None
    try:
        yield from _block(child)
    finally:
        child.tail = tail


def _inlines(element: HtmlElement) -> list[Node]:
    line = _Line()
    line.content(element)
    return line.trimmed()


class _Line:
    """Gather inlines as pandoc joins them: words that touch are one, and so are spaces."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []

    def text(self, text: str | None) -> None:
        for piece in _PIECES.findall(text or ""):
            if piece[0] not in _BLANK:
                self._word(piece)
            else:
                self._space("SoftBreak" if "\n" in piece else "Space")

    def content(self, element: HtmlElement) -> None:
        self.text(element.text)
        for child in element:
            self.element(child)
            self.text(child.tail)

    def element(self, element: HtmlElement) -> None:
        if element.tag == "br":
            self._break()
        elif element.tag == "img":
            self._picture(element)
        elif element.tag in _INLINE:
            self._wrapped(element)
        else:
            raise UnknownMarkupError(f"<{element.tag}> in a line")

    def plain(self) -> Iterator[Node]:
        if nodes := self.trimmed():
            yield _node("Plain", nodes)

    def trimmed(self) -> list[Node]:
        blank = ("Space", "SoftBreak")
        nodes = self.nodes
        while nodes and nodes[0]["t"] in blank:
            nodes = nodes[1:]
        while nodes and nodes[-1]["t"] in blank:
            nodes = nodes[:-1]
        return nodes

    def _wrapped(self, element: HtmlElement) -> None:
        inside = _Line()
        inside.content(element)
        if element.tag == "span":
            self.nodes.append(_node("Span", [_attributes(element), inside.nodes]))
            return
        words = inside.trimmed()
        if not words:
            raise UnknownMarkupError(f"an empty <{element.tag}>")
        # Spaces at its ends stand outside.
        if inside.nodes[0] is not words[0]:
            self._space(inside.nodes[0]["t"])
        kind, content = _of_words(element, words)
        if self.nodes and self.nodes[-1]["t"] == kind != "Link":
            raise UnknownMarkupError(f"<{element.tag}> beside another")
        self.nodes.append(_node(kind, content))
        if inside.nodes[-1] is not words[-1]:
            self._space(inside.nodes[-1]["t"])

    def _picture(self, element: HtmlElement) -> None:
        alt = _Line()
        alt.text(element.get("alt"))
        target = [element.get("src", ""), element.get("title", "")]
        attributes = _attributes(element, beside=("src", "alt", "title"), sized=True)
        self.nodes.append(_node("Image", [attributes, alt.nodes, target]))

    def _word(self, word: str) -> None:
        if self.nodes and self.nodes[-1]["t"] == "Str":
            self.nodes[-1]["c"] += word
        else:
            self.nodes.append(_node("Str", word))

    def _space(self, kind: str) -> None:
        last = self.nodes[-1]["t"] if self.nodes else ""
        if last in {"Space", "SoftBreak"}:
            if kind == "SoftBreak":
                self.nodes[-1] = {"t": kind}
        elif last != "LineBreak":
            self.nodes.append({"t": kind})

    def _break(self) -> None:
        if self.nodes and self.nodes[-1]["t"] in {"Space", "SoftBreak"}:
            del self.nodes[-1]
        self.nodes.append({"t": "LineBreak"})


def _of_words(element: HtmlElement, words: list[Node]) -> tuple[str, Any]:
    """Give the kind and the content of a link, or of what is stressed."""
    if element.tag != "a":
        _only(element, "class")
        return _WRAPS[element.tag], words
    if not element.get("href"):
        raise UnknownMarkupError("a link without address")
    attributes = _attributes(element, beside=("href", "title"))
    return "Link", [attributes, words, [element.get("href"), element.get("title", "")]]


def _attributes(
    element: HtmlElement, *, beside: Sequence[str] = (), sized: bool = False
) -> list[Any]:
    """Give id, classes and the rest, without what the tree says elsewhere."""
    rest = []
    for name, value in element.attrib.items():
        if name.startswith("data-") or name in _KEPT or (sized and name in {"width", "height"}):
            rest.append([name.removeprefix("data-"), value])
        elif name not in {"id", "class", *beside}:
            raise UnknownMarkupError(f"{name} of <{element.tag}>")
    return [element.get("id", ""), element.get("class", "").split(), rest]


def _only(element: HtmlElement, *names: str) -> None:
    if unknown := [name for name in element.attrib if name not in names]:
        raise UnknownMarkupError(f"{unknown[0]} of <{element.tag}>")


def _letters(text: str | None) -> bool:
    return bool(text and text.strip())


def _node(kind: str, content: Any) -> Node:
    return {"t": kind, "c": content}
