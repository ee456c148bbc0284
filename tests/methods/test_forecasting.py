"""Forecasts, how they did, and what came."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspanalysis.methods import _contenders as contenders
from cspanalysis.methods._trials import Trial, choose, look_back, spread_of_errors, try_all
from cspanalysis.methods.forecasting import (
    backtest,
    forecast,
    forecast_against_outturn,
    rolling_forecasts,
)

SHIFT = 0.375 / 30.436875
SEASON = np.array([0.8, 0.9, 1.0, 1.0, 1.1, 1.1, 1.2, 1.1, 1.0, 1.0, 0.9, 0.9])


def months(count: int, start: str = "2021-01") -> pd.PeriodIndex:
    return pd.period_range(start, periods=count, freq="M")


def noisy(count: int = 34, *, mean: float = 100, season: float = 0, seed: int = 1) -> pd.Series:
    index = months(count)
    shape = 1 + season * (SEASON[index.month - 1] - 1)
    return pd.Series(np.random.default_rng(seed).poisson(mean * shape), index=index)


def jumpy(count: int = 34) -> pd.Series:
    """Each year repeats the last to the day, and no two months are alike: last year knows best."""
    index = months(count)
    shape = np.array([1, 9, 2, 8, 3, 7, 4, 9, 5, 1, 6, 2])
    return pd.Series(10 * index.days_in_month * shape[index.month - 1], index=index)


# -- the contenders ------------------------------------------------------------------------------


def test_roots_and_back() -> None:
    length = np.array([30.436875, 60.87375])
    found = contenders.roots(np.array([0.0, 3.25]), length)
    np.testing.assert_allclose(found**2 * 30.436875, [0.375, 2.0])
    np.testing.assert_allclose(contenders.whole_counts(found, length), [0, 3.25])
    assert contenders.whole_counts(np.array([0.05, -2.0]), length).tolist() == [0, 0]


def test_benchmarks_by_hand() -> None:
    past = np.arange(1.0, 15.0)
    calendar = np.arange(14) % 12 + 1
    mean = contenders.mean_of_last_year(past, calendar, np.array([3, 4]))
    np.testing.assert_allclose(mean, np.sqrt(np.mean(np.arange(3.0, 15.0) ** 2)))
    assert len(mean) == 2
    again = contenders.last_year_again(past, calendar, np.arange(14) % 12 + 1)
    assert again.tolist() == [*range(3, 15), 3, 4]
    short = contenders.last_year_again(past[:2], calendar[:2], np.array([3]))
    np.testing.assert_allclose(short, np.sqrt(2.5))


def test_smoothing_by_hand() -> None:
    values = np.array([1.0, 2, 3, 4, 5, 6, 9])
    level = 3.5
    for value in values:
        level += 0.5 * (value - level)
    assert contenders.smoothed(values) == pytest.approx(level)


def test_season_without_noise_is_kept_whole() -> None:
    calendar = np.arange(36) % 12 + 1
    shape = SEASON - SEASON.mean()
    season = contenders.shrunken_season(10 + shape[calendar - 1], calendar)
    np.testing.assert_allclose(season, shape, atol=1e-12)
    assert contenders.shrunken_season(10 + shape[calendar[:23] - 1], calendar[:23]).any() == 0
    assert (contenders.shrunken_season(np.full(30, 4.0), calendar[:30]) == 0).all()


def test_season_is_shrunk_by_its_noise() -> None:
    # two years that rise, worked through the definition
    calendar = np.arange(24) % 12 + 1
    past = 5 + 0.03 * np.arange(24) ** 1.5 + SEASON[calendar - 1]
    past += np.random.default_rng(7).normal(0, 0.05, 24)
    trend = np.array([(past[i - 6] / 2 + past[i - 5 : i + 6].sum() + past[i + 6] / 2) / 12
                      for i in range(6, 18)])  # fmt: skip
    trend = np.r_[[trend[0]] * 6, trend, [trend[-1]] * 6]
    raw = np.array([(past - trend)[[m, m + 12]].mean() for m in range(12)])
    raw -= raw.mean()
    left = past - trend - np.tile(raw, 2)
    noise = (left**2).sum() / 12 / 2
    apparent = (raw**2).sum() / 11
    assert 0 < noise < apparent
    found = contenders.shrunken_season(past, calendar)
    np.testing.assert_allclose(found, raw * (1 - noise / apparent), rtol=1e-10)


def test_season_of_pure_noise_vanishes() -> None:
    calendar = np.arange(24) % 12 + 1
    past = np.r_[[1.0, -1.0] * 6, [-1.0, 1.0] * 6] + 5
    assert (contenders.shrunken_season(past, calendar) == 0).all()


def test_combination_by_hand() -> None:
    calendar = (np.arange(36) + 4) % 12 + 1
    noise = np.random.default_rng(4).normal(0, 0.05, 36)
    past = 9 - 0.05 * np.arange(36) + 2 * SEASON[calendar - 1] + noise
    found = contenders.combination(past, calendar, np.array([5, 6]))
    season = 0.5 * contenders.shrunken_season(past, calendar)
    assert np.abs(season[4:6]).min() > 0.01
    level = np.array([root - season[month - 1] for root, month in zip(past, calendar, strict=True)])
    root = (level[24:].mean() + contenders.smoothed(level)) / 2
    expected = np.sqrt((root + season[4:6]) ** 2 + level[12:].var(ddof=1))
    np.testing.assert_allclose(found, expected)


def test_combination_of_small_roots_stays_small_and_never_turns_negative() -> None:
    calendar = np.arange(36) % 12 + 1
    np.testing.assert_allclose(contenders.combination(np.full(36, 0.2), calendar, calendar), 0.2)
    # five years with an empty January, then a year of nothing: below 0 it is 0, but for the spread
    calendar = np.arange(72) % 12 + 1
    past = np.where(calendar == 1, 0.0, 8.0) * (np.arange(72) < 60)
    season = 0.5 * contenders.shrunken_season(past, calendar)
    level = past - season[calendar - 1]
    levels = [level[-24:].mean(), level[-12:].mean(), contenders.smoothed(level)]
    assert np.mean(levels) + season[0] < 0
    found = contenders.combination(past, calendar, np.array([1]))
    np.testing.assert_allclose(found, level[-24:].std(ddof=1))


def test_half_of_the_season_is_trusted() -> None:
    calendar = np.arange(36) % 12 + 1
    shape = SEASON - SEASON.mean()
    found = contenders.combination(10 + shape[calendar - 1], calendar, np.arange(1, 13))
    halves = 10 + shape / 2
    assert np.corrcoef(found, halves)[0, 1] > 0.999
    assert np.ptp(found) == pytest.approx(np.ptp(shape) / 2, rel=0.01)


# -- the choice ----------------------------------------------------------------------------------


def test_model_is_used_where_nothing_speaks_against_it() -> None:
    assert set(forecast(noisy(season=1), horizon=3)["method"]) == {"combination"}


def test_clearly_better_benchmark_takes_its_place_and_is_named() -> None:
    found = forecast(jumpy(), horizon=12)
    assert set(found["method"]) == {"seasonal_naive"}
    np.testing.assert_allclose(found["mean"], jumpy(46).iloc[34:], rtol=1e-9)


@pytest.mark.parametrize(("count", "method"), [(23, "mean_12"), (24, "combination")])
def test_two_years_are_long_enough(count: int, method: str) -> None:
    assert forecast(noisy(count), horizon=1)["method"].iloc[0] == method


@pytest.mark.parametrize(("total", "method"), [(11, "mean_12"), (12, "combination")])
def test_a_dozen_counted_in_the_last_year_is_enough(total: int, method: str) -> None:
    counts = np.zeros(36)
    counts[::2] = 1
    counts[-12:] = np.r_[[total - 6, 0] + [0, 2] * 3, np.zeros(4)]
    assert counts[-12:].sum() == total
    series = pd.Series(counts, index=months(36))
    past = look_back(series)
    chosen = choose(past, try_all(past, 3), 36)
    assert (chosen == "mean_12") == (method == "mean_12")


def test_choice_by_its_definition() -> None:
    rng = np.random.default_rng(8)
    seen = set()
    for scale in (0.0, 0.3, 0.6, 0.9):
        index = months(34)
        shape = 1 + scale * np.sin(index.month * 2.4)
        series = pd.Series(rng.poisson(60 * shape), index=index)
        past = look_back(series)
        trials = try_all(past, 3)
        windows = {}
        for name, contender in contenders.CONTENDERS.items():
            windows[name] = []
            for origin in range(12, 32):
                ahead = slice(origin, origin + 3)
                roots = contender(past.roots[:origin], past.months[:origin], past.months[ahead])
                counts = contenders.whole_counts(roots, past.days[ahead])
                windows[name].append(np.abs(counts - past.counts[ahead]).mean())
        error = {name: np.mean(found) for name, found in windows.items()}
        best = min(("mean_12", "seasonal_naive"), key=lambda name: error[name])
        lead = np.subtract(windows["combination"], windows[best])
        clear = lead.mean() > 1.6448536 * lead.std(ddof=1) / np.sqrt(20 / 3)
        seen.add(best if clear else "combination")
        assert choose(past, trials, 34) == (best if clear else "combination")
    assert len(seen) > 1


@pytest.mark.parametrize(("leads", "method"), [(1.6, "combination"), (1.7, "mean_12")])
def test_a_benchmark_must_lead_by_1_645_standard_errors(leads: float, method: str) -> None:
    # ten windows of three months that overlap: the mean lead's error is s / sqrt(10 / 3)
    around = np.tile([1.0, -1.0], 5)
    lead = leads * around.std(ddof=1) / np.sqrt(10 / 3) + around
    errors = {"combination": 10 + lead, "mean_12": np.full(10, 10.0), "seasonal_naive": 20 + lead}
    nothing = np.zeros((10, 3))
    trials = {
        name: Trial(nothing, np.tile(found[:, None], 3), nothing) for name, found in errors.items()
    }
    assert choose(look_back(noisy(24)), trials, 24) == method


def test_a_dozen_errors_make_a_spread() -> None:
    # known after 17 months: 3 errors from each of three origins, then 2 and 1, of which 12 count
    past = look_back(noisy(30))
    trial = try_all(past, 3)["mean_12"]
    known = [trial.root_error[row, step] for row in range(5) for step in range(3) if row + step < 5]
    assert len(known) == 12
    expected = np.sqrt(np.mean(np.square(known)))
    assert spread_of_errors(past, trial, 17) == pytest.approx(expected)
    short = np.std(past.roots[:16], ddof=1) * np.sqrt(1 + 1 / 16)
    assert spread_of_errors(past, trial, 16) == pytest.approx(short)


def test_choice_and_spread_know_nothing_of_what_comes_after() -> None:
    series = noisy(40, season=1)
    changed = series.copy()
    changed.iloc[30:] = 5000
    past, other = look_back(series), look_back(changed)
    for origin in (24, 27, 30):
        known, told = try_all(past, 6), try_all(other, 6)
        assert choose(past, known, origin) == choose(other, told, origin)
        for name, trial in known.items():
            spread = spread_of_errors(past, trial, origin)
            assert spread == spread_of_errors(other, told[name], origin)
    trial = try_all(other, 6)["mean_12"]
    assert spread_of_errors(other, trial, 31) > spread_of_errors(past, trial, 30)


# -- the forecast --------------------------------------------------------------------------------


def test_forecast_has_a_row_a_month_and_limits_by_level() -> None:
    found = forecast(noisy(), horizon=14, level=(50, 99.8))
    assert found.index.tolist() == list(months(14, "2023-11"))
    names = ["mean", "lower_50", "upper_50", "lower_99.8", "upper_99.8", "method"]
    assert list(found.columns) == names
    assert (found["lower_99.8"] < found["lower_50"]).all()
    assert (found["upper_50"] < found["upper_99.8"]).all()


def test_limits_by_hand() -> None:
    series = noisy(season=1)
    past = look_back(series)
    trial = try_all(past, 3)["combination"]
    errors = []
    for origin in range(12, 34):
        for step in range(min(3, 34 - origin)):
            came = np.sqrt(series.iloc[origin + step] / past.days[origin + step] + SHIFT)
            errors.append(trial.centre[origin - 12, step] - came)
    spread = np.sqrt(np.mean(np.square(errors)))
    found = forecast(series, horizon=1, level=(80,)).iloc[0]
    length = 30  # November 2023
    root = np.sqrt(found["mean"] / length + SHIFT)
    width = 1.2815516 * max(spread, 0.5 / np.sqrt(length))
    assert spread > 0.5 / np.sqrt(length)
    assert found["upper_80"] == pytest.approx(((root + width) ** 2 - SHIFT) * length, rel=1e-6)
    assert found["lower_80"] == pytest.approx(((root - width) ** 2 - SHIFT) * length, rel=1e-6)


def test_limits_are_never_narrower_than_a_poisson_count() -> None:
    found = forecast(jumpy(36), horizon=1, level=(95,)).iloc[0]
    assert found["mean"] == pytest.approx(310, rel=1e-6)
    root = np.sqrt(10 + SHIFT) + 1.959964 * 0.5 / np.sqrt(31)
    assert found["upper_95"] == pytest.approx((root**2 - SHIFT) * 31, rel=1e-6)


@pytest.mark.parametrize("count", [1, 2, 11, 14])
def test_short_series_repeat_their_mean_by_day(count: int) -> None:
    series = pd.Series(2 * months(count).days_in_month, index=months(count))
    found = forecast(series, horizon=2)
    assert set(found["method"]) == {"mean_12"}
    np.testing.assert_allclose(found["mean"], 2 * found.index.days_in_month)
    assert (found["lower_95"] < found["mean"]).all()


def test_spread_of_a_short_series() -> None:
    series = pd.Series([50, 90, 70], index=months(3))
    past = look_back(series)
    trial = try_all(past, 3)["mean_12"]
    expected = np.std(past.roots, ddof=1) * np.sqrt(1 + 1 / 3)
    assert spread_of_errors(past, trial, 3) == pytest.approx(expected)
    assert spread_of_errors(past, trial, 1) == 0


def test_nothing_counted_forecasts_nothing() -> None:
    found = forecast(pd.Series(0, index=months(30)), horizon=3)
    assert found["mean"].tolist() == pytest.approx([0, 0, 0])
    assert found["lower_95"].tolist() == [0, 0, 0]
    assert (found["upper_95"] > 0).all()


def test_missing_month_is_bridged_and_never_scored() -> None:
    series = noisy(36).astype(float)
    series.iloc[[15, 28]] = np.nan
    assert forecast(series, horizon=3)["mean"].notna().all()
    found = rolling_forecasts(series)
    gap = found[found["month"] == series.index[28]]
    assert len(gap) > 0
    assert gap[["outturn", "error", "scaled_error"]].isna().all(axis=None)
    past = look_back(series)
    assert past.roots[15] == pytest.approx((past.roots[14] + past.roots[16]) / 2)
    assert backtest(series).notna().all(axis=None)


def test_huge_counts_do_not_overflow() -> None:
    found = forecast(noisy() * 10**12, horizon=3)
    assert np.isfinite(found.drop(columns="method").to_numpy(float)).all()


@settings(deadline=None, max_examples=15)
@given(st.lists(st.integers(0, 300), min_size=1, max_size=40))
def test_limits_enclose_the_mean_whatever_the_series(counts: list[int]) -> None:
    found = forecast(pd.Series(counts, index=months(len(counts))), horizon=2)
    assert (found["lower_95"] <= found["lower_80"]).all()
    assert (found["lower_80"] <= found["mean"]).all()
    assert (found["mean"] <= found["upper_80"]).all()
    assert (found["lower_95"] >= 0).all()


# -- the backtest --------------------------------------------------------------------------------


def test_origins_steps_and_scale_by_hand() -> None:
    series = noisy()
    found = rolling_forecasts(series)
    assert len(found) == 4 * 8 * 3
    last = found[(found["contender"] == "seasonal_naive") & (found["step"] == 2)]
    assert [str(origin) for origin in last["origin"]] == [str(m) for m in months(8, "2022-12")]
    assert last["month"].tolist() == list(months(8, "2023-02"))
    assert last["outturn"].tolist() == series.iloc[25:33].tolist()
    np.testing.assert_allclose(last["mean"], series.iloc[13:21], rtol=1e-9)
    scale = np.abs(series.to_numpy()[12:24] - series.to_numpy()[:12]).mean()
    np.testing.assert_allclose(last["error"], last["mean"] - last["outturn"])
    np.testing.assert_allclose(last["scaled_error"], last["error"].abs() / scale)


def test_backtest_sums_up_the_rolling_forecasts() -> None:
    rows = rolling_forecasts(noisy(), horizon=2, level=(50,), first=26)
    found = backtest(noisy(), horizon=2, level=(50,), first=26)
    assert found.index.tolist() == ["forecast", "combination", "mean_12", "seasonal_naive"]
    assert found["origins"].tolist() == [7] * 4
    for contender, part in rows.groupby("contender"):
        inside = (part["outturn"] >= part["lower_50"]) & (part["outturn"] <= part["upper_50"])
        assert found.loc[contender, "mase"] == pytest.approx(part["scaled_error"].mean())
        assert found.loc[contender, "coverage_50"] == pytest.approx(inside.mean())
        bias = part["error"].sum() / part["outturn"].sum()
        assert found.loc[contender, "bias"] == pytest.approx(bias)


def test_forecast_row_is_what_forecast_gave() -> None:
    series = noisy(season=1)
    rows = rolling_forecasts(series)
    rows = rows[(rows["contender"] == "forecast") & (rows["origin"] == pd.Period("2023-05", "M"))]
    then = forecast(series.iloc[:29], horizon=3)
    names = ["mean", "lower_80", "upper_80", "lower_95", "upper_95", "method"]
    pd.testing.assert_frame_equal(
        rows[names].reset_index(drop=True), then[names].reset_index(drop=True)
    )


def test_intervals_cover_as_they_say() -> None:
    found = pd.concat([backtest(noisy(season=1, seed=seed)) for seed in range(30)])
    mean = found.groupby(level=0)[["coverage_80", "coverage_95"]].mean().loc["forecast"]
    assert 0.75 <= mean["coverage_80"] <= 0.88
    assert 0.92 <= mean["coverage_95"] <= 0.98


def test_scale_of_a_series_that_never_changed_is_missing() -> None:
    found = backtest(pd.Series(5, index=months(30)))
    assert found["mase"].isna().all()
    assert (found["coverage_95"] == 1).all()


# -- forecast against outturn --------------------------------------------------------------------


def test_outturn_by_hand() -> None:
    made = pd.DataFrame(
        {"mean": [50.0, 60, 10, 5], "lower_80": [44.0, 50, 5, 0], "upper_80": [60.0, 70, 15, 9],
         "lower_95": [30.0, 40, 0, 0], "upper_95": [75.0, 80, 20, 12], "method": "combination"},
        index=months(4),
    )  # fmt: skip
    found = forecast_against_outturn(made, pd.Series([44, 80, 0], index=months(3)))
    assert found["error"].tolist()[:3] == [6, -20, 10]
    assert found["percent_error"].tolist()[:2] == pytest.approx([600 / 44, -25])
    assert found["within_80"].tolist()[:3] == [True, False, False]
    assert found["within_95"].tolist()[:3] == [True, True, True]
    assert found["percent_error"].isna().tolist() == [False, False, True, True]
    assert found.iloc[3][["outturn", "error", "within_80", "within_95"]].isna().all()
    assert list(found.columns[:6]) == list(made.columns)


# -- input ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"horizon": 0}, "horizon: 0; .* from 1"),
        ({"horizon": 1.5}, "horizon: 1.5"),
        ({"horizon": 1, "level": ()}, "level"),
        ({"horizon": 1, "level": (80, 100)}, "such as"),
        ({"horizon": 1, "level": (0,)}, "such as"),
    ],
)
def test_forecast_refuses_options(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        forecast(noisy(), **options)


def test_forecast_refuses_what_are_no_counts() -> None:
    for wrong, words in [(noisy() + 0.5, "not a whole number"), (-noisy(), "negative")]:
        with pytest.raises(ValueError, match=words):
            forecast(wrong, horizon=1)
    with pytest.raises(ValueError, match="26 months; a backtest needs 24 and 3 more"):
        backtest(noisy(26))
    assert backtest(noisy(27))["origins"].tolist() == [1] * 4
    with pytest.raises(ValueError, match=r"first: 11; .* from 12"):
        backtest(noisy(), first=11)
    with pytest.raises(ValueError, match="give what forecast"):
        forecast_against_outturn(pd.DataFrame({"mean": [1]}), noisy())
