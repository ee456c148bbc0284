"""Half a page's map: the whole area small, and beside it the towns that are named, larger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cspanalysis.blocks.style import COLOURS
from cspanalysis.display.map_labels import Label, Layout, laid_out
from cspanalysis.display.map_shapes import Point, Window

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Inset", "draw_leaders", "with_inset"]

_WHOLE, _GAP = 0.3, 16
"""Share of the width that the whole area takes, and pixels between it and the part."""
_TALLEST = 118
"""Pixels that the part is high at most."""


@dataclass(frozen=True, slots=True)
class Inset:
    """Hold where the whole area and the part that is drawn larger stand, in pixels."""

    whole: Layout
    part: Layout
    tall: float


def with_inset(
    whole: Window, near: Window, named: Sequence[tuple[str, Point]], *, width: float
) -> Inset:
    """Set an area small at the left, and a part of it with its names larger at the right.

    Parameters
    ----------
    whole, near
        The whole area, and the part.
    named
        Names in the part, each with the point that it names.
    width
        Of the picture.
    """
    room = _WHOLE * width
    corners = ((near.west, near.south), (near.west, near.north), (near.east, near.north))
    frame = (*corners, (near.east, near.south))
    left = room + _GAP
    part = laid_out(near, named, covered=[frame], width=width - left - 2, tallest=_TALLEST)
    small = laid_out(whole, [], covered=[], width=room, tallest=part.tall)
    up = (part.tall - small.tall) / 2
    return Inset(_moved(small, 0, up), _moved(part, left, 0), part.tall)


def draw_leaders(over: Axes, inset: Inset) -> None:
    """Draw thin lines from the frame in the whole area to the part that shows it larger."""
    from matplotlib.lines import Line2D

    near, part = inset.part.window, inset.part
    for north, up in ((near.north, part.down + part.height), (near.south, part.down)):
        x, y = inset.whole.place((near.east, north))
        line = Line2D([x, part.left], [y, up], color=COLOURS["mark"], linewidth=0.7)
        line.set_zorder(0.5)
        over.add_line(line)


def _moved(layout: Layout, across: float, up: float) -> Layout:
    labels = tuple(_moved_label(label, across, up) for label in layout.labels)
    return replace(layout, left=layout.left + across, down=layout.down + up, labels=labels)


def _moved_label(label: Label, across: float, up: float) -> Label:
    at = (label.at[0] + across, label.at[1] + up)
    return Label(label.name, at, label.left + across, label.down + up)
