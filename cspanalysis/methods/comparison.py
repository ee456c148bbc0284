"""Comparisons: whether a count is higher or lower than another one, beyond chance."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from cspanalysis.methods._conditional import odds_limits, two_sided_p
from cspanalysis.methods._lines import (
    Floats,
    Values,
    align,
    check_confidence,
    check_counts,
    check_not_negative,
    check_positive,
    normal_quantile,
    refuse,
)

__all__ = ["Dispersion", "adjust", "compare", "dispersion"]

FREE = math.inf
MOST_FREE = 1e9

FEW = 30
"""Where the smaller count is below this, the share after is taken as Beta."""


class Dispersion(NamedTuple):
    """Hold a dispersion factor and the probability of one as large by chance alone."""

    phi: float
    p_value: float


def compare(
    before: Values,
    after: Values,
    *,
    exposure_before: Values = 1.0,
    exposure_after: Values = 1.0,
    dispersion: Values = 1.0,
    freedom: Values = FREE,
    doubt: Values = 0.0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Compare two counts, line by line: change, ratio with its interval, and p-value.

    The ratio is ``(after / exposure_after) / (before / exposure_before)``. With a dispersion of 1
    the counts are taken as Poisson and compared exactly: given N = before + after, ``after`` is
    Binomial(N, exposure_after / (exposure_before + exposure_after)) where nothing changed. The
    two-sided p sums all outcomes no likelier than the observed one; the limits of the ratio are
    Clopper-Pearson's p/(1-p) times exposure_before / exposure_after.

    With a noise V above 1 (see `count_noise`)::

        s^2 = V (1/before + 1/after) + doubt^2

    and ln(ratio)/s is taken as Student's t with ``freedom`` degrees of freedom (normal where that
    is infinite), the limits as ``ratio exp(-+ t s)``; where one of the counts is 0, half is added
    to both. Where the smaller count is below 30 the share after is taken as
    ``Beta(after/V + 1/2, before/V + 1/2)``, V raised by what the doubt adds: p is twice the smaller
    tail at exposure_after / (exposure_before + exposure_after), the limits are its quantiles.

    Parameters
    ----------
    before, after
        Whole numbers from 0, of any size. A missing count gives a missing line.
    exposure_before, exposure_after
        What the counts arose in, above 0: days, or persons, or both multiplied. Periods of unequal
        length (a leap year, 90 days against 92) are compared per unit of exposure.
    dispersion
        The noise V: one factor for all lines, or one a line. 1 or less means Poisson. Missing means
        unknown: the line then has its change and ratio, but no limits and no p-value.
    freedom
        Degrees of freedom of the noise, above 0; infinite where it is known.
    doubt
        Standard error of the log of the exposures' ratio, from 0: what allowing for records without
        a location adds.
    confidence
        Two-sided confidence of the limits, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row a line, with the index of the Series given:

        * ``change``: after - before, and ``percent_change``: 100 (after - before) / before, both
          of the counts as they stand, whatever the exposures; the percentage is missing from 0;
        * ``ratio``: per exposure; infinite from 0 to more than 0, missing from 0 to 0;
        * ``lower``, ``upper``: its limits (0 and infinity where both counts are 0);
        * ``p_value``: two-sided; 1 where both counts are 0;
        * ``method``: ``"exact"``, ``"dispersed"`` (t) or ``"beta"``, missing where there is no
          p-value.

    Raises
    ------
    ValueError
        A count is negative or fractional, a dispersion or a doubt negative, or an exposure or the
        freedom not above 0 (the position is named).

    References
    ----------
    Przyborowski, Wilenski (1940), Biometrika 31; Clopper, Pearson (1934), Biometrika 26;
    McCullagh, Nelder (1989), Generalized linear models, section 6.2.3; Brown, Cai, DasGupta (2001),
    Statistical Science 16, on the Beta of a share (Jeffreys).

    Examples
    --------
    Robbery "up 112.5 %" is 8 to 17:

    >>> compare(8, 17).drop(columns="method").round(3)
       change  percent_change  ratio  lower  upper  p_value
    0     9.0           112.5  2.125  0.869  5.689    0.108
    """
    check_confidence(confidence)
    lines = align(
        before=before,
        after=after,
        exposure_before=exposure_before,
        exposure_after=exposure_after,
        dispersion=dispersion,
        freedom=finite_freedom(freedom),
        doubt=doubt,
    )
    b, a, t_before, t_after, phi, free, unsure = lines.arrays
    check_counts(before=b, after=a)
    check_positive(exposure_before=t_before, exposure_after=t_after, freedom=free)
    check_not_negative(dispersion=phi, doubt=unsure)
    relative = t_before / t_after
    noise = _with_doubt(b, a, phi, unsure)
    which = np.select([noise <= 1, np.minimum(b, a) < FEW], ["exact", "beta"], "dispersed")
    results = {
        "exact": _exact(b, a, relative, confidence=confidence),
        "beta": _beta(b, a, relative, noise, confidence=confidence),
        "dispersed": _dispersed(b, a, relative, noise, free, confidence=confidence),
    }
    untested = np.isnan(b + a + relative + phi + unsure)
    tested = {
        key: np.where(
            untested, np.nan, np.choose(_choice(which), [r[key] for r in results.values()])
        )
        for key in ("lower", "upper", "p_value")
    }
    method = pd.Series(which, index=lines.index).mask(untested)
    return lines.frame(_changes(b, a, relative) | tested | {"method": method})


