"""Lines of months fitted together, and the noise that is pooled over them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cspanalysis.methods._change_fit import SMALL, Flags, Months, fit_lines
from cspanalysis.methods._change_noise import (
    ALONE,
    LENT,
    REACH,
    Prior,
    Together,
    effective_freedom,
    find_prior,
    go_together,
    lagged,
)
from cspanalysis.methods._lines import Floats

LEAST_MONTHS = 24
"""Two full years: fewer can't tell noise from season."""


@dataclass(frozen=True, eq=False)
class Fitted:
    """Lines fitted, by position in the frame; lines that can't be fitted have missing values."""

    mean: Floats
    left: Floats
    phi: Floats
    inverse_means: Floats
    products: Floats
    log_ratio: Floats
    contrast_variance: Floats


def fit_counts(counts: Floats, months: Months) -> Fitted:
    """Fit all lines, those with the same known months and columns together."""
    lines = len(counts)
    found = {name: np.full(lines, np.nan) for name in Fitted.__annotations__}
    found["products"] = np.full((REACH + 1, lines), np.nan)
    known = ~np.isnan(counts)
    mean = np.array([row[k].mean() if k.any() else np.nan for row, k in zip(counts, known)])  # noqa: B905
    usable = (
        (known.sum(axis=1) >= LEAST_MONTHS)
        & (known & months.in_period).any(axis=1)
        & (known & months.in_baseline).any(axis=1)
    )
    found["mean"] = np.where(usable, mean, np.nan)
    patterns = np.column_stack([known, mean < SMALL])
    for pattern in np.unique(patterns[usable], axis=0):
        these = usable & (patterns == pattern).all(axis=1)
        _fit_alike(counts, months, these, pattern[:-1], small=bool(pattern[-1]), found=found)
    return Fitted(**found)


def _fit_alike(
    counts: Floats,
    months: Months,
    these: Flags,
    known: Flags,
    *,
    small: bool,
    found: dict[str, Floats],
) -> None:
    columns = months.columns(known, small=small)
    held = counts[np.ix_(these, known)]
    left = len(columns) - columns.shape[1]
    means, beta, inverse = fit_lines(columns, held, months.days[known])
    residual = (held - means) / np.sqrt(means)
    products = lagged(residual, months.position[known])
    found["products"][:, these] = products
    found["left"][these] = left
    found["phi"][these] = products[0] / left
    found["inverse_means"][these] = (1 / np.maximum(means, 0.1)).sum(axis=1)
    found["log_ratio"][these] = beta[:, 0] - beta[:, 1]
    found["contrast_variance"][these] = inverse[:, 0, 0] + inverse[:, 1, 1] - 2 * inverse[:, 0, 1]


def freedom_of(fitted: Fitted, phi: Floats | float) -> Floats:
    return effective_freedom(fitted.left, fitted.inverse_means, np.asarray(phi))


def find(fitted: Fitted) -> tuple[Floats, Prior]:
    """Find the prior in two passes; lines without any count tell nothing of dispersion."""
    usable = fitted.mean > 0
    freedom = freedom_of(fitted, 1.0)
    prior = LENT
    for last in (False, True):
        prior = find_prior(fitted.phi[usable], fitted.mean[usable], freedom[usable])
        if not last:
            freedom = freedom_of(fitted, prior.at(fitted.mean))
    return freedom, prior


def common_months(counts: Floats, fitted: Fitted, months: Months) -> Flags:
    """Mark the months known to all lines that tell how months go together."""
    known: Flags = np.asarray(~np.isnan(counts[fitted.mean >= SMALL]).any(axis=0))
    compared = (known & months.in_period).any() and (known & months.in_baseline).any()
    return known if compared else np.ones_like(known)


def together_of(fitted: Fitted, months: Months, common: Flags, squeezed: Floats) -> Together:
    pooled = fitted.mean >= SMALL
    columns = months.columns(common, small=False)
    if not pooled.any() or len(columns) < columns.shape[1] + 2 * REACH:
        return ALONE
    apart = months.apart(common, reach=REACH)
    return go_together(fitted.products[:, pooled], squeezed[pooled], columns, apart)


def widening_of(together: Together, months: Months, common: Flags) -> dict[str, float]:
    """Give D/lambda of the comparison and of the period alone."""
    apart = months.apart(common, reach=REACH)
    return {
        name: together.widening(months.contrast(common, of_period=alone), apart) / together.lost
        for name, alone in (("noise", False), ("period_noise", True))
    }
