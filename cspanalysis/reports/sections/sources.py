"""Where every figure came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["sources", "sources_of_a_priority"]


def sources(facts: Facts) -> Block:
    """Show where every figure came from and how it was tested."""
    return display.source_table(facts.every_change)


def sources_of_a_priority(facts: Facts) -> Block:
    """Show where every figure came from and how it was tested."""
    more = "Outcomes and searches come from the files of data.police.uk of the same months."
    known = facts.focused.outcomes_found or facts.focused.searches_found
    return display.together(
        display.source_table(facts.focused.finding.changes),
        display.paragraphs(more if known else ""),
    )
