"""What this edition holds back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.disclosure.agreed import rules_of
from cspanalysis.findings.wording.sentences import sentence

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["disclosure"]


def disclosure(facts: Facts) -> Block:
    """Say what this edition holds back."""
    if facts.edition != "public":
        return display.paragraphs(
            "This edition may hold what must not be made public: keep to its marking."
        )
    rules = rules_of(facts.area)
    said = (
        "Figures are of the whole area; none is of a single address or person.",
        f"{sentence(rules.small)} of a ward or of people are kept back ([c]), and others that "
        "would give them away.",
        rules.said_of_rounding,
        "The police move the place of each record to a nearby point before they publish it.",
    )
    return display.paragraphs(" ".join(filter(None, said)))
