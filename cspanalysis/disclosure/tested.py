"""Tests of projects: which counts of chosen places a public edition keeps back.

A test tells the counts of places that a partnership chose. Two tests whose places overlap, or the
places of a test and a ward around them, tell the rest as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from cspanalysis.disclosure.family import months_of
from cspanalysis.disclosure.rules import THRESHOLD
from cspanalysis.errors import StoreError
from cspanalysis.vocabulary import Area, Measure, Period

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.disclosure.plan import Plan
    from cspanalysis.partnership.work import Evaluation
    from cspanalysis.store import Store

__all__ = ["chosen_kept_back", "effects_kept_back"]


def effects_kept_back(
    tests: Mapping[int, Evaluation],
    *,
    store: Store,
    area: Area,
    plan: Plan | None,
    threshold: int = THRESHOLD,
) -> frozenset[int]:
    """Tell which tests a public edition keeps back, beside each other and the wards of its pages.

    Parameters
    ----------
    tests
        By number; those of which the counts are given and not counted are passed over.
    store, area
        Where they are counted.
    plan
        What pages of the area's family keep back.
    threshold
        Counts from 1 to below this are small.
    """
    chosen: dict[tuple[Measure, Period], dict[int, Collection[str]]] = defaultdict(dict)
    for number, test in tests.items():
        for side, places in enumerate((test.treated_places, test.control_places)):
            for period in (test.before, test.after) if places else ():
                chosen[test.measure, period][2 * number + side] = places
    found: set[int] = set()
    for (measure, period), sets in chosen.items():
        try:
            table = store.by_area("lsoa", within=area, period=period, measures=[measure.code])
        except StoreError:  # the test itself says what is missing
            continue
        # What is missing is no part of a test, which is refused: to take it for known is to take
        # an outsider for wiser than he can be.
        counts = table[measure.code].fillna(0)
        around = store.people.small_areas(area)["ward"].reindex(counts.index)
        wards, hidden = _told(plan, measure, period, counts, around)
        kept = chosen_kept_back(sets, counts, wards=wards, hidden=hidden, threshold=threshold)
        found |= {number // 2 for number in kept}
    return frozenset(found)


def _told(
    plan: Plan | None, measure: Measure, period: Period, counts: pd.Series, wards: pd.Series
) -> tuple[pd.Series | None, Collection[str]]:
    """Give the place that pages tell of each small area, and those of which they keep counts."""
    months = months_of(period)
    for places in (wards, counts.index.to_series()):
        named = set(map(str, places))
        known = {place for place in named if plan and (place, measure.code, months) in plan.known}
        if plan and known == named:
            hidden = {p for p in named if plan.hides(p, measure.code, period, count=0)}
            return places, hidden
    return None, ()


def chosen_kept_back(
    chosen: Mapping[int, Collection[str]],
    counts: pd.Series,
    *,
    wards: pd.Series | None = None,
    hidden: Collection[str] = (),
    threshold: int = THRESHOLD,
) -> frozenset[int]:
    """Tell of which choices of places the count would give a small one away.

    Parameters
    ----------
    chosen
        Small areas by number of a choice.
    counts
        Counts of one measure and months by small area.
    wards
        Ward of each small area, where pages tell wards of these months; that of the partnership
        is told as well.
    hidden
        Wards of which pages keep the count back.
    threshold
        Counts from 1 to below this are small.

    Examples
    --------
    >>> import pandas as pd
    >>> counts = pd.Series({"a": 12, "b": 9, "c": 2, "d": 20})
    >>> sorted(chosen_kept_back({0: ["a", "b"], 1: ["d"]}, counts))
    []
    >>> sorted(chosen_kept_back({0: ["a", "b"], 1: ["a", "b", "c"], 2: ["d"]}, counts))
    [0]
    """
    import pandas as pd

    from cspanalysis.methods import protect

    parts: dict[tuple[str, tuple[int, ...]], list[str]] = defaultdict(list)
    for place in map(str, counts.index):
        among = tuple(number for number, places in chosen.items() if place in places)
        if among or wards is not None:
            parts["" if wards is None else str(wards[place]), among].append(place)
    cells = [int(counts[inside].sum()) for inside in parts.values()]
    unseen, sums = range(len(cells)), []

    def add(inside: Collection[int]) -> int:
        cells.append(sum(cells[one] for one in inside))
        sums.append({**dict.fromkeys(inside, 1), len(cells) - 1: -1})
        return len(cells) - 1

    keys = [*enumerate(parts)]
    told = {number: add([at for at, (_, among) in keys if number in among]) for number in chosen}
    named = sorted({ward for ward, _ in parts if ward})
    at_ward = {ward: add([at for at, (own, _) in keys if own == ward]) for ward in named}
    if at_ward:
        sums.append(dict.fromkeys(at_ward.values(), 1))
    secret = protect(
        pd.Series(cells),
        sums=sums,
        threshold=threshold,
        published=[at for ward, at in at_ward.items() if ward not in hidden],
        unseen=[*unseen],
        also=[at for ward, at in at_ward.items() if ward in hidden],
    )
    return frozenset(number for number, at in told.items() if secret[at])
