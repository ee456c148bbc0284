"""Tallies: what a file of observations comes to by month or by place, added up once a process.

A report asks some fifty times for months of a handful of areas. What a file says of an area is
added up at the first question and kept for as long as the file is as it was; tallies are small.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cspanalysis.store.kept import Kept, State, read_arrow, state_of
from cspanalysis.store.observations import FORMER, MEASURES, of_areas, of_months

__all__ = ["Tally", "by_month", "by_place", "joined"]

_COLUMNS = (*MEASURES, *FORMER)
_CRIMES = [at for at, code in enumerate(_COLUMNS) if code != "anti-social-behaviour"]
_READ = ["period_start", "area_code", "measure", "count"]

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Hold counts by a key and measure.

    Parameters
    ----------
    keys
        First days of months, or codes of LSOAs, each once.
    counts
        One row a key, one column each of today's and of former categories; 0 where there is none.
    """

    keys: pd.Index
    counts: Counts

    @property
    def measures(self) -> tuple[str, ...]:
        """All crime, today's categories, and former ones that occur."""
        occurring = dict(zip(_COLUMNS, self.counts.sum(axis=0).tolist(), strict=True))
        return ("all-crime", *MEASURES, *(code for code in FORMER if occurring[code]))

    def among(self, keys: Sequence[Any]) -> Tally:
        """Give some keys, in the order given; 0 for those that are not held."""
        place = self.keys.get_indexer(pd.Index(keys, dtype=object))
        counts = np.zeros((len(keys), len(_COLUMNS)), dtype=np.int64)
        counts[place >= 0] = self.counts[place[place >= 0]]
        return Tally(pd.Index(keys, dtype=object), counts)

    def summed(self, over: pd.Series, keys: pd.Index) -> Tally:
        """Add up into larger areas: `over` names the one that each of our keys lies in, in order.

        What lies in none of `keys` is left out.
        """
        place = keys.get_indexer(pd.Index(over))
        counts = np.zeros((len(keys), len(_COLUMNS)), dtype=np.int64)
        np.add.at(counts, place[place >= 0], self.counts[place >= 0])
        return Tally(keys, counts)

    def table(self, measures: Sequence[str], missing: Mask) -> pd.DataFrame:
        """Set out some measures as Int64, rows of `missing` without a value.

        All crime is the sum of the crimes. Anti-social behaviour is not crime and never inside.
        """
        columns = {
            measure: self.counts[:, _CRIMES].sum(axis=1)
            if measure == "all-crime"
            else self.counts[:, _COLUMNS.index(measure)].copy()
            for measure in measures
        }
        held = {
            measure: pd.arrays.IntegerArray(values, missing.copy())
            for measure, values in columns.items()
        }
        return pd.DataFrame(held, index=self.keys, columns=list(measures))


def by_month(kept: Kept, codes: frozenset[str] | None) -> Tally:
    """Add up a file by month, over some LSOAs, or over all rows, located or not."""
    return _by_month(kept, state_of(kept), codes)


def by_place(kept: Kept, months: frozenset[date]) -> Tally:
    """Add up some months of a file by LSOA; rows without location are left out."""
    return _by_place(kept, state_of(kept), months)


def joined(tallies: Sequence[Tally]) -> Tally:
    """Add tallies to each other."""
    if len(tallies) == 1:
        return tallies[0]
    keys = pd.Index(sorted({key for tally in tallies for key in tally.keys}), dtype=object)
    counts = np.zeros((len(keys), len(_COLUMNS)), dtype=np.int64)
    for tally in tallies:
        np.add.at(counts, keys.get_indexer(tally.keys), tally.counts)
    return Tally(keys, counts)


@lru_cache(maxsize=4096)
def _by_month(kept: Kept, _: State, codes: frozenset[str] | None) -> Tally:
    wanted = None if codes is None else of_areas(codes)
    return _tally(read_arrow(kept, wanted, columns=_READ), "period_start")


@lru_cache(maxsize=512)
def _by_place(kept: Kept, _: State, months: frozenset[date]) -> Tally:
    wanted = of_months(months) & pc.field("area_code").is_valid()
    return _tally(read_arrow(kept, wanted, columns=_READ), "area_code")


def _tally(rows: pa.Table, by: str) -> Tally:
    summed = rows.group_by([by, "measure"], use_threads=False).aggregate([("count", "sum")])
    down, keys = pd.factorize(summed[by].to_numpy().astype(object), sort=True)
    across = pd.Index(_COLUMNS).get_indexer(pd.Index(summed["measure"].to_numpy()))
    counts = np.zeros((len(keys), len(_COLUMNS)), dtype=np.int64)
    known = across >= 0
    number = summed["count_sum"].to_numpy().astype(np.int64)
    counts[down[known], across[known]] = number[known]
    counts.flags.writeable = False
    return Tally(pd.Index(keys, dtype=object), counts)
