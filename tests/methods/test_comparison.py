"""Comparisons: published p-values and limits, zeros, huge counts, dispersion and verdicts."""

from __future__ import annotations

import math
import time
from fractions import Fraction
from math import comb

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cspanalysis.methods import adjust, compare, dispersion, verdict

TESTED = ["ratio", "lower", "upper", "p_value"]

# before, after, percent, ratio, its 95 % limits, p (R 4.2.2 poisson.test)
COMPARED = [
    (2330, 2433, 4.42060085836911, 1.04420600858369, 0.986129821330372, 1.10572207842304,
     0.139412837865231),
    (8, 17, 112.5, 2.125, 0.869156371748065, 5.6891680194443, 0.107752144336701),
    (340, 320, -5.88235294117647, 0.941176470588235, 0.805392507720005, 1.09964581725676,
     0.459584326533469),
    (128, 191, 49.21875, 1.4921875, 1.18664529735547, 1.88153035544194, 0.000498627476618262),
    (6, 2, -200 / 3, 1 / 3, 0.0329020902979739, 1.86414605769625, 0.2890625),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "percent", "ratio", "lower", "upper", "p"), COMPARED)
def test_published_comparisons_by_hand(before, after, percent, ratio, lower, upper, p):
    row = compare(before, after).iloc[0]
    assert row["change"] == after - before
    assert row["percent_change"] == pytest.approx(percent, rel=1e-9)
    assert row[TESTED].tolist() == pytest.approx([ratio, lower, upper, p], rel=1e-9)
    assert row["method"] == "exact"


def test_p_sums_the_outcomes_no_likelier_by_hand():
    # Binomial(4, 1/3): 16, 32, 24, 8, 1 of 81; at 3: 8 + 1; at 0: 16 + 8 + 1; at 1: all
    p = compare([1, 4, 3], [3, 0, 1], exposure_before=2)["p_value"]
    assert p.tolist() == pytest.approx([9 / 81, 25 / 81, 1])


@pytest.mark.parametrize(
    ("before", "after", "t_before", "t_after"),
    [(30, 45, 90, 92), (3, 0, 365, 366), (0, 3, 365, 366), (100, 70, 1, 2), (1, 12, 3, 1)],
)
def test_unequal_exposures_agree_with_a_direct_sum(before, after, t_before, t_after):
    row = compare(before, after, exposure_before=t_before, exposure_after=t_after).iloc[0]
    share = t_after / (t_before + t_after)
    direct = stats.binomtest(after, before + after, share)
    limits = direct.proportion_ci(0.95)
    with np.errstate(divide="ignore"):
        odds = np.divide([limits.low, limits.high], [1 - limits.low, 1 - limits.high])
    assert row["p_value"] == pytest.approx(direct.pvalue, rel=1e-9)
    assert row[["lower", "upper"]].tolist() == pytest.approx(odds * t_before / t_after, rel=1e-9)


@given(
    before=st.integers(0, 60),
    after=st.integers(0, 60),
    t_before=st.integers(1, 5),
    t_after=st.integers(1, 5),
)
def test_p_agrees_with_a_direct_sum(before, after, t_before, t_after):
    if before + after == 0:
        return
    ours = compare(before, after, exposure_before=t_before, exposure_after=t_after)["p_value"]
    direct = stats.binomtest(after, before + after, t_after / (t_before + t_after)).pvalue
    assert ours[0] == pytest.approx(direct, rel=1e-8)


def test_zeros_are_decided():
    frame = compare([0, 0, 4], [0, 4, 0])
    nothing, from_nothing, to_nothing = (frame.iloc[i] for i in range(3))
    assert frame["change"].tolist() == [0, 4, -4]
    assert np.isnan(nothing["percent_change"])
    assert np.isnan(from_nothing["percent_change"])
    assert to_nothing["percent_change"] == -100
    assert np.isnan(nothing["ratio"])
    assert nothing[["lower", "upper", "p_value"]].tolist() == [0, math.inf, 1]
    assert (from_nothing["ratio"], from_nothing["upper"]) == (math.inf, math.inf)
    assert from_nothing["lower"] == pytest.approx(0.025**0.25 / (1 - 0.025**0.25))
    assert from_nothing["p_value"] == to_nothing["p_value"] == 0.125
    assert (to_nothing["ratio"], to_nothing["lower"]) == (0, 0)
    assert to_nothing["upper"] == pytest.approx(1 / from_nothing["lower"])


