"""Rates of many measures against the force's: one row a measure, all on one scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from cspanalysis.blocks.block import Block
from cspanalysis.blocks.style import COLOURS, PHONE, drawing, quiet_axes, svg_of
from cspanalysis.display.figure import Panel, figure
from cspanalysis.display.prose import table
from cspanalysis.findings.finding import Level
from cspanalysis.findings.places.comparators import Standing
from cspanalysis.findings.wording.numbers import interval_text, ratio_text
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["comparison_chart"]

_VALUES, _ROW, _FOOT = 104, 28, 34
_EDGE = 6
_WIDE = 20
_CUT = 0.1
"""Share of the scale at its left within which the name of a tick has no room on both sides."""
_COLUMNS = 6
"""The table gives each of as many other areas a column; of more it gives their spread."""
_ALONE = 5
"""As many rows stand in one panel; more go into two, beside each other where there is room."""

_ABOVE, _BELOW = 0.23, 0.22
"""How far from its place's middle, in rows, a measure's name stands, and its line of dots."""
_PAPER = {"facecolor": "white", "linewidth": 0, "pad": 0.6}


def comparison_chart(found: Sequence[Standing], *, title: str, subtitle: str, source: str) -> Block:
    """Draw how an area's rates compare with its force's, one row a measure, on one log scale.

    The area is a dark dot with its 95 % interval, its comparators are grey rings, and a line
    stands where a rate equals the force's. Measures are sorted by the area's ratio.

    Parameters
    ----------
    found
        Standings with the force among their levels; others are left out.
    title, subtitle, source
        What the chart says, what it draws, and where the figures came from.

    Raises
    ------
    ValueError
        If no standing holds a rate of the force above zero.
    """
    rows = [standing for standing in found if _base(standing)]
    if not rows:
        raise ValueError(f"the figure '{title}' has no rates of a force to compare with")
    rows = sorted(rows, key=lambda standing: -_ratio(standing, standing.own))
    limits = _limits(rows)
    return figure(
        [Panel(_drawn(part, limits), _alt(part)) for part in _panels(rows)],
        title=title,
        subtitle=subtitle,
        source=source,
        key=_key(rows),
        data=[_data(rows)],
    )


def _panels(rows: Sequence[Standing]) -> list[Sequence[Standing]]:
    half = len(rows) if len(rows) <= _ALONE else (len(rows) + 1) // 2
    return [part for part in (rows[:half], rows[half:]) if part]


def _drawn(rows: Sequence[Standing], limits: tuple[float, float]) -> bytes:
    height = _ROW * len(rows) + _FOOT
    with drawing(PHONE, height) as canvas:
        foot = _FOOT / height
        share = (PHONE - _VALUES - _EDGE) / PHONE
        axes = canvas.add_axes((_EDGE / PHONE, foot, share, 1 - foot))
        quiet_axes(axes)
        _set_axes(axes, rows, limits)
        for place, row in enumerate(rows):
            _draw_row(axes, place, row)
        return svg_of(canvas)


def _draw_row(axes: Axes, place: int, row: Standing) -> None:
    """Draw a row: the measure's name over its dots, the ratio and its interval beside them."""
    across = axes.get_yaxis_transform()
    base, own = _base(row), row.own
    line = place + _BELOW
    for other in row.others:
        axes.plot(
            _ratio(row, other),
            line,
            "o",
            markersize=5,
            markerfacecolor="white",
            markeredgecolor=COLOURS["mark"],
            markeredgewidth=1.1,
        )
    low, high = own.rate.lower / base, own.rate.upper / base
    axes.hlines(line, low, high, color=COLOURS["focus"], linewidth=1.6)
    axes.plot(_ratio(row, own), line, "o", color=COLOURS["focus"], markersize=6)
    axes.text(0, place - _ABOVE, own.measure.label, transform=across, va="center", bbox=_PAPER)
    said = interval_text(ratio_text(low), ratio_text(high))
    number: dict[str, Any] = {"transform": across, "va": "center"}
    axes.text(1.15, line, ratio_text(_ratio(row, own)), ha="right", weight=600, **number)
    axes.text(1.18, line, said, color=COLOURS["muted"], **number)


