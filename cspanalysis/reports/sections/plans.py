"""Each priority of a partnership with its plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.wording.sentences import counted
from cspanalysis.findings.work.planned import Planned
from cspanalysis.reports.sections.absent import absent
from cspanalysis.reports.sections.commentary import on_priority, section

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["plans"]


def plans(facts: Facts) -> Block:
    """Show each priority: why, who answers, what is planned and what its figures say."""
    if not facts.to_committee.planned:
        return absent(facts, "No priorities of the partnership were supplied.", "priorities")
    first = f"The partnership has {counted(len(facts.to_committee.planned), 'priority')}."
    shown = (
        _plan(facts, place, one) for place, one in enumerate(facts.to_committee.planned, start=1)
    )
    return display.together(section(facts, "priorities", otherwise=first), *shown)


def _plan(facts: Facts, place: int, one: Planned) -> Block:
    figures = facts.to_committee.supplied[one.priority.key]
    return display.together(
        display.heading(f"Priority {place}: {one.priority.title}"),
        display.paragraphs(one.why),
        on_priority(facts, one.priority.key),
        display.paragraphs(one.figures),
        display.supplied_table(figures, on=one.priority.title) if figures else None,
        display.paragraphs(one.intro)
        if one.actions
        else absent(
            facts,
            "No action for this priority was supplied.",
            f"priorities.{one.priority.key}.actions",
        ),
        display.bullets(*one.actions),
    )
