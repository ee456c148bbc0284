"""What figures and plan come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.summary.narrative import table_title
from cspanalysis.findings.work.planned import stands_beside
from cspanalysis.reports.sections.commentary import section

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["conclusions"]


def conclusions(facts: Facts) -> Block:
    """Show what the figures and the plan come to, and what people conclude."""
    found = f"{table_title(facts.changes)}." if facts.changes and not facts.first_data else ""
    stands = " ".join(
        filter(None, (found, stands_beside([p.priority for p in facts.to_committee.planned])))
    )
    return display.together(display.paragraphs(stands), section(facts, "conclusions"))
