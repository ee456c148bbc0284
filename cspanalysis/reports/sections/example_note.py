"""That the partnership's content is an example, where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["example_note"]


def example_note(facts: Facts) -> Block:
    """Say that the partnership's content is an example, where it is."""
    if facts.partnership is None or not facts.partnership.example:
        return display.paragraphs()
    return display.paragraphs(
        "What this report says of the partnership, its plans and its work is an example: it "
        "was made up to show what a report can hold. The figures of crime are real."
    )
