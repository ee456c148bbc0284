"""What no page parts, on paper and in Word: a line and what it announces, a table's last rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cspanalysis.publication.document import Node, classes_of
from cspanalysis.publication.printed_table import is_group

__all__ = ["LAST", "before_end", "last_rows", "leads_on"]

LAST = 2
"""Rows at the end of a table that stay together."""


def leads_on(block: Node) -> bool:
    """Tell whether a paragraph announces what follows it: whether it ends with a colon.

    Examples
    --------
    >>> leads_on({"t": "Para", "c": [{"t": "Str", "c": "For"}, {"t": "Str", "c": "people:"}]})
    True
    """
    return block["t"] in {"Para", "Plain"} and _ending(block["c"]).endswith(":")


def before_end(blocks: Sequence[Node]) -> Node | None:
    """Give what the last paragraph of a document stays with, so that it opens no page by itself.

    A paragraph, or the notes of a table: a block as large as a table goes its own way.
    """
    if len(blocks) < 2 or blocks[-1]["t"] != "Para":
        return None
    before = blocks[-2]
    while before["t"] == "Div" and "notes" not in classes_of(before) and before["c"][1]:
        before = before["c"][1][-1]
    return before if before["t"] in {"Para", "Div"} else None


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
