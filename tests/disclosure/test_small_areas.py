"""Small areas: what maps and lists of the busiest tell, attacked with all pages at hand."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from math import inf
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from cspanalysis.disclosure.block import Floats, Grid, Mask
from cspanalysis.disclosure.detail import Detail, busiest, own_breaks
from cspanalysis.disclosure.less_detail import narrowed, tell_less

THRESHOLD = 5
WARDS, INSIDE, MEASURES = 3, 5, 4
"""The last measure is all crime, the first three add up to it."""
YEAR, QUARTER, BETWEEN = range(3)
SMALL_ONE = (YEAR, 0, 1)
"""A small count of the first seed."""
Limits = tuple[Floats, Floats]


def made(seed: int) -> tuple[Grid, Mask]:
    """Counts of fifteen places in a year, its last quarter and what lies between."""
    drawn = np.random.default_rng(seed)
    places = WARDS * INSIDE
    level = drawn.choice([1.0, 4.0, 12.0], size=(1, places, MEASURES - 1))
    parts = drawn.poisson(level * np.array([0.3, 0.7])[:, None, None])
    parts = np.concatenate([parts, parts.sum(axis=2, keepdims=True)], axis=2).astype(float)
    x = np.stack([parts.sum(axis=0), *parts])
    ward = np.repeat(np.arange(WARDS), INSIDE)
    wards = np.stack([x[:, ward == w].sum(axis=1) for w in range(WARDS)], axis=1)
    small = ((wards > 0) & (wards < THRESHOLD)).any(axis=1, keepdims=True)
    shown = np.broadcast_to(~small, wards.shape).copy()
    shown[BETWEEN] = False
    # a report on a small area tells all its crime of the year
    fixed = np.zeros(x.shape, dtype=bool)
    fixed[YEAR, :, -1] = x[YEAR, :, -1] >= THRESHOLD
    return Grid(
        x, ward, shown, [(YEAR, [QUARTER, BETWEEN])], range(MEASURES - 1), MEASURES - 1
    ), fixed


def read(grid: Grid, fixed: Mask, told: dict[tuple[int, int], Detail]) -> Limits:
    """Give what an outsider reads off maps, tables and the reports on small areas."""
    lower, upper = np.zeros(grid.x.shape), np.full(grid.x.shape, inf)
    for (p, m), shows in told.items():
        counts = grid.x[p, :, m]
        tops = busiest(counts) & (counts >= THRESHOLD) & shows.named
        edges = (0, *shows.breaks, inf)
        for place, count in enumerate(counts):
            at = bisect_right(shows.breaks, count)
            known = fixed[p, place, m] or (tops[place] and shows.exact)
            lower[p, place, m] = count if known else edges[at]
            upper[p, place, m] = count if known else edges[at + 1] - 1
    return lower, upper


def spans(grid: Grid, limits: Limits, cells: list[tuple[int, ...]]) -> list[float]:
    """Solve for the least and greatest count of each cell that agree with all that is public."""
    shape, size = grid.x.shape, grid.x.size
    number = np.arange(size).reshape(shape)
    lines = []
    for p in range(shape[0]):
        for m in range(shape[2]):
            groups = [number[p, grid.ward == w, m] for w in range(WARDS) if grid.shown[p, w, m]]
            lines += [(group, 1.0, None) for group in [*groups, number[p, :, m]]]
        lines += [(number[p, i, :-1], 1.0, number[p, i, -1]) for i in range(shape[1])]
    lines += [(number[p, list(inside), m], 1.0, None) for p, m, inside in grid.further]
    lines += [
        (number[[QUARTER, BETWEEN], i, m], 1.0, number[YEAR, i, m])
        for i in range(shape[1])
        for m in range(shape[2])
    ]
    matrix = np.zeros((len(lines), size))
    for row, (parts, sign, whole) in enumerate(lines):
        matrix[row, parts] = sign
        if whole is not None:
            matrix[row, whole] = -1.0
    right = matrix @ grid.x.ravel()
    bounds: Any = np.column_stack([end.ravel() for end in limits])
    found = []
    for cell in cells:
        aim = np.zeros(size)
        aim[number[cell]] = 1.0
        ends: list[Any] = [
            linprog(way * aim, A_eq=matrix, b_eq=right, bounds=bounds) for way in (1.0, -1.0)
        ]
        found.append(-ends[1].fun - ends[0].fun)
    return found


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("custom", [False, True], ids=["wards", "wards and a custom area"])
def test_no_small_count_is_narrowed_by_maps_lists_wards_and_quarters_together(
    seed: int, *, custom: bool
) -> None:
    grid, fixed = made(seed)
    if custom:  # three places of the first ward and two of the second
        sums = [(p, m, [0, 1, 2, 5, 6]) for p in (YEAR, QUARTER) for m in range(MEASURES)]
        grid = replace(grid, further=sums)
    told = tell_less(grid, seen=2, fixed=fixed, threshold=THRESHOLD)
    small = (grid.x > 0) & (grid.x < THRESHOLD)
    small[BETWEEN] = False
    cells = [tuple(cell) for cell in np.argwhere(small).tolist()]
    assert len(cells) > 20
    with_maps = spans(grid, read(grid, fixed, told), cells)
    nothing = {key: Detail() for key in told}
    without = spans(grid, read(grid, fixed, nothing), cells)
    for cell, width, own in zip(cells, with_maps, without, strict=True):
        assert width >= min(THRESHOLD - 1, own) - 1e-6, cell


def test_maps_that_are_harmless_alone_tell_small_counts_together() -> None:
    grid, fixed = made(0)
    (every,) = spans(grid, read(grid, fixed, dict.fromkeys([(YEAR, 0)], Detail())), [SMALL_ONE])
    assert every >= THRESHOLD - 1
    alone = {
        (p, m): Detail(_own(grid, p, m), exact=True, named=True)
        for p in (YEAR, QUARTER)
        for m in range(MEASURES)
    }
    (narrow,) = spans(grid, read(grid, fixed, alone), [SMALL_ONE])
    assert narrow < THRESHOLD - 1


def test_what_stands_is_not_cut_and_what_it_narrows_is_found() -> None:
    grid, fixed = made(0)
    given: Any = {"seen": 2, "fixed": fixed, "threshold": THRESHOLD}
    alone = {
        (p, m): Detail(_own(grid, p, m), exact=True, named=True)
        for p in (YEAR, QUARTER)
        for m in range(MEASURES)
    }
    lost = narrowed(grid, **given, standing={})  # with nothing told of them
    p, place, m = SMALL_ONE
    assert narrowed(grid, **given, standing=alone).get((p, m, place), inf) < THRESHOLD - 1
    assert (p, m, place) not in lost
    year = {at: one for at, one in tell_less(grid, **given).items() if at[0] == YEAR}
    told = tell_less(grid, **given, standing=year)
    assert {at: told[at] for at in year} == year
    assert any(told[QUARTER, m] != Detail() for m in range(MEASURES))
    assert narrowed(grid, **given, standing=told).keys() <= lost.keys()


def _own(grid: Grid, p: int, m: int) -> tuple[int, ...]:
    counts = {str(i): int(n) for i, n in enumerate(grid.x[p, :, m])}
    inside = {str(w): [str(i) for i in np.flatnonzero(grid.ward == w)] for w in range(WARDS)}
    sums = {w: (places, sum(counts[i] for i in places)) for w, places in inside.items()}
    return own_breaks(counts, sums=sums, threshold=THRESHOLD)
