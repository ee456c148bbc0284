"""Hot spots around a place, how crime gathers, and whether that lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.places.spots import no_spots

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["hot_spots"]

_NO_PLACES = "Without counts of small areas hot spots can't be looked for."


def hot_spots(facts: Facts) -> Block:
    """Say in how few small areas crime gathers, which are hot spots, and for how long."""
    where, lasting = facts.placed.where, facts.placed.lasting
    if where is None or lasting is None:
        return display.paragraphs(_NO_PLACES)
    return display.together(
        display.paragraphs(" ".join(lasting.sentences), no_spots(where)),
        display.lasting_table(lasting) if len(lasting.spans) > 1 else None,
    )
