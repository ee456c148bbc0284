"""The noise of the change model: dispersions squeezed towards a prior, months that go together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from cspanalysis.methods._lines import Floats

REACH = 3
"""Months up to so far apart may go together."""

FEWEST_LINES = 6
"""Fewer lines can't tell how dispersions differ: their prior is borrowed."""

BORROWED = -0.271, 0.257
"""Log of the borrowed dispersion: level, and slope on the log of the monthly mean."""

BORROWED_FREEDOM = 19.0


class Prior(NamedTuple):
    """Hold what dispersions are like at a size: ``exp(level + slope ln mean)``, and how alike."""

    level: float
    slope: float
    freedom: float

    def at(self, mean: Floats) -> Floats:
        """Give the dispersion to be expected at a monthly mean."""
        return np.asarray(np.exp(self.level + self.slope * np.log(np.maximum(mean, 1))))


LENT = Prior(*BORROWED, BORROWED_FREEDOM)


class Together(NamedTuple):
    """Hold how months go together: ``c`` by distance, and what that rests on."""

    c: Floats
    expected: Floats
    sigma: float
    excess: float
    floor: float

    @property
    def lost(self) -> float:
        """Share of the excess that the fitted columns leave in the residuals, at least 0.4."""
        return max(0.4, float(self.c @ self.expected) / float(self.expected[0]))

    def widening(self, contrast: Floats, apart: Sequence[Floats]) -> float:
        """Give how much months that go together widen a contrast, cautiously, at least 1."""
        if not contrast.any():
            return 1.0
        g = np.array([contrast @ pairs @ contrast for pairs in apart]) / (contrast @ contrast)
        error = np.sqrt(self.sigma * (g[1:] ** 2).sum()) / (self.excess + self.floor)
        return max(1.0, float(np.clip(self.c @ g, 1, 8)) + 0.5 * float(error))


ALONE = Together(np.array([1.0, 0, 0, 0]), np.array([1.0, 0, 0, 0]), 0.0, 0.0, 1.0)


def effective_freedom(left: Floats, inverse_means: Floats, phi: Floats) -> Floats:
    """Give the degrees of freedom of a dispersion whose residuals are skewed and few.

    Few counts that vary less than chance has them would have none or fewer: never beyond twice.
    """
    kappa = (6 * (phi - 1) + 1 / phi) * inverse_means
    return np.asarray(2 * left**2 / np.maximum(2 * left + kappa, left))


def find_prior(phi: Floats, mean: Floats, freedom: Floats) -> Prior:
    """Find the prior of dispersions with a trend in the mean (Smyth 2004; limma, edgeR)."""
    from scipy.special import digamma, polygamma

    if len(phi) < FEWEST_LINES:
        return LENT
    half = freedom / 2
    e = np.log(np.maximum(phi, 0.15)) - digamma(half) + np.log(half)
    x, own = np.log(np.maximum(mean, 1)), polygamma(1, half)
    between = 0.15
    for _ in range(2):
        weight = 1 / (own + between)
        level, slope = _line(x, e, weight)
        off = np.clip(e - level - slope * x, -2.5, 2.5) ** 2
        spread = (weight @ off) / weight.sum() * len(e) / (len(e) - 2)
        between = max(0.001, float(spread - weight @ own / weight.sum()))
    alike = min(200.0, 2 * _inverse_trigamma(between))
    shift = float(digamma(alike / 2) - np.log(alike / 2))
    return Prior(level + shift, slope, min(alike, 20.0))


def squeeze(phi: Floats, mean: Floats, freedom: Floats, prior: Prior) -> Floats:
    """Draw each line's dispersion towards the prior, by how sure either is; at least 1."""
    own, lent = freedom, prior.freedom
    return np.asarray(np.maximum(1, (lent * prior.at(mean) + own * phi) / (lent + own)))


def go_together(
    products: Floats, squeezed: Floats, columns: Floats, apart: Sequence[Floats]
) -> Together:
    """Find how months go together, pooled over lines, from S_h = sum of e_t e_(t+h) by line."""
    left = np.eye(len(columns))
    basis = np.linalg.qr(columns)[0]
    left -= basis @ basis.T
    halves = [apart[0], *(pairs / 2 for pairs in apart[1:])]
    passed = [left @ half @ left for half in halves]
    expected = np.array([[(one * pairs).sum() for pairs in apart] for one in passed])
    months = float(len(columns) - columns.shape[1])
    weight = 1 / squeezed**2
    x = np.linalg.solve(expected, products @ weight - expected[:, 0] * weight.sum())
    sigma = float((weight**2 * squeezed**2).sum()) / months
    floor = 2 * np.sqrt(2 * sigma)
    c = np.clip(x / (max(float(x[0]), 0.0) + floor), -0.5, 0.9)
    c[0] = 1.0
    excess = max(float(weight @ (products[0] - months)), 0.0) / months
    return Together(c, expected[0], sigma, excess, float(floor))


def lagged(residual: Floats, position: Floats) -> Floats:
    """Give S_h by line: sums of products of residuals h = 0 to 3 months apart."""
    gaps = position[None, :] - position[:, None]
    pairs = [(gaps == h).astype(float) for h in range(REACH + 1)]
    return np.stack([((residual @ one) * residual).sum(axis=1) for one in pairs])


def _line(x: Floats, y: Floats, weight: Floats) -> tuple[float, float]:
    """Fit a weighted line with a slope from 0 to 1: level and slope."""
    total = weight.sum()
    x_mean, y_mean = float(weight @ x / total), float(weight @ y / total)
    across = float(weight @ (x - x_mean) ** 2)
    slope = float(weight @ ((x - x_mean) * (y - y_mean))) / across if across > 1e-12 else 0.0
    slope = min(1.0, max(0.0, slope))
    return y_mean - slope * x_mean, slope


def _inverse_trigamma(value: float) -> float:
    """Invert the trigamma function by Newton's method on its reciprocal (Smyth 2004)."""
    from scipy.special import polygamma

    x = 0.5 + 1 / value
    for _ in range(50):
        found = float(polygamma(1, x))
        step = found * (1 - found / value) / float(polygamma(2, x))
        x += step
        if abs(step) < 1e-10 * x:
            break
    return x
