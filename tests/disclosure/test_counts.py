"""What of counts by place may be shown: nothing small can be worked out from it."""

from __future__ import annotations

from itertools import pairwise, product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspanalysis.disclosure.counts import (
    bounds,
    class_breaks,
    shown_counts,
    tells_too_much,
)
from cspanalysis.disclosure.rules import THRESHOLD
from cspanalysis.methods import audit

COUNTS = st.lists(st.integers(0, 40), min_size=2, max_size=12)


def test_a_small_count_takes_the_cheapest_other_with_it() -> None:
    table = pd.DataFrame({"2022": [7, 40, 25], "2023": [3, 40, 9]}, index=["a", "b", "c"])
    shown = shown_counts(table)
    assert shown["2022"].tolist() == [7, 40, 25]
    assert shown["2023"].isna().tolist() == [True, False, True]


def test_a_total_that_hides_nothing_hides_all() -> None:
    shown = shown_counts(pd.DataFrame({"2023": [3, 0, 0]}))
    assert shown["2023"].isna().all()


@given(COUNTS)
@settings(max_examples=60, deadline=None)
def test_no_kept_back_count_can_be_worked_out(counts: list[int]) -> None:
    table = pd.DataFrame({"n": counts}, index=[f"w{i}" for i in range(len(counts))])
    shown = shown_counts(table)
    small = (table["n"] > 0) & (table["n"] < THRESHOLD)
    assert shown["n"][small].isna().all()
    if shown["n"].notna().any():  # else the total is all that is known
        published = pd.DataFrame({"n": shown["n"], "Total": shown["n"]})
        published.loc["Total"] = sum(counts)
        assert len(audit(published, threshold=THRESHOLD)) == 2 * shown["n"].isna().sum()


def test_bounds_by_hand() -> None:
    limits = {"a": (0, 4), "b": (5, 9), "c": (10, float("inf"))}
    found = bounds(limits, sums={"ward": (["a", "b", "c"], 17)})
    assert found == {"a": (0, 2), "b": (5, 7), "c": (10, 12)}


@given(
    st.lists(st.integers(0, 12), min_size=2, max_size=4).flatmap(
        lambda counts: st.tuples(st.just(counts), st.integers(5, 9))
    )
)
@settings(max_examples=80, deadline=None)
def test_bounds_are_those_of_trying_everything(case: tuple[list[int], int]) -> None:
    counts, edge = case
    limits = {str(i): ((0, edge - 1) if n < edge else (edge, 15)) for i, n in enumerate(counts)}
    ranges = (range(low, high + 1) for low, high in limits.values())
    fits = [values for values in product(*ranges) if sum(values) == sum(counts)]
    found = bounds(limits, sums={"all": (list(limits), sum(counts))})
    for i, place in enumerate(limits):
        held = [values[i] for values in fits]
        assert found[place] == (min(held), max(held))


@pytest.mark.parametrize(
    ("total", "tells"),
    [(8, True), (20, False)],  # 5 or more and 3 are 8: the other is 0 to 3
)
def test_a_class_can_tell_too_much(total: int, tells: bool) -> None:
    counts = {"a": total - 3, "b": 3}
    limits = {"a": (5.0, float("inf")), "b": (0.0, 4.0)}
    assert tells_too_much(counts, limits, sums={"ward": (["a", "b"], total)}) is tells


@pytest.mark.parametrize(
    ("counts", "breaks"),
    [
        ([0, 0, 1, 2, 3, 4], ()),
        ([0, 1, 2, 8, 40], (5, 25)),
        ([9, 9, 9], ()),
        ([*range(100), 900], (50, 80, 100)),
    ],
)
def test_breaks_by_hand(counts: list[int], breaks: tuple[int, ...]) -> None:
    assert class_breaks(counts) == breaks


@given(st.lists(st.integers(0, 3000), min_size=1, max_size=60), st.integers(5, 40))
def test_every_class_holds_a_place_and_the_first_all_small_counts(
    counts: list[int], least: int
) -> None:
    breaks = class_breaks(counts, least=least)
    assert list(breaks) == sorted(set(breaks))
    assert all(edge >= least for edge in breaks)
    assert len(breaks) <= 3
    edges = [0, *breaks, 10**9]
    for low, high in pairwise(edges):
        assert any(low <= n < high for n in counts)
