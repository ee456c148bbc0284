"""Keep small counts out of published tables, and prove that nobody can work them out.

A published table has a total row and a total column. A suppressed cell is missing (``<NA>``).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cspanalysis.methods._inputs import amounts
from cspanalysis.methods._lines import Floats
from cspanalysis.methods.disclosure_editions import hidden_beside

__all__ = ["suppress"]

Mask = NDArray[np.bool_]


def suppress(
    table: pd.DataFrame,
    *,
    threshold: int = 5,
    round_to: int | None = None,
    published: Sequence[pd.DataFrame] = (),
    total: str = "Total",
) -> pd.DataFrame:
    """Add totals to a table, suppress its small counts, and others that would give them away.

    Primary: every cell, totals included, from 1 to below ``threshold``; a zero says nothing of
    anybody and stays. Secondary: for each suppressed cell a rectangle of suppressed cells is laid,
    round which counts could be moved without changing what is published, so far that the cell's
    possible values span at least ``threshold``. Of all rectangles the one that hides the least
    more is taken (sum, over the counts newly hidden, of the square root and one), the smallest
    counts first.

    Parameters
    ----------
    table
        Whole counts, without totals, at least one row and column.
    threshold
        Counts below it are small, and possible values of a suppressed cell span it at least.
    round_to
        Round what is left, totals included, to the nearest multiple (half goes up), after
        suppressing as if it were not rounded. Rounded cells need not add up.
    published
        Tables of the same counts that were published, with their totals, and suppressed cells
        missing: more is hidden, so that all together give nothing away. They may leave out rows
        and columns, and hold none that the table has not.
    total
        Label of the added row and column.

    Returns
    -------
    pandas.DataFrame
        ``Int64``, one row and column more than ``table``, suppressed cells ``<NA>``. `audit` finds
        it safe at the same threshold.

    Raises
    ------
    PublicationError
        If what was published leaves no safe table.
    ValueError
        If a count is missing (its total would be), negative or not whole, a label stands twice or
        is that of the totals, a setting is below 1, or a published table holds other counts.

    References
    ----------
    Fischetti, M. and Salazar, J. J. (2001). Solving the cell suppression problem on tabular data
    with linear constraints. Management Science 47, 1008-1027, sets the problem; the rectangles are
    a plain heuristic for it. Office for National Statistics, Disclosure control guidance for
    tables produced from administrative sources.

    Examples
    --------
    >>> table = pd.DataFrame({"theft": [3, 40, 25], "drugs": [20, 9, 18]}, index=["a", "b", "c"])
    >>> print(suppress(table))
           theft  drugs  Total
    a       <NA>   <NA>     23
    b         40      9     49
    c       <NA>   <NA>     43
    Total     68     47    115
    """
    counts = _checked(table, threshold=threshold, round_to=round_to, total=total)
    whole = _with_totals(counts)
    hidden = (whole > 0) & (whole < threshold)
    signs = np.outer(*(np.r_[np.ones(n), -1.0] for n in counts.shape))
    for row, column in sorted(np.argwhere(hidden).tolist(), key=lambda at: whole[tuple(at)]):
        _protect(whole, hidden, signs, row, column, threshold)
    if published:
        labels = [*table.index, total], [*table.columns, total]
        hidden = hidden_beside(
            pd.DataFrame(whole, *labels),
            published,
            hidden=hidden,
            threshold=threshold,
            round_to=round_to,
            total=total,
        )
    shown = whole if round_to is None else np.floor(whole / round_to + 0.5) * round_to
    rows = pd.Index([*table.index, total], name=table.index.name)
    columns = pd.Index([*table.columns, total], name=table.columns.name)
    found = pd.DataFrame(shown, index=rows, columns=columns).astype("Int64")
    return found.mask(pd.DataFrame(hidden, index=rows, columns=columns))


def _protect(
    whole: Floats, hidden: Mask, signs: Floats, row: int, column: int, threshold: int
) -> None:
    """Hide the cheapest rectangle that leaves the cell a span of at least the threshold."""
    # when the cell moves by +1, the other three corners move by these; signs are -1 where exactly
    # one label is a total, for a total follows the counts that it adds up
    turn = signs * signs[row, column]
    corners = [
        (-turn[row][None, :], whole[row][None, :]),
        (-turn[:, column][:, None], whole[:, column][:, None]),
        (turn, whole),
    ]
    up, down = np.full(whole.shape, np.inf), np.full(whole.shape, whole[row, column])
    for move, count in corners:
        up = np.minimum(up, np.where(move < 0, count, np.inf))
        down = np.minimum(down, np.where(move > 0, count, np.inf))
    cost = np.where(hidden, 0.0, np.sqrt(whole) + 1.0)
    total_cost = cost[row][None, :] + cost[:, column][:, None] + cost
    total_cost[row, :] = total_cost[:, column] = np.inf
    total_cost[up + down < threshold] = np.inf
    other_row, other_column = np.unravel_index(int(np.argmin(total_cost)), whole.shape)
    for cell in ((row, other_column), (other_row, column), (other_row, other_column)):
        hidden[cell] = True


def _checked(table: pd.DataFrame, *, threshold: int, round_to: int | None, total: str) -> Floats:
    for name, setting in (("threshold", threshold), ("round_to", round_to)):
        if setting is not None and setting < 1:
            raise ValueError(f"{name}: {setting} is below 1; give a whole number from 1")
    for labels, name in ((table.index, "row"), (table.columns, "column")):
        if labels.has_duplicates or total in labels:
            raise ValueError(
                f"table: a {name} stands there twice, or is named '{total}'; rename it"
            )
    return amounts(table, "table", whole=True)


def _with_totals(counts: Floats) -> Floats:
    with_column = np.column_stack([counts, counts.sum(axis=1)])
    return np.vstack([with_column, with_column.sum(axis=0)])
