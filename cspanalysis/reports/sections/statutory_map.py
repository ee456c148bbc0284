"""What the law asks for, and what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.work.statutory import Duty
from cspanalysis.reports.sections.law_evidence import statutory_map_of

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["missing", "statutory_map"]


def statutory_map(facts: Facts) -> Block:
    """Show what the law asks for, where this report shows it, and what is there."""
    found = statutory_map_of(facts)
    figures = display.value_figures(found.values(), source="This report")
    return display.together(display.statutory_table(found), display.record(list(figures)))


def missing(facts: Facts) -> tuple[Duty, ...]:
    """Give the requirements of the law for which the report holds nothing."""
    return statutory_map_of(facts).missing
