"""The store: the one place that answers how many, where and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from cspanalysis.errors import StoreError, UsageError
from cspanalysis.paths import shipped_store, user_store
from cspanalysis.store.coverage import Coverage
from cspanalysis.store.observations import MEASURES, read_counts, read_table, with_all_crime
from cspanalysis.store.parts import force_slug
from cspanalysis.store.places import Places
from cspanalysis.store.reads import Read, Slices, months_read, table_read, tell
from cspanalysis.vocabulary import Area, Measure, Period

__all__ = ["Denominator", "Store"]

_PUBLISHED = ["measure", "count", "percent_change", "rate", "status", "note", "source", "vintage"]


@dataclass(frozen=True, slots=True)
class Denominator:
    """Hold what a rate is per: the number, its label and where it comes from."""

    value: int
    label: str
    source: str


_DENOMINATORS: dict[str, tuple[Literal["residents", "households"], str, str]] = {
    "persons": ("residents", "residents, mid-2020", "ONS mid-2020 population estimates"),
    "households": ("households", "households, Census 2021", "ONS Census 2021"),
}


class Store:
    """Answer questions about observations on disk; make one with `Store.open`.

    Parameters
    ----------
    coverage
        What the stores hold.
    """

    def __init__(self, coverage: Coverage) -> None:
        self._coverage = coverage
        self._read: set[int] = set()
        self._reads: dict[Read, None] = {}

    @classmethod
    def open(cls, *roots: Path) -> Store:
        """Open one or more stores as one; the shipped one and the user's where none is named.

        Where two stores hold the same month in the same vintage, the one named last counts.
        """
        return cls(Coverage.read(*map(Path, roots or _default_roots())))

    # what there is

    def coverage(self, *, source: str | None = None, force: str | None = None) -> pd.DataFrame:
        """List what the store holds, and what it lacks.

        Parameters
        ----------
        source
            ``police-uk`` or ``published``; all where none is given.
        force
            Slug of a force, as in ``thames-valley``; all where none is given.

        Returns
        -------
        DataFrame
            One row for each force, month and vintage: ``source``, ``force``, ``month``,
            ``vintage``, ``lsoa_vintage``, ``rows``, ``located``, ``without_location``,
            ``outside``, ``input``, ``status`` (``present``, ``part``: too few rows against the
            force's own history, season allowed for; ``missing``: a gap between a force's first
            month and its last, with no vintage).
        """
        self._asked(Read(source or "", force=force or ""))
        rows = self._coverage.table()
        if source is not None:
            rows = rows[rows["source"] == source]
        if force is not None:
            rows = rows[rows["force"] == force]
        return rows.reset_index(drop=True)

    def sources_of(self, area: Area) -> tuple[str, ...]:
        """Name the sources that have figures for an area: ``police-uk``, ``published``."""
        self._asked(Read("police-uk", force=self._force(area), what="months"))
        self._asked(Read("published", area=area.code, what="months"))
        rows = self._coverage.rows
        held = (rows["source"] == "police-uk") & (rows["force"] == self._force(area))
        held |= (rows["source"] == "published") & (rows["area_code"] == area.code)
        return tuple(sorted(set(rows.loc[held, "source"])))

    def months(self, area: Area, source: str = "police-uk") -> tuple[date, ...]:
        """Give the months, first days, that a source covers for an area's force."""
        self._asked(Read(source, force=self._force(area), what="months"))
        return tuple(self._chosen(area, source, None)["period_start"])

    def covers(self, area: Area, period: Period, source: str = "police-uk") -> bool:
        """Tell whether a source covers any month of a period for an area's force."""
        read = months_read(source, self._force(area), period.months)
        self._asked(replace(read, what="months"))
        return bool(self._chosen(area, source, None)["period_start"].isin(period.months).any())

    def latest(self, area: Area, source: str = "police-uk") -> date | None:
        """Give the last month covered, or None."""
        return max(self.months(area, source), default=None)

    def first(self, area: Area, source: str = "police-uk") -> date | None:
        """Give the first month covered, or None."""
        found = min(self._chosen(area, source, None)["period_start"], default=None)
        # What comes after the first month does not matter to the answer, but one before it would.
        last = found.isoformat() if found else ""
        self._asked(Read(source, force=self._force(area), last=last, what="months"))
        return found

    @cached_property
    def slices(self) -> Slices:
        """Hashes of slices of what is held, for whoever asks later whether it has changed."""
        return Slices(self._coverage.rows)

    def reads(self) -> tuple[Read, ...]:
        """List the slices that this object was asked for so far."""
        return tuple(self._reads)

    def inputs_read(self) -> list[dict[str, Any]]:
        """List the inputs that answers of this object have come from so far.

        Returns
        -------
        list of dict
            ``source``, ``vintage``, ``file`` (name of the input), ``rows`` (of it, in the months
            read), ``sha256`` (of the input), ``first`` and ``last`` (months, ISO).
        """
        rows = self._coverage.rows.loc[sorted(self._read)]
        keys = ["source", "vintage", "input", "input_sha256"]
        return [
            {
                "source": source,
                "vintage": vintage,
                "file": name,
                "rows": int(group["rows"].sum()),
                "sha256": sha256,
                "first": f"{min(group['period_start']):%Y-%m}",
                "last": f"{max(group['period_end']):%Y-%m}",
            }
            for (source, vintage, name, sha256), group in rows.groupby(keys)
        ]

    # counts

    def monthly(
        self,
        area: Area,
        *,
        measures: Sequence[str] | None = None,
        months: Sequence[date] | Period | None = None,
        source: str = "police-uk",
        as_of: date | str | None = None,
    ) -> pd.DataFrame:
        """Count by month and measure in one area.

        Parameters
        ----------
        area
            An LSOA, ward, CSP, council or force.
        measures
            Codes of measures; all that the source counts, all crime first, where none is given.
        months
            The months asked for; from the first to the last covered where none is given.
        source
            Where the counts come from.
        as_of
            Count what was known then: vintages up to this day or month (``2022-06``).

        Returns
        -------
        DataFrame
            Index ``month`` (first days, none left out), columns measures, Int64. A month without
            file is missing throughout; so is a month on LSOAs of 2011 for a ward or LSOA that has
            parts of LSOAs split since. In a covered month, a measure without rows is 0.

        Notes
        -----
        An area below the force is counted from its own force's files. A force is counted with all
        rows of its files, without location and outside its area included; see `shortfall`.
        """
        wanted = _measures(measures, source)
        chosen = self._chosen(area, source, as_of)
        asked = _months(months, chosen["period_start"])
        self._asked(months_read(source, self._force(area), asked if months else (), as_of))
        chosen = chosen[chosen["period_start"].isin(asked)]
        rows = self._counts(chosen, None if area.kind == "force" else self._places.codes(area))
        table = rows.pivot_table("count", "period_start", "measure", aggfunc="sum")
        covered = self._countable(area, chosen)
        table = table.reindex(index=covered, columns=list(MEASURES)).fillna(0).astype("Int64")
        table = with_all_crime(table, wanted).reindex(asked)
        table.index = pd.DatetimeIndex(asked, name="month")
        return table.rename_axis(columns=None)

    def by_area(
        self,
        kind: Literal["lsoa", "ward", "csp"],
        *,
        within: Area,
        period: Period,
        measures: Sequence[str] | None = None,
        as_of: date | str | None = None,
    ) -> pd.DataFrame:
        """Count by area and measure over a period, on the LSOAs of 2021.

        Returns
        -------
        DataFrame
            Index codes of all areas of the kind inside `within`, columns measures, Int64.
            ``attrs["unplaced"]`` tells the rows that could not be placed: ``split`` (in `within`,
            in an LSOA of 2011 that has become several areas), and of the whole force
            ``without_location`` and ``outside``.

        Raises
        ------
        StoreError
            If a month of the period is missing: the sum would be too low.
        """
        wanted = _measures(measures, "police-uk")
        self._asked(months_read("police-uk", self._force(within), period.months, as_of))
        chosen = self._chosen(within, "police-uk", as_of)
        chosen = chosen[chosen["period_start"].isin(period.months)]
        self._refuse_gaps(within, period, chosen)
        rows = self._counts(chosen, None)
        placed = self._places.area_of(rows["area_code"], kind)
        inside = rows["area_code"].isin(self._places.codes(within))
        rows = rows.assign(area=placed)
        table = rows[inside].pivot_table("count", "area", "measure", aggfunc="sum")
        areas = self._places.within(within, kind)
        table = table.reindex(index=areas, columns=list(MEASURES)).fillna(0).astype("Int64")
        table = with_all_crime(table, wanted).rename_axis(columns=None)
        table.attrs["unplaced"] = {
            "split": int(rows.loc[inside & placed.isna(), "count"].sum()),
            "without_location": int(chosen["without_location"].sum()),
            "outside": int(chosen["outside"].sum()),
        }
        return table

    def shortfall(self, area: Area, period: Period) -> pd.DataFrame:
        """Tell by month how many rows of an area's force could not be counted to an area.

        Returns
        -------
        DataFrame
            Index ``month``; ``rows``, ``without_location``, ``outside`` (located outside the
            force's area), ``share`` (of rows without location). Missing where the month is.
        """
        self._asked(months_read("police-uk", self._force(area), period.months))
        chosen = self._chosen(area, "police-uk", None)
        self._read.update(chosen.index[chosen["period_start"].isin(period.months)])
        table = chosen.set_index("period_start")[["rows", "without_location", "outside"]]
        table = table.astype("Int64").reindex(list(period.months))
        table.index = pd.DatetimeIndex(period.months, name="month")
        return table.assign(share=(table["without_location"] / table["rows"]).astype("Float64"))

    # published figures

    def published(
        self, area: Area, period: Period, *, as_of: date | str | None = None
    ) -> pd.DataFrame:
        """Give the published figures of an area and period, in the order of their table.

        Returns
        -------
        DataFrame
            ``measure``, ``count`` (Int64), ``percent_change`` and ``rate`` (Float64), ``status``,
            ``note``, ``source``, ``vintage``. Of a measure published twice, the latest vintage.
        """
        self._asked(table_read(area, period, as_of))
        rows = self._coverage.published(area, period, as_of)
        if rows.empty:
            return _empty_published()
        self._read.update(rows.index)
        parts = [read_table(Path(root, file)) for root, file in _files(rows)]
        table = pd.concat(parts, ignore_index=True)
        here = (table["area_code"] == area.code) & (table["period_start"] == period.start)
        table = table[here & (table["period_end"] == period.end)]
        table = table.sort_values(["vintage", "line"], kind="stable")
        newest = table.drop_duplicates("measure", keep="last").set_index("measure")
        order = table.drop_duplicates("measure")["measure"]
        types = {"count": "Int64", "percent_change": "Float64", "rate": "Float64"}
        return newest.loc[order].reset_index()[_PUBLISHED].astype(types)

    def has_published(self, area: Area, period: Period) -> bool:
        """Tell whether there are published figures of an area and exactly this period."""
        self._asked(replace(table_read(area, period), what="months"))
        return not self._coverage.published(area, period).empty

    def published_periods(self, area: Area) -> tuple[Period, ...]:
        """Give the periods that have published figures for an area, oldest first."""
        self._asked(Read("published", area=area.code, what="months"))
        rows = self._coverage.published(area)
        pairs = set(zip(rows["period_start"], rows["period_end"], strict=True))
        return tuple(Period.of_months(start, end) for start, end in sorted(pairs))

    def denominator(self, area: Area, kind: str) -> Denominator:
        """Give what rates of an area are per: ``persons`` or ``households``."""
        if kind not in _DENOMINATORS:
            known = " or ".join(_DENOMINATORS)
            raise UsageError(f"denominator '{kind}' is not known; write {known}")
        what, label, source = _DENOMINATORS[kind]
        return Denominator(self._places.total(area, what), label, source)

    # how it is found

    def _asked(self, read: Read) -> None:
        if read not in self._reads:
            self._reads[read] = None
            tell([read], self.slices)

    @property
    def _places(self) -> Places:
        return Places.shipped()

    def _force(self, area: Area) -> str:
        return force_slug(self._places.force_code(area))

    def _chosen(self, area: Area, source: str, as_of: date | str | None) -> pd.DataFrame:
        return self._coverage.chosen(source, self._force(area), as_of)

    def _counts(self, chosen: pd.DataFrame, codes: frozenset[str] | None) -> pd.DataFrame:
        self._read.update(chosen.index)
        parts = [
            read_counts(path, months=months, codes=codes)
            for path, months in _months_by_file(chosen).items()
        ]
        if not parts:
            return pd.DataFrame(columns=["area_code", "period_start", "measure", "count"])
        return pd.concat(parts, ignore_index=True)

    def _countable(self, area: Area, chosen: pd.DataFrame) -> list[date]:
        """Months whose rows can be counted to the area as a whole."""
        if self._places.straddling(area):
            chosen = chosen[chosen["lsoa_vintage"] != "2011"]
        return list(chosen["period_start"])

    def _refuse_gaps(self, within: Area, period: Period, chosen: pd.DataFrame) -> None:
        missing = sorted(set(period.months) - set(chosen["period_start"]))
        if missing:
            named = ", ".join(f"{month:%Y-%m}" for month in missing)
            raise StoreError(
                f"{within.label}, {period.label}: no street files of {self._force(within)} for "
                f"{named}; ingest them, or ask for another period"
            )


