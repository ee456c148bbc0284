"""Averages: "67 a month", held against the count of a span over its months, weeks or days."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cspanalysis.commentary.claims.basis import NOT_HELD, base_of, on_basis, span_named
from cspanalysis.commentary.claims.history import History
from cspanalysis.commentary.claims.marked import BASELINE, STATEMENT, Average, Marked
from cspanalysis.commentary.claims.matter import Ruling
from cspanalysis.commentary.claims.numbers import NUMBER
from cspanalysis.commentary.claims.place_and_time import place_of, time_of
from cspanalysis.commentary.claims.statements import Statement
from cspanalysis.findings.finding import Change
from cspanalysis.findings.wording.numbers import count_text, in_period

__all__ = ["average_of", "rule_on_average"]

_FROM = re.compile(r",?\s*(?:(?:up|down)\s+)?(?:from\s*|against\s*|compared (?:with|to)\s*)?", re.I)
_EARLIER = re.compile(r"(?:(?:up|down) from|against|compared (?:with|to))\b", re.I)
_AS_WELL = re.compile(r"\b(?:up|down) on the $|[;,] .*\bit $", re.I)
_NEAR = re.compile(rf"[^,;.%\d{STATEMENT}]{{0,60}}")


def average_of(statement: Statement, marked: Marked) -> Average | None:
    """Find whether a number is an average, said just before it or just after."""
    if statement.kind not in {"count", "number", "two counts"} or "%" in statement.words:
        return None
    for average in marked.averages:
        before = average.end <= statement.start
        if before and (
            _EARLIER.match(statement.words) or _AS_WELL.search(marked.text[: statement.start])
        ):
            return average  # "averaged 112 a month in 2022, against 91 in 2021"
        if before and _FROM.fullmatch(marked.text[average.end : statement.start]):
            return average
        if before and average.start < 3:  # "In an average month of 2018, 37 were recorded"
            return average
        sides = sorted([(average.start, average.end), (statement.start, statement.end)])
        between = marked.blanked[sides[0][1] : sides[1][0]]
        if _NEAR.fullmatch(between) and not re.search(NUMBER, between, re.IGNORECASE):
            return average
    return None


def average_lost(statement: Statement, stated: Sequence[Statement], marked: Marked) -> str:
    """Give the words of an average beside a count, where no number is read as one of it."""
    if not marked.averages or any(average_of(one, marked) for one in stated):
        return ""
    at = marked.averages[0]
    between = marked.text[min(statement.end, at.end) : max(statement.start, at.start)]
    return "" if re.search(r"[-,;:()]", between) else marked.text[at.start : at.end]


def rule_on_average(
    statement: Statement, average: Average, marked: Marked, change: Change, history: History
) -> Ruling:
    """Judge "averaged 67 a month": the count of the span, over its months."""
    span = span_named(statement, marked, change.period) or change.period
    earlier = marked.blanked[: statement.start].rfind(BASELINE)
    apart = earlier >= 0 and "," in marked.blanked[earlier : statement.start]
    base = base_of(statement, marked)
    before = marked.text[: statement.start]
    if (
        _EARLIER.match(statement.words)
        or before.endswith(" on the ")
        or (time_of(statement, marked) == "baseline" and not apart)
    ):
        span = base.spans[0] if base and base.spans else change.baseline
    place = place_of(statement, marked)
    count = history.count(change, span) if place == "here" else None
    if place == "force" and change.force and span in {change.period, change.baseline}:
        count = change.force.after if span == change.period else change.force.before
    if statement.kind == "two counts" and place == "here":
        based = on_basis(statement, marked, change, history)
        return (
            based
            if isinstance(based, Ruling)
            else _two_averages(statement, average, based or change)
        )
    if count is None or not statement.numbers or place == "elsewhere":
        return NOT_HELD
    per = {"month": 1, "quarter": 3, "year": 12}.get(average.unit)
    if per is None:
        times = span.days / {"week": 7, "day": 1}[average.unit]
    else:
        times = len(span.months) / per
    if times < 1:
        return NOT_HELD
    actual = count / times
    right = all(number.fits(actual) for number in statement.numbers)
    own = history.count(change, change.period)
    if statement.sense and place == "here" and own is not None and span != change.period:
        moved = own / len(change.period.months) - count / len(span.months)
        right = right and (moved > 0 if statement.sense == "up" else moved < 0)
    reason = (
        f"{change.measure.label} was {count_text(count)} {in_period(span)}: "
        f"{actual:.1f} a {average.unit}."
    )
    return Ruling.of(right, "average", reason)


def _two_averages(statement: Statement, average: Average, change: Change) -> Ruling:
    """Judge "fell from 60 to 55 a month" by the two counts of the report."""
    unit = {"month": 1, "quarter": 3}.get(average.unit)
    if unit is None or change.before is None or change.after is None or change.refused:
        return NOT_HELD
    times = max(1.0, len(change.period.months) / unit)
    actual = change.before / times, change.after / times
    right = all(n.fits(a) for n, a in zip(statement.numbers, actual, strict=True))
    right = right and {"up": actual[1] > actual[0], "down": actual[1] < actual[0]}.get(
        statement.sense, True
    )
    reason = (
        f"{change.measure.label} went from {actual[0]:.1f} to {actual[1]:.1f} a {average.unit}."
    )
    return Ruling.of(right, "average", reason)
