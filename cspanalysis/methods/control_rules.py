"""The four rules of special cause, each a function of the points of one segment.

The rules are those of NHS England's Making Data Count ("plot the dots"). Each takes arrays over
the points of a segment and returns -1, 0 or 1 for every point: whether it is part of the pattern,
and on which side (of the limits, of the mean) or in which direction. A missing point takes part in
no pattern and breaks every run.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from cspanalysis.methods._lines import Floats

__all__ = ["beyond", "shift", "trend", "two_of_three"]

Signs: TypeAlias = NDArray[np.int8]


def beyond(values: Floats, lower: Floats, upper: Floats) -> Signs:
    """Mark points strictly above the upper (1) or below the lower limit (-1)."""
    return (values > upper).astype(np.int8) - (values < lower).astype(np.int8)


def shift(side: Signs, *, points: int) -> Signs:
    """Mark runs of at least so many successive points on one side of the mean.

    ``side`` is 1 above the mean, -1 below, 0 on it or missing; 0 breaks a run.
    """
    return np.where(_run_lengths(side) >= points, side, 0).astype(np.int8)


def trend(values: Floats, *, points: int) -> Signs:
    """Mark runs of at least so many points that rise (1) or fall (-1) strictly.

    Seven points are six steps. A point that ends one trend and starts the next is marked with the
    direction of the later one; a tie or a missing point breaks a run.
    """
    steps = np.sign(np.nan_to_num(np.diff(values))).astype(np.int8)
    kept = np.where(_run_lengths(steps) >= points - 1, steps, 0).astype(np.int8)
    arriving, leaving = np.append(np.int8(0), kept), np.append(kept, np.int8(0))
    return np.where(leaving != 0, leaving, arriving)[: len(values)]


def two_of_three(near: Signs, side: Signs) -> Signs:
    """Mark points near a limit, at least two within three successive points on one side.

    ``near`` is 1 or -1 for a point beyond the near limit but inside the limit. Only such points
    are marked; all three points must lie on the same side of the mean.
    """
    marked = np.zeros_like(near)
    for start in range(len(near) - 2):
        window = slice(start, start + 3)
        if abs(int(side[window].sum())) == 3 and np.count_nonzero(near[window]) >= 2:
            marked[window] = near[window]
    return marked


def _run_lengths(signs: Signs) -> NDArray[np.intp]:
    """Give for every position the length of the run of equal signs that it is in."""
    run = np.cumsum(np.diff(signs, prepend=signs[:1]) != 0)
    lengths: NDArray[np.intp] = np.bincount(run)[run]
    return lengths
