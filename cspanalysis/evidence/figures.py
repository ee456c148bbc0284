"""Figures: what a number carries with it, from the evidence to the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cspanalysis.vocabulary import Period

__all__ = [
    "MANY_COME",
    "Caveat",
    "CaveatKind",
    "ForceChange",
    "Gap",
    "Provenance",
    "Rate",
    "Status",
    "Verdict",
]

MANY_COME = "many more people come than live here"
"""What a rate's denominator says where residents do not explain what is recorded."""

CaveatKind = Literal[
    "break",
    "coverage",
    "covid",
    "denominator",
    "history",
    "location",
    "note",
    "police activity",
    "provisional",
    "season",
    "shortfall",
    "small numbers",
    "to be confirmed",
]
Gap = Literal["above", "below", "no clear difference"]
Status = Literal["final", "provisional", "to be confirmed"]
Verdict = Literal["higher", "lower", "possibly higher", "possibly lower", "steady", "can't tell"]


@dataclass(frozen=True, slots=True)
class Caveat:
    """Hold one thing that changes how a number may be read.

    Parameters
    ----------
    kind
        What sort of caveat it is.
    text
        One or two plain sentences.
    """

    kind: CaveatKind
    text: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Hold where a number came from.

    Parameters
    ----------
    source
        Publisher and data set, as a reader would cite it.
    vintage
        When the data were published or taken.
    method
        How the number was made from them; empty for a count as published.
    """

    source: str
    vintage: str
    method: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Hold a rate with its interval and its denominator named.

    Parameters
    ----------
    value, lower, upper
        The rate and the limits of its 95 % interval; None where there is no denominator.
    per
        How many units of the denominator it is per.
    denominator
        Name of the denominator with its date, such as "residents, mid-2020".
    """

    value: float
    lower: float
    upper: float
    per: int
    denominator: str

    @property
    def many_come(self) -> bool:
        """Whether many more people come than live where it is of, so that it compares with none."""
        return MANY_COME in self.denominator

    @property
    def unit(self) -> str:
        """What it is per, without its date: "residents"."""
        return self.denominator.split(",")[0]

    def of(self, period: Period) -> bool:
        """Tell whether it is per the residents of the middle of a year that lies in a period.

        Examples
        --------
        >>> named = "residents, mid-2022"
        >>> rate = Rate(value=4.2, lower=4.0, upper=4.4, per=1000, denominator=named)
        >>> rate.of(Period.parse("2022")), rate.of(Period.parse("2022-Q4"))
        (True, False)
        """
        year = re.search(r"\bmid-(\d{4})\b", self.denominator)
        return year is not None and date(int(year[1]), 6, 30) in period


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceChange:
    """Hold the change of the same measure in the police force area.

    Parameters
    ----------
    name
        Name of the force area.
    percent_change
        Change in percent, by day where the area's is; None where it can't be given.
    before, after
        Counts; None where the force published the percentage alone.
    noise
        Noise of the counts of the rest of the force.
    p_value
        Of the test that the area changed as the force did; adjusted over the lines of a table.
    verdict
        Word of the force's own change, judged among all its measures; None where not tested.
    same_way
        How many areas of the force recorded more, or fewer, as the force did: all of them, or 0.
    alike
        Whether they moved by about as much as well, and none of them apart from the others.
    gap
        Whether the area's change lies above or below the force's by more than chance; None where
        that was not tested.
    """

    name: str
    percent_change: float | None
    before: int | None = None
    after: int | None = None
    noise: float = 1.0
    verdict: Verdict | None = None
    same_way: int = 0
    alike: bool = False
    p_value: float | None = None
    gap: Gap | None = None
