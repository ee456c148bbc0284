"""Months: of which small places they are told, so that none tells a small month of another.

The partnership's own months are told, and of wards and small areas those that are never small.
What is left beside them must be enough for a small month to hide in.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from cspanalysis.disclosure.family import ALL, APART, nests
from cspanalysis.vocabulary import Area, Period

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store import Store

__all__ = ["MONTHLY", "places_by_month", "told_by_month"]

MONTHLY = (ALL, APART)
"""Of these alone months are told of a small place: those of others would add up to small ones."""


def places_by_month(
    store: Store,
    area: Area,
    *,
    until: date,
    may: Collection[tuple[str, str]],
    threshold: int,
) -> frozenset[tuple[str, str]]:
    """Give the places of a partnership, with a measure each, of which months are told.

    Parameters
    ----------
    store, area
        Where the counts come from, and whose.
    until
        Months after this are told of no place.
    may
        Places and measures of which the plan hides no period.
    threshold
        Counts from 1 to below this are small.
    """
    import pandas as pd

    first = store.held.first(area)
    if first is None or first > until or not may:
        return frozenset()
    months = [Period.of_months(m, m) for m in Period.of_months(first, until).months]
    tables = [
        store.by_area("lsoa", within=area, period=month, measures=MONTHLY)
        for month in months
        if store.held.whole(area, month)
    ]
    wards = store.people.small_areas(area)["ward"]
    if not nests(wards):  # no ward is told of by its name
        wards = pd.Series("", index=wards.index)
    found: set[tuple[str, str]] = set()
    for measure in MONTHLY:
        placed = [table[measure] for table in tables if measure in table]
        if placed:
            # what is missing is told of no place: to take it for nought is to be careful
            counts = pd.concat(placed, axis=1).T.fillna(0).astype("int64")
            named = {place for place, of in may if of == measure}
            told = told_by_month(counts[wards.index], wards, may=named, threshold=threshold)
            found |= {(place, measure) for place in told}
    return frozenset(found)


def told_by_month(
    counts: pd.DataFrame, wards: pd.Series, *, may: Collection[str], threshold: int
) -> frozenset[str]:
    """Choose the places of which months are told, for one measure.

    None that has a small month. Small areas that are not told, in a ward that is, add up to what is
    left of it; those in all other wards to what is left of the partnership. Where that is less than
    the threshold in a month in which one of them is small, or their ward, the fewest crimes that
    are told there are left out too.

    Parameters
    ----------
    counts
        One row a month, one column a small area.
    wards
        The ward of each.
    may
        Wards and small areas that may be told.
    threshold
        Counts from 1 to below this are small.

    Examples
    --------
    >>> import pandas as pd
    >>> counts = pd.DataFrame({"a": [3, 20], "b": [9, 8], "c": [30, 30], "d": [50, 50]})
    >>> wards = pd.Series({"a": "v", "b": "v", "c": "v", "d": "w"})
    >>> sorted(told_by_month(counts, wards, may=[*"abcdvw"], threshold=5))
    ['c', 'd', 'v', 'w']
    """
    import pandas as pd

    by_ward = counts.T.groupby(wards).sum().T
    every = pd.concat([counts, by_ward], axis=1)
    small = (every > 0) & (every < threshold)
    told = {str(place) for place in every if place in may and not small[place].any()}
    order = every.sum().sort_values(kind="stable").index

    def bare(around: Sequence[str]) -> bool:
        """Tell whether what is not told in some wards is too little to hide in."""
        left = [place for place in wards.index[wards.isin(around)] if place not in told]
        hidden = [*left, *(ward for ward in around if ward not in told)]
        few = counts[left].sum(axis=1) < threshold
        return bool((small[hidden].any(axis=1) & few).any())

    def inside(around: Sequence[str]) -> set[str]:
        return told.intersection(wards.index[wards.isin(around)])

    while True:
        open_to = told.intersection(by_ward)
        shut = [str(ward) for ward in by_ward if ward not in open_to]
        lacking = [around for around in ([ward] for ward in sorted(open_to)) if bare(around)]
        chosen = set().union(*map(inside, lacking))
        if not chosen and bare(shut):
            chosen = inside(shut) or open_to
        if not chosen:
            return frozenset(told)
        told.remove(next(place for place in order if place in chosen))
