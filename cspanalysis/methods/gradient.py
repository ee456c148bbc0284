"""Say how a rate climbs from the least to the most deprived places: the slope index."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from cspanalysis.methods._inputs import amounts

__all__ = ["slope_index"]

_FEWEST = 10


def slope_index(
    counts: Any, people: Any, rank: Any, *, per: float = 1000, confidence: float = 0.95
) -> pd.Series:
    """Measure how a rate climbs with deprivation: slope index and relative index of inequality.

    Places stand in the order of their rank; x of a place is the share of people in more deprived
    ones and half its own, 0 for the most deprived person and 1 for the least. A line through the
    rates r, weighted by people w, gives ``slope index = r(0) - r(1)`` and ``relative index =
    r(0) / r(1)``; its variance is ``s^2 (X'WX)^-1`` with ``s^2 = sum(w e^2) / (n - 2)``, so that
    counts may vary more than by chance; limits are Student's with n - 2 degrees of freedom.

    Parameters
    ----------
    counts, people
        One amount a place; people above 0.
    rank
        Of deprivation, 1 for the most deprived place; ties share their ground.
    per
        People that a rate is per.
    confidence
        Of the interval.

    Returns
    -------
    pandas.Series
        ``slope`` with ``lower`` and ``upper`` (per so many people, above 0 where the most deprived
        have more), ``relative`` (missing where the line reaches 0 at the least deprived),
        ``most`` and ``least`` (the rates at both ends of the line), ``p_value`` of no slope, and
        ``places``.

    Raises
    ------
    ValueError
        If lengths differ, an amount is missing or negative, nobody lives in a place, there are
        fewer than ten places, or all have one rank.

    References
    ----------
    Pamuk, E. R. (1985). Social class inequality in mortality from 1921 to 1972 in England and
    Wales. Population Studies 39, 17-31; Mackenbach, J. P. and Kunst, A. E. (1997), Social Science
    and Medicine 44, 757-771.

    Examples
    --------
    >>> found = slope_index([20, 18, 16, 14, 12, 10, 8, 6, 4, 2], [1000] * 10, range(1, 11))
    >>> float(found["slope"].round(6)), float(found["most"].round(6)), int(found["places"])
    (20.0, 21.0, 10)
    """
    from scipy import stats

    number = amounts(counts, "counts")
    weights, order = amounts(people, "people"), amounts(rank, "rank")
    if not len(number) == len(weights) == len(order):
        raise ValueError("counts, people and rank: lengths differ; give one of each a place")
    if len(number) < _FEWEST or (weights <= 0).any() or np.ptp(order) == 0:
        raise ValueError(
            f"people and rank: give {_FEWEST} places or more, each with people, and several ranks"
        )
    at = _positions(weights, order)
    rates = per * number / weights
    design = np.column_stack([np.ones_like(at), at])
    inverse = np.linalg.inv(design.T @ (weights[:, None] * design))
    line = inverse @ (design.T @ (weights * rates))
    left = rates - design @ line
    freedom = len(number) - 2
    error = float(np.sqrt(np.sum(weights * left**2) / freedom * inverse[1, 1]))
    most, least = float(line[0]), float(line[0] + line[1])
    slope, wide = most - least, float(stats.t.ppf(0.5 + confidence / 2, freedom)) * error
    p_value = 2 * float(stats.t.sf(abs(slope) / error, freedom)) if error > 0 else float(slope == 0)
    return pd.Series(
        {
            "slope": slope,
            "lower": slope - wide,
            "upper": slope + wide,
            "relative": most / least if least > 0 and most > 0 else float("nan"),
            "most": most,
            "least": least,
            "p_value": p_value,
            "places": float(len(number)),
        }
    )


def _positions(people: Any, rank: Any) -> Any:
    """Give the share of people in places of lower rank, and half of those of the same."""
    held = pd.Series(people).groupby(rank).sum()
    middle = (held.cumsum() - held / 2) / held.sum()
    return middle.loc[rank].to_numpy()
