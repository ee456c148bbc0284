"""Tell what moved because old months were revised from what moved because months are new."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cspanalysis.methods._inputs import amounts

__all__ = ["revised_months", "revision"]


def revised_months(earlier_vintage: pd.Series, later_vintage: pd.Series) -> pd.DataFrame:
    """Set two vintages side by side, one row a month.

    Parameters
    ----------
    earlier_vintage, later_vintage
        Counts by month (or by any key, such as area and month). A missing count is as good as an
        absent month: a count that was missing and is there now is new, never a revision from 0.

    Returns
    -------
    pandas.DataFrame
        ``earlier``, ``later``, ``change`` (an absent count standing for none), ``percent`` (of the
        earlier count; missing where that is 0 or absent) and ``part``: ``revision`` (in both,
        changed or not), ``new`` or ``withdrawn``.

    Raises
    ------
    ValueError
        If a month stands twice in a vintage, or a count is negative.

    Examples
    --------
    >>> before = pd.Series({"2023-01": 100, "2023-02": 80})
    >>> revised_months(before, pd.Series({"2023-02": 84, "2023-03": 90}))["part"].tolist()
    ['withdrawn', 'revision', 'new']
    """
    earlier = _vintage(earlier_vintage, "earlier_vintage")
    later = _vintage(later_vintage, "later_vintage")
    frame = pd.DataFrame({"earlier": earlier, "later": later}).sort_index()
    change = frame["later"].fillna(0) - frame["earlier"].fillna(0)
    percent = 100 * change / frame["earlier"].where(frame["earlier"] > 0)
    percent = percent.where(frame["later"].notna())
    part = np.where(frame["earlier"].isna(), "new", "revision")
    part = np.where(frame["later"].isna(), "withdrawn", part)
    return frame.assign(change=change, percent=percent, part=part)


def revision(earlier_vintage: pd.Series, later_vintage: pd.Series) -> pd.DataFrame:
    """Split the change between two vintages into revision of old months and new ones.

    ``sum(later) - sum(earlier) = revision + new - withdrawn``: the months that both hold, those
    that the later one adds, and those that it no longer holds (as when twelve months are rolled
    forward).

    Parameters
    ----------
    earlier_vintage, later_vintage
        See `revised_months`.

    Returns
    -------
    pandas.DataFrame
        Rows ``revision``, ``new``, ``withdrawn`` and ``total``; columns ``months``, ``earlier``,
        ``later``, ``change``, and ``percent``: the change over the earlier count, missing where
        that is 0.

    Raises
    ------
    ValueError
        See `revised_months`.

    Examples
    --------
    >>> before = pd.Series({"2023-01": 100, "2023-02": 80})
    >>> revision(before, pd.Series({"2023-02": 84, "2023-03": 90}))["change"].tolist()
    [4.0, 90.0, -100.0, -6.0]
    """
    months = revised_months(earlier_vintage, later_vintage)
    sums = months.groupby("part")[["earlier", "later", "change"]].sum()
    sums.insert(0, "months", months.groupby("part").size())
    sums = sums.reindex(["revision", "new", "withdrawn"], fill_value=0)
    sums.loc["total"] = sums.sum()
    sums = sums.astype({"months": int})
    percent = 100 * sums["change"] / sums["earlier"].where(sums["earlier"] > 0)
    return sums.assign(percent=percent)


def _vintage(series: pd.Series, name: str) -> pd.Series:
    if series.index.has_duplicates:
        twice = series.index[series.index.duplicated()][0]
        raise ValueError(f"{name}: '{twice}' stands there twice; give one count a month")
    return pd.Series(amounts(series, name, missing=True), index=series.index).dropna()
