"""How far a count of a small area can move, for whoever reads all pages of its family.

A block is a few wards with all their measures and months. What is outside it is held still, which
can only make a count look less free than it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Block", "Floats", "Grid", "Mask"]

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Line = list[tuple[int, int, int, int]]
"""Months, place, measure and sign of each count of a sum."""
EPSILON = 1e-6
URGENT = 1e4
"""How much more a step of the wanted span counts than a step beyond what is shown."""


@dataclass(frozen=True)
class Grid:
    """Hold the counts of a family's small areas, and how they add up.

    Parameters
    ----------
    x
        Counts by months, small area and measure.
    ward
        Number of the ward of each small area.
    shown
        Whether the count of a ward is shown, by months, ward and measure.
    wholes
        Months, and the months that add up to them.
    crimes, every
        Places of the measures that add up to all crime, and of all crime; empty and None without.
    further
        Months, measure and small areas of each further sum that is shown: those of custom areas.
    """

    x: Floats
    ward: NDArray[np.int64]
    shown: Mask
    wholes: Sequence[tuple[int, Sequence[int]]] = ()
    crimes: Sequence[int] = ()
    every: int | None = None
    further: Sequence[tuple[int, int, Sequence[int]]] = ()


@dataclass
class Block:
    """Hold a few wards of a grid, and the sums within them."""

    grid: Grid
    wards: tuple[int, ...]
    places: NDArray[np.int64] = field(init=False)
    sums: Any = field(init=False)

    def __post_init__(self) -> None:
        from scipy.sparse import csr_array

        self.places = np.flatnonzero(np.isin(self.grid.ward, self.wards))
        shape = (len(self.grid.x), len(self.places), self.grid.x.shape[2])
        lines = list(self._lines(*shape))
        held = [(row, *cell) for row, line in enumerate(lines) for cell in line]
        row, months, place, measure, sign = np.array(held, dtype=np.int64).T
        column = np.ravel_multi_index((months, place, measure), shape)
        size = (len(lines), int(np.prod(shape)))
        self.sums = csr_array((sign.astype(float), (row, column)), shape=size)

    def reached(
        self,
        aim: Mask,
        way: float,
        limits: tuple[Floats, Floats],
        *,
        most: float,
        soft: Mask | None = None,
        beside: Floats | None = None,
    ) -> Floats:
        """Give that state of the block in which the sum of some counts lies furthest one way.

        Parameters
        ----------
        aim
            Whose sum, by months, place of the block and measure.
        way
            1 for up, -1 for down.
        limits
            Of the counts of the block, the lower and the upper ones.
        most
            Further than this it needn't move.
        soft
            Counts that may lie beyond their limits; as few steps are taken there as will do.
        beside
            What else counts are pushed by, as far as that costs the wanted sum nothing.
        """
        x = self.grid.x[:, self.places]
        cost = np.where(aim, -way * URGENT, 0.0 if beside is None else -beside)
        lower = limits[0]
        parts = [(cost, *limits)]
        if soft is not None:
            none, more = np.zeros_like(x), np.where(soft, np.inf, 0.0)
            parts += [(cost + 1.0, none, more), (cost - 1.0, np.where(soft, -lower, 0.0), none)]
        return self._solved(parts, x, ahead=(aim, way, most))

    def pushed(self, weights: Floats, limits: tuple[Floats, Floats]) -> Floats:
        """Give a state of the block in which counts lie where weights push them, all at once.

        Parameters
        ----------
        weights
            By months, place of the block and measure: a count is pushed up by a positive one.
        limits
            As for `reached`.
        """
        return self._solved([(-weights, *limits)], self.grid.x[:, self.places])

    def _solved(
        self,
        priced: list[tuple[Floats, Floats, Floats]],
        x: Floats,
        *,
        ahead: tuple[Mask, float, float] | None = None,
    ) -> Floats:
        """Solve for counts that are sums of a part within its limits, and of steps beyond."""
        from scipy.optimize import linprog
        from scipy.sparse import hstack

        moves = [(high > low).ravel() for _, low, high in priced]
        pairs = list(zip(priced, moves, strict=True))
        prices = np.concatenate([cost.ravel()[free] for (cost, _, _), free in pairs])
        limits = [np.column_stack([c.ravel()[free] for c in part[1:]]) for part, free in pairs]
        still = np.where(moves[0], 0.0, x.ravel())
        both: Any = hstack([self.sums[:, free] for free in moves], format="csr")
        used = np.diff(both.indptr) > 0
        further: dict[str, Any] = {}
        if ahead is not None:
            aim, way, most = ahead
            own = np.concatenate([aim.ravel()[free] for free in moves]).astype(float)
            begun = x[aim].sum() - still[aim.ravel()].sum()
            further = {"A_ub": way * own[None, :], "b_ub": [way * begun + most]}
        held: Any = np.concatenate(limits)
        found: Any = linprog(
            prices,
            A_eq=both[used],
            b_eq=(self.sums @ (x.ravel() - still))[used],
            bounds=held,
            method="highs-ds",
            options={"presolve": False},  # takes longer than it saves on problems so small
            **further,
        )
        if found.status != 0:
            raise ValueError(f"counts: no state of the small areas was found ({found.message})")
        state = still.copy()
        ends = np.cumsum([free.sum() for free in moves])[:-1]
        for free, part in zip(moves, np.split(found.x, ends), strict=True):
            state[free] += part
        return state.reshape(x.shape)

    def _lines(self, months: int, places: int, measures: int) -> Iterator[Line]:
        grid, ward = self.grid, self.grid.ward[self.places]
        for p in range(months):
            for m in range(measures):
                open_to = grid.shown[p, list(self.wards), m]
                kept = [w for w, told in zip(self.wards, open_to, strict=True) if not told]
                groups = [[w] for w in self.wards if w not in kept] + ([kept] if kept else [])
                for group in groups:
                    yield [(p, int(at), m, 1) for at in np.flatnonzero(np.isin(ward, group))]
            if grid.every is not None:
                for at in range(places):
                    yield [*((p, at, m, 1) for m in grid.crimes), (p, at, grid.every, -1)]
        for p, m, inside in grid.further:
            if held := np.flatnonzero(np.isin(self.places, inside)).tolist():
                yield [(p, at, m, 1) for at in held]
        for whole, parts in grid.wholes:
            for at in range(places):
                for m in range(measures):
                    yield [*((p, at, m, 1) for p in parts), (whole, at, m, -1)]
