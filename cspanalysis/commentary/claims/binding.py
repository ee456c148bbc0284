"""What a statement is about: which measures.

A statement is bound to a measure only where nothing but filling words stands between the two.
An unknown word means that the sentence may speak of something else, and then nothing is bound:
rather no judgement than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cspanalysis.commentary.claims.lexicon import FILLING
from cspanalysis.commentary.claims.marked import (
    AREAS,
    BLANK,
    FORCE,
    HERE,
    MEASURE,
    SCOPE,
    STATEMENT,
    TIMES,
    Marked,
    Named,
)
from cspanalysis.commentary.claims.statements import Kind, Statement
from cspanalysis.commentary.claims.wording import VERB

__all__ = [
    "Bound",
    "Found",
    "bind",
    "distributed",
    "excepted",
    "is_of_the_one",
    "is_why",
]


@dataclass(frozen=True, slots=True)
class Bound:
    """Hold the subject of a statement; `all_measures` where it is the area as a whole."""

    named: Sequence[Named] = field(default_factory=tuple)
    all_measures: bool = False


@dataclass(slots=True)
class Found:
    """Hold a statement with what it is about."""

    statement: Statement
    bound: Bound


_MARKS = f"{AREAS}{TIMES}{BLANK}{STATEMENT}"
_FILLED = re.compile(
    rf"(?:[\s,;:().'\"%+&/-]|[{_MARKS}]|\b(?:{'|'.join(sorted(FILLING))})\b|"
    r"\b(?!(?:daily|monthly|quarterly|weekly|yearly|early|family|only|supply)\b)[a-z]{3,}ly\b)*",
    re.IGNORECASE,
)
_JOINT = re.compile(
    rf"(?:[\s,;{STATEMENT}]|\b(?:and|or|both|the|recorded|reported|total|as well as|nor|in|all)"
    r"\b)*",
    re.IGNORECASE,
)
_AND = re.compile(r"\b(?:and|or|nor|both|as well as)\b|;", re.IGNORECASE)
"""What the last two of a list are joined by."""
_ENDS = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:$|[.;:)])")
_ENDS_COUNT = re.compile(r"(?:\s+(?:offences|incidents|crimes))?\s*(?:$|[.,;:)])")
_FORWARD = re.compile(
    rf"(?:\s|\b(?:in|of|for|to|on|the|recorded|reported|any|either|both|all|total|number|numbers|"
    rf"overall|figures?|volumes?|rates?|levels?|police|were|was|is|are|a|heard|cases|reports|records|"
    rf"offences|crimes|incidents|percentage|recorded)\b|{BLANK}+|on\s+[{TIMES}]+(?=\s+for\b))*",
    re.IGNORECASE,
)
_OF_ONE: frozenset[Kind] = frozenset({"change", "difference", "multiple", "two counts"})
_SAID_OF = re.compile(rf"{VERB}", re.IGNORECASE)
_COUNT_BESIDE = re.compile(r"(?:against|compare[sd]|versus|totalled|stood at)\b", re.IGNORECASE)
_OF_A_TIME = re.compile(
    rf"(?:\s+(?:offences|incidents|crimes|seen|recorded|reported))?(?:\s+(?:in|of|from))?\s+[{TIMES}]",
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(r"(?:^|[^\w'-])([A-Za-z][\w'-]*)\s*$")
_WORD_AFTER = re.compile(r"\s+([A-Za-z][\w'-]*)")
_BESIDE_A_SIZE = FILLING | frozenset(
    """
    after against became brought despite equating equivalent if or representing versus
    """.split()  # noqa: SIM905
)
_BUT_FOR = (
    r"\b(?:except(?:ing)?(?: for| in)?|apart from|other than|with the (?:sole |only )?exceptions? "
    r"of|(?:but|though) not|aside from|bar)\s+(?:the\s+)?"
)
_EXCEPT = re.compile(rf"{_BUT_FOR}$", re.IGNORECASE)
_VERB_AFTER = re.compile(
    rf"{MEASURE}(?:,|\s+(?:{'|'.join(sorted(FILLING))}|[a-z]+ed)\b|\s+{STATEMENT})", re.IGNORECASE
)
_LEFT_OUT = re.compile(rf"{_BUT_FOR}{MEASURE}+(?:(?:,\s+|,?\s+and\s+){MEASURE}+)*", re.IGNORECASE)
_BACK_REFERENCE = re.compile(
    rf"(?:That|This|It|Its|They|These|Those|Offences|Incidents|Reports|Numbers|Levels|Figures|"
    rf"There (?:was|were|ha(?:s|ve) been)|"
    rf"The (?:(?:monthly|quarterly|annual|overall) )?(?:likely|rise|fall|increase|decrease|"
    rf"reduction|numbers?|figures?|totals?|change|difference|rate|count)|Allowing for|"
    rf"(?:(?:The|Its|Their) )?{BLANK}|[{TIMES}]|In [{TIMES}]|"
    rf"In (?:all of )?(?:the )?[{FORCE}]|"
    rf"Of these|Both|{STATEMENT}+ (?:more|fewer))"
)
_A_CHANGE = re.compile(r"^(?:an?|the)\b.*\b(?:in|for)$", re.IGNORECASE)
_PLURAL = re.compile(r"\b(?:these|they|both|such|all of them)\b", re.IGNORECASE)


def bind(
    statement: Statement, marked: Marked, *, carried: Sequence[Named], whole: bool = False
) -> Bound:
    """Find the measures that a statement is about.

    Parameters
    ----------
    statement, marked
        The statement and its sentence.
    carried
        Subject of the sentence before, for "That is ..." and the like.
    whole
        Whether the statement may be about the area as a whole, where no measure is named.
    """
    named = [n for n in marked.named if not _is_exception(n, marked)]
    if statement.kind == "largest":  # "the most common type of crime"
        named = [n for n in named if "all-crime" not in n.codes]
    last = statement.end
    if statement.kind in {"in a row", "since"}:  # up to how far back it reaches
        last = max(last, statement.start + len(statement.words))
    inside = [n for n in named if statement.start <= n.start < last and n.codes]
    if inside:
        return Bound(inside)
    bracketed = _in_brackets(statement, marked, named) or _beside_sign(statement, marked, named)
    for found in (bracketed, _after(statement, marked, named), _before(statement, marked, named)):
        if found:
            return Bound(found)
    if carried and _refers_back(statement, marked):
        return Bound(tuple(carried))
    if whole and _is_of_the_area(statement, marked):
        return Bound(all_measures=True)
    return Bound(_far_after(statement, marked, named))


def is_of_the_one(statement: Statement, marked: Marked, *, carried: bool = False) -> bool:
    """Tell whether a size may be of the one measure of its sentence, whatever stands between.

    So it is where no other noun stands beside it: "a concern: 539 were recorded, 162 more than".
    The measure may be `carried` from the sentence before.
    """
    beside = statement.kind == "count" and (
        _COUNT_BESIDE.match(statement.words)
        or _OF_A_TIME.match(marked.blanked, statement.end)
        or (
            _ENDS_COUNT.match(marked.blanked, statement.end)
            and not marked.text[: statement.start].endswith(" by ")
        )
    )
    apart = re.match("up|down", statement.words) and re.search(
        rf"{STATEMENT}[^;.]{{0,12}}, $", marked.blanked[: statement.start]
    )  # "a total of 130 offences, up 7"
    if (statement.kind not in _OF_ONE and not beside) or (
        _SAID_OF.match(statement.words) and not apart
    ):
        return False
    first = min((n.start for n in marked.named if n.codes), default=statement.start)
    sides = (
        _WORD_BEFORE.search(marked.blanked[: statement.start]),
        _WORD_AFTER.match(marked.blanked, statement.end),
    )
    plain = all(side is None or side[1].lower() in _BESIDE_A_SIZE for side in sides)
    return (carried or first < statement.start) and plain


def is_why(statement: Statement, cause: Statement, marked: Marked) -> bool:
    """Tell whether a change is but what a cause is given for: "the rise in robbery is due to"."""
    if statement.kind != "direction" or not _A_CHANGE.search(statement.words):
        return False
    first, last = sorted((statement, cause), key=lambda one: one.start)
    return not re.search(f"[;:,{STATEMENT}]", marked.blanked[first.end : last.start])


def excepted(marked: Marked) -> tuple[Named, ...]:
    """Give the measures that a sentence excepts ("all but", "except for")."""
    first = next((i for i, n in enumerate(marked.named) if _is_exception(n, marked)), None)
    if first is None:
        return ()
    return tuple(_group(marked.named, first, marked, step=1))


def distributed(found: Sequence[Found], marked: Marked) -> Sequence[Found]:
    """Give each statement its own measure where a sentence says "respectively"."""
    if "respectively" not in marked.text.lower():
        return found
    groups: dict[tuple[str, tuple[Named, ...]], list[Found]] = {}
    for item in found:
        groups.setdefault((item.statement.kind, tuple(item.bound.named)), []).append(item)
    shared = []
    for (_, named), items in groups.items():
        if len(named) == len(items) > 1:
            for item, one in zip(items, named, strict=True):
                item.bound = replace(item.bound, named=(one,))
        shared += items
    return sorted(shared, key=lambda item: item.statement.start)


def _in_brackets(statement: Statement, marked: Marked, named: Sequence[Named]) -> Sequence[Named]:
    """Bind "robbery (8 to 17)" to the one measure before the bracket."""
    text = marked.blanked
    opened = text.rfind("(", 0, statement.start)
    if opened < 0 or ")" in text[opened : statement.start]:
        return ()
    before = [n for n in named if n.end <= opened]
    own = [n for n in named if opened < n.start < statement.start]
    if own or not before or text[before[-1].end : opened].strip(" '"):
        return ()
    return (before[-1],)


def _beside_sign(statement: Statement, marked: Marked, named: Sequence[Named]) -> Sequence[Named]:
    """Bind "Burglary +14 % Robbery +8 %" to the measure just before the sign."""
    before = [n for n in named if n.end <= statement.start][-1:]
    between = marked.text[before[0].end : statement.start] if before else "-"
    signed = re.match(r"[-+]|(?:up|down)\b", statement.words)
    return before if signed and re.fullmatch("[ :]+", between) else ()


def _after(statement: Statement, marked: Marked, named: Sequence[Named]) -> Sequence[Named]:
    """Bind forward: "no clear change in any measure: arson, ...", "17 robberies"."""
    reach = _FORWARD.match(marked.blanked, statement.end)
    start = reach.end() if reach else statement.end
    first = next((i for i, n in enumerate(named) if n.start == start), None)
    if first is None:
        return ()
    group = _group(named, first, marked, step=1)
    return (*group, *_listed(group, group[-1].end, named, marked))


def _before(statement: Statement, marked: Marked, named: Sequence[Named]) -> Sequence[Named]:
    """Bind backward, to the nearest group with nothing but filling words between."""
    text, earlier = marked.blanked, [i for i, n in enumerate(named) if n.end <= statement.start]
    if not earlier:
        return ()
    if _goes_on(statement, marked) and len(earlier) == 1 and _filled(text, 0, named[0].start):
        return (named[0],)
    if not _filled(text, named[earlier[-1]].end, statement.start):
        return ()
    between = marked.blanked[named[earlier[-1]].end : statement.start]
    if _PLURAL.search(between) or _PLURAL.search(statement.words):
        return tuple(named[i] for i in earlier)
    group = _group(named, earlier[-1], marked, step=-1)
    return (*group, *_listed(group, statement.end, named, marked))


def _goes_on(statement: Statement, marked: Marked) -> bool:
    """Tell whether a verb has the subject of its sentence: "robbery was a worry and rose"."""
    before = marked.blanked[: statement.start]
    if marked.strange or not _VERB_AFTER.search(before):
        return False
    if re.search(r"\b(?:and|but|having)\s+(?:then\s+)?$", before):
        return _SAID_OF.match(statement.words) is not None
    if re.search(rf"{MEASURE}, [^,{STATEMENT}]+, $", before):  # ", which has been a worry,"
        return _SAID_OF.match(statement.words) is not None
    participle = re.match(r"[a-z]+ing\b|(?:up|down)\b", statement.words, re.IGNORECASE)
    return participle is not None and re.search(r"[a-z][,:]\s+$", before) is not None


def _listed(
    group: Sequence[Named], end: int, named: Sequence[Named], marked: Marked
) -> Sequence[Named]:
    """Give what is listed after a quantity: "two measures moved: arson and robbery"."""
    first = next((i for i, n in enumerate(named) if n.start >= end), None)
    if group[-1].scope is None or first is None:
        return ()
    lead_in = marked.blanked[end : named[first].start]
    if not re.fullmatch(r"\s*(?::|,?\s*(?:among them|namely|such as))\s*", lead_in):
        return ()
    return _group(named, first, marked, step=1)


def _far_after(statement: Statement, marked: Marked, named: Sequence[Named]) -> Sequence[Named]:
    """Bind "Up 48 %, theft of vehicles ..." and "At 17, robbery ..."."""
    later = [i for i, n in enumerate(named) if n.start >= statement.end]
    if not later or later[0] > 0 or not _filled(marked.blanked, 0, statement.start):
        return ()
    if not _filled(marked.blanked, statement.end, named[later[0]].start):
        return ()
    return tuple(_group(named, later[0], marked, step=1))


def _group(named: Sequence[Named], at: int, marked: Marked, *, step: int) -> Sequence[Named]:
    """Collect the measures that are listed together, brackets aside."""
    group, joints = [named[at]], list[str]()
    while 0 <= at + step < len(named):
        one, two = sorted((named[at], named[at + step]), key=lambda n: n.start)
        between = re.sub(r"\([^)]*\)", "", marked.blanked[one.end : two.start])
        plain = re.sub(rf"{STATEMENT}+", "", between)
        if between != plain or not _JOINT.fullmatch(between) or ";" in between:
            break
        if step < 0 and len(group) == 1 and not _AND.search(between):
            break  # "despite a rise in robbery, crime fell"
        at += step
        group.append(named[at])
        joints.append(between)
    while (
        step > 0
        and joints
        and not _AND.search(joints[-1])
        and not _ENDS.match(marked.blanked, group[-1].end)
    ):
        joints.pop()
        group.pop()
    return sorted(group, key=lambda n: n.start)


def _refers_back(statement: Statement, marked: Marked) -> bool:
    start = _BACK_REFERENCE.match(marked.blanked)
    first = min((n.start for n in marked.named), default=len(marked.text))
    if first < statement.start or not _filled(marked.blanked, 0, statement.start):
        return False
    return start is not None or statement.start == 0


def _is_of_the_area(statement: Statement, marked: Marked) -> bool:
    """Tell whether the area itself is the subject: "Wycombe is performing above ..."."""
    place = marked.blanked.rfind(HERE, 0, statement.start)
    earlier = any(n.end <= statement.start and n.codes for n in marked.named)
    return place >= 0 and not earlier and _filled(marked.blanked, place, statement.start)


def _is_exception(named: Named, marked: Marked) -> bool:
    at = marked.named.index(named)
    if _EXCEPT.search(marked.blanked[: named.start]):
        return True
    if at == 0 or not _is_exception(marked.named[at - 1], marked):
        return False
    between = marked.blanked[marked.named[at - 1].end : named.start]
    return re.fullmatch(r"\s*(?:,|and|or|,\s*and)\s*", between) is not None


def _filled(text: str, start: int, end: int) -> bool:
    signs = f"{MEASURE}{SCOPE}"
    text = _LEFT_OUT.sub(lambda found: " " * len(found[0]), text)
    return not set(text[start:end]) & set(signs) and bool(_FILLED.fullmatch(text, start, end))
