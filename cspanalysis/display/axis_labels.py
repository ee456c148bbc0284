"""Which places of an axis of time are named: the ends always, others where there is room."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

__all__ = ["named_places"]

_LETTER = 6.0  # width of a letter of an axis in pixels, on the safe side
_GAP = 8.0  # between two labels


def named_places(
    ends: tuple[str, str],
    between: Mapping[int, str],
    *,
    last: int,
    width: float,
    centred: bool = False,
) -> dict[int, str]:
    """Choose labels none of which touches another.

    Parameters
    ----------
    ends
        Labels of the first place, 0, and of the last.
    between
        Labels of other places, evenly apart, in order: every one, every second, ... is taken.
    last
        The last place.
    width
        Pixels from the first place to the last.
    centred
        Whether the labels of the ends stand around their places, as others do, not inside.

    Examples
    --------
    >>> years = {15: "2020", 27: "2021", 39: "2022"}
    >>> named_places(("Oct 2018", "Sep 2022"), years, last=47, width=300)
    {0: 'Oct 2018', 15: '2020', 27: '2021', 47: 'Sep 2022'}
    """
    if last < 1:
        return {0: ends[0]}
    scale = width / last
    share = 0.5 if centred else 1.0
    left = share * _LETTER * len(ends[0]) + _GAP
    right = width - share * _LETTER * len(ends[1]) - _GAP
    inside = {
        place: text
        for place, text in between.items()
        if left <= place * scale - _half(text) and place * scale + _half(text) <= right
    }
    for step in range(1, len(inside) + 1):
        taken = dict(list(inside.items())[::step])
        if all(
            (after - before) * scale >= _half(taken[before]) + _half(taken[after]) + _GAP
            for before, after in pairwise(taken)
        ):
            return {0: ends[0], **taken, last: ends[1]}
    return {0: ends[0], last: ends[1]}


def _half(text: str) -> float:
    return 0.5 * _LETTER * len(text)
