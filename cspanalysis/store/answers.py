"""The store: the one place that answers how many, where and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal

import pandas as pd
import pyarrow.compute as pc

from cspanalysis.errors import StoreError, UsageError
from cspanalysis.paths import reference
from cspanalysis.sources.deprivation import INDICES
from cspanalysis.store.figures import Figures
from cspanalysis.store.kept import Kept, read_table
from cspanalysis.store.observations import (
    in_use,
    set_out,
    with_all_crime,
)
from cspanalysis.store.reads import months_read
from cspanalysis.store.residents import Residents
from cspanalysis.store.unions import added, joined_up, pieces_of
from cspanalysis.store.vintages import Revision, revised
from cspanalysis.vocabulary import Area, Measure, Period

__all__ = ["Denominator", "Store"]

_SHORT = ("rows", "without_location", "outside")


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


class Store(Figures):
    """Answer questions about observations on disk; make one with `Store.open`.

    Parameters
    ----------
    coverage
        What the stores hold.
    """

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
            An LSOA, ward, CSP, council or force, or what councils add up to.
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
            file, or whose file is there in part (see `coverage`; not where `as_of` is given), is
            missing throughout; so is a month on LSOAs of 2011 for a ward or LSOA that has
            parts of LSOAs split since. In a covered month, a measure without rows is 0.

        Notes
        -----
        An area below the force is counted from its own force's files. A force is counted with all
        rows of its files, without location and outside its area included; see `shortfall`. An area
        that lies in several forces is counted from the files of them all.
        """
        if pieces := pieces_of(area):
            ask = partial(
                self.monthly, measures=measures, months=months, source=source, as_of=as_of
            )
            return added([ask(piece) for piece in pieces])
        chosen = self._chosen(area, source, as_of)
        asked = _months(months, chosen["period_start"])
        self._asked(months_read(source, self._force(area), asked if months else (), as_of))
        chosen = chosen[chosen["period_start"].isin(asked)]
        rows = self._counts(chosen, None if area.kind == "force" else self._places.codes(area))
        known = self._countable(area, chosen)
        if as_of is None:
            known = [month for month in known if month in {*self._whole(chosen)}]
            rows = rows[rows["period_start"].isin(known)]
        table = set_out(rows, "period_start", known)
        table = with_all_crime(table, _measures(measures, source, table)).reindex(asked)
        table.index = pd.DatetimeIndex(asked, name="month")
        return in_use(table.rename_axis(columns=None))

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
            If a month of the period is missing or in part: the sum would be too low.
        """
        if pieces := pieces_of(within):
            ask = partial(self.by_area, kind, period=period, measures=measures, as_of=as_of)
            return joined_up([ask(within=piece) for piece in pieces])
        self._asked(months_read("police-uk", self._force(within), period.months, as_of))
        chosen = self._chosen(within, "police-uk", as_of)
        chosen = chosen[chosen["period_start"].isin(period.months)]
        self._refuse_gaps(
            within, period, self._whole(chosen) if as_of is None else chosen["period_start"]
        )
        rows = self._counts(chosen, None)
        placed = self._places.area_of(rows["area_code"], kind)
        inside = rows["area_code"].isin(self._places.codes(within))
        rows = rows.assign(area=placed)
        table = set_out(rows[inside], "area", self._places.within(within, kind))
        wanted = _measures(measures, "police-uk", table)
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
        if pieces := pieces_of(area):
            counted = [self.shortfall(p, period)[list(_SHORT)] for p in pieces]
            return _with_share(added(counted))
        self._asked(months_read("police-uk", self._force(area), period.months))
        chosen = self._chosen(area, "police-uk", None)
        self._read.update(chosen.index[chosen["period_start"].isin(period.months)])
        table = chosen.set_index("period_start")[list(_SHORT)]
        table = table.astype("Int64").reindex(list(period.months))
        table.index = pd.DatetimeIndex(period.months, name="month")
        return _with_share(table)

    def revision(self, area: Area, period: Period, earlier: str, later: str) -> Revision:
        """Split the change of a period between two vintages into revision and reality.

        Parameters
        ----------
        earlier, later
            Labels of vintages, or days and months up to which vintages count: ``2021-08``.

        Returns
        -------
        Revision
            By measure what the same months became, what months are new, and month by month.

        Raises
        ------
        StoreError
            If nothing was known of the period in the earlier or the later vintage.
        """
        known = [self.monthly(area, months=period, as_of=vintage) for vintage in (earlier, later)]
        for table, vintage in zip(known, (earlier, later), strict=True):
            if table["all-crime"].isna().all():
                raise StoreError(
                    f"{area.label}, {period.label}: nothing of it was known by {vintage}; "
                    "ask for a later vintage, see `coverage`"
                )
        return revised(*known)

    # what rates are per

    def denominator(self, area: Area, kind: str, *, period: Period | None = None) -> Denominator:
        """Give what rates of an area are per: ``persons`` or ``households``.

        Parameters
        ----------
        period
            When the rate is of: residents are those of the middle of the year nearest to it, as
            ONS estimates them by council; an area that is part of a council has the share of them
            that it had in mid-2020. Without one, the residents of mid-2020 that its small areas
            add up to.
        """
        if kind not in _DENOMINATORS:
            known = " or ".join(_DENOMINATORS)
            raise UsageError(f"denominator '{kind}' is not known; write {known}")
        what, label, source = _DENOMINATORS[kind]
        if period is not None and what == "residents" and (found := self._residents(area, period)):
            return found
        return Denominator(self._places.total(area, what), label, source)

    def residents_of_small_areas(self, area: Area, *, period: Period) -> tuple[pd.Series, str]:
        """Give how many live in each LSOA of an area, in the year nearest to a period.

        Returns
        -------
        Series
            Whole persons, index ``lsoa``: what ONS estimates for the council, shared out as in
            mid-2020; those of mid-2020 themselves where there is no estimate.
        str
            What they are called, with their date.
        """
        table = Residents.shipped()
        year = table.year_for(period)
        parts = self._places.parts_of_councils(area)
        councils = {
            code: table.of({code: 1.0}, year) if year is not None else None
            for code in parts["lad"].unique()
        }
        if any(count is None for count in councils.values()):
            return self.small_areas(area)["residents"], _DENOMINATORS["persons"][1]
        counts = parts["share"] * parts["lad"].map(councils)
        return counts.round().astype("Int32"), f"residents, mid-{year}"

    def deprivation(self, area: Area, *, year: int = 2025) -> pd.DataFrame:
        """Give the index of deprivation of its country for the LSOAs of an area.

        Parameters
        ----------
        year
            2025 (England, LSOAs of 2021) or 2019 (England and Wales, LSOAs of 2011).

        Returns
        -------
        DataFrame
            Index ``lsoa``; ``rank`` (1 is the most deprived in its country), ``decile`` (1 the most
            deprived tenth), ``crime_decile``, ``score`` (missing for England in 2019). Empty in
            Wales for 2025.
        """
        if year not in INDICES:
            raise UsageError(
                f"there is no index of {year}; there are {', '.join(map(str, INDICES))}"
            )
        codes = self._places.codes(area)
        wanted = (pc.field("year") == year) & pc.field("lsoa").isin(sorted(codes))
        table = read_table(Kept(reference("deprivation.parquet")), wanted)
        return table.drop(columns="year").set_index("lsoa").sort_index()

    # how it is found

    def _residents(self, area: Area, period: Period) -> Denominator | None:
        table = Residents.shipped()
        year = table.year_for(period)
        shares = self._places.shares(area)
        count = table.of(shares, year) if year is not None else None
        if count is None:
            return None
        source = f"ONS mid-{year} population estimates"
        if min(shares.values()) < 1:
            source += ", shared out within councils as in mid-2020"
        return Denominator(count, f"residents, mid-{year}", source)

    def _refuse_gaps(self, within: Area, period: Period, held: Iterable[date]) -> None:
        missing = sorted(set(period.months) - {*held})
        if missing:
            named = ", ".join(f"{month:%Y-%m}" for month in missing)
            raise StoreError(
                f"{within.label}, {period.label}: no whole street files of "
                f"{self._force(within)} for {named}; ingest them, or ask for another period"
            )


def _measures(measures: Sequence[str] | None, source: str, counted: pd.DataFrame) -> list[str]:
    known = ["all-crime", *counted.columns]
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


def _with_share(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(share=(table["without_location"] / table["rows"]).astype("Float64"))
