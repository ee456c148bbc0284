"""Priorities beside the police and crime plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.partnership.law import jurisdiction
from cspanalysis.partnership.requirements import requirements
from cspanalysis.reports.sections.absent import absent

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["police_plan"]


def police_plan(facts: Facts) -> Block:
    """Show which objectives of the police and crime plan the priorities serve."""
    if facts.recorded.crosswalk is None and (why := _left_out(facts)):
        return display.paragraphs(why)
    if facts.recorded.crosswalk is None:
        return absent(
            facts,
            "The police and crime plan was not supplied, so this report can't say which of its "
            "objectives the priorities serve.",
            "police_plan",
        )
    return display.police_plan_table(facts.recorded.crosswalk)


def _left_out(facts: Facts) -> str:
    """Say why the law asks for no regard to a plan here; empty where it does."""
    asked = requirements(jurisdiction(facts.area), on=facts.period.end)
    return next((one.note for one in asked if one.key == "police-objectives" and one.exempt), "")
