"""The plan: what public pages hide of an area's whole family, worked out once and read by all."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from cspanalysis.disclosure.agreed import rules_of
from cspanalysis.disclosure.custom import public_custom_areas
from cspanalysis.disclosure.family import Cell, Family, family_of, gathered, months_of
from cspanalysis.disclosure.kept import kept
from cspanalysis.disclosure.months import places_by_month
from cspanalysis.disclosure.rules import SMALL, THRESHOLD
from cspanalysis.vocabulary import Area, Period

if TYPE_CHECKING:
    from cspanalysis.store import Store

__all__ = ["Plan", "plan_of", "solved"]


@dataclass(frozen=True)
class Plan:
    """Hold which counts of a family are hidden.

    Parameters
    ----------
    known
        The cells that were looked at.
    hidden
        Those that public pages keep back.
    threshold
        Counts from 1 to below it are small.
    monthly
        Places, with a measure each, of which months are told.
    """

    known: frozenset[Cell]
    hidden: frozenset[Cell]
    threshold: int = THRESHOLD
    monthly: frozenset[tuple[str, str]] = frozenset()

    def __repr__(self) -> str:
        return f"<Plan: {len(self.hidden)} of {len(self.known)} counts are kept back>"

    def hides(self, area: str, measure: str, period: Period, *, count: int) -> bool:
        """Tell whether a count is kept back.

        In months that the plan looked at, every count is that it did not look at: others would
        tell of it. In other months those are that are small.
        """
        cell = area, measure, months_of(period)
        if cell in self.known:
            return cell in self.hidden
        looked_at = any(known[2] == cell[2] for known in self.known)
        return looked_at or 0 < count < self.threshold


def plan_of(store: Store, area: Area, periods: Iterable[Period]) -> Plan | None:
    """Work out what is hidden of an area's family in some periods; None where it has none.

    Parameters
    ----------
    store
        Where the counts come from.
    area
        A partnership, or a ward or small area of one.
    periods
        The periods that pages of the family tell of, baseline periods included.
    """
    family = family_of(area)
    if family is None:
        return None
    spans = sorted({Period.of_months(period.start, period.end) for period in periods})
    custom = public_custom_areas(family)
    plan = _planned(store, family, tuple(spans), rules_of(family).threshold, custom)
    if area.kind not in SMALL:
        return plan
    hidden = {cell[:2] for cell in plan.hidden}
    may = frozenset(cell[:2] for cell in plan.known if cell[:2] not in hidden)
    until = max(period.end for period in spans)
    monthly = places_by_month(store, family, until=until, may=may, threshold=plan.threshold)
    return replace(plan, monthly=monthly)


def solved(family: Family, *, threshold: int = THRESHOLD) -> Plan:
    """Find what to hide of a family; see `cspanalysis.methods.protect`.

    What was found once is kept in the user's cache under a name made from counts, sums, rules and
    the code: it is read again wherever they are the same, and is the same wherever it is made.
    """
    sums = [[*line.items()] for line in family.sums]
    told = json.dumps([[*family.counts.items()], sums, [*family.unseen], threshold])
    hidden = kept(told, lambda: _hidden(family, threshold))
    cells = tuple(family.counts)
    return Plan(frozenset(cells), frozenset(cells[place] for place in hidden), threshold)


@lru_cache(maxsize=8)
def _planned(
    store: Store,
    area: Area,
    periods: tuple[Period, ...],
    threshold: int,
    custom: tuple[Area, ...],
) -> Plan:
    return solved(gathered(store, area, periods, custom=custom), threshold=threshold)


def _hidden(family: Family, threshold: int) -> list[int]:
    import pandas as pd

    from cspanalysis.methods import protect

    if not family.counts:
        return []
    place = {cell: at for at, cell in enumerate(family.counts)}
    sums = [{place[cell]: sign for cell, sign in line.items()} for line in family.sums]
    unseen = [place[cell] for cell in family.unseen]
    counts = pd.Series([*family.counts.values()])
    hidden = protect(counts, sums=sums, threshold=threshold, unseen=unseen)
    return [at for at, secret in enumerate(hidden) if secret]
