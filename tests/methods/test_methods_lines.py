"""Inputs side by side: shapes, indexes, missing values, and errors that name the position."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from cspanalysis.methods import poisson_interval, rate, wilson_interval
from cspanalysis.methods._lines import align, check_counts, normal_quantile


def test_a_number_comes_back_as_a_number():
    lower, upper = wilson_interval(10, 20)
    assert isinstance(lower, float)
    assert isinstance(upper, float)


@pytest.mark.parametrize("values", [[3, 12], (3, 12), np.array([3, 12])])
def test_a_row_comes_back_as_an_array(values):
    lower, _ = poisson_interval(values)
    assert isinstance(lower, np.ndarray)
    assert lower.shape == (2,)


def test_a_series_comes_back_with_its_index():
    lower, upper = wilson_interval(pd.Series([1, 2], index=["a", "b"]), 20)
    assert list(lower.index) == list(upper.index) == ["a", "b"]
    frame = rate(pd.Series([1, 2], index=["a", "b"]), [100, 200])
    assert list(frame.index) == ["a", "b"]


def test_the_index_of_any_series_is_kept():
    assert list(rate([1, 2], pd.Series([100, 200], index=["a", "b"])).index) == ["a", "b"]


def test_one_value_is_stretched_over_the_lines():
    assert rate([5, 10], 1000)["rate"].tolist() == [5, 10]


@pytest.mark.parametrize("missing", [None, math.nan, pd.NA])
def test_missing_alone_is_missing(missing):
    lower, upper = poisson_interval(missing)
    assert math.isnan(lower)
    assert math.isnan(upper)


@pytest.mark.parametrize(
    "values", [[None, 12], pd.Series([None, 12]), pd.Series([pd.NA, 12], dtype="Int64")]
)
def test_missing_among_others_stays_missing(values):
    lower, _ = poisson_interval(values)
    assert np.isnan(np.asarray(lower, dtype=float)).tolist() == [True, False]


def test_nothing_gives_nothing():
    lower, upper = poisson_interval([])
    assert lower.size == upper.size == 0
    frame = rate(pd.Series([], dtype=float), pd.Series([], dtype=float))
    assert frame.shape == (0, 4)


def test_unequal_lengths_are_refused_with_both_lengths():
    with pytest.raises(ValueError, match="lengths differ: successes 2, trials 3"):
        wilson_interval([1, 2], [10, 10, 10])


def test_series_with_different_indexes_are_refused():
    one, other = pd.Series([1], index=["a"]), pd.Series([10], index=["b"])
    with pytest.raises(ValueError, match="successes, trials: Series with different indexes"):
        wilson_interval(one, other)


def test_two_dimensions_are_refused():
    with pytest.raises(ValueError, match="count: 2 dimensions"):
        poisson_interval(np.ones((2, 2)))


def test_infinite_values_are_refused():
    with pytest.raises(ValueError, match="count: inf at position 1 is infinite"):
        poisson_interval([1, math.inf])


def test_fractional_counts_are_refused_with_their_position():
    with pytest.raises(ValueError, match=r"count: 2.5 at position 2 is not a whole number"):
        poisson_interval([1, 2, 2.5, 0.5])


def test_negative_counts_are_refused_with_their_position():
    with pytest.raises(ValueError, match="count: -1 at position 0 is negative"):
        poisson_interval(-1)


def test_whole_and_missing_counts_pass():
    check_counts(count=np.array([0.0, 7.0, np.nan]))


def test_align_copies_its_inputs():
    values = np.array([1.0, 2.0])
    align(values=values).arrays[0][0] = 9
    assert values.tolist() == [1, 2]


@pytest.mark.parametrize(("confidence", "z"), [(0.95, 1.959963984540054), (0.998, 3.090232306)])
def test_quantiles_of_the_usual_confidences(confidence, z):
    assert normal_quantile(confidence) == pytest.approx(z, rel=1e-9)


@pytest.mark.parametrize("confidence", [0, 1, 95, -0.1, math.nan])
def test_confidence_is_strictly_between_0_and_1(confidence):
    with pytest.raises(ValueError, match="confidence"):
        poisson_interval(3, confidence=confidence)
    with pytest.raises(ValueError, match="confidence"):
        wilson_interval(3, 5, confidence=confidence)
