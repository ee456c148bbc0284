"""A quiet map of small areas: few classes, an outline, and the names that the text speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cspanalysis.blocks.block import Block
from cspanalysis.blocks.style import COLOURS, PHONE, TINTS, drawing, svg_of
from cspanalysis.display.figure import Panel, figure
from cspanalysis.display.map_labels import Layout, laid_out, width_of
from cspanalysis.display.map_shapes import (
    Point,
    Window,
    borders,
    middle,
    outline,
    rings,
    window,
    without_dots,
)
from cspanalysis.display.prose import paragraphs, table
from cspanalysis.display.to_do import lacking
from cspanalysis.findings.places.where import Where
from cspanalysis.findings.wording.numbers import count_text
from cspanalysis.store.outlines import Shape, outlines_of
from cspanalysis.vocabulary.listed import joined, many

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["place_map"]

_TALLEST, _TALLEST_NARROW = 430, 240
_FEWEST = 5
"""With fewer places above the lowest class a map shows next to nothing."""
_CLOSE = 0.4
"""Wards that take up less than this share of width and height are drawn once more, larger."""
_FLAT = 0.8
"""Height over width of what is drawn larger, at most."""
_KEY_LINE = 22
_BLANK, _HATCH = "#FFFFFF", "////"
"""What a small area is filled with whose count is missing."""
_MISSING = "not available"


def place_map(where: Where, *, source: str, narrow: bool = False) -> Block:
    """Draw in which small areas a measure was recorded.

    Small areas (LSOAs) are filled by class, wards have a thin border and the area an outline. The
    names of the wards that the text speaks of stand beside the map; where those wards lie close
    together, they are drawn once more, larger. Points of data.police.uk are moved to the nearest
    of a list of places, so there is no map of points.

    Parameters
    ----------
    where
        The finding; its edition decides which classes are safe to show.
    source
        Where counts and shapes came from.
    narrow
        Whether to draw it for half the page, and nothing of it larger.

    Returns
    -------
    Block
        One sentence that says why where there is no map: no shapes, nothing recorded, or hardly
        any place above the lowest class.
    """
    shapes = outlines_of(where.places.index)
    if where.total and len(shapes) < len(where.places):
        return lacking(
            f"There is no map: the outlines of {where.area.name}'s small areas are not held.",
            do="They are those of LSOAs of 2021 in England and Wales: see docs/sources.md.",
        )
    if reason := _no_map(where):
        return paragraphs(reason)
    near = None if narrow else _near(where, shapes)
    panels = [_panel(where, shapes, near, _TALLEST_NARROW if narrow else _TALLEST)]
    if near:
        panels.append(_detail(where, shapes, near))
    return figure(
        panels,
        title=where.title,
        subtitle=(
            f"{where.measure.label} by small area (LSOA), {where.area.name}, "
            f"{where.period.label}; in brackets, how many areas. Thin lines are {where.part}s."
        ),
        source=f"{source}; boundaries: ONS, contains OS data © Crown copyright and database right",
        data=[_classes_table(where)],
    )


def _no_map(where: Where) -> str:
    if not where.total:
        return f"{where.title}, so there is nothing to map."
    if (where.classes > 0).sum() < _FEWEST:
        return (
            f"There is no map: hardly any small area of {where.area.name} had more than a few, and "
            "small counts are kept back."
        )
    return ""


def _near(where: Where, shapes: Mapping[str, Shape]) -> Window | None:
    """Give the window of the wards that are named, where they lie close together."""
    if not where.named:
        return None
    found = window(_of_wards(where, shapes, list(where.named))).widened(0.12)
    whole = window(shapes.values())
    across = (found.east - found.west) / (whole.east - whole.west)
    up = (found.north - found.south) / (whole.north - whole.south)
    return found.flattened(_FLAT) if max(across, up) < _CLOSE else None


def _panel(where: Where, shapes: Mapping[str, Shape], near: Window | None, tallest: int) -> Panel:
    whole = window(shapes.values()).widened(0.01)
    key = _key_places(_key_labels(where), PHONE)
    above = _KEY_LINE * (key[-1][1] + 1) + 12
    named = [] if near else _named(where, shapes)
    layout = laid_out(whole, named, covered=rings(shapes.values()), width=PHONE, tallest=tallest)
    with drawing(PHONE, layout.tall + above) as canvas:
        axes = _axes(canvas, layout)
        _fill(axes, where, shapes)
        _borders(axes, where, shapes)
        if near:
            _frame(axes, near)
        over = _over(canvas)
        _names(over, layout)
        _key(over, where, key, layout.tall + above)
        svg = svg_of(canvas)
    return Panel(svg, _alt(where), "The whole area" if near else "")


def _detail(where: Where, shapes: Mapping[str, Shape], near: Window) -> Panel:
    names = [name for name, _ in where.named.values()]
    corners = ((near.west, near.south), (near.west, near.north), (near.east, near.north))
    frame = (*corners, (near.east, near.south))
    layout = laid_out(
        near, _named(where, shapes), covered=[frame], width=PHONE - 2, tallest=_TALLEST
    )
    with drawing(PHONE, layout.tall + 2) as canvas:
        axes = _axes(canvas, layout)
        _fill(axes, where, shapes)
        _borders(axes, where, shapes)
        _frame(axes, near)
        _names(_over(canvas), layout)
        svg = svg_of(canvas)
    alt = f"The same map, larger, round {joined(names)}: {_said(where)}."
    return Panel(svg, alt, "The part in the frame, larger")


def _named(where: Where, shapes: Mapping[str, Shape]) -> list[tuple[str, Point]]:
    """Give the names of the wards that the text speaks of, each with its ward's middle."""
    return [
        (name, middle(_of_wards(where, shapes, [code]))) for code, (name, _) in where.named.items()
    ]


