"""What public pages tell of small areas that lie in wards: classes of maps, and the busiest.

A map shows a class of each small area, a table the busiest of them. Alone each is harmless; with
the maps of other measures and months, the wards and the reports on small areas it may not be. What
is told is therefore worked out for an area's whole family, in a fixed order.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from cspanalysis.disclosure.block import Floats, Grid, Mask
from cspanalysis.disclosure.custom import public_custom_areas
from cspanalysis.disclosure.detail import Detail
from cspanalysis.disclosure.family import ALL, APART, Cell, family_of, months_of, nests, pieces
from cspanalysis.disclosure.kept import kept
from cspanalysis.disclosure.less_detail import narrowed, tell_less
from cspanalysis.disclosure.plan import Plan, plan_of
from cspanalysis.vocabulary import Area, Period

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store import Store

__all__ = ["SmallAreas", "narrowed_in", "small_areas_of"]

SmallAreas = Mapping[tuple[str, str], Detail]
"""By measure and months; what was not looked at is not in it."""


def small_areas_of(
    store: Store,
    area: Area,
    periods: Iterable[Period],
    *,
    standing: SmallAreas | None = None,
) -> SmallAreas:
    """Work out what is told of an area's small areas, over all its measures and some periods.

    Parameters
    ----------
    store
        Where the counts come from.
    area
        A partnership.
    periods
        The periods that pages of its family tell of.
    standing
        What other pages tell already, so that it can't be cut.
    """
    plan = plan_of(store, area, periods)
    if plan is None or family_of(area) != area:
        return {}
    told = tuple((standing or {}).items())
    return _worked_out(store, area, _months(periods), plan, public_custom_areas(area), told)


def narrowed_in(
    store: Store,
    area: Area,
    periods: Iterable[Period],
    *,
    told: SmallAreas,
    shown: Collection[Cell],
) -> dict[tuple[Cell, bool], float]:
    """Find the small counts that span less than the threshold beside what is told.

    Parameters
    ----------
    store, area, periods
        As for `small_areas_of`.
    told
        What is told of the small areas.
    shown
        Counts of wards, small areas and custom areas that are told.

    Returns
    -------
    dict
        How far each spans, by cell and whether it is a small area's.
    """
    plan = plan_of(store, area, periods)
    if plan is None:
        return {}
    open_to = replace(plan, hidden=plan.known - {*shown})
    laid = _laid_out(store, area, _months(periods), open_to, public_custom_areas(area))
    if laid is None:
        return {}
    found = narrowed(
        laid.grid,
        seen=len(laid.held),
        fixed=laid.fixed,
        threshold=plan.threshold,
        standing=laid.numbered(told),
    )
    return {laid.cell(*at): span for at, span in found.items()}


def _months(periods: Iterable[Period]) -> tuple[Period, ...]:
    return tuple(sorted({Period.of_months(period.start, period.end) for period in periods}))


@dataclass(frozen=True)
class _Laid:
    """Hold the grid of an area's small areas, what is told of them exactly, and its labels."""

    grid: Grid
    fixed: Mask
    held: Sequence[Period]
    measures: Sequence[str]
    places: Sequence[str]
    wards: Sequence[str]

    def numbered(self, told: SmallAreas) -> dict[tuple[int, int], Detail]:
        """Give what is told by number of months and measure."""
        labels = product(enumerate(self.held), enumerate(self.measures))
        found = {(p, m): told.get((code, months_of(span))) for (p, span), (m, code) in labels}
        return {at: one for at, one in found.items() if one is not None}

    def cell(self, p: int, m: int, place: int) -> tuple[Cell, bool]:
        """Give the cell of numbers as `narrowed` gives them, and whether it is a small area's."""
        code = self.places[place] if place >= 0 else self.wards[-1 - place]
        return (code, self.measures[m], months_of(self.held[p])), place >= 0


