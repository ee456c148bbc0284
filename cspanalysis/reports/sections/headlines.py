"""The few figures to open with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.reports.sections.record import opening, record

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["headlines", "headlines_of_a_priority"]

_HEADLINES = 4


def headlines(facts: Facts) -> Block:
    """Show the few figures to open with, and record every figure of the report."""
    return display.together(display.headlines(opening(facts)), record(facts))


def headlines_of_a_priority(facts: Facts) -> Block:
    """Show the figures of the priority's measures, and record every figure of the report."""
    shown = [
        display.headline_of(change, source=facts.source, monthly=facts.monthly)
        for change in facts.focused.finding.changes[:_HEADLINES]
    ]
    return display.together(
        display.headlines(shown) if shown else None,
        record(facts),
    )
