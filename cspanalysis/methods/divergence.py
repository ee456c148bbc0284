"""Tell whether two areas changed alike."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cspanalysis.methods._lines import Values, align, check_counts, normal_quantile

__all__ = ["compare_changes"]

_NAMES = ("before", "after", "other_before", "other_after")


def compare_changes(
    before: Values,
    after: Values,
    other_before: Values,
    other_after: Values,
    *,
    dispersion: float = 1.0,
    other_dispersion: float = 1.0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Compare the change of one area with the change of another over the same two periods.

    The ratio of the two ratios of change, ``(after / before) / (other_after / other_before)``,
    is tested on the log scale: ``z = ln(ratio) / sqrt(V (1/a + 1/b) + W (1/c + 1/d))``. Where one
    of the four counts is zero, a half is added to all four (Haldane and Anscombe). Periods of
    unequal length need no exposures: they cancel.

    Parameters
    ----------
    before, after
        Counts of the area in the two periods, none negative.
    other_before, other_after
        Counts of the other area, which must not contain the first.
    dispersion
        Noise V of the area's counts (see `count_noise`), at least 1.
    other_dispersion
        Noise W of the other area's, at least 1.
    confidence
        Confidence of the interval.

    Returns
    -------
    pandas.DataFrame
        One row a comparison: `ratio`, `lower`, `upper`, `p_value` (two-sided). Missing counts
        give missing rows.

    Raises
    ------
    ValueError
        A count is negative or fractional (the position is named), or a dispersion below 1.

    References
    ----------
    Altman and Bland (2003), Interaction revisited: the difference between two estimates,
    BMJ 326:219.

    Examples
    --------
    >>> compare_changes(100, 150, 1000, 1000).round(3)
       ratio  lower  upper  p_value
    0    1.5  1.148   1.961    0.003
    """
    from scipy.special import ndtr

    for name, given in (("dispersion", dispersion), ("other_dispersion", other_dispersion)):
        if given < 1:
            raise ValueError(f"{name}: {given:g}; give 1 or more")
    lines = align(before=before, after=after, other_before=other_before, other_after=other_after)
    check_counts(**dict(zip(_NAMES, lines.arrays, strict=True)))
    counts = np.stack(lines.arrays)
    counts = counts + 0.5 * (counts == 0).any(axis=0)
    logs = np.log(counts)
    gap = logs[1] - logs[0] - logs[3] + logs[2]
    own, others = (1 / counts[:2]).sum(axis=0), (1 / counts[2:]).sum(axis=0)
    error = np.sqrt(dispersion * own + other_dispersion * others)
    reach = normal_quantile(confidence) * error
    return lines.frame(
        {
            "ratio": np.exp(gap),
            "lower": np.exp(gap - reach),
            "upper": np.exp(gap + reach),
            "p_value": 2 * ndtr(-np.abs(gap / error)),
        }
    )
