"""What a sentence compares with: rows of patterns, each with its examples.

To add a comparison, add a row: how it is written, which spans it means, and examples. The spans
are those that the counts of the report's period are held against; several stand for their mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from cspanalysis.commentary.claims.history import read_inside, read_span
from cspanalysis.commentary.claims.marked import BASELINE, Spans
from cspanalysis.commentary.claims.numbers import NUMBER, read
from cspanalysis.vocabulary import Period
from cspanalysis.vocabulary.period import MONTH_NAMES

__all__ = [
    "BESIDE_IT", "COMPARISONS", "SEASON",
    "SIZED_FROM", "SPANS", "Row", "back", "beside", "of_the_other_year", "spans_of",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """Hold how a comparison is written, in a group `base`, and the spans it means."""

    pattern: re.Pattern[str]
    spans: Callable[[re.Match[str], Period], Spans]
    examples: tuple[str, ...]


_MONTH = f"(?:{'|'.join(MONTH_NAMES[1:])})"
_YEAR = r"(?:19|20)\d{2}"
_NOUN = r"(?:rise|fall|increase|decrease|reduction|drop|decline)\b"
SEASON = r"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)"
_AGO = r"(?: (?:of |in )?(?:last year|the previous year|the year before|a year (?:ago|earlier)))"
_THAN = (
    r"(?:than(?: (?:in|during|for|over))?|compare[sd] (?:with|to)(?: (?:that )?(?:in|for|of))?|"
    r"\bon|\babove|\bbelow|against|versus|\b(?:unchanged|stable|steady) from)(?: the)? "
)
BESIDE_IT = re.compile(f"{_THAN}$", re.IGNORECASE)
"""Stands before a span that something is compared with."""
SIZED_FROM = re.compile(
    r"(?:%|\bper ?cent)(?: (?!and\b)[a-z-]+){0,6} from(?: the)? $", re.IGNORECASE
)
"""Stands before one that is no start: "a 31 % drop in theft from the last quarter of 2021"."""
_OWN = r"(?:the|this) (?:year|quarter|period)"
_STARTS = re.compile(r"\b(?:start|beginning|beg[au]n|outset|open)", re.IGNORECASE)
_THE_START = r"(?:start(?:ed)?|beginning|began|begun|outset|opening)\b"
_MONTHS = {"month": 1, "quarter": 3, "three": 3, "3": 3, "six": 6, "6": 6, "twelve": 12, "12": 12}


def spans_of(row: Row, found: re.Match[str], period: Period | None) -> Spans:
    """Give the spans that a match of a row means for a report's period; none where it has none."""
    return row.spans(found, period) if period is not None else ()


def _before(found: re.Match[str], period: Period) -> Spans:
    """Give the months just before, where the report's period is as long as is said."""
    months = _MONTHS[found["unit"].lower()]
    if months == 12:
        return (period.baseline(),)
    return (back(period, months),) if months == len(period.months) else ()


def back(period: Period, months: int) -> Period:
    """Give a span so many months before."""
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
    if ago and text[0] not in "Qq":
        span = read_inside(text, period) or span
    return () if span is None else beside(span, period)


def beside(span: Period, period: Period) -> Spans:
    """Give what a period is set beside: a span, or of a whole year the period's months."""
    if len(span.months) < 12 or len(period.months) >= 12:
        return (span,)
    back = (period.baseline(years=years) for years in range(1, 41))
    return tuple(one for one in back if one.start in span)


def _last(found: re.Match[str], period: Period) -> Spans:
    """Give the last month of a name before the report's period: "last April"."""
    month = MONTH_NAMES.index(found["month"].capitalize())
    first = period.start.replace(day=1)
    first = first.replace(year=first.year - (month >= first.month), month=month)
    return (Period.of_months(first, first),)


