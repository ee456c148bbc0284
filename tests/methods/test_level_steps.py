"""Steps: found where they are, with their size, seldom where nothing happened."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cspanalysis.methods import steps

MONTHS = pd.period_range("2021-03", "2023-12", freq="M")
SIZES = np.tile([5, 5, 20, 20, 20, 50, 50, 100, 100, 100, 300, 1000, 1000, 1000], 3) / 12


def drawn(seed: int, *, phi: float = 1.0) -> pd.DataFrame:
    """Draw 42 lines of three areas in which nothing happens."""
    random = np.random.default_rng(seed)
    mean = np.tile(SIZES, (len(MONTHS), 1))
    level = mean if phi == 1 else random.gamma(mean / (phi - 1), phi - 1)
    return pd.DataFrame(random.poisson(level), index=MONTHS)


def stepped(
    seed: int, *, line: int = 12, month: str = "2022-11", factor: float = 1.6
) -> pd.DataFrame:
    counts = drawn(seed)
    higher = np.random.default_rng(seed + 1).poisson((factor - 1) * counts.loc[month:, line])
    counts.loc[month:, line] += higher
    return counts


def test_a_step_is_found_with_its_month_and_size() -> None:
    told = steps(stepped(1), own=range(14))
    (found,) = told[told["sure"].astype(bool)].itertuples()
    assert (found.line, str(found.month)) == (12, "2022-11")
    assert found.ratio == pytest.approx(1.6, abs=0.12)
    assert told["p_value"].max() <= told["p_adjusted"].max()
    assert told.set_index("line")["p_adjusted"][12] < 0.001


def test_the_p_of_the_largest_of_23_splits_is_that_of_any() -> None:
    found = steps(stepped(1), own=[12]).iloc[0]
    from scipy.special import ndtr

    assert found["p_value"] == pytest.approx(1 - (1 - 2 * ndtr(-found["score"])) ** 23)


def test_two_steps_of_one_line_are_both_found() -> None:
    counts = drawn(2)
    counts.loc["2022-01":, 11] *= 2
    counts.loc["2022-11":, 11] *= 2
    found = steps(counts, own=range(14))
    told = found[found["sure"].astype(bool)]
    assert [str(month) for month in told["month"]] == ["2022-01", "2022-11"]
    assert told["ratio"].tolist() == pytest.approx([2.0, 2.0], rel=0.12)


def test_each_side_has_six_known_months() -> None:
    counts = stepped(3, month="2023-07", factor=2).astype(float)
    assert [str(m) for m in steps(counts, own=[12])["month"]] == ["2023-07"]
    counts.loc["2023-09", 12] = np.nan  # five months are left
    assert all(month < pd.Period("2023-07") for month in steps(counts, own=[12])["month"])


def test_gaps_and_short_lines_are_left_out() -> None:
    counts = stepped(4).astype(float)
    counts.loc["2022-03":"2022-04", 12] = np.nan
    counts.iloc[:11, 13] = np.nan
    found = steps(counts, own=[12, 13])
    assert [(row.line, str(row.month)) for row in found.itertuples()] == [(12, "2022-11")]
    assert steps(counts[[12]].iloc[:20]).empty


def test_totals_are_judged_by_themselves_with_the_noise_of_the_lines() -> None:
    counts = stepped(5)
    others = pd.DataFrame({"all": counts.loc[:, 11:13].sum(axis=1)})
    found = steps(counts, others=others, own=[], alone=["all"])
    assert found["line"].tolist() == ["all"]
    assert (found["p_value"] == found["p_adjusted"]).all()
    family = steps(counts, others=others, own=[*range(14), "all"])
    assert set(family["line"]) == {12, "all"}


def test_the_season_is_no_step() -> None:
    wave = np.exp(0.4 * np.cos(2 * np.pi * MONTHS.month / 12))
    mean = np.tile(SIZES, (len(MONTHS), 1)) * np.asarray(wave)[:, None]
    counts = pd.DataFrame(np.random.default_rng(6).poisson(mean), index=MONTHS)
    assert not steps(counts, own=range(14))["sure"].astype(bool).any()


def test_reports_in_which_nothing_happened_seldom_tell_a_step() -> None:
    # at most 3 in 100 of independent noise: of 10 reports, 3 or more would be one in 350
    found = [steps(drawn(seed, phi=3), own=range(14)) for seed in range(10)]
    assert sum(one["sure"].astype(bool).any() for one in found) < 3


def test_errors_name_what_is_wrong() -> None:
    counts = drawn(1)
    for given, said in (
        ({"own": [77]}, "own: 77 is no line of the counts"),
        ({"alone": ["all"]}, "alone: 'all' is no line"),
        ({"others": counts.iloc[:30]}, "others: other months"),
    ):
        with pytest.raises(ValueError, match=said):
            steps(counts, **given)
    with pytest.raises(ValueError, match="no months in order"):
        steps(counts.iloc[::-1])
    with pytest.raises(ValueError, match="two rows of 2021-03"):
        steps(counts.iloc[[0, *range(34)]])


def test_another_line_is_measured_at_the_steps_of_the_first() -> None:
    counts = stepped(1)
    counts.loc["2022-11":, 13] *= 2
    found = steps(counts, own=[12], beside={12: 13}).iloc[0]
    assert found["beside"] == pytest.approx(2.0, rel=0.1)
    assert steps(counts, own=[12])["beside"].isna().all()
    with pytest.raises(ValueError, match="beside: 'no' is no line"):
        steps(counts, own=[12], beside={12: "no"})
