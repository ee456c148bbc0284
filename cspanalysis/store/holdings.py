"""Holdings: what stores hold, and which slices of it were asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import pandas as pd

from cspanalysis.paths import shipped_store, user_store
from cspanalysis.store.checks import (
    added_last,
    found_damaged,
    held_inputs,
    replaced_rows,
    summed_up,
)
from cspanalysis.store.coverage import Coverage
from cspanalysis.store.kept import Kept, kept_files
from cspanalysis.store.observations import NO_COUNTS, read_counts
from cspanalysis.store.parts import by_force, force_slug
from cspanalysis.store.places import Places
from cspanalysis.store.reads import Read, Slices, months_read, tell
from cspanalysis.store.unions import pieces_of
from cspanalysis.vocabulary import Area, Period

__all__ = ["SOURCES", "Holdings"]

SOURCES = (
    "police-uk",
    "police-uk-last-outcomes",
    "police-uk-outcomes",
    "police-uk-stop-and-search",
    "published",
    "ons",
    "home-office",
    "partner",
)
"""What a store can hold: months of a force's files, and tables of figures by area and period."""


class Holdings:
    """Say what stores hold; the part of a `cspanalysis.store.Store` that counts nothing.

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
    def open(cls, *roots: Path) -> Self:
        """Open one or more stores as one; the shipped one and the user's where none is named.

        Where two stores hold the same month in the same vintage, the one named last counts.
        """
        return cls(Coverage.read(*map(Path, roots or _default_roots())))

    def __repr__(self) -> str:
        rows = self._coverage.rows
        held = [", ".join(sorted(set(rows.loc[rows["source"] == s, "force"]))) for s in SOURCES]
        said = [f"{s} ({forces})" for s, forces in zip(SOURCES, held, strict=True) if forces]
        return f"<{type(self).__name__}: {'; '.join(said) or 'empty'}>"

    # what there is

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
        self._asked(Read(source or "", force=force or ""))
        rows = self._coverage.table()
        if source is not None:
            rows = rows[rows["source"] == source]
        if force is not None:
            rows = rows[rows["force"] == force]
        return rows.reset_index(drop=True)

    def summary(self) -> pd.DataFrame:
        """Sum up what the store holds.

        Returns
        -------
        DataFrame
            One row for each source and force: ``first`` and ``last`` (months), ``months`` (or
            periods) held, ``areas`` (with figures in tables; 0 for files), ``rows``, ``vintages``,
            ``part`` and ``missing`` (months).
        """
        return summed_up(self.coverage(), self._coverage.rows)

    def last_ingest(self) -> pd.DataFrame:
        """List what the last ingest added, of each store that had held something before.

        Returns
        -------
        DataFrame
            ``source``, ``force``, ``month`` (of the first day), ``vintage``, ``input``, ``rows``,
            and ``replaces``: rows of the vintage that counted before; missing where none did.
        """
        self._asked(Read(""))
        return added_last(self._coverage)

    def replaced(self) -> pd.DataFrame:
        """List what other content of the same vintage has taken the place of.

        Returns
        -------
        DataFrame
            ``source``, ``force``, ``month`` (of the first day), ``area_code``, ``vintage``,
            ``rows``, ``input`` and ``input_sha256`` (as they were held), ``replaced_by``,
            ``replaced_by_sha256`` (the input that took their place), ``replaced_on`` (day, ISO).
        """
        self._asked(Read(""))
        return replaced_rows(self._coverage, forgotten=False)

    def forgotten(self) -> pd.DataFrame:
        """List what was forgotten; columns as in `replaced`, ``replaced_on`` being the day."""
        self._asked(Read(""))
        return replaced_rows(self._coverage, forgotten=True)

    def inputs(self) -> pd.DataFrame:
        """List the inputs held.

        Returns
        -------
        DataFrame
            ``input``, ``input_sha256``, ``vintage``, ``sources``, ``first`` and ``last`` (days),
            ``parts`` (months of a force, or periods of an area) and ``rows``.
        """
        self._asked(Read(""))
        return held_inputs(self._coverage)

    def damage(self) -> tuple[str, ...]:
        """Read every file of observations and say which do not hold what was counted of them."""
        self._asked(Read(""))
        return self._damaged

    @cached_property
    def _damaged(self) -> tuple[str, ...]:
        return found_damaged(self._coverage)

    def sources_of(self, area: Area) -> tuple[str, ...]:
        """Name the sources that have figures for an area; see `SOURCES`."""
        if pieces := pieces_of(area):
            return tuple(sorted(set().union(*map(self.sources_of, pieces))))
        for source in SOURCES:
            where = {"force": self._force(area)} if by_force(source) else {"area": area.code}
            self._asked(Read(source, **where, what="months"))
        rows = self._coverage.rows
        files = rows["source"].map(by_force).astype(bool)
        held = files & (rows["force"] == self._force(area))
        held |= ~files & (rows["area_code"] == area.code)
        return tuple(sorted(set(rows.loc[held, "source"])))

    def small_areas(self, area: Area) -> pd.DataFrame:
        """List the LSOAs of 2021 that an area is made of.

        Returns
        -------
        DataFrame
            Index ``lsoa``, sorted; ``name``, ``ward`` (code), ``residents`` (mid-2020) and
            ``households`` (Census 2021).
        """
        return self._places.listed(area)

    def councils(self, area: Area) -> frozenset[str]:
        """Give the codes of the councils that an area lies in, with a part or whole."""
        return frozenset(self._places.shares(area))

    def months(self, area: Area, source: str = "police-uk") -> tuple[date, ...]:
        """Give the months, first days, that a source covers for the force of an area, or all."""
        if pieces := pieces_of(area):
            held = [{*self.months(piece, source)} for piece in pieces]
            return tuple(sorted(set.intersection(*held)))
        self._asked(Read(source, force=self._force(area), what="months"))
        return tuple(self._chosen(area, source, None)["period_start"])

    def covers(self, area: Area, period: Period, source: str = "police-uk") -> bool:
        """Tell whether a source covers any month of a period for the force of an area, or all."""
        if pieces := pieces_of(area):
            return all(self.covers(piece, period, source) for piece in pieces)
        read = months_read(source, self._force(area), period.months)
        self._asked(replace(read, what="months"))
        return bool(self._chosen(area, source, None)["period_start"].isin(period.months).any())

    def whole(self, area: Area, period: Period, source: str = "police-uk") -> bool:
        """Tell whether a source has every month of a period for an area's force, none in part."""
        if pieces := pieces_of(area):
            return all(self.whole(piece, period, source) for piece in pieces)
        self._asked(months_read(source, self._force(area), period.months))
        return set(period.months) <= {*self._whole(self._chosen(area, source, None))}

    def in_part(self, area: Area, months: Sequence[date]) -> tuple[date, ...]:
        """Give those of some months, first days, whose files hold too few rows; see `coverage`."""
        if pieces := pieces_of(area):
            return tuple(sorted({m for piece in pieces for m in self.in_part(piece, months)}))
        force = self._force(area)
        self._asked(months_read("police-uk", force, months))
        return tuple(month for month in months if (force, month) in self._coverage.part)

    def editions(self, area: Area, months: Sequence[date]) -> dict[date, tuple[str, ...]]:
        """Give the vintages of those of some months that are held in several, oldest first."""
        force = self._force(area)
        self._asked(months_read("police-uk", force, months))
        held = self._coverage.editions
        return {month: held[force, month] for month in months if (force, month) in held}

    def latest(self, area: Area, source: str = "police-uk") -> date | None:
        """Give the last month covered, or None."""
        return max(self.months(area, source), default=None)

    def first(self, area: Area, source: str = "police-uk") -> date | None:
        """Give the first month covered, or None."""
        if pieces_of(area):
            return min(self.months(area, source), default=None)
        found = min(self._chosen(area, source, None)["period_start"], default=None)
        # What comes after the first month does not matter to the answer, but one before it would.
        last = found.isoformat() if found else ""
        self._asked(Read(source, force=self._force(area), last=last, what="months"))
        return found

    @cached_property
    def slices(self) -> Slices:
        """Hashes of slices of what is held, for whoever asks later whether it has changed."""
        return Slices(self._coverage.judged())

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
            read_counts(kept, months=months, codes=codes)
            for kept, months in _months_by_file(chosen)
        ]
        if not parts:
            return pd.DataFrame(columns=NO_COUNTS)
        return pd.concat(parts, ignore_index=True)

    def _whole(self, chosen: pd.DataFrame) -> list[date]:
        """Months of the rows chosen that are not in part."""
        keys = zip(chosen["source"], chosen["force"], chosen["period_start"], strict=True)
        part = self._coverage.part
        return [m for source, force, m in keys if source != "police-uk" or (force, m) not in part]

    def _countable(self, area: Area, chosen: pd.DataFrame) -> list[date]:
        """Months whose rows can be counted to the area as a whole."""
        if self._places.straddling(area):
            chosen = chosen[chosen["lsoa_vintage"] != "2011"]
        return list(chosen["period_start"])


def _default_roots() -> tuple[Path, Path]:
    return shipped_store(), user_store()


def _months_by_file(rows: pd.DataFrame) -> Iterator[tuple[Kept, set[date]]]:
    files = rows.groupby(["root", "file"], sort=False)["period_start"]
    months = {Path(str(root), str(file)): set(held) for (root, file), held in files}
    return ((kept, months[kept.path]) for kept in kept_files(rows))
