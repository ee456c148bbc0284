"""Patterns of what is said of many months or years: "lowest month since", "third year running".

The group ``reach`` says how far back: "since May", "for five years", "the third year running". It
often stands in a look-ahead, so that what it names stays to be read.
"""

from __future__ import annotations

import re
from typing import Literal

from cspanalysis.commentary.claims.lexicon import FILLING
from cspanalysis.commentary.claims.marked import (
    AREAS,
    BASELINE,
    BLANK,
    HERE,
    MEASURE,
    OTHER_TIME,
    PERIOD,
    TIMES,
)
from cspanalysis.commentary.claims.numbers import FRACTION, NUMBER, ORDINALS, WORDS
from cspanalysis.commentary.claims.wording import (
    DOWN_NOUN,
    DOWN_VERB,
    EVENTS,
    NOUN,
    UP_NOUN,
    UP_VERB,
    Kind,
)

__all__ = ["OVER_TIME", "sense_before"]

_LEVEL = (
    rf"(?:\s+(?:levels?|numbers?|totals?|counts?|figures?|point|annual|yearly|monthly|quarterly|"
    rf"months?|quarters?|years?|any|in|for|recorded|ever|of|it has been|{EVENTS}|{MEASURE}+))"
)
_REACH = (
    rf"(?:since\s+(?:(?:the\s+)?(?:start|beginning|end)\s+of\s+|at\s+least\s+)?(?:[{TIMES}]+|"
    rf"(?:records|(?:the|this)\s+(?:series|data))\s+(?:began|begins?|starts?|started)"
    rf"(?:\s+in\s+[{TIMES}]+)?)|"
    rf"(?:for|in|over)\s+(?:at least\s+|more than\s+)?"
    rf"(?:{BLANK}+|a decade|{NUMBER} quarters|the\s+[{OTHER_TIME}{PERIOD}]+)|"
    r"on record\b|\bever\b|\bso far\b)"
)
_NOT_ALONE = r"(?:\b(?:second|third|fourth|fifth|sixth)[- ]|\b(?:one of|among) (?:the|its|their) )"
_PLACE = rf"(?:{'|'.join(ORDINALS[1:])}|{BLANK}+)"
_CONSECUTIVE = r"(?:consecutive|successive|straight)"
_ROW = r"(?:in a row|running|in succession|on the trot)"
_UNIT = r"(?:months?|quarters?|years?)"
_UNITLY = r"(?:monthly|month-on-month|quarterly|annual|yearly|year-on-year)"
_RUNNING = (
    rf"(?:(?:the|a|its|their)\s+{_PLACE}\s+(?:{_CONSECUTIVE}\s+{_UNIT}|{_UNIT},?\s+{_ROW})|"
    rf"(?:{BLANK}+|{NUMBER}\s+{_UNIT})\s+{_ROW}|{NUMBER}\s+{_CONSECUTIVE}\s+{_UNIT}|"
    rf"(?:every|each)\s+(?:single\s+)?{_UNIT}\s+since\s+[{TIMES}]+|"
    rf"(?:every|each)\s+(?:one\s+)?of\s+(?:the\s+)?[{TIMES}]+)(?!\w)"
)
_ON_UNIT = r"(?:month[- ]on[- ]month|quarter[- ]on[- ]quarter)"
_EACH_OF = (
    r"(?:(?:in|with|through|during|across|over)\s+)?(?:every|each)\s+(?:single\s+)?(?:month|quarter)"
    r"(?!\s+since)"
)
_IS = r"(?:is|are|was|were|been|be|stood|stands)"
_MOVES = (
    rf"(?:(?P<up>\b{UP_VERB}|\b{_IS}\s+(?:up|higher|rising|increasing|growing)|\b{UP_NOUN})|"
    rf"(?P<down>\b{DOWN_VERB}|\b{_IS}\s+(?:down|lower|falling|decreasing|declining|reducing)"
    rf"|\b{DOWN_NOUN}))\b"
)
_TO_IT = "|".join(sorted(FILLING - {"above", "against", "below", "average"}))
_UP_TO = (
    rf"(?:[\s,{MEASURE}{TIMES}{AREAS}]|"
    r"\b(?:and|again|in|for|by|of|the|here|locally|slightly|overall)\b)*?"
)
_AND_THEN = rf"(?:[\s,{MEASURE}{PERIOD}{HERE}]|\b(?:{_TO_IT}|that|in which|where)\b)*?"
_UNTIL_THEN = rf"(?:[\s,{MEASURE}{PERIOD}]|\bin\b)*\bafter\s+(?:having\s+)?"
_SPELL = (
    rf"(?:{BLANK}+|{NUMBER}\s+{_UNIT})\s+{_ROW}|{NUMBER}\s+{_CONSECUTIVE}\s+(?:{_UNITLY}|{_UNIT})"
)
_RISES, _FALLS = "rises|increases|rising|increasing", "falls|decreases|falling|decreasing"
_TURNED = (
    rf"\b(?:(?:{DOWN_VERB}|{_IS}\s+(?:down|lower))(?=.*\b(?:{_RISES})\b)|"
    rf"(?:{UP_VERB}|{_IS}\s+(?:up|higher))(?=.*\b(?:{_FALLS})\b))"
)
_THE_OTHER_WAY = rf"(?:(?P<up>{_RISES})|(?P<down>{_FALLS}))\b"
_MANY = (
    rf"(?:in|for)\s+(?P<reach>both\s+[{TIMES}]+|all\s+(?:of\s+the\s+)?(?:{BLANK}+|[{PERIOD}]+)|"
    rf"(?P<a>{NUMBER})\s+(?:out\s+)?of\s+(?:the\s+)?[{BLANK}{PERIOD}]+|"
    rf"(?:each|every)\s+(?:one\s+of\s+the\s+{BLANK}+|month|quarter)(?=.*{BASELINE}))"
)
_BEFORE = re.compile(
    rf"{_MOVES}(?:[\s,%\d.{TIMES}{AREAS}]|\b(?:{_TO_IT}|{'|'.join(WORDS)}|{FRACTION})"
    r"\b)*$",
    re.IGNORECASE,
)

