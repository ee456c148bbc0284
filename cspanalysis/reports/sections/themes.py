"""Themes of the law and their figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["themes"]


def themes(facts: Facts) -> Block:
    """Show which themes of the law have figures, and what is missing of the others."""
    return display.theme_table(facts.strategy.themes_found)
