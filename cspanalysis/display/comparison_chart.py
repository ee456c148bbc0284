"""Rates of many measures against the force's: one row a measure, all on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from cspanalysis.blocks.block import Block
from cspanalysis.blocks.style import COLOURS, drawing, quiet_axes, svg_of
from cspanalysis.display.figure import Panel, figure
from cspanalysis.display.prose import table
from cspanalysis.findings.comparators import Standing
from cspanalysis.findings.finding import Level
from cspanalysis.findings.words import interval_text, joined, ratio_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["comparison_chart"]

_PLOT, _VALUES, _ROW, _FOOT = 220, 104, 23, 40
_WIDE = 20
_LETTER = 6.0  # mean width of a letter in pixels


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
    return figure(
        [Panel(_drawn(rows), _alt(rows))],
        title=title,
        subtitle=subtitle,
        source=source,
        key=_key(rows),
        data=[_data(rows)],
    )


def _drawn(rows: Sequence[Standing]) -> bytes:
    height = _ROW * len(rows) + _FOOT
    names = _LETTER * max(len(row.own.measure.label) for row in rows) + 14
    width = names + _PLOT + _VALUES
    with drawing(width, height) as canvas:
        foot = _FOOT / height
        axes = canvas.add_axes((names / width, foot, _PLOT / width, 1 - foot))
        quiet_axes(axes)
        _set_axes(axes, rows)
        for place, row in enumerate(rows):
            _draw_row(axes, place, row)
        return svg_of(canvas)


def _draw_row(axes: Axes, place: int, row: Standing) -> None:
    across = axes.get_yaxis_transform()
    base, own = _base(row), row.own
    for other in row.others:
        axes.plot(
            _ratio(row, other),
            place,
            "o",
            markersize=5,
            markerfacecolor="white",
            markeredgecolor=COLOURS["mark"],
            markeredgewidth=1.1,
        )
    low, high = own.rate.lower / base, own.rate.upper / base
    axes.hlines(place, low, high, color=COLOURS["focus"], linewidth=1.6)
    axes.plot(_ratio(row, own), place, "o", color=COLOURS["focus"], markersize=6)
    axes.text(-0.03, place, own.measure.label, transform=across, ha="right", va="center")
    axes.text(
        1.17, place, ratio_text(_ratio(row, own)), transform=across, ha="right", va="center",
        weight=600,
    )  # fmt: skip
    said = interval_text(ratio_text(low), ratio_text(high))
    axes.text(1.2, place, said, transform=across, va="center", color=COLOURS["muted"], fontsize=8.2)


def _set_axes(axes: Axes, rows: Sequence[Standing]) -> None:
    from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

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
    low, high = min([0.8, *shown]) * 0.92, max([1.25, *shown]) * 1.08
    axes.set_xscale("log")
    axes.set_xlim(low, high)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks([])
    near = (0.5, 2) if high / low < _WIDE else ()  # where their names have room beside the line's
    ticks = [t for t in sorted((0.1, 0.25, *near, 1, 4, 10)) if low <= t <= high]
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.xaxis.set_major_formatter(FixedFormatter([_tick_text(t, rows) for t in ticks]))
    axes.xaxis.set_minor_locator(NullLocator())
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
        for level in sorted(row.levels, key=lambda level: (not level.emphasis, level.area.name)):
            if level.area.kind != "force":
                line[level.area.name] = _ratio(row, level)
        lines.append(line)
    frame = pd.DataFrame(lines)
    formats = dict.fromkeys(frame.columns[1:], ratio_text)
    return table(frame, caption="Rates divided by the force's rate", formats=formats)
