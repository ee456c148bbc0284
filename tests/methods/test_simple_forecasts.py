"""The textbook's simple forecasts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from cspanalysis.methods.simple_forecasts import (
    airline_forecast,
    naive_forecast,
    seasonal_naive_forecast,
)

LIMITS = {"mean": "mean", "lower_80": "lo80", "upper_80": "hi80", "lower_95": "lo95",
          "upper_95": "hi95"}  # fmt: skip


def drivers(reference: Callable[[str], pd.DataFrame]) -> Any:
    """UKDriverDeaths to December 1982."""
    rows = reference("stl")
    return rows.loc[rows["case"].str.startswith("UKDriver"), "y"].to_numpy()[:168]


def agree(found: pd.DataFrame, expected: pd.DataFrame, *, within: float) -> None:
    assert len(expected) == len(found) == 12
    for ours, theirs in LIMITS.items():
        np.testing.assert_allclose(found[ours], expected[theirs], rtol=within)


@pytest.mark.shared_data
def test_seasonal_naive_agrees_with_r(reference: Callable[[str], pd.DataFrame]) -> None:
    rows = reference("forecast")
    found = seasonal_naive_forecast(drivers(reference), horizon=12)
    agree(found, rows[rows["case"] == "UKDriverDeaths_snaive"], within=1e-9)


@pytest.mark.shared_data
def test_airline_model_agrees_with_r(reference: Callable[[str], pd.DataFrame]) -> None:
    rows = reference("forecast")
    found = airline_forecast(np.log10(drivers(reference)), horizon=12)
    agree(found, rows[rows["case"] == "UKDriverDeaths_arima_011_011"], within=2e-5)


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("case", "method"),
    [("monthly36_naive", naive_forecast), ("monthly36_snaive", seasonal_naive_forecast)],
)
def test_limits_of_both_naive_forecasts_agree_with_r(
    reference: Callable[[str], pd.DataFrame], case: str, method: Any
) -> None:
    rows = reference("forecast")
    rows = rows[rows["case"] == case].reset_index(drop=True)
    # the file gives no series but the last of it: rebuild the standard error from the first limit
    error = (rows["hi80"] - rows["mean"]) / 1.2815515655446004
    steps = np.sqrt(np.arange(1, 13)) if method is naive_forecast else np.ones(12)
    np.testing.assert_allclose(error, error[0] * steps, rtol=1e-9)
    last = rows["mean"].to_numpy()
    past = np.r_[last - error[0], last] if method is seasonal_naive_forecast else np.array(
        [55 - error[0], 55.0]
    )  # fmt: skip
    agree(method(past, horizon=12), rows, within=1e-9)


def test_naive_by_hand() -> None:
    # steps 2 and -1: mean square 2.5
    found = naive_forecast([10, 12, 11], horizon=3, level=(95,))
    assert found["mean"].tolist() == [11, 11, 11]
    half = 1.959964 * np.sqrt(2.5 * np.arange(1, 4))
    np.testing.assert_allclose(found["upper_95"], 11 + half, rtol=1e-6)
    np.testing.assert_allclose(found["lower_95"], 11 - half, rtol=1e-6)
    assert found.index.tolist() == [1, 2, 3]


def test_seasonal_naive_by_hand() -> None:
    # changes over the period 2 and 0: mean square 2; the error grows with each whole period
    found = seasonal_naive_forecast([5, 9, 7, 9], horizon=5, period=2, level=(80,))
    assert found["mean"].tolist() == [7, 9, 7, 9, 7]
    half = 1.2815516 * np.sqrt(2 * np.array([1, 1, 2, 2, 3]))
    np.testing.assert_allclose(found["upper_80"] - found["mean"], half, rtol=1e-6)


@pytest.mark.parametrize(
    ("method", "values", "options", "words"),
    [
        (naive_forecast, [1], {"horizon": 1}, "at least 2"),
        (seasonal_naive_forecast, range(12), {"horizon": 1}, "at least 13"),
        (airline_forecast, range(27), {"horizon": 1}, "at least 28"),
        (naive_forecast, [1, np.nan], {"horizon": 1}, "nan at position 1 is missing"),
        (naive_forecast, [1, 2], {"horizon": 0}, "horizon: 0"),
        (naive_forecast, [1, 2], {"horizon": 1.5}, "horizon: 1.5"),
        (naive_forecast, [1, 2], {"horizon": 1, "level": (0.95, 100)}, "level 100"),
        (naive_forecast, [1, 2], {"horizon": 1, "level": (0,)}, "level 0"),
    ],
)
def test_simple_forecasts_refuse(method: Any, values: Any, options: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        method(list(values), **options)
