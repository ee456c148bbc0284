"""The long view: five to ten years, by an official table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.changes.long_view import FEWEST_YEARS, LongView
from cspanalysis.findings.changes.long_view import long_view as found_of
from cspanalysis.findings.wording.numbers import number_word
from cspanalysis.findings.wording.sentences import cited
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["long_view"]

_ABSENT = (
    f"No table of ONS or the Home Office holds {number_word(FEWEST_YEARS)} years that reach to "
    "these months, so the long view can't be shown."
)
_DO = (
    "Bring in the Home Office's rolling years by police force area, or a table of ONS for each "
    "year, with 'cspanalysis ingest'."
)


def long_view(facts: Facts) -> Block:
    """Show five to ten years of counts, cut where recording changed; those of the force if need be.

    A ward or a small area has none.
    """
    if facts.area.is_small:
        return display.paragraphs("Official tables hold no years of so small an area.")
    found = found_of(facts.store, facts.area, facts.period, without=facts.without)
    if found is None:
        return display.lacking(_ABSENT, do=_DO, shown=False)
    source = cited(found.provenance)
    spanned = f"{found.years[0].label} to {found.years[-1].label}"
    return display.together(
        display.heading("Over the years", level=2),
        display.paragraphs(_whose(facts, found)),
        display.long_chart(
            found,
            title=f"{len(found.years)} years of recorded crime in {found.area.label}",
            subtitle=f"Crimes recorded, {spanned}. Every scale starts at zero and is its own.",
            source=source,
        ),
        display.long_table(
            found, caption=f"Crimes recorded in {found.area.label}, {spanned}", notes=_notes(found)
        ),
    )


def _whose(facts: Facts, found: LongView) -> str:
    if found.area == facts.area:
        return ""
    return (
        f"The tables hold no years of {facts.area.name} itself. These are of {found.area.name} as "
        f"a whole, its police force area; {facts.area.name} need not have moved with it."
    )


def _notes(found: LongView) -> tuple[str, ...]:
    """Say what changed in recording, when, and for which measures."""
    said = []
    for each, measures in found.breaks:
        sure = "" if each.confirmed else " (to be confirmed)"
        named = joined([measure.phrase for measure in measures])
        said.append(f"{each.text}{sure} This bears on {named}.")
    return tuple(said)