def test_huge_counts_are_exact_and_fast():
    before, after = np.full(1000, 10**7), 10**7 + np.arange(0, 10_000, 10)
    start = time.perf_counter()
    p = compare(before, after)["p_value"]
    assert time.perf_counter() - start < 2
    assert p[900] == pytest.approx(stats.binomtest(10**7 + 9000, 2 * 10**7 + 9000).pvalue, rel=1e-6)
    assert p.is_monotonic_decreasing


def test_a_missing_count_gives_a_missing_line():
    frame = compare([None, 5, 5], [5, None, 6])
    assert frame.iloc[:2].isna().all(axis=None)
    assert frame.iloc[2].notna().all()


@pytest.mark.parametrize("option", ["exposure_before", "exposure_after"])
def test_a_missing_exposure_leaves_the_change(option):
    frame = compare([4, 5], [8, 6], **{option: [None, 1]})
    assert frame.iloc[0][TESTED].isna().all()
    assert frame.iloc[0]["change"] == 4
    assert frame.iloc[1].notna().all()


@pytest.mark.parametrize("phi", [1.5, 4])
def test_dispersion_by_hand(phi):
    row = compare(100, 150, exposure_before=2, exposure_after=3, dispersion=phi).iloc[0]
    assert row["ratio"] == pytest.approx(1)
    assert row["p_value"] == pytest.approx(1)
    row = compare(100, 150, dispersion=phi).iloc[0]
    error = math.sqrt(phi * (1 / 100 + 1 / 150))
    z = math.log(1.5) / error
    assert row["p_value"] == pytest.approx(2 * stats.norm.sf(z), rel=1e-9)
    assert row["lower"] == pytest.approx(1.5 * math.exp(-1.959963984540054 * error), rel=1e-9)
    assert row["upper"] == pytest.approx(1.5 * math.exp(1.959963984540054 * error), rel=1e-9)
    assert row["method"] == "dispersed"


def test_dispersion_takes_exposures_into_the_ratio():
    row = compare(100, 100, exposure_before=1, exposure_after=2, dispersion=2).iloc[0]
    z = math.log(2) / math.sqrt(2 * (1 / 100 + 1 / 100))
    assert row["p_value"] == pytest.approx(2 * stats.norm.sf(z), rel=1e-9)
    assert row["lower"] < row["ratio"] == 0.5 < row["upper"]


def test_dispersion_is_one_a_line_and_poisson_up_to_1():
    frame = compare(50, 70, dispersion=[0.5, 1, 1.0001, 3, None])
    assert frame["method"].tolist()[:4] == ["exact", "exact", "dispersed", "dispersed"]
    assert frame["p_value"][0] == frame["p_value"][1] == compare(50, 70)["p_value"][0]
    assert frame.iloc[4][["lower", "upper", "p_value", "method"]].isna().all()
    assert frame.iloc[4]["ratio"] == 1.4


def test_below_30_the_share_after_is_beta():
    frame = compare([0, 0, 4, 29], [0, 4, 0, 60], exposure_after=2, dispersion=2)
    assert frame.loc[0, ["lower", "upper", "p_value"]].tolist() == [0, math.inf, 1]
    for row, (before, after) in ((1, (0, 4)), (2, (4, 0)), (3, (29, 60))):
        share = stats.beta(after / 2 + 0.5, before / 2 + 0.5)
        assert frame["p_value"][row] == pytest.approx(
            2 * min(share.cdf(2 / 3), share.sf(2 / 3)), rel=1e-9
        )
        for column, quantile in (("lower", 0.025), ("upper", 0.975)):
            at = share.ppf(quantile)
            assert frame[column][row] == pytest.approx(at / (1 - at) / 2, rel=1e-6)
    assert frame["method"].tolist() == ["beta"] * 4


def test_a_count_of_0_gets_half_where_the_other_is_judged_by_t():
    row = compare(100, 0, dispersion=2).iloc[0]
    assert (row["ratio"], row["method"]) == (0, "beta")


def test_freedom_widens_and_doubt_adds_to_the_variance():
    row = compare(100, 150, dispersion=2, freedom=12, doubt=0.1).iloc[0]
    error = math.sqrt(2 * (1 / 100 + 1 / 150) + 0.01)
    student = stats.t(12)
    assert row["p_value"] == pytest.approx(2 * student.sf(math.log(1.5) / error))
    assert row["lower"] == pytest.approx(1.5 * math.exp(-student.ppf(0.975) * error))
    assert compare(100, 150, doubt=0.1)["method"].iloc[0] == "dispersed"