def _same(found: re.Match[str], period: Period) -> Spans:
    """Give the months of the report's period in another year."""
    year = read_span(found["year"])
    if (number := found.groupdict().get("number")) and read(number).value != len(period.months):
        return ()  # "the same nine months of 2022"
    return () if year is None else beside(year, period)


def _quarter(text: str, period: Period) -> Period:
    """Read "Q2", "Q2 2023" and "Q2 2023/24": of the financial year, as partnerships count.

    It is one of the calendar year where the report is of such a year, and where a single year is
    named whose financial quarter has not been yet.
    """
    number, year = int(re.sub(r"\D*", "", text, count=1)[0]), re.search(_YEAR, text)
    start = int(year[0]) if year else period.start.year - (period.start.month < 4)
    financial = Period.parse(f"FY{start}-Q{number}")
    calendar = len(period.months) == 12 and period.start.month == 1
    if "/" in text or not (calendar or financial.end > period.end):
        return financial
    return Period.parse(f"{int(year[0]) if year else period.start.year}-Q{number}")


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
    """Give a quarter of the year that is named, or of the report's year or part of one."""
    named = found.groupdict().get("of")
    year = read_span(named) if named else period
    if year is None or len(year.months) not in {6, 9, 12}:
        return ()
    half = re.search(r"\b(?:first|second) half\b", found.string)
    if half and found["part"].lower() in {"first", "second"} and len(year.months) == 12:
        ends = (0, 5) if found["part"].lower() == "first" else (6, 11)
        return (Period.of_months(*(year.months[end] for end in ends)),)  # beside the other half
    order = ("first", "second", "third", "fourth")
    part, quarters = found["part"].lower().replace("opening", "first"), len(year.months) // 3
    first = 3 * (quarters - 1 if part in {"closing", "final", "last"} else order.index(part))
    if first >= len(year.months):
        return ()
    return (Period.of_months(year.months[first], year.months[first + 2]),)


def _ending(found: re.Match[str], period: Period) -> Spans:
    span = read_span(found["base"], until=period)
    return () if span is None else (span,)


def _from_month(found: re.Match[str], period: Period) -> Spans:
    """Give the months from the one that is named, the last before the report's period ends."""
    number, last = MONTH_NAMES.index(found["first"].capitalize()), period.months[-1]
    first = last.replace(year=last.year - (number > last.month), month=number)
    return (Period.of_months(first, last),)


def _latest(found: re.Match[str], period: Period) -> Spans:
    """Give so many months, quarters or years up to the end of the report's period."""
    months = int(read(found["number"]).value) * _MONTHS.get(found["unit"].lower(), 12)
    return (Period.parse(f"{months}m-to-{period.end:%Y-%m}"),) if months else ()


def _side(found: re.Match[str], period: Period) -> Spans:
    """Give the first or the last months of the year that is named, or of the report's year."""
    year = read_span(found["of"]) if found["of"] else period
    number = int(read(found["number"]).value)
    begins = found["side"].lower() in {"first", "opening"}
    if not begins and " of " not in found["base"] and len(period.months) < 12 and number:
        return (Period.parse(f"{number}m-to-{period.end:%Y-%m}"),)
    if begins and not found["of"] and number == len(period.months) and period.start.month in {1, 4}:
        return (period,)
    if year is None or len(year.months) != 12 or not 0 < number < 12:
        return ()
    months = year.months[:number] if begins else year.months[-number:]
    return (Period.of_months(months[0], months[-1]),)


def _whole_year(found: re.Match[str], period: Period) -> Spans:
    """Give the whole year that ends with the report's period; none where none does."""
    year = period if len(period.months) == 12 else None
    last = {"calendar": 12, "financial": 3}.get(found["kind"] or "", 0)
    if year is None and period.months[-1].month == last:
        year = Period.parse(f"12m-to-{period.end:%Y-%m}")
    return (year,) if year is not None else ()


