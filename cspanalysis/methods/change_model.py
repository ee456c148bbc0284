"""The change model: how much a count varies by itself, learned with the change left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from cspanalysis.methods._change_fit import Months
from cspanalysis.methods._change_lines import (
    Fitted,
    common_months,
    find,
    fit_counts,
    freedom_of,
    together_of,
    widening_of,
)
from cspanalysis.methods._change_noise import LENT, Prior, squeeze
from cspanalysis.methods._lines import Floats, Values, align, check_counts

__all__ = ["borrowed_noise", "count_noise"]

BORROWED_WIDENING = 1.61, 1.44
"""How much months that go together widen a year and a quarter, where no months are held."""

Months_ = Iterable[Any]


def count_noise(
    counts: pd.DataFrame,
    *,
    period: Months_,
    baseline: Months_,
    others: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Learn how much the counts of a period and its baseline vary by themselves, line by line.

    Each line's months up to the end of the period get a Poisson model with log link and the days
    of each month as exposure: a level for the period P, one for the baseline B, one for the other
    months of each block of 12 counted back from the last month, and two waves a year (lines below
    one a month: three levels alone). So the change itself never counts as noise. With Pearson
    residuals e, S_h = sum e_t e_(t+h) and m = months - columns::

        phi^ = S_0 / m          d = 2 m^2 / (2 m + sum kappa_t)
        kappa_t = (6 (phi_0 - 1) + 1/phi_0) / max(mu_t, 0.1)
        phi~ = max(1, (d_0 phi_0 + d phi^) / (d_0 + d))
        V = 1 + (phi~ - 1) D / lambda

    phi_0 (with a trend in the monthly mean) and d_0 are the prior found from all lines together:
    ``ln max(phi^, 0.15) - psi(d/2) + ln(d/2)`` regressed on ``ln max(mean, 1)``, as limma and edgeR
    do. D is how much neighbouring months that move together (lags 1 to 3, pooled over the lines)
    widen the contrast, and lambda how much of that the fit has taken out of the residuals. The
    variance of a count is V times its mean; only what exceeds Poisson is widened.

    Parameters
    ----------
    counts
        Whole numbers from 0 by month (rows, ``PeriodIndex`` or ``DatetimeIndex``) and line
        (columns): all measures of all areas of a force make one good set. Missing months are left
        out; months after the period are not looked at.
    period, baseline
        The months compared, such as a ``PeriodIndex`` or months written "2023-01".
    others
        Lines over the same months that are judged with the prior of ``counts`` and take no part
        in finding it: totals, composites, the force.

    Returns
    -------
    pandas.DataFrame
        One row a line, those of ``others`` last: ``mean`` (counts a month), ``dispersion`` (phi~),
        ``noise`` (V of period against baseline), ``period_noise`` (V of the period alone, for its
        rate or a target), ``freedom`` (d_0 + d), and the model's own ``log_ratio`` by day with the
        season allowed for and ``variance`` of it, V times the contrast of (X'WX)^-1. Lines with
        fewer than 24 known months, or none in the period or the baseline, have missing values.

    Raises
    ------
    ValueError
        The index holds no months or a month twice, the period or the baseline has no months, they
        overlap, or a count is negative or fractional.

    Notes
    -----
    With fewer than six lines the prior is borrowed (see `borrowed_noise`). Where gaps differ
    between lines, D and lambda are of the months known to all. Found by simulation; how often it
    gives false alarms and how often it finds real changes is measured by
    ``benchmarks/calibration``.

    References
    ----------
    Smyth (2004), Statistical Applications in Genetics and Molecular Biology 3, article 3;
    McCarthy, Chen, Smyth (2012), Nucleic Acids Research 40; McCullagh, Nelder (1989), Generalized
    linear models, section 4.5; Bayley, Hammersley (1946), on the effective number of independent
    observations in an autocorrelated time series.

    Examples
    --------
    >>> months = pd.period_range("2021-03", "2023-12", freq="M")
    >>> counts = pd.DataFrame(np.random.default_rng(1).poisson(30, (34, 14)), index=months)
    >>> noise = count_noise(counts, period=months[-12:], baseline=months[-24:-12])
    >>> bool((noise["noise"] < 1.5).all())
    True
    """
    after, before = (_months(given, name) for given, name in _named(period, baseline))
    if len(after.intersection(before)):
        raise ValueError(f"period, baseline: both hold {after.intersection(before)[0]}")
    own, months = _lines(counts, after, before, name="counts")
    fitted = fit_counts(own, months)
    freedom, prior = find(fitted)
    common = common_months(own, fitted, months)
    squeezed = squeeze(fitted.phi, fitted.mean, freedom, prior)
    together = together_of(fitted, months, common, squeezed)
    widening = widening_of(together, months, common)
    rows = [_frame(counts.columns, fitted, freedom, prior, widening)]
    if others is not None:
        more, _ = _lines(others, after, before, name="others", like=counts)
        second = fit_counts(more, months)
        freedom = freedom_of(second, prior.at(second.mean))
        rows.append(_frame(others.columns, second, freedom, prior, widening))
    return pd.concat(rows)


