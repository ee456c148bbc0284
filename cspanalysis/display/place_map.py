"""A quiet map of small areas: few classes, an outline, and the names that the text speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cspanalysis.blocks.block import Block
from cspanalysis.blocks.style import COLOURS, PHONE, drawing, svg_of
from cspanalysis.display.figure import Panel, figure
from cspanalysis.display.map_inset import draw_leaders, with_inset
from cspanalysis.display.map_key import (
    BLANK,
    HATCH,
    KEY_LINE,
    classes_table,
    key_above,
    key_labels,
    key_places,
    tints_of,
)
from cspanalysis.display.map_labels import LINE, Layout, laid_out, width_of
from cspanalysis.display.map_paths import add_areas, add_borders
from cspanalysis.display.map_shapes import (
    Edge,
    Point,
    Window,
    borders,
    middle,
    outline,
    rings,
    window,
    without_dots,
)
from cspanalysis.display.prose import paragraphs
from cspanalysis.display.to_do import lacking
from cspanalysis.findings.places.inside import Inside
from cspanalysis.findings.places.shading import (
    Shading,
    by_counts,
    by_rates,
    inside_by_counts,
)
from cspanalysis.findings.places.where import Where
from cspanalysis.store.outlines import Shape, outlines_of
from cspanalysis.vocabulary.listed import joined, many

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["inside_map", "place_map"]

_TALLEST, _TALLEST_NARROW, _TALLEST_INSIDE = 430, 180, 170
_FEWEST = 5
"""With fewer places above the lowest class a map shows next to nothing."""
_CLOSE = 0.4
"""Wards that take up less than this share of width and height are drawn once more, larger."""
_FLAT = 0.8
"""Height over width of what is drawn larger, at most."""


def place_map(where: Where, *, source: str, narrow: bool = False) -> Block:
    """Draw in which small areas a measure was recorded, or how its rate differs by ward.

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
        Whether to draw it for half the page, in one picture: wards by rate, where enough of them
        are told, else small areas by count.

    Returns
    -------
    Block
        One sentence that says why where there is no map: no shapes, nothing recorded, classes that
        are kept back, or hardly any place above the lowest class.
    """
    shapes = outlines_of(where.places.index)
    if where.total and len(shapes) < len(where.places):
        return _no_outlines(where)
    shading = by_rates(where) if narrow and where.total else None
    if shading is None and (reason := _no_map(where)):
        return paragraphs(reason)
    drawn = _Map(where, shading or by_counts(where), shapes)
    near = drawn.near()
    if narrow and near:
        return _shown(drawn.shading, [drawn.beside(near)], source)
    panels = [drawn.panel(near, _TALLEST_NARROW if narrow else _TALLEST)]
    if near:
        panels.append(drawn.detail(near))
    return _shown(drawn.shading, panels, source)


def inside_map(inside: Inside, *, source: str) -> Block:
    """Draw the small areas of a ward by the classes of its partnership's map, each with its name.

    Parameters
    ----------
    inside
        The finding; the classes are those that are safe to show of the whole partnership.
    source
        Where counts and shapes came from.

    Returns
    -------
    Block
        One sentence that says why where there is no map, as of `place_map`.
    """
    where = inside.where
    shapes = outlines_of(where.places.index)
    if where.total and len(shapes) < len(where.places):
        return _no_outlines(where)
    if reason := _no_map(where):
        return paragraphs(reason)
    shading = inside_by_counts(inside)
    drawn = _Map(where, shading, shapes)
    said = joined([f"{name} {label}" for name, label in inside.class_names.values()])
    alt = f"Map of {where.measure.phrase} in {inside.area.name}, {where.period.label}: {said}."
    panel = Panel(drawn.inside(inside.class_names), alt)
    return _shown(shading, [panel], source)


def _no_outlines(where: Where) -> Block:
    return lacking(
        f"There is no map: the outlines of {where.area.name}'s small areas are not held.",
        do="They are those of LSOAs of 2021 in England and Wales: see docs/sources.md.",
    )


def _shown(shading: Shading, panels: Sequence[Panel], source: str) -> Block:
    return figure(
        panels,
        title=shading.title,
        subtitle=shading.subtitle,
        source=f"{source}; map: ONS, OS data © Crown copyright and database right",
        data=[classes_table(shading)],
    )


def _no_map(where: Where) -> str:
    if not where.total:
        return f"{where.title}, so there is nothing to map."
    above = where.places["after"] >= where.rules.threshold
    if where.edition == "public" and not where.breaks and above.any():
        return (
            f"There is no map by small area of {where.area.name}: beside other figures even its "
            "classes could tell small counts, so they are kept back."
        )
    if (where.classes > 0).sum() < _FEWEST:
        return (
            f"There is no map: hardly any small area of {where.area.name} had more than a few, and "
            "small counts are kept back."
        )
    return ""


@dataclass(frozen=True)
class _Map:
    """Hold what the panels of a map draw."""

    where: Where
    shading: Shading
    shapes: Mapping[str, Shape]

    def near(self) -> Window | None:
        """Give the window of the wards that are named, where they lie close together."""
        if not self.shading.named:
            return None
        found = window(self.of_wards(list(self.shading.named))).widened(0.12)
        whole = window(self.shapes.values())
        across = (found.east - found.west) / (whole.east - whole.west)
        up = (found.north - found.south) / (whole.north - whole.south)
        return found.flattened(_FLAT) if max(across, up) < _CLOSE else None

    def panel(self, near: Window | None, tallest: int) -> Panel:
        """Draw the whole area, its names beside it unless a part is drawn larger."""
        whole = window(self.shapes.values()).widened(0.01)
        key = key_places(key_labels(self.shading), PHONE)
        above = KEY_LINE * (key[-1][1] + 1) + 12
        named = [] if near else self.named()
        covered = rings(self.shapes.values())
        layout = laid_out(whole, named, covered=covered, width=PHONE, tallest=tallest)
        with drawing(PHONE, layout.tall + above) as canvas:
            axes = _axes(canvas, layout)
            self.fill(axes)
            self.borders(axes)
            if near:
                _frame(axes, near)
            over = _over(canvas)
            _names(over, layout)
            key_above(over, self.shading, key, layout.tall + above)
            svg = svg_of(canvas)
        return Panel(svg, self.alt(), "The whole area" if near else "")

    def detail(self, near: Window) -> Panel:
        """Draw a part once more, larger, with its names."""
        corners = ((near.west, near.south), (near.west, near.north), (near.east, near.north))
        frame = (*corners, (near.east, near.south))
        layout = laid_out(near, self.named(), covered=[frame], width=PHONE - 2, tallest=_TALLEST)
        with drawing(PHONE, layout.tall + 2) as canvas:
            axes = _axes(canvas, layout)
            self.fill(axes)
            self.borders(axes)
            _frame(axes, near)
            _names(_over(canvas), layout)
            svg = svg_of(canvas)
        names = joined([name for name, _ in self.shading.named.values()])
        alt = f"The same map, larger, round {names}: {_said(self.shading)}."
        return Panel(svg, alt, "The part in the frame, larger")

    def beside(self, near: Window) -> Panel:
        """Draw the whole area small, and beside it a part larger, with its names."""
        whole = window(self.shapes.values()).widened(0.03)
        inset = with_inset(whole, near, self.named(), width=PHONE)
        key = key_places(key_labels(self.shading), PHONE)
        above = KEY_LINE * (key[-1][1] + 1) + 12
        with drawing(PHONE, inset.tall + above) as canvas:
            over = _over(canvas)
            draw_leaders(over, inset)
            for layout in (inset.whole, inset.part):
                axes = _axes(canvas, layout)
                self.fill(axes)
                self.borders(axes)
                _frame(axes, near)
            over = _over(canvas)
            _names(over, inset.part)
            key_above(over, self.shading, key, inset.tall + above)
            svg = svg_of(canvas)
        return Panel(svg, self.alt())

    def inside(self, named: Mapping[str, tuple[str, str]]) -> bytes:
        """Draw some small areas larger, each with its name in it, and what lies around them."""
        own = [self.shapes[code] for code in named]
        near = window(own).widened(0.06).flattened(_FLAT)
        key = key_places(key_labels(self.shading), PHONE)
        above = KEY_LINE * (key[-1][1] + 1) + 12
        layout = laid_out(near, [], covered=[], width=PHONE - 2, tallest=_TALLEST_INSIDE)
        with drawing(PHONE, layout.tall + above) as canvas:
            axes = _axes(canvas, layout)
            self.fill(axes)
            self.borders(axes)
            add_borders(axes, without_dots(outline(own)), colour=COLOURS["ink"], width=2.0)
            _names_inside(axes, layout, {name: self.shapes[c] for c, (name, _) in named.items()})
            key_above(_over(canvas), self.shading, key, layout.tall + above)
            return svg_of(canvas)

    def named(self) -> list[tuple[str, Point]]:
        """Give the names of the wards that the text speaks of, each with its ward's middle."""
        return [
            (name, middle(self.of_wards([code]))) for code, (name, _) in self.shading.named.items()
        ]

    def of_wards(self, codes: Sequence[str]) -> list[Shape]:
        """Give the shapes of the small areas of wards."""
        wards = self.where.places["ward"]
        return [self.shapes[str(place)] for place in wards.index[wards.isin(codes)]]

    def fill(self, axes: Axes) -> None:
        """Fill small areas with the tint of their class, or hatch those without one."""
        found = self.shading.classes
        for number, tint in enumerate(tints_of(self.shading)):
            alike = [self.shapes[code] for code in found.index[found == number]]
            edge = tint if self.shading.whole else "white"
            add_areas(axes, alike, fill=tint, edge=edge, width=0.35)
        blank = [self.shapes[code] for code in found.index[found.isna()]]
        add_areas(axes, blank, fill=BLANK, edge=COLOURS["mark"], width=0.35, hatch=HATCH)

    def borders(self, axes: Axes) -> None:
        """Draw the borders of wards, and the outline of the area."""
        inner, around = self.edges
        between = "white" if self.shading.whole else COLOURS["mark"]
        add_borders(axes, inner, colour=between, width=0.6)
        add_borders(axes, around, colour=COLOURS["text"], width=1.0)

    @cached_property
    def edges(self) -> tuple[set[Edge], set[Edge]]:
        """Edges between the wards, and round the area."""
        wards = [self.of_wards([code]) for code in self.where.places["ward"].unique()]
        around = outline(self.shapes.values())
        return borders(wards) - around, without_dots(around)

    def alt(self) -> str:
        """Say what the map shows."""
        where, shading = self.where, self.shading
        pairs = zip(shading.labels, shading.numbers, strict=True)
        unit = shading.unit.removeprefix("small ")
        listed = [f"{label} in {many(n, unit)}" for label, n in pairs]
        what = f"{where.measure.phrase} by {shading.unit}"
        most = "Highest rates" if shading.whole else "Wards with the most"
        ended = f" {most}: {_said(shading)}." if shading.named else ""
        per = f", per 1,000 {where.per}" if shading.whole else ""
        return (
            f"Map of {what} in {where.area.name}, {where.period.label}{per}: {joined(listed)}."
            f"{ended}"
        )


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


def _names_inside(axes: Axes, layout: Layout, named: Mapping[str, Shape]) -> None:
    """Write each name in the middle of its shape, but none upon another."""
    from matplotlib.patheffects import withStroke

    scale = layout.width / (layout.window.east - layout.window.west)
    high = layout.height / (layout.window.north - layout.window.south)
    taken: list[Point] = []
    for name, shape in named.items():
        x, y = middle([shape])
        free = all(
            abs(x - a) * scale > width_of(name) or abs(y - b) * high > LINE for a, b in taken
        )
        if free:
            taken.append((x, y))
            text = axes.text(x, y, name, ha="center", va="center", weight=600, clip_on=True)
            text.set_path_effects([withStroke(linewidth=2.5, foreground="white")])


def _said(shading: Shading) -> str:
    return joined([f"{name} {said}" for name, said in shading.named.values()])
