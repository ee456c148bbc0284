"""Areas and borders put on a map: one path for all that look alike, however many they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cspanalysis.display.map_shapes import Edge, chained, rings

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from cspanalysis.store.outlines import Shape

__all__ = ["add_areas", "add_borders"]


def add_areas(
    axes: Axes,
    shapes: Iterable[Shape],
    *,
    fill: str,
    edge: str,
    width: float,
    hatch: str | None = None,
) -> None:
    """Fill shapes with one colour; none is drawn where there are none.

    Parameters
    ----------
    axes
        Where to draw, in degrees.
    shapes
        The shapes.
    fill, edge
        Colours of the areas, and of the thin lines round each; those of a hatch too.
    width
        Of the lines, in points; 0 for none.
    hatch
        What crosses the areas, as matplotlib writes it.
    """
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    if paths := [Path(ring) for ring in rings(shapes)]:
        whole = Path.make_compound_path(*paths)
        # As a patch of the axes it would be searched for its extent, curve by curve.
        axes.add_artist(
            PathPatch(whole, facecolor=fill, edgecolor=edge, linewidth=width, hatch=hatch)
        )


def add_borders(axes: Axes, edges: Iterable[Edge], *, colour: str, width: float) -> None:
    """Draw edges as lines of one colour and of a width in points."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    if lines := [Path(line) for line in chained(edges)]:
        whole = Path.make_compound_path(*lines)
        axes.add_artist(PathPatch(whole, facecolor="none", edgecolor=colour, linewidth=width))
