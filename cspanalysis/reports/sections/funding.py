"""The money received."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.reports.sections.absent import absent

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["funding"]


def funding(facts: Facts) -> Block:
    """Show the money received, by year and source."""
    if not facts.recorded.money:
        return absent(facts, "No record of the money received was supplied.", "funding")
    return display.funding_table(facts.recorded.money)
