"""Hide counts that add up in many ways, so that no small one can be worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cspanalysis.methods._inputs import amounts
from cspanalysis.methods._lines import Floats

__all__ = ["protect", "widths"]

Mask = NDArray[np.bool_]
URGENT = 1e5
"""How much more a step of the wanted span counts than what it hides."""
HIDDEN = 1e-3
"""What moving a count costs that is hidden already; not nought, so that moves stay few."""
EPSILON = 1e-6
GOLDEN = (5**0.5 - 1) / 2
"""Steps of it, less what is whole, never meet."""


def protect(
    counts: pd.Series,
    *,
    sums: Sequence[Mapping[Any, int]],
    threshold: int = 5,
    published: Sequence[Any] = (),
    unseen: Sequence[Any] = (),
    also: Sequence[Any] = (),
) -> pd.Series:
    """Choose which counts to hide, where they add up in more ways than a table's rows and columns.

    Small counts (from 1 to below ``threshold``) are hidden. For each of them, the smallest first,
    that change of the table is sought by linear programming which moves the count far enough for
    its possible values to span ``threshold``, keeps every sum and every published count, leaves
    nothing below nought and hides the least more (the square root of a count and one, a step).
    What it moves is hidden. Where what is published leaves no such span, the widest there is.
    Costs that are alike are set a little apart by the place of a label, so that one change is the
    least, whatever solver looks for it and on whatever machine.

    Parameters
    ----------
    counts
        Whole counts by label, each label once.
    sums
        Sums that hold, each as sign by label: ``{"total": -1, "a": 1, "b": 1}``. What a sum comes
        to is taken to be known: leave a total out of one that is published in any case.
    threshold
        Counts below it are small.
    published
        Labels that stay shown, whatever they tell: what was published before.
    unseen
        Labels that are shown nowhere, so that hiding them costs nothing; they are protected as
        others are where they are small, for sums may tell them.
    also
        Labels to hide and to protect beside those of small counts.

    Returns
    -------
    pandas.Series
        Whether each count is to be hidden.

    Raises
    ------
    ValueError
        If a count is missing, negative or not whole, a label stands twice, or a sum names a label
        that has no count.

    References
    ----------
    Kelly, J. P., Golden, B. L. and Assad, A. A. (1992). Cell suppression: disclosure protection
    for sensitive tabular data. Networks 22, 397-417. Fischetti and Salazar (2001), see `suppress`.

    Examples
    --------
    A year and its quarters in two wards, of both of which the total is known.

    >>> counts = pd.Series({"a1": 3, "a2": 20, "a": 23, "b1": 9, "b2": 30, "b": 39})
    >>> sums = [{"a1": 1, "a2": 1, "a": -1}, {"b1": 1, "b2": 1, "b": -1}]
    >>> sums += [{"a1": 1, "b1": 1}, {"a2": 1, "b2": 1}, {"a": 1, "b": 1}]
    >>> hidden = protect(counts, sums=sums)
    >>> list(hidden.index[hidden])
    ['a1', 'a2', 'b1', 'b2']
    """
    x, matrix = _checked(counts, sums)
    hidden: Mask = ((x > 0) & (x < threshold)) | counts.index.isin(list(also))
    fixed = counts.index.isin(list(published))
    hidden &= ~fixed
    apart = _apart(len(x))
    moves = HIDDEN * (1.0 + apart)
    price = np.where(counts.index.isin(list(unseen)), moves, np.sqrt(x) + 1.0 + 0.01 * apart)
    lowest, highest = x.copy(), x.copy()
    for cell in sorted(np.flatnonzero(hidden).tolist(), key=lambda at: (x[at], at)):
        # first by what is hidden already, then by hiding more
        for still, way in product((~hidden, fixed), (1.0, -1.0)):
            lacking = threshold - (highest[cell] - lowest[cell])
            if lacking <= EPSILON:
                break
            reach = highest[cell] - x[cell] if way > 0 else x[cell] - lowest[cell]
            cost = np.where(hidden, moves, price)
            moved = _move(x, matrix, cost, still, cell, way * (reach + lacking))
            hidden |= np.abs(moved) > EPSILON
            lowest, highest = np.minimum(lowest, x + moved), np.maximum(highest, x + moved)
    return pd.Series(hidden, index=counts.index)


def widths(
    counts: pd.Series,
    *,
    sums: Sequence[Mapping[Any, int]],
    shown: Sequence[Any],
    of: Sequence[Any],
    enough: int = 5,
) -> pd.Series:
    """Measure how far the possible values of counts span for whoever knows what is shown.

    Parameters
    ----------
    counts, sums
        As for `protect`.
    shown
        Labels of the counts that are known.
    of
        Labels of the counts to be measured.
    enough
        A wider span than this is not measured.

    Returns
    -------
    pandas.Series
        The span of each count of `of`, `enough` at most.

    Raises
    ------
    ValueError
        As `protect` raises it.

    Examples
    --------
    >>> counts = pd.Series({"a": 3, "b": 20, "c": 1})
    >>> widths(counts, sums=[{"a": 1, "b": 1, "c": 1}], shown=["b"], of=["a", "b"]).to_dict()
    {'a': 4.0, 'b': 0.0}
    """
    x, matrix = _checked(counts, sums)
    fixed: Mask = counts.index.isin(list(shown))
    cost = HIDDEN * (1.0 + _apart(len(x)))
    lowest, highest = x.copy(), x.copy()
    for cell in counts.index.get_indexer(pd.Index(list(of))).tolist():
        for way in (1.0, -1.0):
            lacking = enough - (highest[cell] - lowest[cell])
            if fixed[cell] or lacking <= EPSILON:
                break
            reach = highest[cell] - x[cell] if way > 0 else x[cell] - lowest[cell]
            moved = _move(x, matrix, cost, fixed, cell, way * (reach + lacking))
            lowest, highest = np.minimum(lowest, x + moved), np.maximum(highest, x + moved)
    found = pd.Series(highest - lowest, index=counts.index)[list(of)]
    return found.round(6).clip(upper=enough)


def _apart(size: int) -> Floats:
    """Give numbers from 0 to 1, all different, that set prices apart.

    So one change is the cheapest, and every solver on every machine finds the same.
    """
    return np.asarray(GOLDEN * np.arange(size) % 1.0, dtype=float)


def _move(x: Floats, matrix: Any, prices: Floats, still: Mask, cell: int, aim: float) -> Floats:
    """Move a count towards an aim by the cheapest change of the others that keeps every sum."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import hstack

    moved = np.zeros(len(x))
    free, used = _reached(matrix, still, cell)
    size, own = len(free), int(np.searchsorted(free, cell))
    cost = prices[free]
    price, most = np.concatenate([cost, cost]), np.concatenate([np.full(size, np.inf), x[free]])
    price[[own, size + own]] = -URGENT if aim > 0 else 0.0, -URGENT if aim < 0 else 0.0
    most[[own, size + own]] = max(aim, 0.0), min(max(-aim, 0.0), x[cell])
    rules = LinearConstraint(hstack([used, -used], format="csc"), 0.0, 0.0)
    # Nothing is held to be whole, so that this is a linear programme: `linprog` takes twice as
    # long for the same, much of it before it begins, and looking for what can be left out, longer.
    within = Bounds(0.0, most)
    found: Any = milp(price, constraints=rules, bounds=within, options={"presolve": False})
    if found.status != 0:
        raise ValueError(f"counts: no change of the table was found ({found.message})")
    moved[free] = found.x[:size] - found.x[size:]
    return moved


