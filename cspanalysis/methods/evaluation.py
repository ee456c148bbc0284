"""Ask whether what was done made a difference: against a control area, or against the past."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from cspanalysis.methods._inputs import amounts, calendar_month, days, monthly
from cspanalysis.methods._lines import Floats, check_confidence, normal_quantile

__all__ = [
    "interrupted_series",
    "weighted_displacement_difference",
    "weighted_harm_difference",
]

Pair = Sequence[float]
ROUNDS = 50
"""Of the fit of a series; fewer than ten are usual."""
SMALLEST = 1e-10
"""Mean of a month that the fit may come down to."""


def weighted_displacement_difference(
    treated: Pair,
    control: Pair,
    *,
    displacement_treated: Pair = (0, 0),
    displacement_control: Pair = (0, 0),
    time_weights: Pair = (1, 1),
    area_weights: Sequence[float] = (1, 1, 1, 1),
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Test whether counts fell more where something was done than where nothing was.

    ``local = (T2 - T1) - (C2 - C1)``, the same for the belts of displacement around both areas,
    ``total = local + displacement``; the variance is the sum of the counts. With weights, each
    count x becomes ``x / (t a)`` and adds ``x / (t a)^2`` to the variance.

    Parameters
    ----------
    treated, control
        Counts before and after, in the area where something was done and in a similar one.
    displacement_treated, displacement_control
        The same for the places around them, where crime may have moved to.
    time_weights
        Length of the time before and after, where these differ.
    area_weights
        Sizes of treated, control, displacement treated and displacement control, where the answer
        should be by unit of size.
    confidence
        Of the interval of the total.

    Returns
    -------
    pandas.DataFrame
        One row: ``local``, ``local_error``, ``displacement``, ``displacement_error``, ``total``,
        ``error`` (standard errors), ``z``, ``p_value``, ``lower``, ``upper``. Below zero: fewer
        crimes than the control leads to expect. Where all counts are 0, z and p are missing.

    Raises
    ------
    ValueError
        If a count is negative, not whole or missing, a pair is none, or a weight is not above 0.

    References
    ----------
    Wheeler, A. P. and Ratcliffe, J. H. (2018). A simple weighted displacement difference test to
    evaluate place based crime interventions. Crime Science 7, 11. It rests on Poisson counts: not
    for a handful of crimes, nor where counts vary more than Poisson's do.

    Examples
    --------
    >>> found = weighted_displacement_difference([20, 10], [20, 20], confidence=0.9)
    >>> found[["total", "lower", "upper"]].round(1)
       total  lower  upper
    0  -10.0  -23.8    3.8
    """
    quantile = normal_quantile(confidence)
    counts = [treated, control, displacement_treated, displacement_control]
    table = np.array([_pair(pair) for pair in counts])
    size = np.outer(
        _weights(area_weights, 4, "area_weights"), _weights(time_weights, 2, "time_weights")
    )
    change = np.diff(table / size, axis=1).ravel()
    variance = (table / size**2).sum(axis=1)
    local, displaced = change[0] - change[1], change[2] - change[3]
    local_error, displaced_error = np.sqrt([variance[:2].sum(), variance[2:].sum()])
    parts = {"local": local, "local_error": local_error}
    parts |= {"displacement": displaced, "displacement_error": displaced_error}
    error = float(np.sqrt(variance.sum()))
    return pd.DataFrame(parts | _tested(local + displaced, error, quantile), index=[0])


