"""Evidence: what the store holds on an area and its force, ready to be compared.

Figures come from one of two kinds of source, never mixed in one table: counts by month, or a
table that was published for the period and its baseline.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from cspanalysis.errors import StoreError
from cspanalysis.findings.comparability import Comparison, Line, divides, since_splits
from cspanalysis.findings.finding import Caveat, ForceChange, Provenance, Rate
from cspanalysis.findings.force_moves import with_moves
from cspanalysis.findings.noise import LineNoise, noise_of_lines
from cspanalysis.findings.tables import TABLES, counts_in, pair_of, table_of
from cspanalysis.findings.values import Value
from cspanalysis.findings.visited import with_visitors
from cspanalysis.findings.words import in_period, joined, months_text, percent_text
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.measure import MeasureTable

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store import Store
    from cspanalysis.store.answers import Denominator

__all__ = [
    "PER",
    "Evidence",
    "counts_of",
    "denominators_of",
    "gather",
    "holds",
    "location_values",
    "rate_of",
    "rates_of",
]

PER = 1000
"""Rates are per so many units of the denominator."""


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
        Counts by month, where there are any: index of months, one column a measure. Of a category
        that was divided the months before are missing: they hold other things.
    located
        Share of the force's rows that carry a location, in the baseline period and the period.
    source
        Where in the store the lines come from.
    """

    kind: Literal["counts", "published"]
    lines: tuple[Line, ...]
    comparison: Comparison
    force: Mapping[str, ForceChange] = field(default_factory=dict)
    monthly: pd.DataFrame | None = None
    located: tuple[float, float] | None = None
    source: str = "police-uk"


def gather(store: Store, *, area: Area, period: Period, baseline: Period) -> Evidence:
    """Ask the store for the figures of an area in a period and its baseline period.

    The area's own publication for both periods comes first, since the police made it for that
    area; then the counts by month, added up, where both periods hold any; then official tables of
    both periods (ONS, Home Office). Where none has both, what there is of the period alone.

    Raises
    ------
    StoreError
        If the store holds neither for this area and period; what it does hold is named.
    """
    both = table_of(store, area, period, baseline)
    months = store.covers(area, period)
    if both == TABLES[0] or (both and not (months and store.covers(area, baseline))):
        return _tabled(store, both, area=area, period=period, baseline=baseline)
    if months:
        return _counted(store, area, period, baseline)
    if alone := table_of(store, area, period):
        return _tabled(store, alone, area=area, period=period, baseline=baseline)
    raise StoreError(_nothing(store, area, period))


def counts_of(store: Store, area: Area, period: Period, *, source: str) -> Mapping[str, int]:
    """Count each measure over a period in one source; none of those that lack a month.

    Parameters
    ----------
    source
        ``police-uk`` or a source of tables.
    """
    if source in TABLES:
        return counts_in(store, source, area, period)
    if not store.covers(area, period):
        return {}
    monthly = store.monthly(area, months=period)
    whole = monthly.loc[:, monthly.notna().all()]
    return {str(code): int(count) for code, count in whole.sum().items()}


def holds(store: Store, area: Area, period: Period, *, source: str) -> bool:
    """Tell whether one source has figures of an area for the whole of a period."""
    if source in TABLES:
        return store.has_published(area, period, source=source)
    return bool(area.force) and store.whole(area, period)


def rate_of(
    store: Store, area: Area, measure: Measure, count: int, *, period: Period, noise: float
) -> Rate | None:
    """Give the rate of a count in the denominator that the measure names; None without one.

    Residents are those of the year of the period (see `Store.denominator`), and the interval
    takes the noise of the count (see `findings.noise.period_noise`).
    """
    held = denominators_of(store, [area], measure, period)
    return rates_of({area: count}, held, {area: noise}).get(area)


