"""The season as waves: its fit, its test, and the choice of what to chart."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspanalysis.methods import per_day, seasonal_choice, xmr
from cspanalysis.methods.harmonics import calendar, design, fit, waves

MONTHS = pd.period_range("2021-03", periods=30, freq="M")
DAYS = MONTHS.days_in_month.to_numpy(dtype=float)


def seasonal(level: float = 100, reach: float = 0.4, months: pd.PeriodIndex = MONTHS) -> pd.Series:
    """Counts whose log rate is one wave a year with its peak in July."""
    peak = np.cos(2 * np.pi * (months.month.to_numpy() - 7) / 12)
    return pd.Series(np.round(level * months.days_in_month / 30 * np.exp(reach * peak)), months)


def test_waves_by_hand():
    # quarters of the year: cos, sin of one wave, then of two
    expected = [[1, 0, 1, 0], [0, 1, -1, 0], [-1, 0, 1, 0], [0, -1, -1, 0]]
    np.testing.assert_allclose(waves(np.array([0.0, 3, 6, 9])), expected, atol=1e-12)
    np.testing.assert_allclose(waves(np.array([1.0]))[0, 2:], [0.5, np.sqrt(0.75)])


def test_design_has_level_trend_in_years_and_waves():
    columns = design(np.arange(5.0, 30))
    assert columns.shape == (25, 6)
    assert (columns[:, 0] == 1).all()
    np.testing.assert_allclose(np.diff(columns[:, 1]), 1 / 12)
    assert columns[:, 1].sum() == pytest.approx(0)


def test_calendar_gives_months_and_days():
    index = pd.DatetimeIndex(["2023-12-01", "2024-02-01"])
    position, days = calendar(pd.Series([1, 2], index=index), 2, name="series")
    assert (position.tolist(), days.tolist()) == ([12 * 2023 + 12, 12 * 2024 + 2], [31, 29])
    position, days = calendar([1, 2, 3], 3, name="series")
    assert (position.tolist(), days.tolist()) == ([0, 1, 2], [1, 1, 1])


def test_fit_is_the_maximum_of_the_poisson_likelihood():
    counts, columns = np.array([3.0, 0, 4, 16, 5]), np.column_stack([np.ones(5), np.arange(5.0)])
    offset = np.log([30.0, 31, 28, 31, 30])
    expected = fit(columns, counts, offset)
    np.testing.assert_allclose(columns.T @ (counts - expected), 0, atol=1e-8)
    slope = np.diff(np.log(expected) - offset)
    np.testing.assert_allclose(slope, slope[0])


def test_a_seasonal_series_is_charted_without_its_season():
    choice = seasonal_choice(seasonal())
    assert choice.adjusted
    assert choice.p_value < 1e-9
    assert (choice.charted, choice.reason) == ("per 30 days, seasonally adjusted", "")
    # a whole year keeps its level: the indices have mean 1 over the months
    whole_year = np.exp(0.4 * np.cos(2 * np.pi * np.arange(12) / 12)).mean()
    np.testing.assert_allclose(choice.series, 100 * whole_year, rtol=0.02)
    assert choice.series.index.equals(MONTHS)


def test_a_series_without_season_is_charted_per_30_days():
    counts = pd.Series(np.random.default_rng(3).poisson(100, 30), index=MONTHS, name="theft")
    choice = seasonal_choice(counts)
    assert not choice.adjusted
    assert choice.p_value > 0.05
    assert (choice.charted, choice.reason) == ("per 30 days", "")
    np.testing.assert_allclose(choice.series, 30 * counts / DAYS)
    assert choice.series.name == "theft"


SHAKEN = np.random.default_rng(8).poisson(40 + 8 * np.sin(np.arange(30)))
STEADY = 100 + np.random.default_rng(4).integers(0, 2, 30)


@pytest.mark.parametrize("counts", [SHAKEN, STEADY])
def test_p_agrees_with_a_fitted_model(counts):
    import statsmodels.api as sm
    from scipy import stats

    counts = pd.Series(counts, MONTHS)
    columns = design((12 * MONTHS.year + MONTHS.month).to_numpy(dtype=float))
    models = [
        sm.GLM(counts.to_numpy(), x, family=sm.families.Poisson(), offset=np.log(DAYS)).fit()
        for x in (columns, columns[:, :2])
    ]
    dispersion = models[0].pearson_chi2 / 24
    ratio = (models[1].deviance - models[0].deviance) / 4 / dispersion
    choice = seasonal_choice(counts)
    assert choice.p_value == pytest.approx(stats.f.sf(ratio, 4, 24), rel=1e-6)
    index = np.exp(columns[:, 2:] @ models[0].params[2:])
    assert seasonal_choice(counts, alpha=1.0).adjusted
    left = seasonal_choice(counts, alpha=1.0).series * index / (30 * counts / DAYS)
    np.testing.assert_allclose(left, left.iloc[0])


@pytest.mark.parametrize("alpha", [0.2, 0.6])
def test_alpha_decides(alpha):
    noise = np.random.default_rng(5).poisson(100, 30)
    p_value = seasonal_choice(pd.Series(noise, MONTHS)).p_value
    assert seasonal_choice(pd.Series(noise, MONTHS), alpha=alpha).adjusted == (p_value < alpha)


def test_a_season_needs_two_years():
    assert seasonal_choice(seasonal().head(24)).adjusted
    short = seasonal_choice(seasonal().head(23))
    assert not short.adjusted
    assert short.reason == "23 known months, fewer than 24"
    assert np.isnan(short.p_value)


def test_missing_months_stay_missing_and_do_not_count():
    holes = seasonal()
    holes.iloc[[3, 9]] = np.nan
    choice = seasonal_choice(holes)
    assert choice.adjusted
    assert choice.series.isna().tolist() == holes.isna().tolist()
    holes.iloc[10:15] = np.nan
    assert seasonal_choice(holes).reason == "23 known months, fewer than 24"


def test_small_counts_and_empty_months_keep_their_season():
    assert seasonal_choice(seasonal(level=0.5)).reason == "less than one count a month"
    # the lowest index is exp(-reach) / I0(reach): 0.22 and 0.16
    assert seasonal_choice(seasonal(level=200, reach=1.2)).adjusted
    deep = seasonal_choice(seasonal(level=200, reach=1.4))
    assert deep.reason == "a month of the year has next to no counts"
    assert not deep.adjusted
    assert deep.p_value < 0.05
    nothing = seasonal_choice(pd.Series(0, index=MONTHS))
    assert nothing.series.tolist() == [0] * 30


def test_a_season_without_any_noise_is_certain():
    # two waves a year: 32, 16, 4, 2, 4, 16 a day
    wave = 8 * 4.0 ** np.cos(2 * np.pi * MONTHS.month.to_numpy() / 6)
    assert seasonal_choice(pd.Series((wave * DAYS).round(), MONTHS)).p_value == 0


def test_a_count_and_a_half_a_month_is_enough_to_look():
    few = pd.Series(np.random.default_rng(6).poisson(1.5, 30), MONTHS)
    assert 1 < few.mean() < 2
    assert seasonal_choice(few).reason == ""


def test_a_constant_rate_has_no_season():
    choice = seasonal_choice(pd.Series(10 * DAYS, index=MONTHS))
    assert (choice.adjusted, choice.p_value) == (False, 1.0)


@pytest.mark.parametrize(
    ("series", "message"),
    [
        ([1, 2, 3], "the index holds no months"),
        (pd.Series([1, 2, 3]), "the index holds no months"),
        (pd.Series([1, -2], index=MONTHS[:2]), "series: -2 at position 1 is negative"),
        (pd.Series([1, 2], index=MONTHS[[0, 0]]), "series: two counts of 2021-03"),
    ],
)
def test_wrong_input_is_named(series, message):
    with pytest.raises(ValueError, match=message):
        seasonal_choice(series)


def test_the_chart_says_what_was_charted():
    choice = seasonal_choice(seasonal())
    assert xmr(choice.series).attrs["charted"] == "per 30 days, seasonally adjusted"
    assert xmr(per_day(seasonal())).attrs["charted"] == "per day"
    assert xmr([1, 2, 3]).attrs["charted"] == "as given"
    assert (xmr(30 * per_day(seasonal()))["signal"] != "common").any()


@given(factor=st.integers(2, 50), eights=st.integers(0, 3))
def test_units_and_years_do_not_matter(factor, eights):
    counts = seasonal(level=60, reach=0.3)
    choice = seasonal_choice(counts)
    scaled = seasonal_choice(factor * counts).series
    np.testing.assert_allclose(scaled, factor * choice.series, rtol=1e-6)
    # eight years on the calendar has the same days
    later = pd.Series(counts.to_numpy(), index=MONTHS + 96 * eights)
    np.testing.assert_allclose(seasonal_choice(later).series, choice.series, rtol=1e-6)
