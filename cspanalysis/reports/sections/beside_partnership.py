"""How much of what was recorded in a place, beside its partnership."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.places.inside import share_sentence
from cspanalysis.findings.summary.narrative import table_title
from cspanalysis.reports.sections.change_tables import change_tables, span
from cspanalysis.reports.sections.record import record

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["beside_partnership"]

_ALONE = "The place lies in no partnership whose figures could stand beside its own."


def beside_partnership(facts: Facts) -> Block:
    """Show change and rate of each measure beside the partnership's; record every figure."""
    found = facts.placed.rates_beside
    if not any(c.before is not None or c.after is not None for c in facts.changes):
        return display.together(change_tables(facts), record(facts))
    said = (found.sentence, _share(facts)) if found else (_ALONE,)
    caption = f"{table_title(facts.changes)}: {span(facts)}"
    return display.together(
        display.paragraphs(" ".join(filter(None, said))),
        display.beside_table(facts.changes, found, caption=caption),
        record(facts),
    )


def _share(facts: Facts) -> str:
    """Say how much of the partnership's crime is the place's; empty where a count is not told."""
    own, theirs, around = facts.placed.total, facts.placed.total_around, facts.placed.around
    if own is None or theirs is None or around is None:
        return ""
    people = (
        facts.store.people.denominator(area, "persons", period=facts.period).value
        for area in (facts.area, around.area)
    )
    return share_sentence(
        facts.area,
        around.area,
        counts=(own.after, theirs.after),
        people=(next(people), next(people)),
        what=own.measure.phrase,
    )
