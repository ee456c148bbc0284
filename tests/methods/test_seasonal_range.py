"""What is usual for a month: expected counts and their range."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cspanalysis.methods import usual_range

MONTHS = pd.period_range("2021-01", "2022-12", freq="M")


def test_a_steady_series_by_hand() -> None:
    counts = pd.Series(10 * MONTHS.days_in_month, index=MONTHS)
    found = usual_range(counts)
    assert [str(month) for month in found.index[[0, 11]]] == ["2023-01", "2023-12"]
    np.testing.assert_allclose(found["expected"], 10 * found.index.days_in_month)
    # 24 balanced months, five parameters: x' (X'WX)^-1 x is near 5 / sum of the means
    of_new, of_fit = 310.0, 310.0**2 * 5 / counts.sum()
    half = stats.t.ppf(0.975, 19) * np.sqrt(of_new + of_fit)
    assert found["upper"].iloc[0] - 310 == pytest.approx(half, rel=0.02)
    assert 310 - found["lower"].iloc[0] == pytest.approx(half, rel=0.02)
    assert (found["reason"] == "").all()


def test_the_season_is_expected() -> None:
    wave = np.exp(0.5 * np.cos(2 * np.pi * (MONTHS.month - 7) / 12))
    counts = pd.Series(np.round(10 * MONTHS.days_in_month * wave), index=MONTHS)
    found = usual_range(counts, months=["2023-01", "2023-07"])
    assert found["expected"].tolist() == pytest.approx(
        [310 * np.exp(-0.5), 310 * np.exp(0.5)], rel=0.01
    )


def test_wilder_months_give_a_wider_range() -> None:
    steady = pd.Series(10 * MONTHS.days_in_month, index=MONTHS)
    wild = steady + 60 * np.where(np.arange(24) // 2 % 2, 1, -1)
    widths = [(r["upper"] - r["lower"]).iloc[0] for r in map(usual_range, (steady, wild))]
    assert widths[1] > 2 * widths[0]


def test_nineteen_of_twenty_new_months_fall_inside() -> None:
    rng = np.random.default_rng(20231122)
    months = pd.period_range("2020-01", "2022-12", freq="M")
    level = 2 * np.exp(0.3 * np.cos(2 * np.pi * months.month / 12)) * months.days_in_month
    inside = []
    for _ in range(150):
        known = pd.Series(rng.poisson(level), index=months)
        new = rng.poisson(level[:12] * 365 / 366)
        found = usual_range(known)
        inside.append(np.mean((found["lower"] <= new) & (new <= found["upper"])))
    assert 0.93 < np.mean(inside) < 0.98


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        (pd.Series(5, index=MONTHS[:23]), "23 known months, fewer than 24"),
        (pd.Series([1, *[0] * 23], index=MONTHS), "less than one count a month"),
    ],
)
def test_too_little_is_said(counts: pd.Series, reason: str) -> None:
    found = usual_range(counts)
    assert found["expected"].isna().all()
    assert found["reason"].unique().tolist() == [reason]


def test_a_lower_limit_never_lies_below_nothing_and_gaps_are_left_out() -> None:
    counts = pd.Series(
        [2, 1, 3, 0, 2, 1] * 5, index=pd.period_range("2020-01", periods=30, freq="M")
    )
    found = usual_range(counts.astype("Int64").mask(counts.index == pd.Period("2021-03")))
    assert (found["lower"] == 0).all()
    assert found["expected"].between(0.5, 3).all()


def test_what_is_no_count_is_refused() -> None:
    with pytest.raises(ValueError, match="whole"):
        usual_range(pd.Series(1.5, index=MONTHS))
    with pytest.raises(ValueError, match="months"):
        usual_range(pd.Series([1, 2, 3]))
