"""Weigh counts by the harm of what was done."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from cspanalysis.methods._inputs import amounts
from cspanalysis.methods._lines import normal_quantile

__all__ = ["harm", "harm_ratio", "harm_total"]

NEEDED = ("measure", "weight", "table", "version")


def harm(counts: pd.Series, weights: pd.DataFrame) -> pd.DataFrame:
    """Weigh the count of each measure by its harm.

    ``harm = count x weight``, ``share = harm / sum(harm)``. A total of harm is led by few grave
    offences: show it beside the counts, never instead of them.

    Parameters
    ----------
    counts
        Whole counts, the measure as index. A missing count leaves its harm and all shares missing.
    weights
        The table of weights: ``measure``, ``weight`` (from 0), ``table`` (its name) and
        ``version``, one table and version throughout. Where it has a column ``example`` that is
        true, the weights are an illustration and no published index; the result says so.

    Returns
    -------
    pandas.DataFrame
        One row a measure, most harm first: ``count``, ``weight``, ``harm``, ``share``,
        ``count_share``, ``table``, ``version``, ``example``. Shares are missing where nothing was
        counted.

    Raises
    ------
    ValueError
        If a counted measure has no weight (a silent 0 would hide it), the table has two versions
        or a measure twice, a column is absent, or a number is off.

    References
    ----------
    Office for National Statistics (2016), Research outputs: developing a Crime Severity Score for
    England and Wales. Sherman, L., Neyroud, P. W. and Neyroud, E. (2016). The Cambridge Crime Harm
    Index. Policing 10, 171-183.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"measure": ["robbery", "shoplifting"], "weight": [746, 13],
    ...      "table": "worked example", "version": "1"})
    >>> harm(pd.Series({"shoplifting": 200, "robbery": 17}), table)["harm"].to_dict()
    {'robbery': 12682.0, 'shoplifting': 2600.0}
    """
    weight = _weight_of(counts.index, weights)
    if counts.index.has_duplicates:
        raise ValueError("counts: a measure stands there twice; give one count a measure")
    count = pd.Series(amounts(counts, "counts", whole=True, missing=True), index=counts.index)
    frame = pd.DataFrame({"count": count, "weight": weight, "harm": count * weight})
    frame["share"] = _share(frame["harm"])
    frame["count_share"] = _share(frame["count"])
    marks = {"table": weights["table"].iloc[0], "version": weights["version"].iloc[0]}
    example = bool(weights["example"].any()) if "example" in weights else False
    frame = frame.assign(**marks, example=example).rename_axis("measure")
    return frame.sort_values("harm", ascending=False, kind="stable")


def harm_total(
    counts: pd.Series, weights: pd.DataFrame, *, confidence: float = 0.95
) -> pd.DataFrame:
    """Add up the harm of all measures, with an interval.

    The counts are taken as independent Poisson: the variance of the total is
    ``sum(weight^2 x count)`` and the limits are normal, the lower one not below 0. With a few
    grave offences the interval is wide, as it should be.

    Parameters
    ----------
    counts, weights
        See `harm`.
    confidence
        Of the interval.

    Returns
    -------
    pandas.DataFrame
        One row: ``total``, ``lower``, ``upper``, ``table``, ``version``, ``example``. A missing
        count makes total and limits missing.

    Raises
    ------
    ValueError
        See `harm`.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"measure": ["robbery"], "weight": [10.0], "table": "worked example", "version": "1"})
    >>> harm_total(pd.Series({"robbery": 100}), table)[["total", "lower", "upper"]].round(1)
        total  lower   upper
    0  1000.0  804.0  1196.0
    """
    z = normal_quantile(confidence)
    lines = harm(counts, weights)
    total = float(lines["harm"].sum(skipna=False))
    half = z * np.sqrt((lines["weight"] ** 2 * lines["count"]).sum(skipna=False))
    row: dict[str, Any] = {"total": total, "lower": np.maximum(total - half, 0)}
    marks = lines[["table", "version", "example"]].iloc[0].to_dict()
    return pd.DataFrame(row | {"upper": total + half} | marks, index=[0])


def harm_ratio(
    before: pd.Series,
    after: pd.Series,
    weights: pd.DataFrame,
    *,
    exposure_before: float = 1.0,
    exposure_after: float = 1.0,
    dispersion: float | pd.Series = 1.0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Compare the harm of two periods as a ratio, with an interval and a test.

    ``ratio = (sum w a / t_after) / (sum w b / t_before)``; the log of a weighted sum of Poisson
    counts has about the variance ``sum(phi w^2 c) / (sum w c)^2``, so the limits are
    ``ratio x exp(+- z sqrt(v_before + v_after))`` and ``p`` is that of ``ln(ratio)`` over its
    standard error. As few grave offences weigh most, the interval is wide.

    Parameters
    ----------
    before, after
        Whole counts of the two periods on one index of measures.
    weights
        See `harm`.
    exposure_before, exposure_after
        Length of the two periods, in one unit.
    dispersion
        Phi of each measure's own history, at least 1; one number for all of them, or a Series.
    confidence
        Of the interval.

    Returns
    -------
    pandas.DataFrame
        One row: ``before``, ``after`` (totals of harm), ``ratio``, ``lower``, ``upper``,
        ``p_value``. Ratio and test are missing where a total is 0 or a count is missing.

    Raises
    ------
    ValueError
        If the measures of the two periods differ, a dispersion is below 1, or as `harm` says.

    References
    ----------
    Breslow, N. E. and Day, N. E. (1987). Statistical Methods in Cancer Research, volume II,
    section 2.3: ratios of directly standardised rates (weighted sums of Poisson counts).

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"measure": ["robbery"], "weight": [10.0], "table": "worked example", "version": "1"})
    >>> harm_ratio(pd.Series({"robbery": 100}), pd.Series({"robbery": 150}), table).round(3)
       before   after  ratio  lower  upper  p_value
    0  1000.0  1500.0    1.5  1.165  1.932    0.002
    """
    from scipy.special import ndtr

    if set(before.index) != set(after.index):
        raise ValueError("before, after: their measures differ; give the same measures in both")
    phi = pd.Series(dispersion, index=after.index, dtype=float)
    if not (phi >= 1).all():
        raise ValueError("dispersion: below 1 or missing; give 1 or more for every measure")
    z = normal_quantile(confidence)
    totals = [_total_and_variance(counts, weights, phi) for counts in (before, after)]
    (first, first_part), (second, second_part) = totals
    ratio = (second / exposure_after) / (first / exposure_before) if first * second else np.nan
    error = np.sqrt(first_part + second_part)
    row = {"before": first, "after": second, "ratio": ratio}
    row |= {"lower": ratio * np.exp(-z * error), "upper": ratio * np.exp(z * error)}
    return pd.DataFrame(row | {"p_value": 2 * ndtr(-abs(np.log(ratio) / error))}, index=[0])


