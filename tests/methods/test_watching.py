"""The watch: its sums by hand, what it finds, and how seldom it cries wolf."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cspanalysis.methods import watch

MONTHS = pd.period_range("2020-01", periods=48, freq="M")
SIZES = np.tile([5.0, 20, 50, 100, 100, 400], 3)


def _counts(seed: int, mean: np.ndarray | None = None, *, months: int = 48) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    means = np.tile(SIZES, (months, 1)) if mean is None else mean
    return pd.DataFrame(random.poisson(random.gamma(means / 2, 2)), index=MONTHS[:months])


def test_the_sums_grow_by_what_a_score_is_beyond_the_slack() -> None:
    found = watch(_counts(1), watched=24)
    for _, rows in found.groupby("line"):
        above = below = 0.0
        for row in rows.itertuples():
            above, below = max(0, above + row.score - 0.5), max(0, below - row.score - 0.5)
            assert row.above == pytest.approx(above)
            assert row.below == pytest.approx(below)


def test_a_month_is_expected_from_all_before_it() -> None:
    counts = _counts(2, months=26)
    found = watch(counts, watched=2)
    before = watch(counts.iloc[:-1], watched=1)
    first = found.groupby("line")["expected"].first().to_numpy()
    assert first == pytest.approx(before["expected"].to_numpy())


def test_level_series_expect_their_level() -> None:
    days = np.asarray(MONTHS.days_in_month, dtype=float)
    level = pd.DataFrame({name: np.round(30 * days) for name in range(6)}, index=MONTHS)
    found = watch(level, watched=12)
    assert found["expected"].to_numpy() == pytest.approx(found["value"].to_numpy(), rel=1e-9)
    assert (found["alarm"] == "").all()


def test_alarms_are_seldom_where_nothing_changed() -> None:
    alarms = [
        (watch(_counts(seed), watched=24)["alarm"] != "").groupby(np.repeat(range(18), 24)).any()
        for seed in range(8)
    ]
    # 144 lines; the bar over 24 months is 15 in 100, and some 9 in 100 raise one
    assert np.mean(alarms) <= 0.15


def test_a_rise_of_a_third_is_found_within_six_months() -> None:
    mean = np.tile(SIZES, (36, 1))
    mean[30:, [3, 4, 9, 10, 15, 16]] *= 1.3
    found = []
    for seed in range(8):
        told = watch(_counts(seed, mean, months=36))
        rows = told[told["line"].isin([3, 4, 9, 10, 15, 16])]
        last = rows[rows["month"] >= MONTHS[30]]
        found += list((last["alarm"] == "above").groupby(last["line"]).any())
    assert np.mean(found) >= 0.6  # of 48 lines; some 70 in 100 are found


def test_others_are_watched_with_the_noise_of_the_lines() -> None:
    counts = _counts(3)
    alone = watch(counts)
    both = watch(counts, others=counts[[3]].rename(columns={3: "again"}))
    again, own = both[both["line"] == "again"], alone[alone["line"] == 3]
    assert again["score"].to_numpy() == pytest.approx(own["score"].to_numpy())
    assert both[both["line"] == 3]["score"].to_numpy() == pytest.approx(own["score"].to_numpy())


def test_short_and_rare_lines_are_not_watched() -> None:
    assert watch(_counts(4, months=24)).empty
    counts = _counts(5)
    counts[0] = 0
    assert 0 not in set(watch(counts)["line"])
    assert watch(counts[[0]]).empty


def test_months_that_a_line_lacks_take_no_part() -> None:
    counts = _counts(6).astype(float)
    counts.iloc[10, 2] = np.nan
    assert set(watch(counts, watched=24)["month"]) == set(MONTHS[-23:])


def test_what_is_no_series_of_months_is_refused() -> None:
    with pytest.raises(ValueError, match="holds no months"):
        watch(_counts(7).reset_index(drop=True))
    with pytest.raises(ValueError, match="other months"):
        watch(_counts(7), others=_counts(7, months=40))
