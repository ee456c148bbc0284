"""Funnels: which areas lie outside what their size lets one expect."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Literal, NamedTuple, TypeAlias

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
from cspanalysis.methods.intervals import check_proportion

__all__ = ["funnel"]

Kind: TypeAlias = Literal["rate", "proportion", "ratio"]


class _Scale(NamedTuple):
    """The transformed values, their centre, their standard errors, and the way back."""

    y: Floats
    centre: float
    s: Floats
    back: Any


def funnel(
    count: Values,
    denominator: Values,
    *,
    kind: Kind = "rate",
    target: float | None = None,
    overdispersion: bool = True,
    winsorise: float = WINSORISED,
    transform: Literal["sqrt", "log"] = "sqrt",
) -> pd.DataFrame:
    """Give each area's value, its z and the funnel limits for its size.

    Values Y are compared with a centre on a scale where their standard errors s depend on size:

    ============================ ============================ ========================= ===========
    kind                         Y                            s                         centre
    ============================ ============================ ========================= ===========
    rate                         ln((O + 0.5)/(n + 0.5))      sqrt(O/(O + 0.5)^2        ln target
                                                              + n/(n + 0.5)^2)
    proportion                   arcsin sqrt(O/n)             1/(2 sqrt n)              arcsin sqrt
                                                                                        target
    ratio, transform "sqrt"      sqrt(O/E)                    1/(2 sqrt E)              sqrt target
    ratio, transform "log"       ln(O/E)                      1/sqrt E                  ln target
    ============================ ============================ ========================= ===========

    and ``z = (Y - centre)/s``. With overdispersion, after Spiegelhalter: z beyond the quantiles
    ``winsorise`` and ``1 - winsorise`` are set to these (for "log" the outer groups of rank are
    left out instead, as NHS Digital's SHMI does), and::

        phi = sum z^2 / N
        tau2 = max(0, (N phi - (N - 1)) / (sum w - sum w^2 / sum w)),  w = 1/s^2

    The limits are ``centre -+ z_conf sqrt(s^2 + tau2)``, transformed back but for "sqrt": there, as
    FunnelPlotR gives them, they are limits of the square root of the value. Square them before the
    value itself is drawn in their funnel: held against the value as they are, they would call a
    third of unchanged areas high or low.

    Without overdispersion the limits are those that Public Health England publishes: for a
    proportion ``p -+ z_conf sqrt(p(1 - p)/n)``. For a ratio or a rate they are the counts whose
    exact Poisson limits end at the expected count mu (E target, or n target), divided by E or n:
    the lower one is the count O with ``chi2(1 - a/2, 2 O + 2)/2 = mu`` (0 where mu is so small that
    none has), the upper one that with ``chi2(a/2, 2 O)/2 = mu``. They are not the exact limits of
    an observed mu.

    With overdispersion the position of a ratio or a rate is judged with the expected count mu, for
    the limits above call every area without events low. From mu = 10 that is z by the standard
    error s of mu in place of O, ``(Y - centre)/sqrt(s^2 + tau2)``; below, the exact tail: with
    x = O/f and m = mu/f, f being phi or 1 where that is larger, the mid-p
    ``P(X < x) + P(X = x)/2`` (or with ``>``) of a Poisson count X of mean m, where that is below
    0.025 or 0.001. Between whole numbers the gamma distribution stands in. Here phi and tau2 are
    those of z by the same s. So no events where fewer than three are expected are never low.

    Parameters
    ----------
    count
        Observed counts, from 0; weighted counts need not be whole.
    denominator
        Above 0: persons or households for a rate, trials for a proportion, the expected count for
        a ratio.
    kind
        ``"rate"``, ``"proportion"`` or ``"ratio"``.
    target
        The value to compare with; without one 1 for a ratio, else all counts over all
        denominators.
    overdispersion
        Whether to widen the limits by the variation between areas that size does not explain.
    winsorise
        The share at each end that does not count towards that variation, from 0 to below 0.5.
    transform
        For a ratio: ``"sqrt"`` or ``"log"``. With "log" a count of 0 is taken as half.

    Returns
    -------
    pandas.DataFrame
        One row an area, with the index of the Series given: ``value`` (count / denominator),
        ``z`` (unadjusted), ``lower_95``, ``upper_95``, ``lower_998``, ``upper_998``, ``phi`` and
        ``tau2`` (one number for all; tau2 is 0 without overdispersion), ``position``: ``"high"``
        or ``"low"`` strictly beyond 95 %, judged as said above, else ``"within"``, and ``beyond``:
        the outermost level that it is beyond (99.8 or 95), missing within.

        ``attrs["limits_of"]`` is ``"value"``, or ``"square root of value"`` for "sqrt" with
        overdispersion: what the limits are limits of.

        An area with a missing count or denominator has missing values and takes no part.

    Raises
    ------
    ValueError
        A count is negative, a denominator not above 0, a part exceeds its whole (the position is
        named), or an option is off.

    References
    ----------
    Spiegelhalter (2005), Funnel plots for comparing institutional performance, Statistics in
    Medicine 24; Spiegelhalter et al. (2012), Statistical methods for healthcare regulation,
    J. R. Statist. Soc. A 175; Public Health England, Fingertips technical guidance.

    Examples
    --------
    >>> frame = funnel([80, 120, 100], [95, 100, 108], kind="ratio", overdispersion=False)
    >>> frame[["value", "lower_95", "upper_95", "position"]].round(3)
       value  lower_95  upper_95 position
    0  0.842     0.799     1.211   within
    1  1.200     0.804     1.206   within
    2  0.926     0.811     1.197   within
    """
    lines = align(count=count, denominator=denominator)
    observed, size = lines.arrays
    _check(observed, size, kind=kind, winsorise=winsorise, transform=transform)
    observed, size = (np.where(np.isnan(observed + size), np.nan, x) for x in (observed, size))
    centre = _target(observed, size, kind=kind, target=target)
    scale = _scale(observed, size, centre, kind=kind, transform=transform)
    z = (scale.y - scale.centre) / scale.s
    truncate = kind == "ratio" and transform == "log"
    phi, tau2 = between(z, scale.s, share=winsorise, truncate=truncate)
    value = observed / size
    rooted = overdispersion and kind == "ratio" and transform == "sqrt"
    columns: dict[str, Any] = {"value": value, "z": z}
    sides: dict[str, NDArray[Any]] = {}
    for name, confidence in LEVELS.items():
        if overdispersion:
            reach = normal_quantile(confidence) * np.sqrt(scale.s**2 + tau2)
            lower, upper = scale.back(scale.centre - reach), scale.back(scale.centre + reach)
        else:
            lower, upper = _published_limits(size, centre, kind=kind, confidence=confidence)
        sides[name] = 1.0 * (value > upper) - (value < lower)
        columns |= {f"lower_{name}": lower, f"upper_{name}": upper}
    columns |= {"phi": phi, "tau2": tau2 if overdispersion else 0.0}
    if overdispersion and kind != "proportion":
        among = partial(between, share=winsorise, truncate=truncate)
        sides = _judged(observed, size, centre, scale=scale, kind=kind, among=among)
    frame = lines.frame(columns | _positions(sides, unknown=np.isnan(z)))
    frame.attrs["limits_of"] = "square root of value" if rooted else "value"
    return frame


def _check(observed: Floats, size: Floats, *, kind: str, winsorise: float, transform: str) -> None:
    if kind not in ("rate", "proportion", "ratio"):
        raise ValueError(f"kind: '{kind}'; write 'rate', 'proportion' or 'ratio'")
    if transform not in ("sqrt", "log"):
        raise ValueError(f"transform: '{transform}'; write 'sqrt' or 'log'")
    if not 0 <= winsorise < 0.5:
        raise ValueError(f"winsorise: {winsorise:g}; give a share from 0 to below 0.5")
    check_not_negative(count=observed)
    check_positive(denominator=size)
    if kind == "proportion":
        check_proportion("count", observed, "denominator", size)


def _target(observed: Floats, size: Floats, *, kind: str, target: float | None) -> float:
    if target is not None:
        if not target > 0 or (kind == "proportion" and target > 1):
            raise ValueError(f"target: {target:g}; give a {kind} above 0")
        return float(target)
    if kind == "ratio":
        return 1.0
    whole = np.nansum(size)
    return float(np.nansum(observed) / whole) if whole else np.nan


def _scale(observed: Floats, size: Floats, target: float, *, kind: str, transform: str) -> _Scale:
    if kind == "proportion":
        y, s = np.arcsin(np.sqrt(observed / size)), 1 / (2 * np.sqrt(size))
        return _Scale(y, float(np.arcsin(np.sqrt(target))), s, _from_arcsine)
    if kind == "rate":
        y = np.log((observed + 0.5) / (size + 0.5))
        return _Scale(y, float(np.log(target)), rate_error(observed, size), np.exp)
    if transform == "log":
        some = np.where(observed == 0, 0.5, observed)
        return _Scale(np.log(some / size), float(np.log(target)), 1 / np.sqrt(size), np.exp)
    s = 1 / (2 * np.sqrt(size))
    return _Scale(np.sqrt(observed / size), float(np.sqrt(target)), s, np.asarray)


def _from_arcsine(angle: Floats) -> Floats:
    """Turn an arcsine back into a proportion, from 0 to 1."""
    return np.asarray(np.sin(np.clip(angle, 0, np.pi / 2)) ** 2)


def _published_limits(
    size: Floats, target: float, *, kind: str, confidence: float
) -> tuple[Floats, Floats]:
    if kind == "proportion":
        reach = normal_quantile(confidence) * np.sqrt(target * (1 - target) / size)
        return np.maximum(0, target - reach), np.minimum(1, target + reach)
    lower, upper = _counts_at_limits(size * target, tail=(1 - confidence) / 2)
    return lower / size, upper / size


def _counts_at_limits(expected: Floats, *, tail: float) -> tuple[Floats, Floats]:
    """Give the counts whose exact Poisson limits end at the expected counts.

    The limits of a count rise with it, so that halving finds the count.
    """
    from scipy.special import gammainc, gammaincc

    reach = np.nan_to_num(expected) + 50 + 50 * np.sqrt(np.nan_to_num(expected))
    lower = crossing(lambda count: gammaincc(count + 1, expected) < tail, reach)
    upper = crossing(lambda count: gammainc(count, expected) > tail, reach)
    unknown = np.isnan(expected)
    return np.where(unknown, np.nan, lower), np.where(unknown, np.nan, upper)


def _judged(
    observed: Floats,
    size: Floats,
    target: float,
    *,
    scale: _Scale,
    kind: str,
    among: Callable[[Floats, Floats], tuple[float, float]],
) -> dict[str, NDArray[Any]]:
    """Judge counts by what is expected of them: 1 above, -1 below, 0 within, by level."""
    expected = size * target
    s = rate_error(expected, size) if kind == "rate" else scale.s
    phi, tau2 = among((scale.y - scale.centre) / s, s)
    z = (scale.y - scale.centre) / np.sqrt(s**2 + tau2)
    under, over = tails(observed, expected, phi=phi)
    few = expected < EXACT_BELOW
    sides: dict[str, NDArray[Any]] = {}
    for name, confidence in LEVELS.items():
        tail, reach = (1 - confidence) / 2, normal_quantile(confidence)
        high, low = np.where(few, over < tail, z > reach), np.where(few, under < tail, z < -reach)
        sides[name] = 1.0 * high - low
    return sides


def _positions(sides: dict[str, NDArray[Any]], *, unknown: NDArray[np.bool_]) -> dict[str, Any]:
    inner, outer = sides["95"], sides["998"]
    words = np.select([inner > 0, inner < 0], ["high", "low"], "within").astype(object)
    words[unknown] = None
    return {"position": words, "beyond": np.select([outer != 0, inner != 0], [99.8, 95.0], np.nan)}
