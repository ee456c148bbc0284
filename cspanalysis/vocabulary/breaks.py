"""Breaks: days on which the recording of a measure changed its meaning, or was divided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from cspanalysis.paths import reference
from cspanalysis.vocabulary.area import Area
from cspanalysis.vocabulary.measure import Measure
from cspanalysis.vocabulary.period import Period
from cspanalysis.vocabulary.rows import Row, reference_rows

__all__ = ["POLICE_UK", "Break", "Split", "breaks_between", "splits"]

POLICE_UK = "data.police.uk"
"""The series of street-level counts: its name stands in those of its sources."""


@dataclass(frozen=True, slots=True)
class Break:
    """Hold one change in recording.

    Parameters
    ----------
    start
        First day on which the new recording held.
    until
        Last day of a passing episode (the Covid restrictions); None for a lasting change.
    areas
        Codes of the areas it bears on; empty for all of England and Wales.
    measures
        Codes of the measures it bears on; empty for all.
    effect
        ``refuse``: no comparison across it; ``flag``: compare, and say so.
    text
        What changed, one sentence for readers.
    remedy
        What can be compared instead, one sentence; may be empty.
    source
        Where this is known from.
    confirmed
        False where the fact is yet to be confirmed; readers are told.
    series
        Words that the names of the sources hold that it bears on; empty for every source.
    direction
        Whether it alone makes ``more`` or ``fewer`` be counted from then on; empty where its source
        does not tell.
    """

    start: date
    until: date | None
    areas: frozenset[str]
    measures: frozenset[str]
    effect: Literal["refuse", "flag"]
    text: str
    remedy: str
    source: str
    confirmed: bool
    series: str = ""
    direction: Literal["more", "fewer", ""] = ""

    def explains(self, ratio: float) -> bool | None:
        """Tell whether it alone would move a count that way; None where its source does not say.

        Examples
        --------
        >>> may = _calendar(reference("breaks.csv"), reference("splits.csv"))[-2]
        >>> may.direction, may.explains(0.8), may.explains(1.2)
        ('fewer', True, False)
        """
        return (self.direction == "more") == (ratio > 1) if self.direction else None

    def bears_on(self, measure: Measure, area: Area) -> bool:
        """Tell whether the break concerns this measure in this area."""
        here = not self.areas or bool({area.code, area.force} & self.areas)
        return here and (not self.measures or measure.code in self.measures)

    def bears_on_source(self, source: str) -> bool:
        """Tell whether it concerns figures of a source, by its name; an unknown one is taken so."""
        return not source or self.series in source

    def lies_between(self, baseline: Period, period: Period) -> bool:
        """Tell whether the two periods were recorded differently, in whole or in part."""
        if self.until is None:
            return baseline.start < self.start <= period.end
        touched = [p.start <= self.until and self.start <= p.end for p in (baseline, period)]
        return any(touched)


@dataclass(frozen=True, slots=True)
class Split:
    """Hold a category that a publisher divided: it and its parts are other things since.

    Parameters
    ----------
    measure
        Code of the category until then.
    into
        Codes of the categories since then; the old one among them where it goes on more narrowly.
    crossing
        The break that it is for the old category and the new ones.
    """

    measure: str
    into: frozenset[str]
    crossing: Break

    @property
    def begun(self) -> frozenset[str]:
        """Codes of the categories that were not counted before."""
        return self.into - {self.measure}

    @property
    def ended(self) -> frozenset[str]:
        """Code of the old category where it is not counted since."""
        return frozenset({self.measure}) - self.into


def splits(series: str) -> tuple[Split, ...]:
    """Give the splits of a series of figures, oldest first, from ``splits.csv``.

    Examples
    --------
    >>> [str(split.crossing.start) for split in splits("data.police.uk")][:2]
    ['2011-09-01', '2013-05-01']
    """
    found = _read_splits(reference("splits.csv"))
    return tuple(split for split in found if split.crossing.series == series)


def breaks_between(
    measure: Measure, *, area: Area, baseline: Period, period: Period, source: str = ""
) -> Sequence[Break]:
    """List the breaks that a comparison of `period` with `baseline` crosses, oldest first.

    Splits of categories (``splits.csv``) are among them; where the name of a source is given, such
    as "Street-level crime, data.police.uk", only those of its series. A measure that was not
    recorded as such in both periods is the business of `Measure.recorded_in`; this is the calendar
    of the other changes.

    Examples
    --------
    >>> before, after = Period.parse("2022"), Period.parse("2023")
    >>> luton, violence = Area.named("luton"), Measure.named("violence-and-sexual-offences")
    >>> [str(b.start) for b in breaks_between(violence, area=luton, baseline=before, period=after)]
    ['2022-06-07', '2023-05-01']
    """
    return tuple(
        b
        for b in _calendar(reference("breaks.csv"), reference("splits.csv"))
        if b.bears_on(measure, area)
        and b.bears_on_source(source)
        and b.lies_between(baseline, period)
    )


def _break(row: Row) -> Break:
    return Break(
        start=date.fromisoformat(row["start"]),
        until=date.fromisoformat(row["until"]) if row["until"] else None,
        areas=frozenset(row["areas"].split()),
        measures=frozenset(row["measures"].split()),
        effect="refuse" if row["effect"] == "refuse" else "flag",
        text=row["text"],
        remedy=row["remedy"],
        source=row["source"],
        confirmed=row["status"] == "confirmed",
        direction=_direction(row),
    )


def _direction(row: Row) -> Literal["more", "fewer", ""]:
    """Read the direction; tables of before there was one lack its column."""
    word = row.one_of("direction", ("", "more", "fewer")) if "direction" in row else ""
    return "more" if word == "more" else "fewer" if word == "fewer" else ""


def _split(row: dict[str, str]) -> Split:
    into = frozenset(row["into"].split())
    crossing = Break(
        start=date.fromisoformat(row["start"]),
        until=None,
        areas=frozenset(),
        measures=into | {row["measure"]},
        effect="refuse",
        text=row["text"],
        remedy=row["remedy"],
        source=row["source"],
        confirmed=row["status"] == "confirmed",
        series=row["series"],
    )
    return Split(row["measure"], into, crossing)


@lru_cache(maxsize=4)
def _calendar(breaks: Path, splits: Path) -> tuple[Break, ...]:
    """Give the breaks of both tables, oldest first; those of ``breaks.csv`` first on one day."""
    divided = (split.crossing for split in _read_splits(splits))
    return tuple(sorted((*map(_break, _rows(breaks)), *divided), key=lambda b: b.start))


@lru_cache(maxsize=4)
def _read_splits(path: Path) -> tuple[Split, ...]:
    return tuple(sorted(map(_split, _rows(path)), key=lambda split: split.crossing.start))


def _rows(path: Path) -> Sequence[Row]:
    return reference_rows(path)
