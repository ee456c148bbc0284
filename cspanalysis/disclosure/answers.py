"""How many people said or are what: which of these numbers a public edition leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

__all__ = ["hidden_parts", "partitions"]

MOST = 12
"""Of more parts than this, only all of them together are looked at."""


def hidden_parts(
    parts: Sequence[int], *, totals: Sequence[int], threshold: int
) -> tuple[bool, ...]:
    """Tell which parts to leave out beside totals that are shown.

    The small ones, and where parts add up to a total that is shown, others that would give a small
    one away. Parts that follow each other and fall short of a total by a small number are taken for
    the kinds of one question: what is left is of people whose kind is not listed, and small too.

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
    >>> hidden_parts([27, 31], totals=[61], threshold=5)
    (True, False)
    """
    import pandas as pd

    from cspanalysis.methods import protect

    if not parts:
        return ()
    cells = [*parts]
    sums = [dict.fromkeys(places, 1) for places in partitions(parts, totals)]
    for places, rest in _unlisted(parts, totals, threshold):
        sums.append({**dict.fromkeys(places, 1), len(cells): 1})
        cells.append(rest)
    unseen = range(len(parts), len(cells))
    secret = protect(pd.Series(cells), sums=sums, threshold=threshold, unseen=[*unseen])
    return tuple(map(bool, secret[: len(parts)]))


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


def _unlisted(
    parts: Sequence[int], totals: Sequence[int], threshold: int
) -> Iterator[tuple[tuple[int, ...], int]]:
    """Give parts that follow each other, and the small number by which they fall short.

    Such a run is as long as it can be: with the part before or after it would be too many.
    """
    some = [place for place, part in enumerate(parts) if part]
    spans = combinations(range(len(some) + 1), 2)
    for first, last in spans if len(some) <= MOST else [(0, len(some))]:
        run = tuple(some[first:last])
        whole = sum(parts[place] for place in run)
        beside = [parts[place] for place in (*some[:first][-1:], *some[last:][:1])]
        for rest in (total - whole for total in totals):
            if 0 < rest < threshold and all(part > rest for part in beside):
                yield run, rest
