"""What a marked sentence states: sizes, counts, directions, comparisons and ranks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cspanalysis.findings.claims.marks import (
    BASELINE,
    FORCE,
    MEASURE,
    OTHER_TIME,
    PERIOD,
    STATEMENT,
    Marked,
)
from cspanalysis.findings.claims.numbers import (
    FRACTION,
    HEDGE,
    NUMBER,
    PERCENT,
    Written,
    read,
    read_fraction,
)

__all__ = ["Kind", "Sense", "Statement", "statements"]

Sense = Literal["", "up", "down"]
Kind = Literal[
    "apart", "beyond chance", "certain", "chance", "change", "count", "difference", "direction",
    "follows", "gap", "gap beyond chance", "interval", "multiple", "nothing clear", "number",
    "performs", "range", "rank", "same number", "superlative", "two counts",
]  # fmt: skip


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
    """

    kind: Kind
    start: int
    end: int
    words: str
    sense: Sense = ""
    numbers: tuple[Written, ...] = ()
    negated: bool = False


_UP = r"(?:rose|risen|rises|increased|grew|grown|climbed|jumped|(?:went|gone|goes) up|up)"
_DOWN = (
    r"(?:fell|fallen|falls|decreased|dropped|declined|reduced|shrank|(?:went|gone|goes) down|down)"
)
_UP_NOUN = r"(?:rises?|increases?|growth|jumps?|uplift|up(?:turn)?)"
_DOWN_NOUN = r"(?:falls?|decreases?|reductions?|drops?|declines?)"
_MORE = r"(?:more|higher|up|above|greater|rise|increase|growth|jump)"
_FEWER = r"(?:fewer|less|lower|down|below|fall|decrease|reduction|drop|decline)"
_VERB = rf"(?:(?P<up>\b{_UP})|(?P<down>\b{_DOWN}))\b"
_NOUN = rf"(?:(?P<up>\b{_UP_NOUN})|(?P<down>\b{_DOWN_NOUN}))\b"
_MOVED = rf"(?:(?P<up>\b{_UP}|\b{_UP_NOUN})|(?P<down>\b{_DOWN}|\b{_DOWN_NOUN}))\b"
_MANNER = (
    r"(?:\s+(?:only|just|slightly|again|back|further|overall|here|locally|sharply|steeply|"
    r"marginally|in total))*"
)
_SIZE = rf"{HEDGE}(?:(?P<percent>{PERCENT})|(?P<fraction>{FRACTION}))"
_NO = r"(?P<no>\b(?:no|not|never|neither|nor|hardly)\b|n't\b)"
_THE_FORCE = rf"(?:in\s+|for\s+|of\s+|across\s+)?(?:{FORCE}+|that\b)(?:\s+(?:average|figure|trend|change|rate|rise|increase|as a whole))*"
_PLACES = r"second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|joint"
_EVENTS = (
    r"(?:crimes?|offences?|incidents?|cases?|reports?|records?|occurrences?|burglaries|thefts?)"
)
_LINK = r"(?:[\w'&-]+\s+|,\s*)"

