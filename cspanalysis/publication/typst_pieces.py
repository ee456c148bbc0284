"""Pieces that paper sets its own way: short texts in two columns, rows of tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cspanalysis.publication.document import (
    LINE,
    Node,
    column_lengths,
    length_of,
    paragraph_number,
)

__all__ = ["pieces_of", "told_rows", "with_starts", "wraps"]

_SPACE: Node = {"t": "Space"}
_LONG_ROW = 110
"""A row of so many letters reads better as a piece of text than as a line of a table."""


def pieces_of(block: Node) -> list[list[Node]]:
    """Give the pieces of text that a block holds; none where it is something else."""
    kind, content = block["t"], block.get("c", [])
    if kind == "Para" and not paragraph_number(block):
        return [[block]]
    if kind == "BulletList":
        return [[{"t": kind, "c": [part]}] for part in content]
    return []


def told_rows(table: Node) -> list[list[Node]]:
    """Give the rows of a table of long texts as pieces; none of any other table."""
    (_, classes, _), _, _, head, bodies, _ = table["c"]
    rows = [row for body in bodies for row in (*body[2], *body[3])]
    cells = [cell for row in (*head[1], *rows) for cell in row[1]]
    plain = not classes and not any(cell[3] > 1 or "number" in cell[0][1] for cell in cells)
    long = length_of([row[1] for row in rows]) > _LONG_ROW * len(rows)
    if not (rows and head[1] and plain and long):
        return []
    names = [_words(cell) for cell in head[1][0][1]]
    return [[_told(names, [_words(cell) for cell in row[1]])] for row in rows]


def with_starts(rows: Sequence[tuple[Any, int]]) -> list[tuple[Any, bool]]:
    """Mark the rows that begin a group, the first of all left aside."""
    before = [None, *(group for _, group in rows)]
    return [
        (row, group != last and last is not None)
        for (row, group), last in zip(rows, before, strict=False)
    ]


def wraps(table: Node) -> bool:
    """Tell whether a table has cells of several lines, so that only rules tell its rows apart."""
    lengths = column_lengths(table)
    room = max(1.0, LINE / sum(lengths))
    rows = [row for body in table["c"][4] for row in (*body[2], *body[3])]
    return any(
        length_of(cell[4]) > length * room
        for row in rows
        for cell, length in zip(row[1], lengths, strict=False)
        if cell[3] == 1
    )


def _told(names: Sequence[list[Node]], cells: Sequence[list[Node]]) -> Node:
    """Write a row as a piece: its first cell, then each other after the name of its column."""
    told: list[Node] = [{"t": "Strong", "c": cells[0]}]
    for name, words in zip(names[1:], cells[1:], strict=True):
        label = {"t": "Emph", "c": [*name, {"t": "Str", "c": ":"}]}
        told += [{"t": "Str", "c": "." if len(told) == 1 else ";"}, _SPACE, label, _SPACE, *words]
    return {"t": "Para", "c": told}


def _words(cell: Any) -> list[Node]:
    return [inline for block in cell[4] for inline in block["c"]]
