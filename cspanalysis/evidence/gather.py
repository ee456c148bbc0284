"""Evidence: what the store holds on an area and its force, ready to be compared.

Figures come from one of two kinds of source, never mixed in one table: counts by month, or a
table that was published for the period and its baseline.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Literal, TypedDict

from cspanalysis.errors import StoreError
from cspanalysis.evidence.comparability import (
    Comparison,
    Line,
    divides,
    since_splits,
    still_counted,
)
from cspanalysis.evidence.figures import ForceChange, Provenance
from cspanalysis.evidence.noise import LineNoise, noise_of_lines
from cspanalysis.evidence.nothing import nothing_of
from cspanalysis.evidence.shortfalls import shortfall_of
from cspanalysis.evidence.tables import TABLES, Pair, around_of, counts_in, pair_of, table_of
from cspanalysis.store.shortened import short_months
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.listed import joined, months_text
from cspanalysis.vocabulary.measure import MeasureTable

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store import Store

__all__ = [
    "Evidence",
    "counts_of",
    "gather",
    "holds",
]


class _Asked(TypedDict):
    area: Area
    period: Period
    baseline: Period


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
    short
        Months of which an earlier edition held far more crimes.
    """

    kind: Literal["counts", "published"]
    lines: tuple[Line, ...]
    comparison: Comparison
    force: Mapping[str, ForceChange] = field(default_factory=dict)
    monthly: pd.DataFrame | None = None
    located: tuple[float, float] | None = None
    source: str = "police-uk"
    short: frozenset[date] = frozenset()

    def __repr__(self) -> str:
        asked = self.comparison
        spanned = f"{asked.area.label}, {asked.baseline} to {asked.period}"
        return f"<Evidence: {spanned}, {len(self.lines)} measures, {self.source}>"


def gather(store: Store, *, area: Area, period: Period, baseline: Period) -> Evidence:
    """Ask the store for the figures of an area in a period and its baseline period.

    The area's own publication for both periods comes first, since the police made it for that
    area; then the counts by month, added up, where both periods hold any; then official tables of
    both periods (ONS, Home Office). Where none has both, what there is of the period alone; where
    there is nothing of the area itself, what official tables of the period have of its force.

    Raises
    ------
    StoreError
        If the store holds neither for this area and period; what it does hold is named.
    """
    asked: _Asked = {"area": area, "period": period, "baseline": baseline}
    both = table_of(store, area, period, baseline)
    months = store.held.covers(area, period)
    if both == TABLES[0] or (both and not (months and store.held.covers(area, baseline))):
        return _tabled(pair_of(store, both, **asked), **asked)
    if months:
        return _counted(store, area, period, baseline)
    if alone := table_of(store, area, period):
        return _tabled(pair_of(store, alone, **asked), **asked)
    if around := around_of(store, **asked):
        return _tabled(around, **asked)
    raise StoreError(nothing_of(store, area, period))


def counts_of(store: Store, area: Area, period: Period, *, source: str) -> Mapping[str, int]:
    """Count each measure over a period in one source; none of those that lack a month.

    Parameters
    ----------
    source
        ``police-uk`` or a source of tables.
    """
    if source in TABLES:
        return counts_in(store, source, area, period)
    if not store.held.covers(area, period):
        return {}
    monthly = store.monthly(area, months=period)
    whole = monthly.loc[:, monthly.notna().all()]
    return {str(code): int(count) for code, count in whole.sum().items()}


def holds(store: Store, area: Area, period: Period, *, source: str) -> bool:
    """Tell whether one source has figures of an area for the whole of a period."""
    if source in TABLES:
        return store.figures.has_published(area, period, source=source)
    return bool(area.force) and store.held.whole(area, period)


def _tabled(pair: Pair, *, area: Area, period: Period, baseline: Period) -> Evidence:
    comparison = Comparison(area=area, period=period, baseline=baseline, provenance=pair.provenance)
    return Evidence("published", pair.lines, comparison, pair.force, source=pair.source)


def _counted(store: Store, area: Area, period: Period, baseline: Period) -> Evidence:
    first = store.held.first(area) or baseline.start
    history = Period.of_months(min(first, baseline.start), period.end)
    recorded = _ordered(store.monthly(area, months=history))
    compared = min(baseline.start, period.start)
    recorded = recorded[still_counted(map(str, recorded.columns), compared)]
    part = store.held.in_part(area, (*baseline.months, *period.months))
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
    shortfall = shortfall_of(store, area, period=period, baseline=baseline)
    return Evidence(
        "counts",
        lines,
        replace(comparison, located=located or (1.0, 1.0), shortfall=shortfall),
        _counted_force(store, area, lines, comparison, noise),
        since_splits(recorded, period.end),
        located,
        short=frozenset(one.month for one in short_months(store, area, history.months)),
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
    return found


def _police_uk(store: Store) -> Provenance:
    used = {row["vintage"] for row in store.inquiry.inputs_read() if row["source"] == "police-uk"}
    return Provenance("Street-level crime, data.police.uk", joined(sorted(map(str, used))))


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
