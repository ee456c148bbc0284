"""Where every figure came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.evidence.national import national_table

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["sources", "sources_of_a_priority"]


_NO_OFFICIAL = (
    "No table of ONS or the Home Office is held for these months, so this report gives no rank "
    "among all areas of England and Wales."
)


def sources(facts: Facts) -> Block:
    """Show where every figure came from and how it was tested; and that official tables lack."""
    ranked = facts.area.kind in {"csp", "force"}
    lacks = ranked and national_table(facts.store, facts.area, facts.period) is None
    return display.together(
        display.source_table(facts.every_change), display.paragraphs(_NO_OFFICIAL if lacks else "")
    )


def sources_of_a_priority(facts: Facts) -> Block:
    """Show where every figure came from and how it was tested."""
    more = "Outcomes and searches come from the files of data.police.uk of the same months."
    known = facts.focused.outcomes_found or facts.focused.searches_found
    return display.together(
        display.source_table(facts.focused.finding.changes),
        display.paragraphs(more if known else ""),
    )
