"""Shares of all crime: "a third of all crime was ...", "one in ten", "makes up 9 %"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cspanalysis.commentary.claims.claim import HeldAgainst
from cspanalysis.commentary.claims.history import History
from cspanalysis.commentary.claims.marked import (
    BLANK,
    FORCE,
    HERE,
    MEASURE,
    PERIOD,
    STATEMENT,
    TIMES,
    Marked,
    Named,
)
from cspanalysis.commentary.claims.matter import OF_A_PART, Ruling
from cspanalysis.commentary.claims.numbers import (
    FRACTION,
    HEDGE,
    NUMBER,
    PERCENT,
    Written,
    read,
    read_fraction,
)
from cspanalysis.commentary.claims.place_and_time import Place, Time, place_of, time_of
from cspanalysis.commentary.claims.statements import Statement
from cspanalysis.commentary.claims.wording import OF_BEFORE
from cspanalysis.findings.finding import Change
from cspanalysis.findings.values import key_of
from cspanalysis.findings.wording.numbers import in_period, percent_text

__all__ = [
    "Share", "is_joint", "rule_on_part", "rule_on_points", "rule_on_share", "share_of", "shares",
]  # fmt: skip

_ALL_CRIME = "all-crime"
_IN = rf"(?P<of>{NUMBER})\s+in\s+(?:every\s+)?(?P<every>{NUMBER})"
_SIZE = rf"(?P<size>{HEDGE}(?:{PERCENT}|{_IN}|{FRACTION}))"
_WHOLE = (
    rf"(?:of\s+)?(?:(?:all|the|total|our|its|recorded|reported|[{TIMES}{HERE}]+(?:'s)?)\s+)*(?:(?P<whole>{MEASURE}+)|"
    r"(?:(?:recorded|reported|police)\s+)*(?:crimes?|offences)\b(?!\s+(?:against|of)\b)|"
    r"(?:overall\s+)?total\b(?!\s+\w))"
)
_WHEN = (
    rf"(?:\s+(?:(?:in|during|recorded|reported|for|of|across)\s+)*"
    rf"[{TIMES}{HERE}]+)*"
)
_IS = (
    r"(?:(?:now|still|also|alone|just|only)\s+)*(?:makes?\s+up|made\s+up|making\s+up|"
    r"accounts?\s+for|accounted\s+for|accounting\s+for|represents?|represented|comprises?|"
    r"comprised|forms?|formed|constitutes?|relat(?:es?|ed)\s+to|involv(?:es?|ed)|concern(?:s|ed)|"
    r"is\s+home\s+to|contribut(?:es?|ed)|(?:stood|stands|ran|runs)\s+at|(?:came|comes)\s+to|reached|"
    r"is|are|was|were)"
    r"(?:\s+(?:now|still|only|just))*"
)
_OFFENCES = r"(?:\s+(?:offences|crimes|incidents))?"
_PATTERNS = (
    re.compile(
        rf"{_SIZE}\s+{_WHOLE}{_WHEN}(?:\s+\([^)]*\))?\s+{_IS}\s+(?:for\s+|an?\s+(?:act\s+of\s+)?)?"
        rf"(?P<part>{MEASURE}++)(?!\s+(?:and|or)\b)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?P<part>{MEASURE}+){_OFFENCES}{_WHEN}(?:,[^,;.]{{0,40}})?,?\s+{_IS}\s+{_SIZE}\s+{_WHOLE}{_WHEN}",
        re.IGNORECASE,
    ),
    re.compile(  # "burglary was responsible for 16 % of all crime": by whatever verb
        rf"(?P<part>{MEASURE}+){_OFFENCES}{_WHEN}(?:\s+(?!and\b|but\b|while\b|than\b|from\b)[a-z]+){{1,4}}?"
        rf"\s+{_SIZE}\s+(?=of\b){_WHOLE}{_WHEN}",
        re.IGNORECASE,
    ),
    re.compile(  # "burglary's share of all crime fell from 12 % to 9 %"
        rf"(?P<part>{MEASURE}+)'s\s+(?:share|proportion|percentage)\s+(?=of\b){_WHOLE}{_WHEN}"
        rf"[^.;%]*?\s{_SIZE}(?:\s+to\s+(?P<later>{HEDGE}{PERCENT}))?",
        re.IGNORECASE,
    ),
    re.compile(  # "violence accounts for the largest share of recorded crime (40%)"
        rf"(?P<part>{MEASURE}+){_OFFENCES}{_WHEN}[\w\s]{{0,20}}?\s"
        rf"(?:{_IS}|account for)\s+(?:\w+\s+){{1,2}}"
        rf"(?:share|proportion|percentage)\s+of\s+{_WHOLE}{_WHEN}[\s,]+\(?(?:at\s+)?{_SIZE}",
        re.IGNORECASE,
    ),
    re.compile(  # "of the 7,129 crimes recorded, one in thirteen was shoplifting"
        rf"\bof\s+(?:the\s+|all\s+)?(?:{NUMBER}\s+)?(?P<among>{MEASURE}+){_WHEN}"
        rf"(?:\s+(?:recorded|reported))*{_WHEN},\s+(?:{NUMBER}\s+\()?"
        rf"{_SIZE}\)?\s+{_IS}\s+(?:for\s+)?(?P<part>{MEASURE}+)",
        re.IGNORECASE,
    ),
)
_TO_FORCE = (
    rf"(?=(?:\s+(?:all|the|recorded|reported|offences|in|across|for|{MEASURE}+))*\s+{FORCE})"
)
_OF_FORCE = (
    re.compile(  # "Bedford accounts for 27 % of all crime in Bedfordshire", "... the force's crime"
        rf"{HERE}\s+{_IS}\s+{_SIZE}\s+of{_TO_FORCE}\s+(?:(?:all|the)\s+|{FORCE}+\s+)*"
        rf"(?P<part>{MEASURE}+)(?:\s+(?:recorded|reported|offences|in|across|for|{FORCE}+))*",
        re.IGNORECASE,
    ),
    re.compile(  # "a quarter (27 %) of crime in Bedfordshire was in Bedford", "... the force's ..."
        rf"{_SIZE}(?:\s+\([^)]*\))?\s+of{_TO_FORCE}\s+(?:(?:all|the)\s+|{FORCE}+\s+)*"
        rf"(?P<part>{MEASURE}+)(?:\s+(?:\([^)]*\)|recorded|reported|in|across|{FORCE}+))*"
        rf"(?:\s+(?:was|were|is|are|took|place|occurred|recorded|committed))+\s+in\s+{HERE}+",
        re.IGNORECASE,
    ),
    re.compile(  # "burglaries in Luton made up 42 % of the force's total"
        rf"(?P<part>{MEASURE}+)(?:\s+in\s+{HERE}+)?\s+{_IS}\s+{_SIZE}\s+of\s+(?:the\s+)?{FORCE}+"
        rf"(?:\s+(?:total|figure|{NUMBER}))?(?=\s*(?:$|[.,;)]))",
        re.IGNORECASE,
    ),
)
_APART = re.compile(  # "violence, with 1,797 offences, 38 % of all crime"
    rf"(?P<part>{MEASURE}+)[^.;{MEASURE}]{{0,60}}?"
    rf"(?:,\s+(?:(?:or|at|with|which|equivalent\s+to|equating\s+to|representing|{_IS})\s+)*|\s+and\s+{_IS}\s+){_SIZE}\s+{_WHOLE}",
    re.IGNORECASE,
)
_NEXT = re.compile(
    rf"(?:,|,?\s+and|;|,\s+while)\s+(?P<part>{MEASURE}+)\s+(?:for\s+)?(?P<size>{HEDGE}(?:{PERCENT}|"
    rf"{FRACTION}))",
    re.IGNORECASE,
)

_AGAIN = re.compile(rf"\s*\((?P<size>{HEDGE}{PERCENT})\)", re.IGNORECASE)
_FROM = re.compile(rf",?\s+(?:up|down)\s+from\s+(?P<size>{HEDGE}{PERCENT})", re.IGNORECASE)
_IN_PLACES = (
    rf"\s+of\s[^.;]{{1,60}}?\bin\s+(?:only\s+|just\s+)?{NUMBER}\s+(?:of\s+{NUMBER}\s+)?"
    r"(?:small\s+areas|wards)"
)
_OTHER = re.compile(
    rf"(?P<size>{HEDGE}(?:{_IN}(?!\s*%)(?=\s+(?:of\s+)?[{MEASURE}a-z])|"
    rf"(?<!hold )(?<!holds )(?<!held )(?<!had ){FRACTION}(?=\s+of\s)"
    rf"(?!\s+{OF_BEFORE})(?!{_IN_PLACES})))"
    rf"(?:\s+(?:of\s+)?(?:(?:all|the|our|recorded|{PERIOD}+)\s+)*(?P<part>{MEASURE}+))?",
    re.IGNORECASE,
)


_TOOK_PLACE = re.compile(
    rf"(?:\s+(?:was|were|took|place|occurred|happened|came|fell|recorded|reported))+\s+"
    rf"(?:in|during)\s+(?:the\s+)?(?P<when>[{TIMES}]+)(?=\s*(?:$|[.,;)]))",
    re.IGNORECASE,
)

_JOINED = re.compile(rf"[{MEASURE}]\s+or\s+$", re.IGNORECASE)
"""Before the last of several measures that a share is of together."""


@dataclass(frozen=True, slots=True)
class Share:
    """Hold a share that is stated.

    Parameters
    ----------
    statement
        The statement; its place is that of the size.
    part
        The measure that it is of; None where none is named.
    of_crime, of_force
        Whether it is the measure's share of all crime, or the area's of its force, which the
        counts tell.
    end
        Where the words of the whole share end.
    """

    statement: Statement
    part: Named | None
    of_crime: bool
    end: int
    of_force: bool = False


def is_joint(share: Share, marked: Marked) -> bool:
    """Tell whether a share is of two measures: "violence or public order made up 60 %"."""
    return share.part is not None and bool(_JOINED.search(marked.named_only[: share.part.start]))


def shares(marked: Marked) -> Iterator[Share]:
    """Yield the shares that a sentence states: of all crime, and others, which no count tells.

    What is read is blanked, and "all crime" is then no subject of the rest.
    """
    for pattern in _OF_FORCE:
        for found in list(pattern.finditer(marked.blanked)):
            whole = _stated(found, _named_at(marked, found.start("part")), marked, of_crime=False)
            yield replace(whole, of_force=True)
            if again := re.compile(rf"\((?P<size>{PERCENT})\)").search(marked.text, found.start()):
                yield replace(_stated(again, whole.part, marked, of_crime=False), of_force=True)
    for pattern in (*_PATTERNS, _APART):
        for found in list(pattern.finditer(marked.blanked)):
            end = found.end()
            if _is_share(found, marked):
                told = list(_share(found, marked))
                yield from told
                if told and (again := _AGAIN.match(marked.blanked, end)):
                    yield _stated(again, told[0].part, marked, of_crime=True)
                if told and (earlier := _FROM.match(marked.blanked, end)):
                    yield _stated(earlier, told[0].part, marked, of_crime=True, whole=True)
                while after := _NEXT.match(marked.blanked, end):
                    yield from _share(after, marked)
                    end = after.end()
    for found in list(_OTHER.finditer(marked.blanked)):
        part = _named_at(marked, found.start("part")) if found["part"] else None
        yield _stated(found, part, marked, of_crime=False)


def _is_share(found: re.Match[str], marked: Marked) -> bool:
    name = "among" if found.groupdict().get("among") else "whole"
    if found.groupdict().get(name) is None:
        return True
    whole = _named_at(marked, found.start(name))
    return whole is not None and _ALL_CRIME in whole.codes


def _share(found: re.Match[str], marked: Marked) -> Iterator[Share]:
    part = _named_at(marked, found.start("part"))
    if part is None or _ALL_CRIME in part.codes:
        return
    whole = _named_at(marked, found.start("whole")) if "whole" in found.groupdict() else None
    if whole is not None:
        marked.named.remove(whole)
        marked.blank(whole.start, whole.end, BLANK)
    if found.groupdict().get("later"):
        later = re.compile(rf"(?P<size>{HEDGE}{PERCENT})", re.IGNORECASE)
        if again := later.match(marked.blanked, found.start("later")):
            yield _stated(again, part, marked, of_crime=True)
    alone = not re.search(f"{MEASURE} and $", marked.blanked[: found.start("part")])
    yield _stated(found, part, marked, of_crime=alone)


def _stated(
    found: re.Match[str], part: Named | None, marked: Marked, *, of_crime: bool, whole: bool = False
) -> Share:
    """Make the share of a match, in its words from the size on or (`whole`) all of them."""
    begin, end = found.span("size")
    size = marked.text[begin:end]
    words = marked.text[found.start() if whole else begin : max(end, found.end())].strip(" ,")
    marked.blank(begin, end, STATEMENT)
    statement = Statement("share", begin, end, words, numbers=(_size(size),))
    return Share(statement, part, of_crime, found.end())


def _named_at(marked: Marked, start: int) -> Named | None:
    return next((named for named in marked.named if named.start == start and named.codes), None)


def _size(text: str) -> Written:
    found = re.search(_IN, text, re.IGNORECASE)
    if found is not None:
        return _one_in(read(found["of"]).value, read(found["every"]).value, text)
    return read(text) if re.search(PERCENT, text, re.IGNORECASE) else read_fraction(text)


def _one_in(of: float, every: float, text: str) -> Written:
    """Read "one in ten": as near as half a step of its number."""
    hedge = read(text).hedge
    step = 100 * of * (1 / (every - 0.5) - 1 / every) if of == 1 else 50 / every
    return Written(100 * of / every, step, hedge)


def share_of(change: Change, total: Change | None, *, time: Time = "period") -> float | None:
    """Give the share of a measure in all crime, in percent; None where it can't be given."""
    if total is None or not change.measure.crime:
        return None
    part, whole = (
        (change.before, total.before) if time == "baseline" else (change.after, total.after)
    )
    return 100 * part / whole if part is not None and whole and part <= whole else None


