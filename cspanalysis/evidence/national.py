"""National tables: what ONS and the Home Office published of all areas for one period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from cspanalysis.evidence.figures import Provenance
from cspanalysis.store.parts import OFFICIAL
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.area import AreaRegister

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store import Store

__all__ = ["FARTHEST", "NationalTable", "national_table"]

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
        held = (other for other in AreaRegister.shipped() if other.kind == area.kind)
        return tuple(other for other in held if other.code in self.counts.index)

    def count(self, area: Area, measure: Measure) -> int | None:
        """Give the count of a measure in an area; None where the table has none."""
        return self._counted.get((area.code, measure.code))

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
        None where no such table is held, and for areas that are neither a CSP nor a force area.
    """
    if area.kind not in {"csp", "force"}:
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
