"""Stops and searches that bear on a priority."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["searches"]

_NO_SEARCHES = "No stop and search bears on this measure, or none is held for these months."


def searches(facts: Facts) -> Block:
    """Show stops and searches that bear on it: what police did, not how much crime."""
    found = facts.focused.searches_found
    if found is None:
        return display.paragraphs(_NO_SEARCHES)
    table = display.search_table(found) if found.total else None
    return display.together(display.paragraphs(*found.sentences), table)
