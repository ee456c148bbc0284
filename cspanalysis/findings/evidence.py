"""Evidence: what the store holds on an area and its force, ready to be compared.

Figures come from one of two kinds of source, never mixed in one table: counts by month, or a
table that was published for the period and its baseline.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Literal, cast

from cspanalysis.errors import StoreError
from cspanalysis.findings.comparability import Comparison, Line
from cspanalysis.findings.finding import Caveat, ForceChange, Provenance, Rate, Status
from cspanalysis.findings.noise import LineNoise, borrowed, noise_of_lines
from cspanalysis.findings.values import Value
from cspanalysis.findings.words import in_period, joined, months_text, percent_text
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.measure import MeasureTable

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store import Store

__all__ = ["PER", "Evidence", "gather", "location_values", "rate_of"]

PER = 1000
"""Rates are per so many units of the denominator."""

_STATUSES: tuple[Status, ...] = ("final", "provisional", "to be confirmed")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Hold the lines of an area's tables and what stands behind them.

    Parameters
    ----------
    kind
        ``counts`` (by month) or ``published`` (a table for the two periods).
    lines
        The two counts of each measure.
    comparison
        What the lines share.
    force
        Change of the same measures in the force, by measure code.
    monthly
        Counts by month, where there are any: index of months, one column a measure.
    located
        Share of the force's rows that carry a location, in the baseline period and the period.
    """

    kind: Literal["counts", "published"]
    lines: tuple[Line, ...]
    comparison: Comparison
    force: Mapping[str, ForceChange] = field(default_factory=dict)
    monthly: pd.DataFrame | None = None
    located: tuple[float, float] | None = None


def gather(store: Store, *, area: Area, period: Period, baseline: Period) -> Evidence:
    """Ask the store for the figures of an area in a period and its baseline period.

    A table published for both periods comes first, since the police made it for that area;
    otherwise the counts by month are added up.

    Raises
    ------
    StoreError
        If the store holds neither for this area and period; what it does hold is named.
    """
    if store.has_published(area, period) and store.has_published(area, baseline):
        return _published(store, area, period, baseline)
    if store.covers(area, period):
        return _counted(store, area, period, baseline)
    raise StoreError(_nothing(store, area, period, baseline))


def rate_of(store: Store, area: Area, measure: Measure, count: int, *, noise: float) -> Rate | None:
    """Give the rate of a count in the denominator that the measure names; None without one.

    Its interval takes the noise of the count (see `findings.noise.period_noise`).
    """
    from cspanalysis.methods import dispersed_interval

    if measure.denominator == "none":
        return None
    denominator = store.denominator(area, measure.denominator)
    if not denominator.value:
        return None
    lower, upper = dispersed_interval(count, dispersion=noise)
    return Rate(
        value=PER * count / denominator.value,
        lower=PER * float(lower) / denominator.value,
        upper=PER * float(upper) / denominator.value,
        per=PER,
        denominator=denominator.label,
    )


def _published(store: Store, area: Area, period: Period, baseline: Period) -> Evidence:
    after = store.published(area, period).set_index("measure")
    before = store.published(area, baseline).set_index("measure")
    table = MeasureTable.shipped()
    codes = sorted({*after.index, *before.index}, key=table.order)
    months = len(period.months)
    lines = tuple(_published_line(table.named(c), before, after, months) for c in codes)
    newest = after.iloc[0]
    comparison = Comparison(
        area=area,
        period=period,
        baseline=baseline,
        provenance=Provenance(str(newest["source"]), str(newest["vintage"])),
    )
    return Evidence("published", lines, comparison, _published_force(store, area, period))


def _published_line(
    measure: Measure, before: pd.DataFrame, after: pd.DataFrame, months: int
) -> Line:
    rows = [frame.loc[measure.code] for frame in (before, after) if measure.code in frame.index]
    notes = dict.fromkeys(str(row["note"]) for row in rows if row["note"])
    counts = _count(before, measure.code), _count(after, measure.code)
    noise = borrowed(*counts, months=months)
    return Line(
        measure=measure,
        before=counts[0],
        after=counts[1],
        dispersion=noise.comparison,
        freedom=noise.freedom,
        period_noise=noise.period,
        borrowed=True,
        status=max((cast("Status", row["status"]) for row in rows), key=_STATUSES.index),
        note=" ".join(notes),
    )


