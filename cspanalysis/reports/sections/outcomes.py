"""What became of the crimes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["outcomes"]

_NO_OUTCOMES = (
    "No outcomes are held of these records: the publisher gives none of anti-social behaviour, nor "
    "for areas below a partnership's."
)
_INGEST = "Ingest the force's street files of data.police.uk: see docs/sources.md."


def outcomes(facts: Facts) -> Block:
    """Show what became of the crimes."""
    found = facts.focused.outcomes_found
    if found is None:
        return display.lacking(_NO_OUTCOMES, do=_INGEST)
    return display.together(display.paragraphs(*found.sentences), display.outcome_table(found))
