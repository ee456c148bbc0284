"""What makes one doubt that a text is held against the figures of its own area and period."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from cspanalysis.command.texts.written import counted
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.area import AreaRegister

__all__ = ["hints"]

_YEAR = re.compile(r"(?<![\d,.\w])(?:FY)?((?:19|20)\d\d)(?![\d,]\d|\.\d|%| %)")
_OFTEN = 3
"""Times that another area or year is named before it is taken for what a text is about."""


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
    own = sorted({str(month)[:4] for month in period.months})
    title = next((line for line in text.split("\n") if line.strip()), "")
    named = Counter(_YEAR.findall(text))
    year, often = next(iter(named.most_common(1)), ("", 0))
    rare = all(often > named[one] for one in own)
    if rare and (often >= _OFTEN or year in title):
        times = ", ".join(f"{one} {counted(named[one], 'time')}" for one in (year, *own))
        yield f"The text names {times}: is --period {period} its own?"


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
