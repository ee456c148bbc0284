"""Legal basis: what the law asked on a day, line by line, with where it asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cspanalysis.findings.wording.numbers import day_text
from cspanalysis.partnership.law import Coming
from cspanalysis.partnership.requirements import Requirement

__all__ = ["basis_intro", "basis_line", "coming_intro"]


def basis_intro(asked: Sequence[Requirement], *, on: date) -> str:
    """Say what the lines are: the law on a day, and whether any is still to be confirmed."""
    text = f"The law in force on {day_text(on.isoformat())} asks for this:"
    if all(one.confirmed for one in asked):
        return text
    return f"{text[:-1]}. Where a line says so, its wording is to be confirmed:"


def coming_intro(found: Sequence[Coming]) -> str:
    """Say what was enacted or announced and is not in the list above; empty where nothing was."""
    if not found:
        return ""
    what = "This was" if len(found) == 1 else "These were"
    return f"{what} enacted or announced, and no line above rests on it until it is confirmed:"


def basis_line(asked: Requirement) -> str:
    """Write one thing that the law asks for, with the statute's whole name.

    Examples
    --------
    >>> from cspanalysis.partnership.requirements import requirements
    >>> asked = {each.key: each for each in requirements("england")}
    >>> basis_line(asked["section-17"])
    'Regard to preventing crime and disorder in every decision (Crime and Disorder Act 1998,
     section 17).'
    """
    open_point = "" if asked.confirmed else "to be confirmed"
    law = ", ".join(filter(None, (asked.instrument.name, asked.provision)))
    return f"{asked.text} ({'; '.join(filter(None, (law, open_point)))})."
