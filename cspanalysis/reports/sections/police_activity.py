"""Outcomes of crimes in a place, and stops and searches around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["police_activity"]

_NO_OUTCOMES = "No outcomes of crimes in this place are held for these months."
_NO_SEARCHES = "No files of stops and searches are held for these months."
_INGEST = "Ingest the force's outcomes and stop-and-search files: see docs/sources.md."


def police_activity(facts: Facts) -> Block:
    """Show the outcomes decided, beside the partnership's, and say where searches can be placed."""
    decided, searched = facts.placed.decided, facts.placed.searched
    if decided is None:
        outcomes = display.lacking(_NO_OUTCOMES, do=_INGEST)
    else:
        table = display.decided_table(decided) if decided.told else None
        outcomes = display.together(display.paragraphs(decided.sentence), table)
    if searched is None:
        return display.together(outcomes, display.lacking(_NO_SEARCHES, do=_INGEST))
    return display.together(outcomes, display.paragraphs(searched.sentence))
