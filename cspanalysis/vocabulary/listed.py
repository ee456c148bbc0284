"""Lists, and spans of months, as a sentence names them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cspanalysis.vocabulary.period import Period

__all__ = ["joined", "many", "months_text", "plural"]


def joined(items: Sequence[str], *, word: str = "and") -> str:
    """Join items as a sentence lists them.

    Examples
    --------
    >>> joined(["robbery"]), joined(["arson", "robbery", "theft"])
    ('robbery', 'arson, robbery and theft')
    """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def plural(noun: str, number: float) -> str:
    """Write a noun for a number of things.

    Examples
    --------
    >>> plural("action", 1), plural("body", 2), plural("meeting", 0), plural("person", 3)
    ('action', 'bodies', 'meetings', 'people')
    """
    if number == 1:
        return noun
    if noun.endswith("person"):
        return f"{noun.removesuffix('person')}people"
    ends_in_y = noun.endswith("y") and noun[-2:-1] not in "aeiou"
    if ends_in_y:
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def many(number: int, noun: str, *others: str) -> str:
    """Write how many there are of something, or of several things, in digits.

    Examples
    --------
    >>> many(1, "row"), many(1234, "row"), many(0, "small area")
    ('1 row', '1,234 rows', '0 small areas')
    >>> many(1, "month", "period"), many(2, "month", "period")
    ('1 month or period', '2 months or periods')
    """
    named = joined([plural(one, number) for one in (noun, *others)], word="or")
    return f"{number:,} {named}"


def months_text(months: Sequence[date]) -> str:
    """Write months, first days in order, as the spans that they make.

    Examples
    --------
    >>> months_text([date(2021, 3, 1), date(2021, 4, 1), date(2021, 6, 1)])
    'March to April 2021 and June 2021'
    """
    spans: list[list[date]] = []
    for month in months:
        if spans and Period.of_months(spans[-1][-1], month).months[1:] == (month,):
            spans[-1].append(month)
        else:
            spans.append([month])
    return joined([Period.of_months(span[0], span[-1]).label for span in spans])
