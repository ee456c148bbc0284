"""What each project delivered and cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.reports.sections.absent import absent

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["projects"]


def projects(facts: Facts) -> Block:
    """Show what each project delivered and cost, and whether it worked."""
    if not facts.recorded.delivered:
        return absent(facts, "No record of projects was supplied.", "projects")
    return display.project_table(facts.recorded.delivered)
