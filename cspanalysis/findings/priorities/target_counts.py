"""Targets held against counts: which counts, which value, how sure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from cspanalysis.findings.changes.trends import UNIT, variation_code
from cspanalysis.findings.finding import Change, Trend
from cspanalysis.findings.priorities.target_power import Power
from cspanalysis.findings.priorities.targets import TargetFinding, yearly_of
from cspanalysis.findings.wording.numbers import TO_BE_CONFIRMED
from cspanalysis.partnership.work import Priority
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.listed import months_text

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["matched", "targets"]

_YEAR = 12
_MEAN_YEAR = 365.25
_PACE = 30
"""Control charts count per so many days."""

Against = Callable[[Period], Sequence[Change]]


def targets(
    priorities: Sequence[Priority],
    *,
    area: Area,
    period: Period,
    baseline: Period,
    against: Against,
    monthly: pd.DataFrame | None = None,
    trends: Sequence[Trend] = (),
    in_part: Sequence[date] = (),
) -> tuple[TargetFinding, ...]:
    """Hold the measures of priorities against their targets.

    A target that names a change starts from the count of the same months in its baseline; one
    that names a count in twelve months is held against its share by days. Whether the distance
    is more than chance is read from the 95 % interval of the period's count, which allows for
    the usual ups and downs of its months (Poisson, or with the measure's own dispersion); the
    target itself is taken as fixed.

    Parameters
    ----------
    priorities
        As the partnership file gives them.
    area, period
        Where and when.
    baseline
        What the report compares with; stands where an aim names no baseline.
    against
        Gives the changes between a baseline and the period, with the rules of comparability
        applied; nothing where there are no figures.
    monthly
        Counts by month, where there are any.
    trends
        Control charts, for what the months say of the target.
    in_part
        Months that the source holds in part only: what rests on them can't be said.

    Returns
    -------
    tuple of TargetFinding
        One for each measure of each priority, in their order, those without a target included.
    """
    charts = {trend.measure.code: trend for trend in trends}
    against = cache(against)  # several aims may start from the same months
    aims = [(priority, aim) for priority in priorities for aim in priority.measures]
    found = [
        _held(
            TargetFinding(
                priority=priority,
                aim=aim,
                area=area,
                period=period,
                baseline=aim.baseline or baseline,
            ),
            baseline,
            against,
            set(in_part),
        )
        for priority, aim in aims
    ]
    return tuple(_charted(one, charts.get(one.measure.code), monthly) for one in found)


def matched(baseline: Period, period: Period) -> Period | None:
    """Find the months of a baseline that are the same months of the year as a period's.

    Whole years of equal length match as they are. None where the baseline does not hold the
    months in a row, or holds them more than once.

    Examples
    --------
    >>> quarter = Period.parse("2023-10..2023-12")
    >>> matched(Period.parse("2022"), quarter)
    Period.parse('2022-10..2022-12')
    >>> matched(Period.parse("2021-01..2022-12"), quarter) is None
    True
    """
    length = len(period.months)
    if length % _YEAR == 0 and len(baseline.months) == length:
        return baseline
    places = range(len(baseline.months) - length + 1)
    starts = [place for place in places if baseline.months[place].month == period.start.month]
    if len(starts) != 1:
        return None
    first, last = baseline.months[starts[0]], baseline.months[starts[0] + length - 1]
    found = Period.of_months(first, last)
    return baseline if found == baseline else found


def _held(
    finding: TargetFinding, baseline: Period, against: Against, in_part: set[date]
) -> TargetFinding:
    """Find the counts, the value and the interval, or why they can't be held together."""
    start = _start(finding)
    changes = against(start or baseline)
    change = next((c for c in changes if c.measure == finding.measure), None)
    if change is not None:
        finding = replace(
            finding,
            baseline=start or finding.baseline,
            before=change.before if start else None,
            after=change.after,
            caveats=change.caveats,
            provenance=change.provenance,
        )
    if finding.target is None:
        return finding
    reason = _no_count(finding, change, in_part) or _no_start(finding, change, start, in_part)
    finding = replace(finding, reason=reason, value=_value(finding, reason))
    if change is None or reason:
        return finding
    return _with_limits(replace(finding, power=_power(finding, change)), change.period_noise)


def _power(finding: TargetFinding, change: Change) -> Power | None:
    """Hold the change that a target asks for against what the comparison with its start shows."""
    if not finding.before or not finding.value or change.p_value is None:
        return None
    asked = finding.value / finding.before
    if finding.target is None or finding.target.change is None:
        asked *= finding.baseline.days / finding.period.days
    if asked == 1 or (asked < 1) != (finding.way == "at most"):
        return None  # it asks to keep what is reached already
    up, down = change.visible
    visible = up if asked > 1 else down or 0.0
    return None if visible is None else Power(asked, visible)


def _start(finding: TargetFinding) -> Period | None:
    """Find the months that the target starts from; None where they don't lie before the period."""
    found = matched(finding.baseline, finding.period)
    return found if found and found.end < finding.period.start else None


def _no_count(finding: TargetFinding, change: Change | None, in_part: set[date]) -> str:
    """Say why there is no count to hold against the target; empty where there is one."""
    if change is None:
        what = f"{finding.measure.phrase} for {finding.area.name}"
        return f"There is no figure of {what}, {finding.period.label}."
    if change.after is None or change.status == TO_BE_CONFIRMED:
        return change.refused or f"There is no figure for {finding.period.label}."
    return _part_text(finding.period, in_part)


def _no_start(
    finding: TargetFinding, change: Change | None, start: Period | None, in_part: set[date]
) -> str:
    """Say why the target has no sound start; empty where it needs none or has one."""
    assert finding.target is not None  # noqa: S101 # nosec B101 - asked only where there is one
    relative = finding.target.change is not None
    if not relative and finding.aim.baseline is None:
        return ""
    if start is None:
        return _unmatched(finding) if relative else ""
    if change is not None and change.refused and (relative or change.before is not None):
        return change.refused
    return _part_text(start, in_part) if relative else ""


def _unmatched(finding: TargetFinding) -> str:
    wanted, period = finding.baseline, finding.period
    if matched(wanted, period) is None:
        return (
            f"The target starts from {wanted.label}, which does not hold the months of "
            f"{period.label} once each."
        )
    return f"The target starts from {wanted.label}, which does not lie before {period.label}."


def _part_text(period: Period, in_part: set[date]) -> str:
    lacking = [month for month in period.months if month in in_part]
    return f"The figures of {months_text(lacking)} are there in part only." if lacking else ""


def _value(finding: TargetFinding, reason: str) -> float | None:
    """Give what the count of the period is to come to."""
    target = finding.target
    assert target is not None  # noqa: S101 # nosec B101 - asked only where there is one
    if target.change is not None:
        sound = finding.before is not None and not reason
        return _changed(finding.before or 0, target.change) if sound else None
    return (yearly_of(target) or 0) * finding.period.days / _year_to(finding.period).days


def _changed(count: float, percent: float) -> float:
    return count * (100 + percent) / 100


def _year_to(period: Period) -> Period:
    """Give the twelve months that end with a period."""
    after = period.end.replace(day=1)
    first = date(after.year - (after.month < _YEAR), after.month % _YEAR + 1, 1)
    return Period.of_months(first, period.end)


def _with_limits(finding: TargetFinding, dispersion: float) -> TargetFinding:
    from cspanalysis.methods import dispersed_interval

    lower, upper = dispersed_interval(finding.after, dispersion=dispersion)
    return replace(finding, lower=float(lower), upper=float(upper))


def _charted(
    finding: TargetFinding, trend: Trend | None, monthly: pd.DataFrame | None
) -> TargetFinding:
    """Add what the control chart says: of the last month, and of the target."""
    if trend is None:
        return finding
    finding = replace(finding, variation=variation_code(trend))
    pace = _pace(finding, trend, monthly)
    if pace is None or finding.reason or trend.variation == "none":
        return finding
    from cspanalysis.methods import assurance

    chart = trend.chart.copy()
    better = "decrease" if finding.way == "at most" else "increase"
    chart.attrs = {**trend.chart.attrs, "target": pace, "improvement": better}
    return replace(finding, assurance=assurance(chart))


def _pace(finding: TargetFinding, trend: Trend, monthly: pd.DataFrame | None) -> float | None:
    """Give the target in the unit of the chart; None where the season would mislead.

    The months of a chart without its season are held against a whole year's target.
    """
    target = finding.target
    if target is None or finding.value is None:
        return None
    if target.change is None:
        return (yearly_of(target) or 0) * _PACE / _MEAN_YEAR
    whole = finding.aim.baseline or finding.baseline
    if len(whole.months) % _YEAR == 0 and (counted := _total(finding, whole, monthly)) is not None:
        return _changed(counted, target.change) * _PACE / whole.days
    return finding.value * _PACE / finding.period.days if trend.unit == UNIT else None


def _total(finding: TargetFinding, period: Period, monthly: pd.DataFrame | None) -> float | None:
    import pandas as pd

    if monthly is None or finding.measure.code not in monthly:
        return None
    counts = monthly[finding.measure.code].reindex(pd.DatetimeIndex(period.months))
    return None if counts.isna().any() else float(counts.sum())
