"""A sentence with what is named in it: the signs, one a kind, and where each thing stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from cspanalysis.vocabulary import Period

__all__ = [
    "AREAS", "BASELINE", "BLANK", "ELSEWHERE", "FORCE", "HERE", "MEASURE", "OTHER_TIME", "PERIOD",
    "SCOPE", "STATEMENT", "TIMES", "Average", "Basis", "Marked", "Named", "Scope", "Spans",
]  # fmt: skip

MEASURE, SCOPE, HERE, FORCE, ELSEWHERE = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
PERIOD, BASELINE, OTHER_TIME, BLANK, STATEMENT = "\ue005", "\ue006", "\ue007", "\ue008", "\ue009"
AREAS, TIMES = f"{HERE}{FORCE}{ELSEWHERE}", f"{PERIOD}{BASELINE}{OTHER_TIME}"
"""The signs of all places, and of all times."""


Spans = tuple[Period, ...]
"""Spans that are meant together."""


@dataclass(frozen=True, slots=True)
class Basis:
    """Hold a comparison where it is named; no spans where it is the report's own.

    `of` gives the spans that it means beside another span than the report's period.
    """

    start: int
    end: int
    words: str
    spans: Spans = ()
    own: bool = False
    of: Callable[[Period], Spans] | None = None


@dataclass(frozen=True, slots=True)
class Average:
    """Hold where a number is said to be one of each month, quarter, week, day or year."""

    start: int
    end: int
    unit: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Hold a quantity of measures: "most measures", "two of the nine"."""

    quantity: str
    count: int | None = None
    total: int | None = None
    other: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """Hold a measure, or a quantity of them, where it is named.

    `codes` are what the name may mean; empty for a quantity.
    """

    start: int
    end: int
    codes: tuple[str, ...] = ()
    scope: Scope | None = None


@dataclass(slots=True)
class Marked:
    """Hold a sentence, its blanked copy and what was named.

    `strange` tells that something was named by way of a measure: "robbery victims". `bases` are the
    comparisons that are named, in order, `averages` what says that a number is one, `spans` the
    spans that are named (by where they begin), `otherwise` those that some of them may mean as
    well, `before` the one that was named last before, which is meant where the sentence `goes_on`,
    `unit` that of an average before, and `named_only` the copy before statements are blanked.
    """

    text: str
    blanked: str
    named: list[Named] = field(default_factory=list)
    strange: bool = False
    bases: list[Basis] = field(default_factory=list)
    averages: list[Average] = field(default_factory=list)
    named_only: str = ""
    spans: dict[int, Period] = field(default_factory=dict)
    otherwise: dict[int, Period] = field(default_factory=dict)
    before: Period | None = None
    goes_on: bool = False
    unit: str = ""

    def blank(self, start: int, end: int, sign: str) -> None:
        """Blank a span of the copy with a sign."""
        self.blanked = self.blanked[:start] + sign * (end - start) + self.blanked[end:]

    def blank_all(self, pattern: re.Pattern[str], sign: str | Callable[[str], str]) -> None:
        """Blank every match of a pattern, with one sign or one for each text."""
        for found in pattern.finditer(self.blanked):
            mark = sign if isinstance(sign, str) else sign(found[0])
            self.blank(found.start(), found.end(), mark)