def weighted_harm_difference(
    estimates: Any, errors: Any, weights: Any, *, confidence: float = 0.95
) -> pd.DataFrame:
    """Add up differences of several offences, each weighed by its harm.

    ``total = sum(w d)`` with the error ``sqrt(sum(w^2 e^2))``, the offences being taken as
    independent.

    Parameters
    ----------
    estimates, errors
        ``local`` and ``local_error`` (or ``total`` and ``error``) of
        `weighted_displacement_difference`, one an offence.
    weights
        Harm weights, from 0.
    confidence
        Of the interval.

    Returns
    -------
    pandas.DataFrame
        One row: ``total``, ``error``, ``z``, ``p_value``, ``lower``, ``upper``, in units of the
        weights.

    Raises
    ------
    ValueError
        If lengths differ, or an error or weight is missing or negative.

    References
    ----------
    Wheeler and Ratcliffe (2018), see `weighted_displacement_difference`.

    Examples
    --------
    >>> weighted_harm_difference([-10, 2], [3, 4], [5, 1])["total"].tolist()
    [-48.0]
    """
    quantile = normal_quantile(confidence)
    estimate = np.asarray(estimates, dtype=float)
    error, weight = amounts(errors, "errors"), amounts(weights, "weights")
    if not estimate.shape == error.shape == weight.shape:
        raise ValueError("estimates, errors, weights: lengths differ; give one an offence")
    if not np.isfinite(estimate).all():
        raise ValueError("estimates: one is missing or infinite; leave that offence out")
    spread = float(np.sqrt(np.sum(weight**2 * error**2)))
    return pd.DataFrame(_tested(float(weight @ estimate), spread, quantile), index=[0])


def interrupted_series(
    series: pd.Series, *, start: Any, season: bool = True, confidence: float = 0.95
) -> pd.DataFrame:
    """Test whether level or slope of a series changed when something was done.

    A quasi-Poisson model of the counts with the days of the month as exposure:
    ``ln(mean / days) = a + b t + c after + d (t - start) after + month``, t in months. Its
    dispersion is Pearson's chi-square over the degrees of freedom; limits and p values are by
    Student's t.

    Parameters
    ----------
    series
        Counts by month; missing months are left out.
    start
        First month that may show the change: a month, date, or word such as ``2022-04``.
    season
        Allow for the calendar month (eleven terms); needs two values in each. Off for series that
        have no season, or are too short to show it.
    confidence
        Of the intervals.

    Returns
    -------
    pandas.DataFrame
        Rows ``trend`` (ratio a month before ``start``), ``step`` (ratio of levels at ``start``)
        and ``slope`` (what the trend is multiplied by after it); columns ``ratio``, ``lower``,
        ``upper``, ``p_value``, and for the whole model ``dispersion``, ``months`` and
        ``autocorrelation`` (of Pearson residuals a month apart; well above 0.3, the intervals are
        too narrow).

    A series that follows the model to the last count has limits at its ratios; the p value of a
    ratio of exactly 1 is then missing.

    Raises
    ------
    ValueError
        If fewer than three observed months lie before or after ``start``, the months are too few
        for the season, nothing was counted on one side of ``start``, or the series is no series of
        whole counts by month.

    References
    ----------
    Bernal, J. L., Cummins, S. and Gasparrini, A. (2017). Interrupted time series regression for
    the evaluation of public health interventions: a tutorial. International Journal of
    Epidemiology 46, 348-355.

    Examples
    --------
    >>> months = pd.period_range("2021-01", periods=36, freq="M")
    >>> counts = pd.Series(10 * months.days_in_month, index=months)
    >>> counts[months >= "2022-07"] //= 2
    >>> found = interrupted_series(counts, start="2022-07")
    >>> found["ratio"].round(2).tolist()
    [1.0, 0.5, 1.0]
    """
    from scipy import stats

    check_confidence(confidence)
    values = monthly(series)
    amounts(values, "series", whole=True, missing=True)
    month = calendar_month(values)
    time = np.arange(len(values)) - _position(values, start)
    seen = values.notna().to_numpy()
    _enough(values, time, seen, month if season else None)
    design = _design(time, month if season else None)[seen]
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise ValueError("series: too few months to tell trend, step and season apart; give more")
    counts, exposure = values.to_numpy()[seen], days(values)[seen]
    parameters, covariance, mean = _fit(counts, exposure, design)
    left = np.full(len(values), np.nan)
    left[seen] = (counts - mean) / np.sqrt(mean)
    freedom = len(counts) - design.shape[1]
    dispersion = float(np.nansum(left**2)) / freedom
    estimate, error = parameters[1:4], np.sqrt(dispersion * np.diag(covariance)[1:4])
    half = stats.t.ppf((1 + confidence) / 2, freedom) * error
    with np.errstate(divide="ignore", invalid="ignore"):
        p_value = 2 * stats.t.sf(np.abs(estimate / error), freedom)
    limits = {"lower": np.exp(estimate - half), "upper": np.exp(estimate + half)}
    columns = {"ratio": np.exp(estimate)} | limits | {"p_value": p_value}
    found = pd.DataFrame(columns, index=["trend", "step", "slope"])
    whole = {"dispersion": dispersion, "months": len(counts), "autocorrelation": _lag_one(left)}
    return found.assign(**whole)


