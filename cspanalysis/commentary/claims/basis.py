"""The basis of a statement: which spans it compares.

It is read before the number and the direction. A basis that the counts do not hold is not
traceable, and never contradicted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cspanalysis.commentary.claims.comparisons import back
from cspanalysis.commentary.claims.history import History, read_inside, read_span
from cspanalysis.commentary.claims.marked import (
    BASELINE,
    BLANK,
    MEASURE,
    OTHER_TIME,
    PERIOD,
    STATEMENT,
    TIMES,
    Basis,
    Marked,
)
from cspanalysis.commentary.claims.matter import Ruling
from cspanalysis.commentary.claims.numbers import NUMBER
from cspanalysis.commentary.claims.place_and_time import time_of
from cspanalysis.commentary.claims.statements import Kind, Statement
from cspanalysis.commentary.claims.wording import EVENTS
from cspanalysis.findings.finding import Change
from cspanalysis.methods.comparison import compare
from cspanalysis.vocabulary import Period

__all__ = [
    "NOT_HELD", "base_of", "between", "clause_of", "ends_of", "on_basis", "span_named",
]  # fmt: skip

_COMPARES: frozenset[Kind] = frozenset(
    {
        *("certain", "change", "difference", "direction", "improved", "multiple", "nothing clear"),
        *("range", "same number", "steady", "two counts"),
    }
)
_MOVES: frozenset[Kind] = frozenset({"certain", "change", "direction", "multiple"})
_RUN = re.compile(f"[{PERIOD}]+|[{OTHER_TIME}]+|[{BASELINE}]+")
_NO_SPAN = re.compile(
    r"\b(?:since|until|till|by|from|to|than|with|on|against)\s+(?:the\s+)?$", re.I
)
_IN = re.compile(r"\s+(?:in|during|for)\s+(?:the\s+)?", re.I)
_LEVEL_IN = re.compile(r"(?:\s+\w+)?\s+(?:in|during)\s+", re.I)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$|\bfrom\s+$", re.I)
_SINCE_THEN = re.compile(f"\\bsince {OTHER_TIME}", re.I)
_OVER_UNIT = re.compile(r"\bover the quarter\b", re.I)
_SINCE = re.compile(
    r"^(?!.*\b(?:low|high|most|few|busi|quiet|peak|record|time|every|each)\w*\b[^,;]*since\s+$).*\bsince\s+$",
    re.I,
)
"""Before the start of a change: "has risen since May", and no superlative."""
_TURN = re.compile(r";|\b(?:although|though|but|while|whereas)\b", re.I)
_SUBJECT = re.compile(r"\s+(?:saw|was|is|had|brought|recorded)\b", re.I)
_BESIDE = (
    r"(?:compared\s+(?:with|to)|relative\s+to|in\s+comparison\s+(?:with|to))\s+"
    r"(?:(?:the|that|those|in|for|of|its|our|figures?|levels?|numbers?|position|corresponding)\s+)*"
    r"(?!what\b)[A-Za-z]"
)
_UNKNOWN = re.compile(rf",?\s*{_BESIDE}", re.I)
_THAN_ANY = re.compile(r"\bthan\s+(?:in\s+)?(?:any|each)\b", re.I)
_UNKNOWN_FIRST = re.compile(_BESIDE, re.I)
_EARLIER_LAST = re.compile(rf"\b(?:from|against|with|compared\s+to|versus)\s+{NUMBER}$", re.I)
_HAD = re.compile(r"\b(?:which|that)\s+had\s+(?:been\s+)?(?:already\s+|previously\s+)?$", re.I)
_OF_SPAN = re.compile(rf"(?:\s+(?:offences|incidents|crimes))?\s+in\s+{OTHER_TIME}", re.I)
_APPOSED = re.compile(
    rf"(?P<counts>{STATEMENT}+)(?:\s+(?:in|during|for)\s+(?:the\s+)?[{PERIOD}{OTHER_TIME}{BASELINE}]+)?"
    r",?\s+\(?(?:an?|the|representing|equivalent\s+to|or|i\.e\.|by)?(?:\s+an?)?\s*$",
    re.I,
)
_TWO_COUNTS = re.compile(rf"\bfrom\s.*\bto\s+{NUMBER}", re.I)
_SEVERAL = re.compile(rf"(?:last|past|latest) {NUMBER} ", re.I)
_AT_BASE = re.compile(
    rf"(?:[\s{TIMES}{MEASURE}{BLANK}]|\b(?:{EVENTS}|recorded|reported|seen|in|during|for|of|the|over|across|"
    r"logged|both)\b|\)\s+(?:compared\s+(?:with|to)|on|than)\b)*",
    re.I,
)
"""Between a count and the span that it is of."""
_ON_COUNT = re.compile(
    rf"\s+(?:on|from|than|against)\s+(?:the\s+)?{STATEMENT}+(?:\s+(?:seen|recorded|reported))?"
    r"(?:\s+(?:in|for|of))?\s*$"
)
NOT_HELD = Ruling(
    "not traceable", "basis", "The assessment does not hold the figures that this compares with."
)


def on_basis(
    statement: Statement, marked: Marked, change: Change, history: History
) -> Change | Ruling | None:
    """Give the change that a statement speaks of; None where it is the report's own.

    A ruling where the counts do not hold it.
    """
    if change.before is None and _OVER_UNIT.search(marked.text) and len(change.period.months) == 3:
        return between(change, change.period, (back(change.period, 3),), history)
    if statement.kind == "each":
        return NOT_HELD if (b := base_of(statement, marked)) and not b.own else None
    if statement.kind in _COMPARES and _is_beside_unknown(statement, marked):
        return NOT_HELD
    if statement.kind in _COMPARES and _is_over_several(statement, marked, change.period):
        return NOT_HELD
    if statement.kind in _COMPARES and (pair := _pair(statement, marked, change.period)):
        then, now = pair
        if (then, now) == (change.baseline, change.period):
            return None
        said = _RUN.search(marked.named_only, statement.start, statement.end)
        said = (
            said or _SINCE_THEN.search(marked.named_only) or _EARLIER_LAST.search(statement.words)
        )
        beside = _beside_counts(statement, marked) != (statement.start, statement.end)
        if said or beside or not _spans(pair, change.period):
            return between(change, now, (then,), history)
    if statement.kind in _MOVES and _HAD.search(marked.blanked[: statement.start]):
        if time_of(statement, marked) != "baseline":
            return NOT_HELD
        return between(change, change.baseline, (change.baseline.baseline(),), history)
    base, span = base_of(statement, marked), span_named(statement, marked, change.period)
    of_before = statement.kind == "count" and base is not None and base.start < statement.start
    if of_before and span and _OF_SPAN.match(marked.named_only, statement.end):
        return None  # "up on last year, with 87 offences in July"
    if statement.kind not in _COMPARES and not (base and statement.kind == "count"):
        return None
    if (base is None or base.own) and span in {None, change.period}:
        return None
    if change.by_day and span is None and f"on {change.baseline.label}" in marked.text:
        return None  # "up 30 % day for day on 2012": the report's own comparison, named
    if (base is None or base.own) and statement.kind == "count" and not (base and span):
        return None  # the count of a span that is named, which needs no comparison
    own = span or change.period
    spans = base.spans if base and not base.own else (own.baseline(),)
    if span is not None and base is not None and base.of is not None:
        spans = base.of(span) or spans
    named = marked.spans.get(base.start) if base else None
    if named is not None and len(named.months) == len(own.months) > len(change.period.months):
        spans = (named,)  # "in the year to June, 5 % up on the year to June 2021"
    if spans == (change.baseline,) and own == change.period:
        return None
    return between(change, own, spans, history)


def clause_of(statement: Statement, text: str) -> str:
    """Give the part of a marked text between semicolons and turns in which a statement stands."""
    turns = [0, *(t.end() for t in _TURN.finditer(text)), len(text)]
    first = max(t for t in turns if t <= statement.start)
    return text[first : min(t for t in turns if t >= statement.end)]


def ends_of(statement: Statement, marked: Marked, period: Period) -> tuple[Period, Period] | None:
    """Give first and last of "between October and December", where these are the whole period."""
    pair = _pair(statement, marked, period) if statement.kind in _COMPARES else None
    return pair if pair is not None and _spans(pair, period) else None


def _spans(pair: tuple[Period, Period], period: Period) -> bool:
    whole = pair[0].start == period.start and pair[1].end == period.end
    return whole and len(pair[0].months) == 1 and pair[0] != pair[1]


def _is_over_several(statement: Statement, marked: Marked, period: Period) -> bool:
    """Tell whether it is of "the last two quarters", which may be set beside each other."""
    span = span_named(statement, marked, period)
    runs = [start for start, one in marked.spans.items() if one == span]
    if span is None or len(span.months) == 12:
        return False
    return any(_SEVERAL.match(marked.text, start) for start in runs)


def _is_beside_unknown(statement: Statement, marked: Marked) -> bool:
    """Tell whether what it compares with is not understood: "compared with the summer"."""
    if _THAN_ANY.search(clause_of(statement, marked.blanked)):
        return True
    after = _UNKNOWN.match(marked.blanked, statement.end)
    return after is not None or _UNKNOWN_FIRST.match(marked.blanked) is not None


def base_of(statement: Statement, marked: Marked) -> Basis | None:
    """Find the comparison of a statement: inside it or soon after, else the last before it."""
    after = [b for b in marked.bases if b.start >= statement.start]
    if statement.kind == "count" and after and not statement.sense:
        between_them = marked.blanked[statement.end : after[0].start]
        after = after if _AT_BASE.fullmatch(between_them) else []
    if after and (
        after[0].start < statement.end
        or (
            not re.search(
                f"[;{STATEMENT}{'(' if statement.kind == 'count' else ''}]",
                _aside_from_brackets(statement, marked, after[0].start),
            )
            and not _TURN.search(marked.blanked, statement.end, after[0].start)
        )
    ):
        return after[0]
    before = [b for b in marked.bases if b.start < statement.start]
    return before[-1] if before else None


def _aside_from_brackets(statement: Statement, marked: Marked, end: int) -> str:
    """Give what stands after a statement, but in brackets: "higher in March (460) than in May"."""
    start, kept = statement.end, marked.blanked[statement.end : end]
    if statement.kind in _MOVES and _ON_COUNT.match(kept):
        return ""  # "16 % down on the 360 seen in the previous quarter"
    if statement.kind != "count":
        for found in re.finditer(r"\([^()]*\)", marked.text[start:end]):
            kept = kept.replace(kept[slice(*found.span())], " " * len(found[0]), 1)
    return kept


def span_named(statement: Statement, marked: Marked, period: Period) -> Period | None:
    """Give the span that is named for a statement, beside what it is compared with."""
    text = marked.named_only  # what a peak took of it names the span of "an increase of 73", too
    skipped = {b.start for b in marked.bases}
    runs = [r for r in _RUN.finditer(text) if r.start() not in skipped]
    runs = [r for r in runs if not _NO_SPAN.search(text[: r.start()])]
    after = [r for r in runs if r.start() >= statement.end]
    before = [
        r
        for r in runs
        if r.end() <= statement.start and not _TURN.search(text, r.end(), statement.start)
    ]
    near = [
        r
        for r in after[:1]
        if not re.search(f"[;:.()\\d{STATEMENT}]", marked.blanked[statement.end : r.start()])
        and not _TURN.search(text, statement.end, r.start())
        and not _SUBJECT.match(text, r.end())
    ]
    chosen = [*before[-1:], *near][-1:]
    if not chosen:
        return marked.before if marked.goes_on else None
    found = marked.spans.get(chosen[0].start())
    return None if found == period else found


def _pair(statement: Statement, marked: Marked, period: Period) -> tuple[Period, Period] | None:
    """Give the two spans of "from 164 in May to 188 in June" and of "between May and June"."""
    runs = list(_RUN.finditer(marked.named_only))
    start, end = _beside_counts(statement, marked)
    inside = [r for r in runs if start < r.start() < end]
    if inside and (statement.kind == "two counts" or end < statement.start):
        after = [r for r in runs if r.start() >= end]
        near = after and _IN.fullmatch(marked.text, end, after[0].start())
        own = marked.spans.get(after[0].start()) if near else period
        then = marked.spans.get(inside[0].start())
        return (then, own) if then and own and then != own else None
    if statement.kind == "two counts" and _EARLIER_LAST.search(statement.words):
        after = [r for r in runs if r.start() >= statement.end][:1]
        if after and _IN.fullmatch(marked.text, statement.end, after[0].start()):
            before = [r for r in runs if r.end() <= statement.start][-1:]
            own = marked.spans.get(before[0].start()) if before else period
            then = marked.spans.get(after[0].start())
            return (then, own) if then and own and then != own else None
    if statement.kind == "multiple":  # "September brought 118, double December's 58"
        after = [r for r in runs if r.start() >= statement.end][:2]
        then = marked.spans.get(after[0].start()) if after else None
        if then and after[0].start() == statement.end:
            between_them = marked.text[after[0].end() : after[-1].start()]
            whose = after[1:] if _LEVEL_IN.fullmatch(between_them) else []
            whose += [r for r in runs if r.end() <= statement.start][-1:]
            now = marked.spans.get(whose[0].start()) if whose else period
            return (then, now) if now else None
    for run in runs if base_of(statement, marked) is None else ():
        said = _BETWEEN.search(marked.text[: run.start()])
        onward = marked.text.startswith(" to ", run.end())
        joint = " to " if said and said[0][0] in "fF" and not onward else " and "
        names = marked.text[slice(*run.span())].split(joint)
        if _SINCE.search(marked.text[: run.start()]) and (then := marked.spans.get(run.start())):
            return _until_now(then, period)
        if not said or (said[0][0] in "fF" and marked.spans.get(run.start()) == period):
            continue  # "from April to June", of a report of April to June, is one span
        if len(names) == 2:
            first, second = (read_inside(n, period) or read_span(n, until=period) for n in names)
            return (first, second) if first and second else None
        later = [r for r in runs if marked.text[run.end() : r.start()] in {" and ", " to "}]
        two = [marked.spans.get(r.start()) for r in (run, *later[:1])]
        if len(two) == 2 and two[0] and two[1]:
            return two[0], two[1]
    return None


def _until_now(then: Period, period: Period) -> tuple[Period, Period] | None:
    """Give the two spans of "since May": May, and the last one as long of the report."""
    months = len(then.months)
    now = (
        Period.of_months(period.months[-months], period.end)
        if months < len(period.months)
        else period
    )
    return (then, now) if then.end < now.start and months == len(now.months) else None


def _beside_counts(statement: Statement, marked: Marked) -> tuple[int, int]:
    """Give where two counts stand that a size is set beside: "from 9 to 6, a fall of a third"."""
    found = _APPOSED.search(marked.blanked[: statement.start])
    if found and _TWO_COUNTS.search(marked.text, *found.span("counts")):
        return found.span("counts")
    return statement.start, statement.end


def between(
    change: Change, span: Period, spans: Sequence[Period], history: History
) -> Change | Ruling:
    """Give the change of a span's counts on those of others (their mean); a ruling without them."""
    if span in spans:  # "Q3" of which year?
        return NOT_HELD
    after = history.count(change, span)
    counts = [history.count(change, one) for one in spans]
    known = [count for count in counts if count is not None]
    if after is None or not known or len(known) < len(counts) or history.refuses(change):
        return NOT_HELD
    if any(len(one.months) != len(span.months) for one in spans):
        return NOT_HELD
    if not all(history.is_comparable(change, one) for one in spans):
        return replace(NOT_HELD, reason="Recording has changed since then.")
    mean = sum(known) / len(known)
    tested = compare([sum(known)], [after], exposure_before=float(len(known))).iloc[0]
    return replace(
        change,
        period=span,
        baseline=spans[0],
        before=round(mean),
        after=after,
        percent_change=100 * (after / mean - 1) if mean else None,
        ratio=after / mean if mean else None,
        lower=float(tested["lower"]),
        upper=float(tested["upper"]),
        p_value=None,
        p_adjusted=None,
        verdict=None,
        refused="",
        force=None,
        rate=None,
    )
