"""Tell whether two areas changed alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike

__all__ = ["compare_changes"]


def compare_changes(
    before: ArrayLike,
    after: ArrayLike,
    other_before: ArrayLike,
    other_after: ArrayLike,
    *,
    dispersion: float = 1.0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Compare the change of one area with the change of another over the same two periods.

    The ratio of the two ratios of change, ``(after / before) / (other_after / other_before)``,
    is tested on the log scale: ``z = ln(ratio) / sqrt(phi (1/a + 1/b + 1/c + 1/d))``. Where one
    of the four counts is zero, a half is added to all four (Haldane and Anscombe). Periods of
    unequal length need no exposures: they cancel.

    Parameters
    ----------
    before, after
        Counts of the area in the two periods, none negative.
    other_before, other_after
        Counts of the other area, which must not contain the first.
    dispersion
        Phi of the area's own history, at least 1.
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
        If a count is negative or the dispersion is below 1.

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
    import pandas as pd
    from scipy.stats import norm

    if dispersion < 1:
        raise ValueError(f"dispersion {dispersion}: write 1 or more")
    four = np.broadcast_arrays(
        *(
            np.atleast_1d(np.asarray(c, dtype=float))
            for c in (before, after, other_before, other_after)
        )
    )
    counts = np.stack(four)
    if (counts < 0).any():
        raise ValueError("a count is negative; counts are 0 or more")
    counts = counts + 0.5 * (counts == 0).any(axis=0)
    log_ratio = np.log(counts[1]) - np.log(counts[0]) - np.log(counts[3]) + np.log(counts[2])
    error = np.sqrt(dispersion * (1 / counts).sum(axis=0))
    z = norm.ppf((1 + confidence) / 2)
    return pd.DataFrame(
        {
            "ratio": np.exp(log_ratio),
            "lower": np.exp(log_ratio - z * error),
            "upper": np.exp(log_ratio + z * error),
            "p_value": 2 * norm.sf(np.abs(log_ratio / error)),
        }
    )
