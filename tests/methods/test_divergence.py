"""Tell whether two areas changed alike."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspanalysis.methods.divergence import compare_changes

COUNTS = st.integers(min_value=1, max_value=10_000)


def test_worked_by_hand() -> None:
    # ln(1.5) = 0.405465; standard error sqrt(1/100 + 1/150 + 2/1000) = 0.136626
    row = compare_changes(100, 150, 1000, 1000).iloc[0]
    assert row["ratio"] == pytest.approx(1.5)
    assert row["lower"] == pytest.approx(1.5 * math.exp(-1.959964 * 0.136626), rel=1e-5)
    assert row["upper"] == pytest.approx(1.5 * math.exp(1.959964 * 0.136626), rel=1e-5)
    assert row["p_value"] == pytest.approx(math.erfc(0.405465 / 0.136626 / math.sqrt(2)), rel=1e-4)


def test_confidence_widens_the_interval() -> None:
    row = compare_changes(100, 150, 1000, 1000, confidence=0.998).iloc[0]
    assert row["upper"] == pytest.approx(1.5 * math.exp(3.090232 * 0.136626), rel=1e-5)


def test_dispersion_widens_as_its_root() -> None:
    plain = compare_changes(100, 150, 1000, 1000).iloc[0]
    wide = compare_changes(100, 150, 1000, 1000, dispersion=4, other_dispersion=4).iloc[0]
    assert math.log(wide["upper"] / 1.5) == pytest.approx(2 * math.log(plain["upper"] / 1.5))


def test_a_zero_adds_a_half_to_all_four() -> None:
    row = compare_changes(0, 4, 10, 10).iloc[0]
    assert row["ratio"] == pytest.approx((4.5 / 0.5) / (10.5 / 10.5))


def test_missing_counts_give_missing_rows_and_leave_the_others() -> None:
    frame = compare_changes([100, np.nan], [150, 5], 1000, 1000)
    assert frame["ratio"].iloc[0] == pytest.approx(1.5)
    assert frame.iloc[1].isna().all()


@pytest.mark.parametrize(
    ("counts", "options", "message"),
    [((-1, 1, 1, 1), {}, "negative"), ((1, 1, 1, 1), {"dispersion": 0.9}, "dispersion: 0.9")],
)
def test_refuses(counts: tuple[int, ...], options: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        compare_changes(*counts, **options)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_swapping_the_areas_inverts_the_ratio_and_keeps_p(a: int, b: int, c: int, d: int) -> None:
    one, other = compare_changes(a, b, c, d).iloc[0], compare_changes(c, d, a, b).iloc[0]
    assert one["ratio"] == pytest.approx(1 / other["ratio"])
    assert one["p_value"] == pytest.approx(other["p_value"], abs=1e-12)


def test_a_zero_touches_its_own_line_alone():
    both = compare_changes([100, 0], [150, 5], [1000, 50], [1000, 60])
    for i, line in enumerate([(100, 150, 1000, 1000), (0, 5, 50, 60)]):
        alone = compare_changes(*line)
        pd.testing.assert_series_equal(both.iloc[i], alone.iloc[0], check_names=False)
