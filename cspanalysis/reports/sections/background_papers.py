"""Papers that the report draws on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.reports.sections.absent import absent

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["background_papers"]


def background_papers(facts: Facts) -> Block:
    """Show the papers that the report draws on."""
    if facts.to_committee.committee is None or not facts.to_committee.committee.background_papers:
        return absent(facts, "No background papers are listed.", "committee.background_papers")
    return display.bullets(*facts.to_committee.committee.background_papers)
