"""The table of changes as it is printed: without the columns that its drawn one shows as well."""

from __future__ import annotations

from typing import Any

from cspanalysis.publication.document import Node

__all__ = ["is_group", "printed"]

_DRAWN_INSTEAD = {"difference", "force"}
"""Columns of the table of changes that paper leaves to the drawn one, and to the spreadsheet."""


def printed(table: Node, *, crowded: bool = False) -> Node:
    """Give a table as paper shows it; most as they are.

    Parameters
    ----------
    table
        The table.
    crowded
        Whether only those are cut that hold the force's change as well: others have room.
    """
    attributes, caption, columns, head, bodies, foot = table["c"]
    kinds = {kind for row in head[1] for cell in row[1] for kind in cell[0][1]}
    if crowded and not kinds >= _DRAWN_INSTEAD:
        return table
    out = sum(bool(_DRAWN_INSTEAD & set(cell[0][1])) for row in head[1] for cell in row[1])
    if not out:
        return table
    heads = [head[0], [_row(row, out) for row in head[1]]]
    cut = [[*body[:2], *([_row(row, out) for row in rows] for rows in body[2:])] for body in bodies]
    kept = columns[: len(columns) - out]
    return {**table, "c": [attributes, caption, kept, heads, cut, foot]}


def is_group(row: Any) -> bool:
    """Tell whether a row names the group of those below it."""
    return dict(row[1][0][0][2]).get("scope") == "rowgroup"


def _row(row: Any, out: int) -> Any:
    kept = [cell for cell in row[1] if not _DRAWN_INSTEAD & set(cell[0][1])]
    spanning = [[*c[:3], c[3] - out, c[4]] if c[3] > out + 1 else c for c in kept]
    return [row[0], spanning if is_group(row) else kept]
