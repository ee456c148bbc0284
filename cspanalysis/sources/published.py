"""Published figures: a small CSV, so that a report can be made from a table alone.

Columns ``area``, ``measure``, ``period``, ``count``, ``status`` and ``note`` must be there;
``percent_change``, ``rate`` and ``source`` may be. Lines at the top that start with ``#`` say where
the figures come from: ``# source: ...``, ``# licence: ...``, ``# vintage: ...``.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from cspanalysis.errors import SourceError, UsageError
from cspanalysis.sources.checking import failures_of, report
from cspanalysis.sources.files import Member
from cspanalysis.vocabulary import Area, Measure, Period

__all__ = ["OPTIONAL", "REQUIRED", "STATUSES", "PublishedTable", "read_published", "schema"]

REQUIRED = ("area", "measure", "period", "count", "status", "note")
OPTIONAL = ("percent_change", "rate", "source")
STATUSES = ("final", "provisional", "to be confirmed")


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """Hold one table of published figures.

    Parameters
    ----------
    figures
        One row a figure, in the table's order: ``area_code``, ``period_start``, ``period_end``,
        ``measure``, ``count`` (Int64), ``percent_change`` and ``rate`` (Float64), ``status``,
        ``note``, ``source``, ``line``.
    licence
        Licence of the figures; empty where the file names none.
    vintage
        Label of the vintage; empty where the file names none.
    sha256
        Hash of the file's bytes.
    """

    figures: pd.DataFrame
    licence: str
    vintage: str
    sha256: str


def read_published(member: Member) -> PublishedTable:
    """Read and check a table of published figures.

    Raises
    ------
    SourceError
        With line, column and reason, if anything is amiss.
    """
    with member.open() as reader:
        text = reader.read().decode("utf-8-sig")
    about, header, rows = _lines(text, member)
    frame = _frame(header, rows, member)
    if failures := failures_of(frame, schema()):
        raise report(failures, file=member.shown, line_of=lambda f: int(frame["line"].iloc[f.row]))
    figures = _figures(frame, about.get("source", ""), member)
    _refuse_doubles(figures, member)
    return PublishedTable(
        figures, about.get("licence", ""), about.get("vintage", ""), reader.sha256
    )


@lru_cache(maxsize=1)
def schema() -> Any:
    """Give the schema of the table as it is written: all columns are text."""
    import pandera.pandas as pa

    def text(pattern: str, error: str) -> pa.Column:
        return pa.Column(str, pa.Check.str_matches(pattern, error=error))

    def explained(frame: pd.DataFrame) -> pd.Series:
        awaited = frame["status"] == "to be confirmed"
        return (frame["count"] != "") | (frame["percent_change"] != "") | awaited

    number = r"^(?:[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?)?$"
    whole = r"^(?:\d+|\d{1,3}(?:,\d{3})+)?$"
    count = "write a whole number of 0 or more, such as 1,234, without exponent or fraction"
    decimal = "write a plain number, such as -11 or 4.4, without % sign"
    some = "the value is missing"
    status = "write " + ", ".join(f"'{s}'" for s in STATUSES)
    columns = {
        "area": text(r".", some),
        "measure": text(r".", some),
        "period": text(r".", some),
        "count": text(whole, count),
        "status": pa.Column(str, pa.Check.isin(STATUSES, error=status)),
        "percent_change": text(number, decimal),
        "rate": text(number, decimal),
    }
    empty = "count: a row without count needs the status 'to be confirmed' or a percent_change"
    return pa.DataFrameSchema(columns, checks=pa.Check(explained, error=empty))


def _lines(
    text: str, member: Member
) -> tuple[dict[str, str], list[str], list[tuple[int, list[str]]]]:
    """Split the text into what the comments say, the header, and rows with their line."""
    about: dict[str, str] = {}
    lines = io.StringIO(text, newline="")
    skipped = 0
    while (start := lines.tell()) is not None and (line := lines.readline()).startswith("#"):
        key, _, value = line.lstrip("#").partition(":")
        about[key.strip().lower()] = value.strip()
        skipped += 1
    lines.seek(start)
    reader = csv.reader(lines, strict=True)
    try:
        read = [(skipped + reader.line_num, row) for row in reader]
    except csv.Error as error:
        line_number = skipped + reader.line_num
        raise SourceError(f"{error}", file=member.shown, line=line_number) from error
    rows = [(line, [cell.strip() for cell in row]) for line, row in read if any(row)]
    if not rows:
        raise SourceError("the file holds no table", file=member.shown, line=skipped + 1)
    _check_header(rows[0][1], rows[0][0], member)
    return about, rows[0][1], rows[1:]


def _check_header(header: list[str], line: int, member: Member) -> None:
    for name in header:
        if name not in REQUIRED + OPTIONAL:
            known = ", ".join(REQUIRED + OPTIONAL)
            reason = f"the column is not known; columns are {known}"
            raise SourceError(reason, file=member.shown, line=line, column=name)
        if header.count(name) > 1:
            reason = "the column is there twice"
            raise SourceError(reason, file=member.shown, line=line, column=name)
    for name in REQUIRED:
        if name not in header:
            reason = f"the column is missing; write the header {','.join(REQUIRED)}"
            raise SourceError(reason, file=member.shown, line=line, column=name)


def _frame(header: list[str], rows: list[tuple[int, list[str]]], member: Member) -> pd.DataFrame:
    for line, row in rows:
        if len(row) != len(header):
            reason = f"the line holds {len(row)} values and the header {len(header)}"
            reason += "; put quotation marks round a value that holds a comma"
            raise SourceError(reason, file=member.shown, line=line)
        if row == header:
            raise SourceError("the header is repeated", file=member.shown, line=line)
    if not rows:
        raise SourceError("the table has no rows", file=member.shown)
    frame = pd.DataFrame([row for _, row in rows], columns=header, dtype=str)
    for name in OPTIONAL:
        if name not in frame:
            frame[name] = ""
    return frame.assign(line=[line for line, _ in rows])


def _figures(frame: pd.DataFrame, source: str, member: Member) -> pd.DataFrame:
    figures = []
    for row in frame.to_dict("records"):
        area = _named(Area.named, row, "area", member)
        measure = _named(Measure.named, row, "measure", member)
        period = _named(Period.parse, row, "period", member)
        figures.append(
            {
                "area_code": area.code,
                "period_start": period.start,
                "period_end": period.end,
                "measure": measure.code,
                "count": _number(row["count"], int),
                "percent_change": _number(row["percent_change"], float),
                "rate": _number(row["rate"], float),
                "status": row["status"],
                "note": row["note"],
                "source": row["source"] or source,
                "line": row["line"],
            }
        )
    types = {"count": "Int64", "percent_change": "Float64", "rate": "Float64"}
    return pd.DataFrame(figures).astype(types)


def _named(find: Any, row: dict[Any, Any], column: str, member: Member) -> Any:
    try:
        return find(row[column])
    except UsageError as error:
        raise SourceError(str(error), file=member.shown, line=row["line"], column=column) from error


def _number(text: str, kind: type[int] | type[float]) -> int | float | None:
    return kind(text.replace(",", "")) if text else None


def _refuse_doubles(figures: pd.DataFrame, member: Member) -> None:
    keys = ["area_code", "measure", "period_start", "period_end"]
    double = figures[figures.duplicated(keys)]
    if double.empty:
        return
    second = double.iloc[0]
    first = figures[(figures[keys] == second[keys]).all(axis=1)].iloc[0]
    reason = f"the same area, measure and period are on line {first['line']} too; keep one of them"
    raise SourceError(reason, file=member.shown, line=int(second["line"]), column="measure")