def _axes(canvas: Figure, layout: Layout) -> Axes:
    width, height = canvas.get_size_inches() * 96
    axes = canvas.add_axes(
        (layout.left / width, layout.down / height, layout.width / width, layout.height / height)
    )
    axes.set_axis_off()
    axes.set_xlim(layout.window.west, layout.window.east)
    axes.set_ylim(layout.window.south, layout.window.north)
    return axes


def _over(canvas: Figure) -> Axes:
    """Give axes over the whole picture that count in pixels."""
    width, height = canvas.get_size_inches() * 96
    axes = canvas.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    return axes


def _fill(axes: Axes, where: Where, shapes: Mapping[str, Shape]) -> None:
    from matplotlib.collections import PathCollection
    from matplotlib.path import Path

    tints = _tints(where)
    lacking = where.classes.isna()
    for missing in (False, True):
        classes = where.classes[lacking == missing]
        paths = [Path.make_compound_path(*map(Path, rings([shapes[c]]))) for c in classes.index]
        colours = [_BLANK if missing else tints[int(number)] for number in classes]
        filled = PathCollection(
            paths, facecolors=colours, linewidths=0.35, hatch=_HATCH if missing else None
        )
        filled.set_edgecolor(COLOURS["mark"] if missing else "white")
        axes.add_collection(filled)


def _borders(axes: Axes, where: Where, shapes: Mapping[str, Shape]) -> None:
    from matplotlib.collections import LineCollection

    wards = [_of_wards(where, shapes, [code]) for code in where.places["ward"].unique()]
    around = outline(shapes.values())
    for edges, colour, width in (
        (borders(wards) - around, COLOURS["mark"], 0.6),
        (without_dots(around), COLOURS["text"], 1.0),
    ):
        axes.add_collection(LineCollection(sorted(edges), colors=colour, linewidths=width))


def _frame(axes: Axes, near: Window) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(
        Rectangle(
            (near.west, near.south),
            near.east - near.west,
            near.north - near.south,
            fill=False,
            edgecolor=COLOURS["ink"],
            linewidth=1.2,
        )
    )


