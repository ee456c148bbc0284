"""How many people said or are what: which of these numbers a public edition leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

__all__ = ["hidden_parts", "partitions"]

MOST = 12
"""Of more parts than this, only all of them together are looked at."""


def hidden_parts(
    parts: Sequence[int], *, totals: Sequence[int], threshold: int
) -> tuple[bool, ...]:
    """Tell which parts to leave out beside totals that are shown.

    The small ones, and where parts add up to a total that is shown, others that would give a small
    one away.

    Parameters
    ----------
    parts
        Numbers of people.
    totals
        Numbers of people that are shown on the same page.
    threshold
        Numbers from 1 to below this are small.

    Examples
    --------
    >>> hidden_parts([27, 31, 3], totals=[61], threshold=5)
    (True, False, True)
    >>> hidden_parts([27, 31, 3], totals=[107], threshold=5)
    (False, False, True)
    """
    import pandas as pd

    from cspanalysis.methods import protect

    if not parts:
        return ()
    sums = [dict.fromkeys(places, 1) for places in partitions(parts, totals)]
    return tuple(protect(pd.Series(list(parts)), sums=sums, threshold=threshold))


def partitions(parts: Sequence[int], totals: Sequence[int]) -> list[tuple[int, ...]]:
    """Find which parts, by their places, add up to one of the totals; noughts are passed over.

    Examples
    --------
    >>> partitions([27, 31, 3, 0, 30], [61])
    [(1, 4), (0, 1, 2)]
    """
    some = [place for place, part in enumerate(parts) if part]
    sizes = range(2, len(some) + 1) if len(some) <= MOST else [len(some)]
    return [
        chosen
        for size in sizes
        for chosen in combinations(some, size)
        if sum(parts[place] for place in chosen) in totals
    ]
