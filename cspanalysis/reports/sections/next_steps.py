"""What follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.reports.sections.absent import absent

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["next_steps"]


def next_steps(facts: Facts) -> Block:
    """Show what follows."""
    if facts.to_committee.committee is None or not facts.to_committee.committee.next_steps:
        return absent(facts, "No next steps are set yet.", "committee.next_steps")
    return display.together(
        display.paragraphs("What follows:"),
        display.bullets(*facts.to_committee.committee.next_steps),
    )
