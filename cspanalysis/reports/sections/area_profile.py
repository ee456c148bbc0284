"""Who lives in the area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["area_profile"]


def area_profile(facts: Facts) -> Block:
    """Say who lives in the area, and draw how deprived it is; the chart's title says that."""
    found = facts.strategy.profile
    told = found.people if found.places else f"{found.people} {found.deprivation}"
    return display.together(
        display.paragraphs(told, found.part_of_force),
        display.decile_chart(found) if found.places else None,
    )
