"""Sparklines, and the SVG elements that small drawings are made of."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from cspanalysis.blocks.block import element, joined_markup
from cspanalysis.blocks.style import COLOURS

if TYPE_CHECKING:
    from typing_extensions import TypeIs

__all__ = ["is_number", "shape", "sparkline", "svg"]


def sparkline(values: Sequence[float | None], *, width: int = 132, height: int = 30) -> Markup:
    """Draw months as a thin line, with gaps where one is missing; the last is dotted.

    Parameters
    ----------
    values
        Oldest first; None or nan for a missing month. Fewer than three known ones draw nothing.
    """
    known = [v for v in values if is_number(v)]
    if len(known) < 3:
        return Markup()
    top = max(known) or 1.0
    low = min(min(known), 0.6 * top)  # a steady series stays nearly flat
    step = (width - 8) / (len(values) - 1)
    points = [
        (4 + i * step, height - 4 - (height - 8) * (v - low) / (top - low))
        for i, v in enumerate(values)
        if v is not None and not math.isnan(v)
    ]
    at = {round(x, 3): (x, y) for x, y in points}
    runs: list[list[tuple[float, float]]] = [[]]
    for i in range(len(values)):
        point = at.get(round(4 + i * step, 3))
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    drawn = joined_markup(
        shape("path", d=_path(run), fill="none", stroke=COLOURS["focus"], class_="ink-line")
        for run in runs
        if len(run) > 1
    )
    x, y = points[-1]
    dot = shape(
        "circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="2.8", fill=COLOURS["focus"], class_="ink-dot"
    )
    return svg("spark", width, height, drawn, dot)


def is_number(value: float | None) -> TypeIs[float]:
    """Tell whether a value is there."""
    return value is not None and not math.isnan(value)


def shape(name: str, *children: object, **attributes: object) -> Markup:
    """Write one shape of a drawing."""
    return element(name, *children, **attributes)


def svg(kind: str, width: int, height: int, *children: object) -> Markup:
    """Write a drawing that stands beside words that say the same."""
    return element(
        "svg",
        *children,
        class_=kind,
        width=width,
        height=height,
        viewBox=f"0 0 {width} {height}",
        aria_hidden="true",
        focusable="false",
    )


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
