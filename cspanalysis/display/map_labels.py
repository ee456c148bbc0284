"""Names beside a map: outside its shapes, each with a line to what it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import permutations, product
from math import dist, hypot, inf
from typing import TYPE_CHECKING, Literal

from cspanalysis.display.map_shapes import Point, Window
from cspanalysis.store.outlines import Ring

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["LINE", "Label", "Layout", "laid_out", "width_of"]

LINE = 17
"""Pixels that a line of names takes."""
_LETTER = 6.4  # pixels that a letter of a name takes
_CELL = 4  # pixels across of a cell of the grid on which shapes are looked up
_APART = 3  # pixels between a name and what it must not touch
_DOT = 6  # pixels round the point of another name that a line keeps away from
_MARGINS = (0, 50, 90, 120, 150, 180)
_BANDS = (0, LINE + 6)
_SHRUNK = 1.5
"""Pixels of a line that one pixel of the map's width is worth."""
_TRIED = 400
"""Places of a name that are tried, the nearest first."""


@dataclass(frozen=True, eq=False)
class Label:
    """Hold a name and where it stands, in pixels from the lower left corner.

    Parameters
    ----------
    name
        What is written.
    at
        The point that it names.
    left, down
        The lower left corner of the name.
    """

    name: str
    at: Point
    left: float
    down: float

    @cached_property
    def right(self) -> float:
        """Where the name ends."""
        return self.left + width_of(self.name)

    @property
    def middle(self) -> float:
        """Middle of the name's width."""
        return (self.left + self.right) / 2

    @property
    def up(self) -> float:
        """Upper edge of the name."""
        return self.down + LINE

    @cached_property
    def end(self) -> Point:
        """Where the line from the point reaches the name."""
        x, y = self.at
        return min(max(x, self.left), self.right), min(max(y, self.down + 1), self.up - 1)

    @property
    def side(self) -> Literal["left", "center", "right"]:
        """Which end of the name stands at its line."""
        x, _ = self.at
        return "left" if x <= self.left else "right" if x >= self.right else "center"

    @property
    def length(self) -> float:
        """Length of that line."""
        return dist(self.at, self.end)

    def clashes(self, other: Label) -> bool:
        """Tell whether names, lines or points of two labels meet."""
        apart = (
            self.left > other.right + _APART
            or other.left > self.right + _APART
            or self.down > other.up
            or other.down > self.up
        )
        lines = (self.at, self.end), (other.at, other.end)
        return (
            not apart
            or _cross(*lines)
            or any(_near(*pair) for pair in ((other.at, lines[0]), (self.at, lines[1])))
            or any(
                _cross(line, side)
                for line, box in ((lines[0], other), (lines[1], self))
                for side in box.diagonals()
            )
        )

    def diagonals(self) -> tuple[tuple[Point, Point], tuple[Point, Point]]:
        """Give the diagonals of the name: what crosses the name crosses one of them."""
        return (
            ((self.left, self.down), (self.right, self.up)),
            ((self.left, self.up), (self.right, self.down)),
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """Hold where a map and its names stand in a picture, in pixels.

    Parameters
    ----------
    window
        The part of the earth that is drawn.
    left, down, width, height
        The map's lower left corner and its size.
    tall
        Height of the picture.
    labels
        The names.
    """

    window: Window
    left: float
    down: float
    width: float
    height: float
    tall: float
    labels: tuple[Label, ...] = ()

    def place(self, point: Point) -> Point:
        """Give the pixels of a point of the earth."""
        across = (point[0] - self.window.west) / (self.window.east - self.window.west)
        up = (point[1] - self.window.south) / (self.window.north - self.window.south)
        return self.left + across * self.width, self.down + up * self.height


def laid_out(
    part: Window,
    named: Sequence[tuple[str, Point]],
    *,
    covered: Iterable[Ring],
    width: float,
    tallest: float,
) -> Layout:
    """Lay a map out so that its names stand outside what it covers, as near as they can.

    The map is as large as leaves room for them.

    Parameters
    ----------
    part
        The part of the earth that is drawn.
    named
        Names, each with the point that it names.
    covered
        Rings that no name may lie on.
    width
        Of the picture, in pixels.
    tallest
        Height of the map at most, in pixels.
    """
    rings = tuple(covered)
    best, least = _within(part, 0, 0.5, 0, width, tallest), inf
    tried = product(_MARGINS, (0.0, 1.0), _BANDS) if named else ()
    for room, share, band in tried:
        found = _within(part, room, share, band, width, tallest)
        if (lost := _SHRUNK * room + 2 * band) >= least:
            continue
        labels = _labels(found, named, rings, width, below=least - lost)
        if labels is not None:
            best, least = replace(found, labels=labels), lost + _sum(labels)
    return best


def width_of(name: str) -> float:
    """Give the pixels that a name takes, about.

    Examples
    --------
    >>> width_of("")
    0.0
    """
    return _LETTER * len(name)


def _within(
    part: Window, room: float, share: float, band: float, width: float, tallest: float
) -> Layout:
    """Give the map the width but for some room, of which a share stands left of it.

    A band above it and below it is free as well.
    """
    wide = min(width - room, tallest / part.tall)
    high = wide * part.tall
    return Layout(part, share * (width - wide), band, wide, high, high + 2 * band)


def _labels(
    found: Layout,
    named: Sequence[tuple[str, Point]],
    rings: Sequence[Ring],
    width: float,
    *,
    below: float,
) -> tuple[Label, ...] | None:
    """Place names where the sum of their lines is shortest, and shorter than `below`.

    None where they find no such places.
    """
    taken = _covered(found, rings, width)
    places = [_options(name, found.place(at), taken) for name, at in named]
    nearest = [label for free in places if (label := next(free, None)) is not None]
    # no place of a name is nearer than its first by more than a pixel
    if len(nearest) < len(places) or sum(label.length - 1 for label in nearest) >= below:
        return None
    options = [[first, *free] for first, free in zip(nearest, places, strict=True)]
    best: tuple[Label, ...] | None = None
    clash = cache(Label.clashes)
    for order in permutations(options):
        chosen: list[Label] = []
        for free in order:
            fits = (o for o in free if not any(clash(o, other) for other in chosen))
            if (label := next(fits, None)) is None:
                break
            chosen.append(label)
            if _sum(chosen) >= below:
                break
        else:
            best, below = tuple(chosen), _sum(chosen)
    return best


def _sum(labels: Iterable[Label]) -> float:
    return sum(label.length for label in labels)


def _covered(found: Layout, rings: Sequence[Ring], width: float) -> npt.NDArray[np.int64]:
    """Count the covered cells left of and below each corner of a grid."""
    import numpy as np
    from PIL import Image, ImageDraw

    size = round(width / _CELL), round(found.tall / _CELL)
    picture = Image.new("L", size)
    draw = ImageDraw.Draw(picture)
    for ring in rings:
        points = [found.place(point) for point in ring]
        draw.polygon([(x / _CELL, y / _CELL) for x, y in points], fill=1, outline=1)
    cells = np.pad(np.asarray(picture, dtype=np.int64), ((1, 0), (1, 0)))
    return cells.cumsum(axis=0).cumsum(axis=1)


def _options(name: str, at: Point, taken: npt.NDArray[np.int64]) -> Iterator[Label]:
    """Give the places where a name covers nothing, the nearest first."""
    import numpy as np

    high, wide = int(LINE / _CELL) + 1, int((width_of(name) + _APART) / _CELL) + 1
    held = taken[high:, wide:] - taken[:-high, wide:] - taken[high:, :-wide] + taken[:-high, :-wide]
    down, left = _CELL * np.nonzero(held == 0)[0], _CELL * np.nonzero(held == 0)[1]
    across = np.maximum(0, np.maximum(left - at[0], at[0] - left - width_of(name)))
    up = np.maximum(0, np.maximum(down - at[1], at[1] - down - LINE))
    for nearest in np.hypot(across, up).argsort(kind="stable")[:_TRIED]:
        yield Label(name, at, float(left[nearest]), float(down[nearest]))


def _near(point: Point, line: tuple[Point, Point]) -> bool:
    (x, y), ((x1, y1), (x2, y2)) = point, line
    along = hypot(x2 - x1, y2 - y1)
    if not along:
        return dist(point, line[0]) < _DOT
    share = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / along**2
    at = min(1.0, max(0.0, share))
    return dist(point, (x1 + at * (x2 - x1), y1 + at * (y2 - y1))) < _DOT


def _cross(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    return _parted(one, other) and _parted(other, one)


def _parted(line: tuple[Point, Point], ends: tuple[Point, Point]) -> bool:
    """Tell whether a line has the two ends on different sides."""
    (x1, y1), (x2, y2) = line
    first, second = ((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) for x, y in ends)
    return (first > 0) != (second > 0)
