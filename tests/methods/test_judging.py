"""The words of comparisons, and the smallest change that would have shown."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cspanalysis.methods import compare, smallest_change, verdict


def test_each_word_has_its_case() -> None:
    words = verdict(
        [0.001, 0.001, 0.04, 0.04, 0.9, 0.9, 0.05, None],
        [0.01, 0.01, 0.3, 0.3, 0.9, 0.9, 0.05, None],
        [1.5, 0.5, 1.5, 0.5, 1.0, 1.0, 1.5, 1.0],
        lower=[1.2, 0.3, 1.1, 0.3, 0.9, 0.89, 1, 0.9],
        upper=[2.0, 0.7, 2.0, 0.9, 1.11, 1.11, 2, 1.1],
    )
    assert words.tolist() == [
        "higher", "lower", "possibly higher", "possibly lower", "steady", "can't tell",
        "can't tell", None,
    ]  # fmt: skip


def test_without_limits_nothing_is_steady() -> None:
    assert verdict(1, 1, 1) == "can't tell"
    assert verdict(0.04, 0.2, 1) == "can't tell"


@pytest.mark.parametrize("way", ["up", "down"])
def test_the_smallest_change_is_seen_with_a_power_of_80(way: str) -> None:
    ratio = smallest_change(500, noise=2.5, freedom=40, way=way)
    error = math.sqrt(2.5 * (1 / 500 + 1 / (500 * ratio)))
    power = stats.t.sf(stats.t.ppf(0.975, 40) - abs(math.log(ratio)) / error, 40)
    assert power == pytest.approx(0.8)
    assert (ratio > 1) == (way == "up")


def test_no_fall_shows_of_a_count_below_17_times_its_noise() -> None:
    falls = smallest_change([16 * 4, 19 * 4], noise=4, way="down")
    assert np.isnan(falls[0])
    assert 0 < falls[1] < 0.4
    assert np.isnan(smallest_change(0))


def test_a_longer_period_sees_smaller_changes() -> None:
    assert smallest_change(100, exposure=4) < smallest_change(100)


@given(count=st.integers(20, 5000), noise=st.floats(1, 8))
def test_a_change_as_large_is_judged_a_change(count: int, noise: float) -> None:
    ratio = smallest_change(count, noise=noise, freedom=30)
    if ratio < 3:
        tested = compare(count, math.ceil(count * ratio), dispersion=noise, freedom=30)
        assert tested["p_value"].iloc[0] < 0.05


def test_a_third_way_is_refused() -> None:
    with pytest.raises(ValueError, match="'sideways' is neither"):
        smallest_change(10, way="sideways")
