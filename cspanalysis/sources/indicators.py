"""A partner's indicators: a tidy template as CSV or as an Excel workbook.

One row a figure: ``measure``, ``area``, ``period``, ``count`` or ``value``, ``denominator``,
``status``, ``source``, ``note``. `new_template` makes an empty one; docs/sources.md explains it.
Lines at the top that start with ``#`` say what holds for the whole table, as
``# vintage: 2024-02``.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from cspanalysis.errors import SourceError, UsageError
from cspanalysis.sources.checking import failures_of, report
from cspanalysis.sources.figures import FigureTable
from cspanalysis.sources.tables import Row, Sheet, table_of
from cspanalysis.sources.typed import (
    check_header,
    keys_of,
    lowered,
    number,
    refuse_doubles,
    text_frame,
)
from cspanalysis.vocabulary.measure import MeasureTable

__all__ = [
    "COLUMNS",
    "STATUSES",
    "is_indicator_header",
    "new_template",
    "read_indicators",
    "schema",
]

COLUMNS = (
    "measure",
    "area",
    "period",
    "count",
    "value",
    "denominator",
    "status",
    "source",
    "note",
)
STATUSES = ("final", "provisional", "to be confirmed", "suppressed", "not available")
_WITHOUT_FIGURE = STATUSES[2:]
_MEANING = {
    "measure": "Code or name of what is counted, from the list",
    "area": "Slug or code of the area, such as luton, luton-lad or E22000010",
    "period": "2023, 2023-04, 2023-Q2, FY2023, FY2023-Q1 or 2023-04..2023-06",
    "count": "Whole number counted, where there is one",
    "value": "Figure that is no count, such as a percentage or a rate",
    "denominator": "What count or value is out of, where there is one",
    "status": "How sure the figure is, from the list",
    "source": "Who gives the figure, and from which system or report",
    "note": "What a reader must know; may be empty",
}
_ROWS = 2000


def is_indicator_header(header: Sequence[str]) -> bool:
    """Tell the header of the template from that of published figures."""
    return {"measure", "area", "period", "denominator"} <= set(lowered(header))


def read_indicators(sheets: Sequence[Sheet], sha256: str) -> FigureTable:
    """Read and check a filled template: all its sheets, where several hold such a table.

    Returns
    -------
    FigureTable
        Its figures have ``value`` and ``denominator`` (Float64) as well.

    Raises
    ------
    SourceError
        With line, column and reason, if anything is amiss; a formula is refused.
    """
    tables = [found for sheet in sheets if (found := table_of([sheet], is_indicator_header))]
    filled = [table for table in tables if table[2]] or tables[:1]
    if not filled:
        raise SourceError("there is no table of indicators in it")
    figures = pd.concat([_of_sheet(*table) for table in filled], ignore_index=True)
    refuse_doubles(figures, file=filled[0][0].shown)
    lines = (cells[0] for sheet, *_ in filled for _, cells in sheet.rows)
    about = dict(_about(line) for line in lines if line.startswith("#"))
    return FigureTable(figures, about.get("licence", ""), about.get("vintage", ""), sha256)


@lru_cache(maxsize=1)
def schema() -> Any:
    """Give the schema of the table as it is written: all columns are text."""
    import pandera.pandas as pa

    def text(pattern: str, error: str) -> pa.Column:
        formula = pa.Check.str_matches(r"^(?!=)", error="a formula; paste its value instead")
        return pa.Column(str, [formula, pa.Check.str_matches(pattern, error=error)])

    def given(frame: pd.DataFrame) -> pd.Series:
        either = (frame["count"] != "") | (frame["value"] != "")
        return either | frame["status"].isin(_WITHOUT_FIGURE)

    def withheld(frame: pd.DataFrame) -> pd.Series:
        hidden = frame["status"].isin(("suppressed", "not available"))
        return ~(hidden & ((frame["count"] != "") | (frame["value"] != "")))

    some, whole = "the value is missing", r"^(?:=|(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})?$)"
    decimal = r"^(?:=|(?:[+-]?(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.\d{1,30})? ?%?)?$)"
    without = "; where there is none, leave it empty and write the status 'suppressed' or the like"
    plain = f"write a plain number, such as 27.1{without}"
    columns = {
        "measure": text(r".", some),
        "area": text(r".", some),
        "period": text(r".", some),
        "count": text(whole, f"write a whole number of 0 or more, such as 1,234{without}"),
        "value": text(decimal, plain),
        "denominator": text(
            r"^(?:=|(?:(?=[\d,]{1,16}(?:\.|$))[\d,]*[1-9][\d,]*(?:\.\d{1,30})?)?$)",
            "write a number above 0",
        ),
        "status": pa.Column(
            str, pa.Check.isin(STATUSES, error="write " + ", ".join(map(repr, STATUSES)))
        ),
        "source": text(r".", some),
        "note": text(r"", ""),
    }
    absent = ", ".join(map(repr, _WITHOUT_FIGURE))
    checks = [
        pa.Check(given, error=f"count: write a count or a value, or one of the statuses {absent}"),
        pa.Check(withheld, error="count: a figure that is suppressed or absent has no number"),
    ]
    return pa.DataFrameSchema(columns, checks=checks)


def new_template(path: Path) -> Path:
    """Write an empty template: a workbook with lists to choose from, or a CSV with its header.

    Parameters
    ----------
    path
        Where to; the name ends in ``.xlsx`` or ``.csv``, and there is no such file yet.

    Raises
    ------
    UsageError
        If the name ends otherwise, or the file is there.
    """
    if path.suffix.lower() not in {".xlsx", ".csv"}:
        raise UsageError(f"'{path.name}' is no name for a template; end it in .xlsx or .csv")
    if path.exists():
        raise UsageError(f"{path} is there already; choose another name")
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix.lower() == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerow(COLUMNS)
    else:
        _workbook().save(path)
    return path


def _of_sheet(sheet: Sheet, head: Row, rows: Sequence[Row]) -> pd.DataFrame:
    header = lowered(head[1])
    check_header(header, COLUMNS, (), file=sheet.shown, line=head[0])
    frame = text_frame(header, rows, (), file=sheet.shown)
    if failures := failures_of(frame, schema()):
        raise report(failures, file=sheet.shown, line_of=lambda f: int(frame["line"].iloc[f.row]))
    return _figures(frame, sheet.shown)


def _about(line: str) -> tuple[str, str]:
    key, _, value = line.lstrip("#").partition(":")
    return key.strip().lower(), value.strip().rstrip(",; ")


def _figures(frame: pd.DataFrame, shown: str) -> pd.DataFrame:
    rows = []
    for row in frame.to_dict("records"):
        area, measure, period = keys_of(row, file=shown)
        rows.append(
            {
                "area_code": area.code,
                "period_start": period.start,
                "period_end": period.end,
                "measure": measure.code,
                "count": number(row["count"], int),
                "value": number(row["value"].rstrip(" %"), float),
                "denominator": number(row["denominator"], float),
                "percent_change": None,
                "rate": None,
                "status": row["status"],
                "note": row["note"],
                "source": row["source"],
                "line": row["line"],
            }
        )
    decimals = dict.fromkeys(["value", "denominator", "percent_change", "rate"], "Float64")
    return pd.DataFrame(rows).astype({"count": "Int64", **decimals})


def _workbook() -> Any:
    from openpyxl import Workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import Font
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    # Columns are text: Excel turns 2023-04 into a day, and 27 % into 0.27, where they are not.
    sheet, lists = book.active, book.create_sheet("Lists")
    sheet.title, sheet.freeze_panes = "Indicators", "A2"
    for position, name in enumerate(COLUMNS, start=1):
        cell = sheet.cell(1, position, name)
        cell.font, cell.comment = Font(bold=True), Comment(_MEANING[name], "cspanalysis")
        sheet.column_dimensions[cell.column_letter].width = 34 if name == "measure" else 16
        sheet.column_dimensions[cell.column_letter].number_format = "@"
    choices = {
        "measure": [measure.label for measure in MeasureTable.shipped()],
        "status": list(STATUSES),
    }
    for position, (name, values) in enumerate(choices.items(), start=1):
        letter = lists.cell(1, position, name).column_letter
        for line, value in enumerate(values, start=2):
            lists.cell(line, position, value)
        formula = f"Lists!${letter}$2:${letter}${len(values) + 1}"
        rule = DataValidation(
            type="list", formula1=formula, allow_blank=True, showErrorMessage=True
        )
        rule.error, rule.errorTitle = f"Choose a {name} from the list", "Not in the list"
        column = sheet.cell(1, COLUMNS.index(name) + 1).column_letter
        rule.add(f"{column}2:{column}{_ROWS}")
        sheet.add_data_validation(rule)
    _number_rules(sheet, DataValidation)
    return book


def _number_rules(sheet: Any, rule_type: Any) -> None:
    for name in ("count", "denominator"):
        column = sheet.cell(1, COLUMNS.index(name) + 1).column_letter
        # A cell of text holds a number as text, which a rule for numbers would refuse.
        formula = f"AND(ISNUMBER(VALUE({column}2)),VALUE({column}2)>=0)"
        rule = rule_type(type="custom", formula1=formula, allow_blank=True)
        rule.error, rule.showErrorMessage = f"The {name} is a number of 0 or more", True
        rule.add(f"{column}2:{column}{_ROWS}")
        sheet.add_data_validation(rule)
