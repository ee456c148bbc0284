"""Season, level and the series without its season."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspanalysis.methods.seasonality import seasonal_profile, seasonally_adjust, stl

SHAPE = np.array([0.8, 0.9, 1.0, 1.0, 1.1, 1.1, 1.2, 1.1, 1.0, 1.0, 0.9, 0.9])


def months(count: int, start: str = "2021-01") -> pd.PeriodIndex:
    return pd.period_range(start, periods=count, freq="M")


def shaped(count: int, start: str = "2021-01", level: float = 10) -> pd.Series:
    """A series whose rate per day follows SHAPE exactly."""
    index = months(count, start)
    return pd.Series(level * index.days_in_month * SHAPE[index.month - 1], index=index)


# -- the decomposition ---------------------------------------------------------------------------


def test_adjusting_takes_the_options_of_the_profile():
    months = pd.period_range("2020-01", periods=48, freq="M")
    wave = 100 + 30 * np.cos(2 * np.pi * np.arange(48) / 12)
    counts = pd.Series(wave.round(), index=months)
    counts.iloc[5] = 600
    for robust, per_day in product((True, False), (True, False)):
        profile = seasonal_profile(counts, robust=robust, per_day=per_day)
        expected = seasonally_adjust(counts, profile=profile, per_day=per_day)
        adjusted = seasonally_adjust(counts, robust=robust, per_day=per_day)
        pd.testing.assert_series_equal(adjusted, expected)
        assert adjusted.index.equals(months)
        assert adjusted.name == "adjusted"
    plain, robust = (seasonally_adjust(counts, robust=way) for way in (False, True))
    assert not np.allclose(plain, robust)
    pd.testing.assert_series_equal(seasonally_adjust(counts), plain)


def test_a_profile_in_another_order_will_do():
    months = pd.period_range("2021-01", periods=24, freq="M")
    counts = pd.Series(np.arange(100, 124), index=months)
    profile = pd.DataFrame({"index": np.linspace(0.8, 1.2, 12)}, index=range(1, 13))
    pd.testing.assert_series_equal(
        seasonally_adjust(counts, profile=profile.iloc[::-1]),
        seasonally_adjust(counts, profile=profile),
    )


@pytest.mark.shared_data
@pytest.mark.parametrize("part", ["seasonal", "trend", "remainder", "weight"])
def test_decomposition_agrees_with_r(shared: Path, part: str) -> None:
    reference = pd.read_csv(shared / "reference_values" / "stl.csv", comment="#")
    cases = reference.groupby("case")
    assert len(cases) == 2
    for case, rows in cases:
        parts = stl(rows["y"].to_numpy(), robust=str(case).endswith("robust"))
        np.testing.assert_allclose(parts[part], rows[part], rtol=1e-6, atol=1e-9)


def test_parts_of_a_decomposition_add_up_and_repeat() -> None:
    values = pd.Series([5.0, 9, 1, 6, 12, 2, 4, 9, 3, 5, 11, 1], index=list("abcdefghijkl"))
    parts = stl(values, period=3)
    assert list(parts.index) == list(values.index)
    total = parts["seasonal"] + parts["trend"] + parts["remainder"]
    np.testing.assert_allclose(total, values, rtol=1e-12)
    np.testing.assert_allclose(parts["seasonal"].iloc[:3], parts["seasonal"].iloc[9:])
    assert (parts["weight"] == 1).all()


def test_spans_follow_the_rules_of_the_paper() -> None:
    values = np.random.default_rng(5).normal(20, 3, 60)
    # 1.5 x 12 / (1 - 1.5/7) = 22.9 -> 23 ; low pass 12 -> 13 ; a tenth, rounded up: 1, 3, 2
    spelled = stl(
        values, seasonal_window=7, seasonal_degree=1, trend_window=23, low_pass_window=13,
        seasonal_jump=1, trend_jump=3, low_pass_jump=2, low_pass_degree=1, inner=2, outer=0,
    )  # fmt: skip
    pd.testing.assert_frame_equal(stl(values, seasonal_window=7, seasonal_degree=1), spelled)
    # an even span becomes the next odd one; periodic: 1.5 x 12 / (1 - 1.5/601) = 18.05 -> 19
    even = stl(values, trend_window=18, low_pass_window=12)
    pd.testing.assert_frame_equal(stl(values), even)
    robust = stl(values, robust=True)
    pd.testing.assert_frame_equal(robust, stl(values, robust=True, inner=1, outer=15))
    assert robust["weight"].min() < 1


def test_changing_seasons_do_not_repeat() -> None:
    values = np.tile([1.0, 2.0, 3.0, 0.0], 8) * np.linspace(1, 3, 32)
    parts = stl(values, period=4, seasonal_window=7, seasonal_degree=1)
    assert abs(parts["seasonal"].iloc[0] - parts["seasonal"].iloc[28]) > 0.1


@pytest.mark.parametrize(
    ("values", "period"), [(np.arange(23.0), 12), ([1.0, np.nan, 3, 4], 2), (np.arange(6.0), 1)]
)
def test_decomposition_refuses_short_or_broken_input(values: object, period: int) -> None:
    with pytest.raises(ValueError, match="STL needs"):
        stl(values, period=period)


def test_two_whole_periods_are_enough() -> None:
    assert stl(shaped(24).to_numpy()).shape == (24, 4)


# -- the profile ---------------------------------------------------------------------------------


def test_profile_finds_a_shape_without_noise() -> None:
    profile = seasonal_profile(shaped(36))
    np.testing.assert_allclose(profile["index"], SHAPE / SHAPE.mean(), rtol=1e-9)
    np.testing.assert_allclose(profile["lower"], profile["index"], rtol=1e-6)
    assert profile["years"].tolist() == [3] * 12
    assert list(profile.index) == list(range(1, 13))
    assert profile.index.name == "month"
    assert (profile["reason"] == "").all()


def test_profile_starts_in_january_wherever_the_series_starts() -> None:
    profile = seasonal_profile(shaped(31, start="2021-06"))
    np.testing.assert_allclose(profile["index"], SHAPE / SHAPE.mean(), atol=0.01)
    assert profile["years"].tolist() == [2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3]


def test_length_of_months_is_no_season() -> None:
    index = months(36)
    counts = pd.Series(10.0 * index.days_in_month, index=index)
    np.testing.assert_allclose(seasonal_profile(counts)["index"], 1, atol=1e-9)
    february = seasonal_profile(counts, per_day=False)["index"].loc[2]
    assert february == pytest.approx(28.0 / (365 / 12), abs=0.01)


def test_interval_by_hand() -> None:
    # two years that differ by -1 and +1 in one month alone, worked through the definition
    counts = shaped(36, level=10)
    counts.iloc[7] *= 1.3
    profile = seasonal_profile(counts)
    rate = counts / counts.index.days_in_month
    parts = stl(rate)
    freedom = 36 - 11 - 2 * 36 / 19 - 1
    spread = np.sqrt((parts["remainder"] ** 2).sum() / freedom)
    assert freedom == pytest.approx(20.2105263)
    half = 2.0846209 * spread * np.sqrt(11 / 12 / 3) / rate.mean()  # t quantile from a table
    np.testing.assert_allclose(profile["upper"] - profile["index"], half, rtol=1e-4)
    np.testing.assert_allclose(profile["index"] - profile["lower"], half, rtol=1e-4)
    narrow = seasonal_profile(counts, confidence=0.8)
    assert narrow["upper"].loc[1] < profile["upper"].loc[1]


def test_intervals_cover_as_they_say() -> None:
    rng = np.random.default_rng(20)
    index = months(36)
    true = SHAPE / SHAPE.mean()
    hits = []
    for _ in range(60):
        drawn = rng.poisson(2 * index.days_in_month * true[index.month - 1])
        profile = seasonal_profile(pd.Series(drawn, index=index))
        hits.append(profile["lower"].le(true) & profile["upper"].ge(true))
    assert 0.93 <= np.mean(hits) <= 0.98


def test_robust_profile_passes_over_a_lockdown() -> None:
    counts = shaped(60)
    counts.iloc[27:30] *= 0.3
    plain = seasonal_profile(counts)["index"] - SHAPE / SHAPE.mean()
    robust = seasonal_profile(counts, robust=True)["index"] - SHAPE / SHAPE.mean()
    assert robust.abs().max() < 0.02 < plain.abs().max()


def test_missing_month_inside_changes_nothing_of_a_clean_season() -> None:
    counts = shaped(48)
    holed = counts.drop(counts.index[[14, 15, 30]])
    profile = seasonal_profile(holed)
    np.testing.assert_allclose(profile["index"], SHAPE / SHAPE.mean(), atol=1e-3)
    assert profile["years"].tolist() == [4, 4, 3, 3, 4, 4, 3, 4, 4, 4, 4, 4]
    assert seasonally_adjust(holed).isna().sum() == 3


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        (shaped(23), "month 12 was seen in 1 year; a season needs each month in at least 2"),
        (shaped(11), "month 12 was seen in 0 years; a season needs each month in at least 2"),
        (shaped(24).drop(months(24)[4]), "month 5 was seen in 1 year; a season needs each month"),
        (shaped(24) * 0, "nothing was counted in any month"),
    ],
)
def test_no_season_says_why(counts: pd.Series, reason: str) -> None:
    profile = seasonal_profile(counts)
    assert profile[["index", "lower", "upper"]].isna().all(axis=None)
    assert profile["reason"].str.startswith(reason).all()
    with pytest.raises(ValueError, match=reason):
        seasonally_adjust(counts)


def test_two_years_are_enough() -> None:
    np.testing.assert_allclose(seasonal_profile(shaped(24))["index"], SHAPE / SHAPE.mean())


@settings(deadline=None, max_examples=20)
@given(st.lists(st.integers(0, 400), min_size=36, max_size=36), st.integers(2, 50))
def test_profile_ignores_the_unit(values: list[int], times: int) -> None:
    counts = pd.Series(values, index=months(36), dtype=float)
    once, scaled = seasonal_profile(counts), seasonal_profile(counts * times)
    pd.testing.assert_frame_equal(once, scaled, rtol=1e-6, atol=1e-8)
    if not once["reason"].iloc[0]:
        assert once["index"].mean() == pytest.approx(1)
        assert (once["lower"] >= 0).all()
        assert (once["lower"] <= once["upper"]).all()


def test_lower_limit_stops_at_zero() -> None:
    counts = pd.Series(np.random.default_rng(1).poisson(0.5, 36), index=months(36))
    assert seasonal_profile(counts)["lower"].min() == 0


# -- adjustment ----------------------------------------------------------------------------------


def test_adjusted_series_is_flat_where_only_the_season_moved() -> None:
    adjusted = seasonally_adjust(shaped(36, level=10))
    np.testing.assert_allclose(adjusted, 10 * SHAPE.mean() * 365.2425 / 12)
    assert adjusted.name == "adjusted"


def test_adjustment_by_a_profile_from_elsewhere() -> None:
    profile = pd.DataFrame({"index": [2.0] + [10 / 11] * 11}, index=range(1, 13))
    counts = pd.Series([62.0, 28.0, np.nan, 30.0], index=months(4))
    adjusted = seasonally_adjust(counts, profile=profile)
    assert adjusted.iloc[0] == pytest.approx(31 * 30.436875 / 31)
    assert adjusted.iloc[1] == pytest.approx(28 * 1.1 * 30.436875 / 28)
    assert np.isnan(adjusted.iloc[2])
    plain = seasonally_adjust(counts, profile=profile, per_day=False)
    assert plain.iloc[0] == pytest.approx(31)


def test_month_without_counts_cannot_be_adjusted() -> None:
    profile = pd.DataFrame({"index": [0.0] + [12 / 11] * 11}, index=range(1, 13))
    with pytest.raises(ValueError, match="month 1 has no counts"):
        seasonally_adjust(pd.Series([0.0, 3.0], index=months(2)), profile=profile)


# -- input ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("series", "words"),
    [
        (pd.Series([-1.0], index=months(1)), "-1 at position 0 is negative"),
        (pd.Series([1.0, np.inf], index=months(2)), "at position 1 is infinite"),
        (pd.Series([1.0, 2.0], index=["2021-01", "2021-01"]), "month 2021-01 stands there twice"),
        (pd.Series([1.0, 2.0]), "its index holds numbers"),
        (pd.Series([1.0], index=["spring"]), "not of months"),
        (pd.Series([1.0], index=pd.period_range("2021Q1", periods=1, freq="Q")), "give months"),
        (pd.Series([], dtype=float), "empty"),
        (pd.Series([np.nan], index=months(1)), "no month has a value"),
        (pd.Series(["many"], index=months(1)), "not numbers"),
        ([1.0, 2.0], "give a pandas Series"),
    ],
)
def test_what_is_no_monthly_series_is_refused(series: pd.Series, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        seasonal_profile(series)


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_confidence_is_a_share(confidence: float) -> None:
    with pytest.raises(ValueError, match=r"write 0\.95"):
        seasonal_profile(shaped(36), confidence=confidence)


def test_dates_and_words_name_months_too() -> None:
    counts = shaped(36)
    expected = seasonal_profile(counts)
    pd.testing.assert_frame_equal(seasonal_profile(counts.to_timestamp()), expected)
    worded = counts.set_axis(counts.index.astype(str))
    pd.testing.assert_frame_equal(seasonal_profile(worded.sample(frac=1)), expected)


@pytest.mark.parametrize(
    ("options", "spans", "degrees", "jumps", "loops"),
    [
        # spans, degrees and jumps of season, trend and low pass, then inner and outer loops
        ({"seasonal_window": 7}, (7, 23, 13), (0, 1, 1), (1, 3, 2), (2, 0)),
        ({"seasonal_window": 13, "robust": True}, (13, 21, 13), (0, 1, 1), (2, 3, 2), (1, 15)),
        (
            {"seasonal_window": 9, "seasonal_degree": 1, "trend_window": 25, "trend_degree": 0,
             "low_pass_window": 17, "low_pass_degree": 1, "seasonal_jump": 2, "trend_jump": 4,
             "low_pass_jump": 3, "inner": 5, "outer": 2, "robust": True},
            (9, 25, 17), (1, 0, 1), (2, 4, 3), (5, 2),
        ),
        ({"seasonal_window": 7, "trend_degree": 0}, (7, 23, 13), (0, 0, 0), (1, 3, 2), (2, 0)),
    ],
)  # fmt: skip
def test_every_option_reaches_the_fit(options, spans, degrees, jumps, loops):
    from statsmodels.tsa.seasonal import STL

    values = np.random.default_rng(3).normal(100, 10, 72) + np.tile(20 * SHAPE, 6)
    values[30] = 300
    names = ("seasonal", "trend", "low_pass")
    settings_of = dict(zip(names, spans, strict=True))
    settings_of |= {f"{n}_deg": value for n, value in zip(names, degrees, strict=True)}
    settings_of |= {f"{n}_jump": value for n, value in zip(names, jumps, strict=True)}
    wanted = STL(values, period=12, robust=options.get("robust", False), **settings_of).fit(
        inner_iter=loops[0], outer_iter=loops[1]
    )
    found = stl(values, **options)
    for part, expected in (("seasonal", wanted.seasonal), ("trend", wanted.trend)):
        np.testing.assert_allclose(found[part], expected, rtol=1e-9)
    np.testing.assert_allclose(found["weight"], wanted.weights, rtol=1e-9)
