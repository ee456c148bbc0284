"""What was found, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.changes.trends import (
    signals,
)
from cspanalysis.findings.summary.narrative import summary as sentences

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["summary"]


def summary(facts: Facts, *, months: bool = True) -> Block:
    """Say in sentences what was found; with `months` also what control charts signal.

    Without them it stands beside a first page and is short: what follows the total is one
    paragraph.
    """
    if facts.first_data is not None:
        return display.paragraphs(facts.first_data.lead)
    total, *others = sentences(facts.changes, harm=facts.harm) or ("",)
    if not months:
        return display.paragraphs(total, " ".join(others), *sentences(facts.partner_changes))
    return display.paragraphs(
        total, *others, " ".join(signals(facts.trends)), *sentences(facts.partner_changes)
    )
