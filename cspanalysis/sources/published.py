"""Published figures: a small CSV, so that a report can be made from a table alone.

Columns ``area``, ``measure``, ``period``, ``count``, ``status`` and ``note`` must be there;
``percent_change``, ``rate`` and ``source`` may be. Lines at the top that start with ``#`` say where
the figures come from: ``# source: ...``, ``# licence: ...``, ``# vintage: ...``.
"""

from __future__ import annotations

import csv
import io
from functools import lru_cache
from typing import Any

import pandas as pd

from cspanalysis.characters import keyed, plain
from cspanalysis.errors import SourceError
from cspanalysis.sources.checking import failures_of, report
from cspanalysis.sources.figures import FigureTable
from cspanalysis.sources.files import Member
from cspanalysis.sources.tables import csv_fault, is_separator, text_of, under_header
from cspanalysis.sources.typed import (
    check_header,
    keys_of,
    lowered,
    number,
    refuse_doubles,
    text_frame,
)

__all__ = ["OPTIONAL", "REQUIRED", "STATUSES", "read_published", "schema"]

REQUIRED = ("area", "measure", "period", "count", "status", "note")
OPTIONAL = ("percent_change", "rate", "source")
_REMARK = ("#", '"#')
STATUSES = ("final", "provisional", "to be confirmed")


def read_published(member: Member) -> FigureTable:
    """Read and check a table of published figures.

    Raises
    ------
    SourceError
        With line, column and reason, if anything is amiss.
    """
    text, sha256 = text_of(member)
    about, header, rows = _lines(text, member)
    frame = text_frame(header, rows, OPTIONAL, file=member.shown)
    if failures := failures_of(frame, schema()):
        raise report(failures, file=member.shown, line_of=lambda f: int(frame["line"].iloc[f.row]))
    figures = _figures(frame, about.get("source", ""), member)
    refuse_doubles(figures, file=member.shown)
    return FigureTable(figures, about.get("licence", ""), about.get("vintage", ""), sha256)


@lru_cache(maxsize=1)
def schema() -> Any:
    """Give the schema of the table as it is written: all columns are text."""
    import pandera.pandas as pa

    def text(pattern: str, error: str) -> pa.Column:
        return pa.Column(str, pa.Check.str_matches(pattern, error=error))

    def explained(frame: pd.DataFrame) -> pd.Series:
        awaited = frame["status"] == "to be confirmed"
        return (frame["count"] != "") | (frame["percent_change"] != "") | awaited

    number = r"^(?:[+-]?(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.\d{1,30})?)?$"
    whole = r"^(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})?$"
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
    about, skipped, lines = _remarks(text)
    reader = csv.reader(lines, strict=True)
    try:
        read = [(skipped + reader.line_num, row) for row in reader if any(row)]
    except csv.Error as error:
        line_number = skipped + reader.line_num
        raise SourceError(csv_fault(error), file=member.shown, line=line_number) from error
    rows = [(line, [cell.strip() for cell in row]) for line, row in read]
    rows = [row for row in rows if any(row[1])]
    if not rows:
        raise SourceError("the file holds no table", file=member.shown, line=skipped + 1)
    (at, names), below = under_header([(rows[0][0], lowered(rows[0][1])), *rows[1:]])
    check_header(names, REQUIRED, OPTIONAL, file=member.shown, line=at)
    return about, names, below


def _remarks(text: str) -> tuple[dict[str, str], int, io.StringIO]:
    """Give what the lines above the table say, how many they are, and the lines from it on."""
    about: dict[str, str] = {}
    lines = io.StringIO(text, newline="")
    skipped = start = 0
    while line := lines.readline():
        above = line.startswith(_REMARK)
        if not above and line.strip(", \r\n") and not (skipped == 0 and is_separator(line)):
            break
        if above:
            # Excel fills such a line with commas, and puts one that holds a comma in quotes.
            told = line.strip().rstrip(",").strip('"').lstrip("#")
            key, _, value = told.partition(":")
            about[keyed(key).lower()] = plain(value).strip()
        start, skipped = lines.tell(), skipped + 1
    lines.seek(start)
    return about, skipped, lines


def _figures(frame: pd.DataFrame, source: str, member: Member) -> pd.DataFrame:
    figures = []
    for row in frame.to_dict("records"):
        area, measure, period = keys_of(row, file=member.shown)
        figures.append(
            {
                "area_code": area.code,
                "period_start": period.start,
                "period_end": period.end,
                "measure": measure.code,
                "count": number(row["count"], int),
                "percent_change": number(row["percent_change"], float),
                "rate": number(row["rate"], float),
                "status": row["status"],
                "note": row["note"],
                "source": row["source"] or source,
                "line": row["line"],
            }
        )
    types = {"count": "Int64", "percent_change": "Float64", "rate": "Float64"}
    return pd.DataFrame(figures).astype(types)
