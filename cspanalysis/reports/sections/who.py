"""Those affected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.disclosure.agreed import rules_of
from cspanalysis.findings.places.affected import to_ask_for
from cspanalysis.reports.sections.commentary import section

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["who"]

_NO_VICTIMS = (
    "The published figures say nothing of victims or of suspects, and no figure that a partner "
    "gave on it is held."
)


def who(facts: Facts) -> Block:
    """Say what is known of those affected, and what to ask partners for."""
    known = bool(facts.focused.supplied_found or facts.recorded.indicators)
    leading = facts.focused.leading
    return display.together(
        display.paragraphs(
            facts.focused.affected_found.sentence if facts.focused.affected_found else ""
        ),
        display.supplied_table(facts.focused.supplied_found)
        if facts.focused.supplied_found
        else None,
        display.indicator_table(facts.recorded.indicators, rules=rules_of(facts.area))
        if facts.recorded.indicators
        else None,
        display.paragraphs(*([] if known else [_NO_VICTIMS]), "Partners could supply:"),
        display.bullets(*(to_ask_for(leading.measure) if leading else ())),
        section(facts, "who-is-affected"),
    )
