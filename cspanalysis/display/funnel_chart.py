"""A small funnel: rates of wards by how many live there, between the limits for their size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis.blocks.block import Block
from cspanalysis.blocks.style import COLOURS, PHONE, TINTS, drawing, quiet_axes, svg_of
from cspanalysis.display.chart_labels import lead_to, words_width, write_label
from cspanalysis.display.figure import Panel, figure
from cspanalysis.display.prose import table
from cspanalysis.display.signal_labels import Box, Label, Point, placed_labels
from cspanalysis.findings.places.ward_funnel import WardFunnel
from cspanalysis.findings.wording.numbers import count_text, rate_text
from cspanalysis.vocabulary.listed import joined, many

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["funnel_chart"]

_HEIGHT, _LEFT, _RIGHT, _FOOT, _HEAD = 230, 30, 46, 34, 6
_NAMED, _DOT = 5, 3.0
"""Wards that are named at most, and pixels from the middle of a dot to its edge."""
_SAID = {
    "high": "above the limits",
    "low": "below the limits",
    "within": "within",
}


def funnel_chart(found: WardFunnel, *, source: str) -> Block:
    """Draw each ward as a dot by its size and rate, and the limits within which such wards lie.

    Dark dots lie beyond the limits of 95 % and are named, the farthest first; grey ones within.

    Parameters
    ----------
    found
        Rates, sizes and limits.
    source
        Where the counts came from.
    """
    where = found.where
    return figure(
        [Panel(_drawn(found), _alt(found))],
        title=found.title,
        subtitle=(
            f"{where.measure.label}, {where.period.label}, per 1,000 {where.per}; across, how many "
            f"thousand each {where.part} has. Starts at zero."
        ),
        source=source,
        key=(
            "Line: all together. Band: 95 % of wards of that size lie in it where they differ as "
            "much as these mostly do; dashes: 99.8 %."
        ),
        data=[_data(found)],
    )


def _drawn(found: WardFunnel) -> bytes:
    size = (PHONE - _LEFT - _RIGHT, _HEIGHT - _FOOT - _HEAD)
    with drawing(PHONE, _HEIGHT) as canvas:
        axes = canvas.add_axes((_LEFT / PHONE, _FOOT / _HEIGHT, size[0] / PHONE, size[1] / _HEIGHT))
        quiet_axes(axes)
        axes.set_xlim(0, float(found.curves["size"].max()))
        top = max(float(found.places["rate"].max()), float(found.curves["upper_95"].iloc[-1]))
        axes.set_ylim(0, top * 1.15)
        _draw_curves(axes, found)
        _draw_dots(axes, found)
        _name(axes, found, size)
        _settle_axes(axes, found)
        return svg_of(canvas)


def _draw_curves(axes: Axes, found: WardFunnel) -> None:
    curves, across = found.curves, axes.get_yaxis_transform()
    axes.fill_between(
        curves["size"], curves["lower_95"], curves["upper_95"], color=TINTS[0], linewidth=0
    )
    for side in ("lower_998", "upper_998"):
        axes.plot(
            curves["size"], curves[side], color=COLOURS["mark"], linewidth=0.7,
            linestyle=(0, (4, 3)),
        )  # fmt: skip
    centre = float(curves["centre"].iloc[0])
    axes.axhline(centre, color=COLOURS["text"], linewidth=0.8)
    said = axes.text(1.02, centre, f"all {rate_text(centre)}", transform=across, va="center")
    said.set_color(COLOURS["ink"])


def _draw_dots(axes: Axes, found: WardFunnel) -> None:
    for outside, colour in ((False, COLOURS["mark"]), (True, COLOURS["focus"])):
        held = found.places[(found.places["position"] != "within") == outside]
        axes.plot(
            held["size"], held["rate"], "o", markersize=4.4 if outside else 3.6, color=colour,
            markeredgecolor="white", markeredgewidth=0.5, clip_on=False,
        )  # fmt: skip


def _name(axes: Axes, found: WardFunnel, size: Point) -> None:
    """Name the wards outside the limits where there is room, none upon a dot or another name."""
    dots = {code: _pixels(axes, (row["size"], row["rate"]), size)
            for code, row in found.places.iterrows()}  # fmt: skip
    placed: list[Label] = []
    for code, row in found.outside().head(_NAMED).iterrows():
        taken = [*(_around(dot) for other, dot in dots.items() if other != code),
                 *(label.box for label in placed)]  # fmt: skip
        wanted = [(dots[code], str(row["name"]))]
        level = (0.0, size[0], _pixels(axes, (0, float(found.curves["centre"].iloc[0])), size)[1])
        placed += placed_labels(
            wanted, line=[], levels=[level], size=size, most=1, taken=taken, width=words_width
        )
    for label in placed:
        write_label(axes, label, size, COLOURS["ink"])
        lead_to(axes, label, size)


def _around(dot: Point) -> Box:
    x, y = dot
    return Box(x - _DOT, y - _DOT, x + _DOT, y + _DOT)


def _pixels(axes: Axes, place: Point, size: Point) -> Point:
    return place[0] / axes.get_xlim()[1] * size[0], place[1] / axes.get_ylim()[1] * size[1]


def _settle_axes(axes: Axes, found: WardFunnel) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x / 1000:,.10g}"))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: f"{y:,.10g}"))
    axes.set_xlabel(f"thousand {found.where.per.partition(',')[0]}", loc="right")


def _alt(found: WardFunnel) -> str:
    centre = float(found.curves["centre"].iloc[0])
    held = [
        f"{row['name']} {rate_text(float(row['rate']))} ({_SAID[row['position']]})"
        for _, row in found.outside().iterrows()
    ]
    inside = int((found.places["position"] == "within").sum())
    where = found.where
    return (
        f"Funnel plot of {where.measure.phrase} per 1,000 {where.per} in "
        f"{many(len(found.places), where.part)} of {where.area.name}, {where.period.label}. All "
        f"together {rate_text(centre)}. "
        + (f"Outside the limits for their size: {joined(held)}. " if held else "")
        + f"{count_text(inside)} lie within."
    )


def _data(found: WardFunnel) -> Block:
    import pandas as pd

    where, places = found.where, found.places.sort_values("rate", ascending=False)
    per = f"Per 1,000 {where.per}"
    frame = pd.DataFrame(
        {
            where.part.capitalize(): list(places["name"]),
            where.per.partition(",")[0].capitalize(): [int(n) for n in places["size"]],
            per: list(places["rate"]),
            "For its size": [_SAID[position] for position in places["position"]],
        }
    )
    return table(frame, caption=f"Rates by size of {where.part}", formats={per: rate_text})
