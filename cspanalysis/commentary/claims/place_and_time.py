"""Where and when a statement is said to hold."""

from __future__ import annotations

import re
from typing import Literal

from cspanalysis.commentary.claims.history import read_span
from cspanalysis.commentary.claims.marked import (
    AREAS,
    BASELINE,
    BLANK,
    ELSEWHERE,
    FORCE,
    MEASURE,
    PERIOD,
    STATEMENT,
    TIMES,
    Marked,
)
from cspanalysis.commentary.claims.statements import Statement
from cspanalysis.commentary.claims.wording import EVENTS
from cspanalysis.vocabulary import Period

__all__ = ["Place", "Time", "is_placed", "place_of", "span_of", "time_of"]

Place = Literal["here", "force", "elsewhere"]
Time = Literal["period", "baseline", "other"]

_OVER_TIME = frozenset({"in a row", "since"})
_CONTRAST = r"\b(?:while|whereas|but|although|though)\b"
_LEAD = re.compile(rf"\s*(?:In|Across|Over|Throughout)\s+(?:\w+\s+){{0,3}}([{AREAS}])")
_UP_TO_IT = (
    rf"(?:(?:{EVENTS}|recorded|reported|committed|logged|seen|were|took|place|happened|occurred|"
    rf"in|during|over|the|year|quarter|month|[{MEASURE}{TIMES}{BLANK}]+)\s+)*?"
)
_AFTER = re.compile(
    rf"\s*(?:[\w]+\s+)?{_UP_TO_IT}(?:in|across|for|over|of|throughout)\s+(?:the\s+)?([{AREAS}])"
    rf"|\s*([{AREAS}])"
)
_JUST_BEFORE = re.compile(rf"([{AREAS}])(?:\s+(?:average|figure|rate|change))?:\s*$", re.IGNORECASE)
"""The place of "(force: 6.9 %; England and Wales: 8 %)"."""
_SUBJECT = re.compile(
    rf"[{AREAS}]\s+(?:has\s+|have\s+)?(?:recorded|reported|saw|seen|had)\s+(?:a\s+total\s+of\s+)?$"
)
"""The place that is the subject: "the force recorded 9,400"."""
_OF_IT = re.compile(rf"\s*{MEASURE}+")
_AT_ONCE = re.compile(rf"\s+(?:in|during)\s+(?:the\s+)?([{TIMES}])")
_AGAINST = re.compile(r"(?:against|compared|versus|(?:(?:up|down) )?from)\b", re.IGNORECASE)
_SET_BESIDE = re.compile(
    r"\b(?:on|against|than|with|to|from)\s+(?:in\s+)?(?:the\s+)?$", re.IGNORECASE
)
_UP_TO = re.compile(r"\b(?:since|until|till|by|from)\s+$", re.IGNORECASE)
_SOON = re.compile(
    rf"(?:(?!\b(?:although|though|but|where|while|whereas)\b)[^;:.()\d{STATEMENT}]){{0,60}}?([{TIMES}])"
)


def place_of(statement: Statement, marked: Marked) -> Place:
    """Find where a statement holds: the place named after it, else the last one before it."""
    if just := _JUST_BEFORE.search(marked.blanked[: statement.start]):
        return _place(just[1])
    if after := _placed_after(statement, marked):
        return _place(after)
    before = marked.blanked[: statement.start]
    signs = [sign for sign in re.split(rf"[;:()]|{_CONTRAST}", before)[-1] if sign in AREAS]
    if not signs and (lead := _LEAD.match(before)) and not re.search(_CONTRAST, before):
        return _place(lead[1])  # "In the whole force burglary fell; robbery rose"
    return _place(signs[-1]) if signs else "here"


def is_placed(statement: Statement, marked: Marked) -> bool:
    """Tell whether the place of a statement is certain: named just after it, or at the outset."""
    before = marked.blanked[: statement.start]
    subject = _JUST_BEFORE.search(before) or _SUBJECT.search(before)
    return bool(subject or _placed_after(statement, marked) or _LEAD.match(marked.blanked))


def _placed_after(statement: Statement, marked: Marked) -> str:
    of_it = _OF_IT.match(marked.blanked, statement.end) if statement.words[-3:] == " in" else None
    end = max(statement.end, statement.start + len(statement.words))  # with how far back it reaches
    found = _AFTER.match(marked.blanked, of_it.end() if of_it else end)
    return (found[1] or found[2]) if found else ""


