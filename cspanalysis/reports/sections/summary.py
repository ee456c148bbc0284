"""What was found, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.changes.trends import (
    signals,
)
from cspanalysis.findings.summary.narrative import summary as sentences
from cspanalysis.findings.summary.topics import NAMED

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["summary"]


def summary(facts: Facts, *, months: bool = True) -> Block:
    """Say in sentences what was found; with `months` also what control charts signal.

    Without them it stands beside a first page and is short: what follows the total is one
    paragraph, and possible changes that the first page names are not named again; nor is the level
    of a period alone, with which that page opens.
    """
    if facts.first_data is not None:
        return display.paragraphs(facts.first_data.lead if months else "")
    possible = months or sum(change.possible for change in facts.every_change) > NAMED
    total, *others = sentences(facts.changes, harm=facts.harm, possible=possible) or ("",)
    partners = sentences(facts.partner_changes, possible=possible)
    if not months:
        return display.paragraphs(total, " ".join(others), *partners)
    return display.paragraphs(total, *others, " ".join(signals(facts.trends)), *partners)
