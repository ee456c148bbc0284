"""Periods: spans of whole months, as people write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import total_ordering

from cspanalysis.characters import keyed
from cspanalysis.errors import UsageError

__all__ = ["MONTH_NAMES", "Period"]

MONTH_NAMES = (
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)  # not calendar.month_name, which follows the locale
_FORMS = "2019, 2017-04..2017-06, 2017-04, 2022-Q3, FY2022, FY2022-Q1 or 12m-to-2023-12"


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """Hold a span of whole calendar months.

    Two periods are equal when they cover the same months, however they were written. A period
    prints as it was written, and its baseline is written the same way.

    Parameters
    ----------
    start
        First day of the first month.
    end
        Last day of the last month.
    notation
        How the period is written; takes no part in comparisons.

    Examples
    --------
    >>> quarter = Period.parse("FY2022-Q1")
    >>> quarter.label
    'April to June 2022'
    >>> str(quarter.baseline())
    'FY2021-Q1'
    >>> Period.parse("2022-04..2022-06") == quarter
    True
    >>> quarter.days
    91
    """

    start: date
    end: date
    notation: str = field(compare=False)

    @classmethod
    def parse(cls, text: str | int | Period) -> Period:
        """Read a period as people write it.

        Parameters
        ----------
        text
            ``2019`` (calendar year), ``2017-04..2017-06`` (months, both inclusive; the slug
            ``2017-04-to-2017-06`` is read as well), ``2017-04`` (one month), ``2022-Q3``
            (calendar quarter), ``FY2022`` (April 2022 to March 2023), ``FY2022-Q1`` (April to
            June 2022), ``12m-to-2023-12`` (so many months up to and including that one).

        Raises
        ------
        UsageError
            If the text is none of these forms, or names a month or quarter that does not exist.
        """
        if isinstance(text, Period):
            return text
        written = keyed(str(text))
        for pattern, read in _READERS:
            if match := pattern.fullmatch(written):
                return read(written, *match.groups())
        raise UsageError(
            f"period '{written}' is not in a form that is known; "
            f"{_financial_year(written) or f'write {_FORMS}'}"
        )

    @classmethod
    def of_months(cls, first: date, last: date) -> Period:
        """Make the period from the month of `first` to the month of `last`, both inclusive."""
        start, end = first.replace(day=1), _month_end(last)
        notation = f"{start:%Y-%m}" if _index(start) == _index(end) else _span_text(start, end)
        return cls(start, end, notation)

    def __str__(self) -> str:
        return self.notation

    def __lt__(self, other: Period) -> bool:
        return (self.start, self.end) < (other.start, other.end)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def slug(self) -> str:
        """Name for folders and addresses: lower case letters, digits and hyphens."""
        return self.notation.lower().replace("..", "-to-")

    @property
    def months(self) -> tuple[date, ...]:
        """First day of every month of the period, in order."""
        return tuple(_month_at(i) for i in range(_index(self.start), _index(self.end) + 1))

    @property
    def days(self) -> int:
        """Number of days, leap days included: the exposure of a count."""
        return (self.end - self.start).days + 1

    @property
    def label(self) -> str:
        """Name for people.

        Examples
        --------
        >>> [Period.parse(p).label for p in ("2019", "FY2022", "2021-10..2022-03", "2023-12")]
        ['2019', 'April 2022 to March 2023', 'October 2021 to March 2022', 'December 2023']
        """
        first, last = MONTH_NAMES[self.start.month], MONTH_NAMES[self.end.month]
        if self.notation.startswith("12m"):
            return f"12 months to {last} {self.end.year}"
        if (self.start.month, self.end.month) == (1, 12) and self.start.year == self.end.year:
            return str(self.start.year)
        if _index(self.start) == _index(self.end):
            return f"{first} {self.start.year}"
        if self.start.year == self.end.year:
            return f"{first} to {last} {self.end.year}"
        return f"{first} {self.start.year} to {last} {self.end.year}"

    def baseline(self, *, years: int | None = None) -> Period:
        """Give the baseline period: the same months some years before, written the same way.

        Parameters
        ----------
        years
            How many years before; as few as keep the two periods apart if not given.

        Examples
        --------
        >>> Period.parse("2017-04..2017-06").baseline()
        Period.parse('2016-04..2016-06')
        >>> Period.parse("18m-to-2023-12").baseline()
        Period.parse('18m-to-2021-12')
        """
        years = years if years is not None else -(-len(self.months) // 12)
        notation = re.sub(r"\d{4}", lambda m: f"{int(m[0]) - years:04d}", self.notation)
        return Period(
            self.start.replace(year=self.start.year - years),
            _month_end(date(self.end.year - years, self.end.month, 1)),
            notation,
        )

    def __repr__(self) -> str:
        return f"Period.parse({self.notation!r})"


def _index(day: date) -> int:
    """Count months from year 0 on, so that they can be added and subtracted."""
    return day.year * 12 + day.month - 1


def _month_at(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)


def _month_end(day: date) -> date:
    return _month_at(_index(day) + 1) - timedelta(days=1)


def _span_text(start: date, end: date) -> str:
    return f"{start:%Y-%m}..{end:%Y-%m}"


def _month(written: str, year: str, month: str) -> date:
    if not 1 <= int(month) <= 12:
        others = f"write {year}-04..{year}-06, FY{year}-Q1, {year} or the like"
        raise UsageError(
            f"period '{written}': month {int(month)} does not exist; "
            f"{_financial_year(written) or others}"
        )
    return date(_year(written, year), int(month), 1)


def _financial_year(written: str) -> str:
    """Say how a financial year is written that somebody wrote as 2023/24, 2023-24 or FY23."""
    match = re.fullmatch(r"(?i)(?:FY ?)?((?:20)?\d{2})(?:[/-](?:20)?(\d{2}))?", written)
    if match is None:
        return ""
    year = 2000 + int(match[1]) % 100
    if match[2] and int(match[2]) != (year + 1) % 100:
        return ""
    return f"for April {year} to March {year + 1} write FY{year}"


def _year(written: str, year: str) -> int:
    if not 1900 <= int(year) <= 2200:
        raise UsageError(f"period '{written}': year {year} is out of range; write {_FORMS}")
    return int(year)


def _quarter(written: str, quarter: str) -> int:
    if quarter not in {"1", "2", "3", "4"}:
        raise UsageError(f"period '{written}': quarter {quarter} does not exist; write Q1 to Q4")
    return int(quarter)


def _from_index(first: int, length: int, notation: str) -> Period:
    return Period(_month_at(first), _month_end(_month_at(first + length - 1)), notation)


def _read_year(written: str, year: str) -> Period:
    return _from_index(_year(written, year) * 12, 12, written)


def _read_month(written: str, year: str, month: str) -> Period:
    return _from_index(_index(_month(written, year, month)), 1, written)


def _read_span(written: str, year: str, month: str, to_year: str, to_month: str) -> Period:
    first, last = _month(written, year, month), _month(written, to_year, to_month)
    if last < first:
        raise UsageError(
            f"period '{written}' ends before it starts; write {last:%Y-%m}..{first:%Y-%m}"
        )
    return Period(first, _month_end(last), _span_text(first, last))


def _read_quarter(written: str, year: str, quarter: str) -> Period:
    first = _year(written, year) * 12 + 3 * (_quarter(written, quarter) - 1)
    return _from_index(first, 3, written.upper())


def _read_financial_year(written: str, year: str) -> Period:
    return _from_index(_year(written, year) * 12 + 3, 12, written.upper())


def _read_financial_quarter(written: str, year: str, quarter: str) -> Period:
    first = _year(written, year) * 12 + 3 * _quarter(written, quarter)
    return _from_index(first, 3, written.upper())


def _read_months_to(written: str, length: str, year: str, month: str) -> Period:
    if int(length) < 1:
        raise UsageError(f"period '{written}' has no months; write 12m-to-{year}-{month}")
    last = _index(_month(written, year, month))
    return _from_index(last - int(length) + 1, int(length), written.lower())


_READERS: tuple[tuple[re.Pattern[str], Callable[..., Period]], ...] = (
    (re.compile(r"(\d{4})"), _read_year),
    (re.compile(r"(\d{4})-(\d{1,2})"), _read_month),
    (re.compile(r"(\d{4})-(\d{1,2})(?:\.\.|-to-| - | to )(\d{4})-(\d{1,2})"), _read_span),
    (re.compile(r"(\d{4})-[Qq](\d)"), _read_quarter),
    (re.compile(r"[Ff][Yy](\d{4})"), _read_financial_year),
    (re.compile(r"[Ff][Yy](\d{4})-[Qq](\d)"), _read_financial_quarter),
    (re.compile(r"(\d{1,3})[Mm]-[Tt][Oo]-(\d{4})-(\d{1,2})"), _read_months_to),
)