def finite_freedom(freedom: Values) -> Values:
    """Write an infinite number of degrees of freedom as one that makes t normal."""
    if isinstance(freedom, pd.Series):
        return freedom.clip(upper=MOST_FREE)
    return np.minimum(np.asarray(freedom, dtype=np.float64), MOST_FREE)


def _choice(which: Any) -> Any:
    return np.select([which == "exact", which == "beta"], [0, 1], 2)


def _with_doubt(before: Floats, after: Floats, noise: Floats, doubt: Floats) -> Floats:
    """Raise the noise by what a doubtful ratio of exposures adds to the variance."""
    b, a = _never_nought(before, after)
    return np.maximum(noise, 1) + doubt**2 / (1 / b + 1 / a)


def _never_nought(before: Floats, after: Floats) -> tuple[Floats, Floats]:
    half = np.where((before == 0) | (after == 0), 0.5, 0.0)
    return before + half, after + half


def _changes(before: Floats, after: Floats, relative: Floats) -> dict[str, Floats]:
    base = np.where(before > 0, before, np.nan)
    ratio = np.where((before == 0) & (after > 0), np.inf, after / base) * relative
    change = after - before
    return {"change": change, "percent_change": 100 * change / base, "ratio": ratio}


def _exact(
    before: Floats, after: Floats, relative: Floats, *, confidence: float
) -> dict[str, Floats]:
    n = np.nan_to_num(before + after)
    k = np.where(n > 0, np.nan_to_num(after), 0)
    relative = np.where(np.isnan(relative), 1, relative)
    lower, upper = odds_limits(k, n, confidence=confidence)
    p_value = two_sided_p(k, n, 1 / (1 + relative))
    return {"lower": lower * relative, "upper": upper * relative, "p_value": p_value}


def _beta(
    before: Floats, after: Floats, relative: Floats, noise: Floats, *, confidence: float
) -> dict[str, Floats]:
    from scipy.special import betainc, betaincinv

    shape_after, shape_before = after / noise + 0.5, before / noise + 0.5
    tail = (1 - confidence) / 2
    below = betainc(shape_after, shape_before, 1 / (1 + relative))
    nothing = before + after == 0
    low, high = (betaincinv(shape_after, shape_before, q) for q in (tail, 1 - tail))
    return {
        "lower": np.where(nothing, 0.0, low / (1 - low) * relative),
        "upper": np.where(nothing, np.inf, high / (1 - high) * relative),
        "p_value": np.where(nothing, 1.0, np.minimum(1, 2 * np.minimum(below, 1 - below))),
    }


