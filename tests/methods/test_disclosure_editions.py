"""Pairs of editions: a new table hides what it would give away beside one that was published."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cspanalysis.errors import PublicationError
from cspanalysis.methods import audit, suppress

COUNTS = st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=4, max_size=4)


def table(rows: list[list[int]]) -> pd.DataFrame:
    labels = list("abcd")[: len(rows)]
    return pd.DataFrame(rows, index=labels, columns=list("pqr")[: len(rows[0])])


def test_a_row_more_does_not_tell_what_the_first_edition_hid() -> None:
    counts = table([[3, 20, 25], [40, 9, 18], [25, 18, 30], [2, 30, 40]])
    first = suppress(counts.iloc[:3])
    alone = suppress(counts)
    assert not audit(alone, first, strict=False)["safe"].all()
    mended = suppress(counts, published=[first])
    assert audit(mended, first)["safe"].all()
    assert mended.isna().to_numpy().sum() < mended.size / 2


@settings(max_examples=15, deadline=None)
@given(COUNTS)
def test_pairs_of_editions_are_safe_or_refused(rows: list[list[int]]) -> None:
    counts = table(rows)
    first = suppress(counts.iloc[:3])
    try:
        mended = suppress(counts, published=[first])
    except PublicationError:
        assume(False)
    assert audit(mended, first)["safe"].all()
    assert mended[suppress(counts).isna()].isna().all(axis=None)


def test_what_was_published_small_can_not_be_taken_back() -> None:
    counts = table([[3, 20], [40, 9], [25, 18]])
    told = counts.assign(Total=counts.sum(axis=1))
    told.loc["Total"] = told.sum()
    with pytest.raises(PublicationError, match="worked out"):
        suppress(counts, published=[told])


def test_editions_of_other_counts_are_refused() -> None:
    counts = table([[30, 20], [40, 9]])
    with pytest.raises(ValueError, match="holds 'c', the table not"):
        suppress(counts, published=[suppress(table([[30, 20], [40, 9], [8, 8]]))])
    with pytest.raises(ValueError, match="has 31 where the table has 30"):
        suppress(counts, published=[suppress(table([[31, 20], [40, 9]]))])
