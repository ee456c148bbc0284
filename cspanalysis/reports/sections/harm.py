"""The harm of each measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["harm_table"]


def harm_table(facts: Facts) -> Block:
    """Show the harm of each measure, with what the total covers and how it changed."""
    return display.harm_table(facts.harm)
