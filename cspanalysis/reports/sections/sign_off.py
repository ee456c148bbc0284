"""Who agreed the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.wording.sentences import date_text
from cspanalysis.reports.sections.absent import absent
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["cut_off", "sign_off"]


def sign_off(facts: Facts) -> Block:
    """Show who agreed the report, in which version, and up to when its figures go."""
    signed = facts.partnership.sign_off if facts.partnership else None
    if signed is None:
        return absent(facts, "Nobody has signed this report off: it is a draft.", "sign_off")
    told = {
        "Agreed by": signed.group,
        "Chair": signed.chair or "not named",
        "Version": signed.version,
        "Agreed on": date_text(signed.agreed, otherwise="not yet agreed"),
        "Previous assessment": date_text(signed.previous, otherwise="none recorded"),
        "Figures up to": cut_off(facts),
        "Sent to": joined(signed.sent) or "nobody yet",
    }
    agreed = "was agreed" if signed.agreed else "is not agreed yet"
    caption = f"This report {agreed}: version {signed.version}"
    return display.fact_table(told, caption=caption, head=("What", "As recorded"))


def cut_off(facts: Facts) -> str:
    """Give the last month of the figures, and what they are taken from."""
    last = facts.period.months[-1] if facts.monthly is None else facts.monthly.index[-1]
    return f"{last:%B %Y} ({facts.source})"
