"""Reviews of deaths and of ASB cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.partnership.law import legal_name
from cspanalysis.reports.sections.absent import absent

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["registers"]


def registers(facts: Facts) -> Block:
    """Show reviews of deaths and of ASB cases, by year."""
    deaths, cases = facts.recorded.death_register, facts.recorded.case_register
    on = facts.period.end
    reviews, asked = legal_name("death-review", on=on), legal_name("asb-case-review", on=on)
    return display.together(
        display.death_review_table(deaths)
        if deaths
        else absent(facts, f"No yearly number of {reviews.plural} was supplied.", "registers"),
        display.case_review_table(cases)
        if cases
        else absent(facts, f"No yearly number of {asked.plural} was supplied.", "registers"),
    )
