"""Visited places: where many more people come than live, rates per resident tell little."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from cspanalysis.evidence.figures import MANY_COME
from cspanalysis.vocabulary import Area, Period

if TYPE_CHECKING:
    from cspanalysis.store import Store
    from cspanalysis.store.people import Denominator

__all__ = ["MOST_PER_RESIDENTS", "with_visitors"]

MOST_PER_RESIDENTS = 200
"""Where more crimes a year are recorded per 1,000 residents, those who come make much of it."""

_FOUND: WeakKeyDictionary[Store, dict[tuple[Area, Period], float]] = WeakKeyDictionary()


def with_visitors(
    store: Store, area: Area, residents: Denominator, period: Period | None
) -> Denominator:
    """Say in the label of residents where many more people come than live.

    It is told by the area's crimes of the period, taken for a year; where none are held, nothing
    is said. No daytime population is held that rates could be per instead.
    """
    if period is None or area.kind not in {"csp", "force"} or not residents.value:
        return residents
    if 1000 * _yearly(store, area, period) / residents.value <= MOST_PER_RESIDENTS:
        return residents
    what, _, date = residents.label.partition(",")
    return replace(residents, label=f"{what} ({MANY_COME}),{date}")


def _yearly(store: Store, area: Area, period: Period) -> float:
    """Give the crimes of the whole months of a period, taken for a year."""
    held = _FOUND.setdefault(store, {})
    if (area, period) not in held:
        crimes = store.monthly(area, months=period)
        there = [*crimes["all-crime"].dropna()] if "all-crime" in crimes else []
        held[area, period] = 12 * float(sum(there)) / len(there) if there else 0.0
    return held[area, period]
