"""The year's meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.reports.sections.absent import absent

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["engagement"]


def engagement(facts: Facts) -> Block:
    """Show the year's meetings, and whether the public met senior officers."""
    if not facts.recorded.met:
        return absent(facts, "No record of the year's meetings was supplied.", "meetings")
    return display.meeting_table(facts.recorded.met)
