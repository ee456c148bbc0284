"""The family of an area: every count by small place that its pages may show, and how they add up.

A partnership, its wards and its small areas tell of the same crimes, in several periods, measures
and reports. What is hidden of one is therefore worked out for all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from cspanalysis.disclosure.custom import fragments, public_custom_areas, sums_of
from cspanalysis.disclosure.rules import SMALL
from cspanalysis.store.places import Places
from cspanalysis.vocabulary import Area, Period

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store import Store

__all__ = ["Cell", "Family", "family_of", "gathered", "months_of", "nests", "pieces"]

ALL = "all-crime"
APART = "anti-social-behaviour"
"""What all crime does not hold."""
_REST, _HELD = " beside its places", " as far as held"
FEWEST_A_WARD = 2
"""With fewer small areas to a ward wards are the smaller ones: a small area spans several."""

Cell = tuple[str, str, str]
"""Code of an area, code of a measure, months: one count."""


@dataclass(frozen=True)
class Family:
    """Hold the counts of small places and the sums that an outsider knows to hold.

    Parameters
    ----------
    counts
        By cell, in a fixed order.
    sums
        Each as sign by cell. What it comes to is known: nought, or a count of the partnership.
    unseen
        Cells that no page shows: what is between two periods that pages show, what is left of a
        ward outside a custom area, and what is recorded in its places that are missing.
    """

    counts: Mapping[Cell, int]
    sums: tuple[Mapping[Cell, int], ...]
    unseen: tuple[Cell, ...] = ()


def family_of(area: Area) -> Area | None:
    """Give the partnership whose family an area is of; None for a force and beyond.

    Examples
    --------
    >>> family_of(Area.named("E01015695")).name, family_of(Area.named("bedfordshire-force"))
    ('Luton', None)
    """
    if area.kind == "csp":
        return area
    if area.kind not in SMALL:
        return None
    shipped = Places.shipped()
    found = {shipped.csps[code] for code in shipped.codes(area) if code in shipped.csps}
    return Area.named(min(found)) if found else None


def nests(wards: pd.Series) -> bool:
    """Tell whether small areas lie within wards, by how many there are of each.

    Examples
    --------
    >>> import pandas as pd
    >>> nests(pd.Series(["a", "a", "b", "b", "b"])), nests(pd.Series(list("abbcd")))
    (True, False)
    """
    return len(wards) >= FEWEST_A_WARD * wards.nunique()


def months_of(period: Period) -> str:
    """Name the months of a period in one way, however it was written.

    Examples
    --------
    >>> months_of(Period.parse("2023")), months_of(Period.parse("FY2022-Q1"))
    ('2023-01..2023-12', '2022-04..2022-06')
    """
    return str(Period.of_months(period.start, period.end))


def pieces(periods: Iterable[Period]) -> tuple[Period, ...]:
    """Cut periods where any of them begins or ends: each is the sum of some pieces.

    Examples
    --------
    >>> year, quarter = Period.parse("2023"), Period.parse("2023-10..2023-12")
    >>> [str(piece) for piece in pieces([year, quarter])]
    ['2023-01..2023-09', '2023-10..2023-12']
    """
    held = sorted({*periods})
    starts = {_ordinal(p.start) for p in held} | {_ordinal(p.end) + 1 for p in held}
    edges = sorted(starts)
    return tuple(
        Period.of_months(_month(first), _month(after - 1))
        for first, after in pairwise(edges)
        if any(_ordinal(p.start) <= first and after - 1 <= _ordinal(p.end) for p in held)
    )


def gathered(
    store: Store,
    area: Area,
    periods: Iterable[Period],
    *,
    custom: Sequence[Area] | None = None,
) -> Family:
    """Gather the counts of a partnership's wards and small areas in periods and their pieces.

    Of the places that reports name (wards; small areas where they span several wards; custom areas)
    every measure counts, of the others all crime. Periods that the store does not hold whole are
    left out, and so are places that are missing in a period (see `Store.by_area`): what is recorded
    in those of a ward is a part of it, as what is left of one outside a custom area is. The custom
    areas are those of the partnership's file where none are given.
    """
    custom = public_custom_areas(area) if custom is None else custom
    asked = sorted({Period.of_months(p.start, p.end) for p in periods})
    held = [p for p in asked if store.held.whole(area, p)]
    cut = pieces(held)
    whole = [p for p in held if p not in cut]
    places = store.people.small_areas(area)
    tables = {p: store.by_area("lsoa", within=area, period=p) for p in (*cut, *whole)}
    nested = nests(places["ward"])
    told = places["ward"] if nested else places.index.to_series()
    inside: set[str] = set()
    counts: dict[Cell, int] = {}
    sums: list[Mapping[Cell, int]] = []
    for period, table in tables.items():
        known = [str(code) for code in table if table[code].notna().any()]
        wards = store.by_area("ward", within=area, period=period)
        wards = wards.loc[wards.index.isin(places["ward"])].dropna()
        table = table.dropna()
        named, others = (wards, table) if nested else (table, wards)
        own = [one for one in custom if {*one.lsoas} <= {*table.index}]
        parts = fragments(told, custom)
        if nested:
            parts = _without_missing(parts, told, table.index)
        pieced = parts[parts != told]
        counts |= _cells(named, known, period)
        counts |= _cells(others, [code for code in known if code == ALL], period)
        counts |= _cells(_further(table, wards, pieced, told, own), known, period)
        everywhere = dict.fromkeys(map(str, named.index), 1)
        lines = [everywhere, *sums_of(parts, told, own)]
        sums += _of_places(lines, counts, known, period)
        sums += _of_crimes([*everywhere, *pieced.unique()], counts, known, period)
        sums += _of_small_areas(parts if nested else places["ward"], counts, period)
        inside |= {*pieced}
    for period in whole:
        sums += _of_pieces(counts, period, cut)
    between = {str(p) for p in cut if p not in held}
    unseen = (cell for cell in counts if cell[2] in between or cell[0] in inside)
    return Family(counts, tuple(sums), tuple(unseen))


def _cells(table: pd.DataFrame, measures: Sequence[str], period: Period) -> dict[Cell, int]:
    rows = table[list(measures)].to_numpy(dtype=int).tolist()
    return {
        (str(place), measure, str(period)): count
        for place, row in zip(table.index, rows, strict=True)
        for measure, count in zip(measures, row, strict=True)
    }


def _without_missing(parts: pd.Series, told: pd.Series, held: pd.Index) -> pd.Series:
    """Set what is recorded in places that are missing apart, as a part of its ward.

    What is left of its other parts is other ground than in periods that lack none.
    """
    missing = ~parts.index.isin(held)
    touched = told.isin(told[missing])
    return (parts + _HELD).where(touched & ~missing, parts).mask(missing, told + _REST)


def _further(
    table: pd.DataFrame,
    wards: pd.DataFrame,
    pieced: pd.Series,
    told: pd.Series,
    custom: Sequence[Area],
) -> pd.DataFrame:
    """Count what custom areas and parts of wards hold, and wards beside their places."""
    import pandas as pd

    held = pieced[pieced.index.isin(table.index)]
    own = {area.code: table.loc[[*area.lsoas]].sum() for area in custom}
    rests = {
        ward + _REST: wards.loc[ward] - table[told[table.index] == ward].sum()
        for ward in told[pieced.index.difference(held.index)].unique()
        if ward in wards.index
    }
    return pd.concat([table.loc[held.index].groupby(held).sum(), pd.DataFrame(own | rests).T])


def _of_places(
    lines: Iterable[Mapping[str, int]],
    counts: Mapping[Cell, int],
    measures: Sequence[str],
    period: Period,
) -> Iterator[Mapping[Cell, int]]:
    """Give what adds up over places: to the partnership's own figures, a ward, a custom area."""
    for line in lines:
        for measure in measures:
            cells = {(place, measure, str(period)): sign for place, sign in line.items()}
            if cells.keys() <= counts.keys():
                yield cells


