"""Hot spots around a place, how crime gathers, and whether that lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.places.spots import no_spots
from cspanalysis.reports.sections.small_areas import no_places

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["hot_spots"]


def hot_spots(facts: Facts) -> Block:
    """Say in how few small areas crime gathers, which are hot spots, and for how long."""
    where, lasting = facts.placed.where, facts.placed.lasting
    if where is None or lasting is None:
        return no_places(facts)
    return display.together(
        display.paragraphs(" ".join(lasting.sentences), no_spots(where)),
        display.lasting_table(lasting) if len(lasting.spans) > 1 else None,
    )
