"""What else a statement may mean: nothing is contradicted that is so in another reading.

A statement is read in the likeliest way first. Where the figures say otherwise, the rows of
`OTHERWISE` are tried in turn: each gives another reading that the sentence leaves open, or a
doubt that makes its basis uncertain. To add one, add a row: what is open, and how it is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from cspanalysis.commentary.claims.basis import base_of, between, clause_of, ends_of
from cspanalysis.commentary.claims.comparisons import SEASON, back
from cspanalysis.commentary.claims.history import History
from cspanalysis.commentary.claims.marked import FORCE, STATEMENT, TIMES, Average, Marked
from cspanalysis.commentary.claims.matter import WHICH_YEAR, Ruling, counts_fit, facts
from cspanalysis.commentary.claims.place_and_time import is_placed, place_of, time_of
from cspanalysis.commentary.claims.statements import Statement
from cspanalysis.findings.finding import Change
from cspanalysis.findings.wording.numbers import count_text, in_period
from cspanalysis.vocabulary import Period

__all__ = ["OTHERWISE", "Said", "otherwise"]

_SIZES = frozenset({"change", "count", "difference", "multiple", "range", "two counts"})
_ATTACHED = re.compile(
    rf"\s+(?:(?:recorded|reported|offences|incidents|crimes)\s+)*(?:in|during|for)\s+(?:the\s+)?"
    rf"[{TIMES}]"
)
_TWO_MONTHS = re.compile(r"[A-Z][a-z]{2,}(?: \d{4})? and [A-Z]")
_TAKEN = re.compile(rf"{STATEMENT}[^;,{STATEMENT}]*[{TIMES}][^;]*,[^;]*$")
_BY_YEAR = re.compile(r"\b(?:year|annual)", re.IGNORECASE)
_THE_START = re.compile(r"\b(?:start|beginning|outset)\b", re.IGNORECASE)
_LAST_YEAR = re.compile(r"\blast year\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """Hold a statement of one measure as it was read first.

    Parameters
    ----------
    statement, marked, change, history
        What is said, in which sentence, of which measure, with the counts further back.
    based
        The change between the spans that it compares; None where these are the report's own.
    anew
        Reads it in another copy of its sentence.
    on
        Judges it by the change between two other spans.
    at
        Judges it by the report's own periods, at another place or time.
    """

    statement: Statement
    marked: Marked
    change: Change
    history: History
    based: Change | None
    anew: Callable[[Marked], Ruling]
    on: Callable[[Change], Ruling]
    at: Callable[..., Ruling]

    def between(self, then: Period, now: Period) -> Ruling | None:
        """Judge it by the change between two spans; None where they are not held."""
        found = between(self.change, now, (then,), self.history)
        return None if isinstance(found, Ruling) else self.on(found)


def otherwise(said: Said) -> Iterator[Ruling]:
    """Yield the rulings of the other readings of a statement, the likeliest first."""
    for _, read in OTHERWISE:
        if ruling := read(said):
            yield ruling


def _other_year(said: Said) -> Ruling | None:
    marked = said.marked
    if not marked.otherwise:
        return None
    ruling = said.anew(replace(marked, spans=marked.spans | marked.otherwise, otherwise={}))
    return None if ruling.verdict == "contradicted" else WHICH_YEAR


def _month_before(said: Said) -> Ruling | None:
    """Read "Shoplifting doubled in June" as on May, not on the June before."""
    own = said.based
    if own is None or base_of(said.statement, said.marked) or own.period == said.change.period:
        return None
    return said.between(back(own.period, len(own.period.months)), own.period)


def _period_before(said: Said) -> Ruling | None:
    """Read a size beside nothing that is named as one on the month or quarter before."""
    statement, change = said.statement, said.change
    months, named = len(change.period.months), base_of(statement, said.marked)
    if said.based is not None or named or months > 3 or statement.kind not in _SIZES:
        return None
    counts = statement.kind in {"count", "two counts"}
    if not counts and not re.search(r"\b(?:month|(?<!\ba )quarter)", said.marked.text):
        return None
    if time_of(statement, said.marked) == "other" or _BY_YEAR.search(said.marked.text):
        return None
    based = between(change, change.period, (back(change.period, months),), said.history)
    if isinstance(based, Ruling):
        return None
    earlier = time_of(statement, said.marked) == "baseline"
    if statement.kind != "count" or earlier or re.search(r"\bfrom\b", statement.words):
        return said.on(based)
    moved = {"up": 1, "down": -1}.get(statement.sense, 0) * (based.change or 0)
    fits = moved > 0 and counts_fit(statement.numbers[0], based.after or 0)
    return Ruling("as recorded", "basis", f"{facts(based)}.") if fits else None


def _first_to_last(said: Said) -> Ruling | None:
    """Read "between" and "from October to December" as from the first month to the last."""
    own, text = said.based is None, said.marked.text
    pairs = [ends_of(said.statement, said.marked, said.change.period)] if own else []
    two = own and said.statement.kind == "two counts"
    moved = said.statement.kind in {"change", "difference", "direction", "multiple"}
    several = [
        span.months
        for start, span in said.marked.spans.items()
        if len(span.months) in range(2, 12)
        and (two or (moved and text[:start].lower().endswith("from ")))
    ]
    pairs += [(Period.of_months(m[0], m[0]), Period.of_months(m[-1], m[-1])) for m in several]
    pair = next(filter(None, pairs), None)
    return said.between(*pair) if pair else None


def _ends_named(said: Said) -> Ruling | None:
    """Read "higher at its end than at its start: 966 in October to December against 784 in ..."."""
    own = said.based.period if said.based else None
    named = {span for span in said.marked.spans.values() if span != own}
    spans = sorted(named, key=lambda span: span.start)
    if said.based is None or len(spans) != 2 or not _THE_START.search(said.marked.text):
        return None
    return said.between(*spans)


def _other_place(said: Said) -> Ruling | None:
    """Read a number as the force's, or as the area's own, where both are named beside it."""
    statement = said.statement
    if said.based is not None or statement.kind not in _SIZES or is_placed(statement, said.marked):
        return None
    if FORCE not in clause_of(statement, said.marked.named_only[: statement.end]):
        return None
    here = place_of(said.statement, said.marked) == "here"
    return said.at(place="force" if here else "here")


def _this_year(said: Said) -> Ruling | None:
    """Read "last year" as the year that the report is of, which was the last at its writing."""
    whole = len(said.change.period.months) == 12 and said.statement.kind == "count"
    if not whole or not _LAST_YEAR.search(said.marked.text):
        return None
    now = time_of(said.statement, said.marked) != "period"
    return said.at(time="period" if now else "baseline")


def _own_count(said: Said) -> Ruling | None:
    """Read a time as another statement's: "stood at 876 in 2021/22, fell to 806"."""
    before, end = said.marked.blanked[: said.statement.start], said.statement.end
    whole = re.search(rf"{STATEMENT} of (?:the|its|their) $", before)
    if said.statement.kind != "count" or not (_TAKEN.search(before) or whole):
        return None
    return None if _ATTACHED.match(said.marked.blanked, end) else said.at(time="period")


