"""Periods as people write them in titles, headers, cells and names of files."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from cspanalysis.characters import keyed
from cspanalysis.errors import UsageError
from cspanalysis.vocabulary.period import MONTH_NAMES, Period

__all__ = ["as_told", "whole_period", "written_period"]

_MONTH = "(?:" + "|".join(f"{name[:3]}(?:{name[3:]})?|Sept" for name in MONTH_NAMES[1:]) + r")\.?"
_YEAR = r"(?:19|20)\d\d"
_SHORT = rf"(?:{_YEAR}|\d\d)"
_TWELVE = r"(?:12 months|twelve months|year) (?:to|ending|ended)(?: \d\d?)?"
_DASH = r"\s*(?:-|–|to|and|until)\s*"
_FORMS = (
    "'October to December 2018', 'Q3 2018/19', '2018/19', 'year ending March 2019', 'Dec 2018', "
    "'31/12/2018'"
)


@lru_cache(maxsize=1024)
def written_period(text: str) -> Period:
    """Read a period out of a text, as publishers and partners write it.

    Raises
    ------
    UsageError
        If there is none in it, or it may mean two things.

    Examples
    --------
    >>> texts = ["England, October to December 2018", "Q3 2018/19", "2018/19", "Jan-Mar 19"]
    >>> [str(written_period(text)) for text in texts]
    ['2018-10..2018-12', 'FY2018-Q3', 'FY2018', '2019-01..2019-03']
    >>> texts = ["12 months to March 2019", "at 31 December 2023", "2013/14 - 15/16", "2001 - 03"]
    >>> [str(written_period(text)) for text in texts]
    ['12m-to-2019-03', '2023-12', '2013-04..2016-03', '2001-01..2003-12']
    """
    written = " ".join(keyed(text).split())
    if _two_ways(written):
        raise UsageError(
            f"'{written}' may be a month or a financial year; tell the period with `as`, such as "
            "`as: FY{year}` or `as: '{year}-{month}'`"
        )
    for pattern, read in _READERS:
        if match := pattern.search(written):
            return read(*match.groups())
    try:
        return Period.parse(written)
    except UsageError:
        raise UsageError(f"there is no period in '{written[:80]}'; write {_FORMS}") from None


@lru_cache(maxsize=1024)
def whole_period(text: str) -> Period:
    """Read a cell that is a period and nothing else, in our forms or in those of people.

    Raises
    ------
    UsageError
        If it is none.

    Examples
    --------
    >>> texts = ("2023-09", "Sep-23", "01/09/2023", "1/9/2023", "2023-09-01", "2023/24")
    >>> [str(whole_period(text)) for text in texts]
    ['2023-09', '2023-09', '2023-09', '2023-09', '2023-09', 'FY2023']
    >>> [str(whole_period(text)) for text in ("April – June 2023", "Q3 2018/19", "2011-12")]
    ['2023-04..2023-06', 'FY2018-Q3', '2011-12']
    """
    written = " ".join(keyed(text).split())
    try:
        return Period.parse(written)
    except UsageError:
        # Without letters or a slash, 2010 - 12 may be a month as well as years.
        for pattern, read in _READERS:
            match = re.search(r"[A-Za-z/]|\d-\d\d-\d", written) and pattern.fullmatch(written)
            if match:
                return read(*match.groups())
        if re.fullmatch(r"[34]\d{4}", written):
            reason = f"period '{written}' is how Excel keeps a day; show the column as dates, or"
            raise UsageError(f"{reason} write months such as 2023-09") from None
        raise


@lru_cache(maxsize=1024)
def as_told(text: str, template: str) -> Period:
    """Read a period by a template, whose ``{year}`` and ``{month}`` are those the text ends with.

    Examples
    --------
    >>> as_told("2018", "FY{year}"), as_told("31 December 2023", "3m-to-{year}-{month}")
    (Period.parse('FY2018'), Period.parse('3m-to-2023-12'))
    >>> as_told("2010", "{year}-10..{year}-11"), as_told("2011-12", "FY{year}")
    (Period.parse('2010-10..2010-11'), Period.parse('FY2011'))
    """
    written = " ".join(keyed(text).split())
    if _two_ways(written):
        year, month = written.split("-")
    else:
        end = written_period(written).end
        year, month = f"{end.year}", f"{end.month:02}"
    return Period.parse(template.replace("{year}", year).replace("{month}", month))


def _two_ways(written: str) -> bool:
    """Tell what may be a month as well as a financial year: 2011-12, but not 2011-10."""
    match = re.fullmatch(r"20(0\d|1[01])-(\d\d)", written)
    return bool(match and int(match[2]) == int(match[1]) + 1)


def _month(name: str) -> int:
    return next(n for n, month in enumerate(MONTH_NAMES) if n and month[:3] == name[:3].title())


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _span(first: str, year: str | None, last: str, to_year: str) -> Period:
    start, end, ending = _month(first), _month(last), _full(to_year)
    begun = _full(year) if year else ending - (start > end)
    return Period.parse(f"{begun}-{start:02}..{ending}-{end:02}")


def _twelve(month: str, year: str) -> Period:
    return Period.parse(f"12m-to-{_full(year)}-{_month(month):02}")


def _financial_quarter(quarter: str, year: str, next_year: str) -> Period:
    return Period.parse(f"{_financial(year, next_year)}-Q{quarter}")


def _financial(year: str, next_year: str) -> Period:
    if (int(year) + 1) % 100 != int(next_year) % 100:
        raise UsageError(f"'{year}/{next_year}' is no financial year")
    return Period.parse(f"FY{year}")


def _financial_years(year: str, last: str) -> Period:
    return Period.parse(f"{year}-04..{_full(last)}-03")


def _years(year: str, last: str) -> Period:
    ending = int(year[:2] + last) if len(last) == 2 else int(last)
    return (_financial if ending == int(year) + 1 else _calendar_years)(year, str(ending))


def _calendar_years(year: str, last: str) -> Period:
    return Period.parse(f"{year}-01..{last}-12")


def _one_month(name: str, year: str) -> Period:
    return Period.parse(f"{_full(year)}-{_month(name):02}")


def _day(year: str, month: str) -> Period:
    return Period.parse(f"{year}-{int(month):02}")


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9]){text}(?![A-Za-z0-9])", re.IGNORECASE)


_READERS: tuple[tuple[re.Pattern[str], Callable[..., Period]], ...] = (
    (
        _pattern(rf"{_TWELVE} ({_MONTH})[ -]({_SHORT})"),
        _twelve,
    ),
    (_pattern(rf"({_MONTH})(?:[ -]({_SHORT}))?{_DASH}(?:\d\d? )?({_MONTH})[ -]({_SHORT})"), _span),
    (_pattern(rf"(?:Q|Quarter )([1-4])[ :,_-]*({_YEAR})[/-]((?:20)?\d\d)"), _financial_quarter),
    (
        _pattern(rf"({_YEAR})[/-]((?:20)?\d\d)[ :,_-]*(?:Q|Quarter )([1-4])"),
        lambda year, end, quarter: _financial_quarter(quarter, year, end),
    ),
    (
        _pattern(rf"({_YEAR})[ :,_-]*(?:Q|Quarter )([1-4])"),
        lambda year, quarter: Period.parse(f"{year}-Q{quarter}"),
    ),
    (
        _pattern(rf"(?:Q|Quarter )([1-4])[ :,_-]*({_YEAR})"),
        lambda quarter, year: Period.parse(f"{year}-Q{quarter}"),
    ),
    (
        _pattern(rf"({_YEAR})/\d\d\s*[-–]\s*(\d\d)/\d\d"),
        lambda y, z: _financial_years(y, str(_full(z) + 1)),
    ),
    (_pattern(rf"({_YEAR})/((?:20)?\d\d)"), _financial),
    (_pattern(rf"({_MONTH})[ -]({_SHORT})"), _one_month),
    (_pattern(rf"\d\d?/(\d\d?)/({_YEAR})"), lambda month, year: _day(year, month)),
    (_pattern(rf"(0?[1-9]|1[0-2])/({_YEAR})"), lambda month, year: _day(year, month)),
    (_pattern(rf"({_YEAR})-(0[1-9]|1[0-2])-\d\d"), _day),
    (_pattern(rf"({_YEAR})(0[1-9]|1[0-2])"), _day),
    (re.compile(rf"^({_YEAR})\s+[-–]\s+(\d\d|{_YEAR})$"), _years),
    (re.compile(rf"^({_YEAR})[-–](1[3-9]|[2-9]\d|{_YEAR})$"), _years),
)
