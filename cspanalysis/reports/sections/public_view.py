"""What people said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.reports.sections.absent import absent

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["public_view"]


def public_view(facts: Facts) -> Block:
    """Show what people said, how sure that is, and what they put first."""
    if not facts.recorded.views:
        return absent(
            facts,
            "No survey was supplied, so what people think is not known.",
            "consultation",
        )
    return display.together(*(display.public_view(view) for view in facts.recorded.views))
