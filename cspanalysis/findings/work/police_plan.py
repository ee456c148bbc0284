"""Police and crime plan: which of its objectives the priorities serve."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import number_word
from cspanalysis.findings.wording.sentences import sentence, some_of
from cspanalysis.partnership.plans import PolicePlan
from cspanalysis.partnership.work import Priority
from cspanalysis.vocabulary.listed import joined

__all__ = ["Crosswalk"]


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Hold the objectives of a police and crime plan beside the priorities that serve them."""

    plan: PolicePlan
    priorities: tuple[Priority, ...]

    def serving(self, objective: str) -> tuple[Priority, ...]:
        """Give the priorities that serve an objective; its words are compared, not its case."""
        return tuple(p for p in self.priorities if _same(objective) in map(_same, p.objectives))

    @property
    def unserved(self) -> tuple[str, ...]:
        """Objectives that no priority serves."""
        return tuple(o for o in self.plan.objectives if not self.serving(o))

    @property
    def strays(self) -> tuple[tuple[str, str], ...]:
        """Priority and objective, where the plan has no objective of those words."""
        known = {_same(objective) for objective in self.plan.objectives}
        return tuple(
            (p.title, o) for p in self.priorities for o in p.objectives if _same(o) not in known
        )

    @property
    def title(self) -> str:
        """How many objectives a priority serves."""
        of = len(self.plan.objectives)
        served = some_of(of - len(self.unserved), of, "objective", "served by a priority")
        return (
            sentence(f"{served} here") if of else f"No objectives of '{self.plan.title}' are listed"
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """What no priority serves, which priority serves nothing, and what does not match."""
        return tuple(self._said())

    def values(self) -> Iterator[Value]:
        """Give the numbers of the crosswalk by key."""
        parts = (
            ("objectives", len(self.plan.objectives), "Objectives of the police and crime plan"),
            ("unserved", len(self.unserved), "Objectives that no priority serves"),
        )
        for key, number, label in parts:
            text = number_word(number)
            yield Value(
                key=f"police-plan.{key}", value=number, text=text, unit="count", label=label
            )

    def _said(self) -> Iterator[str]:
        if self.unserved:
            yield f"No priority serves: {joined(_quoted(self.unserved))}."
        if idle := [p.title for p in self.priorities if not p.objectives]:
            yield f"No objective is named for: {joined(_quoted(idle))}."
        for title, objective in self.strays:
            yield f"'{title}' names the objective '{objective}', which is not listed in the plan."


def _same(objective: str) -> str:
    return " ".join(objective.casefold().split()).rstrip(".")


def _quoted(names: tuple[str, ...] | list[str]) -> list[str]:
    return [f"'{name}'" for name in names]