def _reached(matrix: Any, still: Mask, cell: int) -> tuple[NDArray[np.intp], Any]:
    """Find the counts that move where a count does, however far apart, and the sums of them."""
    from scipy.sparse.csgraph import breadth_first_order

    free = np.flatnonzero(~still)
    used = matrix[:, free]
    joined = abs(used.T) @ abs(used)
    own = int(np.searchsorted(free, cell))
    at = np.sort(breadth_first_order(joined, own, directed=False, return_predecessors=False))
    used = used[:, at]
    return free[at], used[np.diff(used.indptr) > 0]


def _checked(counts: pd.Series, sums: Sequence[Mapping[Any, int]]) -> tuple[Floats, Any]:
    from scipy.sparse import csr_array

    if counts.index.has_duplicates:
        raise ValueError("counts: a label stands there twice; rename it")
    place = {label: at for at, label in enumerate(counts.index)}
    if unknown := [label for line in sums for label in line if label not in place]:
        raise ValueError(f"sums: '{unknown[0]}' has no count")
    entries = [
        (row, place[label], sign) for row, line in enumerate(sums) for label, sign in line.items()
    ]
    rows, columns, signs = zip(*entries, strict=True) if entries else ((), (), ())
    x = amounts(counts, "counts", whole=True)
    shape = (len(sums), len(place))
    return x.astype(float), csr_array((np.array(signs, float), (rows, columns)), shape=shape)