def _names(over: Axes, layout: Layout) -> None:
    """Write the names outside the map, each with a line to a dot in its ward."""
    from matplotlib.lines import Line2D

    for label in layout.labels:
        (x, y), (end, high) = label.at, label.end
        # Cased in white, so that it is seen on dark shapes and on light ones.
        for colour, width in (("white", 3.0), (COLOURS["ink"], 0.9)):
            over.add_line(Line2D([x, end], [y, high], color=colour, linewidth=width))
        dot = Line2D([x], [y], marker="o", markersize=4.5, linestyle="none")
        dot.set(markerfacecolor="white", markeredgecolor=COLOURS["ink"], markeredgewidth=0.9)
        over.add_line(dot)
        over.text(
            {"left": label.left + 2, "right": label.right - 2}.get(label.side, label.middle),
            (label.down + label.up) / 2,
            label.name,
            ha=label.side,
            va="center",
            weight=600,
        )


def _key_places(labels: Sequence[str], width: int) -> list[tuple[float, int]]:
    """Give the class of each label its place in the key: pixels from the left, and its line."""
    places: list[tuple[float, int]] = []
    at, line = 1.0, 0
    for label in labels:
        takes = 25 + width_of(label)
        if places and at + takes > width:
            at, line = 1.0, line + 1
        places.append((at, line))
        at += takes + 14
    return places


def _key_labels(where: Where) -> list[str]:
    """Write each class with the number of its areas."""
    return [f"{label} ({count_text(n)})" for label, n in zip(*_classes(where), strict=True)]


def _classes(where: Where) -> tuple[Sequence[str], list[int]]:
    """Give the classes and how many areas each has; last those without a count, if any."""
    numbers, labels = where.classes.value_counts(), where.class_labels()
    counts = [int(numbers.get(number, 0)) for number in range(len(labels))]
    missing = int(where.classes.isna().sum())
    return ((*labels, _MISSING), [*counts, missing]) if missing else (labels, counts)


def _key(over: Axes, where: Where, places: Sequence[tuple[float, int]], height: float) -> None:
    """Write the classes above the map, each as a swatch with its range."""
    from matplotlib.patches import Rectangle

    missing = [_BLANK] if where.classes.isna().any() else []
    tints = [*_tints(where), *missing]
    for tint, label, (at, line) in zip(tints, _key_labels(where), places, strict=True):
        up = height - _KEY_LINE * line - 12
        swatch = Rectangle((at, up - 6), 20, 12, facecolor=tint, linewidth=0.6)
        swatch.set(edgecolor=COLOURS["mark"], hatch=_HATCH if tint in missing else None)
        over.add_patch(swatch)
        over.text(at + 25, up, label, va="center", color=COLOURS["text"])


def _tints(where: Where) -> Sequence[str]:
    """Give a tint a class; fewer classes keep the lightest and the darkest."""
    number = len(where.breaks) + 1
    return {2: TINTS[::3], 3: (TINTS[0], TINTS[2], TINTS[3]), 4: TINTS}[number]


def _alt(where: Where) -> str:
    listed = [f"{label} in {many(n, 'area')}" for label, n in zip(*_classes(where), strict=True)]
    most = f" Wards with the most: {_said(where)}." if where.named else ""
    return (
        f"Map of {where.measure.phrase} by small area in {where.area.name}, {where.period.label}: "
        f"{joined(listed)}.{most}"
    )


def _said(where: Where) -> str:
    return joined([f"{name} {count_text(count)}" for name, count in where.named.values()])


def _classes_table(where: Where) -> Block:
    import pandas as pd

    labels, counts = _classes(where)
    frame = pd.DataFrame({"Recorded": list(labels), "Small areas": counts})
    return table(frame, caption="Small areas by class of the map")


def _of_wards(where: Where, shapes: Mapping[str, Shape], codes: Sequence[str]) -> list[Shape]:
    wards = where.places["ward"]
    return [shapes[str(place)] for place in wards.index[wards.isin(codes)]]