def time_of(statement: Statement, marked: Marked) -> Time:
    """Find when a count holds: the time named after it, else as "against" or the clause says."""
    at = _named_just_before(statement, marked) or _named_after(statement, marked)
    if at is not None:
        return _time(marked.blanked[at])
    if statement.kind in _OVER_TIME and (at := _named_before(statement, marked)) is not None:
        return _time(marked.blanked[at])
    if _AGAINST.match(statement.words):
        return "baseline"
    if re.search(
        r"\b(?:against|compared with|compared to|from|having been(?: at)?|versus)\s*$",
        marked.blanked[: statement.start],
    ):
        return "baseline"
    at = _named_before(statement, marked)
    if _is_after_from(statement, marked) or (
        at is not None
        and marked.blanked[at] == BASELINE
        and (statement.words.startswith("to ") or marked.text[: statement.start].endswith(" to "))
    ):
        return "period"
    return "period" if at is None else _time(marked.blanked[at])


def span_of(statement: Statement, marked: Marked, *, within: Period | None = None) -> Period | None:
    """Give the span that is named for a statement; None where it is none, or not understood.

    Of many months or years, months without a year are the last ones before `within` ends.
    """
    at = _named_just_before(statement, marked) or _named_after(statement, marked)
    at = _named_before(statement, marked) if at is None else at
    if at is None:
        return None
    text, sign = marked.blanked, marked.blanked[at]
    first = len(text[:at].rstrip(sign))
    known = marked.spans.get(first)
    if not (known and len(known.months) > 1) and _UP_TO.search(text[:first]):
        return None
    if known is None and statement.kind in _OVER_TIME:
        last = len(text) - len(text[at:].lstrip(sign))
        return read_span(marked.text[first:last], until=within)
    return known


def _is_after_from(statement: Statement, marked: Marked) -> bool:
    """Tell whether it is the later count of "from 1,500 in 2021 to 2,000"."""
    clause = re.split(r"[;:()]", marked.blanked[: statement.start])[-1]
    return statement.words.startswith("to ") and clause.lower().rpartition("from ")[1] != ""


def _named_just_before(statement: Statement, marked: Marked) -> int | None:
    """Find the time of "July 72, August 65" and of "(April to December): 93"."""
    before = marked.blanked[: statement.start].rstrip(" :)")
    listed = statement.kind in {"count", "number"} and before[-1:] and before[-1] in TIMES
    listed = listed and not _AGAINST.match(statement.words)
    if listed and _SET_BESIDE.search(before.rstrip(before[-1])):
        return None  # "up on last year: 414 offences"
    later = _AT_ONCE.match(marked.blanked, statement.end)
    return len(before) - 1 if listed and not later else None


def _named_after(statement: Statement, marked: Marked) -> int | None:
    start, end = statement.end, len(marked.blanked)
    if statement.words.endswith(")"):
        return None
    if statement.kind in _OVER_TIME:
        # What is named in its own words is how far back it reaches.
        said = statement.start + len(statement.words)
        between = _SOON.match(marked.blanked, start, max(start, said - len(statement.reach)))
        if between:
            return between.start(1)
        start = max(start, said)
    pattern = _AT_ONCE if statement.kind == "since" else _SOON
    found = pattern.match(marked.blanked, start, end)
    if (
        found
        and statement.kind == "count"
        and _SET_BESIDE.search(marked.blanked[start : found.start(1)])
        and marked.blanked[start : found.start(1)] != " from "
    ):
        return None  # "at 414, is up on last year", but "174 from January to April 2024"
    return found.start(1) if found else None


def _named_before(statement: Statement, marked: Marked) -> int | None:
    before = marked.blanked[: statement.start]
    start = 0
    for found in re.finditer(r"[;:()]|\b(?:while|whereas|but|against)\b", before):
        start = found.end()
    places = [at for at in range(start, len(before)) if before[at] in TIMES]
    return places[-1] if places else None


def _place(sign: str) -> Place:
    return {FORCE: "force", ELSEWHERE: "elsewhere"}.get(sign, "here")  # type: ignore[return-value]


def _time(sign: str) -> Time:
    return {PERIOD: "period", BASELINE: "baseline"}.get(sign, "other")  # type: ignore[return-value]
