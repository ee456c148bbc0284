"""Vintages: the same months as they were published at two times, set side by side."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

__all__ = ["Revision", "revised"]


@dataclass(frozen=True, slots=True)
class Revision:
    """Hold what became of a period between two vintages.

    Parameters
    ----------
    measures
        One row a measure: ``earlier`` and ``later`` (counts of the months that each vintage
        knows), ``revision`` (what the months known to both gained or lost: crimes added, removed
        and recoded), ``new`` (counts of months that only the later one knows), ``withdrawn``
        (counts of months that only the earlier one knows).
        ``later - earlier = revision + new - withdrawn``.
    months
        One row for each month and measure: ``earlier``, ``later``, ``change``.
    """

    measures: pd.DataFrame
    months: pd.DataFrame


def revised(earlier: pd.DataFrame, later: pd.DataFrame) -> Revision:
    """Compare two tables of counts by month (index) and measure (columns).

    Examples
    --------
    >>> months = pd.to_datetime(["2021-05", "2021-06"])
    >>> before = pd.DataFrame({"robbery": [9, None]}, index=months, dtype="Int64")
    >>> after = pd.DataFrame({"robbery": [7, 8]}, index=months, dtype="Int64")
    >>> revised(before, after).measures.loc["robbery"].to_dict()
    {'earlier': 9, 'later': 15, 'revision': -2, 'new': 8, 'withdrawn': 0}
    """
    known = earlier.columns.union(later.columns, sort=False)
    before, after = (table.reindex(columns=known) for table in (earlier, later))
    both, fresh = before.notna() & after.notna(), before.isna()
    table = pd.DataFrame(
        {
            "earlier": before.sum(),
            "later": after.sum(),
            "revision": (after - before).where(both).sum(),
            "new": after.where(fresh).sum(),
            "withdrawn": before.where(after.isna()).sum(),
        }
    ).astype("Int64")
    long = pd.DataFrame({"earlier": before.stack(), "later": after.stack()})  # noqa: PD013
    long = long.assign(change=long["later"] - long["earlier"]).astype("Int64")
    return Revision(table.rename_axis("measure"), long.rename_axis(["month", "measure"]))
