"""Across: whether it may be said how much of a measure lies in some of the small areas of an area.

Such a share is a sum that crosses wards and that no table shows. Beside the classes of a map, the
busiest and the wards it may tell what they hide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from cspanalysis.disclosure.agreed import rules_of
from cspanalysis.disclosure.counts import bounds
from cspanalysis.disclosure.detail import Detail, busiest, class_limits
from cspanalysis.disclosure.family import ALL, APART, months_of, pieces
from cspanalysis.disclosure.plan import plan_of
from cspanalysis.disclosure.small_areas import small_areas_of
from cspanalysis.vocabulary import Area, Measure, Period

if TYPE_CHECKING:
    from cspanalysis.store import Store

__all__ = ["bounds_across", "may_be_summed"]

Limits = Mapping[str, tuple[float, float]]
Sums = Mapping[str, tuple[Sequence[str], int]]


def may_be_summed(
    store: Store,
    area: Area,
    measure: Measure,
    *,
    places: Collection[str],
    periods: Iterable[Period],
) -> bool:
    """Tell whether a public page may say how much lies in some small areas, all of them together.

    It may where in none of the periods, nor in what lies between them, a count is narrowed to fewer
    values than the threshold by it: what is told of a year and of three of its quarters tells the
    fourth. Counts that are not small are held as well, for they may be of several periods. Of all
    crime it may where it may of each of its parts: with all but one of them it tells the last.

    Parameters
    ----------
    store
        Where the counts come from.
    area, measure
        Of what.
    places
        Codes of the small areas that are put together.
    periods
        The periods that pages of the area's family tell of.
    """
    spans = sorted({Period.of_months(period.start, period.end) for period in periods})
    plan, told = plan_of(store, area, spans), small_areas_of(store, area, spans)
    shown = plan.known - plan.hidden if plan else frozenset()
    wards = {str(at): str(ward) for at, ward in store.people.small_areas(area)["ward"].items()}
    threshold = rules_of(area).threshold
    for period, code, counts in _tables(store, area, measure, {*spans, *pieces(spans)}):
        if counts.keys() != wards.keys():  # what lies in those that are missing can't be judged
            return False
        cell = code, months_of(period)
        known = {at for at in counts if (at, *cell) in shown}
        limits = _limits(counts, told.get(cell, Detail()), known=known, threshold=threshold)
        open_to = {ward for ward in wards.values() if (ward, *cell) in shown and ward not in counts}
        sums = _sums(counts, {at: ward if ward in open_to else "" for at, ward in wards.items()})
        alone = bounds(limits, sums=sums)
        total = sum(counts[place] for place in places)
        beside = bounds_across(limits, sums=sums, across=(places, total))
        if any(
            _width(beside[at]) < min(threshold, _width(alone[at]))
            for at, count in counts.items()
            if count
        ):
            return False
    return True


def bounds_across(
    limits: Limits, *, sums: Sums, across: tuple[Collection[str], int]
) -> dict[str, tuple[float, float]]:
    """Work out within which limits each count must lie, beside a sum that crosses the others.

    Of each of the others the part that lies inside the further sum is narrowed first, by the sum it
    is of and by all such parts together; then the counts are, by their part.

    Parameters
    ----------
    limits, sums
        As for `bounds`. Each place is in one of the sums.
    across
        The places of the further sum, and what they add up to.

    Examples
    --------
    >>> limits = dict.fromkeys("abcd", (0, 9))
    >>> sums = {"one": ("ab", 10), "two": ("cd", 12)}
    >>> bounds_across(limits, sums=sums, across=("ac", 4))
    {'a': (1, 1), 'b': (9, 9), 'c': (3, 3), 'd': (9, 9)}
    """
    chosen, total = set(across[0]), across[1]
    inside = {name: [p for p in places if p in chosen] for name, (places, _) in sums.items()}
    outside = {name: [p for p in places if p not in chosen] for name, (places, _) in sums.items()}
    parts = {}
    for name, (_, whole) in sums.items():
        low, high = _span(limits, inside[name])
        lower, upper = _span(limits, outside[name])
        parts[name] = (max(low, whole - upper), min(high, whole - lower))
    found: dict[str, tuple[float, float]] = {}
    for name, (low, high) in bounds(parts, sums={"": ([*parts], total)}).items():
        whole = sums[name][1]
        found |= _within(limits, inside[name], low, high)
        found |= _within(limits, outside[name], whole - high, whole - low)
    return {place: found[place] for place in limits}


def _tables(
    store: Store, area: Area, measure: Measure, periods: Iterable[Period]
) -> Iterator[tuple[Period, str, dict[str, int]]]:
    """Count a measure, of all crime each of its parts too, by small area in periods held whole."""
    for period in periods:
        if not store.held.whole(area, period):
            continue
        table = store.by_area("lsoa", within=area, period=period)
        for code in map(str, table):
            if code == measure.code or (measure.code == ALL and code != APART):
                yield period, code, {str(at): int(n) for at, n in table[code].dropna().items()}


def _limits(
    counts: Mapping[str, int], detail: Detail, *, known: Collection[str], threshold: int
) -> Limits:
    """Give what a map, a list of the busiest and reports on small areas tell of each count."""
    import numpy as np

    tops = busiest(np.array([*counts.values()], dtype=float))
    named = {at for at, top in zip(counts, tops, strict=True) if top and counts[at] >= threshold}
    exact = {*known, *(named if detail.exact else ())}
    limits = class_limits(counts, detail.breaks)
    return limits | {place: (counts[place], counts[place]) for place in exact}


def _sums(counts: Mapping[str, int], groups: Mapping[str, str]) -> Sums:
    inside: dict[str, list[str]] = {}
    for place in counts:
        inside.setdefault(groups[place], []).append(place)
    return {name: (held, sum(counts[at] for at in held)) for name, held in inside.items()}


def _within(
    limits: Limits, places: Sequence[str], low: float, high: float
) -> dict[str, tuple[float, float]]:
    """Give the limits of counts whose sum lies between two numbers."""
    found = {}
    for place in places:
        lower, upper = _span(limits, [other for other in places if other != place])
        found[place] = max(limits[place][0], low - upper), min(limits[place][1], high - lower)
    return found


def _span(limits: Limits, places: Sequence[str]) -> tuple[float, float]:
    return sum(limits[p][0] for p in places), sum(limits[p][1] for p in places)


def _width(limits: tuple[float, float]) -> float:
    return limits[1] - limits[0] + 1
