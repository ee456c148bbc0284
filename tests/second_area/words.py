"""Words of published pages that read wrong: what a person would stumble over, found in text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cspanalysis.evidence.visited import MOST_PER_RESIDENTS
from cspanalysis.vocabulary.period import MONTH_NAMES

__all__ = ["found_in"]

_MONTHS = "|".join(MONTH_NAMES[1:])
_NAME = rf"(?!(?:{_MONTHS})\b)[A-Z][\w'’-]+(?:(?: of| and| upon| with)?(?: [A-Z][\w'’-]+))*"
_TWICE = re.compile(
    rf"\b(?P<area>{_NAME})(?:'s|’s)? [^.]{{0,80}}?\b(?:above|below|same as in|against|than)\b"
    rf"[^.]{{0,40}}?\b(?:that of |in |of )?(?P=area)\b(?: as a whole)?"
)
_PLAIN: dict[str, re.Pattern[str]] = {
    "one thing told as several": re.compile(
        r"\b[Tt]he one (?:[\w-]+ ){0,3}?"
        r"(?:actions|areas|categories|measures|months|partnerships|priorities|targets|wards)\b"
    ),
    "'zero of' for 'none of'": re.compile(r"\b[Zz]ero of\b"),
    "'100 % of' for 'all'": re.compile(r"\b100[\s\u00a0]?% of\b"),
    "not a number": re.compile(r"(?<![\w-])nan(?![\w-])", re.IGNORECASE),
}
_LIMITS = re.compile(r"(?P<low>\d+\.\d+)\s+to\s+(?P<high>\d+\.\d+)(?P<rest>[^.]*(?:\.\d[^.]*)*)\.")
_RATE = re.compile(
    rf"(?P<month>(?:{_MONTHS}) )?(?P<rate>\d[\d,]*(?:\.\d+)?) per 1,000 (?:residents|people)"
)
_CAVEAT = re.compile(r"many more people come|[Ww]here many come")


def found_in(text: str) -> list[str]:
    """List what reads wrong in the words of a page, each with the words around it.

    Examples
    --------
    >>> found_in("Zero of 6 small areas are deprived.")
    ["'zero of' for 'none of': Zero of 6 small areas are deprived."]
    """
    plain = " ".join(text.split())
    return [line for rule in _RULES for line in rule(plain)]


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 30) : match.end() + 40].strip()


def _plain_words(text: str) -> Iterator[str]:
    for what, pattern in _PLAIN.items():
        yield from (f"{what}: {_around(text, match)}" for match in pattern.finditer(text))


def _compared_with_itself(text: str) -> Iterator[str]:
    for match in _TWICE.finditer(text):
        yield f"{match['area']} compared with itself: {_around(text, match)}"


def _chance_beside_a_change(text: str) -> Iterator[str]:
    for match in _LIMITS.finditer(text):
        low, high = float(match["low"]), float(match["high"])
        if (low > 1 or high < 1) and re.search(r"chance (?:alone )?can|no clear", match["rest"]):
            yield f"an interval without 1 called chance: {_around(text, match)}"


def _rates_without_a_caveat(text: str) -> Iterator[str]:
    if _CAVEAT.search(text):
        return
    for match in _RATE.finditer(text):
        if match["month"]:  # a year: "rates in March 2022 per 1,000 residents"
            continue
        if float(match["rate"].replace(",", "")) > MOST_PER_RESIDENTS:
            yield f"a rate above {MOST_PER_RESIDENTS} without a caveat: {_around(text, match)}"


_RULES: tuple[Callable[[str], Iterator[str]], ...] = (
    _plain_words,
    _compared_with_itself,
    _chance_beside_a_change,
    _rates_without_a_caveat,
)
