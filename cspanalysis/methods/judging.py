"""Judging: the word of a comparison, and the smallest change that it would have shown."""

from __future__ import annotations

from typing import Any

import numpy as np

from cspanalysis.methods._lines import Values, align, check_not_negative
from cspanalysis.methods.comparison import FREE, finite_freedom

__all__ = ["smallest_change", "verdict"]

STEADY = 0.9, 1.11
"""An interval inside these hides no change that matters."""

NOWHERE = -3.0
"""Log of a ratio beyond which no fall would show: the iteration for one then has no end."""


def verdict(
    p_value: Values,
    p_adjusted: Values,
    ratio: Values,
    *,
    lower: Values = None,
    upper: Values = None,
    alpha: float = 0.05,
) -> Any:
    """Say of compared lines whether they are higher, lower, steady, or whether one can't tell.

    * ``higher``, ``lower``: the adjusted p is below alpha;
    * ``possibly higher``, ``possibly lower``: the line's own p is below alpha, the adjusted not;
    * ``steady``: the interval of the ratio lies inside 0.9 to 1.11, so that no change that matters
      is hidden in it;
    * ``can't tell``: anything else.

    Parameters
    ----------
    p_value, p_adjusted
        Each line's own p and its adjusted one (see `adjust`).
    ratio
        Ratios after to before (see `compare`).
    lower, upper
        Their limits; without them no line is steady.
    alpha
        A word of change needs a p strictly below alpha.

    Returns
    -------
    str, array or Series
        In the form of the inputs; None where the p-value is missing.

    Examples
    --------
    >>> verdict(0.001, 0.014, 1.49), verdict(0.02, 0.3, 0.7)
    ('higher', 'possibly lower')
    >>> verdict(0.9, 0.9, 0.99, lower=0.91, upper=1.09), verdict(0.1, 0.9, 2.1)
    ('steady', "can't tell")
    """
    lines = align(p_value=p_value, p_adjusted=p_adjusted, ratio=ratio, lower=lower, upper=upper)
    p, adjusted, ratios, low, high = lines.arrays
    moved = (ratios != 1) & ~np.isnan(ratios)
    side = np.where(ratios > 1, "higher", "lower")
    words = np.select(
        [moved & (adjusted < alpha), moved & (p < alpha), (low >= STEADY[0]) & (high <= STEADY[1])],
        [side, np.char.add("possibly ", side), "steady"],
        "can't tell",
    ).astype(object)
    words[np.isnan(p)] = None
    return lines.give(words)


def smallest_change(
    count: Values,
    *,
    noise: Values = 1.0,
    freedom: Values = FREE,
    exposure: float = 1.0,
    way: str = "up",
) -> Any:
    """Give the smallest change that a comparison would have shown: the ratio with a power of 80 %.

    ``rho = exp(+- (t_0.975 + t_0.8) sqrt(V (1/b + 1/(b rho))))``, iterated, of a count b before.

    Parameters
    ----------
    count
        Counts before, from 0.
    noise, freedom
        Noise V and its degrees of freedom (see `count_noise`).
    exposure
        Exposure after over exposure before: how many times as long the later period is.
    way
        ``"up"`` for a rise, ``"down"`` for a fall.

    Returns
    -------
    number, array or Series
        Ratios in the form of the counts: above 1 upwards, below 1 downwards; missing where no
        change would show (of nothing; downwards where the count is below about 17 V).

    Raises
    ------
    ValueError
        A count or noise is negative, or ``way`` is neither.

    References
    ----------
    Lehr (1992), Statistics in Medicine 11, on sizes that a test sees with 80 % power.

    Examples
    --------
    >>> [round(smallest_change(258, noise=3.9, way=way), 2) for way in ("up", "down")]
    [1.56, 0.56]
    """
    if way not in ("up", "down"):
        raise ValueError(f"way: {way!r} is neither 'up' nor 'down'")
    from scipy.special import stdtrit

    lines = align(count=count, noise=noise, freedom=finite_freedom(freedom))
    b, v, free = lines.arrays
    check_not_negative(count=b, noise=v)
    reach = stdtrit(free, 0.975) + stdtrit(free, 0.8)
    base = np.where(b > 0, b, np.nan)
    sign = 1 if way == "up" else -1
    log_ratio = np.zeros_like(base)
    for _ in range(200):
        before = log_ratio
        later = base * exposure * np.exp(before)
        log_ratio = sign * reach * np.sqrt(np.maximum(v, 1) * (1 / base + 1 / later))
        log_ratio = np.where(log_ratio < NOWHERE, np.nan, log_ratio)
        if np.array_equal(log_ratio, before, equal_nan=True):
            break  # each further step would give the same
    return lines.give(np.exp(log_ratio))
