"""Tell the season from the level: an index by month, and series without their season.

Months differ in length, so everything here is worked out on rates per day.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pandas as pd

from cspanalysis.methods._inputs import calendar_month, days, monthly
from cspanalysis.methods._lines import Floats, check_confidence

__all__ = ["seasonal_profile", "seasonally_adjust", "stl"]

MONTHS = 12
YEARS_NEEDED = 2
TREND_SPAN = 19
"""Months in STL's trend when the season is the same every year: odd, from 1.5 x 12 up."""
FILLINGS = 100
"""Rounds in which a missing month may settle; a handful is usual."""
MEAN_MONTH = 365.2425 / MONTHS
"""Days in the average month of the Gregorian calendar."""


def stl(
    values: Any,
    *,
    period: int = MONTHS,
    seasonal_window: int | Literal["periodic"] = "periodic",
    seasonal_degree: int = 0,
    trend_window: int | None = None,
    trend_degree: int = 1,
    low_pass_window: int | None = None,
    low_pass_degree: int | None = None,
    seasonal_jump: int | None = None,
    trend_jump: int | None = None,
    low_pass_jump: int | None = None,
    robust: bool = False,
    inner: int | None = None,
    outer: int | None = None,
) -> pd.DataFrame:
    """Split values into season, trend and remainder by loess, as R's ``stl`` does by default.

    Parameters
    ----------
    values
        Equally spaced values without gaps, any unit; at least two whole periods of them.
    period
        Values in one cycle: 12 for months.
    seasonal_window
        Span of the seasonal loess in cycles (odd, from 7), or ``"periodic"``: the same season in
        every cycle (the mean of each position over the cycles, after a window of 10 n + 1).
    seasonal_degree, trend_degree, low_pass_degree
        Degree of the local polynomial, 0 or 1; the low-pass filter follows the trend by default.
    trend_window, low_pass_window
        Spans in values; by default the smallest odd number not below
        ``1.5 period / (1 - 1.5 / seasonal_window)`` and the smallest above ``period`` (for an odd
        period R takes the period itself as low-pass span, which statsmodels refuses).
    seasonal_jump, trend_jump, low_pass_jump
        Steps between fitted points, a tenth of the span by default (rounded up).
    robust
        Weigh outliers down: 1 inner and 15 outer loops instead of 2 and 0.
    inner, outer
        Loops, where another number is wanted.

    Returns
    -------
    pandas.DataFrame
        Columns ``seasonal``, ``trend``, ``remainder``, which add up to the values, and ``weight``
        (robustness, 1 = full), one row a value, with the index of ``values`` if it has one.

    Raises
    ------
    ValueError
        If a value is missing or fewer than two cycles are given.

    References
    ----------
    Cleveland, R. B., Cleveland, W. S., McRae, J. E. and Terpenning, I. (1990). STL: a
    seasonal-trend decomposition procedure based on loess. Journal of Official Statistics 6, 3-73.

    Examples
    --------
    >>> import numpy as np
    >>> parts = stl(10 + np.tile([-1.0, 0, 1.0], 4), period=3)
    >>> parts["seasonal"].round(6).tolist()[:3]
    [-1.0, 0.0, 1.0]
    """
    from statsmodels.tsa.seasonal import STL

    found = _complete(values, period)
    periodic = seasonal_window == "periodic"
    season_span = 10 * len(found) + 1 if periodic else _odd(int(seasonal_window))
    trend_span = _odd(trend_window or int(np.ceil(1.5 * period / (1 - 1.5 / season_span))))
    pass_span = _odd(low_pass_window or period + 1)
    setting = STL(
        found,
        period=period,
        seasonal=season_span,
        trend=trend_span,
        low_pass=pass_span,
        seasonal_deg=seasonal_degree,
        trend_deg=trend_degree,
        low_pass_deg=trend_degree if low_pass_degree is None else low_pass_degree,
        robust=robust,
        seasonal_jump=seasonal_jump or _tenth(season_span),
        trend_jump=trend_jump or _tenth(trend_span),
        low_pass_jump=low_pass_jump or _tenth(pass_span),
    )
    fit = setting.fit(
        inner_iter=inner if inner is not None else (1 if robust else 2),
        outer_iter=outer if outer is not None else (15 if robust else 0),
    )
    seasonal = _same_each_cycle(fit.seasonal, period) if periodic else fit.seasonal
    parts = {"seasonal": seasonal, "trend": fit.trend}
    parts |= {"remainder": found - seasonal - fit.trend, "weight": fit.weights}
    return pd.DataFrame(parts, index=values.index if isinstance(values, pd.Series) else None)