def _dispersed(
    before: Floats,
    after: Floats,
    relative: Floats,
    noise: Floats,
    freedom: Floats,
    *,
    confidence: float,
) -> dict[str, Floats]:
    from scipy.special import erfc, stdtr, stdtrit

    b, a = _never_nought(before, after)
    log_ratio, error = np.log(a / b * relative), np.sqrt(noise * (1 / b + 1 / a))
    known = freedom >= MOST_FREE
    quantile = stdtrit(freedom, (1 + confidence) / 2)
    reach = np.where(known, normal_quantile(confidence), quantile) * error
    score = np.abs(log_ratio) / error
    p_value = np.where(known, erfc(score / np.sqrt(2)), 2 * stdtr(freedom, -score))
    nothing = before + after == 0
    return {
        "lower": np.where(nothing, 0.0, np.exp(log_ratio - reach)),
        "upper": np.where(nothing, np.inf, np.exp(log_ratio + reach)),
        "p_value": np.where(nothing, 1.0, p_value),
    }


def dispersion(counts: Values) -> Dispersion:
    """Measure how much more counts vary than Poisson counts of one mean would.

    ``D = (n - 1) s^2 / mean`` is compared with chi-square on n - 1 degrees of freedom (Fisher's
    index of dispersion), ``phi = D / (n - 1)``. Season and trend count as variation here; for
    comparing periods see `count_noise`.

    Parameters
    ----------
    counts
        Whole numbers from 0, in any order; missing ones are left out.

    Returns
    -------
    Dispersion
        ``phi`` (1 for Poisson counts, below 1 for steadier ones) and ``p_value``, the probability
        of a phi as large. Both are missing with fewer than two counts or where all are 0.

    Raises
    ------
    ValueError
        A count is negative or fractional (its position is named).

    References
    ----------
    Fisher, Thornton, Mackenzie (1922), Annals of Applied Biology 9.

    Examples
    --------
    >>> phi, p_value = dispersion([2, 4, 6, 8])
    >>> round(phi, 3), round(p_value, 3)
    (1.333, 0.261)
    """
    from scipy.special import chdtrc

    (observed,) = align(counts=counts).arrays
    check_counts(counts=observed)
    known = observed[~np.isnan(observed)]
    if len(known) < 2 or not known.any():
        return Dispersion(float("nan"), float("nan"))
    phi = float(known.var(ddof=1) / known.mean())
    freedom = len(known) - 1
    return Dispersion(phi, float(chdtrc(freedom, freedom * phi)))


def adjust(p_values: Values) -> Any:
    """Adjust p-values for their number, after Benjamini and Hochberg.

    The adjusted p of rank i among m is ``min over j >= i of (p_j m / j)``, at most 1. Calling
    "different" where it is below 0.05 keeps the expected share of false ones below 5 %.

    Parameters
    ----------
    p_values
        Numbers from 0 to 1; missing ones stay missing and do not count.

    Returns
    -------
    number, array or Series
        The adjusted p-values in the order and form given.

    Raises
    ------
    ValueError
        A value is not between 0 and 1 (its position is named).

    References
    ----------
    Benjamini, Hochberg (1995), J. R. Statist. Soc. B 57, 289-300.

    Examples
    --------
    >>> adjust([0.01, 0.04, 0.03, 0.8]).round(3).tolist()
    [0.04, 0.053, 0.053, 0.8]
    """
    lines = align(p_values=p_values)
    (p,) = lines.arrays
    refuse("p_values", p, (p < 0) | (p > 1), "is not between 0 and 1")
    adjusted = np.full_like(p, np.nan)
    order = np.argsort(p)[: np.count_nonzero(~np.isnan(p))]  # missing values sort last
    scaled = p[order] * len(order) / np.arange(1, len(order) + 1)
    # the largest scaled value is its p, so nothing exceeds 1
    adjusted[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    return lines.give(adjusted)
