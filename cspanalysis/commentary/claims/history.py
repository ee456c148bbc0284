"""Counts further back than the two periods: what "its lowest since 2015" is held against."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from cspanalysis.commentary.claims.numbers import NUMBER, read
from cspanalysis.errors import UsageError
from cspanalysis.findings.finding import Change
from cspanalysis.vocabulary import Period
from cspanalysis.vocabulary.breaks import breaks_between
from cspanalysis.vocabulary.period import MONTH_NAMES
from cspanalysis.vocabulary.relative import season

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["History", "is_apart", "read_inside", "read_span", "years_of"]


class History:
    """Give the count of a measure in the two periods, and in any span whose months are held.

    Parameters
    ----------
    monthly
        Counts, one row a month (index of Timestamps, first days), one column a measure, missing
        where a month has no figure or a figure in part; None where no months were published.
    """

    def __init__(self, monthly: pd.DataFrame | None) -> None:
        self._months: dict[str, dict[date, int]] = {}
        if monthly is not None:
            for code in monthly.columns:
                held = monthly[code].dropna()
                days = [month.date() for month in held.index]
                self._months[str(code)] = dict(zip(days, map(int, held), strict=True))

    def count(self, change: Change, span: Period) -> int | None:
        """Give the count of a change's measure in a span; None where it is not held whole."""
        if span == change.period:
            return change.after
        if span == change.baseline:
            return change.before
        held = self._months.get(change.measure.code, {})
        counts = [held.get(month) for month in span.months]
        known = [count for count in counts if count is not None]
        return sum(known) if len(known) == len(counts) else None

    def is_comparable(self, change: Change, earlier: Period) -> bool:
        """Tell whether no change of recording forbids a comparison with an earlier span."""
        crossed = breaks_between(
            change.measure,
            area=change.area,
            baseline=earlier,
            period=change.period,
            source=change.provenance.source if change.provenance else "",
        )
        recorded = change.measure.recorded_in(earlier) and not self.refuses(change)
        return recorded and all(b.effect != "refuse" for b in crossed)

    def refuses(self, change: Change) -> bool:
        """Tell whether nothing is to be compared with other spans, since the change is not.

        Where it is refused for months that are missing, those that are held can be compared.
        """
        gap = change.before is None or change.after is None
        return bool(change.refused) and not (gap and change.measure.code in self._months)

    def begins(self, change: Change) -> str:
        """Name the first month, or the first period, of which there is a figure of a measure."""
        if held := self._months.get(change.measure.code):
            first = min(held)
            return f"{MONTH_NAMES[first.month]} {first.year}"
        return (change.period if change.before is None else change.baseline).label


_MONTH = "|".join(MONTH_NAMES[1:])
_MONTHS_ALONE = re.compile(rf"(?:the )?(?:{_MONTH})(?: to (?:{_MONTH}))?")
_SPAN = re.compile(
    rf"(?:the )?(?:(?P<first>{_MONTH})(?: (?P<begin>\d{{4}}))?"
    rf"(?: (?:to|and) (?P<last>{_MONTH}))? )?"
    r"(?P<year>\d{4})(?:[/-](?P<next>\d{2,4}))?"
)


_ROLLING = re.compile(
    rf"(?:the )?(?:(?:rolling|latest|last|past) )?(?:(?P<number>{NUMBER})[ -]months?|"
    r"(?P<quarter>quarter)|(?P<whole>year))(?: (?:basis|data|total|figures?|period))?"
    rf"(?: (?:to|ending|ended|up to)(?: (?:in|(?:the )?end of))? (?P<month>{_MONTH})"
    r"(?: (?P<year>\d{4}))?)?",
    re.IGNORECASE,
)


def read_span(text: str, *, until: Period | None = None) -> Period | None:
    """Read a span as people write it in a sentence; None where it is none of the known forms.

    Months without a year ("May", "April to June") are read where `until` is given: they are the
    last ones of that name that end before it does.

    Examples
    --------
    >>> [str(read_span(t)) for t in ("2021", "2021/22", "October to December 2021", "May 2021")]
    ['2021', 'FY2021', '2021-10..2021-12', '2021-05']
    >>> read_span("the last five years") is None
    True
    >>> str(read_span("May", until=Period.parse("2023-04"))), read_span("May")
    ('2022-05', None)
    """
    if rolling := _ROLLING.fullmatch(text.strip()):
        return _rolling(rolling, until)
    try:
        if named := season(text.strip().removeprefix("the ")):
            return named
    except UsageError:  # "winter 2022": of which two years?
        return None
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        return None if until is None else _read_months(text.strip(), until)
    year = found["year"]
    if found["next"]:
        written = f"FY{year}"
    elif found["first"]:
        written = f"{found['begin'] or year}-{MONTH_NAMES.index(found['first']):02}"
        if found["last"]:
            written = f"{written}..{year}-{MONTH_NAMES.index(found['last']):02}"
    else:
        written = year
    try:
        return Period.parse(written)
    except UsageError:
        return None


def read_inside(text: str, period: Period) -> Period | None:
    """Read months without a year where a period holds them, or ends with them."""
    spans = (read_span(f"{text} {year}") for year in (period.end.year, period.start.year))
    held = [s for s in spans if s and (s.start in period or s.end == period.end)]
    return next((s for s in held if s.end in period), None)


def _rolling(found: re.Match[str], until: Period | None) -> Period | None:
    months = int(read(found["number"]).value) if found["number"] else 3 if found["quarter"] else 12
    if found["month"] and (found["year"] or until is not None):
        month, end = MONTH_NAMES.index(found["month"]), until.end if until else date.max
        last = f"{found['year'] or end.year - (month > end.month)}-{month:02}"
    elif until is not None and months == 12 and (found["number"] or "rolling" in found[0].lower()):
        last = f"{until.end:%Y-%m}"
    else:
        return None
    return Period.parse(f"{months}m-to-{last}")


def _read_months(text: str, until: Period) -> Period | None:
    if not _MONTHS_ALONE.fullmatch(text):
        return None
    years = (until.end.year, until.end.year - 1)
    spans = [span for year in years if (span := read_span(f"{text} {year}"))]
    return next((span for span in spans if span.end < until.end), None)


def is_apart(words: str, *, both: bool) -> bool:
    """Tell whether two months are named that are no span: "September and November", "both ..."."""
    names = words.split(" and ")
    if len(names) != 2 or not set(names) <= set(MONTH_NAMES[1:]):
        return False
    first, second = (MONTH_NAMES.index(name) for name in names)
    return both or (second - first) % 12 != 1


def years_of(span: Period) -> set[str]:
    """Write the year that a period lies in: "2019", or "2016/17" by financial year."""
    start = span.start
    first = start.year if start >= date(start.year, 4, 1) else start.year - 1
    ends = (str(first + 1), str(first + 1)[2:])
    joints = {f"{first}{sign}{end}" for sign in "/-" for end in ends}
    financial = joints if span.end < date(first + 1, 4, 1) else set()
    single = span.end.year == start.year or start.month == 4
    return financial | ({str(start.year)} if single else set())
