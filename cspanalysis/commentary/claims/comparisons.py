"""What a sentence compares with, and averages: rows of patterns, each with its examples.

To add a comparison, add a row: how it is written, which spans it means, and examples. The spans
are those that the counts of the report's period are held against; several stand for their mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from cspanalysis.commentary.claims.history import read_span
from cspanalysis.commentary.claims.numbers import NUMBER, read
from cspanalysis.vocabulary import Period
from cspanalysis.vocabulary.period import MONTH_NAMES

__all__ = [
    "AVERAGES", "AVERAGE_WORDS", "COMPARISONS", "SPANS", "Average", "Basis", "Row", "spans_of",
]  # fmt: skip

Spans = tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """Hold a comparison where it is named; no spans where it is the report's own.

    `of` gives the spans that it means beside another span than the report's period.
    """

    start: int
    end: int
    words: str
    spans: Spans = ()
    own: bool = False
    of: Callable[[Period], Spans] | None = None


@dataclass(frozen=True, slots=True)
class Average:
    """Hold where a number is said to be one of each month, quarter, week, day or year."""

    start: int
    end: int
    unit: str


@dataclass(frozen=True, slots=True)
class Row:
    """Hold how a comparison is written, in a group `base`, and the spans it means."""

    pattern: re.Pattern[str]
    spans: Callable[[re.Match[str], Period], Spans]
    examples: tuple[str, ...]


_MONTH = f"(?:{'|'.join(MONTH_NAMES[1:])})"
_YEAR = r"(?:19|20)\d{2}"
_AGO = r"(?: (?:of |in )?(?:last year|the previous year|the year before|a year (?:ago|earlier)))"
_SPAN = (
    rf"(?:{_MONTH}(?: {_YEAR})? to {_MONTH}(?: {_YEAR})?{_AGO}?|{_MONTH}(?: {_YEAR}|{_AGO})?"
    rf"|(?:Q|[Qq]uarter )[1-4](?:,? (?:of )?{_YEAR}(?:/\d\d)?|{_AGO})?"
    rf"|{_YEAR}(?:/\d\d(?:\d\d)?)?)\b"
)
_THAN = (
    r"(?:than(?: (?:in|during|for|over))?|compared (?:with|to)(?: (?:that )?(?:in|for|of))?|"
    r"\bon|against|versus)(?: the)? "
)
_MONTHS = {"month": 1, "quarter": 3, "three": 3, "3": 3, "six": 6, "6": 6, "twelve": 12, "12": 12}


def spans_of(row: Row, found: re.Match[str], period: Period | None) -> Spans:
    """Give the spans that a match of a row means for a report's period; none where it has none."""
    return row.spans(found, period) if period is not None else ()


def _before(found: re.Match[str], period: Period) -> Spans:
    """Give the months just before, where the report's period is as long as is said."""
    months = _MONTHS[found["unit"].lower()]
    return (_back(period, months),) if months == len(period.months) else ()