# Read in this order; what one has read is blanked for the next.
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    (
        "interval",
        rf"(?:{_NOUN}\s+)?(?:lies|lay|is|was)\s+(?:somewhere\s+)?between\s+"
        rf"(?P<a>-?{NUMBER})\s*%?\s+and\s+(?P<b>-?{NUMBER})\s*%",
    ),
    ("range", rf"{_VERB}(?:\s+by)?\s+(?P<a>{NUMBER})\s*%?\s*(?:-|to)\s*(?P<b>{PERCENT})"),
    ("range", rf"(?P<a>{NUMBER})\s*%?\s*(?:-|to)\s*(?P<b>{PERCENT})(?:\s+{_NOUN})?"),
    (
        "gap beyond chance",
        rf"(?:(?P<up>\babove)|(?P<down>\bbelow))\s+{_THE_FORCE}\s+by more than chance[\w\s]*",
    ),
    (
        "apart",
        rf"\b(?:can't|cannot|can not|could not) be (?:told apart|distinguished)"
        rf"(?:\s+from\s+{_THE_FORCE})?",
    ),
    ("beyond chance", r"\b(?:does|do|did)\s+differ(?:\s+from\s+\S+)?|\bmore than chance[\w\s]*"),
    (
        "performs",
        rf"\b(?:perform\w*|doing|does|do|did|done|fare[sd]?|compares?)\s+(?:\w+\s+)?"
        rf"(?:(?P<up>above|better\s+than|favourably\s+with|ahead\s+of|well\s+against)|"
        rf"(?P<down>below|worse\s+than|unfavourably\s+with|behind|badly\s+against))\s+{_THE_FORCE}",
    ),
    ("performs", rf"\b(?:(?P<up>better\s+than)|(?P<down>worse\s+than))\s+{_THE_FORCE}"),
    (
        "gap",
        rf"(?:(?:{_UP}|{_DOWN})\s+(?:by\s+)?)?\b(?:(?P<up>above|higher\s+than|more\s+than|"
        rf"faster\s+than|greater\s+than)|(?P<down>below|lower\s+than|less\s+than|slower\s+than|"
        rf"smaller\s+than))\s+{_THE_FORCE}",
    ),
    (
        "follows",
        rf"\b(?:follow(?:s|ed|ing)?|in line with|mirror(?:s|ed)?|match(?:es|ed)?|"
        rf"consistent with|the same (?:way|direction) as)\s+{_THE_FORCE}",
    ),
    (
        "follows",
        rf"(?P<no>\b(?:against|unlike|contrary to|bucks?|bucked|differs? from|"
        rf"the opposite (?:way|direction) (?:to|from)))\s+{FORCE}+\s+(?:trend|pattern|direction)",
    ),
    ("superlative", rf"\b(?:largest|biggest|greatest|highest|steepest|sharpest)\s+(?P<per>percentage\s+)?(?:recorded\s+|numerical\s+)?{_NOUN}"),
    (
        "rank",
        rf"\b(?:(?P<place>{_PLACES})[- ])?(?:(?P<up>highest|worst|most(?=\s{MEASURE}))|"
        rf"(?P<down>lowest|best|safest|fewest(?=\s{MEASURE})))(?!\w)(?=(?:[^;.]*\b(?:in|of|across|within|among)\b))",
    ),
    ("rank", rf"\bone of (?:only |just )?(?:the )?{NUMBER} (?:areas|forces|districts|boroughs|partnerships)\b"),
    ("same number", r"\b(?:exactly\s+)?the same (?:number|count|total)\b|\bidentical\b"),
    (
        "chance",
        r"\b(?:chance(?: alone)? (?:can|could|may|might) (?:alone )?explain|could be (?:due to )?"
        r"chance|not statistically significant|(?:is|was|are|were) not significant|"
        r"vary (?:that|this|so) much by chance|within (?:normal|usual|random) variation)\b",
    ),
    (
        "nothing clear",
        r"\b(?:no (?:clear|real|significant|material|notable|marked) (?:change|difference|rise|"
        r"fall|increase|decrease)|(?:broadly |very |pretty )?much the same|little (?:changed?)|"
        r"(?:broadly |largely )?(?:stable|unchanged|flat|steady)|similar to|"
        r"(?:did|has|have) not changed?|no change)\b",
    ),
    ("certain", r"\b(?:shows?|showed|saw|is|was|are|were) an? (?:clear|significant|real) change\b"),
    (
        "certain",
        r"\bchanged (?:clearly|significantly|as well|too)\b|\bchanged\b(?=\s*\.?$)|\bstands? out\b",
    ),
    (
        "two counts",
        rf"(?:{_MOVED}(?:\s+[\w']+){{0,2}}?,?\s+)?\bfrom\s+(?P<a>{HEDGE}{NUMBER})"
        rf"(?!\s*%)(?:\s+(?:\w+|[{PERIOD}{BASELINE}]+)){{0,5}}?\s+to\s+(?P<b>{HEDGE}{NUMBER})(?!\s*%)",
    ),
    (
        "two counts",
        rf"(?:{_VERB}(?:\s+[\w']+)?\s+)?\bto\s+(?P<b>{HEDGE}{NUMBER})(?!\s*%)"
        rf"(?:\s+(?:\w+|[{PERIOD}]+)){{0,4}}?,?\s+from\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%)",
    ),
    ("two counts", rf"(?<=\()(?P<a>{NUMBER})\s+(?:to|->)\s+(?P<b>{NUMBER})(?!\s*%)"),
    (
        "two counts",
        rf"(?P<b>{HEDGE}{NUMBER})(?:\s+{_EVENTS})?,?\s+(?:against|compared\s+(?:with|to)|versus|"
        rf"(?P<up>up)\s+from|(?P<down>down)\s+from)\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%)",
    ),
    ("change", rf"\bchanged\s+by\s+(?P<percent>[-+]?{PERCENT})"),
    ("change", rf"{_VERB}{_MANNER}(?:\s+by)?(?:\s+an?)?\s+{_SIZE}(?!\s+of\s)"),
    ("change", rf"{_NOUN}\s+of\s+(?:only\s+|just\s+)?{_SIZE}"),
    ("change", rf"{_SIZE}\s+(?:(?P<up>{_MORE})|(?P<down>{_FEWER}))\b"),
    ("multiple", r"\b(?:(?P<over>more than)\s+|(?P<about>nearly|almost|about)\s+)?(?P<times>doubled|halved|trebled|tripled|quadrupled)\b"),
    ("multiple", r"\b(?P<times>twice|half|three times) as many\b"),
    ("difference", rf"(?P<a>{HEDGE}{NUMBER})\s+(?:(?P<up>more)|(?P<down>fewer))\b"),
    ("difference", rf"{_VERB}{_MANNER}\s+by\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%|[.,]\d)"),
    ("difference", rf"{_NOUN}\s+of\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%|[.,]\d)\b"),
    ("change", rf"(?<![\w.])(?P<percent>[-+]{PERCENT})"),
    ("count", rf"(?<={STATEMENT} )to\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%|[.,]\d)"),
    ("count", rf"{_VERB}{_MANNER}\s+to\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%|[.,]\d)"),
    (
        "count",
        rf"(?P<a>{HEDGE}(?:{NUMBER}|(?<![\w-])[Nn]o))(?!\s*%|[.,]\d)(?=\s+(?:(?:recorded|reported|"
        rf"police|actual|total|{_EVENTS}|of|were|heard|new|such|separate)\s+){{0,3}}(?:{MEASURE}|{_EVENTS}\b))",
    ),
    (
        "count",
        rf"\b(?:against|compared\s+(?:with|to)|totalled|numbered|stood\s+at|(?:was|were|had)"
        rf"(?=\s+{HEDGE}{NUMBER}\s*(?:$|[.,;)]|in\b|recorded\b|offences\b|[{PERIOD}{BASELINE}]|"
        rf"from\b|and\b)))\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%|[.,]\d|\s+[a-z]+(?<!\bin)(?<!\bfrom)"
        rf"(?<!\band)(?<!\bthe)(?<!\brecorded))",
    ),
    ("count", rf"(?P<a>{NUMBER})(?!\s*%|[.,]\d)(?=\s+(?:(?:in|from)\s+)?(?:the\s+)?[{PERIOD}{BASELINE}{OTHER_TIME}])"),
    ("change", rf"(?P<percent>(?<![\d.,]){PERCENT})(?:\s+{_NOUN})?"),
    (
        "certain",
        r"\b(?:(?:statistically\s+)?significant(?:ly)?|clear(?:ly)?)\s+(?:"
        rf"(?P<up>{_UP}|{_UP_NOUN}|higher)|(?P<down>{_DOWN}|{_DOWN_NOUN}|lower))\b",
    ),
    (
        "direction",
        r"\b(?:did|does|do|has|have)(?P<no>n't|\s+not)\s+(?:(?P<up>rise|increase|grow|go up)|"
        r"(?P<down>fall|decrease|drop|decline|go down))\b",
    ),
    (
        "direction",
        rf"(?:(?<=\bis )|(?<=\bare )|(?<=\bwas )|(?<=\bwere )|(?<=\bbeen ))(?:(?P<up>up|higher)|(?P<down>down|lower))\b(?!\s+to\b)",
    ),
    (
        "direction",
        r"\b(?:(?P<up>rose|risen|increased|grew|grown|climbed|jumped|went up|gone up)|"
        r"(?P<down>fell|fallen|decreased|dropped|declined|went down|gone down))\b(?!\s+(?:use|"
        r"confidence|awareness|patrols|risk|reporting|number of (?!\ue000)))",
    ),
    ("direction", rf"\b(?:a|an|the|seen|saw|shows?|showing)\s+(?:(?:small|slight|sharp|big|large|overall|recorded|real)\s+)*(?:(?P<up>rise|increase)|(?P<down>fall|decrease|reduction|drop|decline|negative figure))\s+(?:in|for)\s+(?=(?:\w+\s+){{0,2}}{MEASURE})"),
    ("number", rf"{HEDGE}(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?!\w)"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)
