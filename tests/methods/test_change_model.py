"""The change model: the independent reference, by hand, and what always holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspanalysis.methods import adjust, borrowed_noise, compare, count_noise, verdict
from cspanalysis.methods._change_fit import Months, fit_lines
from cspanalysis.methods._change_noise import (
    ALONE,
    Prior,
    effective_freedom,
    find_prior,
    go_together,
    squeeze,
)

MONTHS = pd.period_range("2021-03", "2023-12", freq="M")
SIZES = (5, 5, 20, 20, 20, 50, 50, 100, 100, 100, 300, 1000, 1000, 1000)
YEAR, BEFORE = MONTHS[-12:], MONTHS[-24:-12]


def drawn(seed: int, sizes: tuple[int, ...] = SIZES) -> pd.DataFrame:
    """Draw 34 months of lines with negative binomial noise."""
    rng = np.random.default_rng(seed)
    mean = np.repeat(np.array(sizes) / 12, 3)
    rate = rng.gamma(mean / 0.4, 0.4, (len(MONTHS), len(mean)))
    return pd.DataFrame(rng.poisson(rate), index=MONTHS)


def noise(counts: pd.DataFrame, **options: object) -> pd.DataFrame:
    return count_noise(counts, **({"period": YEAR, "baseline": BEFORE} | options))  # type: ignore[arg-type]


@pytest.mark.shared_data
@pytest.mark.parametrize("written", ["2023", "2023-10..2023-12"])
def test_it_agrees_with_an_independent_implementation(
    shared: Path, reference: Callable[[str], pd.DataFrame], written: str
) -> None:
    held = reference("monthly_counts_bedfordshire")
    told = reference("change_model_bedfordshire_2023")
    told = told[told["period"] == written].set_index(["area", "measure"])
    counts = held.pivot_table(index="month", columns=["area", "measure"], values="count")
    counts.index = pd.PeriodIndex(counts.index, freq="M")
    period = YEAR if written == "2023" else YEAR[-3:]
    found = count_noise(counts[list(told.index)], period=period, baseline=period - 12)
    found = found.loc[told.index]
    for column in ("dispersion", "noise", "freedom"):
        np.testing.assert_allclose(found[column], told[column], rtol=0.001)
    compared = compare(
        told["before"],
        told["after"],
        exposure_before=float(np.sum((period - 12).days_in_month)),
        exposure_after=float(np.sum(period.days_in_month)),
        dispersion=found["noise"],
        freedom=found["freedom"],
    )
    for column in ("p_value", "lower", "upper"):
        np.testing.assert_allclose(compared[column], told[column], rtol=0.001)
    p_adjusted = compared["p_value"].groupby(level="area").transform(lambda p: adjust(p.to_numpy()))
    limits = {"lower": compared["lower"], "upper": compared["upper"]}
    words = verdict(compared["p_value"], p_adjusted, compared["ratio"], **limits)
    assert words.tolist() == told["word"].tolist()


def test_the_model_log_ratio_is_that_of_the_counts_by_day() -> None:
    counts = drawn(1)
    found = noise(counts)
    a, b = counts.loc[YEAR].sum(), counts.loc[BEFORE].sum()
    large = (a > 0) & (b > 0)
    expected = np.log(a[large] / b[large] * 365 / 365)
    assert found["log_ratio"][large].to_numpy() == pytest.approx(expected.to_numpy(), abs=1e-6)


def test_a_small_line_has_its_levels_for_means() -> None:
    months = Months.of(MONTHS, YEAR, BEFORE)
    known = np.ones(34, dtype=bool)
    columns = months.columns(known, small=True)
    counts = np.zeros((1, 34))
    counts[0, [0, 15, 30, 31]] = 1
    means, _, _ = fit_lines(columns, counts, months.days)
    assert means[0, -12:].sum() == pytest.approx(2)
    assert means[0, -24:-12].sum() == pytest.approx(1)
    assert means[0, :10].sum() == pytest.approx(1)


def test_the_columns_of_a_quarter_are_levels_of_the_blocks_and_waves() -> None:
    months = Months.of(MONTHS, YEAR[-3:], BEFORE[-3:])
    columns = months.columns(np.ones(34, dtype=bool), small=False)
    assert columns[:, :5].sum(axis=0).tolist() == [3, 3, 9, 9, 10]
    assert columns.shape[1] == 9


def test_effective_freedom_by_hand() -> None:
    left, inverse = np.array([27.0]), np.array([34 / 10])
    plain = effective_freedom(left, inverse, np.array(1.0))
    assert plain == pytest.approx(2 * 27**2 / (54 + 3.4))
    assert effective_freedom(left, inverse, np.array(2.0)) == pytest.approx(
        2 * 27**2 / (54 + 6.5 * 3.4)
    )


def test_effective_freedom_of_few_counts_that_hardly_vary_stays_above_none() -> None:
    left, inverse = np.array([18.0]), np.array([60.0])
    # kappa = (6 (0.4 - 1) + 2.5) 60 = -66: 2 x 18 - 66 would be below nought.
    assert effective_freedom(left, inverse, np.array(0.4)) == pytest.approx([36.0])


def test_equal_dispersions_give_a_firm_prior_without_slope() -> None:
    prior = find_prior(np.full(20, 2.0), np.linspace(1, 90, 20), np.full(20, 25.0))
    assert prior.slope == pytest.approx(0, abs=1e-9)
    assert prior.freedom == 20
    assert prior.at(np.array([5.0]))[0] == pytest.approx(2.0, rel=0.05)


def test_squeezing_weighs_by_freedom_and_never_falls_below_one() -> None:
    prior = Prior(np.log(3.0), 0.0, 20.0)
    freedom, mean = np.array([20.0, 20.0]), np.array([5.0, 5.0])
    assert squeeze(np.array([1.0, 5.0]), mean, freedom, prior).tolist() == pytest.approx([2, 4])
    assert squeeze(np.array([0.0]), mean[:1], freedom[:1], prior)[0] == pytest.approx(1.5)
    firm = Prior(0.0, 0.0, 20.0)
    assert squeeze(np.array([0.2]), mean[:1], freedom[:1], firm)[0] == 1


def test_alternating_months_are_found_to_go_apart() -> None:
    months = Months.of(MONTHS, YEAR, BEFORE)
    known = np.ones(34, dtype=bool)
    columns = months.columns(known, small=False)
    apart = months.apart(known, reach=3)
    base = 3 * np.tile([1.0, -1.0], 17)
    products = np.array([[base[: 34 - h] @ base[h:]] for h in range(4)])
    found = go_together(products, np.array([9.0]), columns, apart)
    assert found.c[1] < 0 < found.c[2]
    assert ALONE.widening(months.contrast(known), apart) == 1


def test_independent_counts_have_next_to_no_noise_beyond_poisson() -> None:
    rng = np.random.default_rng(4)
    mean = np.repeat(np.array(SIZES) / 12, 3)
    counts = pd.DataFrame(rng.poisson(mean, (34, len(mean))), index=MONTHS)
    assert noise(counts)["noise"].mean() < 1.2


def test_a_doubling_does_not_raise_the_noise() -> None:
    rises = []
    for seed in range(8):
        counts = drawn(seed, (300, 1000, 1000, 100, 50))
        doubled = counts.copy()
        rng = np.random.default_rng(seed)
        doubled.loc[YEAR, 0] += rng.permutation(counts.loc[YEAR, 0].to_numpy())
        rises.append(noise(doubled)["noise"][0] / noise(counts)["noise"][0])
    assert np.mean(rises) < 1.1


def test_months_after_the_period_change_nothing() -> None:
    counts = drawn(2)
    early = {"period": MONTHS[-18:-6], "baseline": MONTHS[-30:-18]}
    changed = counts.copy()
    changed.iloc[-6:] *= 10
    one = noise(pd.concat([counts.iloc[:4], counts]).iloc[4:], **early)
    pd.testing.assert_frame_equal(one, noise(changed, **early))


def test_other_lines_are_judged_and_take_no_part_in_the_prior() -> None:
    counts = drawn(3)
    others = pd.DataFrame({"all": counts.sum(axis=1)})
    found = noise(counts, others=others)
    pd.testing.assert_frame_equal(found.iloc[:-1], noise(counts), check_index_type=False)
    assert found.loc["all", "noise"] >= 1


def test_gaps_are_left_out_and_too_little_history_is_missing() -> None:
    counts = drawn(5).astype(float)
    counts.iloc[[3, 8], 40] = np.nan
    counts.iloc[:11, 41] = np.nan
    counts.iloc[-12:, 39] = np.nan
    found = noise(counts)
    assert found.loc[[39, 41]].isna().all(axis=None)
    assert found.drop(index=[39, 41]).notna().all(axis=None)


def test_lines_without_any_count_get_the_noise_of_the_smallest() -> None:
    counts = drawn(6)
    counts[0] = 0
    assert 1 <= noise(counts)["noise"][0] < 2


def test_few_lines_borrow_their_prior() -> None:
    counts = drawn(7)[[39]]
    found = noise(counts)
    assert found["noise"].between(1, 20).all()
    assert found["freedom"].iloc[0] > 19


@settings(max_examples=12)
@given(seed=st.integers(0, 10_000), months=st.sampled_from([1, 3, 6, 12]))
def test_noise_is_never_below_poisson(seed: int, months: int) -> None:
    found = count_noise(drawn(seed), period=MONTHS[-months:], baseline=MONTHS[-12 - months : 22])
    assert (found[["dispersion", "noise", "period_noise"]] >= 1).all(axis=None)
    assert (found["freedom"] > 0).all()


@settings(max_examples=8)
@given(seed=st.integers(0, 1000))
def test_the_order_of_lines_does_not_matter(seed: int) -> None:
    counts = drawn(seed)
    found = noise(counts[counts.columns[::-1]]).loc[counts.columns]
    pd.testing.assert_frame_equal(found, noise(counts), rtol=1e-6)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"period": []}, "period: no months"),
        ({"baseline": YEAR}, "both hold 2023-01"),
        ({"others": pd.DataFrame({"x": [1]}, index=MONTHS[:1])}, "others: other months"),
    ],
)
def test_wrong_months_are_named(options: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        noise(drawn(1), **options)


def test_wrong_counts_are_named() -> None:
    counts = drawn(1)
    with pytest.raises(ValueError, match="holds no months"):
        noise(counts.reset_index(drop=True))
    with pytest.raises(ValueError, match="two rows of 2021-03"):
        noise(pd.concat([counts, counts]))
    with pytest.raises(ValueError, match="counts: -1 at position"):
        noise(-counts.clip(upper=1))


def test_borrowed_noise_by_hand() -> None:
    at_100 = np.exp(-0.271 + 0.257 * np.log(100))
    assert borrowed_noise(1200) == pytest.approx(1 + 1.61 * (at_100 - 1))
    assert borrowed_noise(300, months=3) == pytest.approx(1 + 1.44 * (at_100 - 1))
    assert borrowed_noise([0, 12, None]).tolist() == pytest.approx([1, 1, np.nan], nan_ok=True)
    with pytest.raises(ValueError, match="months: 0"):
        borrowed_noise(12, months=0)
