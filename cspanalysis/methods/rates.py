"""Rates and proportions with their confidence intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cspanalysis.methods._lines import Floats, Values, align, check_counts, check_not_negative
from cspanalysis.methods.intervals import (
    BYAR_FROM,
    check_proportion,
    poisson_limits,
    wilson_limits,
)

__all__ = ["proportion", "rate"]


def rate(
    count: Values, denominator: Values, *, per: float = 1000, confidence: float = 0.95
) -> pd.DataFrame:
    """Give the rate of a count in a denominator, with its interval.

    ``rate = per O / n``; the limits are those of `poisson_interval` for O, times ``per / n``:
    exact below a count of 10, Byar's from there. The denominator is taken as known. A rate over
    several areas or months is the rate of the summed counts in the summed denominators.

    Parameters
    ----------
    count
        Whole numbers from 0.
    denominator
        Persons, households, vehicles or premises, from 0. For a rate per year from a part of a
        year give the denominator times that part.
    per
        The unit of the rate: 1000 for "per 1,000 persons".
    confidence
        Two-sided confidence, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        ``rate``, ``lower``, ``upper`` in units of ``per``, and ``method``, the interval used
        (``"exact"`` or ``"byar"``); one row a line, with the index of the Series given. A zero or
        missing denominator, or a missing count, gives missing, never infinity.

    Raises
    ------
    ValueError
        A count is negative or fractional, or a denominator negative (the position is named).

    References
    ----------
    Public Health England (2018), Technical guide: confidence intervals.

    Examples
    --------
    >>> rate(196, 65_000).round(2)
       rate  lower  upper method
    0  3.02   2.61   3.47   byar
    """
    lines = align(count=count, denominator=denominator)
    observed, of = lines.arrays
    check_counts(count=observed)
    check_not_negative(denominator=of)
    lower, upper = poisson_limits(observed, confidence=confidence)
    unit = _unit(of, per)
    columns = {"rate": observed * unit, "lower": lower * unit, "upper": upper * unit}
    method = pd.Series(np.where(observed < BYAR_FROM, "exact", "byar"), index=lines.index)
    return lines.frame(columns | {"method": method.mask(np.isnan(observed))})


def proportion(
    successes: Values, trials: Values, *, per: float = 1, confidence: float = 0.95
) -> pd.DataFrame:
    """Give the share of successes in trials, with Wilson's interval.

    ``value = per x / n``, limits of `wilson_interval` times ``per``.

    Parameters
    ----------
    successes, trials
        Numbers from 0 with successes <= trials, not necessarily whole.
    per
        1 for a proportion, 100 for a percentage.
    confidence
        Two-sided confidence, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        ``value``, ``lower``, ``upper`` in units of ``per``, and ``method`` (``"wilson"``); one
        row a line. No trials, or a missing value, gives missing.

    Raises
    ------
    ValueError
        A value is negative, or successes exceed trials (the position is named).

    Examples
    --------
    >>> proportion(29, 107, per=100).round(1)
       value  lower  upper  method
    0   27.1   19.6   36.2  wilson
    """
    lines = align(successes=successes, trials=trials)
    hits, of = lines.arrays
    check_proportion("successes", hits, "trials", of)
    lower, upper = wilson_limits(hits, of, confidence=confidence)
    value = hits * _unit(of, per)
    columns = {"value": value, "lower": lower * per, "upper": upper * per}
    return lines.frame(columns | {"method": "wilson"})


def _unit(denominator: Floats, per: float) -> Floats:
    if not per > 0:
        raise ValueError(f"per: {per:g}; give a number above 0, such as 1000")
    return per / np.where(denominator > 0, denominator, np.nan)
