"""Intervals: published limits, the step from exact to Byar, and what must hold for any input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspanalysis.methods import (
    dispersed_interval,
    newcombe_interval,
    poisson_interval,
    wilson_interval,
)

# count, exact 95 % limits, Byar's 95 % limits, exact 99.8 % limits (R 4.2.2, PHEindicatormethods)
COUNTS = [
    (0, 0, 3.68887945411394, None, None, 0, 6.90775527898214),
    (3, 0.618672122895601, 8.76727306974232, None, None, 0.190533377568403, 13.0622407791881),
    (9, 4.11537309737833, 17.0848034514192, None, None, 2.45242440436377, 22.6573733090629),
    (12, 6.20057510872222, 20.961585048177, 6.19350984307903, 20.9628580536167, 4.04244079042459,
     27.0259811942883),
    (500, 457.128576899629, 545.809268565171, 457.12782070767, 545.809875851421, 433.739541303638,
     573.027603256997),
]  # fmt: skip

# successes, trials, Wilson's 95 % limits (Newcombe 1998, table I, and R 4.2.2)
PROPORTIONS = [
    (0, 20, 0, 0.161125158052819),
    (1, 29, 0.00611321429276266, 0.171755218793203),
    (10, 20, 0.299298008198212, 0.700701991801788),
    (65, 100, 0.5525444329688797, 0.7363575175690247),
    (15, 15, 0.796116698964151, 1),
]

# x1, n1, x2, n2, limits of the difference (Newcombe 1998, table II)
DIFFERENCES = [
    (56, 70, 48, 80, 0.0524314724023649, 0.333872654036906),
    (5, 56, 0, 29, -0.0381371479035369, 0.192560013855112),
    (10, 10, 0, 20, 0.679086037141915, 1),
]


@pytest.mark.parametrize(("count", "lower", "upper", "_a", "_b", "low998", "high998"), COUNTS)
def test_exact_limits(count, lower, upper, _a, _b, low998, high998):
    assert poisson_interval(count, method="exact") == pytest.approx((lower, upper), rel=1e-9)
    outer = poisson_interval(count, method="exact", confidence=0.998)
    assert outer == pytest.approx((low998, high998), rel=1e-9)


@pytest.mark.parametrize(("count", "lower", "upper", "byar_low", "byar_high", "_c", "_d"), COUNTS)
def test_byar_from_ten_and_exact_below(count, lower, upper, byar_low, byar_high, _c, _d):
    expected = (lower, upper) if count < 10 else (byar_low, byar_high)
    assert poisson_interval(count) == pytest.approx(expected, rel=1e-9)


def test_ten_is_the_first_count_with_byars_limits():
    exact, usual = poisson_interval([9, 10], method="exact"), poisson_interval([9, 10])
    for some, other in zip(exact, usual, strict=True):
        assert (some == other).tolist() == [True, False]


def test_byar_at_ten_by_hand():
    # 10 (1 - 1/90 - 1.959964/(3 sqrt 10))^3 and 11 (1 - 1/99 + 1.959964/(3 sqrt 11))^3
    assert poisson_interval(10) == pytest.approx((4.78745, 18.39146), abs=5e-6)


def test_huge_counts_keep_their_precision():
    lower, upper = poisson_interval(10**12, method="exact")
    assert lower == pytest.approx(10**12 - 1.96 * 10**6, rel=1e-9)
    assert upper == pytest.approx(10**12 + 1.96 * 10**6, rel=1e-9)
    assert poisson_interval(10**12) == pytest.approx((lower, upper), rel=1e-12)


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match="method: 'wald'; write 'byar' or 'exact'"):
        poisson_interval(3, method="wald")


@pytest.mark.parametrize(("successes", "trials", "lower", "upper"), PROPORTIONS)
def test_wilson_limits(successes, trials, lower, upper):
    assert wilson_interval(successes, trials) == pytest.approx((lower, upper), rel=1e-9)


def test_wilson_limits_are_exactly_0_and_1_at_the_ends():
    assert wilson_interval(0, 7)[0] == 0
    assert wilson_interval(7, 7)[1] == 1


def test_no_trials_have_no_limits():
    assert np.isnan(wilson_interval(0, 0)).all()
    assert np.isnan(newcombe_interval(0, 0, 1, 2)).all()
    assert np.isnan(newcombe_interval(1, 2, 0, 0)).all()


def test_trials_need_not_be_whole():
    assert wilson_interval(6.5, 10.5) == pytest.approx((0.333813, 0.840507), abs=1e-6)


def test_more_successes_than_trials_are_refused():
    with pytest.raises(ValueError, match="successes: 3 at position 1 exceeds trials"):
        wilson_interval([1, 3], 2)
    with pytest.raises(ValueError, match="x1: 3 at position 0 exceeds n1"):
        newcombe_interval(3, 2, 1, 2)
    with pytest.raises(ValueError, match="x2: 3 at position 0 exceeds n2"):
        newcombe_interval(1, 2, 3, 2)


def test_negative_trials_are_refused():
    with pytest.raises(ValueError, match="trials: -5 at position 0 is negative"):
        wilson_interval(0, -5)


@pytest.mark.parametrize(("x1", "n1", "x2", "n2", "lower", "upper"), DIFFERENCES)
def test_newcombe_limits(x1, n1, x2, n2, lower, upper):
    assert newcombe_interval(x1, n1, x2, n2) == pytest.approx((lower, upper), rel=1e-9)


COUNT = st.integers(0, 10_000)
CONFIDENCE = st.sampled_from([0.8, 0.95, 0.998])


@given(count=COUNT, confidence=CONFIDENCE, method=st.sampled_from(["byar", "exact"]))
def test_a_count_lies_within_its_limits(count, confidence, method):
    lower, upper = poisson_interval(count, confidence=confidence, method=method)
    assert 0 <= lower <= count < upper


@given(count=COUNT)
def test_limits_of_a_larger_count_are_larger(count):
    (low, lower), (high, higher) = poisson_interval([count, count + 1])
    assert low < lower
    assert high < higher


@given(x=st.integers(0, 500), more=st.integers(0, 500), confidence=CONFIDENCE)
def test_wilson_is_symmetric_in_success_and_failure(x, more, confidence):
    n = x + more + 1
    lower, upper = wilson_interval(x, n, confidence=confidence)
    assert 0 <= lower <= x / n <= upper <= 1
    mirrored = wilson_interval(n - x, n, confidence=confidence)
    assert mirrored == pytest.approx((1 - upper, 1 - lower), rel=1e-9, abs=1e-12)


@given(x=st.integers(0, 50), a=st.integers(0, 50), y=st.integers(0, 50), b=st.integers(0, 50))
def test_swapping_the_proportions_turns_the_difference(x, a, y, b):
    m, n = x + a + 1, y + b + 1
    lower, upper = newcombe_interval(x, m, y, n)
    assert lower <= x / m - y / n <= upper
    assert newcombe_interval(y, n, x, m) == pytest.approx((-upper, -lower), rel=1e-9, abs=1e-12)


@given(count=st.integers(0, 1000))
def test_more_confidence_gives_a_wider_interval(count):
    inner, outer = poisson_interval(count), poisson_interval(count, confidence=0.998)
    assert outer[0] <= inner[0]
    assert inner[1] < outer[1]


@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.99, 0.998])
def test_wilson_limits_at_the_ends_know_no_rounding(confidence):
    trials = np.arange(1, 400) / 3
    assert (wilson_interval(0, trials, confidence=confidence)[0] == 0).all()
    assert (wilson_interval(trials, trials, confidence=confidence)[1] == 1).all()


@pytest.mark.shared_data
def test_published_counts(reference):
    frame = reference("poisson_single_ci")
    lower, upper = poisson_interval(frame["x"], method="exact")
    np.testing.assert_allclose(lower, frame["exact95_lo"], rtol=1e-9)
    np.testing.assert_allclose(upper, frame["exact95_hi"], rtol=1e-9)
    lower, upper = poisson_interval(frame["x"], method="exact", confidence=0.998)
    np.testing.assert_allclose(lower, frame["exact998_lo"], rtol=1e-9)
    np.testing.assert_allclose(upper, frame["exact998_hi"], rtol=1e-9)
    many = frame[frame["x"] >= 10]
    lower, upper = poisson_interval(many["x"])
    np.testing.assert_allclose(lower, many["byar95_lo"], rtol=1e-9)
    np.testing.assert_allclose(upper, many["byar95_hi"], rtol=1e-9)


@pytest.mark.shared_data
def test_published_byar_and_wilson_limits(reference):
    frame = reference("phe_byars_wilson").query("x >= 10")  # below 10 the limits are exact
    for row in frame.itertuples():
        confidence = float(row.confidence.rstrip("%")) / 100
        limits = (
            wilson_interval(row.x, row.n, confidence=confidence)
            if row.method == "Wilson"
            else poisson_interval(row.x, confidence=confidence)
        )
        assert limits == pytest.approx((row.lowercl, row.uppercl), rel=1e-9)


@pytest.mark.shared_data
def test_published_proportions(reference):
    frame = reference("proportion_ci")
    lower, upper = wilson_interval(frame["x"], frame["n"])
    np.testing.assert_allclose(lower, frame["wilson_lo"], rtol=1e-9)
    np.testing.assert_allclose(upper, frame["wilson_hi"], rtol=1e-9)


@pytest.mark.shared_data
def test_published_differences(reference):
    frame = reference("newcombe_difference")
    lower, upper = newcombe_interval(frame["x1"], frame["n1"], frame["x2"], frame["n2"])
    np.testing.assert_allclose(lower, frame["lo"], rtol=1e-9)
    np.testing.assert_allclose(upper, frame["hi"], rtol=1e-9)


@pytest.mark.parametrize("count", [0, 3, 40, 2000])
def test_a_dispersion_of_one_or_less_is_poisson(count: int) -> None:
    assert dispersed_interval(count, dispersion=1) == pytest.approx(poisson_interval(count))
    assert dispersed_interval(count, dispersion=0.4) == pytest.approx(poisson_interval(count))


def test_a_dispersed_interval_is_that_of_fewer_events_stretched() -> None:
    lower, upper = poisson_interval(100)
    assert dispersed_interval(400, dispersion=4) == pytest.approx((4 * lower, 4 * upper))


@given(st.integers(0, 5000), st.floats(1, 30), st.floats(1.01, 3))
def test_more_dispersion_never_narrows_an_interval(count: int, phi: float, times: float) -> None:
    lower, upper = dispersed_interval(count, dispersion=phi)
    wide_lower, wide_upper = dispersed_interval(count, dispersion=phi * times)
    assert lower <= count <= upper
    assert wide_upper - wide_lower >= 0.98 * (upper - lower)  # Byar's joins Garwood's unevenly
    assert wide_lower <= lower + 0.02 * max(count, 1)


def test_an_unknown_dispersion_leaves_the_limits_open_and_a_wrong_one_is_refused() -> None:
    assert all(np.isnan(limit) for limit in dispersed_interval(17, dispersion=float("nan")))
    with pytest.raises(ValueError, match="dispersion: -1"):
        dispersed_interval(17, dispersion=-1)
