"""The exact conditional comparison of two Poisson counts: given their sum, one is binomial."""

from __future__ import annotations

import numpy as np

from cspanalysis.methods._lines import Floats

RELATIVE_TIE = 1e-7
"""Outcomes this little likelier than the observed one count as equally likely."""


def two_sided_p(k: Floats, n: Floats, share: Floats) -> Floats:
    """Sum the probabilities of all outcomes of Binomial(n, share) no likelier than k.

    One tail ends at k. The other starts where the probability has fallen to that of k; as it
    falls steadily away from the mean, the place is found by halving, in log2(n) steps.
    """
    from scipy.special import betainc

    # mirrored so that k lies below the mean
    above = k > n * share
    low = np.where(above, n - k, k)
    p = np.where(above, 1 - share, share)
    far = _first_as_unlikely(low, n, p)
    # P(X <= k) = I_{1-p}(n - k, k + 1), P(X >= j) = I_p(j, n - j + 1)
    near_tail = np.where(low < n, betainc(np.maximum(n - low, 1), low + 1, 1 - p), 1.0)
    reached = far <= n
    far_tail = np.where(
        reached, betainc(np.maximum(far, 1), np.where(reached, n - far, 0) + 1, p), 0
    )
    return np.where(low == n * p, 1.0, np.minimum(1.0, near_tail + far_tail))


def _first_as_unlikely(low: Floats, n: Floats, p: Floats) -> Floats:
    bound = _log_probability(low, n, p) + np.log1p(RELATIVE_TIE)
    left, right = np.ceil(n * p), n + 1  # the answer lies in left..right
    for _ in range(int(np.log2(np.max(n, initial=1) + 2)) + 2):
        middle = np.floor((left + right) / 2)
        unlikely = _log_probability(np.minimum(middle, n), n, p) <= bound
        narrowing = left < right
        right = np.where(narrowing & unlikely, middle, right)
        left = np.where(narrowing & ~unlikely, middle + 1, left)
    return left


def _log_probability(k: Floats, n: Floats, p: Floats) -> Floats:
    from scipy.special import betaln, xlog1py, xlogy

    terms = xlogy(k, p) + xlog1py(n - k, -p) - betaln(k + 1, n - k + 1) - np.log1p(n)
    return np.asarray(terms, dtype=np.float64)


def odds_limits(k: Floats, n: Floats, *, confidence: float) -> tuple[Floats, Floats]:
    """Give the Clopper-Pearson limits of share/(1 - share), from 0 to infinity."""
    tail = (1 - confidence) / 2
    # by symmetry the upper limit for k is one over the lower limit for n - k
    with np.errstate(divide="ignore"):
        return _lower_odds(k, n, tail), 1 / _lower_odds(n - k, n, tail)


def _lower_odds(k: Floats, n: Floats, tail: float) -> Floats:
    from scipy.special import betainccinv, betaincinv

    some = np.maximum(k, 1)
    lower = betaincinv(some, n - some + 1, tail) / betainccinv(n - some + 1, some, tail)
    return np.where(k == 0, 0.0, lower)
