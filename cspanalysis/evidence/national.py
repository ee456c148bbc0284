"""National tables: what ONS and the Home Office published of all areas for one period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from cspanalysis.evidence.figures import Provenance
from cspanalysis.store.parts import OFFICIAL
from cspanalysis.store.unions import table_parts
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.area import AreaRegister
from cspanalysis.vocabulary.wider import wider_areas

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store import Store

__all__ = ["FARTHEST", "RANKED", "NationalTable", "national_table"]

RANKED = ("csp", "force", "county", "combined", "region")
"""Kinds of areas that are ranked among all of their kind."""

FARTHEST = 24
"""A year's table stands beside a period from whose end its own lies at most so many months."""


@dataclass(frozen=True)
class NationalTable:
    """Hold one official table of all areas.

    Parameters
    ----------
    store
        Where denominators come from.
    source
        ``ons`` or ``home-office``.
    period
        What the table is of.
    counts
        Index codes of areas, columns measures, Int64.
    """

    store: Store
    source: str
    period: Period
    counts: pd.DataFrame

    @property
    def provenance(self) -> Provenance:
        """Who published it, and when."""
        return Provenance(self.counts.attrs["source"], self.counts.attrs["vintage"])

    def alike(self, area: Area) -> tuple[Area, ...]:
        """Give the areas of the table that are of the same kind as an area, itself among them."""
        wider = (Area.named(w.code) for w in wider_areas().values() if w.kind == area.kind)
        others = wider if area.is_wider else AreaRegister.shipped()
        return tuple(other for other in others if other.kind == area.kind and self._parts(other))

    def count(self, area: Area, measure: Measure) -> int | None:
        """Give the count of a measure in an area, or its parts; None where the table has none."""
        counts = [self._counted.get((part.code, measure.code)) for part in self._parts(area)]
        known = [count for count in counts if count is not None]
        return sum(known) if known and len(known) == len(counts) else None

    def people(self, area: Area, measure: Measure) -> int:
        """Give the denominator of a measure in an area; 0 where it has none."""
        if measure.denominator == "none":
            return 0
        key = (area.code, measure.denominator)
        if key not in self._people:
            asked = self.store.people.denominator(area, measure.denominator, period=self.period)
            self._people[key], self._labels[measure.denominator] = asked.value, asked.label
        return self._people[key]

    def label(self, area: Area, measure: Measure) -> str:
        """Name the denominator of a measure."""
        return self._labels[measure.denominator] if self.people(area, measure) else ""

    def _parts(self, area: Area) -> tuple[Area, ...]:
        """Give the area, or the parts that answer for a wider one; none where one is not there."""
        ways = (*table_parts(area), (area,))
        return next((way for way in ways if all(a.code in self.counts.index for a in way)), ())

    @cached_property
    def _counted(self) -> dict[tuple[str, str], int]:
        long = self.counts.melt(ignore_index=False, value_name="count").dropna()
        keys = zip(long.index, long["measure"], strict=True)
        return dict(zip(keys, map(int, long["count"]), strict=True))

    @cached_property
    def _people(self) -> dict[tuple[str, str], int]:
        return {}

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {}


def national_table(store: Store, area: Area, period: Period) -> NationalTable | None:
    """Choose the official table that says most of where an area stands in a period.

    One that has figures of the area comes first; then one of exactly the period; then the year
    whose end is nearest, at most `FARTHEST` months away; of equal ones that of ONS.

    Returns
    -------
    NationalTable or None
        None where no such table is held, and for areas of a kind that is not `RANKED`.
    """
    if area.kind not in RANKED:
        return None
    found = [
        (
            not store.figures.has_published(area, span, source=source),
            _away(span, period),
            place,
            span,
        )
        for place, source in enumerate(OFFICIAL)
        for span in _spans(store, source, period)
        if _away(span, period) <= FARTHEST
    ]
    for _, _, place, span in sorted(found, key=lambda one: one[:3]):
        counts = store.figures.everywhere(span, source=OFFICIAL[place])
        if not counts.empty:
            return NationalTable(store, OFFICIAL[place], span, counts)
    return None


def _spans(store: Store, source: str, period: Period) -> list[Period]:
    """Give the periods of a source's tables that a level can be read from, years and its own."""
    # The farthest year that counts begins a year before its own end.
    held = store.figures.spans(source=source, begun_by=_later(period.end, FARTHEST - 11))
    years = {span.end: _year(span) for span in held if len(span.months) == 12}
    if not store.figures.everywhere(period, source=source).empty:
        years[period.end] = period
    return list(years.values())


def _later(day: date, months: int) -> date:
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, 1)


def _year(span: Period) -> Period:
    """Name a year as people do: a calendar year, or twelve months to a month."""
    last = f"{span.end:%Y-%m}"
    return Period.parse(last[:4] if last.endswith("-12") else f"12m-to-{last}")


def _away(span: Period, period: Period) -> int:
    """Count the months between the ends of two periods; -1 of one and the same."""
    if (span.start, span.end) == (period.start, period.end):
        return -1
    ends = [each.end.year * 12 + each.end.month for each in (span, period)]
    return abs(ends[0] - ends[1])