@lru_cache(maxsize=8)
def _worked_out(
    store: Store,
    area: Area,
    spans: tuple[Period, ...],
    plan: Plan,
    custom: tuple[Area, ...],
    told: tuple[tuple[tuple[str, str], Detail], ...],
) -> SmallAreas:
    laid = _laid_out(store, area, spans, plan, custom)
    if laid is None:
        return {}
    grid, fixed = laid.grid, laid.fixed
    standing = laid.numbered(dict(told))

    def work_out() -> list[list[Any]]:
        found = tell_less(
            grid, seen=len(laid.held), fixed=fixed, threshold=plan.threshold, standing=standing
        )
        return [[t.breaks, t.exact, t.named] for t in found.values()]

    arrays = [grid.x, grid.ward, grid.shown, fixed]
    given = [*(array.tolist() for array in arrays), grid.wholes, grid.crimes, plan.threshold]
    given += [grid.further, [[at, astuple(one)] for at, one in standing.items()]]
    rows = kept(json.dumps(["small areas", given]), work_out)
    cells = product(laid.held, laid.measures)
    return {
        (m, months_of(p)): Detail(tuple(breaks), exact=exact, named=named)
        for (p, m), (breaks, exact, named) in zip(cells, rows, strict=True)
    }


def _laid_out(
    store: Store, area: Area, spans: Sequence[Period], plan: Plan, custom: Sequence[Area]
) -> _Laid | None:
    held = [p for p in spans if store.held.whole(area, p)]
    if not held:
        return None
    wards = store.people.small_areas(area)["ward"]
    if not nests(wards):  # a small area that is no part of a ward is told of as a ward is
        wards = wards.index.to_series()
    periods = [*held, *(p for p in pieces(held) if p not in held)]
    tables = {p: store.by_area("lsoa", within=area, period=p).loc[wards.index] for p in periods}
    known = [str(code) for code in tables[periods[0]] if all(code in t for t in tables.values())]
    counts = _placed(tables, pieces(held), known)
    grid, fixed = _grid(counts, wards, periods, known, held, plan, custom)
    names = sorted({*map(str, wards)})
    return _Laid(grid, fixed, held, known, [*map(str, wards.index)], names)


def _placed(
    tables: Mapping[Period, pd.DataFrame], cut: Sequence[Period], measures: Sequence[str]
) -> Floats:
    """Give counts by period, place and measure, nought where a place is missing.

    To take what is missing for known is to take an outsider for wiser than he can be. A period is
    the sum of its pieces all the same.
    """
    parts = {p: tables[p][measures].fillna(0).to_numpy(dtype=float) for p in cut}
    inside = {p: [q for q in cut if p.start <= q.start and q.end <= p.end] for p in tables}
    return np.stack([np.sum([parts[q] for q in inside[p]], axis=0) for p in tables])


def _grid(
    counts: Floats,
    wards: pd.Series,
    periods: Sequence[Period],
    measures: Sequence[str],
    held: Sequence[Period],
    plan: Plan,
    custom: Sequence[Area],
) -> tuple[Grid, Mask]:
    """Give the counts and their sums, and what is told exactly."""
    names, ward = np.unique(wards.to_numpy(dtype=str), return_inverse=True)
    shown = np.zeros((len(periods), len(names), len(measures)), dtype=bool)
    fixed = np.zeros(counts.shape, dtype=bool)
    every = measures.index(ALL) if ALL in measures else None
    for at, p in enumerate(held):
        shown[at] = [[(w, m, months_of(p)) not in plan.hidden for m in measures] for w in names]
        if len(names) == len(wards):
            fixed[at] = shown[at][ward]
        elif every is not None:
            cells = [(str(place), ALL, months_of(p)) for place in wards.index]
            fixed[at, :, every] = [cell not in plan.hidden for cell in cells]
    cut = pieces(held)
    wholes = [
        (at, [periods.index(q) for q in cut if p.start <= q.start and q.end <= p.end])
        for at, p in enumerate(held)
        if p not in cut
    ]
    crimes = [at for at, m in enumerate(measures) if m not in {ALL, APART}]
    further = [
        (at, m, np.flatnonzero(wards.index.isin(area.lsoas)).tolist())
        for area in custom
        for at, p in enumerate(held)
        for m, measure in enumerate(measures)
        if (area.code, measure, months_of(p)) in plan.known - plan.hidden
    ]
    sums = crimes if every is not None else []
    grid = Grid(counts, ward, shown, wholes, sums, every, further)
    return grid, fixed
