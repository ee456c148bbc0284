"""Tables that people type: a known header, one row a figure, checked before anything is kept."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import pandas as pd

from cspanalysis.errors import SourceError, UsageError
from cspanalysis.sources.tables import Row
from cspanalysis.vocabulary import Area, Measure, Period

__all__ = ["check_header", "keys_of", "number", "refuse_doubles", "text_frame"]

_MONTHS = {
    name.lower(): number
    for names in (calendar.month_abbr, calendar.month_name)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
_Found = TypeVar("_Found")


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
        if name not in (*required, *optional):
            reason = f"the column is not known; columns are {', '.join((*required, *optional))}"
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
            reason = f"the line holds {len(row)} values and the header {len(header)}"
            reason += "; put quotation marks round a value that holds a comma"
            raise SourceError(reason, file=file, line=line)
        if row == list(header):
            raise SourceError("the header is repeated", file=file, line=line)
    if not rows:
        raise SourceError("the table has no rows", file=file)
    frame = pd.DataFrame([row for _, row in rows], columns=list(header), dtype=str)
    missing = {name: "" for name in optional if name not in header}
    return frame.assign(**missing).assign(line=[line for line, _ in rows])


def keys_of(row: Mapping[Any, Any], *, file: str) -> tuple[Area, Measure, Period]:
    """Look up the area, the measure and the period of a row."""
    area = _looked_up(Area.named, row, "area", file)
    measure = _looked_up(Measure.named, row, "measure", file)
    return area, measure, _looked_up(_period, row, "period", file)


def _period(text: str) -> Period:
    """Read a period as it is written, or as Excel shows or keeps what it took for a day.

    Examples
    --------
    >>> [str(_period(text)) for text in ("2023-09", "Sep-23", "2023-09-01", "01/09/2023")]
    ['2023-09', '2023-09', '2023-09', '2023-09']
    """
    if match := re.fullmatch(r"(\d{4}-\d{2})-\d{2}", text):
        return Period.parse(match[1])
    if match := re.fullmatch(r"01/(\d{2})/(\d{4})", text):
        return Period.parse(f"{match[2]}-{match[1]}")
    match = re.fullmatch(r"([A-Za-z]{3,9})[- ](\d{2}|\d{4})", text)
    if match and (month := _MONTHS.get(match[1].lower())):
        year = match[2] if len(match[2]) == 4 else f"20{match[2]}"
        return Period.parse(f"{year}-{month:02}")
    return Period.parse(text)


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
        raise SourceError(str(error), file=file, line=row["line"], column=column) from error
