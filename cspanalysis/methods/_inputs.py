"""Check series by month and rows of amounts, in the same words for every method."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cspanalysis.methods._lines import Floats, check_counts, check_not_negative, refuse

__all__ = ["amounts", "calendar_month", "days", "monthly"]


def amounts(values: Any, name: str, *, whole: bool = False, missing: bool = False) -> Floats:
    """Turn values into finite floats from 0, at least one; whole where counts are due.

    ``missing`` lets NaN through.
    """
    try:
        if isinstance(values, pd.Series | pd.DataFrame):  # whose missing values may be pandas.NA
            found = values.to_numpy(dtype=float, na_value=np.nan)
        else:
            found = np.asarray(values, dtype=float)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name}: not numbers ({error}); give numbers") from error
    if found.size == 0:
        raise ValueError(f"{name}: empty; give at least one value")
    refuse(name, found.ravel(), np.isinf(found), "is infinite; give finite numbers")
    (check_counts if whole else check_not_negative)(**{name: found.ravel()})
    if not missing:
        refuse(name, found.ravel(), np.isnan(found), "is missing; leave it out or fill it")
    return found


def monthly(series: pd.Series, name: str = "series") -> pd.Series:
    """Return a series by month, without gaps in its months: what was absent is missing (NaN).

    The index holds months: a ``PeriodIndex``, dates, or words such as ``2021-03``. Missing values
    before the first and after the last observed month are dropped.
    """
    if not isinstance(series, pd.Series):
        raise ValueError(f"{name}: a {type(series).__name__}; give a pandas Series by month")
    values = pd.Series(amounts(series, name, missing=True), index=_months(series.index, name))
    if values.index.has_duplicates:
        twice = values.index[values.index.duplicated()][0]
        raise ValueError(f"{name}: month {twice} stands there twice; give one value a month")
    values = values.dropna()
    if values.empty:
        raise ValueError(f"{name}: no month has a value; give at least one")
    span = pd.period_range(values.index.min(), values.index.max(), freq="M")
    return values.reindex(span)


def calendar_month(series: pd.Series) -> NDArray[np.int64]:
    """Return 1 to 12 for each month of a series that `monthly` gave."""
    return np.asarray(pd.PeriodIndex(series.index).month, dtype=np.int64)


def days(series: pd.Series) -> Floats:
    """Return the days of each month of a series that `monthly` gave."""
    return np.asarray(pd.PeriodIndex(series.index).days_in_month, dtype=float)


def _months(index: pd.Index, name: str) -> pd.PeriodIndex:
    if isinstance(index, pd.PeriodIndex):
        if index.freqstr != "M":
            raise ValueError(f"{name}: periods of '{index.freqstr}'; give months")
        return index
    if pd.api.types.is_numeric_dtype(index):
        raise ValueError(f"{name}: its index holds numbers; give the months as index")
    try:
        return pd.PeriodIndex(pd.to_datetime(index), freq="M")
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name}: its index is not of months ({error})") from error