def seasonal_profile(
    series: pd.Series, *, confidence: float = 0.95, robust: bool = False, per_day: bool = True
) -> pd.DataFrame:
    """Give each calendar month its index, where 1 is an average month, with an interval.

    The rates per day are split by STL with the same season every year. The index is one plus the
    seasonal part over the mean rate. Its interval is ``index +- t s sqrt((1 - 1/12)/years) /
    mean``, where s is the standard deviation of what season and trend leave over and t belongs to
    ``n - 11 - d`` degrees of freedom, d = 2 n / 19 + 1 being what the trend takes up (twice the
    series over the trend's span, and one for its level).

    Parameters
    ----------
    series
        Counts (or, with ``per_day=False``, rates) by month. The index holds the months. A month
        that is missing inside the series takes, for the decomposition alone, its trend plus its
        season; it counts for nothing else.
    confidence
        Of the intervals.
    robust
        Weigh outliers down, as after a year that was none (the lockdowns of 2020).
    per_day
        Divide by the days of the month first; off for rates that already allow for them.

    Returns
    -------
    pandas.DataFrame
        Rows 1 (January) to 12, columns ``index``, ``lower``, ``upper``, ``years`` (values the
        month was seen with) and ``reason``. Where a month was seen in fewer than two years, or
        nothing was ever counted, the index is missing in all rows and ``reason`` says why;
        otherwise it is empty. A negative lower limit becomes 0.

    Raises
    ------
    ValueError
        If the series is empty, holds negative values, or its index is not of months.

    References
    ----------
    Cleveland et al. (1990), see `stl`.

    Examples
    --------
    >>> months = pd.period_range("2021-01", "2023-12", freq="M")
    >>> busy_july = pd.Series(10.0 * months.days_in_month, index=months)
    >>> busy_july[months.month == 7] *= 1.5
    >>> profile = seasonal_profile(busy_july)
    >>> profile["index"].round(3).loc[[6, 7]].tolist()
    [0.96, 1.44]
    >>> seasonal_profile(busy_july.head(23))["reason"].iloc[0]
    'month 12 was seen in 1 year; a season needs each month in at least 2'
    """
    check_confidence(confidence)
    values = monthly(series)
    rate = values / days(values) if per_day else values
    years = rate.groupby(calendar_month(values)).count().reindex(range(1, MONTHS + 1), fill_value=0)
    reason = _no_season(years, rate)
    frame = pd.DataFrame({"index": np.nan, "lower": np.nan, "upper": np.nan}, index=years.index)
    if not reason:
        season, spread = _season(rate, robust=robust)
        mean = float(rate.mean())
        frame["index"] = 1 + season / mean
        half = _t_quantile(confidence, rate) * spread * np.sqrt((1 - 1 / MONTHS) / years) / mean
        frame["lower"] = np.maximum(frame["index"] - half, 0)
        frame["upper"] = frame["index"] + half
    return frame.assign(years=years, reason=reason).rename_axis("month")


