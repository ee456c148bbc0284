"""Told: the counts of small places that the figures of a report tell, and what they add to others.

What is hidden goes by the plan of an area's family alone. What was published before, under another
plan or other rules, may tell of it all the same: that is looked for when a report is about to land.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from cspanalysis.disclosure.family import ALL, Cell, Family, months_of
from cspanalysis.disclosure.rules import SMALL
from cspanalysis.vocabulary import Area, Period

__all__ = ["Told", "given_away", "record_of", "recorded_told", "told"]

_SIDES = {"count": 1, "baseline_count": 0}
EPSILON = 1e-3

Told = tuple[Cell, int]
"""A count of a small place, as a report tells it."""


def told(
    figures: Iterable[Mapping[str, Any]], *, area: Area, period: Period, baseline: Period
) -> Iterator[Told]:
    """Give the counts of wards, small areas and custom areas that figures of a report tell.

    Parameters
    ----------
    figures
        As ``<notebook>.figures.json`` lists them.
    area, period, baseline
        Of the report.

    Examples
    --------
    >>> year, before = Period.parse("2023"), Period.parse("2022")
    >>> figures = [{"id": "where.robbery.e05014747.baseline_count", "value": 7}]
    >>> list(told(figures, area=Area.named("luton"), period=year, baseline=before))
    [(('E05014747', 'robbery', '2022-01..2022-12'), 7)]
    """
    for figure in figures:
        value = figure.get("value")
        match str(figure.get("id")).split("."):
            case ["where" | "custom", measure, code, name] if name in _SIDES:
                place = code.upper()
            case ["change", measure, name] if name in _SIDES and area.kind in SMALL:
                place = area.code
            case _:
                continue
        if isinstance(value, int | float):
            yield (place, measure, months_of((baseline, period)[_SIDES[name]])), int(value)


def record_of(cell: Cell, count: int) -> dict[str, Any]:
    """Write a count that an answer tells, for ``<notebook>.figures.json``.

    Examples
    --------
    >>> told = record_of(("E05014747", "robbery", "2023-01..2023-09"), 7)
    >>> list(recorded_told([told]))
    [(('E05014747', 'robbery', '2023-01..2023-09'), 7)]
    """
    place, measure, months = cell
    return {"place": place, "measure": measure, "months": months, "count": count}


def recorded_told(records: Iterable[Mapping[str, Any]]) -> Iterator[Told]:
    """Read the counts that answers tell, as `record_of` writes them.

    Raises
    ------
    ValueError
        If one is not of that form.
    """
    for one in records:
        if "classes" in one:
            continue
        try:
            cell = str(one["place"]), str(one["measure"]), str(one["months"])
            yield cell, int(one["count"])
        except (KeyError, TypeError) as error:
            raise ValueError(f"told: {one!r} is no count of a place") from error


def given_away(
    family: Family,
    *,
    new: Collection[Told],
    before: Collection[Told],
    hidden: frozenset[Cell],
    threshold: int,
) -> tuple[Cell, ...]:
    """Find the small counts that a report gives away beside what was published before.

    Those whose possible values would span less than the threshold, and less than they do without
    the report: what is known already can't be hidden any more. Nothing is solved for where all
    that is told is what the plan shows, which was made so that it gives nothing away.

    Parameters
    ----------
    family
        Counts and sums of the area's family over the periods of all that is told.
    new, before
        What the report tells, and what others told. A count that was another one then, before the
        data were revised, tells nothing by itself. The sums that it is part of are then news of the
        report as well, where it tells of the same measure and months: beside counts that were told
        before and stayed, a sum that moved by one tells which count did.
    hidden
        What the plan of the family hides.
    threshold
        Counts from 1 to below this are small.

    Examples
    --------
    >>> cells = [(ward, "robbery", "2023-01..2023-12") for ward in "abc"]
    >>> counts = dict(zip(cells, (3, 20, 30)))
    >>> family = Family(counts, (dict.fromkeys(cells, 1),))
    >>> tells = {"hidden": frozenset(cells[:2]), "threshold": 5}
    >>> given_away(family, new=[(cells[2], 30)], before=[], **tells)
    ()
    >>> given_away(family, new=[(cells[2], 30)], before=[(cells[1], 20)], **tells)
    (('a', 'robbery', '2023-01..2023-12'),)

    Five were told in a, before one of them was found to be none; the others stayed as they were.

    >>> earlier = [(cells[0], 5), (cells[1], 20), (cells[2], 30)]
    >>> counts = dict(zip(cells, (4, 20, 30)))
    >>> revised = Family(counts, (dict.fromkeys(cells, 1),))
    >>> given_away(revised, new=[(cells[2], 30)], before=earlier, **tells)
    (('a', 'robbery', '2023-01..2023-12'),)
    """
    import pandas as pd

    from cspanalysis.methods.protection import widths

    known = {cell for cell, n in before if family.counts.get(cell) == n}
    same = known | {cell for cell, n in new if family.counts.get(cell) == n}
    near = _beside(family, hidden, same & hidden)
    held = _sums_before(family, new, before)
    if not near or (same == known and len(held) == len(family.sums)):
        return ()
    place = {cell: at for at, cell in enumerate(family.counts)}
    counts = pd.Series([*family.counts.values()])

    def narrow(
        shown: Set[Cell], of: Collection[Cell], lines: Sequence[Mapping[Cell, int]]
    ) -> dict[Cell, float]:
        sums = [{place[cell]: sign for cell, sign in line.items()} for line in lines]
        told, asked = ([place[cell] for cell in cells] for cells in (shown, of))
        found = widths(counts, sums=sums, shown=told, of=asked, enough=threshold)
        spans = zip(of, found, strict=True)
        return {cell: width for cell, width in spans if width < threshold - EPSILON}

    small = [cell for cell, n in family.counts.items() if 0 < n < threshold and cell in near]
    # what moves among hidden counts alone is found at once, and is proof enough
    suspect = narrow((family.counts.keys() - near) | same, small, family.sums)
    now = narrow(same, suspect, family.sums)
    then = narrow(known, now, held)
    return tuple(cell for cell in now if now[cell] < then.get(cell, threshold) - EPSILON)


def _sums_before(
    family: Family, new: Collection[Told], before: Collection[Told]
) -> list[Mapping[Cell, int]]:
    """Give the sums that were known before a report: no totals that it tells anew.

    A count that was told and is another now moved the totals of its measure and of all crime, in
    all months that overlap with its own.
    """
    revised = {cell[1:] for cell, n in before if family.counts.get(cell, n) != n}
    spoken = {cell[1:] for cell, _ in new}
    moved = {
        (measure, told[1])
        for was in revised
        for told in spoken
        if told[0] in {was[0], ALL} and _overlap(was[1], told[1])
        for measure in (was[0], ALL)
    }
    return [line for line in family.sums if not _is_total_of(line, family.counts, moved)]


def _is_total_of(
    line: Mapping[Cell, int], counts: Mapping[Cell, int], moved: Set[tuple[str, str]]
) -> bool:
    """Tell whether a sum is a total that may have moved, and not what adds up in any case."""
    _, measure, months = next(iter(line))
    return any(measure == one and _overlap(months, span) for one, span in moved) and bool(
        sum(sign * counts[cell] for cell, sign in line.items())
    )


def _overlap(months: str, others: str) -> bool:
    one, other = Period.parse(months), Period.parse(others)
    return one.start <= other.end and other.start <= one.end


def _beside(family: Family, hidden: frozenset[Cell], told: Set[Cell]) -> set[Cell]:
    """Give the hidden counts that some are connected with by sums, through hidden ones alone."""
    lines = [line.keys() & hidden for line in family.sums]
    found: set[Cell] = set()
    new = set(told)
    while new:
        found |= new
        new = set().union(*(line for line in lines if line & new)) - found
    return found
