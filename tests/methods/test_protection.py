"""Protection: counts that add up in several ways, by hand and at random."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from cspanalysis.methods import protect

WARDS, MEASURES, TIMES = 3, 3, 3  # of each the last is the sum of the others, but for wards


def cube(values: list[int]) -> tuple[pd.Series, list[dict[tuple[int, int, int], int]]]:
    """Wards x measures x times with the totals of measures and times, wards adding up to a sum."""
    inner = np.array(values).reshape(WARDS, MEASURES - 1, TIMES - 1)
    inner = np.concatenate([inner, inner.sum(1, keepdims=True)], axis=1)
    inner = np.concatenate([inner, inner.sum(2, keepdims=True)], axis=2)
    keys = list(product(range(WARDS), range(MEASURES), range(TIMES)))
    counts = pd.Series([int(inner[k]) for k in keys], index=pd.Index(keys, tupleize_cols=False))
    sums = [{(w, 0, t): 1, (w, 1, t): 1, (w, 2, t): -1} for w in range(WARDS) for t in range(TIMES)]
    sums += [
        {(w, m, 0): 1, (w, m, 1): 1, (w, m, 2): -1} for w in range(WARDS) for m in range(MEASURES)
    ]
    sums += [{(w, m, t): 1 for w in range(WARDS)} for m in range(MEASURES) for t in range(TIMES)]
    return counts, sums


def limits(
    counts: pd.Series, sums: list[dict[tuple[int, int, int], int]], hidden: pd.Series, cell: int
) -> tuple[float, float]:
    """What an outsider finds who knows every sum and every count that is not hidden."""
    place = {key: at for at, key in enumerate(counts.index)}
    matrix = np.zeros((len(sums), len(counts)))
    for row, line in enumerate(sums):
        for key, sign in line.items():
            matrix[row, place[key]] = sign
    known = [(0, None) if h else (n, n) for n, h in zip(counts, hidden, strict=True)]
    aim = np.zeros(len(counts))
    aim[cell] = 1
    ends = [
        linprog(way * aim, A_eq=matrix, b_eq=matrix @ counts.to_numpy(), bounds=known)
        for way in (1, -1)
    ]
    return float(ends[0].fun), float(-ends[1].fun)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=12, max_size=12))
def test_no_small_count_is_narrowed_further_than_all_hidden_would(values: list[int]) -> None:
    counts, sums = cube(values)
    hidden = protect(counts, sums=sums)
    everything = pd.Series(data=True, index=counts.index)
    for cell in np.flatnonzero((counts > 0) & (counts < 5)):
        low, high = limits(counts, sums, hidden, int(cell))
        least, most = limits(counts, sums, everything, int(cell))
        assert high - low >= min(5, most - least) - 1e-6


def test_nothing_small_hides_nothing() -> None:
    counts, sums = cube([0, 7, 20, 30] * 3)
    assert not protect(counts, sums=sums).any()


def test_what_was_published_stays() -> None:
    counts = pd.Series({"a": 3, "b": 9, "c": 30})
    sums = [{"a": 1, "b": 1, "c": 1}]
    assert protect(counts, sums=sums).to_dict() == {"a": True, "b": True, "c": False}
    kept = protect(counts, sums=sums, published=["b"])
    assert kept.to_dict() == {"a": True, "b": False, "c": True}


@pytest.mark.parametrize(
    ("counts", "sums", "said"),
    [
        (pd.Series([1, 2], index=["a", "a"]), [], "stands there twice"),
        (pd.Series([1, 2], index=["a", "b"]), [{"c": 1}], "'c' has no count"),
        (pd.Series([1.5]), [], "whole"),
    ],
)
def test_what_can_not_be_protected_is_told(
    counts: pd.Series, sums: list[dict[str, int]], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        protect(counts, sums=sums)
