"""Rates of several areas side by side, as dots with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from cspanalysis.display.block import Block
from cspanalysis.display.figure import Panel, figure
from cspanalysis.display.prose import table
from cspanalysis.display.sheet import BELOW, LEVEL, Sheet
from cspanalysis.display.style import COLOURS
from cspanalysis.display.ticks import ticks
from cspanalysis.findings.finding import Level
from cspanalysis.findings.words import count_text, interval_text, joined, rate_text

__all__ = ["rate_comparison"]

_PLOT, _VALUES, _ROW, _FOOT = 160, 112, 26, 26
_NARROW_PLOT = 104
_SMALL = 10.93
# Where values and limits stand, in widths of the plot; names end just before it.
_COLUMNS, _NARROW_COLUMNS = (-0.05, 1.25, 1.29), (-0.05, 1.37, 1.43)
_LETTER = 5.8  # mean width of a letter in pixels


def rate_comparison(
    levels: Sequence[Level], *, title: str, subtitle: str, source: str, narrow: bool = False
) -> Block:
    """Draw the rates of areas as dots with 95 % intervals, highest first, one panel a measure.

    The area that the assessment is about is set in dark blue, the others in grey.

    Parameters
    ----------
    levels
        Levels of one measure or of several; those of a measure stand together.
    title
        What the comparison says.
    subtitle
        What is drawn, and its unit.
    source
        Where counts and denominators came from.
    narrow
        Whether to draw it for half the page; the force then goes by its name alone.

    Raises
    ------
    ValueError
        If there are no levels.
    """
    if not levels:
        raise ValueError(f"the figure '{title}' has no levels; leave it out where there are none")
    groups = [list(part) for _, part in groupby(levels, key=lambda level: level.measure.code)]
    panels = [
        _panel(sorted(group, key=_value, reverse=True), len(groups) > 1, narrow) for group in groups
    ]
    told = " ".join(filter(None, (subtitle, _scale_note(groups))))
    return figure(panels, title=title, subtitle=told, source=source, data=[_data(levels)])


def _scale_note(groups: Sequence[Sequence[Level]]) -> str:
    """Say where scales differ or leave out zero."""
    own = "Each panel has its own scale." if len(groups) > 1 else ""
    cut = "Not every scale starts at zero." if own else "The scale does not start at zero."
    return " ".join(filter(None, (own, cut if any(map(_leaves_out_zero, groups)) else "")))


def _leaves_out_zero(levels: Sequence[Level]) -> bool:
    low = min(level.rate.lower for level in levels)
    return low > 0.5 * max(level.rate.upper for level in levels)


def _panel(levels: Sequence[Level], titled: bool, narrow: bool) -> Panel:
    names = _LETTER * max(len(_name(level, narrow)) for level in levels) + 14
    height = _ROW * len(levels)
    low, high = _range(levels)
    scale = _Scale(names, _NARROW_PLOT if narrow else _PLOT, low, high, narrow)
    sheet = Sheet(names + scale.width + _VALUES, height + _FOOT)
    for value, words in ticks(low, high):
        x = scale.x(value)
        sheet.line([(x, height), (x, 0)], colour=COLOURS["hairline"], width=0.8)
        sheet.words(words, (x, height + 5), colour=COLOURS["muted"], side="center", drop=BELOW)
    for place, level in enumerate(levels):
        _draw(sheet, scale, (place + 0.5) * _ROW, level)
    return Panel(sheet.svg(), _alt(levels), levels[0].measure.label if titled else "")


@dataclass(frozen=True, slots=True)
class _Scale:
    """Hold where values stand, in pixels: the plot begins at `left`."""

    left: float
    width: float
    low: float
    high: float
    narrow: bool

    def x(self, value: float) -> float:
        return self.left + self.width * (value - self.low) / (self.high - self.low)


def _range(levels: Sequence[Level]) -> tuple[float, float]:
    """Begin at zero, unless that would crowd the dots at the other end."""
    low = min(level.rate.lower for level in levels)
    high = max(level.rate.upper for level in levels)
    if _leaves_out_zero(levels):
        room = (high - low) * 0.12
        return low - room, high + room
    return 0, high * 1.04


def _draw(sheet: Sheet, scale: _Scale, y: float, level: Level) -> None:
    rate, strong = level.rate, level.emphasis
    colour, ink = COLOURS["focus" if strong else "mark"], COLOURS["ink"]
    weight = 600 if strong else 400
    sheet.line([(scale.x(rate.lower), y), (scale.x(rate.upper), y)], colour=colour, width=2.13)
    sheet.dots([(scale.x(rate.value), y)], colour=colour, radius=5 if strong else 4.33)
    columns = _NARROW_COLUMNS if scale.narrow else _COLUMNS
    name, value, limits = ((scale.left + share * scale.width, y) for share in columns)
    for words, at in ((_name(level, scale.narrow), name), (rate_text(rate.value), value)):
        sheet.words(words, at, colour=ink, weight=weight, side="right", drop=LEVEL)
    said = interval_text(rate_text(rate.lower), rate_text(rate.upper))
    sheet.words(said, limits, colour=COLOURS["muted"], size=_SMALL, drop=LEVEL)


def _name(level: Level, narrow: bool) -> str:
    return level.area.name if narrow else level.area.label


def _alt(levels: Sequence[Level]) -> str:
    first = levels[0]
    listed = [
        f"{level.area.label} {rate_text(level.rate.value)} "
        f"({interval_text(rate_text(level.rate.lower), rate_text(level.rate.upper))})"
        for level in levels
    ]
    return (
        f"Dot plot of {first.measure.phrase}, {first.period.label}, per {first.rate.per:,} "
        f"{first.rate.denominator}, with 95 % intervals, highest first: {joined(listed)}."
    )


def _data(levels: Sequence[Level]) -> Block:
    import pandas as pd

    rows = [
        {
            "Measure": level.measure.label,
            "Area": level.area.label,
            "Count": level.count,
            "Rate": level.rate.value,
            "Lower limit (95 %)": level.rate.lower,
            "Upper limit (95 %)": level.rate.upper,
            "Per": f"{level.rate.per:,} {level.rate.denominator}",
        }
        for level in levels
    ]
    formats = dict.fromkeys(("Rate", "Lower limit (95 %)", "Upper limit (95 %)"), rate_text)
    return table(
        pd.DataFrame(rows), caption="Rates by area", formats={"Count": count_text, **formats}
    )


def _value(level: Level) -> float:
    return level.rate.value
