from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspanalysis.store.shapes import Shapes
from cspanalysis.vocabulary import Area

SQUARE = [(0.0, 0.0), (0.0, 2.0), (2.0, 2.0), (2.0, 0.0), (0.0, 0.0)]
HOLE = [(0.5, 0.5), (0.5, 1.5), (1.5, 1.5), (1.5, 0.5), (0.5, 0.5)]
ISLAND = [(5.0, 0.0), (6.0, 2.0), (7.0, 0.0), (5.0, 0.0)]
BESIDE = [(2.0, 0.0), (2.0, 2.0), (4.0, 2.0), (4.0, 0.0), (2.0, 0.0)]


@pytest.mark.parametrize(
    ("x", "y", "code"),
    [
        (0.1, 1.0, "a"),
        (1.0, 1.0, None),  # in the hole
        (6.0, 1.0, "a"),  # on the island
        (5.1, 1.0, None),  # inside the island's box, outside the island
        (3.0, 1.0, "b"),
        (9.0, 9.0, None),
        (np.nan, np.nan, None),
    ],
)
def test_points_lie_where_one_would_draw_them(x: float, y: float, code: str | None) -> None:
    shapes = Shapes({"a": [SQUARE, HOLE, ISLAND], "b": [BESIDE]})
    assert shapes.at(np.array([x]), np.array([y])) == [code]


@given(st.floats(0.0, 4.0, exclude_max=True), st.floats(0.0, 2.0, exclude_max=True))
def test_a_point_lies_in_exactly_one_of_shapes_that_share_a_border(x: float, y: float) -> None:
    (found,) = Shapes({"a": [SQUARE], "b": [BESIDE]}).at(np.array([x]), np.array([y]))
    assert found == ("a" if x < 2 else "b")


def test_towns_lie_in_their_councils_and_the_sea_in_none() -> None:
    towns = {
        "luton-lad": (-0.417, 51.879),
        "bedford-lad": (-0.466, 52.136),
        "cornwall-lad": (-5.051, 50.263),
        "gwynedd-lad": (-4.129, 53.227),
    }
    x, y = np.array([*towns.values(), (-7.5, 52.0)]).T
    assert Shapes.shipped().at(x, y) == [*(Area.named(slug).code for slug in towns), None]
