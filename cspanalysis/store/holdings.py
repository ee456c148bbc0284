"""Holdings: what stores hold, and how far it reaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

import pandas as pd

from cspanalysis.store.checks import (
    added_last,
    found_damaged,
    held_inputs,
    replaced_rows,
    summed_up,
)
from cspanalysis.store.inquiry import Inquiry
from cspanalysis.store.reads import Read, months_read
from cspanalysis.store.unions import pieces_of
from cspanalysis.vocabulary import Area, Period

__all__ = ["SOURCES", "Holdings"]

SOURCES = {
    "police-uk": "Street files (data.police.uk)",
    "police-uk-last-outcomes": "Last outcomes of crimes (data.police.uk street files)",
    "police-uk-outcomes": "Outcomes (data.police.uk)",
    "police-uk-stop-and-search": "Stop and search (data.police.uk)",
    "published": "Published figures",
    "ons": "ONS table by partnership",
    "home-office": "Home Office open data",
    "partner": "Partners' indicators",
}
"""What a store can hold, and what readers call it: months of a force's files, and tables of
figures by area and period."""


class Holdings:
    """Say what stores hold: ``held`` of a `cspanalysis.store.Store`."""

    def __init__(self, inquiry: Inquiry) -> None:
        self._inquiry = inquiry

    def named(self) -> str:
        """Name each source that holds something, and the forces that it is of."""
        rows = self._inquiry.coverage.rows
        held = [", ".join(sorted(set(rows.loc[rows["source"] == s, "force"]))) for s in SOURCES]
        pairs = zip(SOURCES, held, strict=True)
        return "; ".join(f"{source} ({forces})" for source, forces in pairs if forces)

    def coverage(self, *, source: str | None = None, force: str | None = None) -> pd.DataFrame:
        """List what the store holds, and what it lacks.

        Parameters
        ----------
        source
            One of `SOURCES`; all where none is given.
        force
            Slug of a force, as in ``thames-valley``; all where none is given.

        Returns
        -------
        DataFrame
            One row for each force, month and vintage: ``source``, ``force``, ``month``,
            ``vintage``, ``lsoa_vintage``, ``rows``, ``located``, ``without_location``,
            ``outside``, ``input``, ``status`` (``present``, ``part``: too few rows against the
            force's own history, season allowed for, or rows located elsewhere; ``missing``: a gap
            between a force's first month and its last, with no vintage).
        """
        self._inquiry.asked(Read(source or "", force=force or ""))
        rows = self._inquiry.coverage.table()
        if source is not None:
            rows = rows[rows["source"] == source]
        if force is not None:
            rows = rows[rows["force"] == force]
        return rows.reset_index(drop=True)

    def vintages(self, area: Area, months: Collection[date]) -> dict[date, tuple[str, ...]]:
        """Give the vintages, oldest first, of those of some months that an area's force has."""
        force = self._inquiry.force(area)
        self._inquiry.asked(months_read("police-uk", force, months))
        rows = self._inquiry.coverage.rows
        rows = rows[(rows["source"] == "police-uk") & (rows["force"] == force)]
        rows = rows[[month in months for month in rows["period_start"]]]
        held: defaultdict[date, set[str]] = defaultdict(set)
        for month, vintage in zip(rows["period_start"], rows["vintage"], strict=True):
            held[month].add(vintage)
        return {month: tuple(sorted(held[month])) for month in sorted(held)}

    def summary(self) -> pd.DataFrame:
        """Sum up what the store holds.

        Returns
        -------
        DataFrame
            One row for each source and force: ``first`` and ``last`` (months), ``months`` (or
            periods) held, ``areas`` (with figures in tables; 0 for files), ``rows``, ``vintages``,
            ``part`` and ``missing`` (months).
        """
        return summed_up(self.coverage(), self._inquiry.coverage.rows)

    def last_ingest(self) -> pd.DataFrame:
        """List what the last ingest added, of each store that had held something before.

        Returns
        -------
        DataFrame
            ``source``, ``force``, ``month`` (of the first day), ``vintage``, ``input``, ``rows``,
            and ``replaces``: rows of the vintage that counted before; missing where none did.
        """
        self._inquiry.asked(Read(""))
        return added_last(self._inquiry.coverage)

    def replaced(self) -> pd.DataFrame:
        """List what other content of the same vintage has taken the place of.

        Returns
        -------
        DataFrame
            ``source``, ``force``, ``month`` (of the first day), ``area_code``, ``vintage``,
            ``rows``, ``input`` and ``input_sha256`` (as they were held), ``replaced_by``,
            ``replaced_by_sha256`` (the input that took their place), ``replaced_on`` (day, ISO).
        """
        self._inquiry.asked(Read(""))
        return replaced_rows(self._inquiry.coverage, forgotten=False)

    def forgotten(self) -> pd.DataFrame:
        """List what was forgotten; columns as in `replaced`, ``replaced_on`` being the day."""
        self._inquiry.asked(Read(""))
        return replaced_rows(self._inquiry.coverage, forgotten=True)

    def inputs(self) -> pd.DataFrame:
        """List the inputs held.

        Returns
        -------
        DataFrame
            ``input``, ``input_sha256``, ``vintage``, ``sources``, ``first`` and ``last`` (days),
            ``parts`` (months of a force, or periods of an area), ``rows``, and ``encodings`` other
            than UTF-8 in which it was read.
        """
        self._inquiry.asked(Read(""))
        return held_inputs(self._inquiry.coverage)

    def damage(self) -> tuple[str, ...]:
        """Read every file of observations and say which do not hold what was counted of them."""
        self._inquiry.asked(Read(""))
        return self._damaged

    @cached_property
    def _damaged(self) -> tuple[str, ...]:
        return found_damaged(self._inquiry.coverage)

    def months(
        self, area: Area, source: str = "police-uk", *, among: Collection[date] | None = None
    ) -> tuple[date, ...]:
        """Give the months, first days, that a source covers for the force of an area, or all.

        Parameters
        ----------
        area, source
            The area; one of `SOURCES` that is of months.
        among
            Months that matter; an answer about some does not change with a month of another.
        """
        if pieces := pieces_of(area):
            held = [{*self.months(piece, source, among=among)} for piece in pieces]
            return tuple(sorted(set.intersection(*held)))
        read = months_read(source, self._inquiry.force(area), among or ())
        self._inquiry.asked(replace(read, what="months"))
        found = self._inquiry.chosen(area, source)["period_start"]
        return tuple(day for day in found if among is None or day in among)

    def covers(self, area: Area, period: Period, source: str = "police-uk") -> bool:
        """Tell whether a source covers any month of a period for the force of an area, or all."""
        if pieces := pieces_of(area):
            return all(self.covers(piece, period, source) for piece in pieces)
        read = months_read(source, self._inquiry.force(area), period.months)
        self._inquiry.asked(replace(read, what="months"))
        return bool(self._inquiry.chosen(area, source)["period_start"].isin(period.months).any())

    def whole(self, area: Area, period: Period, source: str = "police-uk") -> bool:
        """Tell whether a source has every month of a period for an area's force, none in part."""
        if pieces := pieces_of(area):
            return all(self.whole(piece, period, source) for piece in pieces)
        self._inquiry.asked_months(area, period.months, source=source)
        return set(period.months) <= {*self._inquiry.whole(self._inquiry.chosen(area, source))}

    def in_part(self, area: Area, months: Sequence[date]) -> tuple[date, ...]:
        """Give those of some months, first days, whose files hold too few rows; see `coverage`."""
        if pieces := pieces_of(area):
            return tuple(sorted({m for piece in pieces for m in self.in_part(piece, months)}))
        force = self._inquiry.force(area)
        self._inquiry.asked_months(area, months)
        return tuple(month for month in months if (force, month) in self._inquiry.coverage.part)

    def editions(self, area: Area, months: Sequence[date]) -> dict[date, tuple[str, ...]]:
        """Give the vintages of those of some months that are held in several, oldest first."""
        force = self._inquiry.force(area)
        self._inquiry.asked_months(area, months)
        held = self._inquiry.coverage.editions
        return {month: held[force, month] for month in months if (force, month) in held}

    def latest(self, area: Area, source: str = "police-uk") -> date | None:
        """Give the last month covered, or None."""
        return max(self.months(area, source), default=None)

    def first(self, area: Area, source: str = "police-uk") -> date | None:
        """Give the first month covered, or None."""
        if pieces_of(area):
            return min(self.months(area, source), default=None)
        found = min(self._inquiry.chosen(area, source)["period_start"], default=None)
        # What comes after the first month does not matter to the answer, but one before it would.
        last = found.isoformat() if found else ""
        self._inquiry.asked(Read(source, force=self._inquiry.force(area), last=last, what="months"))
        return found
