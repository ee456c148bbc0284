"""Figures: what tables give of an area and a period, or of the areas that it is made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd

from cspanalysis.store.inquiry import Inquiry
from cspanalysis.store.kept import kept_files, read_table
from cspanalysis.store.parts import OFFICIAL
from cspanalysis.store.quarters import quarters_of, summed
from cspanalysis.store.reads import Read, table_read
from cspanalysis.store.unions import table_parts
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.listed import many

__all__ = ["Figures"]

_SUMS = {
    "force": "Sum of {}.",
    "csp": "Sum of {}: crimes that are not assigned to one are not in it.",
}
_PARTS = {"force": "police force area", "csp": "partnership"}
_PARTNERS = ["value", "denominator"]
_PUBLISHED = ["measure", "count", "percent_change", "rate", "status", "note", "source", "vintage"]


class Figures:
    """Answer from tables: ``figures`` of a `cspanalysis.store.Store`."""

    def __init__(self, inquiry: Inquiry) -> None:
        self._inquiry = inquiry

    def published(
        self,
        area: Area,
        period: Period,
        *,
        as_of: date | str | None = None,
        source: str = "published",
    ) -> pd.DataFrame:
        """Give the figures of an area and period in tables, in the order of their table.

        Parameters
        ----------
        source
            ``published``, ``ons``, ``home-office`` or ``partner``.

        Returns
        -------
        DataFrame
            ``measure``, ``count`` (Int64), ``percent_change`` and ``rate`` (Float64), ``status``,
            ``note``, ``source``, ``vintage``; from partners ``value`` and ``denominator`` as well.
            Of a measure published twice, the latest vintage. Where a table gives a longer period
            by its quarters alone, their sums; of an area that councils add up to, where official
            tables have none, the sums of its forces or of its CSPs.
        """
        self._inquiry.asked(table_read(area, period, as_of, source=source))
        rows = self._inquiry.coverage.figures(area, period, as_of, source=source)
        if rows.empty and self._by_quarters(area, period, source):
            quarters = [
                self.published(area, each, as_of=as_of, source=source)
                for each in quarters_of(period)
            ]
            return summed(quarters) if all(map(len, quarters)) else _empty_published()
        if rows.empty and (parts := self._held_parts(area, period, source)):
            tables = [self.published(p, period, as_of=as_of, source=source) for p in parts]
            note = _SUMS[parts[0].kind].format(many(len(parts), _PARTS[parts[0].kind]))
            return summed(tables, note=note) if all(map(len, tables)) else _empty_published()
        if rows.empty:
            return _empty_published()
        self._inquiry.used(rows.index)
        read = [read_table(kept) for kept in sorted(kept_files(rows))]
        table = pd.concat(read, ignore_index=True)
        here = (table["area_code"] == area.code) & (table["period_start"] == period.start)
        table = table[here & (table["period_end"] == period.end)]
        table = table.sort_values(["vintage", "line"], kind="stable")
        newest = table.drop_duplicates("measure", keep="last").set_index("measure")
        order = table.drop_duplicates("measure")["measure"]
        types = {"count": "Int64", "percent_change": "Float64", "rate": "Float64"}
        columns = [*_PUBLISHED, *(name for name in _PARTNERS if name in newest)]
        return newest.loc[order].reset_index()[columns].astype(types)

    def has_published(self, area: Area, period: Period, *, source: str = "published") -> bool:
        """Tell whether tables have figures of an area and exactly this period, or its quarters."""
        self._inquiry.asked(replace(table_read(area, period, source=source), what="months"))
        held = not self._inquiry.coverage.figures(area, period, source=source).empty
        if held or self._by_quarters(area, period, source):
            return True
        return bool(self._held_parts(area, period, source))

    def lacking(self, area: Area, period: Period, *, source: str) -> tuple[Area, ...]:
        """Name the parts of a wider area that official tables lack; none where all, or none, lack.

        See `unions.table_parts`. Of two ways to add it up, the one that lacks fewer.
        """
        ways = [
            (parts, tuple(p for p in parts if not self.has_published(p, period, source=source)))
            for parts in table_parts(area)
        ]
        some = [gone for parts, gone in ways if len(gone) < len(parts)]
        return min(some, key=len, default=())

    def everywhere(self, period: Period, *, source: str) -> pd.DataFrame:
        """Give the counts that a source's tables hold of a period, of all areas at once.

        Returns
        -------
        DataFrame
            Index codes of areas, columns measures, Int64; of a measure published twice the latest
            vintage. ``attrs`` hold ``source`` and ``vintage`` as they are to be cited. Empty where
            no table is of exactly this period, or of its quarters.
        """
        start = period.start.isoformat()
        self._inquiry.asked(Read(source, first=start, last=start))
        rows = self._inquiry.coverage.rows
        same = (rows["period_start"] == period.start) & (rows["period_end"] == period.end)
        rows = rows[same & (rows["source"] == source)]
        if rows.empty and source == "home-office" and (quarters := quarters_of(period)):
            return _all_of([self.everywhere(quarter, source=source) for quarter in quarters])
        if rows.empty:
            return pd.DataFrame()
        self._inquiry.used(rows.index)
        table = pd.concat([read_table(kept) for kept in sorted(kept_files(rows))])
        here = (table["period_start"] == period.start) & (table["period_end"] == period.end)
        table = table[here].sort_values(["vintage", "line"], kind="stable")
        newest = table.drop_duplicates(["area_code", "measure"], keep="last")
        wide = newest.set_index(["area_code", "measure"])["count"].astype("Int64").unstack()  # noqa: PD010
        wide.attrs = {name: str(table[name].iloc[-1]) for name in ("source", "vintage")}
        return wide

    def spans(self, *, source: str, begun_by: date | None = None) -> tuple[Period, ...]:
        """Give the periods that a source's tables are of, whichever the area, oldest first.

        Parameters
        ----------
        source
            As for `published`.
        begun_by
            Periods that begin after this day do not matter; all do where none is given.
        """
        self._inquiry.asked(Read(source, last=_iso(begun_by), what="months"))
        rows = self._inquiry.coverage.rows
        rows = rows[(rows["source"] == source) & _begun(rows, begun_by)]
        rows = rows.drop_duplicates(["period_start", "period_end"])
        pairs = zip(rows["period_start"], rows["period_end"], strict=True)
        return tuple(Period.of_months(start, end) for start, end in sorted(pairs))

    def published_periods(
        self, area: Area, *, source: str = "published", begun_by: date | None = None
    ) -> tuple[Period, ...]:
        """Give the periods that tables have figures of for an area, oldest first.

        Parameters
        ----------
        area, source, begun_by
            As for `published` and `spans`.
        """
        self._inquiry.asked(Read(source, area=area.code, last=_iso(begun_by), what="months"))
        rows = self._inquiry.coverage.figures(area, source=source)
        rows = rows[_begun(rows, begun_by)]
        pairs = set(zip(rows["period_start"], rows["period_end"], strict=True))
        if not pairs and source in OFFICIAL:
            for parts in table_parts(area):
                held = [
                    {*self.published_periods(part, source=source, begun_by=begun_by)}
                    for part in parts
                ]
                if both := set.intersection(*held):
                    return tuple(sorted(both, key=lambda span: (span.start, span.end)))
        return tuple(Period.of_months(start, end) for start, end in sorted(pairs))

    # how it is found

    def _by_quarters(self, area: Area, period: Period, source: str) -> bool:
        quarters = quarters_of(period) if source == "home-office" else ()
        return bool(quarters) and all(
            self.has_published(area, quarter, source=source) for quarter in quarters
        )

    def _held_parts(self, area: Area, period: Period, source: str) -> tuple[Area, ...]:
        """Give the parts whose figures add up to a wider area's; none where one of them lacks."""
        for parts in table_parts(area) if source in OFFICIAL else ():
            if all(self.has_published(part, period, source=source) for part in parts):
                return parts
        return ()


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _begun(rows: pd.DataFrame, day: date | None) -> pd.Series:
    """Tell of rows whether their period begins by a day; all do where none is given."""
    told = [day is None or start <= day for start in rows["period_start"]]
    return pd.Series(told, rows.index, dtype=bool)


def _all_of(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Add up tables of all areas; an area or a measure that one of them lacks is missing."""
    if any(table.empty for table in tables):
        return pd.DataFrame()
    total = tables[0]
    for table in tables[1:]:
        total = total + table
    total.attrs = tables[-1].attrs
    return total.dropna(how="all").dropna(how="all", axis="columns")


def _empty_published() -> pd.DataFrame:
    empty = pd.DataFrame(columns=_PUBLISHED)
    return empty.astype({"count": "Int64", "percent_change": "Float64", "rate": "Float64"})
