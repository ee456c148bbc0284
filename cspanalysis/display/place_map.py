"""A quiet map of small areas: few classes, an outline, and the names that the text speaks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import cos, radians
from typing import TYPE_CHECKING

from cspanalysis.display.block import Block
from cspanalysis.display.figure import Panel, figure
from cspanalysis.display.prose import paragraphs, table
from cspanalysis.display.style import COLOURS, TINTS, drawing, svg_of
from cspanalysis.findings.where import Where
from cspanalysis.findings.words import count_text, joined
from cspanalysis.store.outlines import Ring, Shape, outlines_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["place_map"]

_WIDTH, _TALLEST, _KEY = 560, 560, 44
_NARROW = 344
_FEWEST = 5
"""With fewer places above the lowest class a map shows next to nothing."""
_LETTER, _LINE = 7.2, 19  # pixels that a letter of a name takes, and a line of names
Point = tuple[float, float]
Edge = tuple[Point, Point]


def place_map(where: Where, *, source: str, narrow: bool = False) -> Block:
    """Draw in which small areas a measure was recorded.

    Small areas (LSOAs) are filled by class, wards have a thin border and the area an outline. The
    wards that the text names bear their names. Points of data.police.uk are moved to the nearest
    of a list of places, so there is no map of points.

    Parameters
    ----------
    where
        The finding; its edition decides which classes are safe to show.
    source
        Where counts and shapes came from.
    narrow
        Whether to draw it for half the page.

    Returns
    -------
    Block
        One sentence that says why where there is no map: no shapes, nothing recorded, or classes
        that would give small counts away.
    """
    shapes = outlines_of(where.places.index)
    if reason := _no_map(where, shapes):
        return paragraphs(reason)
    width = _NARROW if narrow else _WIDTH
    with drawing(width, _height(shapes, width)) as canvas:
        axes = _map_axes(canvas, shapes, width)
        _fill(axes, where, shapes)
        _borders(axes, where, shapes)
        _names(axes, where, shapes, width)
        _key(canvas, where)
        svg = svg_of(canvas)
    return figure(
        [Panel(svg, _alt(where))],
        title=where.title,
        subtitle=(
            f"{where.measure.label} by small area (LSOA), {where.area.name}, "
            f"{where.period.label}. Thin lines are wards."
        ),
        source=f"{source}; boundaries: ONS, contains OS data © Crown copyright and database right",
        data=[_classes_table(where)],
    )


def _no_map(where: Where, shapes: Mapping[str, Shape]) -> str:
    if not where.total:
        return f"{where.title}, so there is nothing to map."
    if len(shapes) < len(where.places):
        return (
            f"There is no map: the shapes of {where.area.name}'s small areas are not in "
            "data/reference/shapes/lsoa.geojson.gz. See docs/sources.md for how to add them."
        )
    if (where.classes > 0).sum() < _FEWEST:
        return (
            f"There is no map: hardly any small area of {where.area.name} had more than a few, and "
            "small counts are kept back."
        )
    return ""


def _map_axes(canvas: Figure, shapes: Mapping[str, Shape], width: int) -> Axes:
    left, right, bottom, top = _extent(shapes)
    axes = canvas.add_axes((0, 0, 1, 1 - _KEY / _height(shapes, width)))
    axes.set_axis_off()
    axes.set_xlim(left, right)
    axes.set_ylim(bottom, top)
    axes.set_aspect(1 / _squeeze(shapes))
    return axes


def _fill(axes: Axes, where: Where, shapes: Mapping[str, Shape]) -> None:
    from matplotlib.collections import PathCollection
    from matplotlib.path import Path

    tints = _tints(where)
    classes = where.classes
    paths = [Path.make_compound_path(*map(Path, _rings([shapes[c]]))) for c in classes.index]
    colours = [tints[int(number)] for number in classes]
    axes.add_collection(
        PathCollection(paths, facecolors=colours, edgecolors="white", linewidths=0.35)
    )


def _borders(axes: Axes, where: Where, shapes: Mapping[str, Shape]) -> None:
    from matplotlib.collections import LineCollection

    wards = where.places["ward"]
    between = {
        edge
        for ward in wards.unique()
        for edge in _outline(shapes[code] for code in wards.index[wards == ward])
    }
    outline = _outline(shapes.values())
    for edges, colour, width in (
        (between - outline, COLOURS["mark"], 0.6),
        (outline, COLOURS["text"], 1.0),
    ):
        axes.add_collection(LineCollection(sorted(edges), colors=colour, linewidths=width))


def _names(axes: Axes, where: Where, shapes: Mapping[str, Shape], width: int) -> None:
    """Write the names at the middle of their wards; where two would overlap, one moves down."""
    from matplotlib.patheffects import withStroke

    halo = [withStroke(linewidth=3, foreground="white")]
    for name, (x, y), at in _placed(where, shapes, width):
        axes.annotate(
            name,
            (x, y),
            at,
            ha="center",
            va="center",
            fontsize=9.5,
            weight=600,
            path_effects=halo,
            arrowprops={"arrowstyle": "-", "color": COLOURS["text"], "linewidth": 0.8}
            if at != (x, y)
            else None,
        )


def _placed(
    where: Where, shapes: Mapping[str, Shape], width: int
) -> Iterator[tuple[str, Point, Point]]:
    """Give each name with its ward's middle and its own place: apart, and inside the picture."""
    west, east, _, _ = _extent(shapes)
    wide = (east - west) / width  # degrees in a pixel
    tall = wide * _squeeze(shapes)
    wards = where.places["ward"]
    middles = {
        code: _middle([shapes[place] for place in wards.index[wards == code]])
        for code in where.named
    }
    taken: list[tuple[Point, float]] = []
    for code, (x, y) in sorted(middles.items(), key=lambda item: -item[1][1]):
        name, _ = where.named[code]
        half = _LETTER * len(name) / 2 * wide
        own = min(max(x, west + half), east - half)
        down = y
        for (other, beside), reach in taken:
            if abs(other - own) < half + reach and beside - down < _LINE * tall:
                down = beside - _LINE * tall
        taken.append(((own, down), half))
        yield name, (x, y), ((x, y) if (own, down) == (x, y) else (own, down))


