"""Give the textbook's simple forecasts, against which others are measured."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from cspanalysis.methods._lines import Floats, refuse

__all__ = ["airline_forecast", "naive_forecast", "seasonal_naive_forecast"]


def naive_forecast(values: Any, *, horizon: int, level: Sequence[float] = (80, 95)) -> pd.DataFrame:
    """Repeat the last value.

    The standard error at step h is ``s sqrt(h)``, s^2 being the mean square of the steps from
    value to value.

    Parameters
    ----------
    values
        Equally spaced values in any unit, at least two.
    horizon
        Steps ahead, from 1.
    level
        Coverages of the normal intervals, in per cent.

    Returns
    -------
    pandas.DataFrame
        One row a step (index ``step``): ``mean`` and limits such as ``lower_80``, ``upper_80``.

    Raises
    ------
    ValueError
        If a value is missing or infinite, there are too few, or horizon or level are off.

    References
    ----------
    Hyndman, R. J. and Athanasopoulos, G. (2021). Forecasting: principles and practice, 3rd
    edition, sections 5.2 and 5.5.

    Examples
    --------
    >>> naive_forecast([10, 12, 11], horizon=2, level=(80,)).round(2)
          mean  lower_80  upper_80
    step
    1     11.0      8.97     13.03
    2     11.0      8.13     13.87
    """
    return _repeat(values, period=1, horizon=horizon, level=level)


def seasonal_naive_forecast(
    values: Any, *, horizon: int, period: int = 12, level: Sequence[float] = (80, 95)
) -> pd.DataFrame:
    """Repeat the last whole period.

    The standard error at step h is ``s sqrt(floor((h - 1) / period) + 1)``, s^2 being the mean
    square of the changes over one period.

    Parameters
    ----------
    values
        Equally spaced values in any unit, more than one period of them.
    horizon, level
        See `naive_forecast`.
    period
        Values in a period, 12 for months.

    Returns
    -------
    pandas.DataFrame
        See `naive_forecast`.

    Raises
    ------
    ValueError
        See `naive_forecast`; or if the period is not a whole number from 1.

    References
    ----------
    Hyndman and Athanasopoulos (2021), see `naive_forecast`.

    Examples
    --------
    >>> seasonal_naive_forecast([5, 9, 6, 10], horizon=3, period=2)["mean"].tolist()
    [6.0, 10.0, 6.0]
    """
    return _repeat(values, period=period, horizon=horizon, level=level)


def airline_forecast(
    values: Any, *, horizon: int, period: int = 12, level: Sequence[float] = (80, 95)
) -> pd.DataFrame:
    """Forecast by the seasonal model ARIMA(0,1,1)(0,1,1), with exact maximum likelihood.

    The variance of the steps is the sum of squares over ``n - 1 - period - 2``, as R's package
    forecast has it. Agrees with that package to about five digits: where the seasonal parameter
    comes near to -1, the optimisers part.

    Parameters
    ----------
    values, horizon, period, level
        See `seasonal_naive_forecast`; at least two periods and four values. For counts, hand in
        logarithms or square roots.

    Returns
    -------
    pandas.DataFrame
        See `naive_forecast`.

    Raises
    ------
    ValueError
        See `seasonal_naive_forecast`; a season has at least two values.

    References
    ----------
    Box, G. E. P. and Jenkins, G. M. (1970). Time series analysis: forecasting and control,
    chapter 9.
    """
    from scipy import optimize
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    ahead, period = _whole("horizon", horizon), _whole("period", period)
    found = _values(values, least=2 * period + 4)
    unit = float(np.std(np.diff(found))) or 1.0
    model = SARIMAX(
        found / unit,
        order=(0, 1, 1),
        seasonal_order=(0, 1, 1, period),
        concentrate_scale=True,
        enforce_invertibility=False,
    )
    if _repeats_its_steps(found, period):
        # Without chance every parameter fits, and a search for the best would not end.
        return _frame(_continued(found, period, ahead), np.zeros(ahead), level)
    search: Any = optimize.minimize
    precision = {"xatol": 1e-8, "fatol": 1e-10, "maxiter": 1000}
    best = search(
        lambda parameters: -model.loglike(parameters),
        [-0.5, -0.5],
        method="Nelder-Mead",
        options=precision,
    )
    coming = model.smooth(best.x).get_forecast(ahead)
    steps = len(found) - 1 - period
    error = np.asarray(coming.se_mean) * unit * np.sqrt(steps / (steps - 2))
    return _frame(np.asarray(coming.predicted_mean) * unit, error, level)


def _repeats_its_steps(values: Floats, period: int) -> bool:
    """Tell whether every step is that of a period before: a straight line, or an exact season."""
    steps = np.diff(values)
    return bool(np.allclose(steps[period:], steps[:-period], rtol=0, atol=1e-9 * np.ptp(values)))


def _continued(values: Floats, period: int, horizon: int) -> Floats:
    """Go on with the steps of the last period."""
    steps = np.diff(values)[-period:][np.arange(horizon) % period]
    return np.asarray(values[-1] + np.cumsum(steps), dtype=float)


def _repeat(values: Any, *, period: int, horizon: int, level: Sequence[float]) -> pd.DataFrame:
    period = _whole("period", period)
    found = _values(values, least=period + 1)
    step = np.arange(_whole("horizon", horizon))
    change = found[period:] - found[:-period]
    error = np.sqrt(np.mean(change**2)) * np.sqrt(step // period + 1)
    return _frame(found[-period:][step % period], error, level)


def _frame(mean: Floats, error: Floats, level: Sequence[float]) -> pd.DataFrame:
    from scipy.special import ndtri

    columns = {"mean": mean}
    for share in level:
        if not 0 < share < 100:
            raise ValueError(f"level {share}: write coverages in per cent, such as (80, 95)")
        half = float(ndtri(0.5 + share / 200)) * error
        columns |= {f"lower_{share:g}": mean - half, f"upper_{share:g}": mean + half}
    return pd.DataFrame(columns, index=pd.RangeIndex(1, len(mean) + 1, name="step"))


def _values(values: Any, *, least: int) -> Floats:
    try:
        found = np.asarray(values, dtype=float)
    except TypeError:
        raise ValueError("values: one of them is missing or no number; fill it first") from None
    if found.ndim != 1 or len(found) < least:
        raise ValueError(f"values: {found.size} of them; give one row of at least {least}")
    refuse("values", found, ~np.isfinite(found), "is missing or infinite; fill it first")
    return found


def _whole(name: str, number: int) -> int:
    if not 1 <= number < np.inf or number != int(number):
        raise ValueError(f"{name}: {number}; write a whole number of steps from 1")
    return int(number)
