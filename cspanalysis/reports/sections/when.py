"""The months of the year against what is usual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["season_of_a_priority", "when"]

_NO_MONTHS = "These figures were published for whole periods alone, so they don't tell when."
_MONTHS_ALONE = "The published figures give the month alone: no day of the week and no hour."


def when(facts: Facts) -> Block:
    """Say which months of the year were unusual; `season_of_a_priority` draws them."""
    if facts.focused.year is None:
        return display.paragraphs(_NO_MONTHS)
    season = facts.focused.finding.pattern.season if facts.focused.finding.pattern else None
    return display.paragraphs(
        " ".join(facts.focused.year.sentences[:1]),
        season.sentence if season else "",
        _MONTHS_ALONE,
    )


def season_of_a_priority(facts: Facts) -> Block | None:
    """Draw the months of the year against what is usual for them; None without months."""
    year = facts.focused.year
    return None if year is None else display.season_chart(year, source=facts.source)
