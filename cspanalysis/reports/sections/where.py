"""Wards and small areas of a priority."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.places.spots import no_spots
from cspanalysis.findings.places.ward_funnel import ward_funnel

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["NOT_ALL_HELD", "where"]

_NO_PLACES = "These figures were published for the whole area alone, so they don't tell where."
_SMALL_ITSELF = "The area is too small itself to be divided any further."
NOT_ALL_HELD = "Not all months of {} are held, so it can't be told where it was."
"""What is said in place of places, where months of a period are missing."""
_INGEST = "Ingest the force's street files of data.police.uk: see docs/sources.md."


def where(facts: Facts) -> Block:
    """Show in which wards and small areas it was, as far as that may be told."""
    where = facts.focused.where_found
    if where is None:
        if facts.area.is_small:
            return display.paragraphs(_SMALL_ITSELF)
        leading = facts.focused.leading
        gaps = facts.monthly is not None and leading is not None and leading.after is None
        lacks = NOT_ALL_HELD.format(facts.period.label) if gaps else _NO_PLACES
        return display.lacking(lacks, do=_INGEST)
    funnel = ward_funnel(where)
    return display.together(
        display.paragraphs(
            " ".join(where.sentences),
            facts.focused.spots.sentence if facts.focused.spots else no_spots(where),
        ),
        display.side_by_side(
            display.place_map(where, source=facts.source),
            display.funnel_chart(funnel, source=facts.source) if funnel else None,
        ),
        display.ward_table(where),
        display.busiest_table(where),
    )
