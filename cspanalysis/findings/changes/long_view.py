"""The long view: five to ten years of an official table, cut where recording changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from cspanalysis.evidence.figures import Provenance
from cspanalysis.evidence.national import FARTHEST
from cspanalysis.store.parts import OFFICIAL
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.breaks import Break, breaks_between
from cspanalysis.vocabulary.measure import MeasureTable

if TYPE_CHECKING:
    from cspanalysis.store import Store

__all__ = ["FEWEST_YEARS", "LongLine", "LongView", "long_view"]

FEWEST_YEARS = 5
MOST_YEARS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class LongLine:
    """Hold the years of one measure, and the changes in recording between them.

    Parameters
    ----------
    measure
        What was counted.
    counts
        One a year, in the order of the view's years; None where the table has none.
    cuts
        The changes in recording that lie between a year and the one before, by the place of the
        later year.
    """

    measure: Measure
    counts: tuple[int | None, ...]
    cuts: dict[int, tuple[Break, ...]]

    @property
    def stretches(self) -> list[list[int]]:
        """Places of the years that may be joined by a line: no change in recording between."""
        found: list[list[int]] = []
        for place, count in enumerate(self.counts):
            if count is None:
                continue
            joins = found and found[-1][-1] == place - 1 and place not in self.cuts
            if joins:
                found[-1].append(place)
            else:
                found.append([place])
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class LongView:
    """Hold five to ten years of an area in one source.

    Parameters
    ----------
    area
        The area, or its force where the table has no years of the area itself.
    years
        Twelve months each, oldest first, all to the same month.
    lines
        One a measure.
    provenance
        Where the newest year came from.
    """

    area: Area
    years: tuple[Period, ...]
    lines: tuple[LongLine, ...]
    provenance: Provenance

    @property
    def breaks(self) -> tuple[tuple[Break, tuple[Measure, ...]], ...]:
        """The changes in recording that cut a line, oldest first, each with its measures."""
        found: dict[tuple[date, str], tuple[Break, list[Measure]]] = {}
        for line in self.lines:
            for each in {b.text: b for cut in line.cuts.values() for b in cut}.values():
                found.setdefault((each.start, each.text), (each, []))[1].append(line.measure)
        return tuple((each, tuple(measures)) for _, (each, measures) in sorted(found.items()))


def long_view(
    store: Store, area: Area, period: Period, *, without: frozenset[Measure] = frozenset()
) -> LongView | None:
    """Read the years up to a period from the official table that holds most of them.

    Years of the area itself come first; then those of its force.

    Returns
    -------
    LongView or None
        None where no table holds `FEWEST_YEARS` of either.
    """
    for where in filter(None, (area, area.wider)):
        held = [(_years(store, where, period, source), source) for source in OFFICIAL]
        years, source = max(held, key=lambda one: len(one[0]))
        if len(years) >= FEWEST_YEARS:
            return _view(store, where, years, source, without)
    return None


def _years(store: Store, area: Area, period: Period, source: str) -> tuple[Period, ...]:
    """Give the years that end with the same month, one after the other, the last ones held."""
    by_month: defaultdict[int, dict[int, Period]] = defaultdict(dict)
    newest: set[int] = set()
    spans = store.figures.published_periods(area, source=source, begun_by=period.end)
    for span in spans:
        if len(span.months) == 12 and 0 <= _months_to(span, period) <= FARTHEST:
            newest.add(span.end.month)
        if len(span.months) == 12 and span.end <= period.end:
            by_month[span.end.month][span.end.year] = span
    found: list[tuple[Period, ...]] = [()]
    for held in (held for month, held in by_month.items() if month in newest):
        last = max(held)
        run = [held[year] for year in range(last, last - MOST_YEARS, -1) if year in held]
        found.append(tuple(_named(span) for span in reversed(run)))
    return max(found, key=lambda run: (len(run), run[-1].end if run else date.min))


def _months_to(span: Period, period: Period) -> int:
    """Count the months from the end of one period to that of another."""
    first, last = (each.end.year * 12 + each.end.month for each in (span, period))
    return last - first


def _named(span: Period) -> Period:
    last = f"{span.end:%Y-%m}"
    return Period.parse(last[:4] if last.endswith("-12") else f"12m-to-{last}")


def _view(
    store: Store,
    area: Area,
    years: Sequence[Period],
    source: str,
    without: frozenset[Measure],
) -> LongView:
    tables = [store.published(area, year, source=source).set_index("measure") for year in years]
    order = MeasureTable.shipped()
    codes = sorted({str(code) for table in tables for code in table.index}, key=order.order)
    newest = tables[-1].iloc[0]
    provenance = Provenance(str(newest["source"]), str(newest["vintage"]))
    lines = []
    for measure in (order.named(code) for code in codes):
        counts = tuple(
            int(table["count"][measure.code])
            if measure.recorded_in(year)
            and measure.code in table.index
            and table["count"].notna()[measure.code]
            else None
            for year, table in zip(years, tables, strict=True)
        )
        if (
            measure not in without
            and counts[-1] is not None
            and counts.count(None) < len(years) - 1
        ):
            cuts = _cuts(measure, area, years, provenance.source)
            lines.append(LongLine(measure=measure, counts=counts, cuts=cuts))
    return LongView(area=area, years=tuple(years), lines=tuple(lines), provenance=provenance)


def _cuts(
    measure: Measure, area: Area, years: Sequence[Period], source: str
) -> dict[int, tuple[Break, ...]]:
    """Find the lasting changes in recording between each year and the one before."""
    found = {}
    for place, (before, after) in enumerate(pairwise(years), start=1):
        between = breaks_between(measure, area=area, baseline=before, period=after, source=source)
        # A change within a year lies between it and both of its neighbours: it stands alone.
        lasting = tuple(each for each in between if each.until is None)
        if lasting:
            found[place] = lasting
    return found
