"""Peaks and lows within a span: "peaked in July", "May was the busiest month of the quarter"."""

from __future__ import annotations

import re

from cspanalysis.findings.claims.history import read_span
from cspanalysis.findings.claims.matter import Matter, Ruling, absent, counts_fit
from cspanalysis.findings.words import count_text, in_period
from cspanalysis.vocabulary import Period

__all__ = ["rule_on_peak"]

_YEAR = re.compile(r"(?:19|20)\d{2}(?:[/-]\d{2,4})?")


def rule_on_peak(matter: Matter) -> Ruling:
    """Judge whether the month that is named had the most, or the fewest, of its span.

    The span is the one that is named; else the report's period, or the calendar year where the
    month lies outside of it. A span of which a month is missing supports nothing.
    """
    change, statement = matter.change, matter.statement
    when = _when(statement.when, change.period)
    span = None if when is None else _within(statement.reach, when, change.period)
    if matter.history.refuses(change):
        return absent(matter)
    if when is None or span is None:
        return matter.ruling(None, "peak", "It is not plain which months this speaks of.")
    spans = [Period.of_months(month, month) for month in span.months]
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


def _when(text: str, period: Period) -> Period | None:
    found = read_span(text)
    if found is None:
        years = range(period.end.year, period.start.year - 1, -1)
        spans = [one for year in years if (one := read_span(f"{text} {year}"))]
        found = next((one for one in spans if one.start in period), spans[0] if spans else None)
    return found if found is not None and len(found.months) == 1 else None


def _within(text: str, when: Period, period: Period) -> Period | None:
    if named := _YEAR.search(text):
        return read_span(named[0])
    if "year" not in text and len(period.months) > 1 and when.start in period:
        return period
    if "quarter" in text:
        return None
    inside = len(period.months) == 12 and when.start in period
    return period if inside else read_span(str(when.start.year))
