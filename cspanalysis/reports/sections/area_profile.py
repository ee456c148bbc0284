"""Who lives in the area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["area_profile"]


def area_profile(facts: Facts) -> Block:
    """Say who lives in the area, how deprived it is, and draw the latter."""
    found = facts.strategy.profile
    return display.together(
        display.paragraphs(f"{found.people} {found.deprivation}", found.part_of_force),
        display.decile_chart(found) if found.places else None,
    )
