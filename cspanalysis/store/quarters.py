"""Quarters: tables that give a year by its quarters answer for the year as well."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from cspanalysis.vocabulary import Period

__all__ = ["quarters_of", "summed"]

_NOTE = "Sum of its quarters."


def quarters_of(period: Period) -> tuple[Period, ...]:
    """Give the quarters that a longer period is made of; none where it is not made of whole ones.

    Examples
    --------
    >>> [str(quarter) for quarter in quarters_of(Period.parse("2022-04..2022-09"))]
    ['2022-04..2022-06', '2022-07..2022-09']
    >>> quarters_of(Period.parse("2022-05..2022-10")), quarters_of(Period.parse("2022-Q1"))
    ((), ())
    """
    months = period.months
    if len(months) < 6 or len(months) % 3 or months[0].month % 3 != 1:
        return ()
    return tuple(Period.of_months(months[i], months[i + 2]) for i in range(0, len(months), 3))


def summed(tables: Sequence[pd.DataFrame], *, note: str = _NOTE) -> pd.DataFrame:
    """Add up the figures of quarters, or of parts, by measure, in the order of the first table.

    A measure without a count in one of them has none in the sum, and its status there.

    Examples
    --------
    >>> columns = ["measure", "count", "status", "vintage"]
    >>> first = pd.DataFrame([["robbery", 3, "final", "2018-03"]], columns=columns)
    >>> second = pd.DataFrame([["robbery", 4, "final", "2018-06"]], columns=columns)
    >>> summed([first, second])[["measure", "count", "vintage"]].to_dict("records")
    [{'measure': 'robbery', 'count': 7, 'vintage': '2018-06'}]
    >>> gone = second.assign(count=pd.array([pd.NA], "Int64"), status="suppressed")
    >>> summed([first, gone])[["count", "status"]].to_dict("records")
    [{'count': None, 'status': 'suppressed'}]
    """
    rows = pd.concat([table.astype({"count": "Int64"}) for table in tables], ignore_index=True)
    groups = rows.groupby("measure", sort=False)
    found = groups.first()
    whole = groups["count"].count() == len(tables)
    found["count"] = groups["count"].sum().where(whole)
    found["status"] = (
        groups["status"].agg(_weakest).where(groups.size() == len(tables), "not available")
    )
    found["vintage"] = groups["vintage"].max()
    absent = {"percent_change": None, "rate": None, "value": None, "denominator": None}
    found = found.assign(**{name: gone for name, gone in absent.items() if name in found})
    return found.assign(note=note).reset_index()


def _weakest(statuses: pd.Series) -> str:
    """Give the first status that is not final; final where all are."""
    other = statuses[statuses != "final"]
    return "final" if other.empty else str(other.iloc[0])
