"""What no page parts, on paper and in Word: a line and what it announces, a table's last rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cspanalysis.publication.document import Node, classes_of
from cspanalysis.publication.printed_table import is_group

__all__ = ["LAST", "last_rows", "leading"]

_TEXTS = {"Para", "Div"}

LAST = 2
"""Rows at the end of a table that stay together."""


def leading(blocks: Sequence[Node], *, ended: bool = False) -> frozenset[int]:
    """Find the blocks that stay with what follows them, by their identity.

    They are paragraphs that end with a colon and texts that open parts.

    Parameters
    ----------
    blocks
        A document.
    ended
        Whether to add what stands before its last paragraph, which opens no page by itself.

    Examples
    --------
    >>> colon = {"t": "Para", "c": [{"t": "Str", "c": "For"}, {"t": "Str", "c": "people:"}]}
    >>> leading([colon, {"t": "Div", "c": [["", [], []], []]}]) == {id(colon)}
    True
    """
    last = _before_end(blocks) if ended else None
    return frozenset({id(block) for block in _leading(blocks)} | ({id(last)} if last else set()))


def _leading(blocks: Sequence[Node]) -> Iterator[Node]:
    for place, block in enumerate(blocks):
        behind = blocks[place + 1 : place + 2]
        opens = block["t"] in _TEXTS and any("parts" in classes_of(after) for after in behind)
        if opens or (block["t"] in {"Para", "Plain"} and _ending(block["c"]).endswith(":")):
            yield block
        elif block["t"] == "Div":
            yield from _leading(block["c"][1])


def _before_end(blocks: Sequence[Node]) -> Node | None:
    """Give a paragraph, or the notes of a table: a block as large as a table goes its own way."""
    if len(blocks) < 2 or blocks[-1]["t"] != "Para":
        return None
    before = blocks[-2]
    while before["t"] == "Div" and "notes" not in classes_of(before) and before["c"][1]:
        before = before["c"][1][-1]
    return before if before["t"] in _TEXTS else None


def last_rows(rows: Sequence[Any]) -> int:
    """Say how many rows at the end of a table stay together, so that none stands by itself.

    None where the table has no others, or where one of them heads a group.
    """
    parted = len(rows) > LAST and not any(map(is_group, rows[-LAST:]))
    return LAST if parted else 0


def _ending(inlines: Any) -> str:
    """Give the last word of a text, however deep it stands."""
    if isinstance(inlines, str):
        return inlines
    if isinstance(inlines, dict):
        return _ending(inlines.get("c", ""))
    return next(filter(None, map(_ending, reversed(inlines))), "")
