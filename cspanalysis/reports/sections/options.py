"""What could be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.reports.sections.commentary import section

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["options"]


def options(facts: Facts) -> Block:
    """Show what could be done, as people wrote it, and what is recommended already."""
    return display.together(
        section(facts, "options", otherwise="Nobody has written down options yet."),
        display.recommendation_table(facts.focused.own_recommendations)
        if facts.focused.own_recommendations
        else None,
    )
