"""Periods as people say them: seasons of a year, and spans before the newest month that is held."""

from __future__ import annotations

import re
from datetime import date

from cspanalysis.characters import keyed
from cspanalysis.errors import UsageError
from cspanalysis.vocabulary.period import Period

__all__ = ["planned_period", "relative_period", "season"]

_SEASONS = {"spring": 3, "summer": 6, "autumn": 9}
"""First month of each season that lies within one year, as the Met Office counts them."""
_SEASON = re.compile(r"(spring|summer|autumn|winter)(?: of)? (\d{4})(?:[/-](?:\d\d)?(\d\d))?")
_LATEST = r"(?:last|latest|most recent)"
_MANY = re.compile(rf"(?:the )?(?:{_LATEST}|past) (\w+) months")
_WORDS = {"three": 3, "six": 6, "nine": 9, "twelve": 12}
_WHOLE = {
    "month": (1, 0),
    "quarter": (3, 0),
    "financial quarter": (3, 0),
    "calendar year": (12, 0),
    "year": (12, 0),
    "financial year": (12, 3),
}
"""Months of each span that is over, and the month that the first begins in, from 0."""
_YEARS = {0: "", 3: "FY"}
"""How a year is written by the month that it begins in, from 0."""
_OVER = re.compile(rf"(?:the )?{_LATEST} ({'|'.join(_WHOLE)})")
_SO_FAR = re.compile(
    r"(?:the )?(?:this|current) (quarter|calendar year|year|financial year)(?: (?:so far|to date))?"
    r"|(?:the )?(financial year|calendar year) to date"
)
_ANY_MONTH = date(2000, 12, 1)
_VAGUE = {
    "year to date": ("this calendar year", "this financial year"),
    "ytd": ("this calendar year", "this financial year"),
    "recently": ("the last 3 months", "the last 12 months"),
}


def season(text: str) -> Period | None:
    """Read a season of a year; None where the text is none.

    Spring is March to May, summer June to August, autumn September to November; a winter lies in
    two years and is written with both.

    Raises
    ------
    UsageError
        If a winter is of one year, or of years that do not follow each other.

    Examples
    --------
    >>> [str(season(text)) for text in ("summer 2022", "Autumn of 2022", "winter 2022/23")]
    ['2022-06..2022-08', '2022-09..2022-11', '2022-12..2023-02']
    """
    match = _SEASON.fullmatch(_plain(text))
    if match is None:
        return None
    name, year, later = match[1], int(match[2]), match[3]
    if name == "winter":
        return _winter(text, year, later)
    if later:
        raise UsageError(f"period '{text}': {name} lies within one year; write {name} {year}")
    first = _SEASONS[name]
    return Period.parse(f"{year}-{first:02}..{year}-{first + 2:02}")


def relative_period(text: str, *, newest: date) -> Period | None:
    """Read a span that people say from where they stand; None where the text is none.

    What is "last" is the newest of its kind of which all months are there: by December 2023 the
    last quarter is October to December 2023, by November July to September. What is "this" reaches
    up to the newest month.

    Parameters
    ----------
    newest
        The newest month that is held.

    Raises
    ------
    UsageError
        If it may mean two things, with how to write each.

    Examples
    --------
    >>> by = date(2023, 11, 1)
    >>> texts = ("last quarter", "last year", "this financial year", "the last 12 months")
    >>> [str(relative_period(text, newest=by)) for text in texts]
    ['2023-07..2023-09', '2022', '2023-04..2023-11', '2022-12..2023-11']
    """
    said = _plain(text)
    if said in _VAGUE:
        raise UsageError(f"period '{text}' may mean two things; write {' or '.join(_VAGUE[said])}")
    end = _ordinal(newest)
    if match := _MANY.fullmatch(said):
        number = _WORDS.get(match[1]) or (int(match[1]) if match[1].isdecimal() else 0)
        return _months(end - number + 1, end) if number else None
    if match := _OVER.fullmatch(said):
        length, first = _WHOLE[match[1]]
        after = end + 1 - (end + 1 - first) % length
        return _months(after - length, after - 1)
    if match := _SO_FAR.fullmatch(said):
        length, first = _WHOLE[match[1] or match[2]]
        return _months(end - (end - first) % length, end)
    return None


def planned_period(text: str | int) -> Period:
    """Read a period of a plan: in the forms of `Period.parse`, or a season.

    Raises
    ------
    UsageError
        If it is neither; of "last quarter" and the like, that a plan says which months it means:
        what public pages keep back is worked out over all its periods.

    Examples
    --------
    >>> str(planned_period("FY2022")), str(planned_period("summer 2022"))
    ('FY2022', '2022-06..2022-08')
    """
    try:
        return Period.parse(text)
    except UsageError:
        if found := season(str(text)):
            return found
        if relative_period(str(text), newest=_ANY_MONTH):
            raise UsageError(
                f"period '{text}' moves with the months that are held, and a plan says which it "
                "means; write them, such as 2022-Q4 or 2022-10..2022-12"
            ) from None
        raise


def _winter(text: str, year: int, later: str | None) -> Period:
    if later is None:
        raise UsageError(
            f"period '{text}' may be December {year - 1} to February {year} or December {year} to "
            f"February {year + 1}; write winter {year - 1}/{year % 100:02} or "
            f"winter {year}/{(year + 1) % 100:02}"
        )
    if int(later) != (year + 1) % 100:
        raise UsageError(f"period '{text}': write winter {year}/{(year + 1) % 100:02}")
    return Period.parse(f"{year}-12..{year + 1}-02")


def _plain(text: str) -> str:
    return " ".join(keyed(text).lower().split())


def _ordinal(day: date) -> int:
    return 12 * day.year + day.month - 1


def _months(first: int, last: int) -> Period:
    """Give a span of months, a calendar or financial year as plans write it."""
    if last - first == 11 and first % 12 in _YEARS:
        return Period.parse(f"{_YEARS[first % 12]}{first // 12}")
    days = (date(at // 12, at % 12 + 1, 1) for at in (first, last))
    return Period.of_months(*days)