def denominators_of(
    store: Store, areas: Iterable[Area], measure: Measure, period: Period
) -> dict[Area, Denominator]:
    """Give what rates of a measure are per, by area; areas without are left out."""
    if measure.denominator == "none":
        return {}
    held = {area: store.denominator(area, measure.denominator, period=period) for area in areas}
    if measure.denominator == "persons":
        held = {area: with_visitors(store, area, held[area], period) for area in held}
    return {area: denominator for area, denominator in held.items() if denominator.value}


def rates_of(
    counts: Mapping[Area, int],
    denominators: Mapping[Area, Denominator],
    noise: Mapping[Area, float],
) -> dict[Area, Rate]:
    """Give the rates of counts, by area; those without denominator are left out."""
    from cspanalysis.methods import dispersed_interval

    found = {}
    for area in (area for area in counts if area in denominators):
        people = denominators[area]
        lower, upper = dispersed_interval(counts[area], dispersion=noise[area])
        found[area] = Rate(
            value=PER * counts[area] / people.value,
            lower=PER * float(lower) / people.value,
            upper=PER * float(upper) / people.value,
            per=PER,
            denominator=people.label,
        )
    return found


def _tabled(store: Store, source: str, *, area: Area, period: Period, baseline: Period) -> Evidence:
    pair = pair_of(store, source, area=area, period=period, baseline=baseline)
    comparison = Comparison(area=area, period=period, baseline=baseline, provenance=pair.provenance)
    return Evidence("published", pair.lines, comparison, pair.force, source=source)


def _counted(store: Store, area: Area, period: Period, baseline: Period) -> Evidence:
    first = store.first(area) or baseline.start
    history = Period.of_months(min(first, baseline.start), period.end)
    recorded = _ordered(store.monthly(area, months=history))
    part = store.in_part(area, (*baseline.months, *period.months))
    noise = noise_of_lines(store, area, period, baseline)
    comparison = Comparison(
        area=area,
        period=period,
        baseline=baseline,
        provenance=_police_uk(store),
    )
    lines = tuple(
        _counted_line(Measure.named(str(code)), recorded[code], comparison, part, noise)
        for code in recorded.columns
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
        since_splits(recorded, period.end),
        located,
    )


def _counted_line(
    measure: Measure,
    counts: pd.Series,
    comparison: Comparison,
    part: Sequence[date],
    noise: LineNoise,
) -> Line:
    period, baseline = comparison.period, comparison.baseline
    lacking = [m for p in (baseline, period) for m in p.months if _at(counts, m) is None]
    gone = [month for month in lacking if month not in part]
    missing = f"There are no figures for {months_text(gone)}." if gone else ""
    if len(gone) < len(lacking):
        missing += f" The police files for {months_text(part)} are there in part only."
    before, after = _total(counts, baseline), _total(counts, period)
    found = noise.of(measure.code, before, after)
    return Line(
        measure=measure,
        before=before,
        after=after,
        missing=missing.strip(),
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
    force = area.wider
    if force is None:
        return {}
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
        if divides(Measure.named(code), comparison):
            percent = None
        found[code] = ForceChange(
            name=force.name,
            percent_change=percent,
            before=before,
            after=after,
            noise=noise.rest(code),
        )
    return with_moves(
        found, store, area, period=comparison.period, baseline=comparison.baseline, noise=noise
    )


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


def _nothing(store: Store, area: Area, period: Period) -> str:
    months = store.months(area)
    tables = [span for source in TABLES for span in store.published_periods(area, source=source)]
    held = [f"its months run from {months[0]:%Y-%m} to {months[-1]:%Y-%m}"] if months else []
    if tables:
        named = [str(each) for each in sorted(set(tables), key=lambda span: span.start)]
        shown = [*named[:2], f"{len(named) - 4} more", *named[-2:]] if len(named) > 6 else named
        held.append(f"tables hold figures for {joined(shown)}")
    none = "the store holds no figures for this area; `cspanalysis ingest` adds some"
    return f"no figures for {area.label} in {period.label}: {'; '.join(held) or none}"
