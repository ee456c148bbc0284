"""Findings: typed values that sentences, tables, charts and headline figures are made from."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date
from functools import singledispatch
from typing import TYPE_CHECKING, Literal

from cspanalysis.evidence.figures import Caveat, ForceChange, Provenance, Rate, Status, Verdict
from cspanalysis.vocabulary import Area, Measure, Period

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "MINIMUM_BASE",
    "Change",
    "Level",
    "Mark",
    "Shown",
    "Trend",
    "sentence_of",
]

MINIMUM_BASE = 50
"""Percentages of an earlier count below this are not printed: one or two would move them far."""


@singledispatch
def sentence_of(finding: object) -> str:
    """Say a finding in one plain sentence or two; `findings.shown` teaches it each kind.

    Examples
    --------
    >>> from cspanalysis import Assessment
    >>> print(sentence_of(Assessment.open("wycombe", "2017-04..2017-06")["robbery"]))
    There is no clear change in robbery: 8 from April to June 2016, 17 from April to June 2017.
    What would have shown: +254...%.
    """
    return repr(finding)


class Shown:
    """Let a finding show itself in a cell as its sentence."""

    __slots__ = ()

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        from cspanalysis.blocks.block import element

        text = sentence_of(self)
        return {"text/html": str(element("p", text)), "text/plain": text}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Shown):
    """Hold what one measure did between the baseline period and the period.

    A comparison that was not made has no ratio, no verdict and a reason in `refused`.

    Parameters
    ----------
    measure, area, period, baseline
        What, where and when.
    before, after
        Counts in the baseline period and in the period; None where missing.
    status
        Status of the later count, or of the earlier where that is weaker.
    percent_change
        Change in percent of `before`, of the counts by day where `by_day`; None from zero or where
        a count is missing.
    ratio, lower, upper
        Ratio of the later to the earlier rate of occurrence and its 95 % interval.
    p_value, p_adjusted
        Of the test of no change; adjusted over the lines of one table (totals are not adjusted).
    dispersion
        The noise V used in the test; 1 for the exact test.
    freedom
        Degrees of freedom of the noise; infinite where it is not learned.
    period_noise
        The noise of the later count alone, for its rate and its targets.
    borrowed
        Whether the noise is borrowed from other areas, because no months are held: the verdict
        then says "possibly" at most.
    exact_p
        Of the plain exact test, where the noise is borrowed; None elsewhere.
    verdict
        "higher", "lower", "possibly higher", "possibly lower", "steady" or "can't tell"; None
        where no comparison was made.
    visible
        The smallest rise and the smallest fall that would have shown, as ratios; None where no
        such change would.
    refused
        Why no comparison was made; empty where it was.
    total
        Whether the line sums others of the same table.
    force
        The same change in the police force area, where known.
    rate
        Rate of the later count, where there is a denominator.
    caveats
        What changes the reading, in the order in which it matters.
    provenance
        Where the counts came from and which test was made.
    kept_back
        Which of the two counts ("before", "after") this edition keeps back.
    readings
        The change in percent as recorded, and with what is missing of the files put back; None
        where nothing is missing.
    """

    measure: Measure
    area: Area
    period: Period
    baseline: Period
    before: int | None
    after: int | None
    status: Status = "final"
    percent_change: float | None = None
    ratio: float | None = None
    lower: float | None = None
    upper: float | None = None
    p_value: float | None = None
    p_adjusted: float | None = None
    dispersion: float = 1.0
    freedom: float = math.inf
    period_noise: float = 1.0
    borrowed: bool = False
    exact_p: float | None = None
    verdict: Verdict | None = None
    visible: tuple[float | None, float | None] = (None, None)
    refused: str = ""
    total: bool = False
    force: ForceChange | None = None
    rate: Rate | None = None
    caveats: tuple[Caveat, ...] = ()
    provenance: Provenance | None = None
    kept_back: frozenset[str] = frozenset()
    readings: tuple[float, float] | None = None

    def __repr__(self) -> str:
        was = f"{_count(self.before)} to {_count(self.after)}"
        said = self.verdict or "not compared"
        return f"<Change: {self.measure.label}, {_spanned(self)}: {was}, {said}>"

    @property
    def change(self) -> int | None:
        """Difference of the counts; None where one is missing or no comparison was made."""
        if self.before is None or self.after is None or self.refused:
            return None
        return self.after - self.before

    @property
    def by_day(self) -> bool:
        """Whether the periods differ in length by more than a leap day."""
        return abs(self.period.days - self.baseline.days) > 1

    @property
    def stands_out(self) -> bool:
        """Whether the change is clear: told from noise among all lines of its table."""
        return self.verdict in {"higher", "lower"}

    @property
    def possible(self) -> bool:
        """Whether the change is possible: its own interval excludes none, the table's test not."""
        return self.verdict in {"possibly higher", "possibly lower"}

    @property
    def quiet(self) -> bool:
        """Whether a comparison was made that tells of no change, not even of a possible one."""
        return self.verdict in {"steady", "can't tell"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Shown):
    """Hold how much there was of a measure in one of several areas that are set side by side.

    Parameters
    ----------
    measure, area, period
        What, where and when.
    count
        Count in the period.
    rate
        Rate with its interval.
    emphasis
        Whether this is the area that the assessment is about.
    """

    measure: Measure
    area: Area
    period: Period
    count: int
    rate: Rate
    emphasis: bool = False

    def __repr__(self) -> str:
        rate = f"{self.rate.value:.3g} per {self.rate.per:,} {self.rate.unit}"
        return f"<Level: {self.measure.label}, {self.area.label}, {self.period}: {rate}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Hold a month that stands out on a chart: a step, a break in recording, an event.

    Parameters
    ----------
    month
        First day of the month.
    kind
        Which of them.
    text
        What is known of it: the reason of a step, the break or the event itself.
    ratio
        Size of a step; None of others.
    starts
        Whether average and limits are set anew from it on.
    after
        Of a step that lies in months that are missing or short: the last month before them.
    sure
        Whether a step may be told as such: it is sure, and the word of the measure's change bears
        it out.
    elsewhere
        Of a step, that of the rest of the force, where it moved alike; else None.
    """

    month: date
    kind: Literal["step", "possible step", "break", "event"]
    text: str
    ratio: float | None = None
    starts: bool = True
    after: date | None = None
    sure: bool = True
    elsewhere: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend(Shown):
    """Hold the control chart of one measure's months.

    Parameters
    ----------
    measure, area
        What and where.
    chart
        Frame as `methods.xmr` gives it, indexed by month (Timestamp of its first day).
    unit
        What a value is, such as "offences per 30 days".
    variation
        Meaning of the last point: ``improvement``, ``concern``, ``neutral_high``,
        ``neutral_low`` or ``common``; ``none`` where the newest segment is too short to tell.
    marks
        Steps, breaks in recording and events within its months, oldest first.
    caveats
        What changes the reading: too few points, missing months, limits cut at zero.
    provenance
        Where the counts came from.
    """

    measure: Measure
    area: Area
    chart: pd.DataFrame = field(compare=False)
    unit: str
    variation: str
    marks: tuple[Mark, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    provenance: Provenance | None = None

    @property
    def signalled(self) -> bool:
        """Whether the last month is out of its usual pattern."""
        return self.variation not in {"common", "none"}

    @property
    def newest(self) -> date:
        """First month of the newest segment."""
        last = self.chart["segment"].iloc[-1]
        first: date = self.chart.index[self.chart["segment"] == last][0].date()
        return first

    def __repr__(self) -> str:
        months = f"{self.chart.index[0]:%Y-%m} to {self.chart.index[-1]:%Y-%m}"
        return f"<Trend: {self.measure.label}, {self.area.label}, {months}: {self.variation}>"


def _count(count: int | None) -> str:
    return "missing" if count is None else f"{count:,}"


def _spanned(change: Change) -> str:
    return f"{change.area.label}, {change.baseline} to {change.period}"
