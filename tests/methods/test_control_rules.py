"""The rules of special cause on rows worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspanalysis.methods import control_rules as rules


def row(text: str) -> np.ndarray:
    """Read '+ - 0 1 2' as numbers."""
    return np.array([{"+": 1, "-": -1}.get(mark) or float(mark) for mark in text.split()])


@pytest.mark.parametrize(
    ("side", "marked"),
    [
        ("+ + + + + +", "0 0 0 0 0 0"),
        ("+ + + + + + +", "+ + + + + + +"),
        ("- - - - - - - - +", "- - - - - - - - 0"),
        ("+ + + 0 + + + +", "0 0 0 0 0 0 0 0"),
        ("+ + + - + + + +", "0 0 0 0 0 0 0 0"),
        ("0 0 0 0 0 0 0", "0 0 0 0 0 0 0"),
        ("0 - - - - - - - 0", "0 - - - - - - - 0"),
    ],
)
def test_shift(side, marked):
    assert rules.shift(row(side).astype(np.int8), points=7).tolist() == row(marked).tolist()


def test_shift_of_another_length():
    side = row("+ + + - -").astype(np.int8)
    assert rules.shift(side, points=3).tolist() == row("+ + + 0 0").tolist()


@pytest.mark.parametrize(
    ("values", "marked"),
    [
        ("1 2 3 4 5 6", "0 0 0 0 0 0"),
        ("1 2 3 4 5 6 7", "+ + + + + + +"),
        ("2 1 2 3 4 5 6 7 3", "0 + + + + + + + 0"),
        ("7 6 5 4 3 2 1 1", "- - - - - - - 0"),
        ("1 2 3 4 4 5 6 7", "0 0 0 0 0 0 0 0"),
        ("1 2 3 nan 5 6 7 8", "0 0 0 0 0 0 0 0"),
        ("1 2 3 4 5 6 7 6 5 4 3 2 1", "+ + + + + + - - - - - - -"),
        ("1 2 3 4 5 6 7 7 6 5 4 3 2 1", "+ + + + + + + - - - - - - -"),
        ("5 5 5 5 5 5 5 5", "0 0 0 0 0 0 0 0"),
        ("1", "0"),
    ],
)
def test_trend(values, marked):
    assert rules.trend(row(values), points=7).tolist() == row(marked).tolist()


def test_trend_of_another_length():
    assert rules.trend(row("1 2 3 2"), points=3).tolist() == row("+ + + 0").tolist()


@pytest.mark.parametrize(
    ("near", "side", "marked"),
    [
        ("0 0 0", "+ + +", "0 0 0"),
        ("+ + 0", "+ + +", "+ + 0"),
        ("+ 0 +", "+ + +", "+ 0 +"),
        ("0 - -", "- - -", "0 - -"),
        ("+ + +", "+ + +", "+ + +"),
        ("0 0 +", "+ + +", "0 0 0"),
        ("+ 0 +", "+ - +", "0 0 0"),
        ("+ + 0", "+ + -", "0 0 0"),
        ("+ + 0", "+ + 0", "0 0 0"),
        ("+ - 0", "+ - -", "0 0 0"),
        ("0 0 + 0 + 0 0", "+ - + - + - +", "0 0 0 0 0 0 0"),
        ("+ 0 0 + +", "+ + + + +", "0 0 0 + +"),
        ("+ 0 0 +", "+ + + +", "0 0 0 0"),
        ("+ +", "+ +", "0 0"),
    ],
)
def test_two_of_three(near, side, marked):
    found = rules.two_of_three(row(near).astype(np.int8), row(side).astype(np.int8))
    assert found.tolist() == row(marked).tolist()


def test_beyond_is_strict():
    values, limits = np.array([0, 1, 2, 3, 4, np.nan]), (np.full(6, 1.0), np.full(6, 3.0))
    assert rules.beyond(values, *limits).tolist() == [-1, 0, 0, 0, 1, 0]
    missing = np.full(6, np.nan)
    assert rules.beyond(values, missing, missing).tolist() == [0] * 6


@pytest.mark.parametrize("rule", [rules.shift, rules.trend])
def test_nothing_has_no_pattern(rule):
    assert rule(np.array([]), points=7).tolist() == []


@given(st.lists(st.integers(-3, 3), max_size=40))
def test_turning_a_series_upside_down_turns_the_marks(values):
    points = np.array(values, dtype=float)
    side = np.sign(points).astype(np.int8)
    assert (rules.trend(-points, points=4) == -rules.trend(points, points=4)).all()
    assert (rules.shift(-side, points=4) == -rules.shift(side, points=4)).all()
    near = np.where(np.abs(points) > 1, side, 0).astype(np.int8)
    assert (rules.two_of_three(-near, -side) == -rules.two_of_three(near, side)).all()


@given(st.lists(st.integers(-3, 3), max_size=40))
def test_turning_a_series_back_to_front_keeps_the_points_of_runs(values):
    points = np.array(values, dtype=float)
    side = np.sign(points).astype(np.int8)
    assert (rules.shift(side[::-1], points=4)[::-1] == rules.shift(side, points=4)).all()
    backwards = rules.trend(points[::-1], points=4)[::-1]
    assert ((backwards != 0) == (rules.trend(points, points=4) != 0)).all()


@pytest.mark.shared_data
def test_published_rule_units(reference):
    frame = reference("ptd_rule_units")
    numbers = lambda text: np.array([float(x) for x in text.split()])  # noqa: E731
    units = {
        "seven_point_one_side_mean": lambda v: rules.shift(v.astype(np.int8), points=7),
        "seven_point_trend": lambda v: rules.trend(v, points=7),
    }
    # the published steps mark the last point of a pattern, ours all of it
    for name, rule in units.items():
        for line in frame[frame["function"] == name].itertuples():
            expected = numbers(line.expected)
            ours = rule(numbers(line.input)) != 0
            assert ours[expected != 0].all()
            assert ours.any() == expected.any()
    lines = frame[frame["function"] == "two_in_three(close,relative_to_mean)"]
    for line in lines[lines["second_input"] != "0 (recycled)"].itertuples():
        near, side = numbers(line.input), numbers(line.second_input)
        found = rules.two_of_three((near * side).astype(np.int8), side.astype(np.int8)) != 0
        assert (found == ((numbers(line.expected) != 0) & (near != 0))).all()
