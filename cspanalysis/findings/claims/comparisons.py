"""What a sentence compares with, and averages: rows of patterns, each with its examples.

To add a comparison, add a row: how it is written, which spans it means, and examples. The spans
are those that the counts of the report's period are held against; several stand for their mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from cspanalysis.findings.claims.history import read_span
from cspanalysis.findings.claims.numbers import NUMBER, read
from cspanalysis.vocabulary import Period
from cspanalysis.vocabulary.period import MONTH_NAMES

__all__ = ["AVERAGES", "AVERAGE_WORDS", "COMPARISONS", "Average", "Basis", "Row", "spans_of"]

Spans = tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """Hold a comparison where it is named; no spans where it is the report's own."""

    start: int
    end: int
    words: str
    spans: Spans = ()
    own: bool = False


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
_SPAN = (
    rf"(?:{_MONTH}(?: {_YEAR})? to {_MONTH}(?: {_YEAR})?|{_MONTH}(?: {_YEAR})?"
    rf"|Q[1-4](?:,? (?:of )?{_YEAR}(?:/\d\d)?)?|{_YEAR}(?:/\d\d(?:\d\d)?)?)\b"
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
    text = found["base"]
    span = _quarter(text, period) if text.startswith("Q") else read_span(text, until=period)
    if span is None:
        return ()
    if len(span.months) == 12 > len(period.months):
        for years in range(1, 41):
            if (same := period.baseline(years=years)).start in span:
                return (same,)
        return ()
    return (span,)


def _quarter(text: str, period: Period) -> Period | None:
    """Read "Q2", "Q2 2023" and "Q2 2023/24": of the financial year, as partnerships count."""
    number, year = int(text[1]), re.search(_YEAR, text)
    start = int(year[0]) if year else period.start.year - (period.start.month < 4)
    return Period.parse(f"FY{start}-Q{number}")


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
        rf"{_THAN}(?P<base>last (?P<unit>quarter|month))\b(?! of)",
        _before,
        "up on the last quarter",
    ),
    _row(
        r"(?P<base>\b(?P<unit>quarter|month)[- ]on[- ](?:quarter|month))\b(?! (?:rise|fall|in|de))",
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
    ),
    _row(
        r"(?P<base>(?:\b(?:its|the|their) )?(?:levels? )?(?:before (?:the pandemic|covid(?:-19)?)|"
        r"pre-(?:pandemic|covid)(?: levels?)?))\b",
        _in_2019,
        "below pre-pandemic levels",
        "half its level before the pandemic",
    ),
)

_OVER = r"(?! (?:earlier|before|ago|later|since|on|running|in a row|rise|fall|increase|decrease))"
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
