"""The words within a control chart: months beyond a limit, and where a new level starts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from cspanalysis.blocks.style import COLOURS, FAMILY, PIXELS
from cspanalysis.display.chart_months import ChartMonth, ChartMonths
from cspanalysis.display.signal_labels import Box, Label, Level, Point, placed_labels
from cspanalysis.findings.finding import Mark, Trend
from cspanalysis.findings.wording.numbers import signed_percent_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "label_chart",
    "lead_to",
    "limit_words",
    "mark_text",
    "month_text",
    "wall_top",
    "words_width",
    "write_label",
]

_MOST = 2
_DOTTED: dict[str, Any] = {"color": COLOURS["text"], "linewidth": 0.8, "linestyle": (0, (1, 2))}
_STEP: dict[str, Any] = {"color": COLOURS["orange"], "linewidth": 1.4, "linestyle": "-"}
_SPACING = 0.9
_LETTERS = 16
"""Letters of an event's words that a chart has room for."""


def label_chart(axes: Axes, trend: Trend, chart: ChartMonths, size: Point) -> None:
    """Draw and name steps, breaks and events, and name the latest points beyond a limit.

    Parameters
    ----------
    axes
        Where the chart is drawn, its ranges set.
    trend, chart
        What is drawn, with every month of the axis.
    size
        Width and height of the axes in pixels.
    """
    line = [_pixels(axes, (month.place, month.value), size) for month in chart.months]
    levels = list(_levels(axes, chart, size))
    months = {month.month: month.place for month in chart.months}
    shown = [m for m in reversed(trend.marks) if m.month in months and m.kind != "possible step"]
    places = [months[mark.month] - 0.5 for mark in shown]
    walls = [_pixels(axes, (place, 0), size)[0] for place in places]
    room: dict[str, Any] = {
        "line": line,
        "size": size,
        "levels": levels,
        "width": words_width,
        "walls": walls,
    }
    marked = _named_marks(list(zip(walls, shown, strict=True)), size[1], room)
    for mark, place, x in zip(shown, places, walls, strict=True):
        axes.axvline(
            place,
            ymax=wall_top(x, marked, size[1]) / size[1],
            **(_STEP if mark.kind == "step" else _DOTTED),
        )
    wanted = [
        (line[month.place], f"{limit_words(month)}, {month.month:%b %Y}")
        for month in reversed(chart.outside)
    ]
    held = [label.box for label in marked]
    signals = placed_labels(wanted, most=_MOST, taken=held, **room)
    for label, colour in (*((m, "muted") for m in marked), *((m, "ink") for m in signals)):
        write_label(axes, label, size, COLOURS[colour])
    for label in signals:
        lead_to(axes, label, size)


def _named_marks(
    marks: Sequence[tuple[float, Mark]], tall: float, room: Mapping[str, Any]
) -> list[Label]:
    """Name steps, then what else starts with a month where its words lie across no step."""
    named: dict[bool, list[tuple[Point, str]]] = {True: [], False: []}
    for x, mark in marks:
        named[mark.kind == "step"].append(((x, tall), mark_text(mark)))
    steps = placed_labels(named[True], most=_MOST, beside=True, **room)
    lines = [Box(x - 1, 0, x + 1, tall) for (x, _), _ in named[True]]
    held, left = [*lines, *(label.box for label in steps)], _MOST - len(steps)
    return [*steps, *placed_labels(named[False], most=left, beside=True, taken=held, **room)]


def wall_top(x: float, labels: Sequence[Label], tall: float) -> float:
    """Say how high an upright line goes: below the words of others that stand across it.

    Examples
    --------
    >>> from cspanalysis.display.signal_labels import Box
    >>> words = Label("new recording", Box(10, 100, 80, 110), (83, 120))
    >>> wall_top(40, [words], 120), wall_top(83, [words], 120)
    (99, 120)
    """
    over = [label.box.bottom - 1 for label in labels if label.box.left < x < label.box.right]
    return min(over, default=tall)


def mark_text(mark: Mark) -> str:
    """Say in a few words what starts with a month.

    Examples
    --------
    "level −22 %, Feb 2022"; "level +87 %, by Jan 2024" after months that are missing; "new
    recording, May 2023".
    """
    when = f"{mark.month:%b %Y}"
    if mark.ratio is not None:
        maybe = "" if mark.sure else "perhaps "
        size = signed_percent_text(round(100 * (mark.ratio - 1)))
        return f"{maybe}level {size}, {'by ' if mark.after else ''}{when}"
    if mark.kind == "break":
        return f"new recording, {when}"
    what = mark.text.rstrip(".")
    short = what if len(what) <= _LETTERS else f"{what[: _LETTERS - 1].rstrip()}…"
    return f"{short}, {when}"


def limit_words(month: ChartMonth) -> str:
    """Say on which side of its limits a month lies."""
    return "above limit" if month.high else "below limit"


def month_text(month: object) -> str:
    """Write a month: "May 2023"."""
    return f"{month:%B %Y}"


@cache
def words_width(text: str) -> float:
    """Measure words as they are drawn, in pixels."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    look = FontProperties(family=FAMILY, size=PIXELS)
    return float(text_to_path.get_text_width_height_descent(text, look, ismath=False)[0])


def _levels(axes: Axes, chart: ChartMonths, size: Point) -> Iterator[Level]:
    """Give the averages and limits of each segment, as they are drawn."""
    for part in chart.segments:
        for height in (part.mean, part.lower, part.upper):
            if height == height:
                (left, y), (right, _) = (
                    _pixels(axes, (x, height), size) for x in (part.start, part.end)
                )
                yield left, right, y


def _pixels(axes: Axes, place: Point, size: Point) -> Point:
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    x, y = place
    return (x - left) / (right - left) * size[0], (y - bottom) / (top - bottom) * size[1]


def write_label(axes: Axes, label: Label, size: Point, colour: str) -> None:
    """Write the words of a label in their place."""
    box = label.box
    axes.text(
        (box.left + box.right) / 2 / size[0],
        (box.bottom + box.top) / 2 / size[1],
        label.text,
        transform=axes.transAxes,
        ha="center",
        va="center",
        color=colour,
        linespacing=_SPACING,
    )


def lead_to(axes: Axes, label: Label, size: Point) -> None:
    """Draw the line from a label to its point, where it needs one."""
    from matplotlib.lines import Line2D

    if label.leader is None:
        return
    (x, y), (to_x, to_y) = label.leader
    axes.add_line(
        Line2D(
            [x / size[0], to_x / size[0]],
            [y / size[1], to_y / size[1]],
            transform=axes.transAxes,
            color=COLOURS["mark"],
            linewidth=0.6,
        )
    )