def _to_date(found: re.Match[str], period: Period) -> Spans:
    """Give the year up to the report's end: as is said, else as the report's own year runs.

    A report of a month or a quarter counts by the financial year, as partnerships do.
    """
    last, said = period.months[-1], found[0].lower()
    april = last.replace(year=last.year - (last.month < 4), month=4)
    of_calendar = len(period.months) > 3 and period.start.month == 1 and "financial" not in said
    first = last.replace(month=1) if of_calendar or "calendar" in said else april
    return (Period.of_months(first, last),)


def of_the_other_year(found: re.Match[str], span: Period, period: Period | None) -> Period | None:
    """Give the calendar year to date where "year to date" is said alone in a shorter report."""
    said = found[0].lower()
    plain = "calendar" not in said and "financial" not in said
    if not plain or not re.search(r"to[- ]date|so far", said) or period is None:
        return None
    last = period.months[-1]
    other = Period.of_months(last.replace(month=1), last)
    return other if len(period.months) <= 3 and other != span else None


def _season(found: re.Match[str], period: Period) -> Spans:
    """Give the season last over, or the report's quarter where it shares a month with it."""
    years = [f"{y}/{y + 1}" if "inter" in found[0] else str(y) for y in _years_back(period)]
    spans = [span for year in years if (span := read_span(f"{found['season']} {year}"))]
    if len(period.months) == 3 and any(set(span.months) & set(period.months) for span in spans):
        return (period,)
    return tuple(span for span in spans if span.end <= period.end)[:1]


def _years_back(period: Period) -> range:
    return range(period.end.year, period.end.year - 3, -1)


def _end(found: re.Match[str], period: Period) -> Spans:
    """Give the first or the last month of the report's period."""
    month = period.months[0 if _STARTS.search(found["base"]) else -1]
    return (Period.of_months(month, month),) if len(period.months) > 1 else ()


def _until(found: re.Match[str], period: Period) -> Spans:
    """Give the report's period where it ends with what is named."""
    name = re.sub(r"^(?:the )?end of ", "", found["base"], flags=re.IGNORECASE)
    span = _quarter(name, period) if name[0] in "Qq" else read_span(name)
    return (period,) if span is not None and span.end == period.end else ()


def _mean(found: re.Match[str], period: Period) -> Spans:
    years = int(read(found["number"] or found["last"]).value)
    return tuple(period.baseline(years=back) for back in range(1, years + 1))


def _in_2019(_: re.Match[str], period: Period) -> Spans:
    years = period.start.year - 2019
    return (period.baseline(years=years),) if years > 0 else ()


def _row(pattern: str, spans: Callable[[re.Match[str], Period], Spans], *examples: str) -> Row:
    return Row(re.compile(pattern, re.IGNORECASE), spans, examples)


