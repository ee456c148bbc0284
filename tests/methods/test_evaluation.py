"""Did it make a difference?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM

from cspanalysis.methods.evaluation import (
    interrupted_series,
    weighted_displacement_difference,
    weighted_harm_difference,
)

WDD = weighted_displacement_difference
pairs = st.tuples(st.integers(0, 500), st.integers(0, 500))

# -- against a control area ----------------------------------------------------------------------


def test_published_example() -> None:
    # Wheeler and Ratcliffe (2018), as ptools tests it
    found = WDD(
        [207, 110], [308, 318], displacement_treated=[178, 157], displacement_control=[150, 140]
    ).iloc[0]
    assert found["local"] == -107
    assert found["displacement"] == -11
    assert found["total"] == -118
    assert found["error"] == pytest.approx(np.sqrt(1568))
    assert found["local_error"] == pytest.approx(np.sqrt(943))
    assert found["displacement_error"] == pytest.approx(25)
    assert found["z"] == pytest.approx(-2.98, abs=0.005)
    assert found["p_value"] == pytest.approx(2 * stats.norm.cdf(-118 / np.sqrt(1568)))
    assert (round(found["lower"]), round(found["upper"])) == (-196, -40)


def test_confidence_widens_the_interval() -> None:
    found = WDD([20, 10], [20, 20], confidence=0.9).iloc[0]
    assert found["lower"] == pytest.approx(-23.761833, abs=1e-6)
    assert found["upper"] == pytest.approx(3.761833, abs=1e-6)


def test_unequal_times() -> None:
    found = WDD([80, 20], [100, 50], time_weights=[2, 1]).iloc[0]
    assert found["total"] == -20
    assert found["error"] == pytest.approx(10.723805294763608, rel=1e-9)


def test_unequal_areas() -> None:
    found = WDD(
        [207, 110], [308, 318], displacement_treated=[178, 157], displacement_control=[150, 140],
        area_weights=[1.2, 0.9, 1.5, 1.6],
    ).iloc[0]  # fmt: skip
    expected = [-99.69444444, 35.4280755, -2.813995483, -169.1321965, -30.25669241]
    names = ["total", "error", "z", "lower", "upper"]
    np.testing.assert_allclose(found[names].astype(float), expected, rtol=1e-7)


def test_nothing_anywhere_has_no_test() -> None:
    found = WDD([0, 0], [0, 0]).iloc[0]
    assert found["total"] == 0
    assert found[["z", "p_value"]].isna().all()


@given(pairs, pairs)
def test_exchanging_areas_turns_the_sign(one: tuple[int, int], other: tuple[int, int]) -> None:
    there, back = WDD(one, other).iloc[0], WDD(other, one).iloc[0]
    assert there["total"] == -back["total"]
    assert there["error"] == back["error"]
    assert there["lower"] == pytest.approx(-back["upper"])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"treated": [1, 2, 3]}, "count before and the count after"),
        ({"treated": [1, -2]}, "negative"),
        ({"treated": [1, 2.5]}, "not a whole number"),
        ({"treated": [1, np.nan]}, "missing"),
        ({"time_weights": [0, 1]}, "2 weights above 0"),
        ({"area_weights": [1, 1]}, "4 weights above 0"),
        ({"confidence": 95}, "not between 0 and 1"),
    ],
)
def test_difference_refuses(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        WDD(**({"treated": [1, 2], "control": [3, 4]} | options))


def test_harm_of_differences_agrees_with_ptools() -> None:
    treated = [(130, 74), (327, 202), (398, 190), (144, 92), (183, 96)]
    control = [(133, 91), (388, 305), (148, 97), (86, 64), (94, 67)]
    each = pd.concat([WDD(t, c) for t, c in zip(treated, control, strict=True)])
    found = weighted_harm_difference(each["local"], each["local_error"], [3, 2, 5, 7, 10]).iloc[0]
    expected = [-1721, 304.10360077, -5.65925558, -2317.03210507, -1124.96789493]
    names = ["total", "error", "z", "lower", "upper"]
    np.testing.assert_allclose(found[names].astype(float), expected, rtol=1e-8)


@pytest.mark.parametrize(
    ("estimates", "errors", "weights", "words"),
    [
        ([1, 2], [1], [1, 1], "lengths differ"),
        ([1, np.nan], [1, 1], [1, 1], "missing or infinite"),
        ([1, 2], [1, -1], [1, 1], "negative"),
        ([1, 2], [1, 1], [1, -1], "negative"),
    ],
)
def test_harm_of_differences_refuses(estimates: Any, errors: Any, weights: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        weighted_harm_difference(estimates, errors, weights)


# -- against the past ----------------------------------------------------------------------------

SEASON = np.array([0.8, 0.9, 1.0, 1.0, 1.1, 1.1, 1.2, 1.1, 1.0, 1.0, 0.9, 0.9])


def series(
    count: int = 48, *, start: int = 24, trend: float = 0.0, step: float = 1.0, slope: float = 0.0
) -> pd.Series:
    """Counts that follow the model but for rounding; large, so that rounding is small."""
    months = pd.period_range("2019-01", periods=count, freq="M")
    time = np.arange(count) - start
    mean = 40_000 * months.days_in_month * SEASON[months.month - 1] * np.exp(trend * time)
    mean = mean * np.where(time >= 0, step * np.exp(slope * time), 1)
    return pd.Series(np.round(mean), index=months)


def test_step_trend_and_slope_are_found() -> None:
    found = interrupted_series(series(trend=0.01, step=0.7, slope=-0.02), start="2021-01")
    assert found.index.tolist() == ["trend", "step", "slope"]
    np.testing.assert_allclose(found["ratio"], np.exp([0.01, np.log(0.7), -0.02]), rtol=1e-4)
    assert (found["lower"] < found["ratio"]).all()
    assert (found["upper"] > found["ratio"]).all()
    assert found["months"].tolist() == [48] * 3


def test_start_may_be_a_date_or_a_month() -> None:
    expected = interrupted_series(series(step=0.7), start="2021-01")
    for start in (pd.Period("2021-01", freq="M"), pd.Timestamp("2021-01-15")):
        pd.testing.assert_frame_equal(interrupted_series(series(step=0.7), start=start), expected)
    assert expected["p_value"].loc["step"] < 1e-6


def test_missing_months_are_left_out() -> None:
    holed = series(step=0.7).drop(series().index[[5, 30]])
    found = interrupted_series(holed, start="2021-01")
    assert found["ratio"].loc["step"] == pytest.approx(0.7, rel=1e-4)
    assert found["months"].iloc[0] == 46


def test_limits_agree_with_statsmodels() -> None:
    rng = np.random.default_rng(3)
    months = pd.period_range("2020-01", periods=20, freq="M")
    counts = pd.Series(rng.negative_binomial(5, 5 / 55, 20), index=months)
    found = interrupted_series(counts, start="2020-11", season=False, confidence=0.9)
    time = np.arange(20) - 10
    after = (time >= 0) * 1.0
    design = np.column_stack([np.ones(20), time, after, after * time])
    days = months.days_in_month.to_numpy(float)
    fit = GLM(counts.to_numpy(), design, family=Poisson(), exposure=days).fit(tol=1e-12)
    beta, mean = fit.params, fit.fittedvalues
    information = design.T @ (design * mean[:, None])
    phi = ((counts - mean) ** 2 / mean).sum() / 16
    error = np.sqrt(phi * np.diag(np.linalg.inv(information)))[1:]
    np.testing.assert_allclose(found["ratio"], np.exp(beta[1:]), rtol=1e-6)
    quantile = stats.t.ppf(0.95, 16)
    np.testing.assert_allclose(found["lower"], np.exp(beta[1:] - quantile * error), rtol=1e-6)
    np.testing.assert_allclose(found["upper"], np.exp(beta[1:] + quantile * error), rtol=1e-6)
    p_value = 2 * stats.t.sf(np.abs(beta[1:] / error), 16)
    np.testing.assert_allclose(found["p_value"], p_value, rtol=1e-6)
    assert found["dispersion"].iloc[0] == pytest.approx(phi)
    left = (counts.to_numpy() - mean) / np.sqrt(mean)
    lag = (left[1:] * left[:-1]).sum() / (left**2).sum()
    assert found["autocorrelation"].iloc[0] == pytest.approx(lag)


def test_season_does_not_pass_for_a_step() -> None:
    # a series that ends in its summer: without the months it seems to have risen
    found = interrupted_series(series(36, start=29), start="2021-06")
    assert found["ratio"].loc["step"] == pytest.approx(1, abs=1e-4)
    plain = interrupted_series(series(36, start=29), start="2021-06", season=False)
    assert plain["ratio"].loc["step"] > 1.05


def test_a_calendar_month_without_counts_takes_nothing_from_the_step() -> None:
    counts = series(step=0.7) * (np.arange(48) % 12 != 4)
    found = interrupted_series(counts, start="2021-01")
    assert found["ratio"].loc["step"] == pytest.approx(0.7, rel=1e-4)


def test_a_series_that_follows_the_model_exactly() -> None:
    months = pd.period_range("2021-01", periods=36, freq="M")
    steady = pd.Series(3 * months.days_in_month, index=months)
    found = interrupted_series(steady, start="2022-01")
    np.testing.assert_allclose(found[["ratio", "lower", "upper"]], 1, atol=1e-9)
    assert found["dispersion"].iloc[0] < 1e-12


@pytest.mark.parametrize(
    ("counts", "start", "words"),
    [
        (series(), "2019-03", "2 months observed before the start"),
        (series(), "2022-11", "2 months observed after the start"),
        (series(20), "2020-02", "each month twice"),
        # the change of year is the step: trend and step can't be told apart
        (series(24), "2020-01", "too few months to tell trend"),
        (series() * (np.arange(48) < 24), "2021-01", "nothing was counted after the start"),
        (series() * (np.arange(48) >= 24), "2021-01", "nothing was counted before the start"),
        (series() + 0.5, "2021-01", "not a whole number"),
    ],
)
def test_interrupted_series_refuses(counts: pd.Series, start: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        interrupted_series(counts, start=start)


def test_three_months_on_either_side_are_enough() -> None:
    assert len(interrupted_series(series(), start="2019-04")) == 3
    assert len(interrupted_series(series(), start="2022-10")) == 3


def test_a_small_error_is_an_error():
    row = weighted_harm_difference([0.3], [0.2], [1]).iloc[0]
    assert row["z"] == pytest.approx(1.5)
    assert weighted_harm_difference([1], [2], [3]).index.tolist() == [0]
    assert weighted_displacement_difference([9, 5], [8, 8]).index.tolist() == [0]
