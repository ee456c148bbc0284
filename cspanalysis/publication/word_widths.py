"""Widths of a table's columns in Word, as shares of the page.

Word breaks a word that is wider than its column, so no column is narrower than its longest word.
"""

from __future__ import annotations

from collections.abc import Sequence

from cspanalysis.publication.document import Node, column_lengths, least_lengths

__all__ = ["column_shares"]

# Shares of the width, in the order of what the columns need; the measure takes the rest.
_SHARES = {"count": 7.5, "percent": 9.0, "drawn": 17.5, "rate": 16.5, "outcome": 21.0}
_SHARES_OF_MORE = {
    "count": 7.5,
    "difference": 8.5,
    "force": 10.0,
    "percent": 9.0,
    "drawn": 17.5,
    "rate": 13.0,
    "outcome": 12.5,
}
_TARGET_SHARES = {"count": 10.0, "target": 12.5, "status": 19.5, "due": 10.5, "chart": 18.0}
# Letters of 9 points that the width of the page holds, and that the margins of a cell take.
_LINE, _MARGINS = 104, 1.6


def column_shares(
    kinds: Sequence[set[str]], table: Node, classes: Sequence[str]
) -> Sequence[float]:
    """Divide the width of the page among the columns of a table; the shares come to 1.

    Parameters
    ----------
    kinds
        Classes of each column's heading.
    table
        The table, as it is printed.
    classes
        Classes of the table.
    """
    more = any({"difference", "force"} & kind for kind in kinds)
    known = {"changes": _SHARES_OF_MORE if more else _SHARES, "targets": _TARGET_SHARES}
    chosen = next((known[name] for name in classes if name in known), None)
    if chosen is None or not any({"drawn", "chart"} & kind for kind in kinds):  # or cut shorter
        return _fitted(column_lengths(table), least_lengths(table))
    shares = [next((s for name, s in chosen.items() if name in kind), 0.0) for kind in kinds]
    rest = 100 - sum(shares)
    return [(share or rest) / 100 for share in shares]


def _fitted(lengths: Sequence[int], least: Sequence[int]) -> list[float]:
    """Give each column what it needs whole, and divide what is left by what the others lack.

    Examples
    --------
    >>> [round(share, 2) for share in _fitted([20, 20], [8, 8])]
    [0.5, 0.5]
    >>> [round(104 * share) for share in _fitted([48, 48, 48, 4], [12, 12, 12, 10])]
    [31, 31, 31, 12]
    """
    shares = [length / sum(lengths) for length in lengths]
    needs = [(letters + _MARGINS) / _LINE for letters in least]
    if all(share >= need for share, need in zip(shares, needs, strict=True)):
        return shares
    room = 1 - sum(needs)
    if room <= 0:
        return [need / sum(needs) for need in needs]
    lacks = [max(0, length - letters) for length, letters in zip(lengths, least, strict=True)]
    return [need + room * lack / (sum(lacks) or 1) for need, lack in zip(needs, lacks, strict=True)]