def _tested(total: float, error: float, quantile: float) -> dict[str, float]:
    from scipy.special import ndtr

    z = total / error if error > 0 else np.nan
    found = {"total": total, "error": error, "z": z, "p_value": float(2 * ndtr(-abs(z)))}
    return found | {"lower": total - quantile * error, "upper": total + quantile * error}


def _pair(values: Pair) -> Floats:
    found = amounts(values, "counts", whole=True)
    if found.shape != (2,):
        raise ValueError(f"counts: {values!r}; give the count before and the count after")
    return found


def _weights(values: Sequence[float], length: int, name: str) -> Floats:
    found = amounts(values, name)
    if found.shape != (length,) or (found == 0).any():
        raise ValueError(f"{name}: {values!r}; give {length} weights above 0")
    return found


def _position(values: pd.Series, start: Any) -> int:
    first = start if isinstance(start, pd.Period) else pd.Period(start, freq="M")
    return int((first - values.index[0]).n)


def _enough(values: pd.Series, time: Any, seen: Any, month: Any) -> None:
    for side, name in ((time < 0, "before"), (time >= 0, "after")):
        observed = int((side & seen).sum())
        if observed < 3:
            raise ValueError(f"series: {observed} months observed {name} the start; give 3 or more")
        if values.to_numpy()[side & seen].sum() == 0:
            raise ValueError(f"series: nothing was counted {name} the start; compare counts")
    if month is not None and np.bincount(month[seen], minlength=13)[1:].min() < 2:
        raise ValueError("series: a season needs each month twice; give more or season=False")


def _design(time: Any, month: Any) -> Floats:
    after = (time >= 0).astype(float)
    columns = [np.ones(len(time)), time, after, time * after]
    if month is not None:
        columns += [(month == number).astype(float) for number in range(2, 13)]
    return np.column_stack(columns).astype(float)


def _fit(counts: Floats, exposure: Floats, design: Floats) -> tuple[Floats, Floats, Floats]:
    """Fit a Poisson model with log link: parameters, their covariance at dispersion 1, means."""
    mean, parameters = counts + 0.5, np.zeros(design.shape[1])
    for _ in range(ROUNDS):
        working = np.log(mean / exposure) + (counts - mean) / mean
        root = np.sqrt(mean)[:, None]
        parameters[:] = np.linalg.lstsq(root * design, root[:, 0] * working)[0]
        # a month without any count drives its term towards minus infinity: stop it short
        last, mean = mean, np.maximum(exposure * np.exp(design @ parameters), SMALLEST)
        if np.max(np.abs(mean - last) / last) < 1e-12:
            break
    covariance = np.linalg.pinv(design.T @ (design * mean[:, None]))
    return parameters, np.asarray(covariance, dtype=float), mean


def _lag_one(left: Floats) -> float:
    """Correlate residuals of successive months, both of which were observed."""
    pairs = np.column_stack([left[:-1], left[1:]])
    pairs = pairs[~np.isnan(pairs).any(axis=1)]
    spread = np.nansum(left**2)
    return float(pairs.prod(axis=1).sum() / spread) if spread > 0 else np.nan
