"""Scores, ranks, and how firm they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspanalysis.methods.priorities import priority_scores, rank_sensitivity

ISSUES = pd.DataFrame(
    {"physical": [3, 1, 2], "financial": [1, 4, 2], "likelihood": [2, 2, 4], "note": "x"},
    index=["robbery", "burglary", "disorder"],
)
CRITERIA = pd.DataFrame(
    {"weight": [2.0, 1, 1], "lowest": 1, "highest": 4, "group": ["harm", "harm", "likelihood"]},
    index=["physical", "financial", "likelihood"],
)


@pytest.mark.parametrize(
    ("formula", "scores", "ranks"),
    [
        ("sum", [2 * 3 + 1 + 2, 2 * 1 + 4 + 2, 2 * 2 + 2 + 4], [2, 3, 1]),
        ("mean", [9 / 4, 8 / 4, 10 / 4], [2, 3, 1]),
        ("product", [9 * 1 * 2, 1 * 4 * 2, 4 * 2 * 4], [2, 3, 1]),
        ("product_of_sums", [7 * 2, 6 * 2, 6 * 4], [2, 3, 1]),
    ],
)
def test_formulas_by_hand(formula: Any, scores: list[float], ranks: list[int]) -> None:
    found = priority_scores(ISSUES, CRITERIA, formula=formula)
    assert found.loc[ISSUES.index, "score"].tolist() == scores
    assert found.loc[ISSUES.index, "rank"].tolist() == ranks
    assert found["rank"].tolist() == [1, 2, 3]
    assert "note" not in found


def test_draws_move_scores_both_ways_within_their_scale():
    # one issue at the foot of its scale, one in the middle: a step reaches 1 from 2, never 0 from 1
    issues = pd.DataFrame({"harm": [1, 2]}, index=["low", "middle"])
    criteria = pd.DataFrame({"weight": [1], "lowest": [1], "highest": [5]}, index=["harm"])
    found = rank_sensitivity(issues, criteria, top=1, weight_share=0, draws=4000)
    # low is first where low moves to 2 and middle to 1 or 2, or middle moves to 1: ties count
    assert found["in_top"]["low"] == pytest.approx(4 / 9, abs=0.03)
    assert found["in_top"]["middle"] == pytest.approx(8 / 9, abs=0.03)
    assert found["score"].to_dict() == {"middle": 2.0, "low": 1.0}
    assert list(found.columns) == ["score", "rank", "in_top", "best", "worst"]


def test_the_formula_rules_every_draw():
    issues = pd.DataFrame({"a": [5, 3], "b": [1, 3]}, index=["steep", "even"])
    criteria = pd.DataFrame(
        {"weight": [1, 1], "lowest": [1, 1], "highest": [5, 5]}, index=["a", "b"]
    )
    options = {"score_step": 0, "weight_share": 0, "top": 1, "draws": 1}
    assert rank_sensitivity(issues, criteria, **options)["in_top"].to_dict() == {
        "steep": 1.0, "even": 1.0,
    }  # fmt: skip
    product = rank_sensitivity(issues, criteria, formula="product", **options)
    assert product["in_top"].to_dict() == {"even": 1.0, "steep": 0.0}
    assert product["score"].to_dict() == {"even": 9.0, "steep": 5.0}


def test_a_whole_weight_may_swing():
    issues = pd.DataFrame({"harm": [2, 1]}, index=["burglary", "litter"])
    criteria = pd.DataFrame({"weight": [1], "lowest": [1], "highest": [3]}, index=["harm"])
    assert rank_sensitivity(issues, criteria, weight_share=1)["in_top"].tolist() == [1, 1]


@pytest.mark.shared_data
def test_impact_by_likelihood_agrees_with_fife(shared: Path) -> None:
    rows = pd.read_csv(shared / "reference_values" / "priority_matrix_examples.csv", comment="#")
    rows = rows[rows["matrix"] == "Fife 4x4"]
    pairs = rows["item"].str.extract(r"impact (\d) x likelihood (\d)").astype(int)
    pairs.columns = pd.Index(["impact", "likelihood"])
    criteria = pd.DataFrame({"weight": 1, "lowest": 1, "highest": 4}, index=pairs.columns)
    found = priority_scores(pairs, criteria, formula="product").sort_index()
    assert len(found) == 16
    assert found["score"].tolist() == rows["value"].astype(float).tolist()


def test_equal_scores_share_the_better_rank() -> None:
    issues = pd.DataFrame({"harm": [2, 4, 4, 1, 2]}, index=[*"abcde"])
    criteria = pd.DataFrame({"weight": [0.1], "lowest": [1], "highest": [5]}, index=["harm"])
    found = priority_scores(issues, criteria)
    assert found["rank"].to_dict() == {"b": 1, "c": 1, "a": 3, "e": 3, "d": 5}
    assert found.index.tolist() == [*"bcaed"]


def test_confidence_stands_beside_and_changes_nothing() -> None:
    sure = ISSUES.assign(confidence=["low", "high", None])
    found = priority_scores(sure, CRITERIA)
    assert found["confidence"].loc[["robbery", "burglary"]].tolist() == ["low", "high"]
    pd.testing.assert_frame_equal(
        found.drop(columns="confidence"), priority_scores(ISSUES, CRITERIA)
    )
    assert "confidence" in rank_sensitivity(sure, CRITERIA, draws=10)


def test_issue_without_a_score_stands_last_and_moves_nobody() -> None:
    holed = ISSUES.astype({"physical": float})
    holed.loc["disorder", "physical"] = np.nan
    found = priority_scores(holed, CRITERIA)
    assert found.index.tolist() == ["robbery", "burglary", "disorder"]
    assert found["rank"].tolist()[:2] == [1, 2]
    assert found["rank"].isna().tolist() == [False, False, True]
    moved = rank_sensitivity(holed, CRITERIA, top=2, draws=50)
    assert moved["in_top"].tolist()[:2] == [1, 1]
    assert moved[["in_top", "best", "worst"]].isna().all(axis=1).tolist() == [False, False, True]


@given(st.permutations(range(3)), st.integers(1, 7))
def test_order_and_unit_of_weights_do_not_matter(order: list[int], times: int) -> None:
    scaled = CRITERIA.assign(weight=CRITERIA["weight"] * times)
    found = priority_scores(ISSUES.iloc[order], scaled.iloc[order])
    assert found["rank"].to_dict() == priority_scores(ISSUES, CRITERIA)["rank"].to_dict()
    mean = priority_scores(ISSUES, scaled, formula="mean")["score"]
    np.testing.assert_allclose(mean, priority_scores(ISSUES, CRITERIA, formula="mean")["score"])


# -- how firm the ranks are ----------------------------------------------------------------------


def two(one: float, other: float, **scale: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    issues = pd.DataFrame({"harm": [one, other]}, index=["first", "second"])
    scale = {"weight": 1, "lowest": 1, "highest": 9} | scale
    return issues, pd.DataFrame(scale, index=["harm"])


def test_scores_a_step_apart_change_places_as_often_as_chance_says() -> None:
    # 5 and 4, each moving by -1, 0 or 1: the second leads in 1 of 9, ties in 2 of 9
    found = rank_sensitivity(*two(5, 4), top=1, draws=20_000, seed=1)
    assert found["in_top"].loc["first"] == pytest.approx(8 / 9, abs=0.01)
    assert found["in_top"].loc["second"] == pytest.approx(3 / 9, abs=0.01)
    assert found[["best", "worst"]].to_numpy().tolist() == [[1, 2], [1, 2]]
    # three apart they never meet; a step of two lets them
    assert rank_sensitivity(*two(7, 4), top=1)["in_top"].tolist() == [1, 0]
    assert rank_sensitivity(*two(7, 4), top=1, score_step=2)["in_top"].iloc[1] > 0


def test_scores_stay_on_their_scale() -> None:
    # at the top of its scale a score can't rise: 9 becomes 8, 9 or 9
    found = rank_sensitivity(*two(9, 8), top=1, draws=20_000)
    # the second reaches 9 in a third of the draws (always top) and ties at 8 with 8 in a ninth
    assert found["in_top"].loc["second"] == pytest.approx(1 / 3 + 1 / 9, abs=0.012)


def test_weights_swing_by_their_share() -> None:
    issues = pd.DataFrame({"one": [5, 4], "other": [4, 5]}, index=["first", "second"])
    criteria = pd.DataFrame({"weight": [1.3, 1], "lowest": 1, "highest": 5}, index=["one", "other"])
    still = rank_sensitivity(issues, criteria, top=1, score_step=0, weight_share=0)
    assert still["in_top"].tolist() == [1, 0]
    # 1.3 (1 + u) < 1 (1 + v) with u, v even on -0.2..0.2: v > 0.3 + 1.3 u, so u < -0.1/1.3; the
    # triangle has legs 0.2 - 0.1/1.3 and 1.3 times that, out of 0.4 x 0.4
    leg = 0.2 - 0.1 / 1.3
    share = 0.5 * leg * leg * 1.3 / 0.16
    swung = rank_sensitivity(issues, criteria, top=1, score_step=0, draws=40_000)
    assert swung["in_top"].loc["second"] == pytest.approx(share, abs=0.005)


def test_nine_draws_of_ten() -> None:
    issues = pd.DataFrame({"harm": [9, 6, 6, 6, 1]}, index=[*"abcde"])
    found = rank_sensitivity(issues, two(1, 1)[1], top=2, draws=4000)
    assert found["best"].to_dict() == {"a": 1, "b": 2, "c": 2, "d": 2, "e": 5}
    assert found["worst"].to_dict() == {"a": 1, "b": 4, "c": 4, "d": 4, "e": 5}
    assert found["rank"].to_dict() == {"a": 1, "b": 2, "c": 2, "d": 2, "e": 5}


def test_a_seed_repeats_itself() -> None:
    once = rank_sensitivity(ISSUES, CRITERIA, top=1, draws=300)
    pd.testing.assert_frame_equal(once, rank_sensitivity(ISSUES, CRITERIA, top=1, draws=300))
    other = rank_sensitivity(ISSUES, CRITERIA, top=1, draws=300, seed=1)
    assert once["in_top"].tolist() != other["in_top"].tolist()
    for formula in ("mean", "product", "product_of_sums"):
        assert rank_sensitivity(ISSUES, CRITERIA, formula=formula, draws=9)["in_top"].sum() == 3


# -- input ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("issues", "criteria", "options", "words"),
    [
        (ISSUES.drop(columns="financial"), CRITERIA, {}, "issues: no column 'financial'"),
        (ISSUES, CRITERIA.drop(columns="weight"), {}, "criteria: no column 'weight'"),
        (ISSUES, CRITERIA.drop(columns="group"), {"formula": "product_of_sums"}, "column 'group'"),
        (ISSUES, CRITERIA, {"formula": "average"}, "formula 'average': write one of sum"),
        (ISSUES, CRITERIA.assign(highest=3), {}, "'burglary' scores 4 on 'financial'; .* 1 to 3"),
        (ISSUES, CRITERIA.assign(lowest=2), {}, "'robbery' scores 1 on 'financial'"),
        (ISSUES, CRITERIA.assign(highest=1), {}, "lowest below highest"),
        (ISSUES, CRITERIA.assign(weight=0), {}, "all weights are 0"),
        (ISSUES, CRITERIA.assign(weight=-1), {}, "negative"),
        (pd.concat([ISSUES, ISSUES]), CRITERIA, {}, "stands there twice"),
        (ISSUES.replace(3, "high"), CRITERIA, {}, "not numbers"),
    ],
)
def test_scores_refuse(
    issues: pd.DataFrame, criteria: pd.DataFrame, options: dict[str, Any], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        priority_scores(issues, criteria, **options)


@pytest.mark.parametrize(
    "options", [{"top": 0}, {"draws": 0}, {"score_step": -1}, {"weight_share": 1.5}]
)
def test_sensitivity_refuses(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="from 1"):
        rank_sensitivity(ISSUES, CRITERIA, **options)
