"""The priorities, a section each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.priorities.priorities import PriorityFinding
from cspanalysis.reports.sections.absent import absent
from cspanalysis.reports.sections.commentary import on_priority
from cspanalysis.reports.sections.priority_section import priority_section
from cspanalysis.reports.sections.why import reasons

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["priorities"]


def priorities(facts: Facts) -> Block:
    """Show a section for each priority; each is there, or says why it holds nothing."""
    return display.together(
        display.heading("The priorities", level=2),
        _who_chose(facts),
        display.paragraphs(_unexplained(facts)),
        display.parts(*map(partial(_priority, facts), facts.strategy.priority_findings)),
    )


def _priority(facts: Facts, finding: PriorityFinding) -> tuple[Block, Block, Block]:
    everywhere = [set(change.caveats) for change in facts.changes]
    return priority_section(
        finding,
        source=facts.source,
        said=set.intersection(*everywhere) if everywhere else (),
        reasons={c: reasons(facts, c) for c in finding.changes if c.stands_out},
        where=facts.strategy.places.get(finding.key),
        words=on_priority(facts, finding.key),
    )


def _who_chose(facts: Facts) -> Block:
    if not facts.strategy.priority_findings:
        return absent(
            facts, "There are no figures that could put a priority forward.", "priorities"
        )
    if facts.strategy.priority_findings[0].priority is None:
        return absent(
            facts,
            "No priorities of the partnership were supplied, so these are put forward by the "
            "figures alone, for the partnership to decide.",
            "priorities",
            unshown="These are put forward by the figures alone.",
        )
    return display.paragraphs()


def _unexplained(facts: Facts) -> str:
    """Say once, for all priorities, that there is no change to explain, where that is so."""
    changes = [change for found in facts.strategy.priority_findings for change in found.changes]
    if not changes or any(change.stands_out for change in changes):
        return ""
    if all(change.p_value is None for change in changes):
        return ""
    return "No measure of a priority changed clearly, so there is no change to explain."
