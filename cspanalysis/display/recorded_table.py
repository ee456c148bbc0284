"""Tables as data: what stands behind a table that readers see, for the spreadsheet."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cspanalysis.blocks.block import TABLES
from cspanalysis.findings.wording.numbers import NOT_AVAILABLE

__all__ = ["Column", "Row", "table_record"]


@dataclass(frozen=True, slots=True)
class Column:
    """Hold what the head of a column says.

    Parameters
    ----------
    name
        Name of the column, with its unit.
    decimals
        How many decimals its numbers are read with.
    """

    name: str
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """Hold a row: raw values in the order of the columns, and the notes that bear on it.

    Parameters
    ----------
    cells
        Numbers, texts and shorthand such as "[z]"; None and nan become "[x]".
    notes
        Sentences.
    """

    cells: Sequence[object]
    notes: Sequence[str] = ()


def table_record(
    caption: str,
    columns: Sequence[Column],
    rows: Iterable[Row],
    *,
    notes: Sequence[str] = (),
) -> Mapping[str, Any]:
    """Record a table under its MIME type, as blocks bear it.

    Parameters
    ----------
    caption
        What the table shows.
    columns
        The columns in order; the first one names the rows.
    rows
        The rows in order.
    notes
        Sentences for the whole table.
    """
    table = {
        "caption": caption,
        "columns": [{"name": c.name, "decimals": c.decimals} for c in columns],
        "rows": [_row(row) for row in rows],
        "notes": list(notes),
    }
    return {TABLES: {"tables": [table]}}


def _row(row: Row) -> dict[str, Any]:
    cells = [_raw(cell) for cell in row.cells]
    return {"cells": cells, "notes": list(row.notes)} if row.notes else {"cells": cells}


def _raw(value: object) -> object:
    """Give a value as JSON can hold it."""
    import pandas as pd

    if value is pd.NA or value is pd.NaT:
        return NOT_AVAILABLE
    item = getattr(value, "item", None)
    value = item() if callable(item) else value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value != value or value in (math.inf, -math.inf):
        return NOT_AVAILABLE
    return value if isinstance(value, int | float) else str(value)
