"""What the community gains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.reports.sections.absent import absent

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["outcome"]


def outcome(facts: Facts) -> Block:
    """Show what the community gains."""
    held = facts.to_committee.committee
    if held is None or held.outcome is None:
        return absent(facts, "Nobody has written what the community gains.", "committee.outcome")
    return display.paragraphs(held.outcome)
