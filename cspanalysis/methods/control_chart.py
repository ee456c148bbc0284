"""Control charts (XmR) after NHS England's Making Data Count."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from cspanalysis.methods import control_rules as rules
from cspanalysis.methods._lines import Floats, Values, align, check_finite, check_positive, refuse

__all__ = ["assurance", "per_day", "variation", "xmr"]

Improvement: TypeAlias = Literal["increase", "decrease", "neutral"]

SCREEN_FACTOR = 3.267
"""D4 for ranges of two: above this times the mean range, a range is no common cause."""

FEWEST_POINTS = 13
"""Segments with fewer points get a warning and no icon."""

COLUMNS = [
    "value", "segment", "mean", "moving_range", "lower", "upper", "near_lower", "near_upper",
    "signal", "meaning",
]  # fmt: skip


def xmr(
    values: Values,
    *,
    limit_factor: float = 2.66,
    screen: bool = True,
    shift_points: int = 7,
    trend_points: int = 7,
    rebase_at: Sequence[int] = (),
    apart: Sequence[int] = (),
    fix_after: int | None = None,
    improvement: Improvement = "decrease",
    target: float | None = None,
    clip_at_zero: bool = False,
) -> pd.DataFrame:
    """Chart a series as individual values with moving ranges, and mark special causes.

    For each segment: mean of the points; moving ranges abs(x_i - x_(i-1)) within it;
    with ``screen``, ranges of 3.267 times their mean or more are dropped once. Limits are
    ``mean -+ limit_factor x mean range``, near limits ``mean -+ 2/3 limit_factor x mean range``.

    Each point's ``signal`` is the first that applies of

    * ``outside``: strictly beyond a limit;
    * ``trend``: one of ``trend_points`` successive points strictly rising or falling;
    * ``two_of_three``: one of two points of three beyond the same near limit but inside the
      limits, all three on one side of the mean;
    * ``shift``: one of ``shift_points`` successive points strictly on one side of the mean;

    else ``common``. All rules start again with each segment. Over 24 months in which nothing
    changes one chart in five shows a signal somewhere (one in three at two counts a month), and 1
    to 3 in 100 at the last point (``benchmarks/calibration``).

    Parameters
    ----------
    values
        The series in order of time, one value a month, missing months as missing values. Counts of
        months of unequal length are better charted per day (see `per_day`), and without their
        season where they have one (see `seasonal_choice`).
    limit_factor
        2.66 = 3 / 1.128, for three sigma.
    screen
        Whether to drop outlying ranges before the limits are set.
    shift_points, trend_points
        Points that make a shift and a trend.
    rebase_at
        Positions, from 0, of the points that each start a new segment.
    apart
        Positions, from 0, of points that take no part in mean, ranges and rules, as if missing,
        and keep their value: months known to be unlike the others.
    fix_after
        Set mean and limits of each segment from its first so many points that are not missing.
    improvement
        Which direction is good: ``"increase"``, ``"decrease"`` or ``"neutral"``.
    target
        A target for `assurance`, in the unit of the values.
    clip_at_zero
        Set negative lower limits to 0, for values that can't be negative.

    Returns
    -------
    pandas.DataFrame
        One row a point, with the index of a Series given: ``value``, ``segment`` (from 0),
        ``mean``, ``moving_range`` (missing at the start of a segment and beside a gap), ``lower``,
        ``upper``, ``near_lower``, ``near_upper``, ``signal``, and ``meaning``: ``improvement``,
        ``concern``, ``neutral_high``, ``neutral_low`` or ``common``, by the side of the mean, for
        a trend by its direction.

        A missing value is a row of its segment whose value, ranges, signal and meaning are
        missing: it takes no part in mean and ranges, there is no range across it, and it breaks
        runs. A segment whose points are all the same, or with a single point, has missing limits;
        constant points raise no alarm.

        ``attrs``: ``improvement``, ``target``, ``warnings`` (sentences), ``short_segments`` (those
        with fewer than 13 points), ``icons`` (False where the last segment is one of them),
        ``clipped`` (whether a lower limit was set to 0) and ``charted``: what `per_day` or
        `seasonal_choice` did to the counts, else "as given".

    Raises
    ------
    ValueError
        A value is infinite, or negative with ``clip_at_zero``; a setting is out of range.

    References
    ----------
    NHS England, Making Data Count: strengthening your decisions; Wheeler (2000), Understanding
    variation; Provost, Murray (2011), The health care data guide.

    Examples
    --------
    >>> chart = xmr([20, 22, 19, 21, 20, 23, 18, 21, 20, 22, 19, 20, 35], improvement="decrease")
    >>> chart[["value", "mean", "upper", "signal", "meaning"]].tail(2).round(1)
        value  mean  upper   signal  meaning
    11   20.0  21.5   27.8   common   common
    12   35.0  21.5   27.8  outside  concern
    >>> variation(chart)
    'concern'
    """
    lines = align(values=values)
    (points,) = lines.arrays
    _check_values(points, clip_at_zero=clip_at_zero)
    _check_options(shift_points, trend_points, fix_after, improvement)
    starts = _starts(rebase_at, len(points))
    used = points.copy()
    used[_positions(apart, len(points), name="apart")] = np.nan
    parts = []
    for number, (start, stop) in enumerate(pairwise([*starts, len(points)])):
        limits = _limits(
            used[start:stop], limit_factor=limit_factor, screen=screen, fix_after=fix_after
        )
        marks = _marks(limits, shift_points=shift_points, trend_points=trend_points)
        parts.append(limits.assign(segment=number, **marks))
    chart = pd.concat(parts).set_axis(lines.index, axis="index")
    chart["meaning"] = _meanings(chart["direction"], improvement).where(chart["signal"].notna())
    clipped = clip_at_zero and bool((chart["lower"] < 0).any())
    if clipped:
        chart[["lower", "near_lower"]] = chart[["lower", "near_lower"]].clip(lower=0)
    chart = chart[COLUMNS]
    chart.attrs.update(improvement=improvement, target=target, clipped=clipped)
    chart.attrs["charted"] = getattr(values, "attrs", {}).get("charted", "as given")
    chart.attrs.update(_warnings(chart))
    chart["value"] = points
    return chart


def _check_values(points: Floats, *, clip_at_zero: bool) -> None:
    check_finite(values=points)
    if clip_at_zero:
        refuse("values", points, points < 0, "is negative; chart it without clip_at_zero")


def _check_options(
    shift_points: int, trend_points: int, fix_after: int | None, improvement: str
) -> None:
    least = {"shift_points": shift_points, "trend_points": trend_points, "fix_after": fix_after}
    for name, number in least.items():
        if number is not None and number < 2:
            raise ValueError(f"{name}: {number}; give 2 or more")
    if improvement not in ("increase", "decrease", "neutral"):
        raise ValueError(f"improvement: '{improvement}'; write 'increase', 'decrease' or 'neutral'")


def _starts(rebase_at: Sequence[int], length: int) -> list[int]:
    return sorted({0, *_positions(rebase_at, length, name="rebase_at")})


def _positions(given: Sequence[int], length: int, *, name: str) -> list[int]:
    for position in given:
        if not 0 <= position < length:
            raise ValueError(f"{name}: {position} is no position of {length} values (from 0)")
    return list(given)


def _limits(
    points: Floats, *, limit_factor: float, screen: bool, fix_after: int | None
) -> pd.DataFrame:
    """Set mean and limits of one segment."""
    ranges = np.abs(np.diff(points, prepend=np.nan))
    base = np.flatnonzero(~np.isnan(points))[:fix_after]
    mean = _mean(points[base])
    reach = limit_factor * _mean_range(ranges[base], screen=screen)
    columns = {
        "value": points,
        "mean": mean,
        "moving_range": ranges,
        "lower": mean - reach,
        "upper": mean + reach,
        "near_lower": mean - 2 / 3 * reach,
        "near_upper": mean + 2 / 3 * reach,
    }
    return pd.DataFrame(columns, index=range(len(points)))


def _mean(points: Floats) -> float:
    if len(points) == 0:
        return np.nan
    # in two passes, so that the mean of equal points is that point to the last bit
    first = points.mean()
    return float(first + (points - first).mean())


def _mean_range(ranges: Floats, *, screen: bool) -> float:
    known = ranges[~np.isnan(ranges)]
    if not known.any():
        return np.nan  # one point, or constant points
    if screen:
        known = known[known < SCREEN_FACTOR * known.mean()]
    return float(known.mean())


def _marks(limits: pd.DataFrame, *, shift_points: int, trend_points: int) -> dict[str, Any]:
    """Name the first rule that applies to each point of a segment, and its direction."""
    points = limits["value"].to_numpy()
    side = np.sign(np.nan_to_num(points - limits["mean"].to_numpy())).astype(np.int8)
    outside = rules.beyond(points, limits["lower"].to_numpy(), limits["upper"].to_numpy())
    near = rules.beyond(points, limits["near_lower"].to_numpy(), limits["near_upper"].to_numpy())
    found = {
        "outside": outside,
        "trend": rules.trend(points, points=trend_points),
        "two_of_three": rules.two_of_three(np.where(outside == 0, near, 0).astype(np.int8), side),
        "shift": rules.shift(side, points=shift_points),
    }
    applies = [signs != 0 for signs in found.values()]
    signal = np.select(applies, list(found), "common").astype(object)
    signal[np.isnan(points)] = None
    return {"signal": signal, "direction": np.select(applies, list(found.values()), 0)}


def _meanings(direction: pd.Series, improvement: str) -> pd.Series:
    words = {
        "increase": {1: "improvement", -1: "concern"},
        "decrease": {1: "concern", -1: "improvement"},
        "neutral": {1: "neutral_high", -1: "neutral_low"},
    }
    return direction.map(words[improvement] | {0: "common"})


def _warnings(chart: pd.DataFrame) -> dict[str, Any]:
    points = chart.groupby("segment")["value"].count()
    short = points[points < FEWEST_POINTS]
    return {
        "short_segments": tuple(int(number) for number in short.index),
        "icons": len(chart) > 0 and chart["segment"].iloc[-1] not in short.index,
        "warnings": tuple(
            f"segment {number} has {count} point{'' if count == 1 else 's'}, fewer than "
            f"{FEWEST_POINTS}: its limits are not firm yet"
            for number, count in short.items()
        ),
    }


def variation(chart: pd.DataFrame) -> str:
    """Give the meaning of the last point of a chart.

    Parameters
    ----------
    chart
        What `xmr` gives. Where ``chart.attrs["icons"]`` is False the last segment has too few
        points for an icon to be shown.

    Returns
    -------
    str
        ``improvement``, ``concern``, ``neutral_high``, ``neutral_low`` or ``common``, of the last
        point that is not missing; ``none`` where there is no point.

    Examples
    --------
    >>> variation(xmr([5, 6, 5, 7, 6, 5, 6]))
    'common'
    """
    meanings = chart["meaning"].dropna()
    return str(meanings.iloc[-1]) if len(meanings) else "none"


def assurance(chart: pd.DataFrame) -> str:
    """Say whether a process as it runs meets its target.

    Parameters
    ----------
    chart
        What `xmr` gives; the target and the direction of improvement are those it was given.

    Returns
    -------
    str
        By the last limits: ``consistently_meets`` where the target lies beyond them on the side
        away from improvement (strictly), ``consistently_fails`` beyond them on the other side,
        ``hit_or_miss`` within them; ``none`` without a target, with neutral improvement, or
        without limits.

    Examples
    --------
    >>> assurance(xmr([5, 6, 5, 7, 6, 5, 6], improvement="decrease", target=20))
    'consistently_meets'
    """
    target, improvement = chart.attrs["target"], chart.attrs["improvement"]
    if target is None or improvement == "neutral" or chart["upper"].tail(1).isna().all():
        return "none"
    lower, upper = chart[["lower", "upper"]].iloc[-1]
    if lower <= target <= upper:
        return "hit_or_miss"
    easy = target > upper if improvement == "decrease" else target < lower
    return "consistently_meets" if easy else "consistently_fails"


def per_day(counts: pd.Series, *, days: Values = None) -> pd.Series:
    """Divide monthly counts by the days of their month, so that February can be charted.

    Parameters
    ----------
    counts
        One count a month. Its index gives the months (``PeriodIndex`` or ``DatetimeIndex``),
        unless ``days`` is given.
    days
        Days of each month, above 0.

    Returns
    -------
    pandas.Series
        Counts per day, with the same index.

    Raises
    ------
    ValueError
        There are neither days nor months in the index, or a number of days is not above 0.

    Examples
    --------
    >>> months = pd.period_range("2024-01", "2024-02", freq="M")
    >>> per_day(pd.Series([62, 58], index=months)).tolist()
    [2.0, 2.0]
    """
    if days is None:
        if not isinstance(counts.index, (pd.PeriodIndex, pd.DatetimeIndex)):
            raise ValueError("counts: the index holds no months; give days")
        days = pd.Series(counts.index.days_in_month, index=counts.index)
    lines = align(counts=counts, days=days)
    observed, length = lines.arrays
    check_positive(days=length)
    values = pd.Series(observed / length, index=counts.index)
    values.attrs["charted"] = "per day"
    return values
