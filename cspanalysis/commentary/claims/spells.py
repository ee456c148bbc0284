"""Months, quarters and years in turn: "its highest month since May", "the third year running"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise

from cspanalysis.commentary.claims.history import read_span
from cspanalysis.commentary.claims.matter import WHICH_YEAR, Matter, Ruling, absent
from cspanalysis.commentary.claims.numbers import NUMBER, ORDINALS, read
from cspanalysis.findings.wording.numbers import count_text, in_period
from cspanalysis.vocabulary import Period

__all__ = ["rule_on_row", "rule_on_since"]

_UNITS = {"month": 1, "quarter": 3, "year": 12, "annual": 12}
_UNIT = re.compile(r"\b(month|quarter|year|annual)(?:s|ly)?\b", re.IGNORECASE)
_SINCE = re.compile(
    r"since\s+(?:at\s+least\s+)?(?:(?:the\s+)?(?P<part>start|beginning|end)\s+of\s+)?(?P<span>.+)\Z",
    re.IGNORECASE,
)
_LONG = re.compile(
    rf"\b(?P<number>{NUMBER})[ -](?P<unit>month|quarter|year)s?\b|\b(?P<decade>a decade)\b",
    re.IGNORECASE,
)
_THROUGHOUT = re.compile(
    r"(?:month|quarter)[- ]on|(?:\w+ )?(?:every|each) (?:single )?(?:month|quarter)$", re.I
)
_ALONE = re.compile(r"(?!second|third|fourth|fifth|sixth|one of|among)", re.IGNORECASE)
_FURTHEST = 480
"""Months back that are looked through."""


@dataclass(frozen=True, slots=True)
class _Reach:
    """Hold how far back a claim reaches: to a day that is still in it, or for a number of units."""

    first: date | None = None
    last: date | None = None
    units: int | None = None

    def holds(self, back: int, window: Period) -> bool:
        """Tell whether the window so many units back is within it."""
        if self.first is not None:
            return window.start >= self.first
        return self.units is None or back < self.units


def rule_on_since(matter: Matter) -> Ruling:
    """Judge whether a month, a quarter or a year is the lowest, or the highest, of many in turn.

    Where none is named, the report's period is set beside the same months of each year before;
    of a period of several that are named, the last is meant: it alone supports, and only where no
    one of them is the lowest is the claim contradicted. One that is lower (or higher) contradicts,
    however short the series is; a claim that reaches further back than it is not traceable.
    """
    statement, change = matter.statement, matter.change
    if not _ALONE.match(statement.words):
        return matter.ruling(None, "since", "The assessment does not rank months or years.")
    unit = _unit_of(matter)
    if matter.history.refuses(change) or (unit is None and change.after is None):
        return absent(matter)
    reach, windows = _reach(matter, unit or 12), [change.period]
    if unit is not None:
        windows = _ends(matter, unit)
    elif (
        matter.time != "period"
        or re.search(r"year so far$|\b(?:month|quarter)s?\b", statement.reach)
        or (reach and reach.first and reach.first > change.period.end)
    ):
        windows = []
    elif reach and reach.first and reach.first > change.period.baseline().start:
        reach = _Reach(units=2)  # "since 2022" in a report of 2023 sets it beside 2022
    if reach is None or not windows:
        reason = "It is not plain how far back this is meant to reach."
        return matter.ruling(None, "since", reason)
    if statement.reach.endswith("year so far"):
        return _of_the_year(matter, windows[-1])
    return _of_several([_extreme(matter, one, reach, yearly=unit is None) for one in windows])


def _unit_of(matter: Matter) -> int | None:
    """Give the months of the unit that a superlative speaks of; None for the period as it is.

    It is named ("its highest month"), or the claim reaches to a month ("since May").
    """
    statement, period = matter.statement, matter.change.period
    said = statement.words.removesuffix(statement.reach)
    if found := _UNIT.search(said):
        months = _UNITS[found[1].lower()]
        return None if months == len(period.months) == 12 else months
    if found := _SINCE.fullmatch(statement.reach):
        span = read_span(found["span"], until=period)
        return len(span.months) if span is not None and len(span.months) in {1, 3} else None
    if statement.reach.endswith("year so far"):
        return len(period.months) if len(period.months) in {1, 3} else None
    if (found := _LONG.search(statement.reach)) and (found["unit"] or "").lower() != "year":
        months = _UNITS.get((found["unit"] or "").lower(), 0)
        return months if months == len(period.months) else None
    return None


def _of_the_year(matter: Matter, window: Period) -> Ruling:
    """Judge "its lowest of the year so far", by the year from January and by that from April."""
    first = window.start
    starts = {first.replace(month=1), first.replace(year=first.year - (first.month < 4), month=4)}
    rulings = [_extreme(matter, window, _Reach(first=s)) for s in sorted(starts - {first})]
    if not rulings or len({ruling.verdict for ruling in rulings}) > 1:
        return matter.ruling(None, "since", WHICH_YEAR.reason)
    return rulings[0]


def rule_on_row(matter: Matter) -> Ruling:
    """Judge whether counts moved one way so many times in turn, by the recorded counts alone."""
    found = _UNIT.search(matter.statement.reach)
    if matter.history.refuses(matter.change):
        return absent(matter)
    unit = _UNITS[found[1].lower()] if found else 0
    steps = _steps(matter, unit) if unit else None
    windows = _ends(matter, unit) if unit else []
    first = "of the first" in matter.statement.reach
    if not steps or not windows or matter.statement.negated or first:
        reason = "It is not plain which months this is meant to reach."
        return matter.ruling(None, "in a row", reason)
    if _THROUGHOUT.match(matter.statement.reach) or re.search(
        " since | of the (?:last|final)", matter.statement.reach
    ):
        windows = windows[-1:]
    return _of_several([_moved(matter, window, steps) for window in windows])


def _of_several(rulings: list[Ruling]) -> Ruling:
    """Judge by the last of several that may be meant, and against it only where all are wrong."""
    last = rulings[-1]
    if last.verdict == "contradicted" and any(r.verdict != "contradicted" for r in rulings):
        reason = f"{last.reason} It may be so of an earlier one: name the one that is meant."
        return Ruling("not traceable", last.rule, reason)
    return last


# Superlatives


def _extreme(matter: Matter, window: Period, reach: _Reach, *, yearly: bool = False) -> Ruling:
    """Judge a window against those before it: next to each other, or (`yearly`) a year apart."""
    own = matter.history.count(matter.change, window)
    lowest = matter.statement.sense == "down"
    word, missing, seen = ("lower" if lowest else "higher"), None, 0
    if own is None:
        return _not_held(matter, window, "since")
    for back, span in enumerate(_years_before(window) if yearly else _back(window), 1):
        count = _comparable(matter, span)
        if not reach.holds(back, span):
            if yearly and reach.first and count is None:
                missing = missing or span  # "since 2015" asks for 2015 as well
            break
        seen = back
        if count is None:
            missing = missing or span
        elif count < own if lowest else count > own:
            return _ruled(matter, matter.statement.negated, _beside(matter, span, window), window)
    if yearly and missing is not None:
        reason = f"No earlier figure held is {word}, but the figures here that can be compared"
        return matter.ruling(None, "since", f"{reason} begin in {_first(matter)}.")
    if missing is not None or not (seen or reach.last):
        return _not_held(matter, missing or window, "since")
    later = [s for s in _later(matter, window) if _beats(matter, s, own, lowest=lowest)]
    if later and reach.last is not None and later[0].end <= reach.last:
        return _ruled(matter, matter.statement.negated, _beside(matter, later[0], window), window)
    if later:
        reason = _beside(matter, later[0], window)
        return matter.ruling(None, "since", f"{reason} That is later, so it may still be meant.")
    what = {1: "month", 3: "quarter", 12: "year"}[len(window.months)]
    none = f"The {what} before was not" if seen == 1 else f"None of the {seen} {what}s before was"
    reason = f"{none} {word} than {in_period(window)}, at {count_text(own)}."
    return _ruled(matter, not matter.statement.negated, reason, window)


def _years_before(period: Period) -> Iterator[Period]:
    """Yield the same months of each year before, nearest first."""
    return (period.baseline(years=back) for back in range(1, _FURTHEST // 12 + 1))


def _first(matter: Matter) -> str:
    """Name the first figure that is held, or that can be compared where recording has changed."""
    change = matter.change
    spans = [s for s in _years_before(change.period) if matter.history.count(change, s) is not None]
    kept = [span for span in spans if matter.history.is_comparable(change, span)]
    if len(kept) == len(spans):
        return matter.history.begins(change)
    return (kept[-1] if kept else change.period).label


def _beats(matter: Matter, span: Period, own: int, *, lowest: bool) -> bool:
    count = matter.history.count(matter.change, span)
    return count is not None and (count < own if lowest else count > own)


def _beside(matter: Matter, span: Period, window: Period) -> str:
    counts = [matter.history.count(matter.change, one) for one in (span, window)]
    word = "lower" if matter.statement.sense == "down" else "higher"
    return (
        f"{matter.change.measure.label} was {word} {in_period(span)}, at {count_text(counts[0])}, "
        f"than {in_period(window)}, at {count_text(counts[1])}."
    )


def _reach(matter: Matter, unit: int) -> _Reach | None:
    text, period = matter.statement.reach, matter.change.period
    if found := _SINCE.fullmatch(text):
        span = read_span(found["span"], until=period)
        if span is None:
            return (
                _Reach() if re.search(r"\b(?:began|begins?|start(?:s|ed))\b", text, re.I) else None
            )
        after = span.end.toordinal() + 1
        return _Reach(first=span.start if _is_start(found["part"]) else date.fromordinal(after))
    if found := re.fullmatch(r"(?:in|of|during) (?P<span>(?:19|20)\d\d.*|the \w+|this \w+)", text):
        span = read_span(found["span"]) if found["span"][0].isdigit() else period
        return _Reach(first=span.start, last=span.end) if span is not None else None
    if found := _LONG.search(text):
        months = 120 if found["decade"] else _months_in(found)
        return _Reach(units=months // unit) if months // unit > 1 and months % unit == 0 else None
    return _Reach()


def _months_in(found: re.Match[str]) -> int:
    return int(read(found["number"]).value) * _UNITS[found["unit"].lower()]


def _is_start(part: str | None) -> bool:
    return (part or "").lower() in {"start", "beginning"}


# One after the other


def _moved(matter: Matter, window: Period, steps: int) -> Ruling:
    spans = [window, *islice(_back(window), steps + 1)]
    senses = [matter.statement.sense] * steps
    if re.search(r"\bafter\b", matter.statement.words, re.IGNORECASE):
        senses = ["down" if senses[0] == "up" else "up", *senses]
    missing = None
    for sense, (later, earlier) in zip(senses, pairwise(spans), strict=False):
        new, old = _comparable(matter, later), _comparable(matter, earlier)
        if new is None or old is None:
            missing = missing or (later if new is None else earlier)
        elif (new >= old) if sense == "down" else (new <= old):
            reason = (
                f"{matter.change.measure.label} went from {count_text(old)} {in_period(earlier)} "
                f"to {count_text(new)} {in_period(later)}."
            )
            return _ruled(matter, False, reason, window, rule="in a row")
    if missing is not None:
        return _not_held(matter, missing, "in a row")
    counts = [count_text(_comparable(matter, span)) for span in reversed(spans[: len(senses) + 1])]
    reason = f"{matter.change.measure.label}, up to {window.label}: {', '.join(counts)}."
    return _ruled(matter, True, reason, window, rule="in a row")


def _steps(matter: Matter, unit: int) -> int | None:
    """Give how many times in turn it is said to have moved."""
    text = matter.statement.reach
    if found := _SINCE.search(text):
        span = read_span(found["span"], until=matter.change.period)
        end = _ends(matter, unit)
        if span is None or not end:
            return None
        return sum(1 for w in (end[-1], *islice(_back(end[-1]), 479)) if w.start > span.end)
    if found := re.search(r"\b(\d+)(?:st|nd|rd|th)\b", text):
        return int(found[1])
    if _THROUGHOUT.match(text):  # from its first month on
        return len(matter.change.period.months) // unit - 1
    words = re.findall(r"[a-z]+", text.lower())
    place = next((ORDINALS.index(word) + 1 for word in words if word in ORDINALS), None)
    if place is None and (found := re.search(NUMBER, text, re.IGNORECASE)):
        return int(read(found[0]).value)
    return place


# Windows of months


def _ends(matter: Matter, unit: int) -> list[Period]:
    """Give the months, quarters or years that may be meant, the likeliest last.

    It is the one that is named; else those of the period, counted from its end.
    """
    period, span = matter.change.period, matter.span
    if span is not None and len(span.months) == unit:
        return [span]
    if span is None and matter.time != "period":
        return []
    within = period if span is None or span not in (period, matter.change.baseline) else span
    last = _ending(within.months[-1], unit)
    earlier = [w for w in islice(_back(last), _FURTHEST) if w.start >= within.start]
    return [*reversed(earlier), last]


def _ending(last: date, months: int) -> Period:
    return Period.of_months(_shifted(last, 1 - months), last)


def _back(window: Period) -> Iterator[Period]:
    """Yield the spans before, of the same length, nearest first."""
    months = len(window.months)
    for back in range(1, _FURTHEST // months + 1):
        yield _ending(_shifted(window.months[-1], -back * months), months)


def _later(matter: Matter, window: Period) -> Iterator[Period]:
    months, last = len(window.months), matter.change.period.months[-1]
    for ahead in range(1, 12):
        span = _ending(_shifted(window.months[-1], ahead * months), months)
        if span.months[-1] > last:
            return
        yield span


def _shifted(month: date, months: int) -> date:
    index = 12 * month.year + month.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _comparable(matter: Matter, span: Period) -> int | None:
    if not matter.history.is_comparable(matter.change, span):
        return None
    return matter.history.count(matter.change, span)


def _ruled(
    matter: Matter, right: bool, reason: str, window: Period, *, rule: str = "since"
) -> Ruling:
    names = ["count"] if window == matter.change.period else []
    return matter.ruling(right, rule, reason, *names)


def _not_held(matter: Matter, span: Period, rule: str) -> Ruling:
    reason = f"No figure that can be compared is held {in_period(span)}."
    return matter.ruling(None, rule, reason)
