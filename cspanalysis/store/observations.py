"""Observations of one force: read from disk no more than an answer needs, and set out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

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
    "of_areas",
    "of_months",
    "outcomes_table",
    "read_counts",
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
    wanted = of_months(months)
    return read_table(kept, wanted if codes is None else wanted & of_areas(codes))


def of_months(months: Collection[date]) -> pc.Expression:
    """Ask for rows of some months."""
    return pc.field("period_start").isin(pa.array(sorted(months), pa.date32()))


def of_areas(codes: Collection[str]) -> pc.Expression:
    """Ask for rows of some LSOAs."""
    held = pc.field("area_code")
    # The range lets whole row groups be passed over: rows are sorted by area.
    return (held >= min(codes)) & (held <= max(codes)) & held.isin(sorted(codes))


def in_use(table: pd.DataFrame) -> pd.DataFrame:
    """Make missing what was not counted under its category in a month: rows are months."""
    for split in splits(POLICE_UK):
        since = table.index >= pd.Timestamp(split.crossing.start)
        for code in split.begun & set(table) if not since.all() else ():
            table[code] = table[code].where(since)
        for code in split.ended & set(table) if since.any() else ():
            table[code] = table[code].where(~since)
    return table


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