def _key(canvas: Figure, where: Where) -> None:
    """Write the classes above the map, each as a swatch with its range."""
    from matplotlib.patches import Rectangle

    width, height = canvas.get_size_inches() * 96
    axes = canvas.add_axes((0, 1 - _KEY / height, 1, _KEY / height))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(0, _KEY)
    room = 22 if width > _NARROW else 8
    swatch_width = 26 if width > _NARROW else 16
    at = 1.0
    for tint, label in zip(_tints(where), where.class_labels(), strict=True):
        swatch = Rectangle(
            (at, 20), swatch_width, 14, facecolor=tint, edgecolor=COLOURS["mark"], linewidth=0.6
        )
        axes.add_patch(swatch)
        axes.text(at + swatch_width + 6, 27, label, va="center", color=COLOURS["text"])
        at += swatch_width + 6 + (7 if width > _NARROW else 6) * len(label) + room


def _tints(where: Where) -> Sequence[str]:
    """Give a tint a class; fewer classes keep the lightest and the darkest."""
    number = len(where.breaks) + 1
    return {2: TINTS[::3], 3: (TINTS[0], TINTS[2], TINTS[3]), 4: TINTS}[number]


def _alt(where: Where) -> str:
    numbers = where.classes.value_counts()
    listed = [
        f"{label} in {count_text(int(numbers.get(number, 0)))} areas"
        for number, label in enumerate(where.class_labels())
    ]
    fullest = [f"{name} {count_text(count)}" for name, count in where.named.values()]
    most = f" Wards with the most: {joined(fullest)}." if fullest else ""
    return (
        f"Map of {where.measure.phrase} by small area in {where.area.name}, {where.period.label}: "
        f"{joined(listed)}.{most}"
    )


def _classes_table(where: Where) -> Block:
    import pandas as pd

    numbers = where.classes.value_counts()
    labels = where.class_labels()
    frame: pd.DataFrame = pd.DataFrame(
        {
            "Recorded": list(labels),
            "Small areas": [int(numbers.get(number, 0)) for number in range(len(labels))],
        }
    )
    return table(frame, caption="Small areas by class of the map")


def _rings(shapes: Iterable[Shape]) -> Iterator[Ring]:
    return (ring for shape in shapes for polygon in shape for ring in polygon)


def _outline(shapes: Iterable[Shape]) -> set[Edge]:
    """Give the edges that only one of the shapes has: the border of all of them together."""
    edges = Counter((min(pair), max(pair)) for ring in _rings(shapes) for pair in pairwise(ring))
    return {edge for edge, times in edges.items() if times == 1 and edge[0] != edge[1]}


def _middle(shapes: Sequence[Shape]) -> Point:
    """Give the centre of the area of some shapes."""
    total = east = north = 0.0
    for ring in _rings(shapes):
        for (x, y), (next_x, next_y) in pairwise(ring):
            cross = x * next_y - next_x * y
            total, east = total + cross, east + (x + next_x) * cross
            north += (y + next_y) * cross
    return east / (3 * total), north / (3 * total)


def _extent(shapes: Mapping[str, Shape]) -> tuple[float, float, float, float]:
    """Give west, east, south and north, with a hair of room for the outline."""
    points = [point for ring in _rings(shapes.values()) for point in ring]
    (west, east), (south, north) = ((min(axis), max(axis)) for axis in zip(*points, strict=True))
    room = 0.01 * (east - west)
    return west - room, east + room, south - room, north + room


def _squeeze(shapes: Mapping[str, Shape]) -> float:
    """How much shorter a degree of longitude is than one of latitude."""
    *_, south, north = _extent(shapes)
    return cos(radians((south + north) / 2))


def _height(shapes: Mapping[str, Shape], width: int) -> float:
    west, east, south, north = _extent(shapes)
    tall = (north - south) / ((east - west) * _squeeze(shapes))
    return min(width * tall, _TALLEST) + _KEY
