"""Shares of answers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspanalysis.methods import wilson_interval
from cspanalysis.methods.survey import design_effect, survey_share


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ([1, 1, 1, 3], 4 * 12 / 36),
        ([2, 2], 1),
        ([1, 0], 2),
        ([0.1, 0.2, 0.3], 3 * 14 / 36),
        ([0, 0], np.nan),
        ([1e300, 3e300], 2 * 10 / 16),
    ],
)
def test_design_effect_by_hand(weights: list[float], expected: float) -> None:
    assert design_effect(weights) == pytest.approx(expected, nan_ok=True)


def test_unweighted_share_is_wilson() -> None:
    # Wokingham's MARAC: 29 repeats of 107
    found = survey_share([True] * 29 + [False] * 78).iloc[0]
    lower, upper = wilson_interval(29, 107)
    assert found["share"] == pytest.approx(29 / 107)
    assert (found["lower"], found["upper"]) == pytest.approx((lower, upper))
    assert (found["deff"], found["effective"], found["answered"]) == (1, 107, 107)
    assert found["unanswered"] == 0
    assert not found["self_selected"]


def test_weighted_share_by_hand() -> None:
    # p = (1 + 3)/6 = 2/3; deff = 4 x 12/36 = 4/3; effective n = 3, so 2 of 3
    found = survey_share([1, 0, 0, 1], [1, 1, 1, 3]).iloc[0]
    assert found["share"] == pytest.approx(2 / 3)
    assert found["deff"] == pytest.approx(4 / 3)
    assert found["effective"] == pytest.approx(3)
    assert (found["lower"], found["upper"]) == pytest.approx(wilson_interval(2, 3))


def test_confidence_is_handed_on() -> None:
    found = survey_share([1, 0, 0, 1], confidence=0.998).iloc[0]
    assert found["lower"] == pytest.approx(wilson_interval(2, 4, confidence=0.998)[0])


def test_who_did_not_answer_is_left_out_with_their_weight() -> None:
    whole = survey_share([1, 0, 1], [2, 1, 1])
    holed = survey_share([1, None, 0, np.nan, 1], [2, 50, 1, 9, 1])
    assert holed["unanswered"].iloc[0] == 2
    pd.testing.assert_frame_equal(
        holed.drop(columns="unanswered"), whole.drop(columns="unanswered")
    )
    series = survey_share(pd.Series([True, pd.NA, False, True], dtype="boolean"), [2, 7, 1, 1])
    assert series["share"].iloc[0] == pytest.approx(0.75)


@pytest.mark.parametrize(
    ("answers", "weights"), [([None, None], None), ([1, 0], [0, 0]), ([], None)]
)
def test_nothing_answered_is_missing(answers: list[Any], weights: Any) -> None:
    found = survey_share(answers, weights)
    assert found[["share", "lower", "upper"]].isna().all(axis=None)


def test_self_selected_sample_is_marked() -> None:
    assert survey_share([1, 0], self_selected=True)["self_selected"].tolist() == [True]


@pytest.mark.parametrize(
    ("answers", "weights", "words"),
    [
        ([1, 2], None, "answers: 2 at position 1 is neither 0 nor 1"),
        ([1, 0], [1], "weights: 1 for 2 answers"),
        ([1, 0], [1, -1], "negative"),
        ([1, 0], [1, np.nan], "missing"),
    ],
)
def test_survey_refuses(answers: Any, weights: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        survey_share(answers, weights)


@given(st.lists(st.tuples(st.booleans(), st.floats(0.1, 10)), min_size=1, max_size=40))
def test_no_and_yes_mirror_each_other(rows: list[tuple[bool, float]]) -> None:
    weights = [weight for _, weight in rows]
    yes = survey_share([said for said, _ in rows], weights).iloc[0]
    no = survey_share([not said for said, _ in rows], weights).iloc[0]
    assert yes["share"] == pytest.approx(1 - no["share"])
    assert yes["lower"] == pytest.approx(1 - no["upper"], abs=1e-9)
    assert yes["deff"] >= 1 - 1e-12
    assert -1e-12 <= yes["lower"] <= yes["share"] + 1e-12


def test_answers_come_as_booleans_nothings_or_nullable_numbers():
    forms = [
        [True, None, False],
        [1.0, np.nan, 0.0],
        pd.Series([1, None, 0], dtype="Int64"),
        pd.array([True, None, False], dtype="boolean"),
    ]
    for answers in forms:
        row = survey_share(answers)
        assert row.index.tolist() == [0]
        assert row[["share", "answered", "unanswered"]].to_numpy().tolist() == [[0.5, 2, 1]]
