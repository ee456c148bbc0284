"""Control charts: limits by hand, gaps, rebases, signals and meanings, and published charts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspanalysis.methods import assurance, per_day, variation, xmr

LIMITS = ["lower", "near_lower", "mean", "near_upper", "upper"]


def test_limits_by_hand():
    chart = xmr([12, 14, 10, 12, 8, 16, 12], screen=False)
    # mean 12; ranges 2, 4, 2, 4, 8, 4: mean 4; reach 10.64, near 7.0933
    expected = [1.36, 12 - 7.0933333, 12, 12 + 7.0933333, 22.64]
    assert chart[LIMITS].iloc[3].tolist() == pytest.approx(expected)
    assert chart["moving_range"].tolist()[1:] == [2, 4, 2, 4, 8, 4]
    assert np.isnan(chart["moving_range"][0])
    assert chart["value"].tolist() == [12, 14, 10, 12, 8, 16, 12]


def test_the_columns():
    assert list(xmr([1, 2, 3]).columns) == [
        "value", "segment", "mean", "moving_range", "lower", "upper", "near_lower", "near_upper",
        "signal", "meaning",
    ]  # fmt: skip


def test_other_sigma_constants():
    chart = xmr([12, 14, 10, 12, 8, 16, 12], screen=False, limit_factor=3)
    assert chart[LIMITS].iloc[0].tolist() == pytest.approx([0, 4, 12, 20, 24])


def test_outlying_ranges_are_dropped_once():
    # ranges 1 x 8, 10, 10, 1: mean 29/11 = 2.636, bound 8.61: the tens go, mean 1
    values = [5, 6, 5, 6, 5, 6, 5, 6, 5, 15, 5, 6]
    chart = xmr(values)
    assert (chart["upper"] - chart["mean"]).iloc[0] == pytest.approx(2.66)
    raw = xmr(values, screen=False)
    assert (raw["upper"] - raw["mean"]).iloc[0] == pytest.approx(2.66 * 29 / 11)


def test_the_screen_is_taken_at_its_bound():
    # 10 ranges, one of them r: dropped from r = 3.267 mean, so from r = 9 x 3.267 / (10 - 3.267)
    for last, kept in ((4.366, True), (4.368, False)):
        values = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1 + last]
        reach = (lambda chart: (chart["upper"] - chart["mean"]).iloc[0])(xmr(values))
        assert reach == pytest.approx(2.66 * ((9 + last) / 10 if kept else 1))


def test_the_bound_itself_is_dropped():
    # ranges 3267, 733, 0, 0: mean 1000, and 3267 is not below 3.267 x 1000
    chart = xmr([0, 3267, 2534, 2534, 2534])
    assert (chart["upper"] - chart["mean"])[0] == pytest.approx(2.66 * 733 / 3)


@pytest.mark.parametrize("value", [7, 0, 0.1, 1e9 / 3])
@pytest.mark.parametrize("screen", [True, False])
def test_a_constant_series_has_no_limits_and_raises_no_alarm(value, screen):
    chart = xmr([value] * 14, screen=screen, target=3)
    assert chart["mean"].eq(value).all()
    assert chart[["lower", "upper", "near_lower", "near_upper"]].isna().all(axis=None)
    assert set(chart["signal"]) == set(chart["meaning"]) == {"common"}
    assert assurance(chart) == "none"


def test_one_point_has_no_limits():
    chart = xmr([5])
    assert chart["mean"][0] == 5
    assert np.isnan(chart["upper"][0])
    assert chart["signal"][0] == "common"


@pytest.mark.parametrize("values", [[], pd.Series([], dtype=float)])
def test_no_points_give_no_rows(values):
    chart = xmr(values)
    assert chart.shape == (0, 10)
    assert (variation(chart), assurance(chart)) == ("none", "none")
    assert chart.attrs["icons"] is False


def test_a_missing_month_takes_no_part_in_mean_and_ranges():
    chart = xmr([10, 12, None, 20, 16], screen=False)
    assert chart["mean"].tolist() == [14.5] * 5
    assert chart["moving_range"].fillna(-1).tolist() == [-1, 2, -1, -1, 4]
    assert chart["upper"][0] == pytest.approx(14.5 + 2.66 * 3)
    assert chart.iloc[2][["value", "signal", "meaning"]].isna().all()
    assert xmr([None, None])["upper"].isna().all()


def test_a_missing_month_breaks_runs():
    steady = [10, 12] * 8
    whole = xmr([*steady, *[13] * 7], limit_factor=100)
    broken = xmr([*steady, *[13] * 3, None, *[13] * 4], limit_factor=100)
    assert whole["signal"].tolist()[-7:] == ["shift"] * 7
    assert "shift" not in set(broken["signal"].dropna()[-7:])


def test_a_series_keeps_its_months():
    months = pd.period_range("2022-11", periods=4, freq="M")
    assert xmr(pd.Series([1, 2, 3, 4], index=months)).index.equals(months)


def test_a_rebase_starts_again_at_the_position():
    values = [10, 12, 10, 12, 30, 32, 30, 32]
    chart = xmr(values, rebase_at=(4,))
    assert chart["segment"].tolist() == [0] * 4 + [1] * 4
    assert chart["mean"].tolist() == [11] * 4 + [31] * 4
    assert chart["moving_range"].isna().tolist() == [True] + [False] * 3 + [True] + [False] * 3
    pd.testing.assert_frame_equal(
        chart.iloc[4:][LIMITS].reset_index(drop=True), xmr(values[4:])[LIMITS]
    )
    twice = xmr(values, rebase_at=[6, 2, 2, 0])
    assert twice["segment"].tolist() == [0, 0, 1, 1, 1, 1, 2, 2]


@pytest.mark.parametrize("position", [-1, 3])
def test_a_rebase_lies_within_the_series(position):
    with pytest.raises(ValueError, match=f"rebase_at: {position} is no position of 3 values"):
        xmr([1, 2, 3], rebase_at=[position])


def test_runs_end_at_a_rebase():
    rising = np.arange(12.0)
    assert set(xmr(rising, limit_factor=100)["signal"]) == {"trend"}
    assert set(xmr(rising, limit_factor=100, rebase_at=[6])["signal"]) == {"common"}


def test_limits_can_be_fixed_after_some_points():
    values = [10, 12, None, 10, 12, 40, 42, 38]
    chart = xmr(values, fix_after=4, screen=False)
    assert chart["mean"].tolist() == [11] * 8
    assert chart["upper"][7] == pytest.approx(11 + 2.66 * 2)
    assert chart["moving_range"][5] == 28
    assert chart["signal"].tolist()[5:] == ["outside"] * 3
    both = xmr([10, 12, 10, 30, 32, 30], fix_after=2, rebase_at=[3])
    assert both["mean"].tolist() == [11] * 3 + [31] * 3


def test_outside_is_strict_and_comes_first():
    # mean 12, reach 4: limits 8 and 16 exactly, near limits 9.33 and 14.67
    values = [12, 14, 10, 12, 14, 10, 12, 16, 16.001, 8, 7.999]
    chart = xmr(values, screen=False, limit_factor=1.5, fix_after=7)
    assert chart[["lower", "upper"]].iloc[0].tolist() == [8, 16]
    assert chart["signal"].tolist()[7:] == ["common", "outside", "common", "outside"]


def test_two_of_three_marks_only_points_beyond_the_near_limit():
    # limits 8 and 16, near limits 9.33 and 14.67
    start = [12, 14, 10, 12, 14, 10, 12]
    chart = xmr([*start, 15, 13, 15, 11, 9, 11, 9], screen=False, limit_factor=1.5, fix_after=7)
    expected = ["two_of_three", "common", "two_of_three", "common"]
    assert chart["signal"].tolist()[7:11] == expected
    assert chart["signal"].tolist()[11:] == ["two_of_three", "common", "two_of_three"]
    assert chart["meaning"].tolist()[7] == "concern"
    assert chart["meaning"].tolist()[11] == "improvement"


def test_a_point_outside_is_not_one_of_two_of_three():
    start = [12, 14, 10, 12, 14, 10, 12]
    chart = xmr([*start, 15, 17, 13], screen=False, limit_factor=1.5, fix_after=7)
    assert chart["signal"].tolist()[7:] == ["common", "outside", "common"]


def test_trend_comes_before_two_of_three_and_shift():
    start = [12, 14, 10, 12, 14, 10, 12]
    rise = [12.1, 12.2, 12.3, 14.8, 14.9, 15, 15.1]
    chart = xmr([*start, *rise], screen=False, limit_factor=1.5, fix_after=7)
    assert chart["signal"].tolist()[7:] == ["trend"] * 7
    unordered = [12.2, 12.1, 12.3, 15, 14.9, 12.5, 12.4]
    chart = xmr([*start, *unordered], screen=False, limit_factor=1.5, fix_after=7)
    two, shift = "two_of_three", "shift"
    assert chart["signal"].tolist()[7:] == [shift, shift, shift, two, two, shift, shift]


def test_a_trend_means_its_direction_and_other_signals_their_side():
    start = [12, 14, 10, 12, 14, 10, 12, 11]
    fall = [15, 14.5, 14, 13.5, 13, 12.5, 12.2]
    chart = xmr([*start, *fall], limit_factor=1.5, fix_after=7, improvement="decrease")
    assert chart["meaning"].tolist()[8:] == ["improvement"] * 7
    assert chart["signal"].tolist()[8:] == ["trend"] * 7


@pytest.mark.parametrize(
    ("improvement", "high", "low"),
    [
        ("increase", "improvement", "concern"),
        ("decrease", "concern", "improvement"),
        ("neutral", "neutral_high", "neutral_low"),
    ],
)
def test_meanings(improvement, high, low):
    values = [12, 14, 10, 12, 14, 10, 12, 30, 1]
    chart = xmr(values, fix_after=7, improvement=improvement)
    assert chart["meaning"].tolist() == ["common"] * 7 + [high, low]
    assert variation(chart) == low
    assert variation(chart.iloc[:8]) == high
    assert variation(xmr([*values, None], fix_after=7, improvement=improvement)) == low


def test_other_run_lengths():
    values = [12, 14, 10, 12, 14, 10, 12, 13, 13, 13]
    assert set(xmr(values, fix_after=7)["signal"]) == {"common"}
    chart = xmr(values, fix_after=7, shift_points=3)
    assert chart["signal"].tolist()[7:] == ["shift"] * 3
    chart = xmr([12, 14, 10, 12, 14, 10, 12, 10.5, 12.5, 13], fix_after=7, trend_points=3)
    assert chart["signal"].tolist()[7:] == ["trend"] * 3


@pytest.mark.parametrize(
    ("improvement", "target", "expected"),
    [
        ("increase", 0, "consistently_meets"),
        ("increase", 30, "consistently_fails"),
        ("decrease", 0, "consistently_fails"),
        ("decrease", 30, "consistently_meets"),
        ("increase", 12, "hit_or_miss"),
        ("decrease", 12, "hit_or_miss"),
        ("increase", 8, "hit_or_miss"),
        ("decrease", 16, "hit_or_miss"),
        ("neutral", 30, "none"),
        ("increase", None, "none"),
    ],
)
def test_assurance_against_the_limits_8_and_16(improvement, target, expected):
    values = [12, 14, 10, 12, 14, 10, 12]
    chart = xmr(values, screen=False, limit_factor=1.5, improvement=improvement, target=target)
    assert assurance(chart) == expected


def test_assurance_goes_by_the_last_limits():
    chart = xmr([1, 3, 1, 3, 51, 53, 51, 53], rebase_at=[4], improvement="increase", target=20)
    assert assurance(chart) == "consistently_meets"


def test_a_negative_lower_limit_is_clipped_only_on_request():
    values = [1, 5, 0, 6, 2, 7, 1]
    plain, clipped = xmr(values), xmr(values, clip_at_zero=True)
    assert plain["lower"][0] < plain["near_lower"][0] < 0
    assert (clipped["lower"] == 0).all()
    assert (clipped["near_lower"] == 0).all()
    assert clipped["upper"].equals(plain["upper"])
    assert (plain.attrs["clipped"], clipped.attrs["clipped"]) == (False, True)
    touching = xmr([2, 4, 2, 4], screen=False, limit_factor=1.5, clip_at_zero=True)
    assert (touching["lower"][0], touching.attrs["clipped"]) == (0, False)
    high = [100, 101, 100, 99]
    assert xmr(high, clip_at_zero=True).attrs["clipped"] is False
    assert xmr(high, clip_at_zero=True)["lower"][0] > 90


def test_negative_values_are_refused_only_when_clipped_at_zero():
    assert xmr([-1, 2, 3])["value"][0] == -1
    with pytest.raises(ValueError, match="values: -1 at position 1 is negative"):
        xmr([2, -1], clip_at_zero=True)


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"shift_points": 1}, "shift_points: 1; give 2 or more"),
        ({"trend_points": 1}, "trend_points: 1"),
        ({"fix_after": 1}, "fix_after: 1"),
        ({"improvement": "up"}, "improvement: 'up'"),
    ],
)
def test_wrong_settings_are_named(option, message):
    with pytest.raises(ValueError, match=message):
        xmr([1, 2, 3], **option)
    assert len(xmr([1, 2, 3], shift_points=2, trend_points=2, fix_after=2)) == 3


def test_infinite_values_are_refused():
    with pytest.raises(ValueError, match="values: inf at position 1"):
        xmr([1, np.inf])


def test_fewer_than_13_points_are_warned_of():
    twelve, thirteen = xmr([1, 2, 4] * 4), xmr([*[1, 2, 4] * 4, 3])
    assert twelve.attrs["short_segments"] == (0,)
    assert twelve.attrs["icons"] is False
    assert twelve.attrs["warnings"][0].startswith("segment 0 has 12 points, fewer than 13")
    assert thirteen.attrs["short_segments"] == thirteen.attrs["warnings"] == ()
    assert thirteen.attrs["icons"] is True
    assert xmr([*[1, 2, 4] * 4, None]).attrs["icons"] is False
    early = xmr([1, 2] * 10, rebase_at=[3])
    assert (early.attrs["short_segments"], early.attrs["icons"]) == ((0,), True)


def test_counts_per_day():
    months = pd.period_range("2024-01", "2024-03", freq="M")
    counts = pd.Series([31, 58, None], index=months)
    assert per_day(counts).fillna(-1).tolist() == [1, 2, -1]
    assert per_day(counts).index.equals(months)
    starts = counts.set_axis(months.to_timestamp())
    assert per_day(starts)[:2].tolist() == [1, 2]
    assert per_day(pd.Series([10, 20]), days=[5, 10]).tolist() == [2, 2]
    with pytest.raises(ValueError, match="counts: the index holds no months; give days"):
        per_day(pd.Series([1, 2]))
    with pytest.raises(ValueError, match="days: 0 at position 0 is not above 0"):
        per_day(pd.Series([1]), days=[0])


SERIES = st.lists(st.integers(0, 200), min_size=3, max_size=40)


@given(values=SERIES, times=st.sampled_from([2, 8, 0.5]), plus=st.integers(-64, 64))
def test_the_unit_and_the_zero_of_the_scale_do_not_matter(values, times, plus):
    chart, scaled = xmr(values), xmr(np.array(values) * times + plus)
    np.testing.assert_allclose(scaled[LIMITS], chart[LIMITS] * times + plus, atol=1e-9)


@given(values=SERIES)
def test_upside_down_high_becomes_low(values):
    chart, turned = xmr(values), xmr([-value for value in values])
    assert chart["signal"].tolist() == turned["signal"].tolist()
    swapped = {"improvement": "concern", "concern": "improvement"}
    assert chart["meaning"].tolist() == [swapped.get(word, word) for word in turned["meaning"]]


def _named(frame: pd.DataFrame) -> tuple[list[str], list[str]]:
    named = frame["special_cause_type"].replace(
        {"Common Cause": "common", "Above UCL": "outside", "Below LCL": "outside"}
    )
    for pattern, signal in (("Trend", "trend"), ("2 in 3", "two_of_three"), ("7 Points", "shift")):
        named = named.mask(named.str.contains(pattern), signal)
    meaning = frame["point_type"].str.removeprefix("special_cause_").str.removesuffix("_cause")
    return named.tolist(), meaning.tolist()


def test_one_last_point_of_its_own_has_no_limits_to_meet():
    values = [5, 6, 5, 7, 6, 5, 6, 9]
    assert assurance(xmr(values, rebase_at=(7,), target=20)) == "none"


def test_a_short_segment_is_named_in_a_sentence():
    expected = "segment 0 has 3 points, fewer than 13: its limits are not firm yet"
    assert xmr([1, 2, 3]).attrs["warnings"] == (expected,)


def test_days_are_asked_for_where_there_are_no_months():
    with pytest.raises(ValueError, match=r"^counts: the index holds no months; give days$"):
        per_day(pd.Series([1, 2]))


@pytest.mark.shared_data
def test_published_charts(reference):
    points, cases = reference("ptd_points"), reference("ptd_cases")
    assurances = {"consistent_pass": "consistently_meets", "consistent_fail": "consistently_fails"}
    for case in cases.itertuples():
        frame = points[points["case"] == case.case].reset_index(drop=True)
        rebases = [] if pd.isna(case.rebase_at_index) else case.rebase_at_index.split(";")
        chart = xmr(
            frame["y"],
            improvement=case.improvement_direction,
            screen=bool(case.screen_outliers),
            fix_after=None if pd.isna(case.fix_after_n) else int(case.fix_after_n),
            rebase_at=[int(position) - 1 for position in rebases],
            target=None if pd.isna(case.target) else case.target,
        )
        np.testing.assert_allclose(
            chart[["segment", "mean", "lower", "upper"]],
            frame[["rebase_group", "mean", "lpl", "upl"]],
            rtol=1e-9,
        )
        assert (chart["signal"].tolist(), chart["meaning"].tolist()) == _named(frame), case.case
        side = np.sign(chart["value"] - chart["mean"])
        assert (side == frame["relative_to_mean"]).all()
        near = (chart["value"] < chart["near_lower"]) | (chart["value"] > chart["near_upper"])
        inside = chart["signal"] != "outside"
        assert ((near & inside) == (frame["close_to_limits"].fillna(False) == True)).all()  # noqa: E712
        short = chart["segment"].isin(chart.attrs["short_segments"])
        assert (short == frame["short_group_warning"]).all()
        assert variation(chart) == case.last_point_type.removesuffix("_cause")
        expected = "none" if pd.isna(case.assurance_type) else assurances[case.assurance_type]
        assert assurance(chart) == expected


@pytest.mark.shared_data
def test_published_sigma_constants(reference):
    points, peers = reference("ptd_points"), reference("sigma_constant_peers")
    values = points.loc[points["case"] == "snap_r1", "y"]
    factors = [2.66, 3 / 1.128]
    for (_, peer), factor in zip(peers.iterrows(), factors, strict=False):
        chart = xmr(values, limit_factor=factor)
        assert chart[["lower", "upper"]].iloc[0].tolist() == pytest.approx(
            [peer["lower"], peer["upper"]], rel=1e-9
        )


def test_points_apart_keep_their_value_and_take_no_part():
    values = [900.0, 20, 22, 19, 21, 20, 23, 18, 900.0, 21, 20, 22, 19, 20]
    chart = xmr(values, apart=(0, 8))
    alone = xmr([np.nan if value == 900 else value for value in values])
    assert chart["value"].tolist() == values
    pd.testing.assert_frame_equal(chart.drop(columns="value"), alone.drop(columns="value"))
    with pytest.raises(ValueError, match="apart: 14 is no position of 14 values"):
        xmr(values, apart=(14,))
