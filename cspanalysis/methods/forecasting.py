"""Forecast a monthly series, say how well such forecasts did, and score them when time has told.

The model is kept as long as the series' own past does not speak for a simpler benchmark.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cspanalysis.methods._contenders import CONTENDERS, YEAR, whole_counts
from cspanalysis.methods._inputs import calendar_month, days, monthly
from cspanalysis.methods._lines import Floats
from cspanalysis.methods._trials import (
    LONG_ENOUGH,
    TESTED_STEPS,
    Past,
    Trial,
    choose,
    look_back,
    spread_of_errors,
    try_all,
)

__all__ = ["backtest", "forecast", "forecast_against_outturn", "rolling_forecasts"]


def forecast(series: pd.Series, *, horizon: int, level: Sequence[float] = (80, 95)) -> pd.DataFrame:
    """Forecast the months to come, with intervals, by the method that its own past supports.

    The model, ``combination``, works on square roots of counts per day (3/8 a month added): the
    average of two levels (mean of one year, exponential smoothing at 0.5) plus half of a season
    that is shrunk by its noise. It is backtested, at every month from the 13th on,
    against the benchmarks ``mean_12`` (mean of the last twelve months) and ``seasonal_naive`` (the
    same month a year before), three months ahead. A benchmark whose mean absolute error is smaller
    by more than chance (one-sided 5 %; the windows overlap, which the standard error allows for)
    takes the model's place. A series of less than 24 months, or with fewer than 12 counted in the
    last 12, is too short or too wild for any of this: ``mean_12``.

    Parameters
    ----------
    series
        Whole counts by month; the index holds the months. A month missing inside the series is
        filled, on the root scale, on the line between its neighbours, and is never scored.
    horizon
        Months ahead, from 1.
    level
        Coverages of the intervals, in per cent.

    Returns
    -------
    pandas.DataFrame
        One row a month to come (index ``month``): ``mean``, ``lower_80``, ``upper_80``,
        ``lower_95``, ``upper_95`` (as ``level`` says) and ``method``, the name of what was used.
        Intervals are normal on the root scale; their spread is the root mean square of that
        method's errors in the backtest (of the series about its mean where it is too short for
        one), and never less than that of a Poisson count. Limits are not below 0.

    Raises
    ------
    ValueError
        If the series is no series of whole counts by month, or horizon or level are off.

    References
    ----------
    Hyndman, R. J. and Athanasopoulos, G. (2021). Forecasting: principles and practice, 3rd
    edition, sections 5.2, 5.10, 13.4 (combinations). Anscombe, F. J. (1948). The transformation of
    Poisson, binomial and negative-binomial data. Biometrika 35, 246-254.

    Examples
    --------
    >>> months = pd.period_range("2021-01", periods=30, freq="M")
    >>> counts = pd.Series(np.random.default_rng(1).poisson(100, 30), index=months)
    >>> forecast(counts, horizon=2, level=(95,)).round()
             mean  lower_95  upper_95       method
    month
    2023-07  98.0      79.0     118.0  combination
    2023-08  96.0      78.0     117.0  combination

    """
    past, steps, levels = look_back(series), _whole(horizon, "horizon"), _levels(level)
    trials = try_all(past, max(steps, TESTED_STEPS))
    known = len(past.roots)
    method = choose(past, trials, known)
    months = pd.period_range(past.first + known, periods=steps, freq="M", name="month")
    ahead = pd.Series(0.0, index=months)
    centre = CONTENDERS[method](past.roots, past.months, calendar_month(ahead))
    spread = spread_of_errors(past, trials[method], known)
    columns = _limits(centre, spread, days(ahead), levels)
    return pd.DataFrame(columns, index=months).assign(method=method)


def rolling_forecasts(
    series: pd.Series,
    *,
    horizon: int = 3,
    level: Sequence[float] = (80, 95),
    first: int = LONG_ENOUGH,
) -> pd.DataFrame:
    """Forecast again and again from the past alone, and set each forecast beside what came.

    From every month ``first``, ``first + 1``, ... on that has ``horizon`` months after it. Choice
    and intervals at each origin rest on what was known there.

    Parameters
    ----------
    series, horizon, level
        See `forecast`.
    first
        Months known at the first origin, from 12.

    Returns
    -------
    pandas.DataFrame
        One row an origin, step and contender: ``contender`` (``forecast``, the three methods by
        name), ``method`` (what it used), ``origin`` (last month known), ``step``, ``month``,
        ``mean``, limits as `forecast` names them, ``outturn`` (missing where the month is),
        ``error`` (forecast - outturn) and ``scaled_error``: its size over the mean absolute
        year-on-year change within the first ``first`` months (missing where that is 0).

    Raises
    ------
    ValueError
        If the series is shorter than ``first`` and ``horizon`` together; see `forecast` too.
    """
    past, steps, levels = look_back(series), _whole(horizon, "horizon"), _levels(level)
    known = _whole(first, "first", least=YEAR)
    months = len(past.roots)
    if months < known + steps:
        raise ValueError(f"series: {months} months; a backtest needs {known} and {steps} more")
    trials = try_all(past, max(steps, TESTED_STEPS))
    rows = []
    for origin in range(known, months - steps + 1):
        chosen = choose(past, trials, origin)
        for contender, method in {
            "forecast": chosen,
            **{name: name for name in CONTENDERS},
        }.items():
            found = _at_origin(past, trials[method], origin, steps, levels)
            rows.append(pd.DataFrame({"contender": contender, "method": method, **found}))
    frame = pd.concat(rows, ignore_index=True)
    error = frame["mean"] - frame["outturn"]
    return frame.assign(error=error, scaled_error=error.abs() / _yearly_change(past, known))


def backtest(
    series: pd.Series,
    *,
    horizon: int = 3,
    level: Sequence[float] = (80, 95),
    first: int = LONG_ENOUGH,
) -> pd.DataFrame:
    """Say how well forecasts of this series did, and how often its intervals held the outturn.

    Parameters
    ----------
    series, horizon, level, first
        See `rolling_forecasts`, whose rows are summed up here.

    Returns
    -------
    pandas.DataFrame
        One row a contender: ``forecast`` (what `forecast` would have given), ``combination``,
        ``mean_12``, ``seasonal_naive``; columns ``origins``, ``mase`` (mean absolute scaled error:
        below 1, better than the change from one year to the next within the first ``first``
        months), ``bias`` (sum of errors over sum of outturns) and ``coverage_80``,
        ``coverage_95``: shares of outturns within the limits.

    Raises
    ------
    ValueError
        See `rolling_forecasts`.

    References
    ----------
    Hyndman, R. J. and Koehler, A. B. (2006). Another look at measures of forecast accuracy.
    International Journal of Forecasting 22, 679-688.

    Examples
    --------
    >>> months = pd.period_range("2021-01", periods=34, freq="M")
    >>> counts = pd.Series(np.random.default_rng(1).poisson(100, 34), index=months)
    >>> backtest(counts)["mase"].round(2).to_dict()
    {'forecast': 0.88, 'combination': 0.88, 'mean_12': 0.8, 'seasonal_naive': 1.23}
    """
    frame = rolling_forecasts(series, horizon=horizon, level=level, first=first)
    frame = frame[frame["outturn"].notna()]
    for name in (_percent(share) for share in _levels(level)):
        frame[f"coverage_{name}"] = _within(frame, name)
    groups = frame.groupby("contender", sort=False)
    found = groups[[column for column in frame if str(column).startswith("coverage_")]].mean()
    found.insert(0, "origins", groups["origin"].nunique())
    found.insert(1, "mase", groups["scaled_error"].mean())
    total = groups["outturn"].sum()
    found.insert(2, "bias", groups["error"].sum() / total.where(total > 0))
    return found


def forecast_against_outturn(forecast: pd.DataFrame, outturn: pd.Series) -> pd.DataFrame:
    """Set a forecast of the past beside what came.

    Parameters
    ----------
    forecast
        As `forecast` gave it, whatever its levels; index of months.
    outturn
        Counts by month; months that have not come yet may be absent.

    Returns
    -------
    pandas.DataFrame
        The forecast's rows and columns, then ``outturn``, ``error`` (forecast - outturn),
        ``percent_error`` (of the outturn; missing where that is 0) and, for each level,
        ``within_80`` and so on; all missing where there is no outturn.

    Raises
    ------
    ValueError
        If the forecast has no months or limits, or the outturn is no series of counts by month.

    Examples
    --------
    >>> months = pd.period_range("2023-01", periods=2, freq="M")
    >>> made = pd.DataFrame(
    ...     {"mean": [50.0, 60], "lower_80": [40.0, 50], "upper_80": [60.0, 70]}, index=months)
    >>> came = pd.Series([44, 75], index=months)
    >>> forecast_against_outturn(made, came)[["error", "within_80"]].values.tolist()
    [[6.0, True], [-15.0, False]]
    """
    names = [str(column)[6:] for column in forecast if str(column).startswith("lower_")]
    if not names or "mean" not in forecast or not isinstance(forecast.index, pd.PeriodIndex):
        raise ValueError("forecast: no months, mean or limits; give what forecast() returned")
    came = monthly(outturn, "outturn").reindex(forecast.index)
    found = forecast.assign(outturn=came, error=forecast["mean"] - came)
    found["percent_error"] = 100 * found["error"] / came.where(came > 0)
    for name in names:
        within = _within(found, name).astype("boolean")
        found[f"within_{name}"] = within.mask(came.isna())
    return found


def _limits(
    centre: Floats, spread: float, length: Floats, levels: Sequence[float]
) -> dict[str, Floats]:
    """Give mean and limits in counts; no narrower than a Poisson count varies (root: 1/2)."""
    from scipy.special import ndtri

    found = {"mean": whole_counts(centre, length)}
    width = np.maximum(spread, 0.5 / np.sqrt(length))
    for share in levels:
        half = float(ndtri(0.5 + share / 200)) * width
        found[f"lower_{_percent(share)}"] = whole_counts(centre - half, length)
        found[f"upper_{_percent(share)}"] = whole_counts(centre + half, length)
    return found


def _at_origin(
    past: Past, trial: Trial, origin: int, steps: int, levels: Sequence[float]
) -> dict[str, object]:
    ahead = slice(origin, origin + steps)
    where: dict[str, object] = {"origin": past.first + (origin - 1)}
    where |= {"step": np.arange(1, steps + 1)}
    where |= {"month": pd.period_range(past.first + origin, periods=steps, freq="M")}
    centre = trial.centre[origin - YEAR, :steps]
    limits = _limits(centre, spread_of_errors(past, trial, origin), past.days[ahead], levels)
    return where | limits | {"outturn": past.counts[ahead]}


def _yearly_change(past: Past, known: int) -> float:
    changes = np.abs(past.counts[YEAR:known] - past.counts[: known - YEAR])
    changes = changes[~np.isnan(changes)]
    return float(changes.mean()) if changes.any() else np.nan


def _within(frame: pd.DataFrame, name: str) -> pd.Series:
    lower, upper = frame[f"lower_{name}"], frame[f"upper_{name}"]
    return (frame["outturn"] >= lower) & (frame["outturn"] <= upper)


def _levels(level: Sequence[float]) -> list[float]:
    if not level or not all(0 < share < 100 for share in level):
        raise ValueError(f"level {level!r}: write coverages in per cent, such as (80, 95)")
    return list(level)


def _percent(share: float) -> str:
    return f"{share:g}"


def _whole(number: int, name: str, *, least: int = 1) -> int:
    if number < least or number != int(number):
        raise ValueError(f"{name}: {number}; write a whole number of months from {least}")
    return int(number)
