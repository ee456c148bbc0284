"""What moved between two vintages."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspanalysis.methods.revisions import revised_months, revision

EARLIER = pd.Series({"2023-01": 100, "2023-02": 80, "2023-03": 50, "2023-04": np.nan})
LATER = pd.Series({"2023-05": 70, "2023-04": 60, "2023-03": 50, "2023-02": 84})
vintages = st.dictionaries(st.integers(1, 12), st.integers(0, 99), min_size=1).map(pd.Series)


def test_months_by_hand() -> None:
    found = revised_months(EARLIER, LATER)
    assert found.index.tolist() == ["2023-01", "2023-02", "2023-03", "2023-04", "2023-05"]
    assert found["part"].tolist() == ["withdrawn", "revision", "revision", "new", "new"]
    assert found["change"].tolist() == [-100, 4, 0, 60, 70]
    np.testing.assert_allclose(found["percent"], [np.nan, 5, 0, np.nan, np.nan])


def test_split_by_hand() -> None:
    found = revision(EARLIER, LATER)
    assert found.index.tolist() == ["revision", "new", "withdrawn", "total"]
    assert found["months"].tolist() == [2, 2, 1, 5]
    assert found["earlier"].tolist() == [130, 0, 100, 230]
    assert found["later"].tolist() == [134, 130, 0, 264]
    assert found["change"].tolist() == [4, 130, -100, 34]
    expected = [100 * 4 / 130, np.nan, -100, 100 * 34 / 230]
    np.testing.assert_allclose(found["percent"], expected)


def test_a_vintage_against_itself_moves_nothing() -> None:
    found = revision(EARLIER, EARLIER)
    assert found["change"].tolist() == [0, 0, 0, 0]
    assert found["months"].tolist() == [3, 0, 0, 3]


def test_percent_of_nothing_is_missing() -> None:
    found = revised_months(pd.Series({1: 0}), pd.Series({1: 3}))
    assert found["percent"].isna().all()
    assert found["part"].tolist() == ["revision"]
    assert revised_months(pd.Series({1: 1}), pd.Series({1: 3}))["percent"].tolist() == [200]
    assert revision(pd.Series({1: 1}), pd.Series({1: 3}))["percent"].loc["revision"] == 200


@given(vintages, vintages)
def test_parts_add_up_and_turn_round(one: pd.Series, other: pd.Series) -> None:
    found, back = revision(one, other), revision(other, one)
    assert found["change"].loc["total"] == other.sum() - one.sum()
    assert found["change"].iloc[:3].sum() == found["change"].loc["total"]
    assert back["change"].loc["new"] == -found["change"].loc["withdrawn"]
    assert back["change"].loc["revision"] == -found["change"].loc["revision"]


@pytest.mark.parametrize(
    ("earlier", "words"),
    [
        (pd.Series([1, 2], index=["a", "a"]), "earlier_vintage: 'a' stands there twice"),
        (pd.Series([-1]), "earlier_vintage: -1 at position 0 is negative"),
        (pd.Series([], dtype=float), "empty"),
    ],
)
def test_revision_refuses(earlier: pd.Series, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        revision(earlier, LATER)
