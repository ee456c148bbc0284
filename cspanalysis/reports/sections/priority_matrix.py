"""How the priorities score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["priority_matrix"]


def priority_matrix(facts: Facts) -> Block:
    """Show how the priorities score, and how firm their ranks are."""
    matrix = facts.strategy.matrix
    if matrix is None:
        return display.paragraphs("There is no priority to score.")
    return display.together(
        display.matrix_table(matrix),
        display.paragraphs(matrix.order_text) if matrix.order_text else None,
    )