def borrowed_noise(count: Values, *, months: int = 12) -> Any:
    """Lend a noise to a published total whose months are not held.

    ``ln phi_0 = -0.271 + 0.257 ln max(count / months, 1)`` and ``V = 1 + w (phi_0 - 1)`` with a
    widening w of 1.61 for a year and 1.44 for a quarter (by length in between), never below 1:
    what areas whose months are held show at that size. Its freedom is 19.

    Parameters
    ----------
    count
        Counts from 0 over the months, one or one a line; of two periods, their mean.
    months
        How many months the count sums.

    Returns
    -------
    number, array or Series
        V in the form of ``count``; missing where that is.

    Raises
    ------
    ValueError
        A count is negative, or ``months`` below 1.

    References
    ----------
    The coefficients are `count_noise`'s prior on the counts that the project ships; see
    ``benchmarks/calibration``.

    Examples
    --------
    >>> round(borrowed_noise(1200), 2)
    3.4
    """
    from cspanalysis.methods._lines import check_not_negative

    if months < 1:
        raise ValueError(f"months: {months}; give 1 or more")
    lines = align(count=count)
    (held,) = lines.arrays
    check_not_negative(count=held)
    year, quarter = BORROWED_WIDENING
    share = min(1.0, max(0.0, (months - 3) / 9))
    widening = quarter + share * (year - quarter)
    return lines.give(np.maximum(1.0, 1 + widening * (LENT.at(held / months) - 1)))


def _named(period: Months_, baseline: Months_) -> tuple[tuple[Months_, str], ...]:
    return (period, "period"), (baseline, "baseline")


def _months(given: Months_, name: str) -> pd.PeriodIndex:
    found = given if isinstance(given, pd.PeriodIndex) else pd.PeriodIndex(list(given), freq="M")
    if not len(found):
        raise ValueError(f"{name}: no months; give at least one")
    return found


def _lines(
    frame: pd.DataFrame,
    period: pd.PeriodIndex,
    baseline: pd.PeriodIndex,
    *,
    name: str,
    like: pd.DataFrame | None = None,
) -> tuple[Floats, Months]:
    index = frame.index
    if isinstance(index, pd.DatetimeIndex):
        index = index.to_period("M")
    if not isinstance(index, pd.PeriodIndex):
        raise ValueError(f"{name}: the index holds no months; give a frame by month")
    if not index.is_unique:
        raise ValueError(f"{name}: two rows of {index[index.duplicated()][0]}; add them first")
    if like is not None and not frame.index.equals(like.index):
        raise ValueError(f"{name}: other months than the counts; give the same")
    early = index <= period.max()
    order = np.argsort(index[early], kind="stable")
    held = index[early][order]
    values = frame.to_numpy(dtype=np.float64, na_value=np.nan)[early][order].T
    check_counts(**{name: values.ravel()})
    return values, Months.of(held, period, baseline)


def _frame(
    lines: pd.Index, fitted: Fitted, freedom: Floats, prior: Prior, widening: dict[str, float]
) -> pd.DataFrame:
    squeezed = squeeze(fitted.phi, fitted.mean, freedom, prior)
    noise = {name: 1 + (squeezed - 1) * factor for name, factor in widening.items()}
    return pd.DataFrame(
        {
            "mean": fitted.mean,
            "dispersion": squeezed,
            **noise,
            "freedom": freedom + prior.freedom,
            "log_ratio": fitted.log_ratio,
            "variance": noise["noise"] * fitted.contrast_variance,
        },
        index=lines,
    )
