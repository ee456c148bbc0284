"""Funnels: published limits, the adjustment worked by hand, and positions."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cspanalysis.methods import funnel, funnel_limits
from cspanalysis.methods.intervals import garwood_limits

Z95, Z998 = 1.959963984540054, 3.090232306167813
LIMITS = ["lower_95", "upper_95", "lower_998", "upper_998"]

# the six units of FunnelPlotR's tests: observed, expected
OBSERVED, EXPECTED = [80, 120, 100, 150, 180, 225], [95, 100, 108, 112, 165, 220]


def by_hand(z: np.ndarray, s: np.ndarray) -> tuple[float, float]:
    n, w = len(z), 1 / s**2
    phi = float((z**2).mean())
    return phi, max(0, (n * phi - (n - 1)) / (w.sum() - (w**2).sum() / w.sum()))


def test_log_ratio_with_its_published_adjustment():
    frame = funnel(OBSERVED, EXPECTED, kind="ratio", transform="log")
    assert frame["phi"].unique() == pytest.approx([2.94803317510236], rel=1e-9)
    assert frame["tau2"].unique() == pytest.approx([0.0194775305780216], rel=1e-9)
    first = [0.7121280881406, 1.40424176023031, 0.585506382872034, 1.70792331092069]
    assert frame.loc[0, LIMITS].tolist() == pytest.approx(first, rel=1e-6)
    assert frame["z"][0] == pytest.approx(-1.67498911236673)
    assert frame["value"][1] == 1.2


def test_unadjusted_ratios_have_the_counts_whose_exact_limits_end_at_the_expected_count():
    # 1 event has the exact limits 0.0253 and 5.5716 at 95 %
    ends = [stats.chi2.ppf(0.975, 4) / 2, stats.chi2.ppf(0.025, 2) / 2]
    frame = funnel([1, 1], ends, kind="ratio", overdispersion=False)
    assert frame["lower_95"][0] == pytest.approx(1 / ends[0])
    assert frame["upper_95"][1] == pytest.approx(1 / ends[1])
    assert funnel(1, 5.572, kind="ratio", overdispersion=False)["lower_95"].round(4)[0] == 0.1795
    assert (frame["tau2"] == 0).all()
    half = stats.chi2.ppf(0.001, 60) / 4  # of 30 events, with twice as many expected
    doubled = funnel([30], [half], kind="ratio", overdispersion=False, target=2)
    assert doubled["upper_998"][0] == pytest.approx(doubled["value"][0])


@pytest.mark.parametrize("observed", [2, 9, 10, 73, 500, 40_000])
def test_unadjusted_limits_as_public_health_england_makes_them(observed):
    for name, tail in (("95", 0.025), ("998", 0.001)):
        above = stats.chi2.ppf(1 - tail, 2 * observed + 2) / 2
        below = stats.chi2.ppf(tail, 2 * observed) / 2
        frame = funnel([5, 5], [above, below], kind="ratio", overdispersion=False)
        assert frame[f"lower_{name}"][0] == pytest.approx(observed / above, rel=1e-9)
        assert frame[f"upper_{name}"][1] == pytest.approx(observed / below, rel=1e-9)


def test_no_count_has_so_low_a_limit_that_none_can_be_below():
    frame = funnel([0, 0], [3.68, 3.70], kind="ratio", overdispersion=False)  # -ln 0.025 = 3.689
    assert frame["lower_95"][0] == 0 < frame["lower_95"][1]
    assert frame["position"].tolist() == ["within", "low"]


def test_square_root_ratio_by_hand():
    observed, expected = np.array([30.0, 60, 90, 200, 20]), np.array([50.0, 50, 100, 150, 25])
    frame = funnel(observed, expected, kind="ratio", winsorise=0)
    s = 1 / (2 * np.sqrt(expected))
    z = (np.sqrt(observed / expected) - 1) / s
    phi, tau2 = by_hand(z, s)
    np.testing.assert_allclose(frame["z"], z)
    assert (frame["phi"][0], frame["tau2"][0]) == pytest.approx((phi, tau2))
    assert tau2 > 0
    for name, quantile in (("95", Z95), ("998", Z998)):
        reach = quantile * np.sqrt(s**2 + tau2)
        np.testing.assert_allclose(frame[f"lower_{name}"], 1 - reach)
        np.testing.assert_allclose(frame[f"upper_{name}"], 1 + reach)


def test_a_square_root_ratio_with_a_target():
    observed, expected = np.array([30.0, 60, 90, 200, 20]), np.array([50.0, 50, 100, 150, 25])
    frame = funnel(observed, expected, kind="ratio", winsorise=0, target=4)
    s = 1 / (2 * np.sqrt(expected))
    np.testing.assert_allclose(frame["z"], (np.sqrt(observed / expected) - 2) / s)
    reach = Z95 * np.sqrt(s**2 + frame["tau2"])
    np.testing.assert_allclose(frame["lower_95"], 2 - reach)
    np.testing.assert_allclose(frame["upper_95"], 2 + reach)


def test_proportions_by_hand():
    hits, trials = np.array([10.0, 30, 45, 160]), np.array([50.0, 50, 100, 200])
    frame = funnel(hits, trials, kind="proportion", winsorise=0)
    s, centre = 1 / (2 * np.sqrt(trials)), np.arcsin(np.sqrt(245 / 400))
    z = (np.arcsin(np.sqrt(hits / trials)) - centre) / s
    phi, tau2 = by_hand(z, s)
    np.testing.assert_allclose(frame["z"], z)
    assert (frame["phi"][0], frame["tau2"][0]) == pytest.approx((phi, tau2))
    reach = Z95 * np.sqrt(s**2 + tau2)
    np.testing.assert_allclose(frame["lower_95"], np.sin(np.maximum(0, centre - reach)) ** 2)
    np.testing.assert_allclose(
        frame["upper_95"], np.sin(np.minimum(np.pi / 2, centre + reach)) ** 2
    )


def test_limits_of_proportions_stay_between_0_and_1():
    frame = funnel([0, 1, 2, 9, 5], [10, 10, 10, 10, 10], kind="proportion")
    assert frame[LIMITS].min(axis=None) == 0
    assert frame[LIMITS].max(axis=None) == 1


def test_rates_by_hand():
    counts, people = np.array([30.0, 90, 0, 400]), np.array([1000.0, 2000, 500, 9000])
    frame = funnel(counts, people, winsorise=0)
    a, n = counts + 0.5, people + 0.5
    s = np.sqrt(counts / a**2 + people / n**2)
    centre = math.log(520 / 12_500)
    z = (np.log(a / n) - centre) / s
    phi, tau2 = by_hand(z, s)
    np.testing.assert_allclose(frame["z"], z)
    assert (frame["phi"][0], frame["tau2"][0]) == pytest.approx((phi, tau2))
    np.testing.assert_allclose(frame["upper_998"], np.exp(centre + Z998 * np.sqrt(s**2 + tau2)))
    np.testing.assert_allclose(frame["lower_95"], np.exp(centre - Z95 * np.sqrt(s**2 + tau2)))
    assert frame["value"].tolist() == [0.03, 0.045, 0, 400 / 9000]


def test_unadjusted_rates_are_held_against_their_expected_count():
    # 50 expected each; 37 events have the upper exact limit 51.0, 65 the lower 50.2
    frame = funnel([30, 70], [1000, 1000], overdispersion=False)
    low, high = 1000 * frame["lower_95"][0], 1000 * frame["upper_998"][0]
    assert stats.gamma.ppf(0.975, low + 1) == pytest.approx(50)
    assert stats.gamma.ppf(0.001, high) == pytest.approx(50)
    assert 36 < low < 37
    assert frame["position"].tolist() == ["low", "high"]


def test_no_events_where_less_than_one_is_expected_are_not_low():
    rates = funnel([0, 1, 2, 40, 60, 80, 100], [200, 400, 1000, 20_000, 30_000, 40_000, 50_000])
    assert rates["position"][0] == "within"
    for transform in ("sqrt", "log"):
        ratios = funnel(
            [0, 0, 5, 9, 12, 30], [1, 3, 6, 8, 11, 31], kind="ratio", transform=transform
        )
        assert (ratios["position"] == "within").all()
    assert funnel([0, 2], [2, 2], kind="ratio", overdispersion=False)["position"][0] == "within"


@pytest.mark.parametrize("kind", ["rate", "ratio"])
@pytest.mark.parametrize("expected", [0.5, 2, 2.9, 3.1, 6, 9.5])
def test_few_expected_events_are_judged_by_the_exact_tail(kind, expected):
    """The mid-p of none or of many, worked with the sums of Poisson probabilities."""
    calm = np.full(40, 100)
    for observed in (0, 1, 4, 9, 20):
        counts, sizes = np.append(calm, observed), np.append(calm, expected)
        frame = funnel(counts, sizes, kind=kind, target=1, winsorise=0.4)
        assert frame["phi"][0] < 1
        chance = stats.poisson.pmf(range(200), expected)
        under = chance[:observed].sum() + chance[observed] / 2
        over = chance[observed + 1 :].sum() + chance[observed] / 2
        word = "low" if under < 0.025 else "high" if over < 0.025 else "within"
        assert frame["position"][40] == word
        outer = min(under, over) < 0.001
        assert (frame["beyond"][40] == 99.8) == outer


def test_the_exact_tail_is_widened_by_the_variation_between_areas():
    # roots of 0.9 and 1.1 at 1,600 expected are each 8 standard errors from 1
    far = np.where(np.arange(40) % 2, 1600 * 0.81, 1600 * 1.21)
    counts, sizes = np.append(far, 20), np.append(np.full(40, 1600), 8)
    spread = funnel(counts, sizes, kind="ratio", winsorise=0)
    assert spread["phi"][0] > 50
    assert spread["position"][40] == "within"
    calm = funnel(np.append(np.full(40, 1600), 20), sizes, kind="ratio", winsorise=0.4)
    assert calm["position"][40] == "high"


@pytest.mark.parametrize("mean", [0.5, 3, 8, 12])
def test_unchanged_small_areas_are_seldom_called_high_or_low(mean):
    counts = np.random.default_rng(3).poisson(mean, 2000)
    for kind, sizes in (("rate", np.full(2000, 1000)), ("ratio", np.full(2000, mean))):
        found = funnel(counts, sizes, kind=kind)["position"]
        assert (found == "high").mean() < 0.04
        assert (found == "low").mean() < 0.06


def test_unadjusted_proportions_have_the_published_limits():
    frame = funnel([40, 60], [100, 100], kind="proportion", overdispersion=False)
    assert frame["lower_95"][0] == pytest.approx(0.5 - Z95 * 0.05)
    assert frame["upper_998"][0] == pytest.approx(0.5 + Z998 * 0.05)
    few = funnel([1, 2], [2, 4], kind="proportion", overdispersion=False)
    assert (few["lower_998"][0], few["upper_998"][0]) == (0, 1)


def test_winsorising_draws_the_ends_in():
    counts = np.array([10, 45, 50, 52, 55, 48, 51, 49, 53, 120])
    plain = funnel(counts, np.full(10, 50), kind="ratio", winsorise=0)
    drawn = funnel(counts, np.full(10, 50), kind="ratio", winsorise=0.1)
    low, high = np.quantile(plain["z"], [0.1, 0.9])
    s = np.full(10, 1 / (2 * math.sqrt(50)))
    phi, tau2 = by_hand(np.clip(plain["z"].to_numpy(), low, high), s)
    assert (drawn["phi"][0], drawn["tau2"][0]) == pytest.approx((phi, tau2))
    assert drawn["phi"][0] < plain["phi"][0]
    pd.testing.assert_series_equal(drawn["z"], plain["z"])


def test_truncation_leaves_the_outer_groups_of_rank_out():
    # 19 areas, winsorise 0.1: floor(rank x 10 / 20) is 0 for rank 1 and 9 for ranks 18 and 19
    counts, expected = np.arange(41, 60), np.full(19, 50)
    frame = funnel(counts, expected, kind="ratio", transform="log")
    inner = frame["z"].to_numpy()[1:17]
    phi, tau2 = by_hand(inner, np.full(16, 1 / math.sqrt(50)))
    assert (frame["phi"][0], frame["tau2"][0]) == pytest.approx((phi, tau2))
    everything = funnel(counts, expected, kind="ratio", transform="log", winsorise=0)
    assert everything["phi"][0] == pytest.approx(float((frame["z"] ** 2).mean()))


def test_without_excess_variation_nothing_is_widened():
    frame = funnel([50, 51, 49, 50], [50, 50, 50, 50], kind="ratio")
    assert frame["tau2"][0] == 0
    assert frame["upper_95"][0] == pytest.approx(1 + Z95 / (2 * math.sqrt(50)))


def test_a_count_of_0_on_the_log_scale_is_taken_as_half():
    frame = funnel([0, 5, 6], [5, 5, 5], kind="ratio", transform="log")
    assert frame["z"][0] == pytest.approx(math.log(0.1) * math.sqrt(5))
    assert frame["value"][0] == 0


def test_positions_by_the_outermost_limits():
    # expected 100: sqrt scale, s = 1/20; z = 20 (sqrt ratio - 1), nothing widened at winsorise 0.4
    ratio = np.array([1, 1 + 1.9 / 20, 1 + 2 / 20, 1 + 3.2 / 20, 1 - 2 / 20, 1 - 3.2 / 20]) ** 2
    calm = np.ones(40)
    frame = funnel(100 * np.append(ratio, calm), np.full(46, 100), kind="ratio", winsorise=0.4)
    assert frame["tau2"][0] == 0
    expected = ["within", "within", "high", "high", "low", "low"]
    assert frame["position"].tolist()[:6] == expected
    beyond = frame["beyond"].fillna(0).tolist()[:6]
    assert beyond == [0, 0, 95, 99.8, 95, 99.8]


def test_unadjusted_positions_by_the_limits_shown():
    # target 0.5 of 100: limits 0.402, 0.598 and 0.3455, 0.6545
    hits = [40, 41, 59, 60, 34, 66, 50]
    frame = funnel(hits, [100] * 7, kind="proportion", overdispersion=False)
    assert frame["position"].tolist() == [
        "low",
        "within",
        "within",
        "high",
        "low",
        "high",
        "within",
    ]
    assert frame["beyond"].fillna(0).tolist() == [95, 0, 0, 95, 99.8, 99.8, 0]


def test_missing_areas_take_no_part():
    index = list("abcdef")
    counts = pd.Series([30, 60, None, 90, 200, 5], index=index)
    sizes = pd.Series([50, 50, 50, 100, 150, None], index=index)
    for kind in ("rate", "proportion", "ratio"):
        counted = counts if kind != "proportion" else counts / 4
        frame = funnel(counted, sizes, kind=kind)
        whole = frame.drop(columns=["phi", "tau2"]).loc[["c", "f"]]
        assert whole.isna().all(axis=None)
        known = ["a", "b", "d", "e"]
        pd.testing.assert_frame_equal(
            frame.loc[known], funnel(counted[known], sizes[known], kind=kind)
        )


def test_one_area_and_none():
    one = funnel(5, 5, kind="ratio")
    assert one["tau2"][0] == 0
    assert one["position"][0] == "within"
    assert funnel([], []).shape == (0, 10)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"count": -1}, "count: -1 at position 0 is negative"),
        ({"denominator": 0}, "denominator: 0 at position 0 is not above 0"),
        ({"kind": "proportion", "count": 11}, "count: 11 at position 0 exceeds denominator"),
        ({"kind": "odds"}, "kind: 'odds'"),
        ({"transform": "cube"}, "transform: 'cube'"),
        ({"winsorise": 0.5}, r"winsorise: 0\.5"),
        ({"winsorise": -0.1}, r"winsorise: -0\.1"),
        ({"target": 0}, "target: 0; give a rate above 0"),
        ({"target": 1.1, "kind": "proportion"}, r"target: 1\.1; give a proportion"),
    ],
)
def test_wrong_input_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        funnel(**({"count": 5, "denominator": 10} | arguments))


def test_the_default_winsorises_a_tenth():
    counts, sizes = np.arange(5, 60, 5), np.full(11, 30)
    pd.testing.assert_frame_equal(
        funnel(counts, sizes, kind="ratio"), funnel(counts, sizes, kind="ratio", winsorise=0.1)
    )
    assert funnel(counts, sizes)["phi"][0] != funnel(counts, sizes, winsorise=0.2)["phi"][0]


@pytest.mark.parametrize(
    ("options", "overdispersion"),
    [
        ({"kind": "rate"}, False),
        *(({"kind": "proportion"}, wide) for wide in (True, False)),
        *(({"kind": "ratio", "transform": "sqrt"}, wide) for wide in (True, False)),
        *(({"kind": "ratio", "transform": "log"}, wide) for wide in (True, False)),
    ],
)
@given(data=st.data())
def test_positions_agree_with_the_limits(options, overdispersion, data):
    size = np.array(data.draw(st.lists(st.integers(20, 500), min_size=4, max_size=12)))
    share = data.draw(st.lists(st.floats(0, 1), min_size=len(size), max_size=len(size)))
    frame = funnel(np.floor(size * share) + 1, size + 1, overdispersion=overdispersion, **options)
    rooted = frame.attrs["limits_of"] == "square root of value"
    assert rooted == (overdispersion and options.get("transform") == "sqrt")
    held = np.sqrt(frame["value"]) if rooted else frame["value"]
    for name, limit in (("95", 95.0), ("998", 99.8)):
        above, below = held > frame[f"upper_{name}"], held < frame[f"lower_{name}"]
        assert ((frame["beyond"] >= limit) == (above | below)).all()
        assert (frame["position"][above] == "high").all()
        assert (frame["position"][below] == "low").all()


@pytest.mark.parametrize("overdispersion", [True, False])
@pytest.mark.parametrize("transform", ["sqrt", "log"])
def test_unchanged_areas_are_seldom_called_high_or_low(transform, overdispersion):
    counts = np.random.default_rng(7).poisson(100, 2000)
    frame = funnel(
        counts, np.full(2000, 100), kind="ratio", transform=transform, overdispersion=overdispersion
    )
    assert 0.02 < (frame["position"] != "within").mean() < 0.07


@given(st.permutations(range(6)))
def test_the_order_of_areas_does_not_matter(order):
    counts, sizes = pd.Series(OBSERVED), pd.Series(EXPECTED)
    straight = funnel(counts, sizes, kind="ratio").loc[order]
    pd.testing.assert_frame_equal(funnel(counts[order], sizes[order], kind="ratio"), straight)


@given(size=st.integers(10, 10_000), more=st.integers(1, 1000))
def test_a_larger_area_has_narrower_limits(size, more):
    for kind in ("ratio", "rate", "proportion"):
        frame = funnel([5, 5], [size, size + more], kind=kind, overdispersion=False, target=0.5)
        width = frame["upper_95"] - frame["lower_95"]
        assert width[1] < width[0]


def test_a_proportion_may_aim_at_all():
    frame = funnel([5, 9], [10, 10], kind="proportion", target=1, overdispersion=False)
    assert frame["position"].tolist() == ["low", "low"]


def test_nobody_known_has_no_variation_between():
    frame = funnel([None, None], [5, 6])
    assert frame["phi"].isna().all()
    assert (frame["tau2"] == 0).all()


def test_tiny_expected_counts_by_hand():
    observed, expected = np.array([3.0, 0.01]), np.array([0.3, 0.3])
    frame = funnel(observed, expected, kind="ratio", transform="log", winsorise=0)
    s = 1 / np.sqrt(expected)
    phi, tau2 = by_hand(np.log(observed / expected) / s, s)
    assert (frame["phi"][0], frame["tau2"][0]) == pytest.approx((phi, tau2))
    assert tau2 > 1


@pytest.mark.shared_data
def test_published_points(reference):
    points, summary = reference("funnel_od_points"), reference("funnel_od_summary")
    for case in summary.itertuples():
        frame = points[points["case"] == case.case]
        options = {"kind": "ratio", "winsorise": case.trim_by}
        options["transform"] = {"CQC": "sqrt", "SHMI": "log"}[case.sr_method]
        ours = funnel(frame["numerator"], frame["denominator"], **options)
        assert ours["phi"].iloc[0] == pytest.approx(case.phi, rel=1e-9)
        assert ours["tau2"].iloc[0] == pytest.approx(case.tau2, rel=1e-9)
        np.testing.assert_allclose(ours["z"], frame["Uzscore"], rtol=1e-6, atol=1e-12)
        adjusted = ["odll95", "odul95", "odll998", "odul998"]
        np.testing.assert_allclose(ours[LIMITS], frame[adjusted], rtol=1e-6)
        # FunnelPlotR's own plain limits are those of an observed count, not PHE's
        size = frame["denominator"].to_numpy(dtype=float)
        for name, confidence in (("95", 0.95), ("998", 0.998)):
            lower, upper = garwood_limits(size, confidence=confidence)
            np.testing.assert_allclose(lower / size, frame[f"ll{name}"], rtol=1e-9)
            np.testing.assert_allclose(upper / size, frame[f"ul{name}"], rtol=1e-9)


@pytest.mark.shared_data
def test_published_positions_of_proportions(reference):
    frame = reference("phe_funnel_prop_inputs")
    # the file holds a part of the published areas, whose average was a little lower
    ours = funnel(
        frame["numerator"], frame["denominator"], kind="proportion", overdispersion=False,
        target=0.8065,
    )  # fmt: skip
    tail = ours["beyond"].map({99.8: "0.001", 95.0: "0.025"})
    named = (ours["position"].str.capitalize() + " (" + tail + ")").fillna("Not significant")
    assert (named == frame["significance"]).all()


@given(
    counts=st.lists(st.integers(0, 400), min_size=8, max_size=30),
    size=st.integers(200, 9000),
    seed=st.integers(0, 9),
)
def test_the_curves_of_a_funnel_are_the_limits_that_it_judges_by(counts, size, seed):
    counts = np.array(counts, dtype=float)
    counts[0] += 1  # all without events have no centre
    sizes = size + np.random.default_rng(seed).integers(0, 4000, len(counts))
    judged = funnel(counts, sizes)
    curves = funnel_limits(counts, sizes, sizes=sizes)
    rate = counts / sizes
    for name, beyond in (("95", judged["beyond"] >= 95), ("998", judged["beyond"] == 99.8)):
        lower, upper = curves[f"lower_{name}"], curves[f"upper_{name}"]
        near = np.isclose(rate, lower, rtol=2e-3) | np.isclose(rate, upper, rtol=2e-3)
        drawn = (rate < lower) | (rate > upper)
        assert ((drawn == beyond) | near).all()


def test_the_curves_of_a_funnel_close_in_as_size_grows():
    curves = funnel_limits([20, 30, 25, 60], [1000, 1500, 1250, 1400], sizes=[50, 500, 5000, 50000])
    width = curves["upper_95"] - curves["lower_95"]
    assert width.is_monotonic_decreasing
    assert (curves["lower_998"] <= curves["lower_95"]).all()
    assert (curves["upper_998"] >= curves["upper_95"]).all()
    assert curves["centre"].unique() == pytest.approx([135 / 5150])


def test_curves_need_sizes_above_0():
    with pytest.raises(ValueError, match="sizes"):
        funnel_limits([1], [100], sizes=[0])
