"""Which counts of small places may be shown, so that none of the small ones can be worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cspanalysis.disclosure.rules import THRESHOLD

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["bounds", "class_breaks", "shown_counts", "tells_too_much"]

_STEPS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_QUANTILES = (0.5, 0.87)
_WIDEN = 1.5


def shown_counts(counts: pd.DataFrame, *, threshold: int = THRESHOLD) -> pd.DataFrame:
    """Take small counts by place out, and others that would give them away.

    The total of each column is taken to be published. Columns are suppressed one by one: counts
    of two periods do not add up to anything that is shown.

    Parameters
    ----------
    counts
        Whole counts, one row a place, one column a period.
    threshold
        Counts from 1 to below this are small.

    Returns
    -------
    DataFrame
        The same, ``Int64``; what is suppressed is missing. A column whose total is too small to
        hide anything behind is missing throughout.

    References
    ----------
    `cspanalysis.methods.suppress`.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"2023": [3, 40, 25, 0]}, index=["a", "b", "c", "d"])
    >>> shown_counts(table)["2023"].tolist()
    [<NA>, 40, <NA>, 0]
    """
    from cspanalysis.methods import suppress

    shown = counts.astype("Int64")
    for column in counts:
        published = suppress(counts[[column]].astype("int64"), threshold=threshold)[column]
        hidden = published.isna()
        shown[column] = shown[column].mask(hidden.iloc[:-1] | bool(hidden.iloc[-1]))
    return shown


def class_breaks(counts: Sequence[int], *, least: int = THRESHOLD) -> tuple[int, ...]:
    """Choose the breaks of the classes of a map, as round numbers.

    The first class ends near the median of all places, but not below `least`; of the places above
    it, the next class holds about half and the last about an eighth. Breaks lie
    well apart, so that no class is narrow.

    Parameters
    ----------
    counts
        One count a place.
    least
        Where the second class begins at the lowest, from the threshold, so that the first class
        holds every small count.

    Returns
    -------
    tuple of int
        Where the second class and each further one begins, rising. Classes without a place are
        left out.

    Examples
    --------
    >>> class_breaks([0, 1, 2, 3, 5, 6, 8, 9, 14, 50])
    (5, 8, 25)
    """
    import numpy as np

    found = np.asarray(counts, dtype=float)
    first = max(least, _rounded(float(np.median(found))))
    above = found[found >= first]
    if not above.size:
        return ()
    edges = [first] if (found < first).any() else []
    for quantile in np.quantile(above, _QUANTILES):
        below = edges[-1] if edges else 0
        edge = _rounded(max(float(quantile), _WIDEN * below))
        if (found >= edge).any() and ((found >= below) & (found < edge)).any():
            edges.append(edge)
    return tuple(edges)


def bounds(
    limits: Mapping[str, tuple[float, float]], *, sums: Mapping[str, tuple[Sequence[str], int]]
) -> dict[str, tuple[float, float]]:
    """Work out, as an outsider would, within which limits each count must lie.

    ``max(lower_i, T - sum of the others' upper)`` to ``min(upper_i, T - sum of the others'
    lower)`` for a sum T. For sums that share no place these limits are the tightest there are.

    Parameters
    ----------
    limits
        What is shown of each place: the limits of its class, or twice its count. An upper limit
        may be infinite.
    sums
        Published sums by name: the places in them, and what they add up to. No place is in two.

    Examples
    --------
    >>> bounds({"a": (0, 4), "b": (5, 9)}, sums={"both": (["a", "b"], 7)})
    {'a': (0, 2), 'b': (5, 7)}
    """
    found = dict(limits)
    for places, total in sums.values():
        for place in places:
            others = [limits[other] for other in places if other != place]
            lower, upper = limits[place]
            found[place] = (
                max(lower, total - sum(high for _, high in others)),
                min(upper, total - sum(low for low, _ in others)),
            )
    return found


def tells_too_much(
    counts: Mapping[str, int],
    limits: Mapping[str, tuple[float, float]],
    *,
    sums: Mapping[str, tuple[Sequence[str], int]],
    threshold: int = THRESHOLD,
) -> bool:
    """Tell whether a small count can be narrowed down to fewer values than the threshold.

    Parameters
    ----------
    counts
        The counts themselves.
    limits, sums
        What is shown of them; see `bounds`.
    threshold
        Counts from 1 to below this are small.
    """
    known = bounds(limits, sums=sums)
    return any(
        known[place][1] - known[place][0] + 1 < threshold
        for place, count in counts.items()
        if 0 < count < threshold
    )


def _rounded(value: float) -> int:
    """Round to a number that people like: 1, 1.5, 2, 2.5, 3 ... times a power of ten."""
    if value < 1:
        return 0
    power = 10 ** (len(str(int(value))) - 1)
    return int(min((step * power for step in _STEPS), key=lambda step: abs(step - value)))
