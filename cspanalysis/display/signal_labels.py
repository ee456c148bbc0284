"""Where labels stand beside the points of a narrow chart: none upon another, none upon the line."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Box", "Label", "Point", "placed_labels"]

Point = tuple[float, float]
"""Pixels from the left and from the bottom of a chart."""

_LETTER = 5.4  # mean width of a letter in pixels
_TALL = 11.0
_NEAR = 5.0  # between a point and its label
_GAP = 3.0  # between two labels
_ROWS = 6
_SHARES = (0.5, 0.0, 1.0, 0.25, 0.75)  # of a label that lies left of its point
_LEADER = 9.0  # farther away, a line leads to the point
_CROSSED = 15.0  # what it costs, in pixels of distance, to lie upon a line that runs through
_WALLED = 45.0  # and upon an upright one


@dataclass(frozen=True, slots=True)
class Box:
    """Hold the edges of a label in pixels."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, point: Point, *, by: float = 0.0) -> bool:
        """Tell whether a point lies within it or nearer than some pixels."""
        x, y = point
        return self.left - by < x < self.right + by and self.bottom - by < y < self.top + by

    def meets(self, other: Box) -> bool:
        """Tell whether another lies upon it, the gap between two labels included."""
        return (
            self.left < other.right + _GAP
            and other.left < self.right + _GAP
            and self.bottom < other.top + _GAP
            and other.bottom < self.top + _GAP
        )

    def nearest(self, point: Point) -> Point:
        """Give its place that is nearest to a point."""
        x, y = point
        return min(max(x, self.left), self.right), min(max(y, self.bottom), self.top)


@dataclass(frozen=True, slots=True)
class Label:
    """Hold a label: its words, where they lie, and the point that they name."""

    text: str
    box: Box
    point: Point

    @property
    def leader(self) -> tuple[Point, Point] | None:
        """The line from the label to its point; None where they lie side by side."""
        end = self.box.nearest(self.point)
        return (end, self.point) if math.dist(end, self.point) > _LEADER else None


def placed_labels(
    wanted: Iterable[tuple[Point, str]],
    *,
    line: Sequence[Point],
    size: Point,
    most: int,
    levels: Sequence[float] = (),
    walls: Sequence[float] = (),
    taken: Sequence[Box] = (),
    beside: bool = False,
) -> list[Label]:
    """Place labels in the order wanted, leaving out those that no room is left for.

    Parameters
    ----------
    wanted
        Points and words, the most important first.
    line
        The points of the drawn line, which no label may lie upon; a gap is a missing value.
    size
        Width and height of the chart.
    most
        How many labels to place at most.
    levels
        Heights of lines that run through the chart, which labels avoid where they can.
    walls
        Places of upright lines, which labels avoid where they can.
    taken
        What lies there already.
    beside
        Whether labels stand beside their point and below it: those of an upright line.

    Examples
    --------
    >>> point = (90.0, 60.0)
    >>> line = [(0.0, 20.0), point]
    >>> (label,) = placed_labels([(point, "above limit")], line=line, size=(100, 100), most=2)
    >>> label.text, label.leader
    ('above limit', None)
    """
    drawn = list(_along(line))
    held, placed = list(taken), list[Label]()
    for point, text in wanted:
        if len(placed) == most:
            break
        free = [
            box
            for box in (_beside if beside else _around)(point, text, size)
            if not any(box.meets(other) for other in held)
            and not any(box.holds(place, by=1) for place in drawn)
        ]
        if free:
            box = min(free, key=lambda one: _cost(one, point, levels, walls))
            held.append(box)
            placed.append(Label(text, box, point))
    return placed


def _around(point: Point, text: str, size: Point) -> Iterator[Box]:
    """Give the places for a label within the chart, above its point and below."""
    (x, y), long = point, _LETTER * len(text)
    for row in range(_ROWS):
        away = _NEAR + row * _TALL
        for bottom in (y + away, y - away - _TALL):
            for share in _SHARES:
                left = min(max(x - share * long, 0.0), size[0] - long)
                box = Box(left, bottom, left + long, bottom + _TALL)
                if left >= 0 and bottom >= 0 and box.top <= size[1]:
                    yield box


def _beside(point: Point, text: str, size: Point) -> Iterator[Box]:
    """Give the places for a label within the chart, right of its point and left, and below."""
    (x, y), long = point, _LETTER * len(text)
    for row in range(_ROWS):
        bottom = y - (row + 1) * _TALL
        for left in (x + _GAP, x - _GAP - long):
            if left >= 0 and left + long <= size[0] and bottom >= 0:
                yield Box(left, bottom, left + long, bottom + _TALL)


def _cost(box: Box, point: Point, levels: Sequence[float], walls: Sequence[float]) -> float:
    crossed = _CROSSED * sum(box.bottom < level < box.top for level in levels)
    crossed += _WALLED * sum(box.left < wall < box.right for wall in walls)
    middle = abs((box.left + box.right) / 2 - point[0]) / 10
    return math.dist(box.nearest(point), point) + middle + crossed


def _along(line: Sequence[Point]) -> Iterator[Point]:
    """Give places along a line, two pixels apart or nearer; nothing across a gap."""
    for (x, y), (to_x, to_y) in pairwise(line):
        steps = math.dist((x, y), (to_x, to_y)) / 2
        if math.isnan(steps):
            continue
        number = max(1, math.ceil(steps))
        for step in range(number + 1):
            share = step / number
            yield x + share * (to_x - x), y + share * (to_y - y)
