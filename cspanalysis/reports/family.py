"""What public pages of an area's whole family keep back, over the periods that they tell of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis.disclosure.across import may_be_summed
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

__all__ = ["family_plan", "family_small_areas", "family_tells_sum"]


def family_plan(facts: Facts) -> Plan | None:
    """Give which counts are kept back; None for a sensitive edition."""
    return plan_of(facts.store, facts.area, _periods(facts)) if _public(facts) else None


def family_small_areas(facts: Facts) -> SmallAreas:
    """Give what is told of the small areas; nothing for a sensitive edition.

    What a run publishes of answers tells classes and the busiest in periods of the plan alone.
    Those of other periods would be chosen beside the plan's, and not beside those of other answers
    and reports. An analyst who asks in a notebook of their own is shown them.
    """
    if not _public(facts):
        return {}
    told = small_areas_of(facts.store, facts.area, _periods(facts))
    if facts.kind.name or not in_a_run():  # a report's own
        return told
    planned = {months_of(period) for period in planned_periods(facts.area)}
    return {cell: one if cell[1] in planned else Detail() for cell, one in told.items()}


def family_tells_sum(facts: Facts, measure: Measure, places: Collection[str]) -> bool:
    """Tell whether it may be said how much of a measure lies in some small areas together."""
    return not _public(facts) or may_be_summed(
        facts.store, facts.area, measure, places=places, periods=_periods(facts)
    )


def _public(facts: Facts) -> bool:
    return facts.edition == "public"


def _periods(facts: Facts) -> tuple[Period, ...]:
    return (facts.baseline, facts.period, *planned_periods(facts.area))
