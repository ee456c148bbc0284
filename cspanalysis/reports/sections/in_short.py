"""The findings, a point each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.reports.sections.commentary import section

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["in_short_for_a_committee", "in_short_of_a_priority"]


def in_short_of_a_priority(facts: Facts) -> Block:
    """Say what, where, when and what became of it, a point each."""
    where, outcomes, year = (
        facts.focused.where_found,
        facts.focused.outcomes_found,
        facts.focused.year,
    )
    standing = facts.focused.finding.standing
    return display.points(
        {
            "Beside others": standing.sentence if standing else "",
            "Months": facts.focused.finding.months,
            "Where": " ".join(where.sentences[:2]) if where else "",
            "When": year.sentences[0] if year else "",
            "What became of it": outcomes.sentences[0] if outcomes else "",
        }
    )


def in_short_for_a_committee(facts: Facts) -> Block:
    """Show the finding of the period, and the summary that people wrote."""
    return display.together(display.paragraphs(facts.lead), section(facts, "summary"))
