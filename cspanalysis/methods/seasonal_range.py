"""Say what is usual for a month of the year: the range that a month's count mostly falls in."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from cspanalysis.methods._inputs import monthly
from cspanalysis.methods._lines import Floats, check_confidence, check_counts
from cspanalysis.methods.harmonics import LEAST_MONTHS, WAVES, calendar, fit, waves

__all__ = ["usual_range"]


def usual_range(series: pd.Series, *, months: Any = None, confidence: float = 0.95) -> pd.DataFrame:
    """Give the range that a month's count falls in if the year goes as years did so far.

    A quasi-Poisson model of the counts, with the days of each month, one level and two waves a
    year, gives what is expected of a month, ``e``. The range is
    ``e +- t sqrt(phi e + phi e^2 x' (X' W X)^-1 x)``: the scatter of a new count and the error of
    the fit, t with n - 5 degrees of freedom, phi the dispersion (at least 1), W the fitted means.

    Parameters
    ----------
    series
        Whole counts by month; its index holds the months. Missing months are left out.
    months
        The months asked for (periods, dates or words such as ``2023-04``); the twelve after the
        last of ``series`` by default. They may be months of ``series`` as well, which are then
        judged by a range that they helped to make.
    confidence
        Share of counts that fall inside while nothing changes.

    Returns
    -------
    pandas.DataFrame
        One row a month asked for (``PeriodIndex``): ``expected``, ``lower`` (not below 0),
        ``upper`` in counts of that month, and ``reason``. With fewer than 24 known months, or less
        than one count a month on average, the numbers are missing and ``reason`` says why; else
        it is empty.

    Raises
    ------
    ValueError
        If the index holds no months, or a count is negative or not whole.

    Notes
    -----
    The level has no trend: a series that drifts gets a wide range, for what is usual in it is
    hard to say.

    References
    ----------
    McCullagh, P. and Nelder, J. A. (1989). Generalized linear models, section 4.5. Farrington, C.
    P. et al. (1996). A statistical algorithm for the early detection of outbreaks of infectious
    disease. Journal of the Royal Statistical Society A 159, 547-563, judges counts by such ranges.

    Examples
    --------
    >>> held = pd.period_range("2021-01", "2022-12", freq="M")
    >>> steady = pd.Series(2 * held.days_in_month, index=held)
    >>> usual_range(steady, months=["2023-02"]).round(1).iloc[0, :3].tolist()
    [56.0, 38.9, 73.1]
    """
    check_confidence(confidence)
    known = monthly(series).dropna()
    check_counts(series=known.to_numpy())
    asked = _asked(known.index, months)
    columns = dict.fromkeys(("expected", "lower", "upper"), np.nan)
    frame = pd.DataFrame(columns, index=asked).assign(reason=_too_little(known))
    if not frame["reason"].iloc[0]:
        frame[list(columns)] = _ranges(known, asked, confidence)
    return frame


def _ranges(known: pd.Series, asked: pd.PeriodIndex, confidence: float) -> Floats:
    from scipy import stats

    counts, (at, length) = known.to_numpy(), calendar(known, len(known), name="series")
    design = _design(at)
    means = fit(design, counts, np.log(length))
    freedom = len(counts) - 1 - WAVES
    phi = max(1.0, float(((counts - means) ** 2 / means).sum()) / freedom)
    beta = np.linalg.lstsq(design, np.log(means / length), rcond=None)[0]
    position, days = calendar(pd.Series(0.0, index=asked), len(asked), name="months")
    rows = _design(position)
    expected = np.exp(rows @ beta) * days
    inverse = np.linalg.inv(design.T @ (design * means[:, None]))
    of_fit = expected**2 * np.einsum("ij,jk,ik->i", rows, inverse, rows)
    half = stats.t.ppf((1 + confidence) / 2, freedom) * np.sqrt(phi * (expected + of_fit))
    return np.column_stack([expected, np.maximum(expected - half, 0), expected + half])


def _design(position: Floats) -> Floats:
    return np.column_stack([np.ones(len(position)), waves(position)])


def _asked(known: pd.Index, months: Any) -> pd.PeriodIndex:
    if months is None:
        return pd.period_range(known.max() + 1, periods=12, freq="M", name="month")
    return pd.PeriodIndex(pd.to_datetime(pd.Index(months).astype(str)), freq="M", name="month")


def _too_little(known: pd.Series) -> str:
    if len(known) < LEAST_MONTHS:
        return (
            f"{len(known)} known month{'' if len(known) == 1 else 's'}, fewer than {LEAST_MONTHS}"
        )
    return "less than one count a month" if known.mean() < 1 else ""