_NEGATION = re.compile(_NO + r"(?:\s+\w+){0,2}\s*$", re.IGNORECASE)
_NOT_YET = re.compile(
    r"\b(?:to|will|would|could|may|might|should|can|if|any|aim\w*|whether|unless|must|further)"
    r"(?:\s+(?:be|have|been|see|not|also|help|the|a|an))*\s*$",
    re.IGNORECASE,
)
_TIMES = {
    "doubled": (2.0, "up"), "twice": (2.0, "up"), "halved": (0.5, "down"), "half": (0.5, "down"),
    "trebled": (3.0, "up"), "tripled": (3.0, "up"), "three times": (3.0, "up"),
    "quadrupled": (4.0, "up"),
}  # fmt: skip
_PLAIN: frozenset[Kind] = frozenset({"certain", "direction", "follows", "performs", "gap"})


def statements(marked: Marked) -> Iterator[Statement]:
    """Yield what a sentence states, in the order in which it states it.

    Plans, conditions and hopes ("to reduce", "any increase") state nothing.
    """
    found = []
    for kind, pattern in _COMPILED:
        for match in list(pattern.finditer(marked.blanked)):
            before = marked.blanked[: match.start()]
            marked.blank(*match.span(), STATEMENT)
            if not _NOT_YET.search(before):
                found.append(_statement(kind, match, marked, before))
    yield from sorted(found, key=lambda statement: statement.start)


