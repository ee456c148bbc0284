"""Names beside a map: outside what it covers, apart, each joined to what it names."""

from __future__ import annotations

from itertools import combinations

import pytest

from cspanalysis.display.map_labels import LINE, Label, laid_out, width_of
from cspanalysis.display.map_shapes import Window

SQUARE = ((0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (0.0, 0.0))
"""Covers the whole of the window below."""
PART = Window(0.0, 1.0, 0.0, 1.0)
NAMED = [("Sandy", (0.5, 0.9)), ("Leighton-Linslade South", (0.4, 0.1)), ("Harpur", (0.45, 0.2))]


@pytest.mark.parametrize("tallest", [240, 430])
def test_names_stand_outside_the_shape_and_apart(tallest: float) -> None:
    found = laid_out(PART, NAMED, covered=[SQUARE], width=344, tallest=tallest)
    (west, south), (east, north) = found.place((0, 0)), found.place((1, 1))
    assert len(found.labels) == 3
    for label in found.labels:
        assert label.left >= 0
        assert label.right <= 344
        assert label.down >= 0
        assert label.up <= found.tall
        beside = label.right <= west or label.left >= east
        assert beside or label.up <= south or label.down >= north, label
    assert not any(one.clashes(other) for one, other in combinations(found.labels, 2))


def test_a_map_without_names_takes_all_the_width() -> None:
    found = laid_out(PART, [], covered=[SQUARE], width=344, tallest=900)
    assert (found.left, found.width, found.labels) == (0, 344, ())
    assert found.height == pytest.approx(344 / PART.squeeze)  # as it is on the ground


def test_a_name_joins_the_point_at_its_nearest_end() -> None:
    label = Label("Harpur", (0.0, 50.0), 100.0, 40.0)
    assert label.end == (100.0, 50.0)
    assert label.side == "left"
    assert label.length == 100
    assert (label.right, label.up) == (100 + width_of("Harpur"), 40 + LINE)


def test_a_line_may_cross_neither_a_name_nor_another_line() -> None:
    label = Label("Harpur", (0.0, 50.0), 100.0, 40.0)
    assert label.clashes(Label("Sandy", (50.0, 0.0), 30.0, 80.0))  # its line crosses
    assert label.clashes(Label("Sandy", (120.0, 90.0), 110.0, 10.0))  # through the name
    assert label.clashes(Label("Sandy", (50.0, 51.0), 40.0, 80.0))  # its point is on the line
    assert not label.clashes(Label("Sandy", (0.0, 90.0), 100.0, 80.0))
