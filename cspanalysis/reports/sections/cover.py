"""The first screen: area, period and the finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["cover", "kicker", "marking"]


def cover(facts: Facts) -> Block:
    """Show the first screen: area, period and the finding."""
    return display.cover(
        title=kicker(facts),
        area=facts.area,
        period=facts.period,
        baseline=facts.baseline,
        lead=facts.lead,
        facts=_small_facts(facts),
        edition=facts.edition,
        marking=marking(facts),
        numbered=facts.kind.numbered,
        forms=facts.partnership.forms if facts.partnership else (),
    )


def _small_facts(facts: Facts) -> dict[str, str]:
    """Small facts of the cover, by name."""
    nothing = ""
    if facts.first_data:
        part = facts.monthly is not None and facts.store.held.covers(facts.area, facts.baseline)
        nothing = ": not all of it is held" if part else ": no figures are held of it"
    told = {"Compared with": f"{facts.baseline.label}{nothing}", "Figures": facts.source}
    if facts.partnership is not None and facts.partnership.example:
        told[facts.kind.from_file] = "an example, made up"
    return told


def kicker(facts: Facts) -> str:
    """Say what stands small over the title: the kind of report, and the one priority it is on."""
    title = facts.kind.title
    return f"{title}: {facts.focused.focus.title}" if facts.wanted else title


def marking(facts: Facts) -> str | None:
    """Give the protective marking: of sensitive editions always, else as the file sets it."""
    if facts.edition == "sensitive":
        return "OFFICIAL-SENSITIVE"
    return facts.partnership.marking if facts.partnership else None
