"""Measures of the priorities against their targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.priorities.target_words import no_targets, targets_title
from cspanalysis.partnership import how_to_add

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["lacking_targets", "targets"]


def targets(facts: Facts) -> Block:
    """Show how far the measures of the partnership's priorities are from their targets."""
    if lacking_targets(facts) and facts.keeps_back("priorities"):
        return display.paragraphs(lacking_targets(facts))
    if absent := lacking_targets(facts):
        known = facts.partnership is not None
        add = how_to_add("priorities.measures.target", area=facts.area, known=known)
        return display.lacking(absent, do=add)
    return display.target_table(facts.target_findings, caption=targets_title(facts.target_findings))


def lacking_targets(facts: Facts) -> str:
    """Say that there are no targets, and of whom; empty where there are."""
    absent = no_targets(facts.partnership, facts.area)
    hidden = absent and facts.keeps_back("priorities")
    return f"This edition shows no targets for {facts.area.name}." if hidden else absent
