"""Dispersion from an area's own months: season, trend, serial correlation, too few months."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from cspanalysis.methods import history_dispersion
from cspanalysis.methods.harmonics import design, fit

MONTHS = pd.period_range("2021-05", periods=32, freq="M")
STUDENT = (2.055529 / 1.959964) ** 2
"""Quantiles of Student's with 32 - 6 degrees of freedom and of the normal distribution."""


def series(*, mean: float = 40, seed: int = 1, noise: float = 0) -> pd.Series:
    random = np.random.default_rng(seed)
    level = mean * np.exp(noise * random.standard_normal(len(MONTHS)))
    return pd.Series(random.poisson(level), index=MONTHS)


def test_the_dispersion_of_months_is_that_of_a_quasi_poisson_model():
    counts = series(noise=0.3)
    month = 12 * MONTHS.year + MONTHS.month
    angle = 2 * np.pi * month / 12
    design = np.column_stack(
        [np.ones(32), np.arange(32)] + [f(k * angle) for k in (1, 2) for f in (np.cos, np.sin)]
    )
    offset = np.log(MONTHS.days_in_month)
    model = sm.GLM(counts.to_numpy(), design, family=sm.families.Poisson(), offset=offset)
    assert history_dispersion(counts).monthly == pytest.approx(model.fit(scale="X2").scale)


def test_the_widening_by_hand():
    # r' = r/2; months 1: 1; 3: 1 + 2r'(2/3 + 1/3 x 0.7); 2: 1 + 2r'/2
    counts = series(seed=9, noise=0.3).rolling(3, min_periods=1).mean().round()
    months = [history_dispersion(counts, months=k) for k in (1, 2, 3)]
    _, monthly, r, reason = months[0]
    assert reason == ""
    assert 0.1 < r < 1
    assert months[0].phi == pytest.approx(STUDENT * monthly, rel=1e-6)
    assert months[1].phi == pytest.approx(STUDENT * monthly * (1 + r / 2), rel=1e-6)
    assert months[2].phi == pytest.approx(STUDENT * monthly * (1 + r * (2 / 3 + 0.7 / 3)), rel=1e-6)
    # over 12 months: sum (1 - j/12) 0.7^(j-1), j = 1..11
    reach = sum((1 - j / 12) * 0.7 ** (j - 1) for j in range(1, 12))
    assert history_dispersion(counts).phi == pytest.approx(
        STUDENT * monthly * (1 + r * reach), rel=1e-6
    )


def test_a_negative_correlation_narrows_nothing():
    zigzag = pd.Series(40 + 14 * (-1) ** np.arange(32), index=MONTHS)
    phi, monthly, correlation, _ = history_dispersion(zigzag)
    assert correlation < -0.5
    assert phi == pytest.approx(STUDENT * monthly, rel=1e-6)
    assert monthly > 1


def test_no_more_than_half_is_believed():
    # a slow wave, whose correlation less its expectation exceeds 1
    wave = pd.Series((4000 + 3000 * np.sin(np.arange(32) / 5.2)).round(), index=MONTHS)
    _, monthly, correlation, _ = history_dispersion(wave)
    assert correlation > 1
    assert history_dispersion(wave, months=2).phi == pytest.approx(
        STUDENT * 1.5 * monthly, rel=1e-6
    )


def test_independent_months_show_no_correlation_and_no_dispersion_on_average():
    found = [history_dispersion(series(seed=seed)) for seed in range(200)]
    assert np.mean([one.monthly for one in found]) == pytest.approx(1, abs=0.05)
    assert np.mean([one.autocorrelation for one in found]) == pytest.approx(0, abs=0.04)


def test_steady_months_have_the_dispersion_of_poisson_counts():
    phi, monthly, correlation, _ = history_dispersion([30] * 36)
    assert phi == 1
    assert monthly == pytest.approx(0, abs=1e-12)
    assert correlation == 0


def test_season_and_trend_are_no_dispersion():
    month = np.arange(36)
    level = 2000 * np.exp(0.02 * month + 0.4 * np.sin(month * np.pi / 6) + 0.2 * np.cos(month))
    plain = 2000 * np.exp(
        0.02 * month + 0.4 * np.sin(month * np.pi / 6) + 0.2 * np.cos(month * np.pi / 3)
    )
    assert history_dispersion(plain.round()).monthly < 0.05
    assert history_dispersion(level.round()).monthly > 5


