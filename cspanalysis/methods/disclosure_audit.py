"""Attack a published table as an outsider would, to see what suppressed counts can still be."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cspanalysis.errors import PublicationError
from cspanalysis.methods._inputs import amounts
from cspanalysis.methods._lines import Floats

__all__ = ["Cell", "audit", "named_cells"]

Cell = tuple[Hashable, Hashable]
"""Labels of a count; a total's label is the set of the labels that it adds up."""
EPSILON = 1e-6
"""What the solver may be off, where counts are whole."""
SWEEPS = 50


@dataclass(frozen=True)
class Known:
    """What an outsider knows: each count's bounds, and the sums that must hold (= 0)."""

    cells: list[Cell]
    lower: Floats
    upper: Floats
    sums: Floats
    hidden: NDArray[np.bool_]


def audit(
    table: pd.DataFrame,
    *editions: pd.DataFrame,
    threshold: int = 5,
    round_to: int | None = None,
    total: str = "Total",
    strict: bool = True,
) -> pd.DataFrame:
    """Solve for the bounds of each suppressed count, and fail if one is pinned.

    Every count is a whole number from 0; each row and column adds up to its total. For each
    suppressed cell the smallest and largest count that agree with all that is published are found
    by linear programming. A cell is safe where they lie at least ``threshold`` apart.

    Parameters
    ----------
    table
        As published: with total row and column, suppressed cells missing.
    *editions
        Other published tables of the same counts: cells with the same labels are the same count,
        so what one hides another may show, also as the difference of two totals where one edition
        leaves a row or column out. Counts that were revised in between are not the same: audit
        such editions one by one.
    threshold
        Least span of the possible counts. What the reader knows of the rule (that a small count
        is hidden) is not used: hidden small and hidden large counts look alike.
    round_to
        All tables were rounded to multiples of this (half up): a published cell then stands for
        all counts that round to it.
    total
        Label of the total row and column.
    strict
        Raise where a cell isn't safe; off, it is only marked.

    Returns
    -------
    pandas.DataFrame
        One row a cell that some edition suppresses: ``row``, ``column``, ``lower``, ``upper``
        (infinite where nothing limits it), ``width`` and ``safe``.

    Raises
    ------
    PublicationError
        With ``strict``, if a suppressed count is pinned within the threshold.
    ValueError
        If a table has no total row or column, or what is published contradicts itself.

    References
    ----------
    Fischetti and Salazar (2001), see `suppress`: the attacker's problem.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"theft": [None, 40, 43], "drugs": [20, 9, 29], "Total": [23, 49, 72]},
    ...     index=["a", "b", "Total"])
    >>> audit(table, strict=False)[["row", "column", "lower", "upper", "safe"]].values.tolist()
    [['a', 'theft', 3.0, 3.0, False]]
    """
    known = _known([table, *editions], round_to=round_to, total=total)
    lower, upper = _bounds(known)
    rows = [_labels(known.cells[place], total) for place in np.flatnonzero(known.hidden)]
    frame = pd.DataFrame(rows, columns=["row", "column"])
    frame = frame.assign(lower=lower, upper=upper, width=upper - lower)
    frame["safe"] = frame["width"] >= threshold
    if strict and not frame["safe"].all():
        raise PublicationError(_verdict(frame[~frame["safe"]], threshold))
    return frame


def _known(editions: Sequence[pd.DataFrame], *, round_to: int | None, total: str) -> Known:
    bounds: dict[Cell, tuple[float, float]] = {}
    hidden: dict[Cell, bool] = {}
    sums: list[dict[Cell, int]] = []
    for number, edition in enumerate(editions, 1):
        keys = named_cells(edition, total, number)
        values = amounts(edition, f"edition {number}", whole=True, missing=True)
        for cell, value in zip(keys.ravel(), values.ravel(), strict=True):
            low, high = _stands_for(value, round_to)
            before = bounds.get(cell, (0.0, np.inf))
            bounds[cell] = (max(low, before[0]), min(high, before[1]))
            hidden[cell] = hidden.get(cell, False) or bool(np.isnan(value))
        lines = [*keys, *keys.T]
        sums += [dict.fromkeys(line[:-1], 1) | {line[-1]: -1} for line in lines]
    cells = list(bounds)
    place = {cell: position for position, cell in enumerate(cells)}
    matrix = np.zeros((len(sums), len(cells)))
    for row, line in enumerate(sums):
        for cell, sign in line.items():
            matrix[row, place[cell]] = sign
    low, high = np.array(list(bounds.values())).T
    return Known(cells, low, high, matrix, np.array([hidden[cell] for cell in cells]))


def named_cells(edition: pd.DataFrame, total: str, number: int) -> NDArray[Any]:
    """Name each cell by its labels, the totals by what they add up."""
    named = []
    for labels, name in ((list(edition.index), "row"), (list(edition.columns), "column")):
        if not labels or labels[-1] != total or len(set(labels)) < len(labels):
            raise ValueError(f"edition {number}: last {name} must be '{total}', each label once")
        named.append([*labels[:-1], frozenset(labels[:-1])])
    keys = np.empty((len(named[0]), len(named[1])), dtype=object)
    for row, row_label in enumerate(named[0]):
        for column, column_label in enumerate(named[1]):
            keys[row, column] = (row_label, column_label)
    return keys


