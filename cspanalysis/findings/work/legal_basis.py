"""Legal basis: what the law asks, line by line, with where it asks for it."""

from __future__ import annotations

from collections.abc import Sequence

from cspanalysis.partnership.requirements import Requirement

__all__ = ["basis_intro", "basis_line"]


def basis_intro(asked: Sequence[Requirement]) -> str:
    """Say what the lines are: the law of today, and whether any is still to be confirmed."""
    text = "The law, under its names of today, asks for this:"
    if all(one.confirmed for one in asked):
        return text
    return f"{text[:-1]}. Where a line says so, its wording is to be confirmed:"


def basis_line(asked: Requirement) -> str:
    """Write one thing that the law asks for, with the statute's whole name.

    Examples
    --------
    >>> from cspanalysis.partnership.requirements import requirement
    >>> basis_line(requirement("section-17", "england"))
    'Regard to preventing crime and disorder in every decision (Crime and Disorder Act 1998,
     section 17).'
    """
    open_point = "" if asked.confirmed else "to be confirmed"
    law = ", ".join(filter(None, (asked.instrument.name, asked.provision)))
    return f"{asked.text} ({'; '.join(filter(None, (law, open_point)))})."
