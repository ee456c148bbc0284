"""The scale of a control chart: its range, the numbers beside it and the months below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cspanalysis.blocks.style import COLOURS
from cspanalysis.display.axis_labels import named_places
from cspanalysis.findings.wording.numbers import count_text, rate_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D
    from matplotlib.transforms import Transform

    from cspanalysis.display.chart_months import ChartMonths
    from cspanalysis.display.signal_labels import Point
    from cspanalysis.findings.finding import Trend

__all__ = ["name_months", "set_range", "write_numbers"]

_PAD, _TICK = 5.33, 4.0  # pixels between numbers and plot, and of the marks at months
_ROW = 11.0  # pixels that numbers at the right stand apart at least
_TWO_ROWS = 30.0  # pixels of words above the lines
_APART = 38.0  # and those of the scale at the left
_AVERAGE: dict[str, Any] = {"color": COLOURS["focus"], "fontweight": 600}
_LIMIT: dict[str, Any] = {"color": COLOURS["muted"]}


def set_range(axes: Axes, trend: Trend, chart: ChartMonths, plot: float) -> None:
    """Set the range of a chart that is so many pixels high, with room above for words.

    It starts at zero where the lowest value lies below two fifths of the highest. Two rows of
    words have room where several upright lines are named.
    """
    drawn = [x for m in chart.months for x in (m.value, m.lower, m.upper, m.mean) if x == x]
    low, high = min(drawn), max(drawn)
    if low < 0.4 * high:
        low = 0.0
    room = (high - low) or max(high, 1.0)
    bottom = low - (0.04 if low == 0 else 0.16) * room
    named = len(trend.marks) + bool(chart.outside)
    several = min(0.75, 1.16 * _TWO_ROWS / (plot - _TWO_ROWS)) if len(trend.marks) > 1 else 0.0
    above = max(several, 0.34) if named else 0.18
    axes.set_ylim(bottom, high + above * room)
    axes.set_xlim(-0.8, len(chart.months) - 0.2)


def write_numbers(axes: Axes, chart: ChartMonths, size: Point) -> None:
    """Write the scale at the left, and the newest average with its limits where they end."""
    from matplotlib.ticker import MaxNLocator

    (bottom, top), (wide, plot) = axes.get_ylim(), size
    scale = MaxNLocator(nbins=max(2, int(plot / _APART)), steps=[1, 2, 2.5, 5, 10])
    steps = scale.tick_values(bottom, top)
    for step in (step for step in steps if max(bottom, 0) <= step <= top):
        _write(axes, -_PAD / wide, step, f"{step:,.10g}", ha="right", color=COLOURS["muted"])
    latest = [part for part in chart.segments if part.mean == part.mean][-1]
    taken: list[float] = []
    for value, look in ((latest.mean, _AVERAGE), (latest.upper, _LIMIT), (latest.lower, _LIMIT)):
        height = (value - bottom) / (top - bottom) * plot
        if height == height and all(abs(height - other) >= _ROW for other in taken):
            taken.append(height)
            _write(axes, 1 + _PAD / wide, value, _tick_text(value), **look)


def _write(axes: Axes, x: float, y: float, text: str, **look: Any) -> None:
    """Write a number at a value, at a share of the plot's width."""
    number = axes.text(x, y, text, transform=axes.get_yaxis_transform())
    number.set(va="center_baseline", **look)


def _tick_text(value: float) -> str:
    return count_text(value) if value >= 10 or value == 0 else rate_text(value)


def name_months(axes: Axes, chart: ChartMonths, size: Point) -> None:
    """Name the first and last month, and Januaries that have room."""
    last, (wide, plot) = len(chart.months) - 1, size
    months = [month.month for month in chart.months]
    ends = (f"{months[0]:%b %Y}", f"{months[-1]:%b %Y}")
    years = {n: f"{month:%Y}" for n, month in enumerate(months) if month.month == 1}
    width = wide * last / (last + 0.6)
    marks = named_places(ends, years, last=last, width=width)
    columns, down = axes.get_xaxis_transform(), 1 / plot
    for place, text in marks.items():
        side = "left" if place == 0 else "right" if place == last else "center"
        name = axes.text(place, -2 * _TICK * down, text, transform=columns)
        name.set(ha=side, va="top", color=COLOURS["muted"])
        axes.add_line(_tick(place, -_TICK * down, columns))


def _tick(place: int, end: float, transform: Transform) -> Line2D:
    from matplotlib.lines import Line2D

    return Line2D(
        [place, place],
        [0, end],
        transform=transform,
        color=COLOURS["mark"],
        linewidth=0.6,
        solid_capstyle="butt",
        clip_on=False,
    )