COMPARISONS = (
    _row(rf"(?P<base>(?:the |its |their )?(?P<number>{NUMBER})[- ]years?(?:'s?)? (?:average|mean)|"
        r"(?:the )?(?:average|mean) (?:of|for|over) the (?:last|previous|past) "
        rf"(?P<last>{NUMBER}) years)(?! \d)",
        _mean, "down by 10 % on the three-year average", "20 % below the five-year average"),
    _row(r"(?P<base>(?:the )?(?:previous|preceding|prior) (?:(?P<unit>quarter|month|three|3|six|6|"
        r"twelve|12)(?: months)?))\b",
        _before, "than in the previous quarter", "than in the previous three months"),
    _row(r"(?<=\bon )(?P<base>the (?P<unit>quarter|month))\b"
        r"(?! (?:(?:just |immediately )?before|to|end|of|that))",
        _before, "rose 4% on the quarter"),
    _row(r"(?<=\bon )(?P<base>the year)\b(?! (?:before|to|end|of|that))",
        lambda _, period: (period.baseline(),), "rose 2% on the year"),
    _row(r"(?P<base>the (?P<unit>quarter|month) (?:just |immediately )?before)\b"
        r"(?! (?:last|that|the))",
        _before, "down by 28 % on the quarter before"),
    _row(r"(?P<base>the one before)\b",
        lambda _, period: (back(period, len(period.months)),), "against 413 in the one before"),
    _row(r"\bbetween (?P<base>the two (?P<unit>quarter|month)s)\b",
        _before, "between the two quarters robbery rose"),
    _row(r"\bbetween (?P<base>the two (?:years|periods))\b",
        lambda _, period: (period.baseline(),), "fell by 9 % between the two years"),
    _row(r"(?P<base>(?:the )?(?:same|equivalent|comparable|corresponding) "
        rf"(?:(?P<number>{NUMBER}) )?"
        r"(?:period|quarter|months?|time|point) (?:in|of|during) "
        rf"(?P<year>{_YEAR}(?:/\d\d)?))\b",
        _same, "against the same quarter in 2022"),
    _row(rf"(?P<base>\b(?P<number>{NUMBER}) years (?:ago|earlier|before|previously))\b",
        _years_ago, "compared with three years ago"),
    _row(r"(?P<base>\b(?P<unit>three|3|six|6|twelve|12) months "
        r"(?:ago|earlier|before|previously))\b",
        _before, "compared with three months earlier"),
    _row(r"\b(?:than(?: in)?|compared (?:with|to)|on|against|from|versus|above|"
        r"below) (?P<base>(?:the )?(?P<half>first|second|last) (?:half|six months))\b(?! of)",
        _half, "lower than in the first half"),
    _row(rf"(?:^|{_THAN}|\d |\bfrom {NUMBER} in the )(?P<base>last (?P<unit>quarter|"
        rf"month))\b(?! of)",
        _before, "up on the last quarter", "282 last quarter"),
    _row(r"(?P<base>\b(?P<unit>quarter|month)[- ]on[- ](?:quarter|month))\b(?! (?:rise|fall|in|de))"
        r"(?!.*\bthrough(?:out)?\b| (?:from|between|since)\b)",
        _before, "quarter on quarter shoplifting fell"),
    _row(r"\bthe (?P<base>(?P<unit>quarter|month)-on-(?:quarter|month))"
        r"(?= (?:ris|fall|incr|decr|drop))",
        _before, "the month-on-month rise was from 48 to 67"),
    _row(rf"(?:%|\b(?:an?|the|its|by)) (?P<base>(?P<unit>quarter|month)(?:ly|-on-(?:quarter|"
        rf"month)))(?= {_NOUN})",
        _before, "a quarterly increase of 4 %", "a 4 % quarter-on-quarter fall"),
    _row(rf"(?:%|\b(?:an?|the|its|by)) (?P<base>annual|yearly|year-on-year)(?= {_NOUN})",
        lambda _, period: (period.baseline(),), "a 4 % annual rise"),
    _row(rf"(?:{_THAN}|\bwith )(?P<base>(?:last|the previous) (?P<month>{_MONTH}))\b",
        _last, "up on last April", "level with the previous March"),
    _row(r"\b(?:than|below|above) (?P<base>(?:at (?:its|the)|(?:when |where )?it(?: had)?) "
        rf"{_THE_START}(?: of {_OWN})?)",
        _end, "higher at the end of the quarter than at its start", "lower than it began"),
    _row(r"(?P<base>(?:\b(?:its|the|their) )?(?:levels? )?(?:before (?:the pandemic|covid(?:-19)?)|"
        r"pre-(?:pandemic|covid)(?: levels?)?))\b",
        _in_2019, "below pre-pandemic levels", "half its level before the pandemic"),
)  # fmt: skip