def _published_force(store: Store, area: Area, period: Period) -> dict[str, ForceChange]:
    if not area.force:
        return {}
    force = Area.named(area.force)
    if not store.has_published(force, period):
        return {}
    rows = store.published(force, period).dropna(subset=["percent_change"])
    return {
        str(code): ForceChange(name=force.name, percent_change=float(percent))
        for code, percent in zip(rows["measure"], rows["percent_change"], strict=True)
    }


def _counted(store: Store, area: Area, period: Period, baseline: Period) -> Evidence:
    first = store.first(area) or baseline.start
    history = Period.of_months(min(first, baseline.start), period.end)
    monthly = _ordered(store.monthly(area, months=history))
    noise = noise_of_lines(store, area, period, baseline)
    lines = tuple(
        _counted_line(Measure.named(str(code)), monthly[code], period, baseline, noise)
        for code in monthly.columns
    )
    comparison = Comparison(
        area=area,
        period=period,
        baseline=baseline,
        provenance=_police_uk(store),
    )
    located = _located(store, comparison)
    caveats = (
        *_season_caveats(comparison),
        *_history_caveats(lines),
        *_location_caveats(comparison, located),
    )
    return Evidence(
        "counts",
        lines,
        replace(comparison, located=located or (1.0, 1.0), caveats=caveats),
        _counted_force(store, area, lines, comparison, noise),
        monthly,
        located,
    )


def _counted_line(
    measure: Measure, counts: pd.Series, period: Period, baseline: Period, noise: LineNoise
) -> Line:
    gone = [m for p in (baseline, period) for m in p.months if _at(counts, m) is None]
    missing = f"There are no figures for {months_text(gone)}." if gone else ""
    before, after = _total(counts, baseline), _total(counts, period)
    found = noise.of(measure.code, before, after)
    return Line(
        measure=measure,
        before=before,
        after=after,
        missing=missing,
        dispersion=found.comparison,
        freedom=found.freedom,
        period_noise=found.period,
        borrowed=found.borrowed,
    )


def _counted_force(
    store: Store,
    area: Area,
    lines: Iterable[Line],
    comparison: Comparison,
    noise: LineNoise,
) -> dict[str, ForceChange]:
    if not area.force or area.kind == "force":
        return {}
    force = Area.named(area.force)
    span = Period.of_months(
        min(comparison.baseline.start, comparison.period.start), comparison.period.end
    )
    monthly = store.monthly(force, months=span)
    days = comparison.period.days, comparison.baseline.days
    longer = days[0] / days[1] if abs(days[0] - days[1]) > 1 else 1  # as `Change.by_day` has it
    found = {}
    for code in (line.measure.code for line in lines):
        before = _total(monthly[code], comparison.baseline)
        after = _total(monthly[code], comparison.period)
        percent = 100 * (after / before / longer - 1) if before and after is not None else None
        found[code] = ForceChange(
            name=force.name,
            percent_change=percent,
            before=before,
            after=after,
            noise=noise.rest(code),
        )
    return found


def _police_uk(store: Store) -> Provenance:
    used = {row["vintage"] for row in store.inputs_read() if row["source"] == "police-uk"}
    return Provenance("Street-level crime, data.police.uk", joined(sorted(map(str, used))))


def _season_caveats(comparison: Comparison) -> tuple[Caveat, ...]:
    seasons = [sorted(m.month for m in p.months) for p in (comparison.baseline, comparison.period)]
    if seasons[0] == seasons[1] or all(len(set(months)) == 12 for months in seasons):
        return ()
    text = (
        f"The baseline period, {comparison.baseline.label}, does not hold the same months of the "
        "year, so the season may explain a difference."
    )
    return (Caveat("season", text),)


