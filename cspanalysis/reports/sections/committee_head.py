"""Which committee a report goes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.wording.sentences import date_text
from cspanalysis.reports.sections.absent import absent
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["head"]

_UNSAID = "not recorded"


def head(facts: Facts) -> Block:
    """Show which committee the report goes to, when, and who answers for it."""
    held = facts.to_committee.committee
    if held is None:
        return absent(
            facts, "It is not settled yet which committee this report goes to.", "committee"
        )
    bylines = dict.fromkeys(written.byline for written in facts.written)
    said = {
        "Title": held.title,
        "Meeting": date_text(held.date, otherwise=_UNSAID),
        "Wards": held.wards or _UNSAID,
        "Lead officer": held.lead or _UNSAID,
        "Contact": held.contact or _UNSAID,
        "Text by": "; ".join(bylines) or _UNSAID,
        "Appendices": joined(held.appendices) or "none",
    }
    head = ("About this report", "Entry")
    return display.fact_table(said, caption=f"For the {held.name}", head=head)
