"""Confidence intervals for a count, a proportion, and a difference of proportions."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from cspanalysis.methods._lines import (
    Floats,
    Values,
    align,
    check_confidence,
    check_counts,
    check_not_negative,
    normal_quantile,
    refuse,
)

__all__ = ["dispersed_interval", "newcombe_interval", "poisson_interval", "wilson_interval"]

BYAR_FROM = 10
"""Smallest count for which Byar's approximation stands in for the exact limits."""


def poisson_interval(
    count: Values, *, confidence: float = 0.95, method: Literal["byar", "exact"] = "byar"
) -> tuple[Any, Any]:
    """Give the limits of the mean of a Poisson count.

    Byar's approximation, from a count O of 10::

        L = O (1 - 1/(9 O) - z/(3 sqrt O))^3
        U = (O+1) (1 - 1/(9 (O+1)) + z/(3 sqrt(O+1)))^3

    Below 10, and always with ``method="exact"``, Garwood's exact limits:
    ``chi2(a/2, 2 O)/2`` (0 at O = 0) and ``chi2(1 - a/2, 2 O + 2)/2``, a = 1 - confidence.

    Parameters
    ----------
    count
        Whole numbers from 0: one, an array, or a Series. Missing stays missing.
    confidence
        Two-sided confidence, between 0 and 1.
    method
        ``"byar"``, or ``"exact"`` at any count.

    Returns
    -------
    tuple
        Lower and upper limit, each in the form of ``count`` (number, array, Series).

    Raises
    ------
    ValueError
        A count is negative, fractional or infinite (its position is named), or an option is off.

    Notes
    -----
    Below a count of 10 Byar's approximation can't be had by name either: for a count of 1 it gives
    a lower limit half as high as it should be at 95 %, and one below 0 at 99.8 %. Software that
    offers it there gives other numbers.

    References
    ----------
    Breslow, Day (1987), Statistical methods in cancer research, volume II, p. 69; Garwood (1936),
    Fiducial limits for the Poisson distribution, Biometrika 28.

    Examples
    --------
    >>> lower, upper = poisson_interval(17)
    >>> round(lower, 2), round(upper, 2)
    (9.9, 27.22)
    """
    if method not in ("byar", "exact"):
        raise ValueError(f"method: '{method}'; write 'byar' or 'exact'")
    lines = align(count=count)
    (observed,) = lines.arrays
    check_counts(count=observed)
    lower, upper = poisson_limits(observed, confidence=confidence, method=method)
    return lines.give(lower), lines.give(upper)


def dispersed_interval(
    count: Values, *, dispersion: float, confidence: float = 0.95
) -> tuple[Any, Any]:
    """Give the limits of the mean of a count that varies more than a Poisson count.

    With a dispersion phi above 1 the count O is taken as phi times a Poisson count, so that its
    variance is phi times its mean, and the limits are phi times those that `poisson_interval`
    would give O/phi. With 1 or less they are its limits of O.

    Parameters
    ----------
    count
        Whole numbers from 0: one, an array, or a Series. Missing stays missing.
    dispersion
        How much more than Poisson counts such counts vary (see `count_noise`); where it is
        missing, so are the limits.
    confidence
        Two-sided confidence, between 0 and 1.

    Returns
    -------
    tuple
        Lower and upper limit, each in the form of ``count`` (number, array, Series).

    Raises
    ------
    ValueError
        A count is negative, fractional or infinite (its position is named), the dispersion is
        negative or infinite, or the confidence is off.

    References
    ----------
    McCullagh, Nelder (1989), Generalized linear models, section 6.2.3.

    Examples
    --------
    >>> lower, upper = dispersed_interval(68, dispersion=4)
    >>> round(lower, 2), round(upper, 2)
    (39.59, 108.88)
    """
    lines = align(count=count)
    (observed,) = lines.arrays
    check_counts(count=observed)
    check_not_negative(dispersion=np.asarray([dispersion], dtype=np.float64))
    phi = float(np.maximum(1.0, dispersion))  # a missing one stays missing
    lower, upper = poisson_limits(observed / phi, confidence=confidence)
    return lines.give(phi * lower), lines.give(phi * upper)


def poisson_limits(
    observed: Floats, *, confidence: float, method: str = "byar"
) -> tuple[Floats, Floats]:
    """Give the limits of checked counts, as arrays."""
    lower, upper = garwood_limits(observed, confidence=confidence)
    if method == "exact":
        return lower, upper
    byar_lower, byar_upper = _byar_limits(observed, z=normal_quantile(confidence))
    many = observed >= BYAR_FROM
    return np.where(many, byar_lower, lower), np.where(many, byar_upper, upper)


def _byar_limits(observed: Floats, *, z: float) -> tuple[Floats, Floats]:
    base = np.maximum(observed, 1.0)  # smaller counts take the exact limits
    more = observed + 1
    lower = base * (1 - 1 / (9 * base) - z / (3 * np.sqrt(base))) ** 3
    upper = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    return lower, upper


