"""How much the counts of one area vary by themselves, learned from its own monthly history."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from cspanalysis.methods._lines import Floats, Values, align, check_counts

__all__ = ["HistoryDispersion", "history_dispersion"]

LEAST_MONTHS = 24
"""Two full years: fewer can't tell season from change."""

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
        phi = max(1, monthly (1 + 2 r' sum over j < months of (1 - j/months) 0.7^(j-1)))

    where r' is half of r, at least 0 and at most 0.5. The sum is how much neighbouring months that
    move together widen a total; half of r and the persistence of 0.7 were chosen by simulation
    (``benchmarks/calibration``): totals of unchanged Bedfordshire series are called changed in 3 to
    5 of 100 comparisons (at most 6 for any kind of area and length of period), where the plain
    Poisson test calls 16 to 22 so.

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
    position, days = _calendar(monthly, len(observed))
    known = ~np.isnan(observed)
    counts, position, days = observed[known], position[known], days[known]
    if len(counts) < LEAST_MONTHS:
        return _unknown(f"{len(counts)} known months, fewer than {LEAST_MONTHS}")
    if not counts.any():
        return _unknown("no count in any month")
    design = _design(position) if counts.mean() >= 1 else np.ones((len(counts), 1))
    expected = _fit(design, counts, np.log(days))
    residual = (counts - expected) / np.sqrt(expected)
    spread = float(residual @ residual) / (len(counts) - design.shape[1])
    correlation = _correlation(residual, position, design * np.sqrt(expected)[:, None])
    phi = max(1.0, spread * _widening(correlation, months))
    return HistoryDispersion(phi, spread, correlation)


def _unknown(reason: str) -> HistoryDispersion:
    return HistoryDispersion(float("nan"), float("nan"), float("nan"), reason)


def _calendar(monthly: Values, length: int) -> tuple[Floats, Floats]:
    """Give each count's month, as a number of months, and the length of that month in days."""
    index = monthly.index if isinstance(monthly, pd.Series) else None
    if isinstance(index, pd.DatetimeIndex):
        index = index.to_period("M")
    if not isinstance(index, pd.PeriodIndex):
        return np.arange(length, dtype=float), np.ones(length)
    if not index.is_unique:
        raise ValueError(f"monthly: two counts of {index[index.duplicated()][0]}; add them first")
    position = 12 * np.asarray(index.year) + np.asarray(index.month)
    return position.astype(float), np.asarray(index.days_in_month, dtype=float)


def _design(position: Floats) -> Floats:
    angle = 2 * np.pi * position / 12
    years = (position - position.mean()) / 12
    season = [wave(k * angle) for k in (1, 2) for wave in (np.cos, np.sin)]
    return np.column_stack([np.ones(len(position)), years, *season])


def _fit(design: Floats, counts: Floats, offset: Floats) -> Floats:
    """Fit a Poisson model with log link by iteratively reweighted least squares."""
    linear = np.log(counts + 0.5)
    for _ in range(25):
        expected = np.exp(linear)
        working = linear - offset + (counts - expected) / expected
        root = np.sqrt(expected)
        beta = np.linalg.lstsq(design * root[:, None], working * root, rcond=None)[0]
        linear = np.clip(design @ beta + offset, -20, 30)
    return np.exp(linear)


def _correlation(residual: Floats, position: Floats, weighted_design: Floats) -> float:
    """Correlate neighbouring months, less what fitting brings about in independent ones."""
    neighbours = (position[:, None] - position[None, :]) == 1
    if residual @ residual < 1e-12:
        return 0.0  # an exact fit leaves rounding alone
    basis = np.linalg.qr(weighted_design)[0]
    left = np.eye(len(residual)) - basis @ basis.T  # what fitting leaves of unit noise
    found = (neighbours * np.outer(residual, residual)).sum() / (residual @ residual)
    return float(found - (neighbours * left).sum() / np.trace(left))


def _widening(correlation: float, months: int) -> float:
    apart = np.arange(1, months)
    reach = float(np.sum((1 - apart / months) * PERSISTENCE ** (apart - 1)))
    return 1 + 2 * min(0.5, max(0.0, SHRINKAGE * correlation)) * reach
