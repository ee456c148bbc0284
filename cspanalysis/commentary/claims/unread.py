"""What of a sentence nothing has read: while a word is left, no figure contradicts it.

A contradiction says that a sentence is wrong, so all that may change what it means must have been
read: a source ("the survey found"), a part ("among under-18s"), a place, a time, a kind of figure.
What has been read is blanked by signs; of what is left, the words below change nothing. Any other
word makes the claim not traceable. To let a sentence with a new word be judged, add the word to
`HARMLESS`, or a row to `LINKS` for words that are read with a sign beside them; each example of a
row is a test.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cspanalysis.commentary.claims.basis import average_of
from cspanalysis.commentary.claims.lexicon import BEFORE_A_NAME, FILLING
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

__all__ = ["HARMLESS", "LINKS", "unread"]

_SIGNS = f"{AREAS}{TIMES}{MEASURE}{SCOPE}{STATEMENT}"
_TELLING = frozenset(
    """
    against among annual average before best change changes combined compare compared compares
    comparison daily day decrease decreases difference differences early except excluding fall
    falls family fewer fewest higher highest if include included includes including increase
    increases less like lower lowest month monthly months more nationally neither never no none
    nor not one period quarter quarterly reduced reduction rise rises same since size such than
    together town unlike weekly without worst year yearly years
    """.split()  # noqa: SIM905
)
"""Words that fill a sentence between a measure and its number, but mean something when left."""
HARMLESS = (FILLING | BEFORE_A_NAME) - _TELLING | frozenset(
    """
    again appears attention aware barely basis began board brought cabinet came chair changed
    climb climbed closed committee concern concerned concerning concerns consistent constabulary
    continue continued continues continuing councillor councillors dear despite disappointing
    encouraging ended ends fact found giving glad good great half-year happily hear held hold
    holds how i'm important indicate indicates known latest leaving left let logged lot main
    making mark meaning members mention mixed modest news note noted notes notice noticeable
    noting number numbers occurrences often opened our ours overview pace panel people perhaps
    picture pleased pleasing plus point points position presents progress proportion proved
    public put rare readers reassured reassuring receive received records register registered
    relatively relief remain report represent represented representing represents residents
    running see seem seems significant sizeable smaller something space stand standing started
    stay steep still story strong substantial summary surprise tell terms thankfully thefts thing
    things throughout too tough trajectory trend trends turned unfortunately us usual view volume
    we welcome welcomed welcomes what worry worrying worth
    """.split()  # noqa: SIM905
)
"""Words that change nothing of what a sentence states; so are words in -ly that tell how."""

LINKS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), example)
    for pattern, example in (
        (rf"\b(?:after|and\s+{NUMBER})(?=\s+{STATEMENT})|\b(?:except(?:ing)?|apart\s+"
         r"from|other\s+than|aside\s+from|with\s+the\s+exceptions?\s+of)"
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
        (r"\b(?:year|month|quarter)[- ]on[- ](?:year|month|quarter)\b|\bon\s+the\s+year\b",
         "Burglary fell year on year."),
        (r"\bcompared\s+with\s+the\s+(?:one\s+before|first|second)\b",
         "Burglary rose in the second half of the year compared with the first."),
        (rf"\bof\s+(?:the\s+|all\s+)?(?:[{AREAS}{BLANK}]+(?:'s)?\s+)?(?:{NUMBER}|{STATEMENT}+)\s+(?:[{AREAS}{BLANK}]+\s+)?(?:council\s+)?(?:areas|"
         r"authorities|districts|partnerships|boroughs|councils)\b|"
         rf"\bof\s+(?:the\s+)?{NUMBER}(?=\s*(?:$|[.,;)]|for\b))",
         "Luton ranks first of the three areas for crime per head."),
        (rf"(?<=[{AREAS}])\s+(?:council|borough|city)?(?:\s+area)?\b|\bthe\s+city\b",
         "Luton Council area: 806 burglaries."),
        (r"\bper\s+(?:head|capita|1,?000|thousand)(?:\s+(?:people|residents|population|"
         r"households))?\b",
         "Crime per 1,000 residents was the highest in the county."),
        (rf"(?<=[{TIMES}])\s+alone\b|\b(?:winter|spring|summer|autumn)\s+quarter(?=\s*\(?[{_SIGNS}])",
         "October alone saw 173 burglaries."),
        (r"\b(?:its|the|their)\s+(?:highest|lowest)\s+(?:monthly|quarterly|annual)\s+(?:total|"
         rf"figure|count|[{_SIGNS}])",
         "Robbery rose to 32 offences, its highest quarterly total of 2023."),
        (r"\bno\s+(?:fewer|less|more)\s+than\b|\bone\s+of\s+the\b|\btook\s+place\b",
         "No fewer than 900 burglaries were recorded."),
        (r"\bwill\s+(?:be\s+)?(?=(?:note|notice|see|recall|aware|reassured|pleased|concerned)\b)",
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
    "share": re.compile(
        r"acts?|home|(?:account|compris|constitut|contribut|form|involv|ma[dk]|relat|shar)\w*"
    ),
    "target": re.compile(r"targets?|limits?"),
}
_WORD = re.compile(rf"{HEDGE}{NUMBER}|[^\W\d_][\w'-]*", re.IGNORECASE)
_MOVES = re.compile(rf"{UP}|{DOWN}|{UP_NOUN}|{DOWN_NOUN}|chang", re.IGNORECASE)
_BLANKS = re.compile(rf"{BLANK}+(?!{BLANK}|\s+(?:total|figure))")
_PART = re.compile(r"\b(?:aged?|under|over|olds?|people|(?:hour|day|week|month|year)s?)\b", re.I)
"""What is no claim, but tells of whom or of when one is: "aged 18 to 24", "three months"."""


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
    end = statement.start + len(statement.words)  # with how far back it reaches
    said = STATEMENT * len(statement.words)
    text = marked.blanked[: statement.start] + said + marked.blanked[end:]
    if statement.negated:
        text = re.sub(rf"{NO}(?=[^;,]*{STATEMENT})", _spaced, text, flags=re.IGNORECASE)
    for pattern, _ in LINKS:
        text = pattern.sub(_spaced, text)
    own = {1: "|month", 3: "|quarter", 12: "|year"}.get(months, "")
    text = re.sub(rf"\b(?:the|a|this) (?:\w+ )?(?:period{own})\b", _spaced, text, flags=re.I)
    for found in _WORD.finditer(text):
        word = found[0].lower().removesuffix("'s")
        how = word.endswith("ly") and word not in _TELLING
        read = _READ_BY.get(rule)
        known = how or word in HARMLESS or (read and read.fullmatch(word))
        if not known and len(word) > 1:
            return found[0]
    blank = (
        "" if statement.kind == "peak" else _blank_that_tells(text, marked, months)
    )  # "of the three months"
    return blank or _average_left(statement, marked) or _bare(statement, marked)


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