def test_limits_follow_the_confidence():
    for phi in (1, 2):
        inner = compare(50, 70, dispersion=phi, confidence=0.8).iloc[0]
        outer = compare(50, 70, dispersion=phi, confidence=0.998).iloc[0]
        assert outer["lower"] < inner["lower"] < 1.4 < inner["upper"] < outer["upper"]
        assert outer["p_value"] == inner["p_value"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"before": [1, -2]}, "before: -2 at position 1 is negative"),
        ({"after": 2.5}, "after: 2.5 at position 0 is not a whole number"),
        ({"exposure_before": 0}, "exposure_before: 0 at position 0 is not above 0"),
        ({"exposure_after": -1}, "exposure_after: -1 at position 0 is not above 0"),
        ({"exposure_after": math.inf}, "exposure_after: inf at position 0 is infinite"),
        ({"dispersion": -1}, "dispersion: -1 at position 0 is negative"),
        ({"freedom": 0}, "freedom: 0 at position 0 is not above 0"),
        ({"doubt": -1}, "doubt: -1 at position 0 is negative"),
        ({"confidence": 95}, "confidence: 95 is not between 0 and 1"),
    ],
)
def test_wrong_input_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        compare(**({"before": 1, "after": 2} | arguments))


def test_an_empty_table_stays_empty():
    assert compare([], []).shape == (0, 7)


@given(
    before=st.integers(0, 500), after=st.integers(0, 500), phi=st.sampled_from([1, 1.7]),
    days=st.sampled_from([(1, 1), (90, 92), (365, 366)]),
)  # fmt: skip
def test_swapping_before_and_after_inverts_the_ratio_and_keeps_p(before, after, phi, days):
    t_before, t_after = days
    there = compare(
        before, after, exposure_before=t_before, exposure_after=t_after, dispersion=phi
    ).iloc[0]
    back = compare(
        after, before, exposure_before=t_after, exposure_after=t_before, dispersion=phi
    ).iloc[0]
    assert back["p_value"] == pytest.approx(there["p_value"], rel=1e-9)
    for one, other in (("ratio", "ratio"), ("lower", "upper"), ("upper", "lower")):
        with np.errstate(divide="ignore"):
            assert back[one] == pytest.approx(1 / np.float64(there[other]), rel=1e-9, nan_ok=True)


@given(before=st.integers(1, 300), after=st.integers(1, 300), times=st.floats(0.1, 100))
def test_the_unit_of_exposure_does_not_matter(before, after, times):
    plain = compare(before, after, exposure_before=3, exposure_after=4)
    scaled = compare(before, after, exposure_before=3 * times, exposure_after=4 * times)
    np.testing.assert_allclose(scaled[TESTED], plain[TESTED], rtol=1e-6)


@given(before=st.integers(0, 300), above=st.integers(0, 300))
def test_a_larger_rise_is_less_likely(before, above):
    p = compare(before, before + above + np.array([0, 1]))["p_value"]
    assert p[1] <= p[0]


@given(st.permutations(range(4)))
def test_lines_do_not_depend_on_each_other(order):
    before, after = pd.Series([0, 8, 2330, 10**7]), pd.Series([3, 17, 2433, 10**7 + 5])
    straight = compare(before, after).loc[order]
    pd.testing.assert_frame_equal(compare(before[order], after[order]), straight)


def test_dispersion_of_counts_by_hand():
    # mean 5, s^2 = 20/3, D = 4 on 3 degrees of freedom
    phi, p = dispersion([2, 4, 6, 8])
    assert phi == pytest.approx(4 / 3)
    assert p == pytest.approx(stats.chi2.sf(4, 3))
    assert dispersion([8, None, 6, 2, 4]) == dispersion([2, 4, 6, 8])
    assert dispersion([7, 7, 7]) == (0, 1)


@pytest.mark.parametrize("counts", [[], [5], [5, None], [0, 0, 0]])
def test_dispersion_needs_two_counts_that_are_not_all_0(counts):
    assert np.isnan(dispersion(counts)).all()
    assert dispersion([0, 1]).phi == pytest.approx(1)


def test_dispersion_refuses_fractions():
    with pytest.raises(ValueError, match=r"counts: 0\.5 at position 1"):
        dispersion([1, 0.5])


def test_adjust_by_hand():
    # 0.01 x 4, then 0.03 x 4/2 = 0.06 falls to 0.04 x 4/3
    expected = [0.04, 0.16 / 3, 0.16 / 3, 0.8]
    assert adjust([0.01, 0.04, 0.03, 0.8]).tolist() == pytest.approx(expected)
    assert adjust(0.03) == 0.03
    assert adjust([]).size == 0


