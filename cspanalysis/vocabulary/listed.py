"""Lists, and spans of months, as a sentence names them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cspanalysis.vocabulary.period import Period

__all__ = ["joined", "months_text"]


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
