"""Observations of one force: read from disk no more than an answer needs, and set out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from cspanalysis.store.kept import Kept, read_table
from cspanalysis.vocabulary.breaks import POLICE_UK, splits

__all__ = [
    "FORMER",
    "MEASURES",
    "NO_COUNTS",
    "counts_table",
    "in_use",
    "outcomes_table",
    "read_counts",
    "set_out",
    "with_all_crime",
]

NO_COUNTS = ["area_code", "period_start", "measure", "object", "outcome", "count"]

# What data.police.uk counts: its fourteen categories, the crimes of which make up all crime.
MEASURES = (
    "violence-and-sexual-offences",
    "robbery",
    "burglary",
    "vehicle-crime",
    "bicycle-theft",
    "theft-from-the-person",
    "shoplifting",
    "other-theft",
    "criminal-damage-and-arson",
    "drug-offences",
    "possession-of-weapons",
    "public-order",
    "other-crime",
    "anti-social-behaviour",
)
# Until April 2013 other categories were in use, and some of today's came one after the other.
FORMER = ("violent-crime", "public-disorder-and-weapons")


def read_counts(
    kept: Kept, *, months: Collection[date], codes: Collection[str] | None
) -> pd.DataFrame:
    """Read the counts of some months, of some LSOAs or of all.

    Returns
    -------
    DataFrame
        ``area_code`` (missing for rows without location), ``period_start``, ``measure``,
        ``count``.
    """
    wanted = pc.field("period_start").isin(pa.array(sorted(months), pa.date32()))
    if codes is not None:
        held = pc.field("area_code")
        # The range lets whole row groups be passed over: rows are sorted by area.
        wanted &= (held >= min(codes)) & (held <= max(codes)) & held.isin(sorted(codes))
    return read_table(kept, wanted)


def set_out(rows: pd.DataFrame, by: str, index: Any) -> pd.DataFrame:
    """Set counts out by a key and measure: today's categories, and former ones that occur.

    A measure without rows is 0.
    """
    held = rows["measure"].to_numpy(dtype=object)
    occurring = {*held}
    measures = [*MEASURES, *(code for code in FORMER if code in occurring)]
    keys, columns = pd.Index(index), pd.Index(measures, name="measure")
    down, across = keys.get_indexer(rows[by]), columns.get_indexer(pd.Index(held))
    inside = (down >= 0) & (across >= 0)
    counts = np.zeros((len(keys), len(columns)), dtype=np.int64)
    number = rows["count"].to_numpy(dtype=np.int64)
    np.add.at(counts, (down[inside], across[inside]), number[inside])
    return pd.DataFrame(counts, keys.rename(keys.name or by), columns)


def in_use(table: pd.DataFrame) -> pd.DataFrame:
    """Make missing what was not counted under its category in a month: rows are months."""
    for split in splits(POLICE_UK):
        since = table.index >= pd.Timestamp(split.crossing.start)
        for code in split.begun & set(table) if not since.all() else ():
            table[code] = table[code].where(since)
        for code in split.ended & set(table) if since.any() else ():
            table[code] = table[code].where(~since)
    return table


def with_all_crime(counts: pd.DataFrame, measures: Sequence[str]) -> pd.DataFrame:
    """Pick columns of counts by measure as Int64, all crime being the sum of the crimes.

    Anti-social behaviour is not crime and never inside.
    """
    if "all-crime" in measures:
        crimes = [code for code in counts if code != "anti-social-behaviour"]
        counts = counts.assign(**{"all-crime": counts[crimes].sum(axis=1, skipna=False)})
    return counts[list(measures)].astype("Int64")


def outcomes_table(
    rows: pd.DataFrame, *, covered: Sequence[date], months: Sequence[date]
) -> pd.DataFrame:
    """Set counts out by month and outcome; see `Store.outcomes`."""
    table = rows.pivot_table("count", "period_start", "outcome", aggfunc="sum")
    table = table.reindex(index=list(covered)).fillna(0).astype("Int64").reindex(list(months))
    table.index = pd.DatetimeIndex(list(months), name="month")
    return table.rename_axis(columns=None)


def counts_table(rows: pd.DataFrame, what: Sequence[str]) -> pd.DataFrame:
    """Set counts out in rows, by month and what else they are told apart by."""
    rows = rows.rename(columns={"period_start": "month"})
    rows = rows.assign(month=pd.to_datetime(rows["month"]))
    keys = ["month", *what]
    return rows.groupby(keys)["count"].sum().astype("Int64").reset_index()
