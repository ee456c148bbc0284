"""Shortfalls: what months that are short, or years that hold less than official totals, lack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cspanalysis.store.official import held_of_official
from cspanalysis.store.shortened import ShortMonth, lost, short_months
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.composites import composites

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store import Store

__all__ = ["NONE", "Shortfall", "shortfall_of"]

MOVES = 0.02
"""Where the share of the official total that files hold moves by more, comparisons bear it."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Hold what the files of a comparison's two periods lack.

    Parameters
    ----------
    short
        Months of either that lost crimes between editions.
    lost
        By measure, what they lost in the baseline period and in the period.
    shares
        Shares of the official total that the two periods hold, what was lost put back; the same
        twice where no official years cover both.
    years
        The official years that tell it, each with its share.
    """

    short: tuple[ShortMonth, ...] = ()
    lost: Mapping[str, tuple[int, int]] | None = None
    shares: tuple[float, float] = (1.0, 1.0)
    years: tuple[tuple[Period, float], ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is lacking that a comparison bears."""
        return bool(self.short) or self.shares[0] != self.shares[1]

    def restored(self, code: str, before: int, after: int) -> tuple[int, int]:
        """Give two counts as they would be, on the footing of the period, without shortfall."""
        gone = (self.lost or {}).get(code, (0, 0))
        ratio = self.shares[1] / self.shares[0]
        counts = round((before + gone[0]) * ratio), after + gone[1]
        return max(0, counts[0]), max(0, counts[1])


NONE = Shortfall()


def shortfall_of(store: Store, area: Area, *, period: Period, baseline: Period) -> Shortfall:
    """Find what the street files of two periods lack, for an area of a force."""
    spans = (baseline, period)
    short = [short_months(store, area, span.months) for span in spans]
    tables = [lost(store, area, months) for months in short]
    codes = {str(code) for table in tables for code in table.columns}
    gone = {code: (_sum(tables[0], code), _sum(tables[1], code)) for code in codes}
    for one in composites() if gone else ():
        parts = [gone.get(code, (0, 0)) for code in one.street.parts]
        gone[one.measure.code] = (sum(b for b, _ in parts), sum(a for _, a in parts))
    every = tuple(dict.fromkeys(sorted((*short[0], *short[1]), key=lambda one: one.month)))
    return Shortfall(every, gone, *_official(store, area, spans))


def _official(
    store: Store, area: Area, spans: tuple[Period, Period]
) -> tuple[tuple[float, float], tuple[tuple[Period, float], ...]]:
    """Give the shares of the official totals that two periods hold, and the years that tell it."""
    force = area if area.kind == "force" else Area.named(area.force) if area.force else None
    if force is None:
        return NONE.shares, ()
    touched = {month for span in spans for month in span.months}
    held = held_of_official(store, force, touching=touched)
    if held.empty:
        return NONE.shares, ()
    whole = held.xs("all-crime", level="measure")
    share = (whole["files"] + whole["lost"]) / whole["official"]
    before, after = (_covered(share, span) for span in spans)
    if before is None or after is None or abs(after / before - 1) <= MOVES:
        return NONE.shares, ()
    years = [(year, float(share[year])) for year in share.index]
    return (before, after), tuple(years)


def _covered(share: pd.Series, span: Period) -> float | None:
    """Weigh the shares of official years by the months of a period that lie in each.

    None where they cover less than half of it.
    """
    months = {year: len(set(year.months) & set(span.months)) for year in share.index}
    known = sum(months.values())
    if 2 * known < len(span.months):
        return None
    return float(sum(number * share[year] for year, number in months.items()) / known)


def _sum(table: pd.DataFrame, code: str) -> int:
    return int(table[code].sum()) if code in table else 0
