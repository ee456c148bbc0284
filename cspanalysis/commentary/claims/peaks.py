"""Months within a span: "peaked in July", "in both May and June", "12 and 17 in two months"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cspanalysis.commentary.claims.comparisons import back
from cspanalysis.commentary.claims.history import read_inside, read_span
from cspanalysis.commentary.claims.matter import Matter, Ruling, absent, counts_fit
from cspanalysis.commentary.claims.numbers import NUMBER, read
from cspanalysis.findings.wording.numbers import count_text, in_period
from cspanalysis.vocabulary import Period
from cspanalysis.vocabulary.listed import joined

__all__ = ["rule_on_each", "rule_on_peak", "rule_on_series"]

_YEAR = re.compile(r"(?:19|20)\d{2}(?:[/-]\d{2,4})?")


def rule_on_peak(matter: Matter) -> Ruling:
    """Judge whether the month that is named had the most, or the fewest, of its span.

    The span is the one that is named; else the report's period, or the calendar year where the
    month lies outside of it. A span of which a month is missing supports nothing.
    """
    change, statement = matter.change, matter.statement
    if not statement.when:
        return _most(matter)
    when = statement.at if statement.at and len(statement.at.months) in {1, 3} else None
    span = None if when is None else _within(statement.reach, when, change.period)
    if matter.history.refuses(change):
        return absent(matter)
    if when is None or span is None:
        return matter.ruling(None, "peak", "It is not plain which months this speaks of.")
    spans = list(_parts(span, len(when.months)))
    counts = {str(one): matter.history.count(change, one) for one in spans}
    own = counts.get(str(when), matter.history.count(change, when))
    if own is None or len(spans) < 2:
        return matter.ruling(None, "peak", "The assessment holds no counts of those months.")
    held = {one: n for one in spans if (n := counts[str(one)]) is not None}
    top = (min if statement.sense == "down" else max)(held, key=lambda one: held[one])
    beaten = held[top] != own
    if any(not counts_fit(number, own) for number in statement.numbers):
        beaten = True
    reason = (
        f"{change.measure.label} was {'lowest' if statement.sense == 'down' else 'highest'} "
        f"{in_period(top)}, at {count_text(held[top])}; {in_period(when)} it was {count_text(own)}."
    )
    if not beaten and len(held) < len(spans):
        return matter.ruling(None, "peak", f"{reason} Not every month of that span is held.")
    return matter.ruling(beaten is statement.negated, "peak", reason)


def rule_on_each(matter: Matter) -> Ruling:
    """Judge "lower in both May and June", or in "two of the three months", month by month.

    Each is set beside the same month a year before, and where the sentence does not say so, by
    the month before it as well.
    """
    statement, change = matter.statement, matter.change
    months = list(_months_said(statement.reach, change.period))
    said = [read(n).value for n in re.findall(NUMBER, statement.reach, re.IGNORECASE)]
    if statement.negated or len(months) < 2 or (said and said[-1] != len(months)):
        return matter.ruling(None, "each month", "It is not plain which months this speaks of.")
    wanted = statement.numbers[0].value if statement.numbers else len(months)
    count, sign = matter.history.count, -1 if statement.sense == "down" else 1
    ways = [[(count(change, m), count(change, m.baseline())) for m in months]]
    if matter.time != "baseline":
        ways.append([(count(change, m), count(change, back(m, len(m.months)))) for m in months])
    if any(n is None for pair in ways[0] for n in pair) or matter.history.refuses(change):
        return absent(matter)
    moved = [
        sum(sign * (new - old) > 0 for new, old in pairs if new is not None and old is not None)
        for pairs in ways
    ]
    told = [
        f"{count_text(new)} {in_period(m)} ({count_text(old)} a year before)"
        for m, (new, old) in zip(months, ways[0], strict=True)
    ]
    reason = f"{change.measure.label} was {joined(told)}."
    return matter.ruling(wanted in moved, "each month", reason)


def _months_said(text: str, period: Period) -> Iterator[Period]:
    """Yield the months of "both May and June", else those of the report's period."""
    if not text.startswith("both "):
        yield from _parts(period, 3 if "quarter" in text and len(period.months) > 3 else 1)
        return
    for name in text.removeprefix("both ").split(" and "):
        if span := read_inside(name, period) or read_span(name, until=period):
            yield span


def rule_on_series(matter: Matter) -> Ruling:
    """Judge "12, 15 and 14" by the months, quarters or years of the span that is named."""
    written, span = matter.statement.numbers, matter.span or matter.change.period
    months = {"month": 1, "quarter": 3, "year": 12}.get(matter.statement.reach.lower(), 0)
    if matter.span is None and months:
        span = Period.parse(f"{months * len(written)}m-to-{span.end:%Y-%m}")
    length, left = divmod(len(span.months), len(written))
    if left or length not in {1, 3, 12} or matter.place != "here":
        return matter.ruling(None, "number", "It is not plain what each of these numbers is of.")
    counts = [matter.history.count(matter.change, part) for part in _parts(span, length)]
    known = [count for count in counts if count is not None]
    if len(known) < len(written):
        return absent(matter)
    right = all(counts_fit(one, count) for one, count in zip(written, known, strict=True))
    reason = f"{matter.change.measure.label}, {span.label}: {joined([*map(count_text, known)])}."
    return matter.ruling(right, "counts", reason)


def _most(matter: Matter) -> Ruling:
    """Judge "up to 89 a month", and "from 54 to 89", by the months of the period."""
    months = [matter.history.count(matter.change, one) for one in _parts(matter.change.period, 1)]
    known = [count for count in months if count is not None]
    if re.search(r"\b(?:week|day|dai|quarter|year)", matter.statement.words):
        known = []
    if len(known) < len(months) or len(known) < 2 or matter.history.refuses(matter.change):
        return matter.ruling(None, "peak", "The assessment holds no counts of those months.")
    *low, high = matter.statement.numbers
    right = counts_fit(high, max(known)) and all(counts_fit(n, min(known)) for n in low)
    reason = (
        f"{matter.change.measure.label} was {count_text(min(known))} in the lowest month and "
        f"{count_text(max(known))} in the highest {in_period(matter.change.period)}."
    )
    return matter.ruling(right, "peak", reason)


def _parts(span: Period, length: int) -> Iterator[Period]:
    """Yield the months, or the quarters, of a span."""
    months = span.months
    for first in range(0, len(months) - length + 1, length):
        yield Period.of_months(months[first], months[first + length - 1])


def _within(text: str, when: Period, period: Period) -> Period | None:
    if named := _YEAR.search(text):
        return read_span(named[0])
    if "year" not in text and len(period.months) > 1 and when.start in period:
        return period
    if "quarter" in text:
        return None
    inside = len(period.months) == 12 and when.start in period
    return period if inside else read_span(str(when.start.year))
