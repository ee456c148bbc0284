"""What a marked sentence states: sizes, counts, directions, comparisons and ranks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from cspanalysis.commentary.claims.marked import FORCE, MEASURE, STATEMENT, Marked
from cspanalysis.commentary.claims.numbers import (
    HEDGE,
    NUMBER,
    PERCENT,
    Hedge,
    Written,
    read,
    read_fraction,
)
from cspanalysis.commentary.claims.over_time import sense_before
from cspanalysis.commentary.claims.patterns import NO, PATTERNS, PLACES, Kind
from cspanalysis.commentary.claims.wording import DOWN, DOWN_NOUN, FEWER, MORE, UP
from cspanalysis.vocabulary import Period

__all__ = ["Kind", "Sense", "Statement", "readings", "statements"]

Sense = Literal["", "up", "down"]


@dataclass(frozen=True, slots=True)
class Statement:
    """Hold one thing stated.

    Parameters
    ----------
    kind
        What sort of thing.
    start, end
        Where in the sentence.
    sense
        "up" or "down"; for comparisons "up" is above or better; empty where none is given.
    numbers
        The numbers it gives, in the order baseline period, period where there are two.
    negated
        Whether it is said not to be so.
    words
        The words themselves.
    reach
        How far back a superlative or a direction is said to hold: "since 2015", "the third year
        running"; empty for "record low". Of a peak, the span that it is one of.
    when, at
        The month that is said to be a peak, in words and as a span; no span where it is not plain.
    """

    kind: Kind
    start: int
    end: int
    words: str
    sense: Sense = ""
    numbers: tuple[Written, ...] = ()
    negated: bool = False
    reach: str = ""
    when: str = ""
    at: Period | None = None


_COMPILED = tuple(
    (kind, example, re.compile(pattern, re.IGNORECASE)) for kind, example, pattern in PATTERNS
)
_NEEDED: Mapping[Kind, re.Pattern[str]] = {
    **dict.fromkeys(
        (
            "follows",
            "gap",
            "gap beyond chance",
            "gap times",
            "performs",
            "rate gap",
        ),
        re.compile(rf"{FORCE}|\bthat\b", re.IGNORECASE),
    ),
    "beyond chance": re.compile(FORCE),
    "target": re.compile(r"\b(?:targets?|limit)\b", re.IGNORECASE),
    "in a row": re.compile(
        r"\b(?:row|running|succession|trot|consecutive|successive|straight|each|every|on)\b",
        re.IGNORECASE,
    ),
}
"""What a sentence must have for a kind to be looked for at all, which spares most of the time."""
_NEGATION = re.compile(
    NO + rf"(?:(?<=\bneither)[^;,]*\bnor\s+{MEASURE}+)?(?:\s+\w+){{0,2}}\s*$", re.IGNORECASE
)
_AND_BY = re.compile(
    rf"[^;,]{{0,40}},? and (?:{MEASURE}+ )?(?:by )?{HEDGE}(?:{PERCENT}|{NUMBER})", re.IGNORECASE
)
"""What stands from one size to the next, in "fell by 22 % on last year and by 15 % on May"."""
_NOT_YET = re.compile(
    r"\b(?:(?<!compared )(?<!compares )(?<!relative )(?<!similar )to|"
    r"will|would|could|may|might|should|can|if|any|aim\w*|whether|unless|must|further)"
    rf"(?:\s+(?:be|have|been|see|not|also|help|the|a|an)|(?<=see)\s+{MEASURE}+)*\s*$",
    re.IGNORECASE,
)
_GLAD = re.compile(
    r"\b(?:pleas|glad|happ|delight|good|sorry|disappoint|surpris|encourag|hearten|reassur|concern|"
    r"worr|relie)\w*\s+to\s+(?:see|report|note|say|hear)\b.*$",
    re.IGNORECASE,
)
_SO_MANY = re.compile(
    r"\b(?:thought|believed|understood|known) to have\s+$|"
    r"\b(?:equat\w+|equal|equivalent|amount\w*|close) to\s+$",
    re.IGNORECASE,
)
_FALLS = re.compile(rf"(?:{DOWN}|.*\b{DOWN_NOUN})\b", re.IGNORECASE)
_RATE_SAID = re.compile(
    r"\b(?:rates?|per (?:1,?000|thousand|head))\b(?! of (?:change|increase|growth))[^;]*$", re.I
)
_PER_HEAD = re.compile(r"\bper (?:1,?000|thousand|head)\b", re.IGNORECASE)
_UNIT = re.compile(r"\b(month|quarter|year)s\b", re.IGNORECASE)
_MOVES = re.compile(rf"{UP}|{DOWN}", re.IGNORECASE)
_AS_FAR = re.compile(
    r"\b(?:more|less|larger|bigger|(?:fast|great|steep|sharp|slow|small|slight)er)\b", re.I
)
"""How far something fell: "fell faster than the force" is below it."""

_TIMES = {
    "double": 2.0, "doubled": 2.0, "twice": 2.0, "halved": 0.5, "half": 0.5, "trebled": 3.0,
    "tripled": 3.0, "three times": 3.0, "quadrupled": 4.0,
}  # fmt: skip
_SIZES: frozenset[Kind] = frozenset(
    {"change", "count", "difference", "direction", "multiple", "two counts"}
)
_NUMBERS: frozenset[Kind] = frozenset({"count", "number", "rate", "two counts"})
_SIGNIFICANT = re.compile(
    r"\b(?:(?:statistically\s+)?significant(?:ly)?|clearly)\b(?=\s*(?:$|[.,:;()"
    rf"{STATEMENT}]|(?:change|shift|movement|by|from|at|{MORE}|{FEWER}|{UP}|{DOWN})\b))",
    re.IGNORECASE,
)
"""Says more of a size than its number does: "a significant rise of 12 %"."""
_DENIED = re.compile(r"(?:\b(?:no|not|nor|never|without|whether|if)\b|n't\b)[^,;]*$", re.IGNORECASE)
_PLAIN: frozenset[Kind] = frozenset(
    {
        *("certain", "direction", "follows", "gap", "improved", "in a row", "performs", "since"),
        "usual range",
    }
)


def statements(marked: Marked) -> Iterator[Statement]:
    """Yield what a sentence states, in the order in which it states it.

    Plans, conditions and hopes ("to reduce", "any increase") state nothing.
    """
    found = []
    for kind, _, match, before in readings(marked):
        if not _is_plan(kind, before):
            statement = _statement(kind, match, marked, before)
            if kind != "in a row" or _is_a_row(statement, before):
                found.append(statement)
    last = None
    for statement in sorted(found, key=lambda statement: statement.start):
        joint = marked.blanked[last.end : statement.start] + statement.words if last else ""
        if last and not statement.sense and _AND_BY.fullmatch(joint):
            statement = replace(statement, sense=last.sense)
        yield (last := statement)
    yield from _certain(found, marked)


def _certain(found: Sequence[Statement], marked: Marked) -> Iterator[Statement]:
    """Yield what "significant" says of a size in its clause, where no row has read it."""
    for said in _SIGNIFICANT.finditer(marked.blanked):
        if _DENIED.search(marked.blanked[: said.start()]):
            continue
        for one in found:
            start, end = min(one.start, said.start()), max(one.end, said.end())
            if one.kind in _SIZES and one.sense and not re.search("[;:]", marked.text[start:end]):
                words = marked.text[start:end]
                yield Statement("certain", start, end, words, one.sense)
                break


def readings(marked: Marked) -> Iterator[tuple[Kind, str, re.Match[str], str]]:
    """Yield what each row reads (its kind, example, match and the text before) and blank it."""
    idle = {kind for kind, needed in _NEEDED.items() if not needed.search(marked.blanked)}
    for kind, example, pattern in _COMPILED:
        if kind in idle:
            continue
        for match in list(pattern.finditer(marked.blanked)):
            before = marked.blanked[: match.start()]
            marked.blank(*match.span(), STATEMENT)
            if kind == "in a row":
                marked.blank(*match.span("reach"), STATEMENT)
            yield kind, example, match, before


def _is_plan(kind: Kind, before: str) -> bool:
    found = _NOT_YET.search(before)
    if found is not None and (_SO_MANY.search(before) or _GLAD.search(before)):
        return False
    return found is not None and not (kind in _NUMBERS and found[0].lower().startswith("to "))


_LEVEL = re.compile(r"\b(?:average|mean|level)\b", re.IGNORECASE)
_A_CHANGE = re.compile(
    r"\b(?:change|rise|rose|risen|increase|growth|grew|fall|fell|decrease|drop|reduction|decline)|%",
    re.IGNORECASE,
)
"""Beside these an average is that of changes; else of how much there is."""


def _is_a_row(statement: Statement, before: str) -> bool:
    """Tell whether something moved, not "our priority for the third year running", and till now."""
    return bool(statement.sense) and not re.search(r"\bafter\s+(?:the\s+)?$", before, re.IGNORECASE)


def _statement(kind: Kind, match: re.Match[str], marked: Marked, before: str) -> Statement:
    groups = match.groupdict()
    sense: Sense = "up" if groups.get("up") else "down" if groups.get("down") else ""
    numbers = _numbers(kind, groups, match[0])
    if (
        kind in {"gap", "performs"}
        and (
            numbers
            or _RATE_SAID.search(before)
            or _PER_HEAD.search(marked.text, match.end())
            or (_LEVEL.search(marked.text, *match.span()) and not _A_CHANGE.search(before))
        )
        and not _MOVES.match(match[0])
    ):
        if kind == "performs":  # the lower rate is the better one
            sense = "down" if sense == "up" else "up"
        kind = "rate gap"
    if kind == "in a row" and not sense:
        sense = sense_before(before)
    if groups.get("fall"):
        sense = {"up": "down", "down": "up"}.get(sense, sense)  # type: ignore[assignment]
    if kind == "multiple":
        sense = "up" if numbers[0].value > 1 else "down"
    if kind == "change" and (groups.get("percent") or "").startswith("-"):
        sense = "down"
    elif kind == "change" and (groups.get("percent") or "").startswith("+"):
        sense = "up"
    if kind == "gap" and _FALLS.match(match[0]) and _AS_FAR.search(match[0]):
        sense = "down" if sense == "up" else "up"
    negated = bool(groups.get("no")) or (kind in _PLAIN and bool(_NEGATION.search(before)))
    reach = match.span("reach") if groups.get("reach") else (match.end(), match.end())
    words = marked.text[match.start() : max(reach[1], match.end())].strip()
    said = marked.text[slice(*reach)]
    if kind == "series":
        said = next(iter(_UNIT.findall(marked.text)), "")
    when = marked.text[slice(*match.span("when"))] if groups.get("when") else ""
    at = marked.spans.get(match.start("when")) if when else None
    return Statement(kind, *match.span(), words, sense, numbers, negated, said, when, at)


def _numbers(kind: Kind, groups: dict[str, str | None], text: str) -> tuple[Written, ...]:
    if kind == "rank":
        place = (groups.get("place") or "first").lower()
        names = ["first", *PLACES.split("|")]
        return (Written(1 if place == "joint" else names.index(place) + 1, 0.0),)
    if groups.get("fraction"):
        part = read_fraction(text)
        if kind == "multiple":
            part = replace(part, value=part.value / 100, step=part.step / 100)
        return (part,)
    if kind in {"gap times", "multiple"}:
        return (_multiple(groups),)
    if groups.get("percent"):
        return (read(text[: text.index(groups["percent"] or "") + len(groups["percent"] or "")]),)
    if kind == "number":
        return (read(text),)
    if kind == "series":
        return tuple(read(found[0]) for found in re.finditer(NUMBER, text, re.IGNORECASE))
    return tuple(_count(groups[name] or "") for name in "abc" if groups.get(name))


def _count(text: str) -> Written:
    return Written(0.0, 0.5) if text.lower() == "no" else read(text)


def _multiple(groups: dict[str, str | None]) -> Written:
    if groups.get("a"):
        return read(groups["a"] or "")
    times = _TIMES[(groups["times"] or "").lower()]
    hedges: tuple[Hedge, Hedge] = ("at least", "under") if times > 1 else ("at most", "over")
    about = (groups.get("about") or "about").lower() != "about"
    hedge: Hedge = hedges[0] if groups.get("over") else hedges[1] if about else ""
    return Written(times, (0.01 if hedge else 0.1) * times, hedge)
