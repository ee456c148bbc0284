"""Unassigned crimes: partnerships whose crimes a force counted to none of its partnerships.

A force that stops telling where its crimes belong leaves a few crimes to the partnership and the
rest under "Unassigned". Read as it stands, that would be a collapse of crime.
"""

from __future__ import annotations

import pandas as pd

__all__ = ["EMPTIED", "emptied", "is_unassigned"]

EMPTIED = "its crimes stand under Unassigned"
"""Why such a partnership is left out."""

_FEW = 0.2
"""A partnership with less than this part of its force's middle one may have been emptied."""


def is_unassigned(name: str) -> bool:
    """Tell a row of crimes that belong to no partnership by its name.

    Examples
    --------
    >>> is_unassigned("Unassigned Kent"), is_unassigned("Ashford")
    (True, False)
    """
    return name.strip().lower().startswith("unassigned")


def emptied(counts: pd.DataFrame) -> frozenset[tuple[object, str]]:
    """Find the partnerships whose crimes stand under "Unassigned", by period.

    They have less than a fifth of what the middle partnership of their force has, while as much as
    that or more is not assigned to any.

    Parameters
    ----------
    counts
        ``when``, ``force``, ``csp`` (name, "Unassigned" with or without more) and ``count``; one
        row or several a partnership.

    Returns
    -------
    frozenset
        Pairs of ``when`` and ``csp``.

    Examples
    --------
    >>> rows = [("2024", "Kent", "Ashford", 90), ("2024", "Kent", "Dover", 9_000)]
    >>> rows += [("2024", "Kent", "Swale", 9_500), ("2024", "Kent", "Unassigned Kent", 10_000)]
    >>> emptied(pd.DataFrame(rows, columns=["when", "force", "csp", "count"]))
    frozenset({('2024', 'Ashford')})
    """
    known = counts.dropna(subset="count").assign(apart=counts["csp"].map(is_unassigned))
    sums = known.groupby(["when", "force", "csp", "apart"])["count"].sum().reset_index()
    found = set()
    for (when, _), rows in sums.groupby(["when", "force"]):
        named = rows[~rows["apart"]]
        middle = named["count"].median()
        if len(named) > 1 and rows.loc[rows["apart"], "count"].sum() >= middle:
            few = named.loc[named["count"] < _FEW * middle, "csp"]
            found |= {(when, str(csp)) for csp in few}
    return frozenset(found)
