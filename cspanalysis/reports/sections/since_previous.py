"""What changed since the previous edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.reports.sections.change_tables import changes_caption
from cspanalysis.vocabulary import Period

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["since_previous"]


def since_previous(facts: Facts, period: str | Period | None = None) -> Block:
    """Show what changed since the previous edition, was revised, and was recommended then.

    Parameters
    ----------
    period
        Period of the previous edition; the report's own `previous` if not given.
    """
    earlier = Period.parse(period) if period else facts.previous
    if earlier is None:
        return display.lacking(
            "No previous edition is named, so nothing can be said of what changed since.",
            do="Give its period as the parameter 'previous'.",
        )
    return display.since_previous(
        facts.recorded.since(earlier), source=facts.source, changes=changes_caption(facts)
    )