def _stands_for(value: float, round_to: int | None) -> tuple[float, float]:
    """Give the least and greatest whole count that would be published so."""
    if np.isnan(value):
        return 0.0, np.inf
    if round_to is None:
        return value, value
    return max(0.0, np.ceil(value - round_to / 2)), np.ceil(value + round_to / 2) - 1


def _bounds(known: Known) -> tuple[Floats, Floats]:
    """Give the least and greatest count of each hidden cell."""
    lower, upper = _tighten(known)
    if (lower > upper + EPSILON).any():
        raise ValueError("what is published contradicts itself: were counts revised in between?")
    free = upper > lower
    fixed = known.sums[:, ~free] @ lower[~free]
    least, greatest = lower.copy(), upper.copy()
    for part in _parts(known.sums[:, free] != 0):
        position = np.flatnonzero(free)[part]
        matrix = known.sums[:, position]
        rows = np.any(matrix != 0, axis=1)
        wanted = known.hidden[position]
        found = _solve(matrix[rows], -fixed[rows], lower[position], upper[position], wanted)
        least[position], greatest[position] = found
    return least[known.hidden] + 0.0, greatest[known.hidden]  # no minus zero


def _tighten(known: Known) -> tuple[Floats, Floats]:
    """Narrow each count by one sum at a time, until nothing moves.

    The bounds of the linear programmes are often met by these already, which saves solving them.
    """
    lower, upper = known.lower.copy(), known.upper.copy()
    for _ in range(SWEEPS):
        before = lower.copy(), upper.copy()
        for sign in known.sums:
            place = np.flatnonzero(sign)
            plus = sign[place] > 0
            least = np.where(plus, lower[place], -upper[place])
            greatest = np.where(plus, upper[place], -lower[place])
            # what this cell can be at most and least, once the others are at their other end
            at_most, at_least = -_others(least), -_others(greatest)
            upper[place] = np.minimum(upper[place], np.where(plus, at_most, -at_least))
            lower[place] = np.maximum(lower[place], np.where(plus, at_least, -at_most))
        if np.array_equal(before[0], lower) and np.array_equal(before[1], upper):
            break
    return lower, upper


def _others(values: Floats) -> Floats:
    """Sum all values but each one, infinite ones included."""
    endless = np.isinf(values)
    finite = np.where(endless, 0.0, values)
    sums = finite.sum() - finite
    some_other_endless = endless.sum() - endless > 0
    sign = np.sign(values[endless][0]) if endless.any() else 1.0
    return np.where(some_other_endless, sign * np.inf, sums)


def _parts(used: NDArray[np.bool_]) -> list[NDArray[np.int64]]:
    """Split the free counts into groups that no sum connects."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    if used.shape[1] == 0:
        return []
    number, label = connected_components(csr_array(used.T.astype(int) @ used.astype(int)))
    return [np.flatnonzero(label == part) for part in range(number)]


def _solve(
    matrix: Floats, right: Floats, lower: Floats, upper: Floats, wanted: NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """Minimise and maximise each wanted count; skip what an earlier solution reached already."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    sparse: Any = csr_array(matrix)
    limits: Any = np.column_stack([lower, upper])
    lowest, highest = np.full(len(lower), np.inf), np.full(len(lower), -np.inf)
    least, greatest = lower.copy(), upper.copy()
    for cell in np.flatnonzero(wanted):
        for sign, ends in ((1.0, least), (-1.0, greatest)):
            reached = lowest[cell] if sign > 0 else highest[cell]
            if abs(reached - ends[cell]) <= EPSILON:
                continue
            aim = np.zeros(len(lower))
            aim[cell] = sign
            found: Any = linprog(aim, A_eq=sparse, b_eq=right, bounds=limits, method="highs")
            if found.status == 3:  # nothing limits it
                ends[cell] = sign * -np.inf
                continue
            if found.status != 0:
                raise ValueError("what is published contradicts itself: were counts revised?")
            lowest, highest = np.minimum(lowest, found.x), np.maximum(highest, found.x)
            whole = np.ceil if sign > 0 else np.floor
            ends[cell] = whole(found.x[cell] - sign * EPSILON)
    return least, greatest


def _labels(cell: Cell, total: str) -> list[Hashable]:
    return [total if isinstance(label, frozenset) else label for label in cell]


def _verdict(pinned: pd.DataFrame, threshold: int) -> str:
    first = [
        f"row '{line.row}', column '{line.column}' is {line.lower:g} to {line.upper:g}"
        for line in pinned.head(3).itertuples()
    ]
    return (
        f"table: {len(pinned)} suppressed counts can be worked out to less than {threshold}: "
        f"{'; '.join(first)}. Suppress more, or round"
    )
