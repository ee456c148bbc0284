"""Less detail: what is told of small areas is cut until no small count is narrowed by all of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from math import inf

import numpy as np
from numpy.typing import NDArray

from cspanalysis.disclosure.block import EPSILON, Block, Floats, Grid, Mask
from cspanalysis.disclosure.detail import Detail, busiest, own_breaks

__all__ = ["narrowed", "tell_less"]

Told = Mapping[tuple[int, int], Detail]
"""By number of months and measure."""

PUSHES, TOGETHER = 10, 4
"""How often small counts are moved all at once, and in how many wards."""
NEAR = (0, 3)
"""How many other hidden wards are looked at first; all of them where these don't do."""


def tell_less(
    grid: Grid, *, seen: int, fixed: Mask, threshold: int, standing: Told | None = None
) -> dict[tuple[int, int], Detail]:
    """Choose what is told of small areas, so that no small count is narrowed by all of it together.

    Classes of a map are chosen and the busiest named as if the map stood alone. Then each small
    count, and each small count of a ward that is hidden, is moved by linear programming as far as
    all pages together allow. Where it can't span the threshold, the classes are put together, or
    the busiest left out, that stand in the way.

    Parameters
    ----------
    grid
        Counts, and the sums that are known.
    seen
        How many of the months, from the first, pages tell of.
    fixed
        Counts that reports on the small areas themselves tell.
    threshold
        Counts from 1 to below this are small.
    standing
        What is told already, so that it can't be cut.

    Returns
    -------
    dict
        By number of months and measure, rising.
    """
    state = _State(grid, seen, fixed, threshold, standing or {})
    state.protect()
    return state.told


def narrowed(
    grid: Grid, *, seen: int, fixed: Mask, threshold: int, standing: Told
) -> dict[tuple[int, int, int], float]:
    """Find which small counts span less than the threshold beside what is told already.

    Parameters
    ----------
    grid, seen, fixed, threshold, standing
        As for `tell_less`; of what is not in `standing` nothing is told.

    Returns
    -------
    dict
        How far each spans, by number of months, measure and place; of the small count of a ward
        that is hidden, its own number, less one, from -1 down.
    """
    every = product(range(seen), range(grid.x.shape[2]))
    told = {at: standing.get(at, Detail()) for at in every}
    return _State(grid, seen, fixed, threshold, told).protect()