def seasonally_adjust(
    series: pd.Series,
    *,
    profile: pd.DataFrame | None = None,
    robust: bool = False,
    per_day: bool = True,
) -> pd.Series:
    """Take the season out of a series: what each month would be, were it an average one.

    ``value / (index of its month) x (days of an average month) / (days of the month)``, with
    30.436875 days in the average month of the calendar. The last factor falls away with
    ``per_day=False``.

    Parameters
    ----------
    series
        Counts by month; a missing month stays missing.
    profile
        Index by month (as `seasonal_profile` gives), such as that of a larger area where the
        series is short or small; by default the series' own.
    robust, per_day
        As for `seasonal_profile`.

    Returns
    -------
    pandas.Series
        Adjusted values, name ``adjusted``, by month from the first to the last observed one.

    Raises
    ------
    ValueError
        If there is no index (the message gives the reason), or an index is not above zero: a
        month in which nothing ever happens can't be set right by a factor.

    Examples
    --------
    >>> months = pd.period_range("2021-01", "2023-12", freq="M")
    >>> steady = pd.Series(10.0 * months.days_in_month, index=months)
    >>> seasonally_adjust(steady).round(2).unique().tolist()
    [304.37]
    """
    values = monthly(series)
    if profile is None:
        profile = seasonal_profile(values, robust=robust, per_day=per_day)
    index = profile["index"].reindex(range(1, MONTHS + 1))
    if index.isna().any():
        reasons = profile.get("reason", pd.Series(["the index of a month is missing"]))
        raise ValueError(f"series can't be adjusted: {reasons.iloc[0]}; chart it unadjusted")
    if (index <= 0).any():
        month = int(index.index[index <= 0][0])
        raise ValueError(
            f"series can't be adjusted: month {month} has no counts; chart it as it is"
        )
    length = MEAN_MONTH / days(values) if per_day else 1.0
    adjusted = values.to_numpy() / index.to_numpy()[calendar_month(values) - 1] * length
    return pd.Series(adjusted, index=values.index, name="adjusted")


def _season(rate: pd.Series, *, robust: bool) -> tuple[pd.Series, float]:
    """Season by calendar month (sums to 0 over the year) and the remainder's standard deviation."""
    observed = rate.notna().to_numpy()
    filled = rate.interpolate().to_numpy(copy=True)
    parts = stl(filled, robust=robust)
    for _ in range(0 if observed.all() else FILLINGS):
        last = filled.copy()
        filled[~observed] = (parts["seasonal"] + parts["trend"]).to_numpy()[~observed]
        parts = stl(filled, robust=robust)
        if np.max(np.abs(filled - last)) <= 1e-9 * np.max(np.abs(filled)):
            break
    season = parts["seasonal"].groupby(calendar_month(rate)).first()
    left = parts["remainder"].to_numpy()[observed]
    spread = float(np.sqrt(np.sum(left**2) / _freedom(rate)))
    return season - season.mean(), spread


def _freedom(rate: pd.Series) -> float:
    """Degrees of freedom that season and trend leave to the remainder."""
    taken = (MONTHS - 1) + 2 * len(rate) / TREND_SPAN + 1
    return max(float(rate.count()) - taken, 1.0)


def _t_quantile(confidence: float, rate: pd.Series) -> float:
    from scipy import stats

    return float(stats.t.ppf((1 + confidence) / 2, _freedom(rate)))


def _no_season(years: pd.Series, rate: pd.Series) -> str:
    if (years < YEARS_NEEDED).any():
        month, seen = years.idxmin(), int(years.min())
        word = "year" if seen == 1 else "years"
        return (
            f"month {month} was seen in {seen} {word}; "
            f"a season needs each month in at least {YEARS_NEEDED}"
        )
    return "" if rate.max() > 0 else "nothing was counted in any month"


def _complete(values: Any, period: int) -> Floats:
    found = np.asarray(values, dtype=float)
    if found.ndim != 1 or not np.isfinite(found).all():
        raise ValueError("values: STL needs one row of finite numbers; fill missing ones first")
    if period < 2 or len(found) < YEARS_NEEDED * period:
        raise ValueError(
            f"values: {len(found)} of them for a period of {period}; "
            f"STL needs a period from 2 and at least {YEARS_NEEDED} periods"
        )
    return found


def _same_each_cycle(seasonal: Any, period: int) -> Floats:
    found = np.asarray(seasonal, dtype=float)
    position = np.arange(len(found)) % period
    means = np.bincount(position, found) / np.bincount(position)
    return np.asarray(means[position], dtype=float)


def _odd(span: int) -> int:
    return span if span % 2 else span + 1


def _tenth(span: int) -> int:
    return -(-span // 10)
