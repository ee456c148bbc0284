"""Detail: what a map and a list of the busiest tell of small areas, for one measure and months."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from cspanalysis.disclosure.block import Floats, Mask
from cspanalysis.disclosure.counts import class_breaks, tells_too_much
from cspanalysis.disclosure.rules import THRESHOLD

__all__ = ["Detail", "busiest", "class_limits", "own_breaks"]

BUSIEST = 0.1
"""Share of small areas that is called the busiest."""


@dataclass(frozen=True)
class Detail:
    """Hold how much is told of the small areas, for one measure and months.

    Parameters
    ----------
    breaks
        Where the second class of a map and each further one begins; empty for no map.
    exact
        Whether the counts of the busiest are told.
    named
        Whether the busiest are named.
    """

    breaks: tuple[int, ...] = ()
    exact: bool = False
    named: bool = False


def busiest(counts: Floats) -> Mask:
    """Mark the busiest tenth of places; of those that tie at its end, none.

    Examples
    --------
    >>> busiest(np.array([9, 7, 7, *[1] * 9])).tolist()[:3]
    [True, False, False]
    """
    place = (counts[None, :] >= counts[:, None]).sum(axis=1)
    marked: Mask = (place <= np.ceil(BUSIEST * len(counts))) & (counts > 0)
    return marked


def own_breaks(
    counts: Mapping[str, int],
    *,
    sums: Mapping[str, tuple[Sequence[str], int]],
    threshold: int = THRESHOLD,
) -> tuple[int, ...]:
    """Choose breaks of the classes of a map that give nothing away beside its own wards.

    Parameters
    ----------
    counts
        By small area.
    sums
        Small areas and count of each ward that is shown, and of the rest.
    threshold
        Counts from 1 to below this are small.
    """
    breaks = class_breaks([*counts.values()], least=threshold)
    while breaks and tells_too_much(
        counts, class_limits(counts, breaks), sums=sums, threshold=threshold
    ):
        breaks = class_breaks([*counts.values()], least=breaks[0] + 1)
    return breaks


def class_limits(
    counts: Mapping[str, int], breaks: Sequence[int]
) -> dict[str, tuple[float, float]]:
    """Give the limits of the class of each count.

    Examples
    --------
    >>> class_limits({"a": 3, "b": 9}, [5, 8])
    {'a': (0, 4), 'b': (8, inf)}
    """
    edges = (0, *breaks, inf)
    classes = {place: bisect_right(breaks, count) for place, count in counts.items()}
    return {place: (edges[at], edges[at + 1] - 1) for place, at in classes.items()}
