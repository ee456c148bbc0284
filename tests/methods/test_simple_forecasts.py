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

# R's AirPassengers: thousands of passengers by month, 1949 to 1960 (Box and Jenkins, series G)
PASSENGERS = [
    112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118,
    115, 126, 141, 135, 125, 149, 170, 170, 158, 133, 114, 140,
    145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166,
    171, 180, 193, 181, 183, 218, 230, 242, 209, 191, 172, 194,
    196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201,
    204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229,
    242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278,
    284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306,
    315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336,
    340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337,
    360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405,
    417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432,
]  # fmt: skip


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


def test_airline_model_gives_what_r_prints_for_the_passengers() -> None:
    # R: predict(arima(log(AirPassengers), c(0, 1, 1), list(order = c(0, 1, 1))), 12), as printed
    mean = [6.110186, 6.053775, 6.171715, 6.199300, 6.232556, 6.368779,
            6.507294, 6.502906, 6.324698, 6.209008, 6.063487, 6.168025]  # fmt: skip
    printed = [0.03671562, 0.04278291, 0.04809072, 0.05286830, 0.05724856, 0.06131670,
               0.06513124, 0.06873441, 0.07215787, 0.07542612, 0.07855851, 0.08157070]  # fmt: skip
    found = airline_forecast(np.log(PASSENGERS), horizon=12)
    np.testing.assert_allclose(found["mean"], mean, rtol=5e-7)
    # 144 months less one and twelve are 131; arima divides by them, package forecast by two less
    error = np.array(printed) * np.sqrt(131 / 129)
    for share, z in (("80", 1.2815516), ("95", 1.9599640)):
        np.testing.assert_allclose(found[f"upper_{share}"] - mean, z * error, rtol=5e-5)
        np.testing.assert_allclose(mean - found[f"lower_{share}"], z * error, rtol=5e-5)


def test_airline_forecast_is_the_same_in_any_unit() -> None:
    quarters = np.array([12, 20, 31, 17, 14, 24, 30, 19, 13, 27, 35, 18, 16, 26, 38, 22.0])
    ones = airline_forecast(quarters, horizon=6, period=4)
    for unit in (1e-5, 1e6):
        found = airline_forecast(quarters * unit, horizon=6, period=4)
        np.testing.assert_allclose(found / unit, ones, rtol=1e-4)


@pytest.mark.parametrize(
    ("values", "period", "coming"),
    [
        (range(16), 4, [16, 17, 18]),
        (range(500, 460, -1), 12, [460, 459, 458]),
        ([5] * 8, 2, [5, 5, 5]),
        ([7, 9, 4] * 4, 3, [7, 9, 4]),
        ([1, 5, 4, 8, 7, 11, 10, 14], 2, [13, 17, 16]),
    ],
)
def test_airline_forecast_continues_what_never_strayed(
    values: Any, period: int, coming: list[float]
) -> None:
    # every change over a period is that of the period before: nothing is left to err by
    found = airline_forecast(list(values), horizon=3, period=period)
    for column in found:
        np.testing.assert_allclose(found[column], coming, rtol=1e-6)


def test_naive_by_hand() -> None:
    # steps 2 and -1: mean square 2.5
    found = naive_forecast([10, 12, 11], horizon=3, level=(95,))
    assert found["mean"].tolist() == [11, 11, 11]
    half = 1.959964 * np.sqrt(2.5 * np.arange(1, 4))
    np.testing.assert_allclose(found["upper_95"], 11 + half, rtol=1e-6)
    np.testing.assert_allclose(found["lower_95"], 11 - half, rtol=1e-6)
    assert found.index.tolist() == [1, 2, 3]
    assert found.index.name == "step"


def test_all_changes_count_in_a_series_of_many_periods() -> None:
    # steps 2, -1 and 2: mean square 3; over the period of two 1, 1, 4 and 0: mean square 4.5
    naive = naive_forecast([10, 12, 11, 13], horizon=1, level=(95,))
    assert naive.loc[1, "upper_95"] == pytest.approx(13 + 1.959964 * 3**0.5)
    seasonal = seasonal_naive_forecast([5, 9, 6, 10, 10, 10], horizon=1, period=2, level=(95,))
    assert seasonal.loc[1, "upper_95"] == pytest.approx(10 + 1.959964 * 4.5**0.5)