class _State:
    """Hold what is told so far, and protect small counts by telling less."""

    def __init__(self, grid: Grid, seen: int, fixed: Mask, threshold: int, standing: Told) -> None:
        self.grid, self.seen, self.fixed, self.threshold = grid, seen, fixed, threshold
        self.tops = np.zeros(grid.x.shape, dtype=bool)
        self.lower, self.upper = np.zeros(grid.x.shape), np.full(grid.x.shape, np.inf)
        self.told: dict[tuple[int, int], Detail] = {}
        self._open = ~fixed
        self._open[seen:] = False
        self._drawn = np.random.default_rng(0)
        self._small = (grid.x > 0) & (grid.x < threshold)
        self._small[seen:] = False
        self._blocks: dict[tuple[int, ...], Block] = {}
        for p in range(seen):
            for m in range(grid.x.shape[2]):
                counts = grid.x[p, :, m]
                self.tops[p, :, m] = busiest(counts) & (counts >= threshold)
                self._open[p, :, m] &= (p, m) not in standing
                self.told[p, m] = standing.get((p, m)) or self._alone(p, m)
                self._limit(p, m)
        self.least, self.most = grid.x.copy(), grid.x.copy()
        self._wards = grid.shown.shape[1]
        sums = self._by_ward(np.arange(grid.x.shape[1]), grid.x)
        self.sums = sums.copy(), sums.copy()
        self._small_sums = ~grid.shown & (sums > 0) & (sums < threshold)
        self._small_sums[seen:] = False

    def protect(self) -> dict[tuple[int, int, int], float]:
        """Go through the small counts, the smallest first, and tell less where one is narrowed.

        Gives how far those span that are narrow whatever is cut; see `narrowed`.
        """
        x = self.grid.x
        lost = {}
        self._push()
        cells = np.argwhere(self._small).tolist()
        for p, place, m in sorted(cells, key=lambda at: (x[tuple(at)], at)):
            aim = np.zeros(x.shape, dtype=bool)
            aim[p, place, m] = True
            lost[p, m, place] = self._free(aim, p, m, int(self.grid.ward[place]))
        for p, w, m in np.argwhere(self._small_sums).tolist():
            aim = np.zeros(x.shape, dtype=bool)
            aim[p, self.grid.ward == w, m] = True
            lost[p, m, -1 - w] = self._free(aim, p, m, w)
        return {cell: span for cell, span in lost.items() if span < inf}

    def _alone(self, p: int, m: int) -> Detail:
        """Choose what is told of one measure and months as if nothing else were."""
        own = {str(i): int(n) for i, n in enumerate(self.grid.x[p, :, m])}
        breaks = own_breaks(own, sums=self._sums(p, m), threshold=self.threshold)
        return Detail(breaks, exact=True, named=True)

    def _wishes(self, at: NDArray[np.int64]) -> Floats:
        """Push each small count that is not known to be free, now this way and now that.

        Those of a hidden ward whose own count is small are pushed together.
        """
        lacking = self._small[:, at] & (self.most - self.least < self.threshold - 1)[:, at]
        signs = self._drawn.choice([-1.0, 1.0], size=lacking.shape)
        wished = np.where(lacking, signs, 0.0)
        low, high = self.sums
        together = self._small_sums & (high - low < self.threshold - 1)
        ways = self._drawn.choice([-1.0, 1.0], size=together.shape)
        ward = self.grid.ward[at]
        return np.where(together[:, ward], ways[:, ward], wished)

    def _push(self) -> None:
        """Move all small counts of a few wards at once, now this way and now that.

        Most are found to be free so, and need not be moved one by one.
        """
        open_to = self.grid.shown[: self.seen].sum(axis=(0, 2))
        wards = np.argsort(open_to, kind="stable").tolist()  # those that are hidden side by side
        for first in range(0, len(wards), TOGETHER):
            block = self._block(wards[first : first + TOGETHER])
            at = block.places
            limits = self.lower[:, at], self.upper[:, at]
            for _ in range(PUSHES):
                self._reached(at, block.pushed(self._wishes(at), limits))

    def _reached(self, at: NDArray[np.int64], found: Floats) -> None:
        self.least[:, at] = np.minimum(self.least[:, at], found)
        self.most[:, at] = np.maximum(self.most[:, at], found)
        inside = np.unique(self.grid.ward[at])
        sums = self._by_ward(at, found)[:, inside]
        low, high = self.sums
        low[:, inside] = np.minimum(low[:, inside], sums)
        high[:, inside] = np.maximum(high[:, inside], sums)

    def _by_ward(self, at: NDArray[np.int64], counts: Floats) -> Floats:
        """Add counts of some places up to wards, by months, ward and measure."""
        member = (self.grid.ward[at][:, None] == np.arange(self._wards)).astype(float)
        sums: Floats = np.einsum("pnm,nw->pwm", counts, member)
        return sums

    def _free(self, aim: Mask, p: int, m: int, ward: int) -> float:
        """Let counts span the threshold, or what they do where no small area is told of.

        Gives how far they span where they don't, infinity where they do.
        """
        groups = self._groups(p, m)
        room = self.grid.x[p, groups == groups[self.grid.ward == ward][0], m].sum()
        wanted = min(self.threshold - 1.0, room)
        # parts of a sum need not have reached their ends together
        alone = aim.sum() == 1
        low = self.least[aim].sum() if alone else self.sums[0][p, ward, m]
        high = self.most[aim].sum() if alone else self.sums[1][p, ward, m]
        rounds = self._rounds(p, m, ward)
        tries = (*((wards, False) for wards in rounds), (rounds[-1], True))
        for (wards, soft), way in product(tries, (1.0, -1.0)):
            if high - low >= wanted - EPSILON:
                return inf
            block = self._block(wards)
            found = self._moved(block, aim[:, block.places], way, wanted, soft=soft)
            low, high = min(low, found), max(high, found)
        return inf if high - low >= wanted - EPSILON else float(high - low)

    def _moved(self, block: Block, aim: Mask, way: float, most: float, *, soft: bool) -> float:
        at = block.places
        limits = self.lower[:, at], self.upper[:, at]
        found = (
            block.reached(aim, way, limits, most=most, soft=self._open[:, at])
            if soft
            else block.reached(aim, way, limits, most=most, beside=self._wishes(at))
        )
        if soft:
            beyond = (found < limits[0] - EPSILON) | (found > limits[1] + EPSILON)
            for p, place, m in np.argwhere(beyond).tolist():
                self._loosen(p, int(at[place]), m, float(found[p, place, m]))
        self._reached(at, found)
        return float(found[aim].sum())

    def _loosen(self, p: int, place: int, m: int, value: float) -> None:
        """Tell less of one measure and months, until a count of a place could be another."""
        while not self.lower[p, place, m] - EPSILON <= value <= self.upper[p, place, m] + EPSILON:
            told, count = self.told[p, m], self.grid.x[p, place, m]
            at = bisect_right(told.breaks, count)
            edges = (0, *told.breaks, inf)
            if told.exact and self.tops[p, place, m]:
                told = replace(told, exact=False)
            elif edges[at] - EPSILON <= value <= edges[at + 1] - 1 + EPSILON:
                told = replace(told, exact=False, named=False)
            else:
                gone = at if value > count else at - 1
                told = replace(told, breaks=told.breaks[:gone] + told.breaks[gone + 1 :])
            self.told[p, m] = told
            self._limit(p, m)

    def _limit(self, p: int, m: int) -> None:
        told, counts, tops = self.told[p, m], self.grid.x[p, :, m], self.tops[p, :, m]
        edges = np.array([0, *told.breaks, inf])
        at = np.searchsorted(edges, counts, side="right")
        lower, upper = edges[at - 1], edges[at] - 1
        if told.named and tops.any():
            least = counts[tops].min()
            lower = np.where(tops, np.maximum(lower, least), lower)
            upper = np.where(tops, upper, np.minimum(upper, least - 1))
        known = self.fixed[p, :, m] | (tops if told.exact else False)
        self.lower[p, :, m] = np.where(known, counts, lower)
        self.upper[p, :, m] = np.where(known, counts, upper)

    def _rounds(self, p: int, m: int, ward: int) -> list[list[int]]:
        """Give the wards round one, few first: most counts move freely in a block of these."""
        hidden = np.flatnonzero(~self.grid.shown[p, :, m])
        if ward not in hidden:
            return [[ward]]
        counts = [self.grid.x[p, self.grid.ward == w, m].sum() for w in hidden]
        others = [int(w) for w in hidden[np.argsort(counts, kind="stable")[::-1]] if w != ward]
        many = sorted({min(n, len(others)) for n in (*NEAR, len(others))})
        return [[ward, *others[:n]] for n in many]

    def _block(self, wards: list[int]) -> Block:
        key = tuple(sorted(wards))
        if key not in self._blocks:
            self._blocks[key] = Block(self.grid, key)
        return self._blocks[key]

    def _groups(self, p: int, m: int) -> NDArray[np.int64]:
        """Give the ward of each place where its count is shown; all others are one group."""
        shown = self.grid.shown[p, :, m]
        found: NDArray[np.int64] = np.where(shown[self.grid.ward], self.grid.ward, -1)
        return found

    def _sums(self, p: int, m: int) -> dict[str, tuple[list[str], int]]:
        counts, groups = self.grid.x[p, :, m], self._groups(p, m)
        inside = {group: np.flatnonzero(groups == group) for group in np.unique(groups)}
        return {
            str(group): ([str(i) for i in places], int(counts[places].sum()))
            for group, places in inside.items()
        }