def _total_and_variance(
    counts: pd.Series, weights: pd.DataFrame, phi: pd.Series
) -> tuple[float, float]:
    """Total of harm and the variance of its log; missing where the total is 0 or unknown."""
    lines = harm(counts, weights)
    total = float(lines["harm"].sum(skipna=False))
    spread = (phi.loc[lines.index] * lines["weight"] ** 2 * lines["count"]).sum(skipna=False)
    return total, float(spread) / total**2 if total else np.nan


def _weight_of(measures: pd.Index, weights: pd.DataFrame) -> pd.Series:
    absent = [column for column in NEEDED if column not in weights.columns]
    if absent:
        raise ValueError(f"weights: no column '{absent[0]}'; it needs {', '.join(NEEDED)}")
    if len(weights[["table", "version"]].drop_duplicates()) != 1:
        raise ValueError("weights: more than one table or version (or none); choose one")
    if weights["measure"].duplicated().any():
        twice = weights["measure"][weights["measure"].duplicated()].iloc[0]
        raise ValueError(f"weights: measure '{twice}' stands there twice; give it one weight")
    found = pd.Series(amounts(weights["weight"], "weights"), index=weights["measure"])
    lacking = [str(measure) for measure in measures if measure not in found.index]
    if lacking:
        raise ValueError(f"weights: none for {', '.join(lacking)}; add them or leave these out")
    return found.loc[measures]


def _share(amount: pd.Series) -> pd.Series:
    total = amount.sum(skipna=False)
    return amount / (total if total > 0 else np.nan)
