"""What of a sentence nothing has read: while it may change the basis, no figure contradicts it.

A contradiction says that a sentence is wrong, so all that may change what it is held against must
have been read: another time or place, a part, a source, a plan, what is left out. What has been
read is blanked by signs; of what is left, the kinds of words below hold a contradiction back, and
any other word (what people did or felt, how, and how they go on) is harmless. To hold back more,
add to a kind of `KINDS`; to let words be read with a sign beside them, add a row to `LINKS`. Each
example of a row is a test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cspanalysis.commentary.claims.averages import average_of
from cspanalysis.commentary.claims.lexicon import BEFORE_A_NAME, FILLING, WHOLE
from cspanalysis.commentary.claims.marked import (
    AREAS,
    BLANK,
    MEASURE,
    SCOPE,
    STATEMENT,
    TIMES,
    Marked,
)
from cspanalysis.commentary.claims.numbers import HEDGE, NUMBER, WORDS
from cspanalysis.commentary.claims.patterns import NO
from cspanalysis.commentary.claims.statements import Statement
from cspanalysis.commentary.claims.wording import DOWN, DOWN_NOUN, UP, UP_NOUN

__all__ = ["KINDS", "LINKS", "unread"]

_SIGNS = f"{AREAS}{TIMES}{MEASURE}{SCOPE}{STATEMENT}"
KINDS: Mapping[str, tuple[str, str]] = {
    "another time": (
        r"(?:week|weekend|month|quarter|year|day|night|evening|morning|hour|decade|season|term"
        r"(?!s)|launch|holiday|festival)s?|half-term|spring|summer|autumn|winter|christmas|easter|"
        rf"lockdowns?|pandemic|covid\S*|since|until|till|before|after|during(?!\s+(?:the\s+)?[{TIMES}])|"
        r"earlier|previous|last|past|ago|recent|weekly|daily|monthly|quarterly|annual|yearly|early|"
        r"late|historic\w*|briefly|initially|eventually|temporarily|typically|formerly|originally",
        "Burglary fell by 20 % in the six weeks after the launch.",
    ),
    "a comparison": (
        r"than|compar\w+|against|versus|most(?! in percentage)|least|highest|lowest|higher|lower|"
        r"more|fewer|fewest|less|best|worst|average\w*|unlike|like|times|half|double|twice|third|"
        r"proportiona\w+|differences?|change|rises?|falls?|increases?|decreases?|reductions?|drops?",
        "Burglary fell by 20 % against the norm.",
    ),
    "what is left out, or denied": (
        r"exclud\w+|except\w*|only|other|apart|without|not|no|never|neither|nor|none|if|unless|"
        r"includ\w+|such|same|together|combined|but(?= for| one| not)|bar|minus|whose|adjust\w+|"
        r"aside|stripp\w+|ignor\w+|remov\w+|discount\w+|allowing|set(?:ting)? aside|once",
        "Without the sheds, burglary fell by 20 %.",
    ),
    "what is planned, or guessed": (
        r"per|points?|targets?|limits?|ceiling|plan(?:s|ned)?|expect\w*|forecasts?|project(?:ed|"
        r"ions?)|estimat\w+|provisional|will|would|could|may|might|should|aim(?:s|ed)?|hope[sd]?|"
        r"predict\w*|set to|likely|potentially",
        "Burglary is forecast, we hear, and fell by 20 %.",
    ),
    "a source": (
        r"surveys?|insurers?|say|says|told|claim\w*|suggest\w*|according|respondents?|percei\w+|"
        r"perceptions?|edition|assessment|thinks?|feel|felt|believe\w*|victims?|reporters|reportedly|"
        r"allegedly|supposedly|apparently|internal(?:ly)?",
        "The survey suggests that burglary fell by 20 %.",
    ),
    "another place": (
        r"towns?|cent(?:re|ral)|wards?|estates?|streets?|parks?|schools?|stations?|villages?|rural|"
        r"urban|neighbourhoods?|capital|county|country|nation\w*|region\w*|elsewhere|nearby|"
        r"premises|homes?",
        "In the villages burglary fell by 20 %.",
    ),
    "a part": (
        r"among|amongst|under-\w+|over-\w+|aged|young|wom[ae]n|m[ae]n|child\w*|teen\w*|students?|"
        r"domestic|repeat|attempted|\w+-(?:related|enabled|involved|led)|knife|gang|hate|solved|"
        r"injur\w+|detect\w+|charged|arrest\w*|offenders?|suspects?|costs?",
        "Among under-18s, burglary fell by 20 %.",
    ),
}
"""Kinds of words that may change what is meant, each with an example that is not judged."""
_TELLING = re.compile(
    rf"(?<![\w-])(?:{'|'.join(words for words, _ in KINDS.values())})(?![\w-])|{HEDGE}{NUMBER}|"
    r"(?-i:(?<=\s)(?!(?:I|I'm|Board|Cabinet|Chair|Council\w*|Members?)\b)[A-Z][\w'-]*)",
    re.IGNORECASE,
)
"""Words of those kinds, numbers, and what bears a name within a sentence."""
_KNOWN = (
    FILLING
    | WHOLE
    | BEFORE_A_NAME
    | frozenset(
        """
        area attention barely began begun better board borough brought cabinet chair city committee
        concern constabulary council councillor councillors dealt dear delight ends family force
        gives glad good great half-year hear i'm latest let making mark members mention months
        newest news officers often opening our overview own pace page panel partnership people
        perhaps plus presents proportion public put readers receive records register relief report
        represents residents rest see standing started starting strong summary surprise team teams
        tell terms thank thefts thing things too tough type types us usual view we welcome what
        whole worry worse year years you
        """.split()  # noqa: SIM905
    )
)
"""Words that may stand for the subject, or after a preposition, and change nothing."""
_MANNER = re.compile(r"\w+(?:ly|ed|ous|ful|ive|able|ible)", re.IGNORECASE)
_UNDER = re.compile(
    r"\b(?:about|across|along|around|at|behind|beside|beyond|by|for|from|in|inside|into|near|of|on|"
    r"onto|outside|over|through\w*|to\s+(?:an?|our|the|their)|under|via|when\w*|where|who|with|within)\s+(?:[\w'-]+\s+){0,2}$",
    re.IGNORECASE,
)
"""Before a word that may narrow what is meant: "on trams", "with a firearm", "where locks"."""
_OF_WHAT = re.compile(r"\s+(?:about|for|of|on|over)\b")
_CLAUSE = re.compile(r"[.;:,()]|\b(?:and|but|while|whereas|although|though)\b", re.IGNORECASE)

LINKS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), example)
    for pattern, example in (
        (rf"\b(?:after|and\s+{NUMBER})(?=\s+{STATEMENT})|\b(?:except(?:ing)?|apart\s+"
         r"from|other\s+than|aside\s+from|bar|with\s+the\s+exceptions?\s+of)"
         rf"(?=\s+(?:for\s+|in\s+|the\s+)*{MEASURE})|"
         r"\bbefore\s+(?:rising|falling|increasing|decreasing|climbing|dropping|easing)\b|"
         r"\breflect(?:s|ed|ing)\s+changes?\s+in\s+\w+",
         "Four crime types went down and nine went up."),
        (r"\b(?:than|compare[sd]?(?:\s+(?:with|to))?|against|versus|vs\.?|relative\s+to|in\s+"
         r"comparison\s+(?:with|to)|since|from|down|up|more|fewer|higher|lower|less|above|below|"
         r"increase|decrease|rise|fall|reduction|drop|change|double)\s+(?:(?:in|on|the|an?|that|"
         r"those|for|of|than|by|as|at|seen|recorded|reported|figures?|levels?|total|its|change|"
         r"trend)\s+)*"
         rf"\(?(?=[{_SIGNS}])",
         "Burglary was 12 % lower than in July to September 2023."),
        (rf"(?<=[{_SIGNS}])\s+(?:more|fewer|higher|lower|less|above|below|up|down|increase|"
         r"decrease|rise|fall|reduction|drop|change|ago|earlier|before(?!\s+\w+ing))\b",
         "Burglary was 24 higher."),
        (r"\bin\s+both\s+(?:years|periods|quarters|months)\b",
         "Robbery was exactly the same in both years, at 130."),
        (r"\b(?:year|month|quarter)[- ](?:on|to)[- ](?:year|month|quarter)\b|\bon\s+the\s+year\b",
         "Burglary fell year on year."),
        (rf"\b(?:tak(?:en|ing)|add(?:ed|ing))\s+(?:the\s+)?(?:[{TIMES}{BLANK}]+\s+)?together\b",
         "Taken together, 2023 brought 100 burglaries."),
        (rf"\btak(?:e|en|ing)\s+(?:the\s+)?[{TIMES}]+\s+(?:together|as\s+a\s+whole)\b|"
         r"\b(?:an?|one)\s+year\s+(?:on|later)\b",
         "Taking the last twelve months together, burglary fell."),
        (r"\b(?:head(?:ed|ing)|mov(?:ed|ing)|going|went)\s+(?:in\s+)?the\s+(?:other|opposite|right|"
         r"wrong)\s+(?:way|direction)\b|\bfor\s+the\s+first\s+time(?:\s+in\s+(?:\w+\s+)?years)?\b",
         "Burglary went the other way, rising by 20 %."),
        (r"\bat\s+the\s+(?:start|beginning|end|close)\s+of\s+(?:the\s+(?:year|quarter|period)\b|"
         rf"(?=[{TIMES}]))",
         "Burglary was lower in December than in January at the start of the year."),
        (r"\bover\s+the\s+(?:last\s+|past\s+)?year\b(?!\s+to\b)",
         "Burglary rose from 420 to 547 over the year."),
        (r"\bcompared\s+with\s+the\s+(?:one\s+before|first|second)\b",
         "Burglary rose in the second half of the year compared with the first."),
        (rf"\bof\s+(?:the\s+|all\s+)?(?:[{AREAS}{BLANK}]+(?:'s)?\s+)?(?:{NUMBER}|{STATEMENT}+)\s+(?:[{AREAS}{BLANK}]+\s+)?(?:council\s+)?(?:areas|"
         r"authorities|districts|partnerships|boroughs|councils)\b|"
         rf"\bof\s+(?:the\s+)?{NUMBER}(?=\s*(?:$|[.,;)]|for\b))",
         "Luton ranks first of the three areas for crime per head."),
        (r"\bper\s+(?:head|capita|1,?000|thousand)(?:\s+(?:people|residents|population|"
         r"households))?\b",
         "Crime per 1,000 residents was the highest in the county."),
        (rf"\bthe\s+(?:month|quarter|period|year)\s+(?:(?:of|to|between)\s+)?(?=[{_SIGNS}])",
         "The quarter from October to December was the quietest of 2023."),
        (rf"(?<=[{TIMES}])\s+(?:alone|quarter|period)\b|\b(?:winter|spring|summer|autumn)\s+quarter(?=,?\s*\(?[{_SIGNS}])",
         "October alone saw 173 burglaries."),
        (r"\b(?:its|the|their)\s+(?:highest|lowest)\s+(?:monthly|quarterly|annual)\s+(?:total|"
         rf"figure|count|[{_SIGNS}])",
         "Robbery rose to 32 offences, its highest quarterly total of 2023."),
        (r"(?:[\w']+\s+){1,2}will\s+(?:be\s+\w+\s+to\s+(?:hear|know|learn|note|read|see)|note|notice|"
         r"recall|see)\b",
         "Residents will be reassured to hear that burglary fell."),
        (rf"\b(?:possibly\s+)?(?:higher|lower)(?=:\s+{MEASURE})|\bthat\s+includes\b",
         "Possibly higher: burglary (100 to 110)."),
        (r"\b(?:(?:and|but|so)\s+)?(?:the|any|this|these)\s+(?:\w+\s+)?(?:change|figure|percentage|"
         r"rise|fall|increase|decrease|reduction)s?\s+(?:should|must)\s+be\s+"
         r"(?:treated|read|viewed|interpreted)\s+with\s+(?:some\s+)?(?:caution|care)\b",
         "Robbery rose from 8 to 17 but the rise should be treated with caution."),
        (r"\b(?:remain(?:s|ed)?|is|are|was|were)\s+(?:(?:one\s+of|among)\s+the\s+)?(?:least|most)\s+"
         r"(?:common|frequent)\s+(?:(?:crime|offence)\s+)?(?:types?|crimes?|offences?|categories)\b",
         "Robbery rose from 8 to 17 but remains one of the least common crime types."),
        (rf"\bagainst\s+(?:an?|its|the|our)\s+(?:targets?|limit)\s+of\s+(?=[{STATEMENT}])",
         "Robbery missed its target, at 130 against a target of 100."),
        (r"\boperation\s+[a-z]+\b", "Thanks to Operation Boson, robbery fell by 19 %."),
    )
)  # fmt: skip
"""Words that are read with the sign beside them, each row with an example."""
_READ_BY: Mapping[str, re.Pattern[str]] = {
    "sum": re.compile(r"together|combined"),
    "peak": re.compile(r"monthly"),
    "share": re.compile(r"home"),
    "target": re.compile(r"targets?|limits?"),
}
_UNITS = {"mont": 1, "quar": 3, "annu": 12, "year": 12}
_BY_UNIT = re.compile(
    r"(?<![-\w])(?P<unit>month|quarter|annual|year)(?:ly)?(?= (?:totals?|figures?|counts?|"
    r"numbers?)\b)|"
    r"\b(?:by (?P<by>month|quarter|year)|(?P<each>month|quarter|year) by (?P=each)|"
    r"(?:the )?(?P<of>month|quarter|year)s of)\b",
    re.I,
)
"""Tells by which unit counts are told: "the monthly figures were", "month by month"."""
_WORD = re.compile(r"[^\W\d_][\w'-]+")
_MOVES = re.compile(
    rf"{UP}|{DOWN}|{UP_NOUN}|{DOWN_NOUN}|chang|improv|worse|deterior", re.IGNORECASE
)
_BLANKS = re.compile(rf"{BLANK}+(?!{BLANK}|\s+(?:total|figure))")
_OF_OTHERS = re.compile(
    rf"{STATEMENT}\s+(?:[\w-]+\s+)?(?P<what>[a-z]+s)\s+(?:about|for|into|on|over)\s+{MEASURE}", re.I
)
"""Things that are counted by way of a measure: "14 meetings on robbery, up from 10"."""
_PART = re.compile(r"\b(?:aged?|under|over|olds?|people|(?:hour|day|week|month|year)s?)\b", re.I)
"""What is no claim, but tells of whom or of when one is: "aged 18 to 24", "three months"."""


_AIMED_AT = re.compile(r"\b(?P<what>target|limit|ceiling|goal|ambition) of\s+$", re.IGNORECASE)
"""Before a number that was aimed at, which has been read as an average."""
_STEP_BY_STEP = re.compile(
    r"\b(?P<what>(?P<unit>month|quarter|week) by (?P=unit))\b", re.IGNORECASE
)
"""What makes a direction one of steps within the period, which the two periods do not tell."""


def unread(statement: Statement, marked: Marked, *, rule: str = "", months: int = 0) -> str:
    """Give the first words of a sentence that nothing has read and that may change it.

    Parameters
    ----------
    statement, marked
        What is held against the figures, and its sentence with what has been read blanked.
    rule
        Rule by which it is judged, which may have read more words: those of a share, of a target.
    months
        Months of the report: "over the quarter" and "the three months" are its own.

    Examples
    --------
    "Among under-18s, robbery rose" gives "under-18s"; "Members were pleased that robbery fell"
    nothing.
    """
    if rule == "average" and (aimed := _AIMED_AT.search(marked.text[: statement.start])):
        return aimed["what"]
    if statement.kind == "direction" and (each := _STEP_BY_STEP.search(marked.text)):
        return each["what"]
    end = statement.start + len(statement.words)  # with how far back it reaches
    said = STATEMENT * len(statement.words)
    text = marked.blanked[: statement.start] + said + marked.blanked[end:]
    text = re.sub(rf"(?<=[{_SIGNS}])'s\b", "  ", text)
    if statement.negated:
        text = re.sub(rf"{NO}(?=[^;,]*{STATEMENT})", _spaced, text, flags=re.IGNORECASE)
    for pattern, _ in LINKS:
        text = pattern.sub(_spaced, text)
    lengths = {months, *(len(span.months) for span in marked.spans.values())}
    for found in list(_BY_UNIT.finditer(text)):
        unit = found[found.lastgroup or 0][:4].lower()
        if statement.kind == "series" or _UNITS[unit] in lengths:
            text = text[: found.start()] + _spaced(found) + text[found.end() :]
    own = {1: "|month", 3: "|quarter", 12: "|year"}.get(months, "")
    text = re.sub(
        rf"\b(?:during )?(?:the|a|this|these|those) (?:\w+ )?(?:(?:period{own})\b|(?={BLANK}))",
        _spaced,
        text,
        flags=re.I,
    )
    if (other := _OF_OTHERS.search(text)) and other["what"].lower() not in _KNOWN:
        return other["what"]
    read = _READ_BY.get(rule)
    for found in (*_within(statement, marked), *_TELLING.finditer(text)):
        if not (read and read.fullmatch(found[0].lower())):
            return found[0].removesuffix("'s")
    for found in _WORD.finditer(text):
        known = found[0].lower().removesuffix("'s") in _KNOWN or (read and read.fullmatch(found[0]))
        if not known and _is_placed_to_tell(found, text):
            return found[0]
    # "Of the three months" goes with a peak.
    blank = "" if statement.kind == "peak" else _blank_that_tells(text, marked, months)
    if blank == "two years" and statement.kind == "two counts" and months == 12:
        blank = ""  # the two that are compared
    return blank or _average_left(statement, marked) or _bare(statement, marked)


def _is_placed_to_tell(found: re.Match[str], text: str) -> bool:
    """Tell whether an unknown word may be a part, or what the clause is about instead."""
    if under := _UNDER.search(text[: found.start()]):
        return " " not in under[0].strip() or not found[0].lower().endswith("ly")
    noun = found[0].lower().endswith("ing") and _OF_WHAT.match(text, found.end())
    if not noun and (_MANNER.fullmatch(found[0]) or found[0].lower().endswith("ing")):
        return False
    clause = _CLAUSE.split(text[: found.start()])[-1]
    after = _CLAUSE.split(text[found.end() :])[0]
    said = {MEASURE, SCOPE, STATEMENT}
    return not said & set(clause) and bool(said & set(after))


def _within(statement: Statement, marked: Marked) -> Iterator[re.Match[str]]:
    """Yield the times that two counts reach over unread: "from the 90 of last summer to 80"."""
    if statement.kind == "two counts":
        yield from re.finditer(
            rf"\b(?:{KINDS['another time'][0]})\b",
            marked.named_only[statement.start : statement.start + len(statement.words)],
            re.IGNORECASE,
        )


def _spaced(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _blank_that_tells(text: str, marked: Marked, months: int) -> str:
    own = {f"{months} months", f"{WORDS[months]} months" if months < len(WORDS) else ""}
    read = [(average.start, average.end) for average in marked.averages]
    for run in _BLANKS.finditer(text):
        words = marked.text[slice(*run.span())]
        averaged = any(start < run.end() and run.start() < end for start, end in read)
        if not averaged and _PART.search(words) and "per " not in words and words not in own:
            return words
    return ""


def _average_left(statement: Statement, marked: Marked) -> str:
    """Give the average that a sentence names and a count of it is not read as."""
    if not marked.averages or statement.kind not in {"count", "two counts"}:
        return ""
    left = marked.averages[0]
    return "" if average_of(statement, marked) else marked.text[left.start : left.end]


def _bare(statement: Statement, marked: Marked) -> str:
    """Give a percentage that may be no change, since nothing in its sentence moves."""
    if statement.kind != "change" or statement.sense or _MOVES.search(marked.text):
        return ""
    return statement.words