def test_missing_p_values_do_not_count():
    adjusted = adjust(pd.Series([None, 0.02, 0.5, None], index=list("abcd")))
    assert list(adjusted.index) == list("abcd")
    np.testing.assert_allclose(adjusted, [np.nan, 0.04, 0.5, np.nan])
    assert np.isnan(adjust([None, None])).all()


@pytest.mark.parametrize("wrong", [-0.01, 1.01])
def test_p_values_lie_between_0_and_1(wrong):
    with pytest.raises(ValueError, match=r"p_values: .* at position 1 is not between 0 and 1"):
        adjust([0.5, wrong])
    assert adjust([0, 1]).tolist() == [0, 1]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_adjust_agrees_with_scipy(p):
    np.testing.assert_allclose(adjust(p), stats.false_discovery_control(p), rtol=1e-12)


def test_verdicts():
    p = [0.0499, 0.05, 0.0499, 0.9, None, 0.01, 0.01, 0.01]
    ratio = [2, 2, 0.5, 2, 2, math.inf, 0, None]
    plain = "can't tell"
    expected = ["higher", plain, "lower", plain, None, "higher", "lower", plain]
    assert list(verdict(p, p, ratio)) == expected
    words = ["higher", "higher", "lower", "higher"]
    assert list(verdict(p[:4], p[:4], ratio[:4], alpha=0.95)) == words
    assert verdict(0.01, 0.01, 1.0) == plain
    assert verdict(None, None, 2.0) is None


def test_verdicts_keep_the_index():
    p = pd.Series([0.01, 0.5], index=["a", "b"])
    assert verdict(p, p, 2).to_dict() == {"a": "higher", "b": "can't tell"}


def test_one_event_after_none_by_hand():
    row = compare(0, 1).iloc[0]
    assert row["ratio"] == math.inf
    assert row["lower"] == pytest.approx(0.025 / 0.975)
    assert row["upper"] == math.inf


def test_nothing_at_all_differs_from_nothing_whatever_the_exposures():
    row = compare(0, 0, exposure_before=2, dispersion=3).iloc[0]
    assert row["p_value"] == 1
    assert (row["lower"], row["upper"]) == (0, math.inf)


def test_the_test_is_named_for_labelled_lines():
    lines = pd.Series([5, 8], index=["theft", "arson"])
    frame = compare(lines, lines + 1, dispersion=[1, 2])
    assert frame["method"].to_dict() == {"theft": "exact", "arson": "beta"}


def test_a_ratio_between_one_and_two_is_higher():
    assert verdict([0.01, 0.01], [0.01, 0.01], [1.5, 0.9]).tolist() == ["higher", "lower"]


@pytest.mark.parametrize(("n", "k"), [(2, 1), (5, 2), (8, 2), (26, 9), (41, 13), (41, 14)])
def test_equally_likely_outcomes_count_whatever_their_last_digit(n, k):
    share = Fraction(1, 3)
    likely = [comb(n, i) * share**i * (1 - share) ** (n - i) for i in range(n + 1)]
    exact = float(sum(one for one in likely if one <= likely[k]))
    p = compare(n - k, k, exposure_before=2)["p_value"][0]
    assert p == pytest.approx(exact, rel=1e-9)


@pytest.mark.shared_data
def test_published_comparisons(reference):
    frame = reference("poisson_two_sample")
    ours = compare(
        frame["before"], frame["after"],
        exposure_before=frame["t_before"], exposure_after=frame["t_after"],
    )  # fmt: skip
    names = ["pct_change", "rate_ratio", "ci_low", "ci_high", "p_minlike"]
    np.testing.assert_allclose(ours[["percent_change", *TESTED]], frame[names], rtol=1e-8)


@pytest.mark.shared_data
def test_both_seed_reports_with_their_verdicts(reference):
    frame = reference("seed_reports_expected")
    ours = compare(frame["before"], frame["after"])
    np.testing.assert_allclose(
        ours[TESTED], frame[["rate_ratio", "rr_ci95_low", "rr_ci95_high", "p_exact"]], rtol=1e-8
    )
    for _, lines in frame[frame["p_bh"].notna()].groupby("report"):
        adjusted = adjust(ours["p_value"][lines.index])
        np.testing.assert_allclose(adjusted, lines["p_bh"], rtol=1e-8)
        words = verdict(ours["p_value"][lines.index], adjusted, ours["ratio"][lines.index])
        clear = words.isin(["higher", "lower"])
        assert clear.tolist() == lines["verdict"].str.startswith("difference").tolist()
