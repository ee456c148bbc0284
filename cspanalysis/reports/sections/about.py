"""Why something is a priority, and what is planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.work.planned import Planned
from cspanalysis.partnership.law import theme
from cspanalysis.reports.sections.absent import absent
from cspanalysis.reports.sections.commentary import on_priority

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["about"]


def about(facts: Facts) -> Block:
    """Say why it is a priority, who answers for it, and what is planned."""
    priority = facts.focused.focus.priority
    if priority is None:
        return absent(facts, "The partnership has not named this as a priority.", "priorities")
    planned = Planned(priority, {change.measure.code: change for change in facts.every_change})
    served = ", ".join(priority.objectives)
    return display.together(
        display.paragraphs(
            f"{planned.why} Theme of the law: {theme(priority.theme).title.lower()}.",
            f"It serves these objectives of the police and crime plan: {served}." if served else "",
        ),
        on_priority(facts, facts.focused.focus.key),
        display.paragraphs(planned.intro or "No action is planned for it yet."),
        display.bullets(*planned.actions),
    )
