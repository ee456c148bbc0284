"""What is recommended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.reports.sections.absent import absent

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["recommendations"]


def recommendations(facts: Facts) -> Block:
    """Show what is recommended: owner, measure, baseline, target, date and section 17."""
    if facts.recorded.recommended is None:
        return absent(facts, "This report recommends nothing yet.", "recommendations")
    return display.recommendation_table(facts.recorded.recommended)
