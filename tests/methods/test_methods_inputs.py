"""Series as the store hands them on: nullable integers, first days as index."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from cspanalysis.methods._inputs import amounts, calendar_month, days, monthly


def stored(**options: Any) -> pd.Series:
    index = pd.date_range("2023-12-01", periods=4, freq="MS")
    return pd.Series([pd.NA, 5, pd.NA, 7], index=index, dtype="Int64", **options)


def test_nullable_integers_are_numbers_and_missing_ones_are_missing() -> None:
    np.testing.assert_array_equal(amounts(stored(), "x", missing=True), [np.nan, 5, np.nan, 7])
    np.testing.assert_array_equal(amounts(stored().to_frame(), "x", missing=True)[1], [5])
    np.testing.assert_array_equal(amounts([None, 2], "x", missing=True), [np.nan, 2])
    with pytest.raises(ValueError, match="x: nan at position 0 is missing"):
        amounts(stored(), "x")


def test_months_run_from_the_first_to_the_last_observed() -> None:
    found = monthly(stored())
    assert [str(month) for month in found.index] == ["2024-01", "2024-02", "2024-03"]
    np.testing.assert_array_equal(found, [5, np.nan, 7])
    assert calendar_month(found).tolist() == [1, 2, 3]
    assert days(found).tolist() == [31, 29, 31]


def test_absent_months_become_missing_ones() -> None:
    found = monthly(pd.Series([5.0, 7.0], index=["2023-03", "2023-01"]))
    np.testing.assert_array_equal(found, [7, np.nan, 5])
