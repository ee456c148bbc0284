"""What kind of figure a number is: a rate, a target, one of a part or beside another area."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cspanalysis.commentary.claims.lexicon import WHOLE
from cspanalysis.commentary.claims.marked import ELSEWHERE, FORCE, Marked, Named
from cspanalysis.commentary.claims.numbers import NUMBER
from cspanalysis.commentary.claims.signals import BARE_RATE, OF_A_RATE, RATE
from cspanalysis.commentary.claims.statements import Kind, Statement

__all__ = ["is_bare_rate", "is_of_a_part", "is_of_a_target", "is_rate", "is_than_elsewhere"]

_SIZES: frozenset[Kind] = frozenset({"change", "difference", "multiple", "two counts"})
_THAN_PLACE = re.compile(
    rf"\s+than\s+(?:(?:the|in|that|of|for|average)\s+)*[{FORCE}{ELSEWHERE}]", re.IGNORECASE
)
_PART = re.compile(
    r"\s+(?:in|at|on|among|amongst|after|during|near|around|outside|inside|involving|committed|"
    r"linked to|related to)\s+(?:the\s+|a\s+|our\s+)?([A-Za-z][\w-]*)",
    re.IGNORECASE,
)
_BENCHMARK = re.compile(
    r"\s*(?:[\w\s]{0,30}?\bthan (?:\w+ ){1,5}expect\b|"
    r"(?:\b(?:than|of|the|our|its|on|against|above|below|to|a|set)\b\s*)*"
    r"\b(?:targets?|average|mean|norm|expect\w*|forecasts?|benchmark|plan|trajectory|goal)\b)",
    re.IGNORECASE,
)
_PER_HEAD_FIRST = re.compile(r"per (?:1,?000|thousand)\b[^,;\d]*(?:,|\bthere\b)", re.IGNORECASE)
_TARGET = re.compile(
    r"\b(?:targets?|goals?|limits?)\b(?:\s+(?:\w+|[^\w\s.,;:(]+)){0,5}?\s+$", re.IGNORECASE
)
_IN_BRACKETS = re.compile(rf"[{FORCE}{ELSEWHERE}]+\s*\($")
"""Before the rate of another area: "close to the force's (104)"."""
_SHARE_BEFORE = re.compile(
    r"\b(?:of which|account(?:s|ed)? for|made up|comprising)\b[^.;]*\($", re.IGNORECASE
)
"""Before a share in brackets: "of which burglary accounts for 1,623 (19 %)"."""
_AIMED = re.compile(rf"\bat (?:most|least) {NUMBER} by\b", re.IGNORECASE)


def is_of_a_target(statement: Statement, marked: Marked) -> bool:
    """Tell whether a number is said to be a target: "the target for robbery is 190"."""
    return _TARGET.search(marked.blanked[: statement.start]) is not None


def is_than_elsewhere(statement: Statement, marked: Marked) -> bool:
    """Tell whether a size is one beside another area, and no change: "6 % lower than in Leeds"."""
    return statement.kind == "change" and bool(_THAN_PLACE.match(marked.blanked, statement.end))


def is_of_a_part(statement: Statement, marked: Marked, named: Sequence[Named]) -> bool:
    """Tell whether a statement is of a part of a measure, or set against something else.

    So it is where an unknown word follows "in", "at", "among" and the like ("in the town
    centre", "at weekends"), or where a target or another average stands beside it.
    """
    if statement.kind in _SIZES and _AIMED.search(marked.text):
        return True  # "at most 134 by December 2024 (10 % fewer than the 149 in 2022)"
    before = marked.text[: statement.start]
    if statement.kind == "change" and not statement.sense and _SHARE_BEFORE.search(before):
        return True
    said = statement.start + len(statement.words)  # how far back a superlative reaches, too
    ends = [said, *(n.end for n in named if n.start >= statement.end)]
    for end in ends:
        if _BENCHMARK.match(marked.blanked, end):
            return True
        part = _PART.match(marked.blanked, end)
        if part and part[1].lower() not in WHOLE:
            return True
    return False


def is_rate(statement: Statement, marked: Marked) -> bool:
    """Tell whether a number is a rate: said so, or one with decimals after a rate."""
    decimal = statement.kind in {"count", "number"} and any(n.step < 0.5 for n in statement.numbers)
    after = decimal and "%" not in statement.words and RATE.search(marked.text[: statement.start])
    ahead = statement.kind == "count" and _PER_HEAD_FIRST.match(marked.text)
    other = statement.kind in {"count", "number"} and RATE.search(marked.text[: statement.start])
    beside = other and _IN_BRACKETS.search(marked.blanked[: statement.start])
    return statement.kind == "rate" or bool(after or ahead or beside)


def is_bare_rate(statement: Statement, marked: Marked) -> bool:
    """Tell whether a sentence speaks of "the rate" and names nothing that it is of."""
    rated = statement.kind in OF_A_RATE or is_rate(statement, marked)
    named = marked.named or marked.strange
    return rated and not named and BARE_RATE.search(marked.named_only) is not None