def rule_on_share(
    statement: Statement, change: Change, changes: Sequence[Change], *, place: Place, time: Time
) -> Ruling:
    """Judge a share of all crime by the counts of the period that is meant."""
    total = next((c for c in changes if c.measure.code == _ALL_CRIME), None)
    share = share_of(change, total, time=time)
    if place != "here" or time == "other" or share is None:
        reason = "The assessment holds no such share of all crime."
        return Ruling("not traceable", "share", reason)
    right = statement.numbers[0].fits(share)
    reason = f"{change.measure.label} was {percent_text(share)} of all crime."
    name = "baseline_count" if time == "baseline" else "count"
    held = HeldAgainst(key_of(change, name), percent_text(share))
    return Ruling("supported" if right else "contradicted", "share", reason, held)


def rule_on_points(statement: Statement, change: Change, changes: Sequence[Change]) -> Ruling:
    """Judge how many percentage points a measure's share of all crime moved by."""
    total = next((c for c in changes if c.measure.code == _ALL_CRIME), None)
    now, then = share_of(change, total), share_of(change, total, time="baseline")
    if now is None or then is None:
        return Ruling("not traceable", "share", "The assessment holds no such share of all crime.")
    right = statement.numbers[0].fits(abs(now - then))
    right = right and {"up": now >= then, "down": now <= then}.get(statement.sense, True)
    reason = f"{change.measure.label} went from {then:.1f} % to {now:.1f} % of all crime."
    return Ruling.of(right, "share", reason)


