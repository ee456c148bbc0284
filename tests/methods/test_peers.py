"""Peers: ranks, quartiles, places and nearest areas, worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspanalysis.methods import (
    nearest,
    peer_summary,
    position,
    rank,
    rank_chances,
    rank_interval,
    shrunken_rates,
)

RATES = pd.Series({"a": 10.0, "b": 1.0, "c": 2.0, "d": 3.0, "e": 4.0, "f": 5.0})


def test_ranks_share_the_better_place():
    assert rank([5, 7, 7, 1]).tolist() == [3, 1, 1, 4]
    assert rank([5, 7, 7, 1], highest_first=False).tolist() == [2, 3, 3, 1]
    ranks = rank(pd.Series([5, None, 7], index=["x", "y", "z"]))
    assert ranks.fillna(0).to_dict() == {"x": 2, "y": 0, "z": 1}


def test_summary_by_hand():
    assert peer_summary([4, 1, None, 2, 3]) == {
        "n": 4, "lowest": 1, "lower_quartile": 1.75, "median": 2.5, "upper_quartile": 3.25,
        "highest": 4, "interquartile_range": 1.5,
    }  # fmt: skip
    nothing = peer_summary([None])
    assert nothing.pop("n") == 0
    assert np.isnan(list(nothing.values())).all()


def test_position_leaves_the_area_out_of_its_peers():
    place = position(RATES, "a")
    assert (place["value"], place["rank"], place["of"], place["n"]) == (10, 1, 6, 5)
    assert (place["lower_quartile"], place["median"], place["upper_quartile"]) == (2, 3, 4)
    assert place["ratio"] == pytest.approx(10 / 3)
    assert place["place"] == "above"
    assert position(RATES, "a", highest_first=False)["rank"] == 6


@pytest.mark.parametrize(
    ("value", "place"), [(4.001, "above"), (4, "within"), (2, "within"), (1.999, "below")]
)
def test_the_quartiles_themselves_are_within(value, place):
    assert position(RATES.where(RATES.index != "a", value), "a")["place"] == place


def test_what_cannot_be_said_is_missing():
    without = position(RATES.where(RATES.index != "a"), "a")
    assert without["place"] is None
    assert np.isnan([without["value"], without["rank"], without["ratio"]]).all()
    assert without["of"] == 5
    alone = position(pd.Series({"a": 3.0}), "a")
    assert alone["place"] is None
    assert alone["rank"] == 1
    zeros = position(pd.Series({"a": 3.0, "b": 0.0}), "a")
    assert math.isnan(zeros["ratio"])
    assert zeros["place"] == "above"


@pytest.mark.parametrize("index", [["x", "y"], ["a", "a"]])
def test_the_area_must_be_there_once(index):
    with pytest.raises(ValueError, match=r"area 'a': [02] rows"):
        position(pd.Series([1.0, 2.0], index=index), "a")
    with pytest.raises(ValueError, match=r"area 'a': [02] rows"):
        nearest(pd.DataFrame({"size": [1.0, 2.0]}, index=index), "a")


# sizes have mean 3 and standard deviation 2, shares mean 0.5 and standard deviation 0.5
AREAS = pd.DataFrame({"size": [1.0, 1, 5, 5], "share": [0.0, 1, 0, 1]}, index=list("abcd"))


def test_distances_by_hand():
    found = nearest(AREAS, "a")
    assert found.index.tolist() == ["b", "c", "d"]
    assert found["distance"].tolist() == pytest.approx([math.sqrt(2), math.sqrt(2), 2])
    assert found[["size", "share"]].equals(AREAS.loc[["b", "c", "d"]])
    assert found.attrs["method"] == "standardised distance over size, share"


def test_columns_and_number_can_be_chosen():
    found = nearest(AREAS, "a", n=1, columns=["size"])
    assert found.index.tolist() == ["b"]
    assert found["distance"].tolist() == [0]
    assert found.attrs["method"] == "standardised distance over size"
    assert (
        len(nearest(pd.DataFrame({"x": range(20)}, index=list("abcdefghijklmnopqrst")), "a")) == 15
    )


def test_a_column_without_variation_counts_nothing():
    flat = AREAS.assign(flat=7.0)
    ratio = nearest(flat, "a")["distance"] / nearest(AREAS, "a")["distance"]
    np.testing.assert_allclose(ratio, math.sqrt(2 / 3))


def test_areas_with_missing_values_are_left_out():
    frame = AREAS.copy()
    frame.loc["b", "size"] = None
    assert nearest(frame, "a").index.tolist() == ["c", "d"]
    assert nearest(frame, "a", columns=["share"]).index.tolist() == ["c", "b", "d"]
    with pytest.raises(ValueError, match="area 'b': a value is missing"):
        nearest(frame, "b")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n": 0}, "n: 0; give 1 or more"),
        ({"columns": ["size", "height"]}, "columns: .'height'.; choose from"),
        ({"columns": []}, "columns: none"),
    ],
)
def test_wrong_settings_are_named(options, message):
    with pytest.raises(ValueError, match=message):
        nearest(AREAS, "a", **options)


@given(times=st.floats(0.01, 1000), plus=st.floats(-1000, 1000))
def test_units_of_the_columns_do_not_matter(times, plus):
    moved = nearest(AREAS.assign(size=AREAS["size"] * times + plus), "a")
    np.testing.assert_allclose(moved["distance"], nearest(AREAS, "a")["distance"], rtol=1e-6)


@given(st.permutations(list("bcdef")))
def test_the_order_of_areas_does_not_matter(order):
    assert position(RATES[["a", *order]], "a") == position(RATES, "a")


def test_distances_grow_with_differences():
    # 0, 3 and 9 have mean 4 and standard deviation sqrt 14
    line = pd.DataFrame({"x": [0.0, 3, 9]}, index=list("abc"))
    assert nearest(line, "c")["distance"].tolist() == pytest.approx([6 / 14**0.5, 9 / 14**0.5])


def test_columns_are_centred_before_they_are_compared():
    areas = pd.DataFrame({"a": [1.0, 2, 10], "b": [1000.0, 1004, 1001]}, index=["x", "y", "z"])
    found = nearest(areas, "x", n=2)
    standard = (areas - areas.mean()) / areas.std(ddof=0)
    by_hand = np.sqrt(((standard - standard.loc["x"]) ** 2).mean(axis="columns"))
    for name in found.index:
        assert found["distance"][name] == pytest.approx(by_hand[name])


def test_chances_of_ranks_by_hand():
    """Two equal areas share the first place; a small one is drawn towards the others."""
    even = rank_chances([100, 100, 10], [1000, 1000, 1000], top=2, draws=50_000)
    assert even["first"].iloc[:2].to_numpy() == pytest.approx([0.5, 0.5], abs=0.01)
    assert even["top"].tolist() == pytest.approx([1, 1, 0], abs=0.01)
    small = rank_chances([100, 2], [1000, 10])  # 0.1 against 0.2
    assert 0.4 < small["first"][1] < 0.9


def test_noise_makes_ranks_less_sure():
    sure, unsure = (rank_chances([130, 100], 1000, noise=v)["first"][0] for v in (1.0, 4.0))
    assert 0.5 < unsure < sure < 1


def test_ranks_without_counts_have_no_chance():
    found = rank_chances([5, None, 4], [100, 100, 0])
    assert found["first"].isna().tolist() == [False, True, True]
    assert rank_chances([0, 0], [10, 10]).isna().all(axis=None)
    with pytest.raises(ValueError, match="give 1 or more"):
        rank_chances([1, 2], [10, 10], noise=0.5)


def test_a_rank_interval_holds_the_ranks_that_chance_leaves_open() -> None:
    counts = pd.Series({"a": 4000, "b": 1000, "c": 1010, "d": 100})
    people = pd.Series(100_000, counts.index)
    assert rank_interval(counts, people, "a") == {"lower": 1, "upper": 1, "first": 1}
    near = rank_interval(counts, people, "b")
    assert (near["lower"], near["upper"], near["first"]) == (2, 3, 0)
    assert rank_interval(counts, people, "d")["lower"] == 4


def test_a_rank_interval_of_what_has_no_rank_is_missing() -> None:
    counts, people = pd.Series({"a": 4.0, "b": np.nan}), pd.Series({"a": 0, "b": 10})
    assert np.isnan(rank_interval(counts, people, "a")["lower"])
    assert np.isnan(rank_interval(counts, people, "b")["first"])
    with pytest.raises(ValueError, match="give 1 or more"):
        rank_interval(counts, people, "a", draws=0)
    with pytest.raises(ValueError, match="there must be one"):
        rank_interval(counts, people, "z")


def test_shrunken_rates_lie_between_their_own_and_that_of_all() -> None:
    found = shrunken_rates(pd.Series({"a": 90, "b": 31, "c": 2}), [10_000, 10_000, 400])
    mean = 1000 * 123 / 20_400
    assert found["rate"].tolist() == pytest.approx([9.0, 3.1, 5.0])
    for row in found.itertuples():
        low, high = sorted([row.rate, mean])
        assert low <= row.shrunken <= high
        assert row.lower < row.shrunken < row.upper
    # the small area is drawn furthest
    pulled = (found["shrunken"] - found["rate"]) / (mean - found["rate"])
    assert pulled.idxmax() == "c"
    assert found["exceeds"].round(2).tolist() == [1.0, 0.0, 0.39]


def test_a_chance_to_exceed_holds_among_simulated_areas() -> None:
    random = np.random.default_rng(3)
    rates = random.gamma(4, 0.002 / 4, 4000)
    people = random.uniform(2000, 8000, 4000)
    found = shrunken_rates(random.poisson(rates * people), people)
    above = rates > (rates * people).sum() / people.sum()
    sure = found["exceeds"] > 0.95
    assert above[sure.to_numpy()].mean() > 0.95
    assert abs(found["exceeds"].mean() - above.mean()) < 0.02


def test_shrunken_rates_want_noise_of_one_or_more_and_skip_what_is_missing() -> None:
    with pytest.raises(ValueError, match="noise"):
        shrunken_rates([1, 2], [10, 10], noise=0.5)
    found = shrunken_rates([5, np.nan, 3], [10, 10, 0])
    assert found["rate"].isna().tolist() == [False, True, True]
