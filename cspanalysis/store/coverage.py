"""Coverage: which month of which force is there, in which vintage, and how whole it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cspanalysis.store import manifest
from cspanalysis.store.completeness import statuses
from cspanalysis.store.parts import by_force
from cspanalysis.vocabulary import Area, Period

__all__ = ["Coverage"]

_SHOWN = [
    *("source", "force", "month", "vintage", "lsoa_vintage"),
    *("rows", "located", "without_location", "outside", "input", "status"),
]


class Coverage:
    """Hold the coverage tables of one or more stores.

    Parameters
    ----------
    rows
        Their rows, with ``root``, the folder of the store that each is in; of two rows for the
        same month and vintage the later counts.
    replaced
        Rows that other content of the same vintage has replaced, with what did; they count for
        nothing.
    """

    def __init__(self, rows: pd.DataFrame, replaced: pd.DataFrame | None = None) -> None:
        self.rows = rows
        columns = [*manifest.HISTORY.names, "root"]
        self.replaced = pd.DataFrame(columns=columns) if replaced is None else replaced
        self._known: dict[tuple[str, str, str], pd.DataFrame] = {}

    @classmethod
    def read(cls, *roots: Path) -> Coverage:
        """Read the coverage tables of stores; each can have replaced rows of those before it."""
        tables: list[pd.DataFrame] = []
        replaced: list[pd.DataFrame] = []
        for root in roots:
            held = manifest.read_all(root).assign(root=str(root))
            gone = held[held["replaced_by"] != ""]
            if len(gone):
                elsewhere = pd.concat(tables) if tables else held.iloc[:0]
                tables = [_without(table, gone) for table in tables]
                replaced.append(_found_in(elsewhere, gone))
            counting = manifest.counting(held)
            tables = [_without(table, counting) for table in tables]
            tables.append(counting)
        filled = [table for table in tables if len(table)] or tables[:1]
        rows = pd.concat(filled, ignore_index=True)
        return cls(rows, pd.concat(replaced, ignore_index=True) if replaced else None)

    def chosen(self, source: str, force: str, as_of: date | str | None = None) -> pd.DataFrame:
        """Give the rows that count: the latest vintage of every month, by month."""
        key = (source, force, str(as_of or ""))
        if key not in self._known:
            rows = self.rows[(self.rows["source"] == source) & (self.rows["force"] == force)]
            self._known[key] = _newest(_known_at(rows, as_of), ["period_start"])
        return self._known[key]

    def figures(
        self,
        area: Area,
        period: Period | None = None,
        as_of: date | str | None = None,
        *,
        source: str = "published",
    ) -> pd.DataFrame:
        """Give the rows of an area's figures in tables of a source, of one period or of all."""
        places = self._of_areas.get((source, area.code), [])
        rows = self.rows.loc[places]
        if period is not None:
            same = (rows["period_start"] == period.start) & (rows["period_end"] == period.end)
            rows = rows[same]
        return _known_at(rows, as_of)

    @cached_property
    def _of_areas(self) -> dict[tuple[str, str], list[int]]:
        """Labels of the rows of each source and area."""
        found: dict[tuple[str, str], list[int]] = {}
        keys = zip(self.rows["source"], self.rows["area_code"], strict=True)
        for label, key in zip(self.rows.index, keys, strict=True):
            found.setdefault(key, []).append(label)
        return found

    def table(self) -> pd.DataFrame:
        """List all rows and all gaps, with their status; see `Store.coverage`."""
        return self._listed.copy()

    @cached_property
    def _listed(self) -> pd.DataFrame:
        rows = self.rows.rename(columns={"period_start": "month"})
        rows["month"] = pd.to_datetime(rows["month"])
        if gaps := list(self._gaps()):
            rows = pd.concat([rows, pd.DataFrame(gaps)], ignore_index=True)
        numbers = ["rows", "located", "without_location", "outside"]
        rows[numbers] = rows[numbers].astype("Int64")
        keys = zip(rows["source"], rows["force"], rows["month"], strict=True)
        rows["status"] = [self._statuses.get(key, "present") for key in keys]
        rows.loc[rows["vintage"] == "", "status"] = "missing"
        return rows.sort_values(["source", "force", "month", "vintage"], kind="stable")[_SHOWN]

    @cached_property
    def _wide(self) -> pd.DataFrame:
        """Rows of the latest vintages by month and force, with every month between."""
        return self._spread("rows")

    @cached_property
    def _latest(self) -> pd.DataFrame:
        """Rows of the latest vintage of every force and month."""
        return _newest(self.rows[self.rows["source"] == "police-uk"], ["force", "period_start"])

    def _spread(self, column: str) -> pd.DataFrame:
        rows = self._latest
        if rows.empty:
            return pd.DataFrame()
        held = pd.DatetimeIndex(rows["period_start"])
        months = pd.date_range(held.min(), held.max(), freq="MS", name="period_start")
        forces, names = pd.factorize(rows["force"], sort=True)
        values = np.full((len(months), len(names)), np.nan)
        if column in rows:  # stores of earlier versions did not note it
            numbers = rows[column].to_numpy(dtype=float, na_value=np.nan)
            values[months.get_indexer(held), forces] = numbers
        return pd.DataFrame(values, index=months, columns=pd.Index(names, name="force"))

    @cached_property
    def part(self) -> frozenset[tuple[str, date]]:
        """Forces and months, first days, whose street files are there in part."""
        return frozenset(
            (force, month.date())
            for (_, force, month), state in self._statuses.items()
            if state == "part"
        )

    @cached_property
    def editions(self) -> dict[tuple[str, date], tuple[str, ...]]:
        """Vintages, oldest first, of the forces' months that are held in several."""
        street = self.rows[self.rows["source"] == "police-uk"]
        held = dict[tuple[str, date], set[str]]()
        for force, month, vintage in street[["force", "period_start", "vintage"]].to_numpy():
            held.setdefault((force, month), set()).add(vintage)
        return {key: tuple(sorted(names)) for key, names in held.items() if len(names) > 1}

    def judged(self) -> pd.DataFrame:
        """Give the rows, with ``part``: whether a month's street file is there in part.

        The hash of a month tells its earlier editions too, beside which it may be short.
        """
        keys = zip(self.rows["source"], self.rows["force"], self.rows["period_start"], strict=True)
        part = [
            source == "police-uk" and (force, month) in self.part for source, force, month in keys
        ]
        return self.rows.assign(sha256=self.rows["sha256"] + self._earlier(), part=part)

    def _earlier(self) -> pd.Series:
        """Give of every row of a month the hashes of its earlier editions, as one text."""
        street = self.rows[self.rows["source"] == "police-uk"]
        ordered = street.sort_values("vintage", kind="stable")
        before = ordered.groupby(["force", "period_start"], sort=False)["sha256"].shift(1)
        return before.reindex(self.rows.index).fillna("").astype(str)

    @cached_property
    def _statuses(self) -> dict[tuple[str, str, Any], str]:
        if self._wide.empty:
            return {}
        outside = self._spread("outside") / self._spread("located")
        states = statuses(self._wide, outside, self._spread("repeated") / self._wide)
        return {
            ("police-uk", str(force), month): state
            for force in states
            for month, state in states[force].items()
        }

    def _gaps(self) -> Iterator[dict[str, Any]]:
        """Months between the first and the last of a source and force that no file is of."""
        files = self.rows[self.rows["source"].map(by_force).astype(bool)]
        for (source, force), held in files.groupby(["source", "force"]):
            months = pd.DatetimeIndex(held["period_start"])
            for month in pd.date_range(months.min(), months.max(), freq="MS").difference(months):
                yield {"source": source, "force": force, "month": month, "vintage": "", "input": ""}


def _without(rows: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Leave out the rows whose content others bear, which replaced it or hold it as well."""
    alike = rows[rows["sha256"].isin(others["sha256"])]
    if alike.empty:
        return rows
    borne = set(map(manifest.content_of, others.to_dict("records")))
    gone = [manifest.content_of(row) in borne for row in alike.to_dict("records")]
    return rows.drop(alike.index[gone])


def _found_in(rows: pd.DataFrame, gone: pd.DataFrame) -> pd.DataFrame:
    """Say of rows replaced in another store where their observations lie."""
    held = {manifest.content_of(row): row for row in rows.to_dict("records")}
    records = gone.to_dict("records")
    for row in records:
        if not row["file"] and (there := held.get(manifest.content_of(row))):
            row |= {"file": there["file"], "root": there["root"]}
    return pd.DataFrame(records)


def _known_at(rows: pd.DataFrame, as_of: date | str | None) -> pd.DataFrame:
    if as_of is None:
        return rows
    limit = as_of if isinstance(as_of, str) else as_of.isoformat()
    return rows[rows["vintage"].str.slice(0, len(limit)) <= limit]


def _newest(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    ordered = rows.sort_values([*keys, "vintage"], kind="stable")
    return ordered.drop_duplicates(keys, keep="last")