def _limits(rows: Sequence[Standing]) -> tuple[float, float]:
    """Give the ends of the scale that all panels share."""
    shown = [
        value
        for row in rows
        for value in (
            row.own.rate.lower / _base(row),
            row.own.rate.upper / _base(row),
            *(_ratio(row, other) for other in row.others),
        )
        if value > 0
    ]
    return min([0.8, *shown]) * 0.92, max([1.25, *shown]) * 1.08


def _set_axes(axes: Axes, rows: Sequence[Standing], limits: tuple[float, float]) -> None:
    from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

    low, high = limits
    axes.set_xscale("log")
    axes.set_xlim(low, high)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks([])
    near = (0.5, 2) if high / low < _WIDE else ()  # where their names have room beside the line's
    ticks = [t for t in sorted((0.1, 0.25, *near, 1, 4, 10)) if low <= t <= high]
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.xaxis.set_major_formatter(FixedFormatter([_tick_text(t, rows) for t in ticks]))
    axes.xaxis.set_minor_locator(NullLocator())
    for name, tick in zip(axes.get_xticklabels(), ticks, strict=True):
        if math.log(tick / low) < _CUT * math.log(high / low):
            name.set_horizontalalignment("left")  # in the middle it would leave the drawing
    axes.grid(axis="x", color=COLOURS["hairline"], linewidth=0.6)
    axes.axvline(1, color=COLOURS["text"], linewidth=0.9)


def _tick_text(tick: float, rows: Sequence[Standing]) -> str:
    if tick != 1:
        return {0.1: "a tenth", 0.25: "a quarter", 0.5: "half"}.get(tick, f"{tick:g} times")
    return f"same as\n{_force_name(rows)}"


def _force_name(rows: Sequence[Standing]) -> str:
    return rows[0].force.area.name if rows[0].force else ""


def _base(standing: Standing) -> float:
    """Give the force's rate; 0 where it is not among the levels."""
    return standing.force.rate.value if standing.force else 0.0


def _ratio(standing: Standing, level: Level) -> float:
    return level.rate.value / _base(standing)


def _key(rows: Sequence[Standing]) -> Markup:
    others = joined([level.area.name for level in rows[0].others], word="and")
    many = len(rows[0].others) > 4
    named = "the areas it is compared with" if many else others
    return Markup("Filled dot and line: {} with its 95 % interval. Rings: {}.").format(
        rows[0].own.area.name, named
    )


def _alt(rows: Sequence[Standing]) -> str:
    own = rows[0].own
    listed = [f"{row.own.measure.phrase} {ratio_text(_ratio(row, row.own))}" for row in rows]
    return (
        f"Dot plot of {own.area.name}'s rates divided by those of {_force_name(rows)}, "
        f"{own.period.label}, highest first: {joined(listed)}."
    )


def _data(rows: Sequence[Standing]) -> Block:
    import pandas as pd

    lines = []
    for row in rows:
        line: dict[str, object] = {"Measure": row.own.measure.label}
        if len(row.others) > _COLUMNS:
            line |= {row.own.area.name: _ratio(row, row.own)} | _spread(row)
            lines.append(line)
            continue
        for level in sorted(row.levels, key=lambda level: (not level.emphasis, level.area.name)):
            if level.area.kind != "force":
                line[level.area.name] = _ratio(row, level)
        lines.append(line)
    frame = pd.DataFrame(lines)
    formats = dict.fromkeys(frame.columns[1:], ratio_text)
    return table(frame, caption="Rates divided by the force's rate", formats=formats)


def _spread(row: Standing) -> dict[str, object]:
    """Lowest, middle and highest of the others, divided by the force's rate."""
    rates = {"Lowest": row.lowest, "Middle": row.median, "Highest": row.highest}
    return {f"{name} of the others": rate / _base(row) for name, rate in rates.items()}
