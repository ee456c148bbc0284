"""How far the last plan was carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.reports.sections.absent import absent

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["plan_progress"]


def plan_progress(facts: Facts) -> Block:
    """Show how far the last plan was carried out."""
    if facts.recorded.progress is None:
        return absent(
            facts,
            "No record of the last plan was supplied, so this report can't say how it went.",
            "last_plan",
        )
    return display.progress_table(facts.recorded.progress)
