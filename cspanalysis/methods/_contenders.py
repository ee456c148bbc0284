"""Three ways to carry a series on: the mean of last year, last year again, and a combination.

All of them see the square roots of counts per day, where counts vary about as much at any level.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from cspanalysis.methods._lines import Floats

__all__ = ["CONTENDERS", "YEAR", "roots", "whole_counts"]

YEAR = 12
SHIFT = 0.375 / 30.436875
"""A day: Anscombe's 3/8 a month, with which roots of Poisson counts vary alike at any mean."""
SMOOTHING = 0.5
"""Weight of the newest month in the smoothed level."""
TRUST = 0.5
"""Part of the season that is used: the forecasts with and without season, averaged."""

Months = NDArray[np.int64]
Contender = Callable[[Floats, Months, Months], Floats]
"""From past roots, their calendar months and those to come, to the roots to come."""


def roots(counts: Floats, days: Floats) -> Floats:
    """Give the square roots of counts a day, shifted."""
    return np.asarray(np.sqrt(counts / days + SHIFT))


def whole_counts(root: Floats, days: Floats) -> Floats:
    """Turn roots back into counts in months of so many days; not below 0."""
    return np.asarray(np.maximum(np.maximum(root, 0) ** 2 - SHIFT, 0) * days)


def mean_of_last_year(past: Floats, months: Months, coming: Months) -> Floats:
    """Repeat the mean of the last twelve months (of all there are, if fewer)."""
    del months  # the year knows no calendar
    return np.full(len(coming), np.sqrt(np.mean(past[-YEAR:] ** 2)))


def last_year_again(past: Floats, months: Months, coming: Months) -> Floats:
    """Repeat what each month was a year before: seasonal naive."""
    if len(past) < YEAR:
        return mean_of_last_year(past, months, coming)
    return past[-YEAR:][np.arange(len(coming)) % YEAR]


def combination(past: Floats, months: Months, coming: Months) -> Floats:
    """Average two levels (of one year, smoothed) and add half of a shrunken season.

    A mean of roots, squared, lies below the mean of counts by the variance of the roots, which is
    therefore added under the root.
    """
    season = TRUST * shrunken_season(past, months)
    level = past - season[months - 1]
    two_years = level[-2 * YEAR :]
    middle = (level[-YEAR:].mean() + smoothed(level)) / 2
    root = np.maximum(middle + season[coming - 1], 0)
    return np.asarray(np.sqrt(root**2 + np.var(two_years, ddof=1)))


def smoothed(values: Floats) -> float:
    """Smooth exponentially, from the mean of the first six values on."""
    fading = (1 - SMOOTHING) ** np.arange(len(values) - 1, -1, -1)
    start = values[:6].mean() * (1 - SMOOTHING) ** len(values)
    return float(start + SMOOTHING * (fading @ values))


def shrunken_season(past: Floats, months: Months) -> Floats:
    """Estimate the season of January to December and shrink it by how much of it is noise.

    Deviations from a centred mean of twelve months (its ends carried on) are averaged by calendar
    month. Their variance is season plus noise, and noise is known from what is left over:
    the season is multiplied by season / (season + noise). Less than two years: no season.
    """
    if len(past) < 2 * YEAR:
        return np.zeros(YEAR)
    trend = np.convolve(past, np.r_[0.5, np.ones(YEAR - 1), 0.5] / YEAR, "valid")
    trend = np.r_[np.full(YEAR // 2, trend[0]), trend, np.full(YEAR // 2, trend[-1])]
    deviation, place = past - trend, months - 1
    season = np.bincount(place, deviation, YEAR) / np.bincount(place, minlength=YEAR)
    season -= season.mean()
    left = deviation - season[place]
    noise = np.sum(left**2) / (len(past) - YEAR) / (len(past) / YEAR)
    apparent = np.sum(season**2) / (YEAR - 1)
    return season * max(0.0, 1 - noise / apparent) if apparent > 0 else season


CONTENDERS: dict[str, Contender] = {
    "combination": combination,
    "mean_12": mean_of_last_year,
    "seasonal_naive": last_year_again,
}
"""By name; the first is the model, the others are the benchmarks that it must stand up to."""
