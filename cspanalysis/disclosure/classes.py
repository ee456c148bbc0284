"""Classes: what reports on other periods than the plan's tell of small areas, held together.

Classes of maps and the busiest are chosen for all periods of the plan at once. Those of a period
that the plan does not name are chosen beside them; two such reports are held against each other
when the second is about to land.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import TYPE_CHECKING, Any

from cspanalysis.disclosure.detail import Detail
from cspanalysis.disclosure.family import Cell
from cspanalysis.disclosure.plan import plan_of
from cspanalysis.disclosure.small_areas import SmallAreas, narrowed_in, small_areas_of
from cspanalysis.disclosure.told import EPSILON
from cspanalysis.vocabulary import Area, Period

if TYPE_CHECKING:
    from cspanalysis.store import Store

__all__ = ["ToldClasses", "class_records", "given_by_classes", "recorded_classes"]

ToldClasses = tuple[str, str, Detail]
"""A measure, months, and what a report tells of the small areas in them."""


def class_records(told: SmallAreas, *, planned: Collection[str]) -> list[dict[str, Any]]:
    """Write what is told in other months than the plan's, for ``<notebook>.figures.json``.

    Parameters
    ----------
    told
        What the report tells.
    planned
        Months that the plan names.

    Examples
    --------
    >>> told = {("robbery", "2023-01..2023-06"): Detail((5, 8), named=True)}
    >>> records = class_records(told, planned=["2023-01..2023-12"])
    >>> list(recorded_classes(records))
    [('robbery', '2023-01..2023-06', Detail(breaks=(5, 8), exact=False, named=True))]
    """
    return [
        {
            "measure": measure,
            "months": months,
            "classes": [*one.breaks],
            "counts": one.exact,
            "named": one.named,
        }
        for (measure, months), one in told.items()
        if months not in planned and one != Detail()
    ]


def recorded_classes(records: Iterable[Mapping[str, Any]]) -> Iterator[ToldClasses]:
    """Read what reports tell of small areas, as `class_records` writes it.

    Raises
    ------
    ValueError
        If one is not of that form.
    """
    for one in records:
        if "classes" not in one:
            continue
        try:
            breaks = tuple(sorted(map(int, one["classes"])))
            told = Detail(breaks, exact=bool(one["counts"]), named=bool(one["named"]))
            yield str(one["measure"]), str(one["months"]), told
        except (KeyError, TypeError) as error:
            raise ValueError(f"told: {one!r} tells no classes") from error


def given_by_classes(
    store: Store,
    area: Area,
    *,
    planned: Sequence[Period],
    new: tuple[Collection[ToldClasses], Collection[Cell]],
    before: tuple[Collection[ToldClasses], Collection[Cell]],
) -> tuple[Cell, ...]:
    """Find the small counts that a report gives away by classes of other periods than the plan's.

    Nothing is worked out where no two reports tell of such periods. All that the plan's own reports
    may tell is taken for told.

    Parameters
    ----------
    store, area
        Where the counts come from, and the partnership.
    planned
        The periods of the plan.
    new, before
        What the report tells, and what others told: of small areas, and the cells whose counts are
        told.
    """
    if not (new[0] or before[0]):
        return ()
    plan = plan_of(store, area, planned) if planned else None
    shown = plan.known - plan.hidden if plan else frozenset()
    further = {*new[1]} - shown, {*before[1]} - shown
    nothing_new = {*new[0]} <= {*before[0]} and further[0] <= further[1]
    if nothing_new or not (before[0] or further[1]):
        return ()
    cells = further[0] | further[1]
    named = {at[1] for at in (*new[0], *before[0])} | {at[2] for at in cells}
    spans = {*planned, *map(Period.parse, named)}
    first = small_areas_of(store, area, planned) if planned else {}

    def narrow(
        told: Collection[ToldClasses], of: Collection[Cell]
    ) -> dict[tuple[Cell, bool], float]:
        both = {**first, **_together(told)}
        return narrowed_in(store, area, spans, told=both, shown={*shown, *of})

    now = narrow([*new[0], *before[0]], cells)
    then = narrow(before[0], further[1]) if now else {}
    given = {at[0] for at, span in now.items() if span < then.get(at, inf) - EPSILON}
    return tuple(sorted(given))


def _together(told: Iterable[ToldClasses]) -> dict[tuple[str, str], Detail]:
    """Put together what several reports tell of one measure and months."""
    found: dict[tuple[str, str], Detail] = {}
    for measure, months, one in told:
        held = found.get((measure, months), Detail())
        found[measure, months] = Detail(
            tuple(sorted({*held.breaks, *one.breaks})),
            exact=held.exact or one.exact,
            named=held.named or one.named,
        )
    return found