def _back(period: Period, months: int) -> Period:
    first, last = (12 * d.year + d.month - 1 - months for d in (period.start, period.end))
    return Period.of_months(
        period.start.replace(year=first // 12, month=first % 12 + 1, day=1),
        period.end.replace(year=last // 12, month=last % 12 + 1, day=1),
    )


def _named(found: re.Match[str], period: Period) -> Spans:
    """Give the span that is named; of a year, the months of the report's period in it."""
    text, ago = re.subn(f"{_AGO}$", "", found["base"], flags=re.IGNORECASE)
    if ago:
        period = period.baseline()
    span = _quarter(text, period) if text[0] in "Qq" else read_span(text, until=period)
    if span is None:
        return ()
    return _same(found, period, span) if len(span.months) == 12 > len(period.months) else (span,)


def _same(found: re.Match[str], period: Period, year: Period | None = None) -> Spans:
    """Give the months of the report's period in another year."""
    year = year or read_span(found["year"])
    back = (period.baseline(years=years) for years in range(1, 41))
    return tuple(one for one in back if year is not None and one.start in year)


def _quarter(text: str, period: Period) -> Period:
    """Read "Q2", "Q2 2023" and "Q2 2023/24": of the financial year, as partnerships count."""
    number, year = int(re.sub(r"\D*", "", text, count=1)[0]), re.search(_YEAR, text)
    start = int(year[0]) if year else period.start.year - (period.start.month < 4)
    return Period.parse(f"FY{start}-Q{number}")


def _years_ago(found: re.Match[str], period: Period) -> Spans:
    return (period.baseline(years=int(read(found["number"]).value)),)


def _half(found: re.Match[str], period: Period) -> Spans:
    """Give one half of the year that is named, or of the report's year."""
    year = period if (named := found.groupdict().get("of")) is None else read_span(named)
    if year is None or len(year.months) != 12:
        return ()
    ends = (0, 5) if found["half"].lower() == "first" else (6, 11)
    return (Period.of_months(*(year.months[end] for end in ends)),)


def _part(found: re.Match[str], period: Period) -> Spans:
    """Give a quarter of the report's year."""
    if len(period.months) != 12:
        return ()
    order = ("first", "second", "third", "fourth")
    part = found["part"].lower().replace("final", "fourth")
    first = 3 * order.index(part)
    return (Period.of_months(period.months[first], period.months[first + 2]),)


def _to_date(found: re.Match[str], period: Period) -> Spans:
    """Give the financial year up to the report's end, as partnerships count, or the calendar's."""
    last = period.months[-1]
    april = last.replace(year=last.year - (last.month < 4), month=4)
    first = last.replace(month=1) if "calendar" in found[0].lower() else april
    return (Period.of_months(first, last),)


def _a_quarter(found: re.Match[str], period: Period) -> Spans:
    return (_quarter(found["base"], period),)


def _mean(found: re.Match[str], period: Period) -> Spans:
    years = int(read(found["number"] or found["last"]).value)
    return tuple(period.baseline(years=back) for back in range(1, years + 1))


def _in_2019(_: re.Match[str], period: Period) -> Spans:
    years = period.start.year - 2019
    return (period.baseline(years=years),) if years > 0 else ()


def _row(pattern: str, spans: Callable[[re.Match[str], Period], Spans], *examples: str) -> Row:
    return Row(re.compile(pattern, re.IGNORECASE), spans, examples)


COMPARISONS = (
    _row(
        rf"(?P<base>(?:the |its |their )?(?P<number>{NUMBER})[- ]years?(?:'s?)? (?:average|mean)|"
        r"(?:the )?(?:average|mean) (?:of|for|over) the (?:last|previous|past) "
        rf"(?P<last>{NUMBER}) years)(?! \d)",
        _mean,
        "down by 10 % on the three-year average",
        "20 % below the five-year average",
    ),
    _row(
        r"(?P<base>(?:the )?(?:previous|preceding|prior) (?:(?P<unit>quarter|month|three|3|six|6|"
        r"twelve|12)(?: months)?))\b",
        _before,
        "than in the previous quarter",
        "than in the previous three months",
    ),
    _row(
        r"(?P<base>the (?P<unit>quarter|month) before)\b(?! (?:last|that|the))",
        _before,
        "down by 28 % on the quarter before",
    ),
    _row(
        r"(?P<base>the same (?:period|quarter|months?|time|point) (?:in|of|during) "
        rf"(?P<year>{_YEAR}(?:/\d\d)?))\b",
        _same,
        "against the same quarter in 2022",
    ),
    _row(
        rf"(?P<base>\b(?P<number>{NUMBER}) years (?:ago|earlier|before|previously))\b",
        _years_ago,
        "compared with three years ago",
    ),
    _row(
        r"(?P<base>(?:the )?(?P<half>first|second) half)\b(?! of)",
        _half,
        "lower than in the first half",
    ),
    _row(
        rf"{_THAN}(?P<base>last (?P<unit>quarter|month))\b(?! of)",
        _before,
        "up on the last quarter",
    ),
    _row(
        r"(?P<base>\b(?P<unit>quarter|month)[- ]on[- ](?:quarter|month))\b(?! (?:rise|fall|in|de))"
        r"(?!.*\bthroughout\b)",
        _before,
        "quarter on quarter shoplifting fell",
    ),
    _row(
        rf"{_THAN}(?P<base>{_SPAN})(?! (?:to|figures?)\b)",
        _named,
        "compared with July to September 2023",
        "than in November 2023",
        "up on Q2",
        "compared with 2019",
        "compared with Q3 last year",
    ),
    _row(
        r"(?P<base>(?:\b(?:its|the|their) )?(?:levels? )?(?:before (?:the pandemic|covid(?:-19)?)|"
        r"pre-(?:pandemic|covid)(?: levels?)?))\b",
        _in_2019,
        "below pre-pandemic levels",
        "half its level before the pandemic",
    ),
)

SPANS = (
    _row(
        r"(?P<base>(?:the )?(?:(?:financial|calendar) )?year[- ]to[- ]date|"
        r"so far this (?:(?:financial|calendar) )?year)\b",
        _to_date,
        "in the financial year to date",
        "so far this year",
    ),
    _row(
        r"(?P<base>the (?P<half>first|second) half of (?:(?P<of>(?:19|20)\d{2}(?:/\d\d)?)|"
        r"(?:the|this) (?:financial )?year))\b",
        _half,
        "in the first half of 2023",
        "in the second half of the year",
    ),
    _row(
        r"(?P<base>the (?P<part>first|second|third|fourth|final) quarter"
        r"(?: of the (?:financial )?year)?)\b",
        _part,
        "in the final quarter of the year",
    ),
    _row(
        r"(?P<base>\b(?:Q|quarter )[1-4](?:,? (?:of )?(?:19|20)\d{2}(?:/\d\d)?)?)\b",
        _a_quarter,
        "Q3 saw 526 vehicle crimes",
        "in quarter 2 of 2022/23",
    ),
)
"""Spans that a statement may be of, other than by dates."""

_OVER = (
    r"(?! (?:earlier|before|ago|later|since|on(?! average)|running|in a row|rise|fall|increase|"
    r"decrease))"
)
_EACH = r"(?P<at>(?:an?|per) (?P<unit>month|quarter|week|day|year))\b"
_COUNTED = rf"{NUMBER}(?: [^\W\d][\w'-]*){{0,4}} "
AVERAGES = (
    re.compile(
        r"\b(?P<at>(?:(?:was|were|ran|running|stood) at )?(?:an? |the )?"
        r"(?P<unit>month|quarter|week|dai|year)ly (?:average|mean)(?: of)?)\b",
        re.IGNORECASE,
    ),
    re.compile(_COUNTED + _EACH + _OVER, re.IGNORECASE),
)
"""How it is written, in a group `at`, that a number is one of each unit."""
AVERAGE_WORDS = re.compile(
    r"\b(?:(?:was|were|ran|running|stood) at )?(?:on average|an average of|averag(?:ed|es|ing)|"
    r"on a typical (?:month|day|week))\b(?: at)?",
    re.IGNORECASE,
)
