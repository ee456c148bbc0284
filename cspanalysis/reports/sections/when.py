"""The months of the year against what is usual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["when"]

_NO_MONTHS = "These figures were published for whole periods alone, so they don't tell when."
_MONTHS_ALONE = "The published figures give the month alone: no day of the week and no hour."


def when(facts: Facts) -> Block:
    """Show the months of the year against what is usual for them."""
    if facts.focused.year is None:
        return display.paragraphs(_NO_MONTHS)
    season = facts.focused.finding.pattern.season if facts.focused.finding.pattern else None
    return display.together(
        display.paragraphs(
            " ".join(facts.focused.year.sentences[:1]),
            season.sentence if season else "",
            _MONTHS_ALONE,
        ),
        display.season_chart(facts.focused.year, source=facts.source),
    )
