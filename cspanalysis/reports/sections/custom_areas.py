"""What was recorded in the places that the partnership made for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.reports.sections.where import NOT_ALL_HELD

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["custom_areas"]

_HEADING = "The partnership's own areas"
_INGEST = "Ingest the force's street files of data.police.uk: see docs/sources.md."


def custom_areas(facts: Facts) -> Block:
    """Show counts, changes and rates of each custom area, under their own heading.

    Nothing is shown where the partnership has none.
    """
    if facts.partnership is None or not facts.partnership.areas:
        return display.Block("", "")
    found = facts.recorded.custom_areas
    title = display.heading(_HEADING, level=2)
    if found is None:
        said = NOT_ALL_HELD.format(facts.period.label)
        return display.together(title, display.lacking(said, do=_INGEST))
    return display.together(
        title,
        display.paragraphs(" ".join(found.sentence(area) for area in found.areas)),
        *(display.custom_area_table(found, area) for area in found.areas),
        display.record(list(display.value_figures(found.values(), source=facts.source))),
    )