def rule_on_part(
    share: Share, marked: Marked, change: Change, changes: Sequence[Change], history: History
) -> Ruling:
    """Judge a share that a sentence states, by what it is a share of."""
    if share.of_force:
        return _of_force(share.statement, change)
    if not share.of_crime:
        return _by_months(share, marked, change, history)
    place = place_of(replace(share.statement, end=share.end), marked)
    time = time_of(share.statement, marked)
    return rule_on_share(share.statement, change, changes, place=place, time=time)


def _by_months(share: Share, marked: Marked, change: Change, history: History) -> Ruling:
    """Judge "a third of burglary took place in October" by the months of the period."""
    found = _TOOK_PLACE.match(marked.blanked, share.end)
    span = marked.spans.get(found.start("when")) if found else None
    count = None if span is None else history.count(change, span)
    if span is None or count is None or not change.after:
        return OF_A_PART
    if not (span.start in change.period and span.end in change.period):
        return OF_A_PART
    if place_of(share.statement, marked) != "here":
        return OF_A_PART
    part = 100 * count / change.after
    reason = f"{percent_text(part)} of {change.measure.phrase} was {in_period(span)}."
    return Ruling.of(share.statement.numbers[0].fits(part), "share", reason)


def _of_force(statement: Statement, change: Change) -> Ruling:
    """Judge the area's share of its force's count of a measure."""
    whole = change.force.after if change.force else None
    if change.force is None or not whole or change.after is None:
        return Ruling("not traceable", "share", "The assessment does not hold the force's count.")
    share = 100 * change.after / whole
    reason = (
        f"{change.measure.label} here was {percent_text(share)} of that in {change.force.name}."
    )
    held = HeldAgainst(key_of(change, "count"), percent_text(share))
    right = statement.numbers[0].fits(share)
    return Ruling("supported" if right else "contradicted", "share", reason, held)
