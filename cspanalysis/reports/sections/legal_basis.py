"""What the law asks of partnership and committee."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.work.legal_basis import basis_intro, basis_line, coming_intro
from cspanalysis.partnership.law import coming, jurisdiction
from cspanalysis.partnership.requirements import requirements

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["legal_basis"]

_BASIS = (
    "responsible-authorities",
    "yearly",
    "partnership-plan",
    "section-17",
    "scrutiny",
    "scrutiny-yearly",
    "death-reviews",
    "prevent",
)


def legal_basis(facts: Facts) -> Block:
    """Show what the law at the period's end asks of the partnership and of the committee."""
    where, on = jurisdiction(facts.area), facts.period.end
    asked = [one for one in requirements(where, on=on) if one.key in _BASIS and not one.exempt]
    later = coming(where, on=on)
    return display.together(
        display.paragraphs(basis_intro(asked, on=on)),
        display.bullets(*map(basis_line, asked)),
        display.paragraphs(coming_intro(later)) if later else None,
        display.bullets(*(one.line for one in later)) if later else None,
    )
