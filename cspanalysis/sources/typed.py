"""Tables that people type: a known header, one row a figure, checked before anything is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import pandas as pd

from cspanalysis.characters import without_equal
from cspanalysis.errors import SourceError, UsageError
from cspanalysis.sources.tables import Row
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.listed import many
from cspanalysis.vocabulary.written import whole_period

__all__ = ["check_header", "keys_of", "lowered", "number", "refuse_doubles", "text_frame"]

_Found = TypeVar("_Found")


def lowered(header: Sequence[str]) -> list[str]:
    """Write the names of columns in lower case, as our own tables have them."""
    return [name.lower() for name in header]


def check_header(
    header: Sequence[str],
    required: Sequence[str],
    optional: Sequence[str],
    *,
    file: str,
    line: int,
) -> None:
    """Refuse a header with a column that is unknown, missing or there twice."""
    if not {*header} & {*required}:
        reason = (
            "no table that is known begins like this; docs/sources.md says what can be taken in. "
            f"Published figures have the columns {', '.join((*required, *optional))}"
        )
        raise SourceError(reason, file=file, line=line)
    for name in header:
        if not name:
            reason = "a column has no name; name it, or remove what stands in it"
            raise SourceError(reason, file=file, line=line)
        if name not in (*required, *optional):
            reason = f"the column is not known; columns are {', '.join((*required, *optional))}"
            reason += without_equal(name)
            raise SourceError(reason, file=file, line=line, column=name)
        if list(header).count(name) > 1:
            raise SourceError("the column is there twice", file=file, line=line, column=name)
    for name in required:
        if name not in header:
            reason = f"the column is missing; write the header {','.join(required)}"
            raise SourceError(reason, file=file, line=line, column=name)


def text_frame(
    header: Sequence[str], rows: Sequence[Row], optional: Sequence[str], *, file: str
) -> pd.DataFrame:
    """Make a frame of text, with the ``line`` of every row; optional columns are there, empty."""
    for line, row in rows:
        if len(row) != len(header):
            reason = f"the line holds {many(len(row), 'value')} and the header {len(header)}"
            reason += "; put quotation marks round a value that holds a comma, and remove what "
            reason += "stands beside the table"
            raise SourceError(reason, file=file, line=line)
        if row == list(header):
            raise SourceError("the header is repeated", file=file, line=line)
    if not rows:
        raise SourceError("the table has no rows", file=file)
    frame = pd.DataFrame([row for _, row in rows], columns=list(header), dtype=str)
    missing = {name: "" for name in optional if name not in header}
    frame = frame.assign(**missing).assign(line=[line for line, _ in rows])
    whole = frame["count"].str.replace(r"\.0+$", "", regex=True)
    return frame.assign(status=frame["status"].str.lower(), count=whole)


def keys_of(row: Mapping[Any, Any], *, file: str) -> tuple[Area, Measure, Period]:
    """Look up the area, the measure and the period of a row."""
    area = _looked_up(Area.named, row, "area", file)
    measure = _looked_up(Measure.named, row, "measure", file)
    period = _looked_up(whole_period, row, "period", file)
    _refuse_future(period, row, file)
    return area, measure, period


def _refuse_future(period: Period, row: Mapping[Any, Any], file: str) -> None:
    """Refuse a figure of a time that has not begun."""
    if row["count"] and period.start > dt.date.today():  # noqa: DTZ011
        reason = f"{period.label} has not begun, and there is a count of it; is the year right?"
        raise SourceError(reason, file=file, line=row["line"], column="period")


def number(text: str, kind: type[int] | type[float]) -> int | float | None:
    """Read a number that may hold thousands separators; None for an empty text."""
    return kind(text.replace(",", "")) if text else None


def refuse_doubles(figures: pd.DataFrame, *, file: str) -> None:
    """Refuse two figures of the same area, measure and period."""
    keys = ["area_code", "measure", "period_start", "period_end"]
    double = figures[figures.duplicated(keys)]
    if double.empty:
        return
    second = double.iloc[0]
    first = figures[(figures[keys] == second[keys]).all(axis=1)].iloc[0]
    reason = f"the same area, measure and period are on line {first['line']} too; keep one of them"
    raise SourceError(reason, file=file, line=int(second["line"]), column="measure")


def _looked_up(
    find: Callable[[str], _Found], row: Mapping[Any, Any], column: str, file: str
) -> _Found:
    try:
        return find(row[column])
    except UsageError as error:
        reason = f"{error}{without_equal(row[column])}"
        raise SourceError(reason, file=file, line=row["line"], column=column) from error
