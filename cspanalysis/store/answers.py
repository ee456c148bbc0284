"""The store: the one place that answers how many, where and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal, Self

import numpy as np
import pandas as pd

from cspanalysis.errors import StoreError, UsageError
from cspanalysis.paths import shipped_store, user_store
from cspanalysis.store.activity import Activity
from cspanalysis.store.coverage import Coverage
from cspanalysis.store.figures import Figures
from cspanalysis.store.holdings import Holdings
from cspanalysis.store.inquiry import Inquiry
from cspanalysis.store.observations import in_use
from cspanalysis.store.people import People
from cspanalysis.store.unions import added, joined_up, pieces_of
from cspanalysis.store.vintages import Revision, revised
from cspanalysis.vocabulary import Area, Measure, Period

__all__ = ["Store"]

_SHORT = ("rows", "without_location", "outside")


class Store:
    """Answer questions about observations on disk; make one with `Store.open`.

    Its own methods count; its parts answer what is not counted by month and place.

    Parameters
    ----------
    coverage
        What the stores hold.

    Attributes
    ----------
    held : Holdings
        What there is, and how far it reaches.
    figures : Figures
        Tables of figures by area and period.
    activity : Activity
        Outcomes of crimes, and searches.
    people : People
        What rates are per, and deprivation.
    inquiry : Inquiry
        What was asked and read so far.
    """

    def __init__(self, coverage: Coverage) -> None:
        self.inquiry = Inquiry(coverage)
        self.held = Holdings(self.inquiry)
        self.figures = Figures(self.inquiry)
        self.activity = Activity(self.inquiry)
        self.people = People()

    @classmethod
    def open(cls, *roots: Path) -> Self:
        """Open one or more stores as one; the shipped one and the user's where none is named.

        Where two stores hold the same month in the same vintage, the one named last counts.
        """
        return cls(Coverage.read(*map(Path, roots or (shipped_store(), user_store()))))

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.held.named() or 'empty'}>"

    def coverage(self, *, source: str | None = None, force: str | None = None) -> pd.DataFrame:
        """List what the store holds, and what it lacks; see `Holdings.coverage`."""
        return self.held.coverage(source=source, force=force)

    def published(
        self,
        area: Area,
        period: Period,
        *,
        as_of: date | str | None = None,
        source: str = "published",
    ) -> pd.DataFrame:
        """Give the figures of an area and period in tables; see `Figures.published`."""
        return self.figures.published(area, period, as_of=as_of, source=source)

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
        chosen = self.inquiry.chosen(area, source, as_of)
        asked = _months(months, chosen["period_start"])
        self.inquiry.asked_months(area, asked if months else (), source=source, as_of=as_of)
        chosen = chosen[chosen["period_start"].isin(asked)]
        known = {*self.inquiry.countable(area, chosen)}
        if as_of is None:
            known &= {*self.inquiry.whole(chosen)}
        counted = self.inquiry.by_month(area, chosen, known).among(asked)
        missing = np.array([month not in known for month in asked], dtype=bool)
        table = counted.table(_measures(measures, source, counted.measures), missing)
        table.index = pd.DatetimeIndex(asked, name="month")
        return in_use(table)

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
            Index codes of all areas of the kind inside `within`, columns measures, Int64. An area
            that holds a part of an LSOA divided since is missing throughout where a month of the
            period is on LSOAs of 2011: such counts can't be shared out. ``attrs["unplaced"]``
            tells the rows that could not be placed: ``split`` (in `within`, in areas that are
            missing), and of the whole force ``without_location`` and ``outside``.

        Raises
        ------
        StoreError
            If a month of the period is missing or in part: the sum would be too low.
        """
        if pieces := pieces_of(within):
            ask = partial(self.by_area, kind, period=period, measures=measures, as_of=as_of)
            return joined_up([ask(within=piece) for piece in pieces])
        self.inquiry.asked_months(within, period.months, as_of=as_of)
        chosen = self.inquiry.chosen(within, "police-uk", as_of)
        chosen = chosen[chosen["period_start"].isin(period.months)]
        self._refuse_gaps(
            within, period, self.inquiry.whole(chosen) if as_of is None else chosen["period_start"]
        )
        places = self.inquiry.places
        counted = self.inquiry.by_place(chosen)
        inside = counted.among(sorted(places.codes(within)))
        placed = places.area_of(inside.keys.to_series(), kind)
        told = inside.summed(placed, places.within(within, kind))
        old = (chosen["lsoa_vintage"] == "2011").any()
        missing = told.keys.isin(places.divided(kind) if old else ())
        split = int(inside.counts.sum()) - int(told.counts[~missing].sum())
        table = told.table(_measures(measures, "police-uk", inside.measures), missing)
        table.index.name = table.index.name or "area"
        table.attrs["unplaced"] = {
            "split": split,
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
        self.inquiry.asked_months(area, period.months)
        chosen = self.inquiry.chosen(area, "police-uk", None)
        self.inquiry.used(chosen.index[chosen["period_start"].isin(period.months)])
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

    # how it is found

    def _refuse_gaps(self, within: Area, period: Period, held: Iterable[date]) -> None:
        missing = sorted(set(period.months) - {*held})
        if missing:
            named = ", ".join(f"{month:%Y-%m}" for month in missing)
            raise StoreError(
                f"{within.label}, {period.label}: no whole street files of "
                f"{self.inquiry.force(within)} for {named}; ingest them, or ask for another period"
            )


def _measures(measures: Sequence[str] | None, source: str, known: Sequence[str]) -> list[str]:
    if measures is None:
        return list(known)
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
