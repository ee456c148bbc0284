"""How much the counts of one area vary by themselves, learned from its own monthly history."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cspanalysis.methods._lines import Floats, Values, align, check_counts
from cspanalysis.methods.harmonics import LEAST_MONTHS, calendar, design, fit

__all__ = ["HistoryDispersion", "history_dispersion"]

PERSISTENCE = 0.7
"""How fast the correlation of months fades: a factor for every further month apart."""

SHRINKAGE = 0.5
"""How much of a series' own correlation is believed; some 30 months tell little about it."""


class HistoryDispersion(NamedTuple):
    """Hold the dispersion factor for comparing totals of months, and how it came about.

    ``phi`` is for `compare`; ``monthly`` is the dispersion of single months and
    ``autocorrelation`` that of neighbouring months, both with season and trend removed; ``reason``
    says why they are missing, and is empty where they are not.
    """

    phi: float
    monthly: float
    autocorrelation: float
    reason: str = ""


def history_dispersion(monthly: Values, *, months: int = 12) -> HistoryDispersion:
    """Estimate the dispersion of totals over some months from the monthly counts of one area.

    A quasi-Poisson model of the months with a season (two harmonics of the year), a log-linear
    trend and the days of each month leaves Pearson residuals e::

        monthly = sum e^2 / (n - parameters)
        r = sum e_t e_(t+1) / sum e_t^2, less its expectation for independent months
        phi = max(1, monthly (1 + 2 r' sum over j < months of (1 - j/months) 0.7^(j-1)) (t/z)^2)

    where r' is half of r, at least 0 and at most 0.5, and t and z are the 97.5 % quantiles of
    Student's (n - parameters degrees of freedom) and of the normal distribution: as the dispersion
    is itself an estimate, 95 % limits that take it for known would be too narrow. The sum is how
    much neighbouring months that move together widen a total; half of r and the persistence of 0.7
    were chosen by simulation. Totals of unchanged Bedfordshire series are called changed in 3 to 6
    of 100 comparisons, for each kind of area and length of period, where the plain Poisson test
    calls 14 to 30 so (``benchmarks/calibration``).

    Parameters
    ----------
    monthly
        Whole numbers from 0, one a month in order of time. The index of a Series (``PeriodIndex``
        or ``DatetimeIndex``) says which months they are; otherwise they are taken as successive
        months of equal length. Missing months are left out.
    months
        How many months each of the compared periods has.

    Returns
    -------
    HistoryDispersion
        With fewer than 24 known months, or no count at all, the numbers are missing and ``reason``
        says so. With less than one count a month on average only a level is fitted.

    Raises
    ------
    ValueError
        A count is negative or fractional, two counts are of one month, or ``months`` is below 1.

    Notes
    -----
    The trend belongs to what is removed: a steady rise is change, not noise. A step between the
    periods is partly taken as noise, which makes the comparison cautious.

    References
    ----------
    McCullagh, Nelder (1989), Generalized linear models, section 4.5; Bayley, Hammersley (1946), The
    effective number of independent observations in an autocorrelated time series.

    Examples
    --------
    >>> history_dispersion([12, 15, 11]).reason
    '3 known months, fewer than 24'
    """
    if months < 1:
        raise ValueError(f"months: {months}; give 1 or more")
    (observed,) = align(monthly=monthly).arrays
    check_counts(monthly=observed)
    position, days = calendar(monthly, len(observed), name="monthly")
    known = ~np.isnan(observed)
    counts, position, days = observed[known], position[known], days[known]
    if len(counts) < LEAST_MONTHS:
        return _unknown(f"{len(counts)} known months, fewer than {LEAST_MONTHS}")
    if not counts.any():
        return _unknown("no count in any month")
    columns = design(position) if counts.mean() >= 1 else np.ones((len(counts), 1))
    expected = fit(columns, counts, np.log(days))
    residual = (counts - expected) / np.sqrt(expected)
    freedom = len(counts) - columns.shape[1]
    spread = float(residual @ residual) / freedom
    correlation = _correlation(residual, position, columns * np.sqrt(expected)[:, None])
    phi = max(1.0, spread * _widening(correlation, months) * _as_student(freedom))
    return HistoryDispersion(phi, spread, correlation)


def _unknown(reason: str) -> HistoryDispersion:
    return HistoryDispersion(float("nan"), float("nan"), float("nan"), reason)


def _correlation(residual: Floats, position: Floats, weighted_design: Floats) -> float:
    """Correlate neighbouring months, less what fitting brings about in independent ones."""
    neighbours = (position[:, None] - position[None, :]) == 1
    if residual @ residual < 1e-12:
        return 0.0  # an exact fit leaves rounding alone
    basis = np.linalg.qr(weighted_design)[0]
    left = np.eye(len(residual)) - basis @ basis.T  # what fitting leaves of unit noise
    found = (neighbours * np.outer(residual, residual)).sum() / (residual @ residual)
    return float(found - (neighbours * left).sum() / np.trace(left))


def _as_student(freedom: int) -> float:
    """Give the factor of a variance that makes normal 95 % limits as wide as Student's."""
    from scipy.special import ndtri, stdtrit

    return float((stdtrit(freedom, 0.975) / ndtri(0.975)) ** 2)


def _widening(correlation: float, months: int) -> float:
    apart = np.arange(1, months)
    reach = float(np.sum((1 - apart / months) * PERSISTENCE ** (apart - 1)))
    return 1 + 2 * min(0.5, max(0.0, SHRINKAGE * correlation)) * reach
