"""Competing explanations of clear changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.changes.why import Explanation, explanations
from cspanalysis.findings.finding import Change
from cspanalysis.findings.places.neighbours import small_areas
from cspanalysis.findings.summary.ranking import ranked

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["reasons", "why", "why_of_a_priority"]

_HEADING = "Why it may have changed"


def why(facts: Facts, *, headed: bool = False) -> Block:
    """Set out competing explanations of each change that chance does not explain.

    With `headed` they bear their own heading, and nothing is shown where there are none: the
    report has said already that no change is clear.
    """
    clear = [c for c in facts.every_change if c.stands_out and c.measure.code != "all-crime"]
    nothing = (
        "No measure shows a clear change, so there is none to explain."
        if any(change.p_value is not None for change in facts.every_change)
        else "No measure can be compared, so no change is known that could be explained."
    )
    return _explained(facts, ranked(clear, harm=facts.harm), nothing=nothing, headed=headed)


def why_of_a_priority(facts: Facts, *, headed: bool = False) -> Block:
    """Set out competing explanations of each of its changes that chance does not explain."""
    changes = facts.focused.finding.changes
    nothing = (
        "No measure of it changed clearly, so there is no change to explain."
        if any(change.p_value is not None for change in changes)
        else "No measure of it can be compared, so no change is known to explain."
    )
    clear = [change for change in changes if change.stands_out]
    return _explained(facts, clear, nothing=nothing, headed=headed)


def _explained(facts: Facts, found: Sequence[Change], *, nothing: str, headed: bool) -> Block:
    if not found:
        return display.Block("", "") if headed else display.paragraphs(nothing)
    table = display.explanation_table({change: reasons(facts, change) for change in found})
    return display.together(display.heading(_HEADING, level=2), table) if headed else table


def reasons(facts: Facts, change: Change) -> Sequence[Explanation]:
    """Give the competing explanations of a change, held against what is known."""
    located = facts.evidence.located
    if facts.monthly is None:
        return explanations(change, located=located)
    return explanations(
        change,
        monthly=facts.monthly.get(change.measure.code),
        places=small_areas(facts.store, change),
        located=located,
    )
