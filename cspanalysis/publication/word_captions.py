"""Captions as Word counts them, and references to them from the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cspanalysis.publication.document import Node, classes_of, identifier_of

__all__ = ["BOOKMARK", "Captions", "raw_inline"]

BOOKMARK = ('<w:bookmarkStart w:id="{id}" w:name="{name}"/>', '<w:bookmarkEnd w:id="{id}"/>')
_KEYS = {"Figure": 7000, "Table": 7500}
"""Kinds of captions that are counted, with the first of their bookmarks' numbers."""
# ECMA-376, part 1, section 17.16.5.56: a number that Word counts on.
_SEQUENCE = (
    '<w:r><w:t xml:space="preserve">{kind} </w:t></w:r>'
    '<w:fldSimple w:instr=" SEQ {kind} \\* ARABIC "><w:r><w:t>{number}</w:t></w:r></w:fldSimple>'
)
# Section 17.16.5.51: the text of a bookmark, here "Table 2", as a link to it.
_REFERENCE = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> REF {name} \\h </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    "<w:r><w:t>{kind} {number}</w:t></w:r>"
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


class Captions:
    """Count the captions of a document, kind by kind, and know which figure bears which number.

    Parameters
    ----------
    blocks
        The document, in the order in which it is written.
    """

    def __init__(self, blocks: Sequence[Node]) -> None:
        self._written = dict.fromkeys(_KEYS, 0)
        self._numbers = _numbers(blocks)

    def next(self, kind: str) -> list[Node]:
        """Open a caption with its number: Word counts on, and can refer to its bookmark."""
        number = self._written[kind] = self._written[kind] + 1
        name = _name(kind, number)
        begin, end = (mark.format(id=_KEYS[kind] + number, name=name) for mark in BOOKMARK)
        field = _SEQUENCE.format(kind=kind, number=number)
        return [raw_inline(f"{begin}{field}{end}"), {"t": "Str", "c": "."}, {"t": "Space"}]

    def reference(self, target: str) -> list[Node]:
        """Refer to a figure or a table by its number, in brackets; nothing where it has none."""
        if target not in self._numbers:
            return []
        kind, number = self._numbers[target]
        field = _REFERENCE.format(name=_name(kind, number), kind=kind, number=number)
        opened, closed = ({"t": "Str", "c": mark} for mark in "()")
        return [{"t": "Space"}, opened, raw_inline(field), closed]


def raw_inline(text: str) -> Node:
    """Give Word's own markup."""
    return {"t": "RawInline", "c": ["openxml", text]}


def _name(kind: str, number: int) -> str:
    return f"_Ref{kind}{number:03d}"


def _numbers(blocks: Sequence[Node]) -> Mapping[str, tuple[str, int]]:
    """Find the number of each caption by the identifier of what it heads."""
    written, found = dict.fromkeys(_KEYS, 0), {}
    for kind, target in _headed(list(blocks), ""):
        written[kind] += 1
        found[target] = (kind, written[kind])
    return found


def _headed(node: Any, within: str) -> Iterator[tuple[str, str]]:
    """Find captions in order: their kind, and the identifier of the figure or the table."""
    if isinstance(node, list):
        for part in node:
            yield from _headed(part, within)
    elif isinstance(node, dict):
        if node["t"] == "Table" and node["c"][1][1]:
            yield "Table", identifier_of(node)
            return  # its cells hold no figure, and most of a document
        if "figure-title" in classes_of(node):
            yield "Figure", within
        yield from _headed(node.get("c"), identifier_of(node) or within)