def _statement(kind: Kind, match: re.Match[str], marked: Marked, before: str) -> Statement:
    groups = match.groupdict()
    sense: Sense = "up" if groups.get("up") else "down" if groups.get("down") else ""
    numbers = _numbers(kind, groups, match[0])
    if kind == "multiple":
        sense = "up" if numbers[0].value > 1 else "down"
    if kind == "change" and (groups.get("percent") or "").startswith("-"):
        sense = "down"
    elif kind == "change" and (groups.get("percent") or "").startswith("+"):
        sense = "up"
    negated = bool(groups.get("no")) or (kind in _PLAIN and bool(_NEGATION.search(before)))
    words = marked.text[match.start() : match.end()].strip()
    return Statement(kind, *match.span(), words, sense, numbers, negated)


def _numbers(kind: Kind, groups: dict[str, str | None], text: str) -> tuple[Written, ...]:
    if kind == "rank":
        place = (groups.get("place") or "first").lower()
        names = ["first", *_PLACES.split("|")]
        return (Written(1 if place == "joint" else names.index(place) + 1, 0.0),)
    if kind == "multiple":
        return (_multiple(groups),)
    if groups.get("fraction"):
        return (read_fraction(text),)
    if groups.get("percent"):
        return (read(text[: text.index(groups["percent"] or "") + len(groups["percent"] or "")]),)
    if kind == "number":
        return (read(text),)
    return tuple(_count(groups[name] or "") for name in "ab" if groups.get(name))


def _count(text: str) -> Written:
    return Written(0.0, 0.5) if text.lower() == "no" else read(text)


def _multiple(groups: dict[str, str | None]) -> Written:
    times, _ = _TIMES[(groups["times"] or "").lower()]
    hedge: Literal["", "about", "over"] = "over" if groups.get("over") else ""
    return Written(times, 0.1 * times, hedge)
