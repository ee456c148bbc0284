"""The curves of a funnel: the limits that it judges by, for areas of any size."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cspanalysis.methods._funnel_parts import (
    EXACT_BELOW,
    LEVELS,
    WINSORISED,
    between,
    crossing,
    rate_error,
    tails,
)
from cspanalysis.methods._lines import (
    Floats,
    Values,
    align,
    check_not_negative,
    check_positive,
    normal_quantile,
)

__all__ = ["funnel_limits"]


def funnel_limits(count: Values, denominator: Values, *, sizes: Values) -> pd.DataFrame:
    """Give the limits of rates that `funnel` judges by, for areas of any size: to draw its curves.

    The centre, phi and tau2 are those of the areas given, with overdispersion. For a size n with
    mu = n target expected events the limits are ``exp(centre -+ z_conf sqrt(s^2 + tau2))``, s that
    of mu; below mu = 10 the rates beyond which the exact tail is that small.

    Parameters
    ----------
    count, denominator
        As for `funnel`, of a rate.
    sizes
        Denominators, above 0, for which limits are wanted.

    Returns
    -------
    pandas.DataFrame
        One row a size, with the index of the Series given: ``size``, ``centre`` (the rate of all
        areas together), ``lower_95``, ``upper_95``, ``lower_998``, ``upper_998``.

    Raises
    ------
    ValueError
        A count is negative, or a denominator or a size not above 0.

    References
    ----------
    Spiegelhalter (2005), Funnel plots for comparing institutional performance, Statistics in
    Medicine 24.

    Examples
    --------
    >>> curves = funnel_limits([20, 30, 25], [1000, 1500, 1250], sizes=[500, 2000])
    >>> (1000 * curves[["centre", "lower_95", "upper_95"]]).round(1)
       centre  lower_95  upper_95
    0    20.0      10.0      35.4
    1    20.0      14.4      27.0
    """
    observed, size = align(count=count, denominator=denominator).arrays
    lines = align(sizes=sizes)
    (wanted,) = lines.arrays
    check_not_negative(count=observed)
    check_positive(denominator=size, sizes=wanted)
    known = ~np.isnan(observed + size)
    observed, size = observed[known], size[known]
    target = float(observed.sum() / size.sum())
    centre = float(np.log(target))
    y, s = np.log((observed + 0.5) / (size + 0.5)), rate_error(size * target, size)
    phi, tau2 = between((y - centre) / s, s, share=WINSORISED, truncate=False)
    expected = wanted * target
    spread = np.sqrt(rate_error(expected, wanted) ** 2 + tau2)
    few, most = expected < EXACT_BELOW, np.nan_to_num(expected) * 20 + 200
    columns: dict[str, Any] = {"size": wanted, "centre": np.full_like(wanted, target)}
    for name, confidence in LEVELS.items():
        tail, reach = (1 - confidence) / 2, normal_quantile(confidence) * spread
        under = crossing(partial(_rarer_below, expected=expected, phi=phi, tail=tail), most)
        over = crossing(partial(_commoner_above, expected=expected, phi=phi, tail=tail), most)
        for side, exact, logarithm in (
            ("lower", under, centre - reach),
            ("upper", over, centre + reach),
        ):
            counts = np.where(few, exact, np.exp(logarithm) * (wanted + 0.5) - 0.5)
            columns[f"{side}_{name}"] = np.maximum(0, counts) / wanted
    return lines.frame(columns)


def _rarer_below(counts: Floats, *, expected: Floats, phi: float, tail: float) -> NDArray[np.bool_]:
    """Tell of which counts so few would be rarer than a tail."""
    rarer: NDArray[np.bool_] = tails(counts, expected, phi=phi)[0] < tail
    return rarer


def _commoner_above(
    counts: Floats, *, expected: Floats, phi: float, tail: float
) -> NDArray[np.bool_]:
    """Tell of which counts so many would be as common as a tail, or commoner."""
    commoner: NDArray[np.bool_] = tails(counts, expected, phi=phi)[1] >= tail
    return commoner
