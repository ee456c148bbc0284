"""Breaks: days on which the recording of a measure changed its meaning."""

from __future__ import annotations

import csv
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

__all__ = ["Break", "breaks_between"]


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

    def bears_on(self, measure: Measure, area: Area) -> bool:
        """Tell whether the break concerns this measure in this area."""
        here = not self.areas or bool({area.code, area.force} & self.areas)
        return here and (not self.measures or measure.code in self.measures)

    def lies_between(self, baseline: Period, period: Period) -> bool:
        """Tell whether the two periods were recorded differently, in whole or in part."""
        if self.until is None:
            return baseline.start < self.start <= period.end
        touched = [p.start <= self.until and self.start <= p.end for p in (baseline, period)]
        return any(touched)


def breaks_between(
    measure: Measure, *, area: Area, baseline: Period, period: Period
) -> Sequence[Break]:
    """List the breaks that a comparison of `period` with `baseline` crosses, oldest first.

    A measure that was not recorded as such in both periods is the business of
    `Measure.recorded_in`; this is the calendar of the other changes.

    Examples
    --------
    >>> before, after = Period.parse("2022"), Period.parse("2023")
    >>> luton, violence = Area.named("luton"), Measure.named("violence-and-sexual-offences")
    >>> [str(b.start) for b in breaks_between(violence, area=luton, baseline=before, period=after)]
    ['2022-06-07', '2023-05-01']
    """
    calendar = _read_once(reference("breaks.csv"))
    return tuple(
        b for b in calendar if b.bears_on(measure, area) and b.lies_between(baseline, period)
    )


def _break(row: dict[str, str]) -> Break:
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
    )


@lru_cache(maxsize=4)
def _read_once(path: Path) -> tuple[Break, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return tuple(sorted(map(_break, rows), key=lambda b: b.start))
