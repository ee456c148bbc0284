"""Check what callers hand in, once and in the same words for every method of time and place."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cspanalysis.errors import UsageError

__all__ = ["Floats", "amounts", "calendar_month", "days", "level", "monthly"]

Floats = NDArray[np.float64]


def amounts(
    values: Any, name: str, *, whole: bool = False, missing: bool = False, empty: bool = False
) -> Floats:
    """Turn values into floats that are not negative, nor infinite, and whole where counts are due.

    ``missing`` lets NaN through, ``empty`` an input without any value.
    """
    try:
        found = np.asarray(values, dtype=float)
    except (TypeError, ValueError) as error:
        raise UsageError(f"{name}: not numbers ({error}); give numbers") from error
    if found.size == 0 and not empty:
        raise UsageError(f"{name}: empty; give at least one value")
    _refuse(np.isinf(found), name, "infinite", "give finite numbers", found)
    _refuse(found < 0, name, "negative", "give numbers from 0 up", found)
    if not missing:
        _refuse(np.isnan(found), name, "missing", "leave missing values out or fill them", found)
    if whole:
        fraction = ~np.isnan(found) & (found != np.floor(found))
        _refuse(fraction, name, "not whole", "counts are whole numbers", found)
    return found


def level(confidence: float, name: str = "confidence") -> float:
    """Return a confidence that lies between 0 and 1, or say what is wrong with it."""
    if not 0 < confidence < 1:
        raise UsageError(f"{name} {confidence}: write a share between 0 and 1, such as 0.95")
    return float(confidence)


def monthly(series: pd.Series, name: str = "series") -> pd.Series:
    """Return a series by month, without gaps in its months: what was absent is missing (NaN).

    The index holds months: a ``PeriodIndex``, dates, or words such as ``2021-03``. Missing values
    before the first and after the last observed month are dropped.
    """
    if not isinstance(series, pd.Series):
        raise UsageError(f"{name}: a {type(series).__name__}; give a pandas Series by month")
    values = pd.Series(amounts(series, name, missing=True), index=_months(series.index, name))
    if values.index.has_duplicates:
        twice = values.index[values.index.duplicated()][0]
        raise UsageError(f"{name}: month {twice} stands there twice; give one value a month")
    values = values.dropna()
    if values.empty:
        raise UsageError(f"{name}: no month has a value; give at least one")
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
            raise UsageError(f"{name}: periods of '{index.freqstr}'; give months")
        return index
    if pd.api.types.is_numeric_dtype(index):
        raise UsageError(f"{name}: its index holds numbers; give the months as index")
    try:
        return pd.PeriodIndex(pd.to_datetime(index), freq="M")
    except (TypeError, ValueError) as error:
        raise UsageError(f"{name}: its index is not of months ({error})") from error


def _refuse(wrong: Any, name: str, what: str, advice: str, found: Floats) -> None:
    if np.any(wrong):
        place = tuple(int(i) for i in np.argwhere(np.atleast_1d(wrong))[0])
        where = place[0] if len(place) == 1 else place
        raise UsageError(
            f"{name}: value {np.atleast_1d(found)[place]} at {where} is {what}; {advice}"
        )
