"""Wider groups that several measures add up to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from cspanalysis import display
from cspanalysis.findings.changes.composites import definition_of, not_made
from cspanalysis.reports.sections.change_tables import changes_caption, span

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["composites"]

_APART = Markup(
    "Each group is judged by itself; the notes under {} hold here as well. The groups overlap, and "
    "hold measures of that table, so they are not to be added up."
)


def composites(facts: Facts) -> Block:
    """Show the composites as a table, with what each holds and lacks, and which can't be made."""
    held, found = facts.evidence, facts.composite_changes
    absent = not_made(
        held.lines, comparison=held.comparison, source=held.source, without=facts.without
    )
    if all(line.before is None and line.after is None for line in held.lines):
        return display.paragraphs("There are no figures that they could be made of.")
    if not found:
        return display.paragraphs(absent or "This edition shows none of them.")
    named = display.table_named("the table of changes", caption=changes_caption(facts))
    notes = [_APART.format(named)]
    return display.together(
        display.change_table(
            found, caption=f"Wider groups: {span(facts)}", notes=notes, beside=facts.changes
        ),
        display.bullets(*(definition_of(change.measure, source=held.source) for change in found)),
        display.paragraphs(absent),
        display.record(
            [f for change in found for f in display.change_figures(change, source=facts.source)]
        ),
    )