SPANS = (
    _row(rf"(?P<base>(?:the )?(?:{NUMBER}[- ]months?|quarter|year) (?:up )?(?:to|ending|ended)"
        rf"(?: (?:in|(?:the )?end of))? {_MONTH}(?: {_YEAR})?)\b",
        _ending, "in the three months to December"),
    _row(rf"(?P<base>(?:at|by) the (?:end|close) of {_OWN}|\b(?:ended|finished|closed) {_OWN})"
        rf"(?=[^.;]* (?:than|below|above) {BASELINE}+)",
        _end, f"higher at the end of the quarter than {BASELINE}"),
    _row(rf"(?P<base>^since (?P<first>{_MONTH})),?"
        rf"(?= (?:there (?:were|have been) )?{NUMBER}(?!\s*%)\b)",
        _from_month, "Since April there have been 800 offences"),
    _row(rf"\b(?:over|during|in|through|throughout|this) (?P<base>(?:the )?(?P<season>{SEASON})"
        r"(?: (?:months|quarter))?)\b(?! (?:of\b|term|holiday|break|operation|campaign|scheme|"
        r"event|patrol|night|week|programme|\d|and\b))",
        _season, "over the summer", "in the winter months"),
    _row(rf"(?P<base>\b(?:last|past|latest) (?P<number>{NUMBER}) "
        r"(?P<unit>month|quarter|year)s)\b(?! of)",
        _latest, "over the past three quarters"),
    _row(rf"(?P<base>the (?P<side>first|opening|last|final|"
        rf"closing) (?P<number>{NUMBER})(?: months(?: of "
        rf"(?:(?P<of>{_YEAR}(?:/\d\d)?)|(?:the|this) (?:financial )?year))?\b|(?=\s*(?:$|"
        rf"[.,;)]))))",
        _side, "in the final three months of the year", "in the first six months of 2023"),
    _row(r"(?P<base>\bthe (?:(?P<kind>calendar|financial) |full |whole )year(?: as a whole)?|"
        r"\bthe year as a whole)\b(?![- ]to)",
        _whole_year, "in the calendar year as a whole"),
    _row(r"(?:at|by|to) (?P<base>(?:the )?end of "
        rf"(?:{_MONTH} {_YEAR}|Q[1-4](?: {_YEAR}(?:/\d\d)?)?))\b",
        _until, "stood at 339 at the end of December 2022"),
    _row(r"\b(?:in|with|to|than|on|from|and) "
        r"(?P<base>the (?P<part>first|second|third|fourth|last|final))"
        r"(?=\s*(?:$|[.,;)]|'s|(?:and|for|was|saw|had)\b))",
        _part, "from 170 in the third quarter to 258 in the fourth"),
    _row(r"(?P<base>(?:the )?(?:(?:financial|calendar) )?year[- ]to[- ]date|"
        r"so far this (?:(?:financial|calendar) )?year)\b",
        _to_date, "in the financial year to date", "so far this year"),
    _row(r"(?P<base>the (?P<half>first|second) half)\b(?! of)",
        _half, "780 in the second half"),
    _row(r"(?P<base>the (?P<half>first|second|last) half of "
        r"(?:(?P<of>(?:19|20)\d{2}(?:/\d\d)?)|(?:the|this) (?:financial )?year))\b",
        _half, "in the first half of 2023", "in the second half of the year"),
    _row(r"(?P<base>the (?P<part>first|second|third|fourth|final|opening|closing|"
        r"last(?= quarter(?: of|\s*[,.:;]|$))) quarter"
        r"(?: of (?:the (?:financial )?year|(?P<of>(?:19|20)\d{2}(?:/\d\d)?)))?)\b"
        r"(?! (?:running|in a row|in succession|on the trot))",
        _part, "in the final quarter of the year", "in the final quarter of 2022"),
    _row(rf"(?P<base>\b(?:Q|quarter )[1-4](?![,.]\d)(?:,? (?:of )?{_YEAR}(?:/\d\d)?|{_AGO})?|"
        rf"\b{_MONTH}(?: to {_MONTH})?{_AGO})\b",
        _named, "Q3 saw 526 vehicle crimes", "in quarter 2 of 2022/23", "than in March last year"),
)  # fmt: skip
"""Spans that a statement may be of, other than by dates."""