def test_levels_name_their_columns() -> None:
    found = naive_forecast([1, 2], horizon=1, level=(99.5, 50))
    assert found.columns.tolist() == ["mean", "lower_99.5", "upper_99.5", "lower_50", "upper_50"]
    # a step of 1; the normal quantiles of 0.9975 and 0.75
    np.testing.assert_allclose(found["upper_99.5"], 2 + 2.8070338)
    np.testing.assert_allclose(found["lower_50"], 2 - 0.6744898)
    assert naive_forecast([1, 2], horizon=1, level=()).columns.tolist() == ["mean"]


def test_seasonal_naive_by_hand() -> None:
    # changes over the period 2 and 0: mean square 2; the error grows with each whole period
    found = seasonal_naive_forecast([5, 9, 7, 9], horizon=5, period=2, level=(80,))
    assert found["mean"].tolist() == [7, 9, 7, 9, 7]
    half = 1.2815516 * np.sqrt(2 * np.array([1, 1, 2, 2, 3]))
    np.testing.assert_allclose(found["upper_80"] - found["mean"], half, rtol=1e-6)


@pytest.mark.parametrize(
    ("method", "values", "options", "words"),
    [
        (naive_forecast, [1], {"horizon": 1}, "values: 1 of them; give one row of at least 2"),
        (naive_forecast, [[1, 2], [3, 4]], {"horizon": 1}, "values: 4 of them; give one row"),
        (seasonal_naive_forecast, range(12), {"horizon": 1}, "values: 12 of .* at least 13"),
        (airline_forecast, range(27), {"horizon": 1}, "values: 27 of .* at least 28"),
        (airline_forecast, range(9), {"horizon": 1, "period": 3}, "values: 9 of .* at least 10"),
        (naive_forecast, [1, None], {"horizon": 1}, "values: nan at position 1 is missing or inf"),
        (naive_forecast, [1, pd.NA], {"horizon": 1}, "values: one of them is missing or no number"),
        (airline_forecast, range(40), {"horizon": 1, "period": 1}, "Seasonal periodicity must be"),
        (airline_forecast, [np.inf] * 28, {"horizon": 1}, "values: inf at position 0 is missing"),
        (naive_forecast, [1, 2], {"horizon": 0}, "horizon: 0; write a whole number of steps from"),
        (naive_forecast, [1, 2], {"horizon": 1.5}, "horizon: 1.5; write a whole"),
        (naive_forecast, [1, 2], {"horizon": np.nan}, "horizon: nan; write a whole"),
        (naive_forecast, [1, 2], {"horizon": np.inf}, "horizon: inf; write a whole"),
        (airline_forecast, range(28), {"horizon": 0}, "horizon: 0; write a whole"),
        (
            seasonal_naive_forecast,
            range(9),
            {"horizon": 1, "period": 0},
            "period: 0; write a whole",
        ),
        (seasonal_naive_forecast, range(9), {"horizon": 1, "period": -1}, "period: -1; write"),
        (airline_forecast, range(28), {"horizon": 1, "period": 2.5}, "period: 2.5; write"),
        (naive_forecast, [1, 2], {"horizon": 1, "level": (0.95, 100)}, "level 100: write coverag"),
        (naive_forecast, [1, 2], {"horizon": 1, "level": (0,)}, r"level 0: .* such as \(80, 95\)$"),
        (
            airline_forecast,
            [2, 7] * 4,
            {"horizon": 1, "period": 2, "level": (101,)},
            "level 101: write coverag",
        ),
    ],
)
def test_simple_forecasts_refuse(method: Any, values: Any, options: Any, words: str) -> None:
    with pytest.raises(ValueError, match=f"^{words}"):
        method(list(values), **options)
