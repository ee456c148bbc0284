"""Season, places and outlook of each measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.changes.patterns import patterns_title

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["patterns_table"]


def patterns_table(facts: Facts) -> Block:
    """Show when in the year, in how few places, and what the next months may bring."""
    if not facts.patterns:
        return display.paragraphs(
            "These figures hold no months and no small areas, so no season, no places and no "
            "outlook can be shown."
        )
    return display.pattern_table(facts.patterns, caption=patterns_title(facts.patterns))
