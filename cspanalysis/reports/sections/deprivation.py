"""Who lives in a place, and how crime goes with deprivation around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["deprivation"]

_NO_SLOPE = (
    "How the rate of all crime goes with deprivation was not worked out: too little was recorded, "
    "or the index of deprivation or counts are not held for the small areas."
)


def deprivation(facts: Facts) -> Block:
    """Say who lives there, how deprived it is, and how the rate climbs with deprivation."""
    found, slope = facts.placed.profile, facts.placed.slope
    return display.paragraphs(
        f"{found.people} {found.deprivation} {slope.sentence if slope else _NO_SLOPE}"
    )
