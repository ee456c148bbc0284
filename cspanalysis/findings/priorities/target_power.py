"""Whether what a target asks for could be seen at all: the smallest change that would show."""

from __future__ import annotations

import math
from typing import NamedTuple

from cspanalysis.findings.wording.numbers import percent_text, signed_percent_text
from cspanalysis.vocabulary import Period

__all__ = ["Power"]

_OFTEN = 1 / 3
"""A change below this share of the log of the one that shows happens by itself about once in three
comparisons: what shows four times in five is 2.8 standard errors."""


class Power(NamedTuple):
    """Hold the change that a target asks for beside the smallest one that would show, as ratios.

    Parameters
    ----------
    asked
        What the count is to come to, to what it was, by day.
    visible
        The smallest change the same way that one comparison would show four times in five; 0
        where no fall would, however deep.
    """

    asked: float
    visible: float

    @property
    def enough(self) -> bool:
        """Whether a change as large as asked would show."""
        if self.asked < 1:
            return self.asked <= self.visible
        return self.asked == 1 or self.asked >= self.visible

    @property
    def size(self) -> str:
        """Write the smallest change that would show: "−16 %"; empty where none would."""
        return signed_percent_text(round(100 * (self.visible - 1))) if self.visible else ""

    def sentence(self, period: Period) -> str:
        """Say what a change as asked would prove; nothing where it would show."""
        if self.enough or not self.visible:
            return self.in_short(period)
        # The sentence before this one tells how far the count is from its target.
        size = 100 * abs(self.asked - 1)
        asked = f"the {percent_text(round(size) or size)} asked for"
        shows = f"a {self._way} of {percent_text(round(100 * abs(self.visible - 1)))} or more"
        first = f"This count {self._swings} by {asked}: {_little(period)}."
        return f"{first} Only {shows} is likely to show."

    def in_short(self, period: Period) -> str:
        """Say the same without what would show; nothing where a change as asked would."""
        if self.enough:
            return ""
        if not self.visible:
            return f"No {self._way} of so small a count is likely to show: {_little(period)}."
        return f"This count {self._swings} by that much, so {_little(period)}."

    @property
    def _way(self) -> str:
        return "fall" if self.asked < 1 else "rise"

    @property
    def _swings(self) -> str:
        often = abs(math.log(self.asked)) <= _OFTEN * abs(math.log(self.visible))
        return "often swings" if often else "can swing"


def _little(period: Period) -> str:
    one = {12: "year", 3: "quarter", 1: "month"}.get(len(period.months), "period")
    return f"one good {one} will prove little"
