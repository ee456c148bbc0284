"""The changes as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.disclosure.agreed import rules_of
from cspanalysis.evidence.held_part import comparable_part
from cspanalysis.findings.summary.first_data import needed
from cspanalysis.findings.summary.narrative import table_title

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["change_tables", "changes_caption", "span"]


def change_tables(facts: Facts) -> Block:
    """Show the changes as a table, those of partners' measures as another, and their other figures.

    A figure that partners gave of the period, or of a part of it, without one of the baseline
    period stands in the last.
    """
    if not any(c.before is not None or c.after is not None for c in facts.every_change):
        if facts.first_data is not None:
            return display.paragraphs(facts.first_data.needed)
        return display.paragraphs(*dict.fromkeys(c.refused for c in facts.every_change))
    places = facts.first_data.places if facts.first_data else {}
    tables = (
        display.change_table(found, caption=caption, places=places)
        for found, caption in (
            (facts.changes, changes_caption(facts)),
            (facts.partner_changes, _partners_caption(facts)),
        )
        if found
    )
    compared = {change.measure for change in facts.partner_changes}
    given = [one for one in facts.recorded.indicators if one.measure not in compared]
    shown = display.indicator_table(given, rules=rules_of(facts.area)) if given else None
    return display.together(_needs(facts), *tables, shown, _part(facts))


def changes_caption(facts: Facts) -> str:
    """Head the table of changes, by which other sections refer to it."""
    return f"{table_title(facts.changes)}: {span(facts)}"


def _partners_caption(facts: Facts) -> str:
    return f"{table_title(facts.partner_changes)}: partners' figures, {span(facts)}"


def _needs(facts: Facts) -> Block | None:
    """Say what a comparison in time needs, where the baseline period has no figures."""
    if facts.first_data is None:
        return None
    bring = f"Bring in {needed(facts.evidence, facts.store)} with 'cspanalysis ingest'."
    return display.lacking(facts.first_data.needed, do=bring)


def _part(facts: Facts) -> Block | None:
    """Name the part of the period that can be compared, where months of the whole are missing."""
    if facts.monthly is None or any(
        None not in (change.before, change.after) for change in facts.changes
    ):
        return None
    held = comparable_part(facts.store, facts.area, facts.period, facts.baseline)
    if held is None:
        return None
    part, before = held
    said = f"{part.label} can be compared with {before.label}."
    return display.lacking(said, do=f"Ask for the report of the period {part}.")


def span(facts: Facts) -> str:
    """Say where and when, against what: as captions of tables name it."""
    if facts.first_data is not None:
        return f"{facts.area.name}, {facts.period.label}"
    return f"{facts.area.name}, {facts.period.label} against {facts.baseline.label}"
