"""What makes one doubt that a text is held against the figures of its own area and period."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from cspanalysis.command.texts.written import counted
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.area import AreaRegister

__all__ = ["hints"]

_YEAR = re.compile(
    r"(?<![\d,.\w])(?:FY)?((?:19|20)\d\d)(?:[/\u2013-](?:20)?(\d\d)(?!\d))?(?![\d,]\d|\.\d|\s?%)"
)
_OFTEN = 3
"""Times that another area or year is named before it is taken for what a text is about."""
_FAR = 4
"""Times as often as its own that a text names an earlier year that it is about."""
_TITLE = 150
"""Characters of a first line that are a title; a longer one is text."""


def hints(text: str, *, area: Area, period: Period) -> Iterator[str]:
    r"""Say where a text names another year, or another area, throughout than was asked for.

    Examples
    --------
    >>> luton, span = Area.named("luton"), Period.parse("2021")
    >>> list(hints("# Crime in 2022\n\nIn 2022 crime rose in Luton.", area=luton, period=span))
    ['The text names 2022 2 times, 2021 0 times: is --period 2021 its own?']
    >>> list(hints("Crime in Luton in 2021.", area=luton, period=span))
    []
    """
    yield from _of_time(text, period)
    yield from _of_place(text, area)


def _of_time(text: str, period: Period) -> Iterator[str]:
    """Doubt the period where its years are not in the title, and others are more of the text's.

    A text names the year that it compares with nearly as often as its own, so an earlier year must
    be named far oftener, and one that stands in the title, or is later, as often.
    """
    own = sorted({str(month)[:4] for month in period.months})
    title = next((line for line in text.split("\n") if line.strip()), "")
    named = Counter(_years(text))
    titled = set(_years(title)) if len(title) <= _TITLE else set()
    if titled & set(own):
        return
    held = max(named[year] for year in own)
    for year, often in named.most_common():
        much = 2 * often if year in titled else often if year > own[-1] else often / _FAR
        if much >= held and (year in titled or often >= _OFTEN):
            times = ", ".join(f"{one} {counted(named[one], 'time')}" for one in (year, *own))
            yield f"The text names {times}: is --period {period} its own?"
            return


def _years(text: str) -> Iterator[str]:
    """Yield the years that are named; 2024/25 names two."""
    for found in _YEAR.finditer(text):
        yield found[1]
        if found[2] and int(found[2]) == (int(found[1]) + 1) % 100:
            yield f"{int(found[1]) + 1}"


def _of_place(text: str, area: Area) -> Iterator[str]:
    own = _times(area.name, text)
    others = {
        one.name: _times(one.name, text)
        for one in AreaRegister.shipped()
        if one.kind == "csp" and one.name != area.name and one.name in text
    }
    name = max(others, key=lambda one: others[one], default="")
    if name and others[name] >= _OFTEN and others[name] > 2 * own:
        yield (
            f"The text names {name} {counted(others[name], 'time')}, {area.name} "
            f"{counted(own, 'time')}: is --area {area.slug} its own?"
        )


def _times(name: str, text: str) -> int:
    return len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text))
