"""The means of the change model: Poisson fits of many lines of months at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cspanalysis.methods._lines import Floats
from cspanalysis.methods.harmonics import waves

SMALL = 1.0
"""Lines below so many counts a month get levels alone, no season."""

LOWEST = -12.0
"""Log of the least mean: a level without any count has no maximum likelihood."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Months:
    """Hold the months of the lines, and which of them are compared."""

    position: Floats
    days: Floats
    in_period: Flags
    in_baseline: Flags

    @classmethod
    def of(cls, index: pd.PeriodIndex, period: pd.PeriodIndex, baseline: pd.PeriodIndex) -> Months:
        """Count the months back from the last one, and mark the compared ones."""
        number = (12 * np.asarray(index.year) + np.asarray(index.month)).astype(float)
        return cls(
            number,
            np.asarray(index.days_in_month, dtype=float),
            np.asarray(index.isin(period)),
            np.asarray(index.isin(baseline)),
        )

    def columns(self, known: Flags, *, small: bool) -> Floats:
        """Give the columns of the model for the months known: levels first, then the season."""
        rest = ~self.in_period & ~self.in_baseline
        block = (self.position.max() - self.position) // 12
        levels = [rest] if small else [rest & (block == k) for k in np.unique(block)]
        held = [level for level in levels if (level & known).any()]
        columns = np.column_stack([self.in_period, self.in_baseline, *held]).astype(float)
        if not small:
            columns = np.column_stack([columns, waves(self.position)])
        return columns[known]

    def contrast(self, known: Flags, *, of_period: bool = False) -> Floats:
        """Give the weights of the months in period less baseline, or in the period alone."""
        after, before = self.in_period[known], self.in_baseline[known]
        weights = after / max(after.sum(), 1)
        return np.asarray(weights if of_period else weights - before / max(before.sum(), 1))

    def apart(self, known: Flags, *, reach: int) -> list[Floats]:
        """Mark the pairs of known months that are 0, 1 ... months apart, one matrix a distance."""
        position = self.position[known]
        gaps = np.abs(position[:, None] - position[None, :])
        return [(gaps == h).astype(float) for h in range(reach + 1)]


def fit_lines(columns: Floats, counts: Floats, days: Floats) -> tuple[Floats, Floats, Floats]:
    """Fit Poisson means with log link and days as exposure, one model a line, all at once.

    ``columns`` is months by columns, or lines by months by columns; ``counts`` lines by months.
    Gives means, coefficients and the inverse of X'WX by line.
    """
    stacked = np.broadcast_to(columns, (len(counts), *columns.shape[-2:]))
    linear = np.log(counts + 0.5)
    offset = np.log(days)
    tiny = 1e-9 * np.eye(columns.shape[-1])
    for _ in range(40):
        means = np.exp(linear)
        working = linear - offset + (counts - means) / means
        weighted = (stacked * means[..., None]).swapaxes(1, 2)
        information = weighted @ stacked + tiny
        beta = np.linalg.solve(information, weighted @ working[..., None])
        fitted = np.clip((stacked @ beta)[..., 0] + offset, LOWEST, 30)
        moved = np.abs(fitted - linear).max(initial=0)
        linear = fitted
        if moved < 1e-8:
            break
    inverse = np.linalg.inv(information)
    return np.exp(linear), np.asarray(beta[..., 0]), np.asarray(inverse, dtype=np.float64)


@dataclass(frozen=True, eq=False)
class SplitMonths(Months):
    """Hold the months of lines that are split in two: a level before, one after, and the season.

    The months after the split are the period, those before it the baseline; ``found`` marks the
    months from each step on that is known already.
    """

    found: tuple[Flags, ...] = ()

    @classmethod
    def at(cls, months: Months, split: int, found: Iterable[int]) -> SplitMonths:
        """Split months before a position, with steps found at others."""
        place = np.arange(len(months.position))
        marked = tuple(place >= step for step in found)
        return cls(months.position, months.days, place >= split, place < split, marked)

    def columns(self, known: Flags, *, small: bool) -> Floats:
        """Give the columns of the model: level after, level before, found steps, season."""
        levels = [self.in_period, self.in_baseline, *self.found]
        columns = np.column_stack(levels).astype(float)
        if not small:
            columns = np.column_stack([columns, waves(self.position)])
        return columns[known]

    def contrast(self, known: Flags, *, of_period: bool = False) -> Floats:
        """Give the weights that months have in the step: its row of the pseudo-inverse."""
        return self.step_weights(known, small=of_period)

    def step_weights(self, known: Flags, *, small: bool) -> Floats:
        """Give the row of the pseudo-inverse that is the level after less that before."""
        rows = np.linalg.pinv(self.columns(known, small=small))
        return np.asarray(rows[0] - rows[1])
