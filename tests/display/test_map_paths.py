"""Areas and borders on a map: one path of all that look alike, which covers what it should."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from cspanalysis.display.map_paths import add_areas, add_borders
from cspanalysis.display.map_shapes import Edge, Point, chained
from cspanalysis.store.outlines import Ring, Shape


def square(west: float, south: float, size: float, *, turned: bool = False) -> Ring:
    """Give a square's ring; turned, it is a hole."""
    east, north = west + size, south + size
    ring = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return tuple(ring[::-1] if turned else ring)


RING: Shape = ((square(0, 0, 9), square(3, 3, 3, turned=True)),)
WITHIN: Shape = ((square(3, 3, 3),),)


def is_filled(at: Point, *shapes: Shape) -> bool:
    """Draw shapes in red, and tell whether a point is red."""
    figure = Figure(figsize=(1, 1), dpi=90)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, 9), ylim=(0, 9))
    add_areas(axes, shapes, fill="red", edge="white", width=0)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())
    red, green, _, _ = pixels[89 - int(at[1] * 10), int(at[0] * 10)]
    return bool(red > 200 > green)


def test_a_hole_stays_one_until_what_lies_in_it_is_drawn() -> None:
    assert is_filled((1.0, 1.0), RING)
    assert not is_filled((4.5, 4.5), RING)
    assert is_filled((4.5, 4.5), RING, WITHIN)


def test_nothing_is_drawn_of_nothing() -> None:
    axes = Figure().add_axes((0, 0, 1, 1))
    before = len(axes.get_children())
    add_areas(axes, [], fill="red", edge="white", width=1)
    add_borders(axes, [], colour="red", width=1)
    assert len(axes.get_children()) == before


@pytest.mark.parametrize(
    ("edges", "lines"),
    [
        ([], []),
        # A ring has no end: its line comes back to where it started.
        ([((0, 0), (1, 0)), ((1, 0), (1, 1)), ((0, 0), (1, 1))], [4]),
        # A cross of four arms that meet: two lines go through.
        ([((0, 1), (1, 1)), ((1, 1), (2, 1)), ((1, 0), (1, 1)), ((1, 1), (1, 2))], [3, 3]),
        # Three arms: one line goes through, one ends in the middle.
        ([((0, 1), (1, 1)), ((1, 1), (2, 1)), ((1, 0), (1, 1))], [2, 3]),
    ],
)
def test_lines_hold_each_edge_once(edges: list[Edge], lines: list[int]) -> None:
    found = list(chained(edges))
    assert sorted(map(len, found)) == lines
    walked: list[tuple[Point, Point]] = []
    for line in found:
        walked += [(min(pair), max(pair)) for pair in pairwise(line)]
    assert sorted(walked) == sorted((min(edge), max(edge)) for edge in edges)
    assert list(chained(reversed(edges))) == found, "whatever order they come in"