def _from_named(said: Said) -> Ruling | None:
    """Read a size as one from another span that the sentence sets beside the report."""
    if said.statement.kind not in _SIZES - {"count"}:
        return None
    period = said.change.period
    for span in said.marked.spans.values():
        if len(span.months) == len(period.months) and span not in {period, said.change.baseline}:
            ruling = said.between(span, period)
            if ruling and ruling.verdict in {"supported", "as recorded"}:
                return ruling
    return None


def _whole_span(said: Said) -> Ruling | None:
    """Read "between July and September", or the span that was named before, as a whole."""
    statement, change, text = said.statement, said.change, said.marked.text
    spoken = said.marked.before
    if spoken and statement.kind == "count":
        count = said.history.count(change, spoken)
        if count is None or not counts_fit(statement.numbers[0], count):
            return None
        reason = f"{change.measure.label} was {count_text(count)} {in_period(spoken)}."
        return Ruling("supported", "count", reason)
    if statement.kind not in _SIZES:
        return None
    named = [
        span
        for start, span in said.marked.spans.items()
        if text[:start].lower().endswith("between ")
        and len(span.months) in range(2, 12)
        and _TWO_MONTHS.match(text, start)
    ]
    for span in (*named, *([spoken] if spoken else [])):
        ruling = said.between(span.baseline(), span)
        if ruling and ruling.verdict in {"supported", "as recorded"}:
            return ruling
    return None


