"""What is unusual outside the priorities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.changes.emerging import emerging_title

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["emerging_issues"]


def emerging_issues(facts: Facts) -> Block:
    """Show what is unusual outside the priorities, what may be getting worse first."""
    if not facts.strategy.emerging:
        return display.paragraphs(f"{emerging_title(facts.strategy.emerging)}.")
    return display.emerging_table(facts.strategy.emerging)
