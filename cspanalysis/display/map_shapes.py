"""Shapes on a map: borders between groups of them, their middle, and the window that is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

from cspanalysis.store.outlines import Ring, Shape

__all__ = [
    "Edge",
    "Point",
    "Window",
    "borders",
    "chained",
    "middle",
    "outline",
    "rings",
    "window",
    "without_dots",
]

Point = tuple[float, float]
Edge = tuple[Point, Point]


@dataclass(frozen=True, slots=True)
class Window:
    """Hold a part of the earth, in degrees."""

    west: float
    east: float
    south: float
    north: float

    @property
    def squeeze(self) -> float:
        """How much shorter a degree of longitude is here than one of latitude."""
        return cos(radians((self.south + self.north) / 2))

    @property
    def tall(self) -> float:
        """Height over width, as drawn."""
        return (self.north - self.south) / ((self.east - self.west) * self.squeeze)

    def widened(self, share: float) -> Window:
        """Give a window with room around, as a share of its width."""
        across = share * (self.east - self.west)
        up = across * self.squeeze
        return Window(self.west - across, self.east + across, self.south - up, self.north + up)

    def flattened(self, tall: float) -> Window:
        """Give a window that is widened, if need be, to be no taller than so many widths.

        Examples
        --------
        >>> round(Window(0, 1, 50, 52).flattened(0.8).tall, 6)
        0.8
        """
        more = max(0.0, self.tall / tall - 1) * (self.east - self.west) / 2
        return Window(self.west - more, self.east + more, self.south, self.north)


def rings(shapes: Iterable[Shape]) -> Iterator[Ring]:
    """Give the rings of shapes, outer and inner ones alike."""
    return (ring for shape in shapes for polygon in shape for ring in polygon)


def window(shapes: Iterable[Shape]) -> Window:
    """Give the smallest window that holds some shapes."""
    points = [point for ring in rings(shapes) for point in ring]
    (west, east), (south, north) = ((min(axis), max(axis)) for axis in zip(*points, strict=True))
    return Window(west, east, south, north)


def outline(shapes: Iterable[Shape]) -> set[Edge]:
    """Give the edges that only one of the shapes has: the border of all of them together."""
    edges = Counter((min(pair), max(pair)) for ring in rings(shapes) for pair in pairwise(ring))
    return {edge for edge, times in edges.items() if times == 1 and edge[0] != edge[1]}


def borders(groups: Iterable[Sequence[Shape]]) -> set[Edge]:
    """Give the borders of groups of shapes."""
    return {edge for group in groups for edge in outline(group)}


def without_dots(edges: set[Edge], *, part: float = 0.02) -> set[Edge]:
    """Leave out of an outline the closed lines that are dots on the map: rests of rivers.

    Parameters
    ----------
    edges
        An outline.
    part
        Below which share of its width and of its height a line is a dot.

    Examples
    --------
    >>> corners = [(0, 0), (0, 9), (9, 9), (9, 0), (0, 0)]
    >>> dot = [(20, 5), (20, 5.1), (20.1, 5.1), (20, 5)]
    >>> len(without_dots({*pairwise(corners), *pairwise(dot)}))
    4
    """
    lines = list(_connected(edges))
    wide, high = (max(spans) for spans in zip(*map(_spans, lines), strict=True))
    limits = part * wide, part * high
    return {
        edge
        for line in lines
        if any(span >= limit for span, limit in zip(_spans(line), limits, strict=True))
        for edge in line
    }


def _connected(edges: set[Edge]) -> Iterator[set[Edge]]:
    """Part edges into those that hang together."""
    at: dict[Point, set[Edge]] = {}
    for edge in edges:
        for point in edge:
            at.setdefault(point, set()).add(edge)
    left = set(edges)
    while left:
        found, ahead = set(), [left.pop()]
        while ahead:
            edge = ahead.pop()
            found.add(edge)
            near = {other for point in edge for other in at[point]} & left
            left -= near
            ahead += near
        yield found


def _spans(line: set[Edge]) -> tuple[float, float]:
    xs, ys = zip(*(point for edge in line for point in edge), strict=True)
    return max(xs) - min(xs), max(ys) - min(ys)


def chained(edges: Iterable[Edge]) -> Iterator[list[Point]]:
    """Give edges as lines, each as long as it goes, always the same ones.

    Examples
    --------
    >>> list(chained([((1, 0), (2, 0)), ((0, 0), (1, 0)), ((5, 5), (6, 6))]))
    [[(0, 0), (1, 0), (2, 0)], [(5, 5), (6, 6)]]
    """
    ahead: dict[Point, list[Point]] = {}
    for one, other in sorted(edges, reverse=True):
        ahead.setdefault(one, []).append(other)
        ahead.setdefault(other, []).append(one)
    ends = [point for point, near in ahead.items() if len(near) % 2]
    for start in (*sorted(ends), *sorted(ahead)):  # rings have no end to start from
        while ahead[start]:
            line = [start]
            while near := ahead[line[-1]]:
                following = near.pop()
                ahead[following].remove(line[-1])
                line.append(following)
            yield line


def middle(shapes: Iterable[Shape]) -> Point:
    """Give the centre of the area of some shapes."""
    total = east = north = 0.0
    for ring in rings(shapes):
        for (x, y), (next_x, next_y) in pairwise(ring):
            cross = x * next_y - next_x * y
            total, east = total + cross, east + (x + next_x) * cross
            north += (y + next_y) * cross
    return east / (3 * total), north / (3 * total)
