"""Level and change of a priority's measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.summary.narrative import table_title
from cspanalysis.reports.sections.change_tables import span

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["what"]


def what(facts: Facts) -> Block:
    """Show the level and change of its measures, and of the parts of the leading one."""
    changes = facts.focused.finding.changes
    if not changes:
        return display.paragraphs(facts.focused.finding.level)
    parts = (
        ""
        if any(change.measure in facts.focused.focus.parts for change in changes)
        else f"These figures don't divide {changes[0].measure.phrase} any further."
    )
    caption = f"{table_title(changes)}: {span(facts)}"
    return display.together(
        display.change_table(changes, caption=caption), display.paragraphs(parts)
    )