OVER_TIME: tuple[tuple[Kind, str, str], ...] = (
    ("since", "Robbery is at its lowest of the year so far.",
        r"\b(?:(?P<up>highest|most|busiest)|(?P<down>lowest|fewest|quietest))(?:\s+(?:levels?|total))?"
        rf"\s+(?P<reach>(?:of|in|for)\s+(?:the\s+year|{PERIOD}+)\s+so\s+far)\b"),
    ("since", "Robbery is at its lowest since 2020.",
        rf"{_NOT_ALONE}?\b(?:(?P<up>highest|most|largest|biggest|busiest)|"
        r"(?P<down>lowest|fewest|smallest|quietest))\b"
        rf"(?={_LEVEL}{{0,8}}?,?\s+(?P<reach>{_REACH}))"),
    ("since", "Robbery fell to 30, its lowest quarterly total of 2021.",
        rf"\b(?:its|their)\s+(?:(?P<up>highest|busiest)|(?P<down>lowest|quietest))"
        rf"(?={_LEVEL}{{1,4}}?\s+(?P<reach>of\s+[{OTHER_TIME}]+))"),
    ("since", "Shoplifting reached 2,000, the highest of any month in 2023.",
        r"\bthe\s+(?:(?P<up>highest|most|largest|busiest)|(?P<down>lowest|fewest|smallest|quietest))"
        rf"(?=\s+(?:of|in|for)\s+any\s+(?:single\s+)?(?:month|quarter)\s+"
        rf"(?P<reach>(?:of|in|during)\s+[{OTHER_TIME}{PERIOD}]+))"),
    ("since", "Robbery has not been this low since 2020.",
        rf"\bnot\s+been\s+(?:this|so|as)\s+(?:(?P<up>high)|(?P<down>low))(?=,?\s+(?P<reach>{_REACH}))"),
    ("since", "Robbery is lower than ever.",
        r"\b(?:(?P<up>higher|more)|(?P<down>lower|fewer))\s+than\s+(?:at\s+any\s+(?:time|point)|"
        rf"in\s+any\s+(?:month|quarter|year)|ever)\b(?:\s+(?P<reach>since\s+[{TIMES}]+))?"),
    ("since", "Robbery is at a record low.",
        r"\b(?:record|all-time|new) (?:(?P<up>high|number)|(?P<down>low))\b"),
    ("in a row", "Burglary fell after four consecutive monthly rises.",
        rf"{_TURNED}{_UNTIL_THEN}(?P<reach>{_SPELL})\s+(?:of\s+)?{_THE_OTHER_WAY}"),
    ("in a row", "Burglary rose after falling for four months in a row.",
        rf"{_TURNED}{_UNTIL_THEN}{_THE_OTHER_WAY}\s+(?:for|in)\s+(?P<reach>{_SPELL})"),
    ("each", "Robbery was lower in both July and August than a year before.",
        rf"{_MOVES}(?:\s+\w+)?\s+{_MANY}"),
    ("each", "Robbery was lower than in 2022 in every quarter.",
        rf"{_MOVES}\s+than\s+(?:in\s+)?(?:the\s+)?{BASELINE}+\s+in\s+"
        rf"(?P<reach>all\s+(?:of\s+the\s+)?{BLANK}+|(?:each|every)\s+(?:month|quarter))"),
    ("each", "In all three months robbery was lower than a year before.",
        rf"\b{_MANY}{_AND_THEN}{_MOVES}"),
    ("in a row", "This is the third consecutive monthly rise in shoplifting.",
        rf"(?P<reach>(?:the|a|its|their)\s+{_PLACE}\s+{_CONSECUTIVE}\s+{_UNITLY})\s+{NOUN}"),
    ("in a row", "A third quarterly rise in a row took shoplifting to 483.",
        rf"(?P<reach>(?:the|a|its|their)\s+{_PLACE}\s+{_UNITLY})\s+{NOUN}\s+{_ROW}\b"),
    ("in a row", "There have been three consecutive years of falls in robbery.",
        rf"(?P<reach>{NUMBER}\s+{_CONSECUTIVE}\s+(?:{_UNITLY}|{_UNIT}\s+of))\s+{NOUN}"),
    ("in a row", "Month on month, burglary fell throughout the quarter.",
        rf"(?P<reach>{_ON_UNIT}){_AND_THEN}{_MOVES}(?=.*\bthrough(?:out)?\b)"),
    ("in a row", "Robbery fell in every month.",
        rf"{_MOVES}\s+(?P<reach>(?:{_ON_UNIT}|{_EACH_OF})(?:\s+through(?:out)?\b|\s+since\s+[{TIMES}]+)?)"),
    ("in a row", "Robbery fell for the third year running.",
        rf"{_MOVES}(?={_UP_TO}(?:(?:for|in|over)\s+)?(?P<reach>{_RUNNING}))"),
    ("in a row", "For the second month running, robbery fell.",
        rf"(?P<reach>{_RUNNING}){_AND_THEN}{_MOVES}"),
    ("in a row", "Shoplifting was our priority for the third year running.",
        rf"(?P<reach>{_RUNNING})"),
)  # fmt: skip


def sense_before(text: str) -> Literal["", "up", "down"]:
    """Give the direction that stands just before: "fell by 10 %", for "the third year running"."""
    found = _BEFORE.search(text)
    if found is None:
        return ""
    return "up" if found["up"] else "down"
