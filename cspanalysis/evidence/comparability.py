"""Rules of comparability: which comparisons are made, at which level, with which caveats."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cspanalysis.evidence.figures import Caveat, Provenance, Status
from cspanalysis.evidence.shortfalls import NONE, Shortfall
from cspanalysis.vocabulary import Area, Break, Measure, Period, breaks_between
from cspanalysis.vocabulary.breaks import POLICE_UK, splits
from cspanalysis.vocabulary.measure import MeasureTable

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Comparison",
    "Line",
    "break_caveats",
    "divides",
    "refusal",
    "since_splits",
    "with_totals",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Hold what all lines of one table share.

    Parameters
    ----------
    area, period, baseline
        Where and when.
    provenance
        Where the counts came from.
    located
        Share of the source's records that carry a location, in the baseline period and in the
        period; 1 and 1 where that plays no part.
    caveats
        What bears on every line, such as rows without a location.
    shortfall
        What the files of either period lack.
    """

    area: Area
    period: Period
    baseline: Period
    provenance: Provenance
    located: tuple[float, float] = (1.0, 1.0)
    caveats: tuple[Caveat, ...] = ()
    shortfall: Shortfall = NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Hold the two counts of one measure before they are compared.

    Parameters
    ----------
    measure
        What was counted.
    before, after
        Counts in the baseline period and in the period; None where missing.
    status
        The weaker status of the two.
    note
        What the publisher says of the line; may be empty.
    missing
        Why a count is missing, one sentence; may be empty.
    total
        Whether the line was made here as a sum of others.
    dispersion, freedom, period_noise
        The noise of the counts compared, its degrees of freedom, and that of the later count.
    borrowed
        Whether that noise is borrowed.
    kept_back
        Which of the two counts ("before", "after") a public edition keeps back.
    provenance
        Where its count of the period came from; None for what all lines share.
    """

    measure: Measure
    before: int | None
    after: int | None
    status: Status = "final"
    note: str = ""
    missing: str = ""
    total: bool = False
    dispersion: float = 1.0
    freedom: float = math.inf
    period_noise: float = 1.0
    borrowed: bool = False
    kept_back: frozenset[str] = frozenset()
    provenance: Provenance | None = None


def with_totals(lines: Sequence[Line], comparison: Comparison) -> tuple[Line, ...]:
    """Add the first total that can be compared where its parts can't be.

    A parent measure is summed only where some part of it must not be compared, the table does
    not hold the parent itself, and every part that was recorded in either period has its count.

    Examples
    --------
    Burglary across 1 April 2017: two old categories before, three new ones after.

    >>> named = Measure.named
    >>> old = {"burglary-dwelling": 73, "burglary-non-dwelling": 123}
    >>> new = {
    ...     "residential-burglary-dwelling": 56,
    ...     "burglary-sheds-garages": 74,
    ...     "burglary-business-and-community": 69,
    ... }
    >>> lines = [Line(measure=named(m), before=n, after=None) for m, n in old.items()]
    >>> lines += [Line(measure=named(m), before=None, after=n) for m, n in new.items()]
    >>> period = Period.parse("2017-04..2017-06")
    >>> comparison = Comparison(
    ...     area=Area("E22000318", "Wycombe", "csp"),
    ...     period=period,
    ...     baseline=period.baseline(),
    ...     provenance=Provenance("Report to the commission", "2017"),
    ... )
    >>> total = with_totals(lines, comparison)[0]
    >>> total.measure.code, total.before, total.after
    ('burglary', 196, 199)
    """
    table = MeasureTable.shipped()
    held = {line.measure.code: line for line in lines}
    broken = {
        line.measure.parent
        for line in lines
        if line.measure.parent and not line.missing and refusal(line, comparison)
    }
    totals = (_total(table.named(c), held, comparison) for c in sorted(broken - set(held)))
    made = [total for total in totals if total is not None]
    return tuple(sorted([*lines, *made], key=lambda line: table.order(line.measure.code)))


def refusal(line: Line, comparison: Comparison) -> str:
    """Say why the two counts of a line must not be compared; empty where they may be."""
    if line.status == "to be confirmed":
        return "The figure is to be confirmed."
    baseline, period = comparison.baseline, comparison.period
    if dividing := divides(line.measure, comparison):
        return break_text(dividing)
    if line.missing:
        return line.missing
    if not (line.measure.recorded_in(baseline) and line.measure.recorded_in(period)):
        return "This category was not recorded in both periods."
    if line.before is None or line.after is None:
        absent = baseline if line.before is None else period
        return f"There is no figure for {absent.label}."
    return ""


def divides(measure: Measure, comparison: Comparison) -> Break | None:
    """Give the last break that forbids a comparison of a measure; None where none does."""
    refused = [b for b in _crossed(measure, comparison) if b.effect == "refuse"]
    return refused[-1] if refused else None


def since_splits(monthly: pd.DataFrame, end: date) -> pd.DataFrame:
    """Leave out the months of a category from before it was divided, of months up to an end."""
    import pandas as pd

    told = monthly.copy()
    for split in splits(POLICE_UK):
        start, code = split.crossing.start, split.measure
        if code in split.into & set(told) and start <= end:
            told[code] = told[code].where(told.index >= pd.Timestamp(start))
    return told


def still_counted(codes: Iterable[str], since: date) -> list[str]:
    """Leave out the categories that were given up before a day: older months alone hold them.

    Examples
    --------
    >>> still_counted(["violent-crime", "robbery"], date(2022, 1, 1))
    ['robbery']
    """
    given_up = {m.code for m in MeasureTable.shipped() if m.valid_to and m.valid_to < since}
    return [code for code in codes if code not in given_up]


def break_caveats(measure: Measure, comparison: Comparison) -> tuple[Caveat, ...]:
    """Give the caveats of the breaks that a comparison crosses and that do not forbid it."""
    return tuple(map(_caveat, flagged_breaks(measure, comparison)))


def flagged_breaks(measure: Measure, comparison: Comparison) -> tuple[Break, ...]:
    """Give the breaks that a comparison crosses and that do not forbid it, oldest first."""
    return tuple(b for b in _crossed(measure, comparison) if b.effect == "flag")


def _crossed(measure: Measure, comparison: Comparison) -> Sequence[Break]:
    return breaks_between(
        measure,
        area=comparison.area,
        baseline=comparison.baseline,
        period=comparison.period,
        source=comparison.provenance.source,
    )


def _total(parent: Measure, held: dict[str, Line], comparison: Comparison) -> Line | None:
    table = MeasureTable.shipped()
    before = [held.get(m.code) for m in table.parts(parent.code, comparison.baseline)]
    after = [held.get(m.code) for m in table.parts(parent.code, comparison.period)]
    sum_before = _sum(line.before if line else None for line in before)
    sum_after = _sum(line.after if line else None for line in after)
    if sum_before is None or sum_after is None:
        return None
    parts = [line for line in (*before, *after) if line is not None]
    return Line(
        measure=parent,
        before=sum_before,
        after=sum_after,
        # a sum varies at most as much as the part that varies most
        dispersion=max(line.dispersion for line in parts),
        freedom=min(line.freedom for line in parts),
        period_noise=max(line.period_noise for line in parts),
        borrowed=any(line.borrowed for line in parts),
        note="Sum of its categories, which can't be compared one by one.",
        total=True,
    )


def _sum(counts: Iterable[int | None]) -> int | None:
    values = list(counts)
    known = [count for count in values if count is not None]
    return sum(known) if values and len(known) == len(values) else None


def _caveat(crossed: Break) -> Caveat:
    return Caveat("covid" if crossed.until else "break", break_text(crossed))


def break_text(crossed: Break) -> str:
    """Say what changed, what can be compared instead, and whether that is to be confirmed."""
    doubt = "" if crossed.confirmed else " (To be confirmed.)"
    return " ".join(filter(None, (crossed.text, crossed.remedy))) + doubt