def _average_again(said: Said) -> Ruling | None:
    """Read "In 2022 it was 53" as an average where the sentence before spoke of one."""
    unit = said.marked.unit
    if not unit or said.marked.averages:
        return None
    return said.anew(replace(said.marked, averages=[Average(0, 0, unit)], unit=""))


def _own_periods(said: Said) -> Ruling | None:
    """Read "That is 4 more than a year ago" as of the report's period, not of a month before."""
    if not said.marked.goes_on:
        return None
    ruling = said.anew(replace(said.marked, goes_on=False))
    return None if ruling.verdict == "not traceable" else ruling


def _bracketed(said: Said) -> Ruling | None:
    """Read "rose by 5 % (87 incidents)" as how many more there were."""
    change = said.based or said.change
    before, numbers = said.marked.blanked[: said.statement.start], said.statement.numbers
    if said.statement.kind != "count" or not before.endswith(f"{STATEMENT} ("):
        return None
    if change.change is not None and counts_fit(numbers[0], abs(change.change)):
        return Ruling("supported", "difference", f"{facts(change)}.")
    earlier = said.at(time="baseline")  # "Burglaries: 125 (123)"
    return earlier if earlier.verdict == "supported" else None


def _other_span(said: Said) -> Ruling | None:
    """Read a count as one of another span that the sentence names."""
    statement, marked, change = said.statement, said.marked, said.change
    if statement.kind != "count" or _ATTACHED.match(marked.blanked, statement.end):
        return None
    spans = [*marked.spans.values()]
    if time_of(statement, marked) == "baseline":
        spans = [span.baseline() for span in spans]
    compared = {span for basis in marked.bases for span in basis.spans}
    for span in (*compared, *spans):
        count = said.history.count(change, span)
        inside = span.start in change.period and span.end in change.period
        if (
            span not in (change.period, change.baseline)
            and count is not None
            and statement.numbers[0].fits(count, exact=True)
            and (inside or span in compared or span.end == change.baseline.end)
        ):
            reason = f"{change.measure.label} was {count_text(count)} {in_period(span)}."
            return Ruling("supported", "count", reason)
    return None


def _season(said: Said) -> Ruling | None:
    """Read "the summer of 2021", in a report of July to September, as the same months of 2021."""
    if said.based is None or not re.search(rf"\b{SEASON}\b", said.marked.text):
        return None
    return said.on(said.change) if len(said.change.period.months) == 3 else None


OTHERWISE: tuple[tuple[str, Callable[[Said], Ruling | None]], ...] = (
    ("which year to date", _other_year),
    ("on the month before", _month_before),
    ("on the month or quarter before", _period_before),
    ("from the first month to the last", _first_to_last),
    ("between the ends that are named", _ends_named),
    ("a season, or the report's quarter", _season),
    ("here or in the force", _other_place),
    ("last year, or the report's", _this_year),
    ("the report's own count", _own_count),
    ("another span that is named", _other_span),
    ("how many more", _bracketed),
    ("from a span that is named", _from_named),
    ("a span as a whole, or the one spoken of before", _whole_span),
    ("the average spoken of before", _average_again),
    ("the report, not what was just said", _own_periods),
)
"""What a sentence may leave open, and how it is read then; None where it does not."""