def garwood_limits(observed: Floats, *, confidence: float) -> tuple[Floats, Floats]:
    """Give the exact limits of a Poisson mean, also for amounts that are not whole."""
    from scipy.special import gammainccinv, gammaincinv

    check_confidence(confidence)
    tail = (1 - confidence) / 2
    # chi2(p, 2k)/2 is the p-quantile of a gamma variable of shape k
    lower = np.where(observed == 0, 0.0, gammaincinv(np.where(observed == 0, 1, observed), tail))
    return lower, np.asarray(gammainccinv(observed + 1, tail), dtype=np.float64)


def wilson_interval(
    successes: Values, trials: Values, *, confidence: float = 0.95
) -> tuple[Any, Any]:
    """Give Wilson's score limits of a proportion.

    ``(2x + z^2 -+ z sqrt(z^2 + 4x(1 - x/n))) / (2(n + z^2))`` for x successes of n trials.

    Parameters
    ----------
    successes, trials
        Numbers from 0 with successes <= trials; they need not be whole, so that an effective
        sample size can be used. No trials, or a missing value, gives missing limits.
    confidence
        Two-sided confidence, between 0 and 1.

    Returns
    -------
    tuple
        Lower and upper limit between 0 and 1, each in the form of the inputs.

    Raises
    ------
    ValueError
        A value is negative or infinite, or successes exceed trials (the position is named).

    References
    ----------
    Wilson (1927), J. Am. Stat. Assoc. 22; Newcombe (1998), Statistics in Medicine 17, 857-872.

    Examples
    --------
    >>> lower, upper = wilson_interval(29, 107)
    >>> round(lower, 3), round(upper, 3)
    (0.196, 0.362)
    """
    lines = align(successes=successes, trials=trials)
    hits, of = lines.arrays
    check_proportion("successes", hits, "trials", of)
    lower, upper = wilson_limits(hits, of, confidence=confidence)
    return lines.give(lower), lines.give(upper)


def check_proportion(part: str, hits: Floats, whole: str, of: Floats) -> None:
    """Refuse negative amounts and a part larger than its whole."""
    check_not_negative(**{part: hits, whole: of})
    refuse(part, hits, hits > of, f"exceeds {whole}; a part can't exceed its whole")


def wilson_limits(hits: Floats, of: Floats, *, confidence: float) -> tuple[Floats, Floats]:
    """Give Wilson's limits of checked amounts, as arrays."""
    z = normal_quantile(confidence)
    n = np.where(of > 0, of, np.nan)
    middle, reach = 2 * hits + z**2, z * np.sqrt(z**2 + 4 * hits * (1 - hits / n))
    lower, upper = (middle - reach) / (2 * (n + z**2)), (middle + reach) / (2 * (n + z**2))
    # at the ends the limit is 0 or 1 but for rounding
    return np.where(hits == 0, 0 * lower, lower), np.where(hits == n, 1.0, upper)


def newcombe_interval(
    x1: Values, n1: Values, x2: Values, n2: Values, *, confidence: float = 0.95
) -> tuple[Any, Any]:
    """Give the limits of the difference x1/n1 - x2/n2 of two independent proportions.

    Newcombe's method 10: with Wilson's limits (l, u) of each proportion p::

        lower = p1 - p2 - sqrt((p1 - l1)^2 + (u2 - p2)^2)
        upper = p1 - p2 + sqrt((u1 - p1)^2 + (p2 - l2)^2)

    Parameters
    ----------
    x1, n1, x2, n2
        Successes and trials of both, as in `wilson_interval`.
    confidence
        Two-sided confidence, between 0 and 1.

    Returns
    -------
    tuple
        Lower and upper limit between -1 and 1, each in the form of the inputs.

    Raises
    ------
    ValueError
        A value is negative or infinite, or successes exceed trials (the position is named).

    References
    ----------
    Newcombe (1998), Interval estimation for the difference between independent proportions,
    Statistics in Medicine 17, 873-890.

    Examples
    --------
    >>> lower, upper = newcombe_interval(56, 70, 48, 80)
    >>> round(lower, 4), round(upper, 4)
    (0.0524, 0.3339)
    """
    lines = align(x1=x1, n1=n1, x2=x2, n2=n2)
    a, m, b, n = lines.arrays
    check_proportion("x1", a, "n1", m)
    check_proportion("x2", b, "n2", n)
    p, (p_low, p_high) = _share(a, m), wilson_limits(a, m, confidence=confidence)
    q, (q_low, q_high) = _share(b, n), wilson_limits(b, n, confidence=confidence)
    lower = p - q - np.hypot(p - p_low, q_high - q)
    upper = p - q + np.hypot(p_high - p, q - q_low)
    return lines.give(lower), lines.give(upper)


def _share(part: Floats, whole: Floats) -> Floats:
    return part / np.where(whole > 0, whole, np.nan)
