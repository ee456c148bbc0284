from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cspanalysis.display.signal_labels import _span, placed_labels

TEXT = "above limit, September 2022"


def test_neighbours_far_enough_apart_are_both_named() -> None:
    placed = placed_labels([(33, TEXT), (2, TEXT)], points=34, width=304, most=2)
    assert [(label.place, label.side) for label in placed] == [(33, "right"), (2, "left")]


def test_a_middle_label_gives_way_to_one_that_hangs_into_it() -> None:
    placed = placed_labels([(26, TEXT), (14, TEXT)], points=34, width=304, most=2)
    assert len(placed) == 1


@given(
    places=st.lists(st.integers(0, 33), unique=True, max_size=8),
    lengths=st.lists(st.integers(5, 40), min_size=8, max_size=8),
)
def test_no_label_lies_upon_another_or_leaves_the_chart(
    places: list[int], lengths: list[int]
) -> None:
    wanted = [(place, "x" * long) for place, long in zip(places, lengths, strict=False)]
    placed = placed_labels(wanted, points=34, width=304, most=3)
    spans = sorted(
        _span(304 * (label.place + 0.8) / 34.6, label.text, label.side) for label in placed
    )
    assert len(placed) <= 3
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert all(low >= -10 and high <= 314 for low, high in spans)