def _history_caveats(lines: Sequence[Line]) -> tuple[Caveat, ...]:
    if not all(line.borrowed for line in lines):
        return ()
    text = (
        "There are too few months of history (24 are needed) to know the usual ups and downs of "
        "these counts. How much they vary is borrowed from other areas, so a change is called "
        "possible at most."
    )
    return (Caveat("history", text),)


def _located(store: Store, comparison: Comparison) -> tuple[float, float] | None:
    """Share of located rows in both periods; None for a force, and where a month is missing."""
    area = comparison.area
    if area.kind == "force":
        return None
    tables = [store.shortfall(area, p) for p in (comparison.baseline, comparison.period)]
    if any(table["rows"].isna().any() for table in tables):
        return None
    lost = [t["without_location"].sum() / t["rows"].sum() for t in tables]
    return 1 - float(lost[0]), 1 - float(lost[1])


def _location_caveats(
    comparison: Comparison, located: tuple[float, float] | None
) -> tuple[Caveat, ...]:
    """Say how many of the force's records carry no location, and what that does to a change."""
    if located is None or min(located) == 1:
        return ()
    before, after = (percent_text(100 * (1 - share)) for share in located)
    text = (
        f"{after} of the force's records {in_period(comparison.period)} carry no location, "
        f"against {before} {in_period(comparison.baseline)}. They can't be counted to "
        f"{comparison.area.name}, so its counts run low. {_shift_text(located[0] / located[1])}"
    )
    return (Caveat("location", text),)


def location_values(comparison: Comparison, located: tuple[float, float] | None) -> Iterator[Value]:
    """Give what the caveat on records without a location says in numbers; nothing without one."""
    if located is None or min(located) == 1:
        return
    for name, share, period in (
        ("without", located[1], comparison.period),
        ("baseline_without", located[0], comparison.baseline),
    ):
        yield _percent_value(
            f"location.{name}", 1 - share, f"Records of the force without location, {period.label}"
        )
    label = "How much changes would read by, allowing for records without location"
    yield _percent_value("location.shift", located[0] / located[1] - 1, label)


def _percent_value(key: str, part: float, label: str) -> Value:
    return Value(key=key, value=100 * part, text=percent_text(100 * part), unit="%", label=label)


def _shift_text(ratio: float) -> str:
    """Say how a change would read if every record carried a location."""
    shift = percent_text(abs(100 * (ratio - 1)))
    if shift == percent_text(0):
        return "The share is the same in both, so changes read as they are."
    way = "higher" if ratio > 1 else "lower"
    return f"Allowing for that, changes would read about {shift} {way}."


def _ordered(monthly: pd.DataFrame) -> pd.DataFrame:
    return monthly[[m.code for m in MeasureTable.shipped() if m.code in monthly.columns]]


def _at(counts: pd.Series, month: date) -> int | None:
    import pandas as pd

    count = counts.get(pd.Timestamp(month))
    return None if count is None or pd.isna(count) else int(count)


def _total(counts: pd.Series, period: Period) -> int | None:
    values = [_at(counts, month) for month in period.months]
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _count(frame: pd.DataFrame, code: str) -> int | None:
    import pandas as pd

    if code not in frame.index:
        return None
    count = frame.loc[code, "count"]
    return None if count is pd.NA else int(cast("int", count))


def _nothing(store: Store, area: Area, period: Period, baseline: Period) -> str:
    months, tables = store.months(area), store.published_periods(area)
    held = [f"its months run from {months[0]:%Y-%m} to {months[-1]:%Y-%m}"] if months else []
    if tables:
        needed = f" and none for {baseline}, to compare with" if period in tables else ""
        held.append(f"tables hold figures for {joined([str(each) for each in tables])}{needed}")
    none = "the store holds no figures for this area; `cspanalysis ingest` adds some"
    return f"no figures for {area.label} in {period.label}: {'; '.join(held) or none}"
