"""What the figures of a place can't tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.disclosure.agreed import rules_of
from cspanalysis.findings.wording.numbers import percent_text
from cspanalysis.findings.wording.sentences import sentence

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["not_told"]


def not_told(facts: Facts) -> Block:
    """List what open data can't tell of a place, and what this edition keeps back."""
    return display.points(
        {
            "Day and hour": "The month alone is published.",
            "Address": (
                "The police move each record to the nearest of a list of points: no street is "
                "told, and what lies near a border may be counted across it."
            ),
            "Without a place": _unplaced(facts),
            "Who": "Nothing is published of victims or suspects; partners can supply that.",
            "Kept back": _kept_back(facts),
        }
    )


def _unplaced(facts: Facts) -> str:
    located = facts.evidence.located
    if located is None or facts.monthly is None:
        return ""
    return (
        f"{percent_text(100 * (1 - located[1]))} of the force's records carry no location and "
        "count for no ward."
    )


def _kept_back(facts: Facts) -> str:
    if facts.edition != "public":
        return ""
    rules = rules_of(facts.area)
    said = (
        f"{sentence(rules.small)} of a ward or small area ([c]), and others that would tell them. "
        "Of small areas all crime alone is told.",
        rules.said_of_rounding,
    )
    return " ".join(filter(None, said))
