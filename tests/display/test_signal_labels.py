"""Labels of charts: at the point they name, none upon another, none upon the drawn line."""

from __future__ import annotations

import math
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from cspanalysis.display.chart_labels import wall_top
from cspanalysis.display.signal_labels import Box, placed_labels

SIZE = (304.0, 118.0)
TEXT = "above limit, September 2022"
heights = st.lists(st.floats(5, 95), min_size=34, max_size=34)


def places(values: list[float]) -> list[tuple[float, float]]:
    return [(SIZE[0] * (n + 0.8) / 34.6, value) for n, value in enumerate(values)]


def test_neighbours_are_both_named_above_and_below() -> None:
    line = places([50.0] * 20 + [100.0, 20.0] + [50.0] * 12)
    placed = placed_labels([(line[21], TEXT), (line[20], TEXT)], line=line, size=SIZE, most=2)
    assert [label.point for label in placed] == [line[21], line[20]]
    below, above = (label.box for label in placed)
    assert (below.top <= 20, above.bottom >= 100) == (True, True)
    assert [label.leader for label in placed] == [None, None]


def test_a_label_far_from_its_point_is_led_to_it() -> None:
    line = places([50.0] * 34)
    x = line[17][0]
    taken = [Box(0, 28, x - 6, 72), Box(x + 6, 28, 304, 72)]  # nothing may stand near the line
    (label,) = placed_labels([(line[17], TEXT)], line=line, size=SIZE, most=2, taken=taken)
    assert label.leader is not None
    assert label.leader[1] == line[17]
    assert math.dist(*label.leader) > 20


def test_no_line_to_a_point_lies_upon_the_words_of_another() -> None:
    values = [40.0] * 30 + [66.0, 30.0, 30.0, 68.0]
    line = places(values)
    words = ("above limit, Dec 2023", "above limit, Sep 2023")
    placed = placed_labels(
        [(line[33], words[0]), (line[30], words[1])],
        line=line,
        size=SIZE,
        most=2,
        levels=[(0.0, 304.0, 64.0), (0.0, 304.0, 40.0), (0.0, 304.0, 16.0)],
    )
    assert placed[0].text.replace("\n", " ") == words[0]
    for one, other in combinations(placed, 2):
        for label, box in ((one, other.box), (other, one.box)):
            if label.leader:
                (x, y), (to_x, to_y) = label.leader
                along = [(x + n * (to_x - x) / 20, y + n * (to_y - y) / 20) for n in range(21)]
                assert not any(box.holds(place) for place in along)


def test_an_upright_line_has_its_words_beside_it() -> None:
    line = places([20.0] * 34)
    marks = [((280.0, 118.0), TEXT), ((150.0, 118.0), TEXT)]
    placed = placed_labels(marks, line=line, size=SIZE, most=2, beside=True)
    assert [label.box.right < x or label.box.left > x for label, ((x, _), _) in zip(
        placed, marks, strict=True
    )] == [True, True]  # fmt: skip


def test_words_of_an_upright_line_break_rather_than_lie_upon_another() -> None:
    line = places([20.0] * 34)
    mark = ((280.0, 118.0), "new recording, May 2023")
    (free,) = placed_labels([mark], line=line, size=SIZE, most=1, beside=True)
    assert free.text == "new recording, May 2023"
    (label,) = placed_labels(
        [mark], line=line, size=SIZE, most=1, beside=True, walls=[215.0, 280.0]
    )
    assert label.text == "new\nrecording,\nMay 2023"
    assert 215 < label.box.left < label.box.right < 280


def test_labels_avoid_upright_lines_where_they_can() -> None:
    line = places([20.0] * 17 + [60.0] + [20.0] * 16)
    (label,) = placed_labels([(line[17], TEXT)], line=line, size=SIZE, most=1, walls=[140.0])
    assert not label.box.left < 140 < label.box.right


@given(values=heights, wanted=st.lists(st.integers(0, 33), unique=True, max_size=6))
def test_no_label_lies_upon_another_or_the_line_or_leaves_the_chart(
    values: list[float], wanted: list[int]
) -> None:
    line = places(values)
    placed = placed_labels([(line[n], TEXT) for n in wanted], line=line, size=SIZE, most=3)
    assert len(placed) <= 3
    for label in placed:
        box = label.box
        assert min(box.left, box.bottom) >= 0
        assert (box.right <= SIZE[0], box.top <= SIZE[1]) == (True, True)
        assert not any(box.holds(point) for point in line)
    assert not any(one.box.meets(other.box) for one, other in combinations(placed, 2))


def test_a_gap_in_the_line_is_free() -> None:
    line = places([50.0] * 10 + [float("nan")] * 14 + [50.0] * 10)
    assert placed_labels([(line[9], TEXT)], line=line, size=SIZE, most=1)


def test_an_upright_line_ends_below_the_words_of_another() -> None:
    line = places([20.0] * 34)
    marks = [((262.0, 118.0), "new recording, May 2023"), ((216.0, 118.0), "level -22 %, Oct 2022")]
    walls = [x for (x, _), _ in marks]
    placed = placed_labels(marks, line=line, size=SIZE, most=2, walls=walls, beside=True)
    assert placed[0].box.left < walls[1] < placed[0].box.right
    ends = [wall_top(x, placed, SIZE[1]) for x in walls]
    for label, end in zip(placed, ends, strict=True):
        assert end >= label.box.top  # it reaches its own words
    assert not any(
        label.box.left < x < label.box.right and end > label.box.bottom
        for label in placed
        for x, end in zip(walls, ends, strict=True)
    )
