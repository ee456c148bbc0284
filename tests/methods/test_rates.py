"""Rates and proportions: published values, missing denominators, units and aggregation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspanalysis.methods import poisson_interval, proportion, rate, wilson_interval

# count, denominator, per, rate, 95 % limits, 99.8 % limits, method (PHEindicatormethods 2.1.0)
RATES = [
    (1, 100, 100, 1, 0.025317807984289897, 5.571643390938898, 0.0010005003335835344,
     9.233413476451585, "exact"),
    (65, 100, 100, 65, 50.163187710459454, 82.84913854593984, 42.8802614714802,
     94.00029084431802, "byar"),
    (5, 100, 100_000, 5000, 1623.4863901184199, 11668.332079322669, 739.3717319178389,
     16454.745203680104, "exact"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("count", "n", "per", "value", "low", "high", "low998", "high998", "method"), RATES
)
def test_published_rates_by_hand(count, n, per, value, low, high, low998, high998, method):
    row = rate(count, n, per=per).iloc[0]
    assert row["method"] == method
    assert [row["rate"], row["lower"], row["upper"]] == pytest.approx([value, low, high], rel=1e-9)
    outer = rate(count, n, per=per, confidence=0.998).iloc[0]
    assert [outer["lower"], outer["upper"]] == pytest.approx([low998, high998], rel=1e-9)


def test_rates_are_per_thousand_at_95_percent_unless_said():
    row = rate(20, 500).iloc[0]
    assert row["rate"] == 40
    assert (row["lower"], row["upper"]) == pytest.approx([2 * x for x in poisson_interval(20)])


def test_the_method_changes_at_ten():
    assert rate([9, 10], 100)["method"].tolist() == ["exact", "byar"]


@pytest.mark.parametrize("denominator", [0, None, np.nan])
def test_without_a_denominator_a_rate_is_missing_never_infinite(denominator):
    row = rate(10, denominator).iloc[0]
    assert row[["rate", "lower", "upper"]].isna().all()
    assert row["method"] == "byar"
    shares = proportion(0, denominator).iloc[0]
    assert shares[["value", "lower", "upper"]].isna().all()


def test_without_a_count_everything_is_missing():
    frame = rate([None, 3], 100)
    assert frame.iloc[0].isna().all()
    assert frame.iloc[1].notna().all()


def test_a_negative_denominator_is_refused():
    with pytest.raises(ValueError, match="denominator: -1 at position 1 is negative"):
        rate([1, 2], [1, -1])


@pytest.mark.parametrize("per", [0, -1000, float("nan")])
def test_the_unit_is_above_0(per):
    with pytest.raises(ValueError, match="per:"):
        rate(1, 2, per=per)


def test_a_proportion_and_a_percentage():
    share, percentage = proportion(65, 100), proportion(65, 100, per=100)
    limits = wilson_interval(65, 100)
    assert share.iloc[0].tolist() == [0.65, *limits, "wilson"]
    assert percentage.iloc[0, :3].tolist() == pytest.approx([65, limits[0] * 100, limits[1] * 100])
    narrow = proportion(65, 100, confidence=0.5).iloc[0]
    assert (narrow["lower"], narrow["upper"]) == wilson_interval(65, 100, confidence=0.5)


def test_a_part_larger_than_its_whole_is_refused():
    with pytest.raises(ValueError, match="successes: 3 at position 0 exceeds trials"):
        proportion(3, 2)


@given(
    count=st.integers(0, 10_000),
    denominator=st.integers(1, 10**6),
    times=st.integers(2, 50),
)
def test_a_rate_scales_with_its_unit_and_against_its_denominator(count, denominator, times):
    columns = ["rate", "lower", "upper"]
    once = rate(count, denominator, per=1000)[columns]
    np.testing.assert_allclose(rate(count, denominator, per=1000 * times)[columns], once * times)
    np.testing.assert_allclose(rate(count, denominator * times)[columns], once / times)


@given(st.permutations(range(5)))
def test_the_order_of_lines_does_not_matter(order):
    counts, people = pd.Series([0, 3, 9, 10, 400]), pd.Series([10, 0, 70, 500, 900])
    straight = rate(counts, people)
    pd.testing.assert_frame_equal(rate(counts[order], people[order]), straight.loc[order])


def _check(frame: pd.DataFrame, expected: pd.DataFrame, lower: str, upper: str) -> None:
    for ours, theirs in ((frame.iloc[:, 0], "value"), (frame["lower"], lower)):
        np.testing.assert_allclose(ours, expected[theirs], rtol=1e-9)
    np.testing.assert_allclose(frame["upper"], expected[upper], rtol=1e-9)


@pytest.mark.shared_data
def test_published_rates(reference):
    for per, group in reference("phe_rate").groupby("multiplier"):
        inner = rate(group["Numerator"], group["Denominator"], per=per)
        outer = rate(group["Numerator"], group["Denominator"], per=per, confidence=0.998)
        _check(inner, group, "lower95_0cl", "upper95_0cl")
        _check(outer, group, "lower99_8cl", "upper99_8cl")
        named = group["method"].map({"Exact": "exact", "Byars": "byar"})
        pd.testing.assert_series_equal(inner["method"], named, check_names=False)


@pytest.mark.shared_data
def test_published_rates_of_groups(reference):
    group = reference("phe_rate_grouped")
    ours = rate(group["Numerator"], group["Denominator"], per=100_000)
    _check(ours, group, "lowercl", "uppercl")


@pytest.mark.shared_data
def test_published_proportions_of_areas(reference):
    for per, group in reference("phe_proportion").groupby("multiplier"):
        inner = proportion(group["Numerator"], group["Denominator"], per=per)
        outer = proportion(group["Numerator"], group["Denominator"], per=per, confidence=0.998)
        _check(inner, group, "lower95_0cl", "upper95_0cl")
        _check(outer, group, "lower99_8cl", "upper99_8cl")


@pytest.mark.shared_data
def test_published_proportions_of_groups(reference):
    group = reference("phe_proportion_grouped")
    _check(proportion(group["Numerator"], group["Denominator"]), group, "lowercl", "uppercl")
