"""Costs: what a report to a committee would cost, year by year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.sentences import counted, pounds_text, sentence
from cspanalysis.partnership.people import Cost

__all__ = ["Costs"]


@dataclass(frozen=True, slots=True)
class Costs:
    """Hold the costs of a report, one line a year; a saving is below zero.

    Examples
    --------
    >>> Costs((Cost(year="2019/20", cost=0), Cost(year="2020/21", cost=0))).title
    'Nothing is to be paid in either year'
    >>> Costs((Cost(year="2019/20", cost=1200), Cost(year="2020/21", cost=0))).title
    '£1,200 is to be paid over two years'
    >>> Costs((Cost(year="2019/20", cost=-500),)).title
    '£500 is to be saved in one year'
    """

    lines: tuple[Cost, ...]

    @property
    def total(self) -> float:
        """Sum of all years, in pounds."""
        return sum(line.cost for line in self.lines)

    @property
    def title(self) -> str:
        """What the report costs in all."""
        years = len(self.lines)
        if not any(line.cost for line in self.lines):
            each = {1: "the year", 2: "either year"}.get(
                years, f"any of the {counted(years, 'year')}"
            )
            return f"Nothing is to be paid in {each}"
        done = "saved" if self.total < 0 else "paid"
        span = f"{'in' if years == 1 else 'over'} {counted(years, 'year')}"
        return f"{pounds_text(abs(self.total))} is to be {done} {span}"

    def values(self) -> Iterator[Value]:
        """Give the cost of each year, by key: ``cost.1`` is the first year's."""
        for place, line in enumerate(self.lines, start=1):
            yield Value(
                key=f"cost.{place}",
                value=line.cost,
                text=pounds_text(line.cost),
                unit="£",
                label=sentence(f"cost, {line.year[:1].lower()}{line.year[1:]}"),
            )