def _of_crimes(
    places: Iterable[str], counts: Mapping[Cell, int], measures: Sequence[str], period: Period
) -> Iterator[Mapping[Cell, int]]:
    """Give what all crime holds."""
    for place in places:
        whole = (place, ALL, str(period))
        if whole in counts:
            crimes = [code for code in measures if code not in {ALL, APART}]
            yield {**{(place, code, str(period)): 1 for code in crimes}, whole: -1}


def _of_small_areas(
    groups: pd.Series, counts: Mapping[Cell, int], period: Period
) -> Iterator[Mapping[Cell, int]]:
    """Give which small areas add up to a ward or a part of it."""
    for group, inside in groups.groupby(groups):
        whole = (str(group), ALL, str(period))
        cells = [(str(place), ALL, str(period)) for place in inside.index]
        if whole in counts and all(cell in counts for cell in cells):
            yield {**dict.fromkeys(cells, 1), whole: -1}


def _of_pieces(
    counts: Mapping[Cell, int], period: Period, cut: Sequence[Period]
) -> Iterator[Mapping[Cell, int]]:
    inside = [str(p) for p in cut if period.start <= p.start and p.end <= period.end]
    for place, measure, months in counts:
        parts = [(place, measure, piece) for piece in inside]
        if months == str(period) and all(part in counts for part in parts):
            yield {**dict.fromkeys(parts, 1), (place, measure, months): -1}


def _ordinal(day: date) -> int:
    return 12 * day.year + day.month - 1


def _month(ordinal: int) -> date:
    return date(ordinal // 12, ordinal % 12 + 1, 1)