def test_months_of_unequal_length_are_no_dispersion():
    counts = pd.Series(100 * MONTHS.days_in_month.to_numpy(), index=MONTHS)
    assert history_dispersion(counts).monthly == pytest.approx(0, abs=1e-9)
    assert history_dispersion(counts.to_numpy()).monthly > 0.1


def test_the_kind_of_index_does_not_matter():
    counts = series(noise=0.3)
    dated = counts.set_axis(MONTHS.to_timestamp())
    assert history_dispersion(dated) == history_dispersion(counts)


def test_missing_months_are_left_out_and_not_bridged():
    counts = series(noise=0.3).astype("Float64")
    gap = counts.copy()
    gap.iloc[[4, 15]] = pd.NA
    dropped = counts.drop(counts.index[[4, 15]])
    assert history_dispersion(gap) == history_dispersion(dropped)
    assert history_dispersion(gap) != history_dispersion(counts)
    unlabelled = history_dispersion(gap.to_numpy(dtype=float, na_value=np.nan))
    assert unlabelled.autocorrelation == pytest.approx(
        history_dispersion(gap).autocorrelation, abs=0.1
    )


def test_24_months_are_enough_and_23_are_not():
    counts = series()
    assert history_dispersion(counts[:24]).phi >= 1
    short = history_dispersion(counts[:23])
    assert short.reason == "23 known months, fewer than 24"
    assert np.isnan(short[:3]).all()
    holes = counts[:25].astype("Float64")
    holes.iloc[:2] = pd.NA
    assert history_dispersion(holes).reason == "23 known months, fewer than 24"


def test_without_any_count_there_is_no_dispersion():
    assert history_dispersion([0] * 30).reason == "no count in any month"


def test_sparse_counts_have_a_level_alone():
    sparse = [0, 0, 1, 0, 2, 0, 0, 0, 3, 0, 0, 1] * 2
    assert history_dispersion(sparse, months=1).monthly == pytest.approx(
        np.var(sparse, ddof=1) / np.mean(sparse)
    )
    once_a_month = [1, 0, 2, 1, 1, 1] * 4
    level_alone = np.var(once_a_month, ddof=1)
    assert abs(history_dispersion(once_a_month).monthly - level_alone) > 0.01


def test_dispersion_does_not_depend_on_the_unit_of_time_or_level():
    once = history_dispersion(np.array([30, 42] * 14) + np.arange(28))
    ten = history_dispersion(10 * (np.array([30, 42] * 14) + np.arange(28)))
    assert ten.monthly == pytest.approx(10 * once.monthly)
    assert ten.autocorrelation == pytest.approx(once.autocorrelation)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"monthly": [1, -1]}, "monthly: -1 at position 1 is negative"),
        ({"monthly": [0.5]}, r"monthly: 0\.5 at position 0 is not a whole number"),
        ({"monthly": [1] * 24, "months": 0}, "months: 0; give 1 or more"),
        (
            {"monthly": pd.Series([1, 2], index=pd.PeriodIndex(["2021-03"] * 2, freq="M"))},
            "monthly: two counts of 2021-03",
        ),
    ],
)
def test_wrong_input_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        history_dispersion(**arguments)


def test_a_steady_swing_is_seen_however_small():
    # residuals of a tenth: far below Poisson's, but a pattern
    assert history_dispersion([100, 101] * 15).autocorrelation < -0.5


def test_correlation_is_that_of_residuals_less_what_fitting_brings():
    season = np.exp(1.5 * np.cos(2 * np.pi * np.arange(30) / 12))
    counts = np.random.default_rng(2).poisson(40 * season)
    columns = design(np.arange(30.0))
    expected = fit(columns, counts.astype(float), np.zeros(30))
    residual = (counts - expected) / np.sqrt(expected)
    # what the weighted fit leaves of independent noise: I - W^(1/2) X (X'WX)^-1 X' W^(1/2)
    root = columns * np.sqrt(expected)[:, None]
    left = np.eye(30) - root @ np.linalg.inv(root.T @ root) @ root.T
    found = residual[1:] @ residual[:-1] / (residual @ residual)
    chance = np.trace(left, offset=1) / np.trace(left)
    assert history_dispersion(counts).autocorrelation == pytest.approx(found - chance)
