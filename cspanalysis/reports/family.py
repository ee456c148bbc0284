"""What public pages of an area's whole family keep back, over the periods that they tell of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cspanalysis.disclosure.across import may_be_summed
from cspanalysis.disclosure.classes import class_records
from cspanalysis.disclosure.detail import Detail
from cspanalysis.disclosure.family import months_of
from cspanalysis.disclosure.periods import planned_periods
from cspanalysis.disclosure.plan import Plan, plan_of
from cspanalysis.disclosure.small_areas import SmallAreas, small_areas_of
from cspanalysis.store.reads import in_a_run

if TYPE_CHECKING:
    from collections.abc import Collection

    from cspanalysis.reports.facts import Facts
    from cspanalysis.vocabulary import Measure, Period

__all__ = ["family_classes", "family_plan", "family_small_areas", "family_tells_sum"]


def family_plan(facts: Facts) -> Plan | None:
    """Give which counts are kept back; None for a sensitive edition."""
    return plan_of(facts.store, facts.area, _periods(facts)) if _public(facts) else None


def family_small_areas(facts: Facts) -> SmallAreas:
    """Give what is told of the small areas; nothing for a sensitive edition.

    Answers that a run publishes tell classes and the busiest in periods of the plan alone. Those of
    other periods would be chosen beside the plan's, and not beside those of other answers and
    reports. An analyst who asks in a notebook of their own is shown them.
    """
    if not _public(facts):
        return {}
    planned = planned_periods(facts.area)
    # what the plan's reports tell is chosen first, and by itself: they tell it whoever else asks
    first = small_areas_of(facts.store, facts.area, planned) if planned else {}
    told = small_areas_of(facts.store, facts.area, _periods(facts), standing=first)
    if facts.kind.name or not in_a_run():  # a report's own
        return told
    return {cell: one if cell in first else Detail() for cell, one in told.items()}


def family_classes(facts: Facts) -> list[dict[str, Any]]:
    """Record what a public report tells of small areas in periods that the plan does not name."""
    asked = {measure.code for measure, where in facts.asked_where.items() if where}
    if not _public(facts) or not asked:
        return []
    planned = {months_of(period) for period in planned_periods(facts.area)}
    told = {cell: one for cell, one in family_small_areas(facts).items() if cell[0] in asked}
    return class_records(told, planned=planned)


def family_tells_sum(facts: Facts, measure: Measure, places: Collection[str]) -> bool:
    """Tell whether it may be said how much of a measure lies in some small areas together."""
    return not _public(facts) or may_be_summed(
        facts.store, facts.area, measure, places=places, periods=_periods(facts)
    )


def _public(facts: Facts) -> bool:
    return facts.edition == "public"


def _periods(facts: Facts) -> tuple[Period, ...]:
    return (facts.baseline, facts.period, *planned_periods(facts.area))
