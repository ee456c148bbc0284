"""The statutory map: what the law asks for, where the report shows it, and what shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import TO_BE_CONFIRMED, number_word
from cspanalysis.findings.wording.sentences import sentence
from cspanalysis.partnership.law import Coming
from cspanalysis.partnership.requirements import Requirement

__all__ = ["Duty", "Evidence", "StatutoryMap"]

State = Literal["met", "empty", "not for this report"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Hold what was looked for and found.

    Parameters
    ----------
    met
        Whether it is there with content of its own; None where the requirement does not apply.
    text
        What shows it, or what is missing, in a sentence.
    """

    met: bool | None
    text: str


@dataclass(frozen=True, slots=True)
class Duty:
    """Hold a requirement of the law and what the report shows of it."""

    requirement: Requirement
    evidence: Evidence

    @property
    def state(self) -> State:
        """Whether it is met, empty, or not for this report."""
        if self.evidence.met is None:
            return "not for this report"
        return "met" if self.evidence.met else "empty"

    @property
    def law(self) -> str:
        """Where the law asks for it; marked where the wording is to be confirmed."""
        law = self.requirement.law
        return law if self.requirement.confirmed else f"{law} ({TO_BE_CONFIRMED})"

    @property
    def line(self) -> str:
        """The requirement and what is missing, in a line."""
        return f"{self.requirement.text} ({self.law}): {sentence(self.evidence.text)}"


@dataclass(frozen=True, slots=True)
class StatutoryMap:
    """Hold all that the law asks for, in the order of the list.

    Parameters
    ----------
    duties
        What was in force at the end of the period.
    coming
        What was enacted or announced by then and is not known to be in force: no duty.
    """

    duties: tuple[Duty, ...]
    coming: tuple[Coming, ...] = ()

    @property
    def missing(self) -> tuple[Duty, ...]:
        """What is empty."""
        return tuple(duty for duty in self.duties if duty.state == "empty")

    @property
    def applying(self) -> tuple[Duty, ...]:
        """What is for this report."""
        return tuple(duty for duty in self.duties if duty.evidence.met is not None)

    @property
    def title(self) -> str:
        """Under how many of the duties something stands: whether it is enough is for people."""
        of, held = len(self.applying), len(self.applying) - len(self.missing)
        if not held:
            return f"Nothing stands under any of {number_word(of)} duties"
        some = "each" if held == of else number_word(held)
        return f"Something stands under {some} of {number_word(of)} duties"

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the table is, and what its marks mean."""
        return tuple(self._said())

    @property
    def notes(self) -> tuple[str, ...]:
        """The full names of what tables cite by number."""
        cited = dict.fromkeys(duty.requirement.instrument for duty in self.duties)
        return tuple(f"{i.short}: {i.name}." for i in cited if i.short != i.name)

    def values(self) -> Iterator[Value]:
        """Give the numbers of the map by key."""
        parts = (
            ("met", len(self.applying) - len(self.missing), "met"),
            ("empty", len(self.missing), "empty"),
        )
        for key, number, words in parts:
            yield Value(
                key=f"law.{key}",
                value=number,
                text=number_word(number),
                unit="requirements",
                label=f"Requirements of the law: {words}",
            )

    def _said(self) -> Iterator[str]:
        yield (
            "This table sets out what the law asks of a partnership, in words of our own, and what "
            "this report shows of it. Met means that there is content, not that it is enough."
        )
        if any(not duty.requirement.confirmed for duty in self.duties):
            yield (
                f"Where the law is marked '{TO_BE_CONFIRMED}', the wording was not looked up. Read "
                "it before you rely on it."
            )
