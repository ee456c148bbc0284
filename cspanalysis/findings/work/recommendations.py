"""Recommendations: what should be done, and what each of them still lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import number_word
from cspanalysis.findings.wording.sentences import sentence, some_of
from cspanalysis.partnership.work import Recommendation
from cspanalysis.vocabulary.listed import joined

__all__ = ["Recommendations"]

_PARTS = {
    "measure": "a measure",
    "baseline": "a baseline",
    "target": "a target",
    "by": "a date",
    "duty": "a line on section 17",
}


@dataclass(frozen=True, slots=True)
class Recommendations:
    """Hold what an assessment recommends, in order."""

    items: tuple[Recommendation, ...]

    @property
    def complete(self) -> tuple[Recommendation, ...]:
        """Those that have measure, baseline, target, date and a line on section 17."""
        return tuple(one for one in self.items if not _lacks(one))

    @property
    def title(self) -> str:
        """How many there are, and how many can be followed up as they stand."""
        complete, of = len(self.complete), len(self.items)
        return sentence(some_of(complete, of, "recommendation", "complete enough to follow up"))

    @property
    def sentences(self) -> tuple[str, ...]:
        """What each one lacks."""
        return tuple(
            f"Recommendation {number} lacks {joined(lacks)}."
            for number, one in enumerate(self.items, start=1)
            if (lacks := _lacks(one))
        )

    @property
    def duties(self) -> tuple[str, ...]:
        """What regard each had to preventing crime and disorder (section 17)."""
        return tuple(
            f"Recommendation {number}: {one.duty}"
            for number, one in enumerate(self.items, start=1)
            if one.duty
        )

    def values(self) -> Iterator[Value]:
        """Give the numbers of the recommendations by key."""
        parts = (
            ("count", len(self.items), "Recommendations"),
            ("complete", len(self.complete), "Recommendations that can be followed up"),
        )
        for key, number, label in parts:
            text = number_word(number)
            yield Value(
                key=f"recommendations.{key}", value=number, text=text, unit="count", label=label
            )


def _lacks(one: Recommendation) -> list[str]:
    return [words for name, words in _PARTS.items() if getattr(one, name) is None]
