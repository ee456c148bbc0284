"""The responsible authorities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["partners"]


def partners(facts: Facts) -> Block:
    """Show the responsible authorities, which of them are named, and what was supplied."""
    return display.partner_table(facts.recorded.partners_found)
