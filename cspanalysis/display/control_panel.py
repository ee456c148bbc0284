"""The drawing of one control chart."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from cspanalysis.display.sheet import ABOVE, BELOW, BESIDE, Point, Sheet, Side, Sign
from cspanalysis.display.signal_labels import Label, placed_labels
from cspanalysis.display.style import COLOURS
from cspanalysis.findings.words import count_text, rate_text

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["control_panel"]

_WIDTH, _HEIGHT = 344, 140
_LEFT, _TOP, _FOOT = 36.12, 2.8, 120.4
_PLOT_WIDTH = 304.44
_MOST_LABELS = 2
_TICK = 4
_SMALL = 10.93
# Shape, reach and colour of each kind of signal.
_SIGNS: dict[str, tuple[Sign, float, str]] = {
    "concern": ("up", 3.73, COLOURS["orange"]),
    "improvement": ("diamond", 4.34, COLOURS["blue"]),
    "neutral_high": ("square", 3.73, COLOURS["pink"]),
    "neutral_low": ("square", 3.73, COLOURS["pink"]),
}


def control_panel(chart: pd.DataFrame) -> bytes:
    """Draw a control chart as SVG.

    Parameters
    ----------
    chart
        As `methods.xmr` gives it, one row a month, indexed by the first day of the month; a month
        that is missing has a missing value and segment.
    """
    sheet, plot = Sheet(_WIDTH, _HEIGHT), _Plot.of(chart)
    _name_months(sheet, plot, chart.index)
    _name_levels(sheet, plot)
    for start, end in plot.segments():
        _draw_limits(sheet, plot, start, end)
    _draw_values(sheet, plot)
    _name_signals(sheet, plot, chart)
    _draw_signals(sheet, plot)
    return sheet.svg()


@dataclass(frozen=True, slots=True)
class _Row:
    value: float
    mean: float
    lower: float
    upper: float
    segment: float
    signal: object
    meaning: object


@dataclass(frozen=True, slots=True)
class _Plot:
    """Hold the rows of a chart, and where they stand on the panel."""

    rows: Sequence[_Row]
    low: float
    high: float

    @classmethod
    def of(cls, chart: pd.DataFrame) -> _Plot:
        columns = (chart[name].tolist() for name in _Row.__dataclass_fields__)
        rows = [_Row(*cells) for cells in zip(*columns, strict=True)]
        return cls(rows, *_range(rows))

    def x(self, place: float) -> float:
        return _LEFT + _PLOT_WIDTH * (place + 0.8) / (len(self.rows) + 0.6)

    def y(self, value: float) -> float:
        return _FOOT - (_FOOT - _TOP) * (value - self.low) / (self.high - self.low)

    def point(self, place: int) -> Point | None:
        value = self.rows[place].value
        return None if math.isnan(value) else (self.x(place), self.y(value))

    def segments(self) -> Iterator[tuple[int, int]]:
        """Give the first and the last place of each segment."""
        known = [(row.segment, n) for n, row in enumerate(self.rows) if row.segment == row.segment]
        for _, part in groupby(known, key=lambda pair: pair[0]):
            places = [place for _, place in part]
            yield places[0], places[-1]

    def marked(self, meaning: str) -> list[int]:
        return [place for place, row in enumerate(self.rows) if row.meaning == meaning]


def _range(rows: Sequence[_Row]) -> tuple[float, float]:
    """Choose the values at foot and top: from zero, unless that would flatten the line."""
    cells = (cell for row in rows for cell in (row.value, row.mean, row.lower, row.upper))
    known = [cell for cell in cells if not math.isnan(cell)]
    low, high = min(known), max(known)
    if low < 0.4 * high:
        low = 0.0
    room = (high - low) or max(high, 1.0)
    return low - (0.04 if low == 0 else 0.16) * room, high + 0.18 * room


def _draw_limits(sheet: Sheet, plot: _Plot, start: int, end: int) -> None:
    row, left, right = plot.rows[start], plot.x(start - 0.5), plot.x(end + 0.5)
    mean = plot.y(row.mean)
    sheet.line([(left, mean), (right, mean)], colour=COLOURS["text"], width=1.07)
    for limit in (row.lower, row.upper):
        if not math.isnan(limit):
            ends = [(left, plot.y(limit)), (right, plot.y(limit))]
            sheet.line(ends, colour=COLOURS["mark"], width=0.93, dashes=(3.73, 2.8))
    if start > 0:
        ends = [(left, _FOOT), (left, _TOP)]
        sheet.line(ends, colour=COLOURS["text"], width=1.07, dashes=(1.07, 2.13))


def _draw_values(sheet: Sheet, plot: _Plot) -> None:
    points = [plot.point(place) for place in range(len(plot.rows))]
    sheet.line(points, colour=COLOURS["focus"], width=1.47)
    sheet.dots([p for p in points if p], colour=COLOURS["focus"], radius=1.6)


def _draw_signals(sheet: Sheet, plot: _Plot) -> None:
    for meaning, (sign, reach, colour) in _SIGNS.items():
        places = plot.marked(meaning)
        rows = [plot.rows[place] for place in places]
        turned = sign == "up" and all(row.value < row.mean for row in rows)
        points = [point for place in places if (point := plot.point(place))]
        if points:
            sheet.signs("down" if turned else sign, points, colour=colour, reach=reach)


def _name_levels(sheet: Sheet, plot: _Plot) -> None:
    """Write the latest limits and mean at the left-hand edge."""
    latest = [row for row in plot.rows if not math.isnan(row.mean)][-1]
    for level in sorted({latest.lower, latest.mean, latest.upper}):
        if not math.isnan(level):
            at = (_LEFT - 5.33, plot.y(level))
            sheet.words(_level_text(level), at, colour=COLOURS["muted"], side="right", drop=BESIDE)


def _level_text(value: float) -> str:
    return count_text(value) if value >= 10 or value == 0 else rate_text(value)


def _name_months(sheet: Sheet, plot: _Plot, months: pd.Index) -> None:
    """Name the first and last month, and each January that has room."""
    last = len(months) - 1
    marks = {0: f"{months[0]:%b %Y}", last: f"{months[-1]:%b %Y}"}
    room = 0.17 * len(months)
    for place, month in enumerate(months):
        if month.month == 1 and room < place < last - room:
            marks[place] = f"{month:%Y}"
    for place, text in marks.items():
        x = plot.x(place)
        sheet.line([(x, _FOOT), (x, _FOOT + _TICK)], colour=COLOURS["mark"], width=0.8)
        side: Side = "left" if place == 0 else "right" if place == last else "center"
        at = (x, _FOOT + 2 * _TICK)
        sheet.words(text, at, colour=COLOURS["muted"], side=side, drop=BELOW)


def _name_signals(sheet: Sheet, plot: _Plot, chart: pd.DataFrame) -> None:
    """Name the latest points beyond a limit that there is room for."""
    outside = [n for n, row in enumerate(plot.rows) if row.signal == "outside"][::-1]
    wanted = (
        (n, f"{'above' if _is_high(plot.rows[n]) else 'below'} limit, {chart.index[n]:%B %Y}")
        for n in outside
    )
    count = len(plot.rows)
    for label in placed_labels(wanted, points=count, width=_PLOT_WIDTH, most=_MOST_LABELS):
        _name_signal(sheet, plot, label)


def _name_signal(sheet: Sheet, plot: _Plot, label: Label) -> None:
    row = plot.rows[label.place]
    aside = {"left": -5.33, "right": 5.33, "center": 0}[label.side]
    up = -6.67 if _is_high(row) else 6.67
    sheet.words(
        label.text,
        (plot.x(label.place) + aside, plot.y(row.value) + up),
        colour=COLOURS["ink"],
        size=_SMALL,
        side=label.side,
        drop=ABOVE if _is_high(row) else BELOW,
    )


def _is_high(row: _Row) -> bool:
    return row.value > row.mean
