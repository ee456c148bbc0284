"""What the committee is asked to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.reports.sections.absent import absent

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["asked"]


def asked(facts: Facts) -> Block:
    """Show what the committee is asked to do."""
    if facts.to_committee.committee is None:
        return absent(facts, "The committee is not asked for anything yet.", "committee")
    return display.together(
        display.paragraphs("The committee is asked to:"),
        display.lettered(facts.to_committee.committee.asked),
    )
