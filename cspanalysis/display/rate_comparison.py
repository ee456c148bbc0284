"""Rates of several areas side by side, as dots with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from cspanalysis.blocks.block import Block
from cspanalysis.blocks.style import COLOURS, PHONE, drawing, quiet_axes, svg_of
from cspanalysis.display.figure import Panel, Plain, figure
from cspanalysis.display.prose import table
from cspanalysis.findings.finding import Level
from cspanalysis.findings.wording.numbers import count_text, interval_text, rate_text
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["rate_comparison"]

_VALUES, _ROW, _FOOT = 118, 26, 26
_LEAST, _FEW = 70, 6
_RATE, _LIMITS = 38, 45  # pixels from the plot to the end of a rate, and to its interval
_LETTER = 5.8  # mean width of a letter in pixels


def rate_comparison(levels: Sequence[Level], *, title: str, subtitle: str, source: str) -> Block:
    """Draw the rates of areas as dots with 95 % intervals, highest first, one panel a measure.

    The area that the assessment is about is set in dark blue, the others in grey. Areas go by
    their names alone; the subtitle says which of them is the whole force.

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

    Raises
    ------
    ValueError
        If there are no levels.
    """
    if not levels:
        raise ValueError(f"the figure '{title}' has no levels; leave it out where there are none")
    groups = [list(part) for _, part in groupby(levels, key=lambda level: level.measure.code)]
    panels = [_panel(sorted(group, key=_value, reverse=True), len(groups) > 1) for group in groups]
    told = " ".join(filter(None, (subtitle, _force_note(levels), _scale_note(groups))))
    ordered = sorted(levels, key=_value, reverse=True) if len(groups) == 1 else levels
    return figure(
        panels,
        title=title,
        subtitle=told,
        source=source,
        data=[_data(ordered)],
        plain=_plain(levels) if len(groups) == 1 else None,
    )


def _plain(levels: Sequence[Level]) -> Plain | None:
    """Let Word chart few areas, whose names have room below their dots."""
    own = tuple(level.area.label for level in levels if level.emphasis)
    return Plain("dot", own) if len(levels) <= _FEW else None


def _force_note(levels: Sequence[Level]) -> str:
    names = {level.area.name: None for level in levels if level.area.kind == "force"}
    return "".join(f"{name} is the whole police force area." for name in names)


def _scale_note(groups: Sequence[Sequence[Level]]) -> str:
    """Say where scales differ or leave out zero."""
    own = "Each panel has its own scale." if len(groups) > 1 else ""
    cut = "Not every scale starts at zero." if own else "The scale does not start at zero."
    return " ".join(filter(None, (own, cut if any(map(_leaves_out_zero, groups)) else "")))


def _leaves_out_zero(levels: Sequence[Level]) -> bool:
    low = min(level.rate.lower for level in levels)
    return low > 0.5 * max(level.rate.upper for level in levels)


def _panel(levels: Sequence[Level], titled: bool) -> Panel:
    height = _ROW * len(levels) + _FOOT
    names = _LETTER * max(len(level.area.name) for level in levels) + 14
    plot = max(_LEAST, PHONE - names - _VALUES)
    width = names + plot + _VALUES
    with drawing(width, height) as canvas:
        foot = _FOOT / height
        axes = canvas.add_axes((names / width, foot, plot / width, 1 - foot))
        quiet_axes(axes)
        axes.grid(axis="x", color=COLOURS["hairline"], linewidth=0.6)
        for place, level in enumerate(levels):
            _draw(axes, place, level, plot)
        _set_axes(axes, levels)
        svg = svg_of(canvas)
    return Panel(svg, _alt(levels), levels[0].measure.label if titled else "")


def _draw(axes: Axes, place: int, level: Level, plot: float) -> None:
    colour = COLOURS["focus"] if level.emphasis else COLOURS["mark"]
    weight = 600 if level.emphasis else 400
    axes.hlines(place, level.rate.lower, level.rate.upper, color=colour, linewidth=1.6)
    axes.plot(level.rate.value, place, "o", color=colour, markersize=6.5 if level.emphasis else 5.5)
    said = interval_text(rate_text(level.rate.lower), rate_text(level.rate.upper))
    rows = axes.get_yaxis_transform()
    axes.text(-0.05, place, level.area.name, transform=rows, ha="right", va="center", weight=weight)
    axes.text(
        1 + _RATE / plot,
        place,
        rate_text(level.rate.value),
        transform=rows,
        ha="right",
        va="center",
        weight=weight,
    )
    axes.text(
        1 + _LIMITS / plot,
        place,
        said,
        transform=rows,
        va="center",
        color=COLOURS["muted"],
    )


def _set_axes(axes: Axes, levels: Sequence[Level]) -> None:
    from matplotlib.ticker import MaxNLocator

    low = min(level.rate.lower for level in levels)
    high = max(level.rate.upper for level in levels)
    axes.set_xlim(0, high * 1.04)
    if _leaves_out_zero(levels):
        room = (high - low) * 0.12
        axes.set_xlim(low - room, high + room)
    axes.set_ylim(len(levels) - 0.5, -0.5)
    axes.set_yticks([])
    axes.xaxis.set_major_locator(MaxNLocator(3, min_n_ticks=2))


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
