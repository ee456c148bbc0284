"""Short forms that people write, spelled out before a sentence is read: "Oct-Dec 22", "~1.2k".

To add one, add a row: how it is written, what it is read as, and an example of both.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from cspanalysis.commentary.claims.numbers import NUMBER, ORDINALS
from cspanalysis.vocabulary import Period
from cspanalysis.vocabulary.period import MONTH_NAMES

__all__ = ["FORMS", "by_calendar", "spelled"]

_MONTH = f"(?:{'|'.join(MONTH_NAMES[1:])})"
_SHORT = {name[:3]: name for name in MONTH_NAMES[1:]} | {"Sept": "September"}
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TWO = r"(?P<first>\d\d)/(?P<next>\d\d)"


def _tens(found: re.Match[str]) -> str:
    ones = _ONES.index(found["ones"].lower()) + 1 if found["ones"] else 0
    return str(10 * (_TENS.index(found["tens"].lower()) + 2) + ones)


def _quarter(found: re.Match[str]) -> str:
    said = found["n"].lower()
    return f"Q{said if said.isdigit() else _ONES.index(said) + 1}"


def _years(found: re.Match[str]) -> str:
    follows = int(found["next"]) == int(found["first"]) + 1
    return f"20{found['first']}/{found['next']}" if follows else found[0]


FORMS: tuple[tuple[str, str | Callable[[re.Match[str]], str], str, str], ...] = (
    (rf"\b(?P<m>(?:{'|'.join(_SHORT)})\b\.?(?= ?['\d-])|{_MONTH}(?= ?['-]))[ '-]{{1,2}}"
     r"(?P<y>[12]\d)"
     r"(?=\s*(?:$|[-,.;:)]|(?:to|and|was|saw|had|on|against|compared)\b))",
     lambda found: f"{_full(found['m'])} 20{found['y']}",
     "in Oct 22 and Nov-22", "in October 2022 and November 2022"),
    (rf"\b(?:{'|'.join(_SHORT)})\b\.?(?=[ ,.;:)'-]|$)", lambda found: _full(found[0]),
     "by Sept 2022, Jan", "by September 2022, January"),
    (rf"(?P<a>\b{_MONTH}(?: \d{{4}})?) ?- ?(?={_MONTH}\b)", r"\g<a> to ",
     "October 2021-March 2022", "October 2021 to March 2022"),
    (rf"(?<![\d/.-]){_TWO}(?![\d/.%-]|\s?%)", _years, "in 21/22", "in 2021/22"),
    (r"\b(?:the )?(?:calendar year (?P<y>(?:19|20)\d\d)\b(?!/)|"
     r"(?P<z>(?:19|20)\d\d) calendar year\b)",
     lambda found: f"January to December {found['y'] or found['z']}",
     "the 2022 calendar year", "January to December 2022"),
    (r"\b(?:FY|(?:financial|calendar) year) ?(?P<y>(?:19|20)\d\d(?:[/-]\d+)?)\b", r"\g<y>",
     "for financial year 2022/23", "for 2022/23"),
    (r"\b(?P<y>(?:19|20)\d\d(?:[/-]\d+)?) financial year\b", r"\g<y>",
     "the 2022/23 financial year", "the 2022/23"),
    (r"\bthan (?:it|they|there|that) (?:was|were|had been|did|finished|ended)"
     r"(?= (?:\d|(?:in|during|over|at|for|the|a|last|this)\b))",
     "than", "higher than it was in 2022", "higher than in 2022"),
    (r"\b(?:Q|qtr|quarter) ?(?P<n>one|two|three|four|[1-4])\b(?![,.]\d)"
     r"(?! of (?:all|the|our|its)\b)",
     _quarter,
     "in quarter three", "in Q3"),
    (r"\bthe (?P<a>first|second|third) and (?P<b>second|third|fourth|final) "
     r"(?:(?P<q>quarter)s|(?P<h>hal)ves)"
     r"(?P<y> of (?:(?:19|20)\d\d(?:/\d\d)?|the (?:financial )?year))?\b",
     lambda found: "the {a} {unit}{y} and the {b} {unit}{y}".format(
         unit="quarter" if found["q"] else "half", **found.groupdict(default="")),
     "the first and second quarters of 2022",
     "the first quarter of 2022 and the second quarter of 2022"),
    (rf"\b(?P<way>higher|lower|up|down) (?P<than>than(?: in)?|on) both (?P<a>{_MONTH}) and "
     rf"(?P<b>{_MONTH})(?P<y> \d{{4}})?\b",
     lambda found: "{way} {than} {a}{y} and was {way} {than} {b}{y}".format(
         **found.groupdict(default="")),
     "up on both May and June", "up on May and was up on June"),
    (r"\bQ(?P<a>[1-4]) (?P<joint>to|and) Q(?P<b>[1-4])(?: of)? (?P<y>(?:19|20)\d\d(?:/\d\d)?)\b",
     r"Q\g<a> \g<y> \g<joint> Q\g<b> \g<y>", "Q3 to Q4 of 2022", "Q3 2022 to Q4 2022"),
    (r"\bH(?P<n>[12])\b(?: (?:of )?(?P<y>(?:19|20)\d\d(?:/\d\d)?))?",
     lambda found: f"the {ORDINALS[int(found['n']) - 1]} half of {found['y'] or 'the year'}",
     "H1 2023", "the first half of 2023"),
    (r"\b(?:YTD|FYTD)\b", "year to date", "YTD figures", "year to date figures"),
    (r"\b(?:y[-/]?o[-/]?y|y/y)\b", "year on year", "up YoY", "up year on year"),
    (r"\b(?P<n>12|twelve)[- ]month rolling\b", r"rolling \g<n>-month", "a 12-month rolling total",
     "a rolling 12-month total"),
    (r"[\u2191\u25b2] ?", "up ", "(\u2191 23%)", "(up 23%)"),
    (r"[\u2193\u25bc] ?", "down ", "(\u219323%)", "(down 23%)"),
    (r" ?(?:\u2192|->) ?", " to ", "31 \u2192 39", "31 to 39"),
    (r"(?<=\w) & (?=\w)", " and ", "damage & arson", "damage and arson"),
    (r"\b(?:ceiling|threshold)(?= (?:of|for)\b)", "limit", "a ceiling of 187", "a limit of 187"),
    (r"\b(?:bicycles|bikes|cycles)(?P<had> (?:were|was|have been|had been)) stolen\b",
     r"bicycle thefts\g<had> recorded",
     "more bikes were stolen", "more bicycle thefts were recorded"),
    (rf"\bannual (?P<what>total|figure) (?=(?:to|ending) (?:the end of )?{_MONTH})",
     r"\g<what> in the year ",
     "the annual total to June 2022", "the total in the year to June 2022"),
    (r"\bin the course of\b", "during", "in the course of 2022", "during 2022"),
    (r"\bas opposed to\b", "compared with", "312 as opposed to 382", "312 compared with 382"),
    (r"\brolling annual (?P<what>total|figure)\b", r"rolling 12-month \g<what>",
     "the rolling annual total", "the rolling 12-month total"),
    (r"\bwhilst\b", "while", "whilst it", "while it"),
    (rf"\b(?P<of>one|two|three|four) (?P<what>crime|offence)s? in (?:every )?"
     rf"(?P<every>{NUMBER})(?! \w+ (?:areas|wards))", r"\g<of> in \g<every> \g<what>s",
     "one crime in ten is", "one in ten crimes is"),
    (rf"\b(?P<of>{NUMBER}) out of (?:every )?(?={NUMBER} (?:crimes|offences)\b)", r"\g<of> in ",
     "four out of ten crimes", "four in ten crimes"),
    (r"\b(?:for|in|to) (?:every|each) (?:1,?000|(?:one )?thousand)\b", "per 1,000",
     "9 for every thousand", "9 per 1,000"),
    (r"\b(?P<n>one|two|three) and a half times\b",
     lambda found: f"{_ONES.index(found['n'].lower()) + 1}.5 times",
     "one and a half times the", "1.5 times the"),
    (r"\b(?:work(?:s|ed)|c[oa]mes?) out at\b", "averaged", "works out at 9 a month",
     "averaged 9 a month"),
    (r"(?:~ ?|\b(?:c|ca|approx)\. ?)(?=\d)", "about ", "~1,200 (c.100)", "about 1,200 (about 100)"),
    (r"(?<![£\w.])(?P<n>\d+(?:\.\d)?)k\b", lambda found: f"{1000 * float(found['n']):,.0f}",
     "1.2k crimes", "1,200 crimes"),
    (rf"\b(?P<n>[1-9])(?:st|nd|rd|th)\b(?! (?:of )?{_MONTH})",
     lambda found: ORDINALS[int(found["n"]) - 1], "ranks 4th", "ranks fourth"),
    (rf"\b(?P<tens>{'|'.join(_TENS)})(?:[- ](?P<ones>{'|'.join(_ONES)}))?\b", _tens,
     "thirty-one robberies", "31 robberies"),
)  # fmt: skip
"""How it is written, what it is read as, and an example before and after."""
_NUMBERED = re.compile(
    r"\bQ(?P<number>[1-4])\b(?!,? (?:of )?(?:19|20)\d{2}|/)|\bthe (?P<place>first|second|third|"
    r"fourth) quarter\b(?! of)|"
    r"(?<=\band )the (?P<last>second|third|fourth)\b(?=\s*(?:$|[.,;)]))"
)
_COMPILED = tuple(
    (re.compile(pattern, 0 if "Sept" in pattern else re.IGNORECASE), read)
    for pattern, read, *_ in FORMS
)


def _full(text: str) -> str:
    return _SHORT.get(text.rstrip("."), text)


def spelled(text: str) -> str:
    """Spell out the short forms of a sentence."""
    for pattern, read in _COMPILED:
        text = pattern.sub(read, text)
    return text


def by_calendar(text: str, period: Period | None) -> str:
    """Date the quarters that are numbered by the calendar, which else are the financial year's.

    So they are in a report of a quarter where one of them would not have been yet.
    """
    if period is None or len(period.months) != 3:
        return text
    start = period.start.year - (period.start.month < 4)
    numbers = [_number_of(found) for found in _NUMBERED.finditer(text)]
    if all(Period.parse(f"FY{start}-Q{n}").end <= period.end for n in numbers):
        return text
    year = period.start.year
    return _NUMBERED.sub(lambda found: Period.parse(f"{year}-Q{_number_of(found)}").label, text)


def _number_of(found: re.Match[str]) -> int:
    said = found["number"] or found["place"] or found["last"]
    return int(said) if said.isdigit() else ORDINALS.index(said.lower()) + 1