def _default_roots() -> tuple[Path, Path]:
    return shipped_store(), user_store()


def _months_by_file(rows: pd.DataFrame) -> dict[Path, set[date]]:
    months: dict[Path, set[date]] = {}
    for root, file, month in zip(rows["root"], rows["file"], rows["period_start"], strict=True):
        months.setdefault(Path(root, file), set()).add(month)
    return months


def _files(rows: pd.DataFrame) -> Iterable[tuple[str, str]]:
    return sorted(set(zip(rows["root"], rows["file"], strict=True)))


def _measures(measures: Sequence[str] | None, source: str) -> list[str]:
    known = ["all-crime", *MEASURES]
    if measures is None:
        return known
    codes = [Measure.named(measure).code for measure in measures]
    for code in codes:
        if code not in known:
            raise UsageError(f"measure '{code}' is not counted by {source}")
    return codes


def _months(months: Sequence[date] | Period | None, covered: pd.Series) -> list[date]:
    if isinstance(months, Period):
        return list(months.months)
    if months is not None:
        return [date(day.year, day.month, 1) for day in months]
    if covered.empty:
        return []
    return list(Period.of_months(min(covered), max(covered)).months)


def _empty_published() -> pd.DataFrame:
    empty = pd.DataFrame(columns=_PUBLISHED)
    return empty.astype({"count": "Int64", "percent_change": "Float64", "rate": "Float64"})
