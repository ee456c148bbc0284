"""What funnels and their curves share: errors, the variation between areas, exact tails."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cspanalysis.methods._lines import Floats

LEVELS = {"95": 0.95, "998": 0.998}

EXACT_BELOW = 10
"""Where fewer are expected the exact tail judges, not the normal one."""

WINSORISED = 0.1
"""The share at each end that does not count towards the variation, if none is given."""

HALVINGS = 60
"""So often a range is halved to find a limit: more would not move a float."""


def rate_error(count: Floats, size: Floats) -> Floats:
    """Give the standard error of the logarithm of a rate."""
    return np.asarray(np.sqrt(count / (count + 0.5) ** 2 + size / (size + 0.5) ** 2))


def between(z: Floats, s: Floats, *, share: float, truncate: bool) -> tuple[float, float]:
    """Give phi and tau2, the variance between areas that their sizes leave unexplained."""
    known = ~np.isnan(z)
    if truncate:
        known &= _inner_ranks(z, share)
        trimmed = z[known]
    else:
        trimmed = _winsorised(z[known], share)
    n, w = len(trimmed), 1 / s[known] ** 2
    if n == 0:
        return np.nan, 0.0
    phi = float(trimmed @ trimmed) / n
    spare = float(w.sum() - (w**2).sum() / w.sum())
    return phi, max(0.0, (n * phi - (n - 1)) / spare) if spare > 0 else 0.0


def _winsorised(z: Floats, share: float) -> Floats:
    if len(z) == 0:
        return z
    low, high = np.quantile(z, [share, 1 - share])
    return np.clip(z, low, high)


def _inner_ranks(z: Floats, share: float) -> NDArray[np.bool_]:
    """Leave out the first and the last of 1/share groups of rank."""
    if share == 0:
        return np.ones(len(z), dtype=bool)
    groups = 1 / share
    rank = pd.Series(z).rank().to_numpy()
    group = np.floor(rank * groups / (np.count_nonzero(~np.isnan(z)) + 1))
    inner: NDArray[np.bool_] = (group > 0) & (group < groups - 1)
    return inner


def crossing(below: Callable[[Floats], NDArray[np.bool_]], reach: Floats) -> Floats:
    """Find where, from 0 up to a reach, an answer turns from true to false; 0 where never true."""
    low, high = np.zeros_like(reach), reach
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        true = below(middle)
        low, high = np.where(true, middle, low), np.where(true, high, middle)
    return np.where(below(np.zeros_like(reach)), (low + high) / 2, 0.0)


def tails(observed: Floats, expected: Floats, *, phi: float) -> tuple[Floats, Floats]:
    """Give the mid-p of so few and of so many, of counts that vary phi times as Poisson's do."""
    from scipy.special import gammainc, gammaincc

    factor = np.fmax(1.0, phi)
    x, mean = observed / factor, expected / factor
    some = np.where(x > 0, x, 1.0)
    fewer = np.where(x > 0, gammaincc(some, mean), 0 * mean)
    at_least = np.where(x > 0, gammainc(some, mean), 1 + 0 * mean)
    under = (fewer + gammaincc(x + 1, mean)) / 2
    over = (at_least + gammainc(x + 1, mean)) / 2
    return under, over
