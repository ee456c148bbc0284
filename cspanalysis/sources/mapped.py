"""Partners' own tables, read by a mapping as they were published; see `vocabulary.mapping`.

What a table writes where it has no figure is told by the mapping, and is never taken for nought.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import lru_cache
from typing import Any

import pandas as pd

from cspanalysis.characters import keyed
from cspanalysis.errors import SourceError, UsageError
from cspanalysis.settings import Settings
from cspanalysis.sources.figures import FigureTable, remarks_on
from cspanalysis.sources.mapped_columns import Grid, column_name, grid_of
from cspanalysis.sources.mapped_values import Absences, Figure, joined_events, read_value
from cspanalysis.sources.tables import Sheet
from cspanalysis.sources.typed import refuse_doubles
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.area import slug_of
from cspanalysis.vocabulary.mapping import (
    AreaColumns,
    MappedFigure,
    MappedTable,
    PeriodFrom,
)
from cspanalysis.vocabulary.mapping import (
    Mapping as Described,
)
from cspanalysis.vocabulary.wider import WIDER_KINDS
from cspanalysis.vocabulary.written import as_told, written_period

__all__ = ["read_mapped"]

_CODE = re.compile(r"[A-Z]\d{8}")
_NO_CODE, _NO_AREA = "without the code of an area", "of no area that is known here"


def read_mapped(
    sheets: Sequence[Sheet], sha256: str, held: Settings[Described], *, name: str
) -> FigureTable:
    """Read the tables of a file that a mapping describes.

    Parameters
    ----------
    sheets, sha256
        The file's tables, and the hash of its bytes.
    held
        The mapping.
    name
        Name of the file.

    Raises
    ------
    SourceError
        With file, line, column and what to do, if the file is not as the mapping says.
    """
    mapping = held.content
    left_out: dict[str, str] = {}
    found: list[Figure] = []
    told: dict[str, None] = {}
    for at, table in enumerate(mapping.tables):
        where = held.where("tables", at)
        sheet = _sheet(sheets, table, where)
        found += _Reader(table, mapping, sheet, where, name, left_out).read()
        told |= dict.fromkeys(sheet.unseen_parts())
    if not found:
        raise SourceError(f"no row of it is of an area that is known; see {held.path}", file=name)
    frame = _frame(found, mapping)
    for shown, rows in frame.groupby("sheet", sort=False):
        refuse_doubles(rows, file=str(shown))
    both = frame.drop(columns="sheet")
    refuse_doubles(both, file=name)
    remarks = remarks_on(pd.DataFrame({"measure": []}), left_out)
    remarks = (*remarks, *told)
    return FigureTable(both, mapping.licence, mapping.vintage, sha256, left_out, remarks)


def _sheet(sheets: Sequence[Sheet], table: MappedTable, where: str) -> Sheet:
    """Find the sheet that a table is on: the first of its patterns that fits one."""
    if table.sheet is None:
        if len(sheets) == 1:
            return sheets[0]
        raise SourceError(f"the file has {len(sheets)} sheets; name one with `sheet` ({where})")
    names = {_sheet_name(sheet): sheet for sheet in sheets}
    for pattern in table.sheet:
        for name, sheet in names.items():
            if fnmatch(name.strip().lower(), pattern.lower()):
                return sheet
    raise SourceError(
        f"there is no sheet {' or '.join(map(repr, table.sheet))} ({where}); "
        f"there are {', '.join(map(repr, [*names][:30]))}"
    )


def _sheet_name(sheet: Sheet) -> str:
    match = re.search(r", sheet '(.*)'$", sheet.shown, re.DOTALL)
    return match[1] if match else ""


@dataclass(slots=True)
class _Reader:
    """Read one table."""

    table: MappedTable
    mapping: Described
    sheet: Sheet
    where: str
    name: str
    left_out: dict[str, str]

    def read(self) -> list[Figure]:
        grid = grid_of(self.sheet, self.table, where=self.where)
        areas = self._areas(grid)
        found: list[Figure] = []
        for figure in self.table.measures:
            rows = self._rows(grid, figure, areas)
            made = self._events if figure.of_events else self._figures
            found += made(grid, figure, rows)
        return found

    def _areas(self, grid: Grid) -> list[tuple[int, list[str], str]]:
        """Give the rows that are of an area, with its code; note those that are of none."""
        if isinstance(self.table.area, str):
            return [(line, cells, Area.named(self.table.area).code) for line, cells in grid.rows]
        code, name = _area_columns(grid, self.table.area)
        wanted = [at for figure in self.table.measures for at in grid.columns(figure)]
        kept = []
        for line, cells in grid.rows:
            written = tuple(cells[at] if at is not None else "" for at in (code, name))
            if found := _area(*written, by_code=code is not None):
                kept.append((line, cells, found))
            elif any(written) and any(cells[at] for at in wanted):
                coded = code is None or _CODE.fullmatch(written[0])
                shown = written[1] or (written[0] if coded else f"line {line}")
                self.left_out[shown] = _NO_AREA if coded else _NO_CODE
        return kept

    def _rows(
        self, grid: Grid, figure: MappedFigure, areas: Sequence[tuple[int, list[str], str]]
    ) -> list[tuple[int, list[str], str, bool]]:
        """Give the rows of a figure's area, and whether each is one that the figure means."""
        meant = {
            grid.column([column], self.where): texts for column, texts in self.table.where.items()
        }
        own = {grid.column([column], self.where): texts for column, texts in figure.where.items()}
        for at, texts in (*meant.items(), *own.items()):
            grid.refuse_unknown(at, texts, self.where)
        rows = [row for row in areas if _is_meant(row[1], meant)]
        return [(*row, _is_meant(row[1], own)) for row in rows]

    def _figures(
        self,
        grid: Grid,
        figure: MappedFigure,
        rows: Iterable[tuple[int, list[str], str, bool]],
    ) -> Iterator[Figure]:
        code, whole = Measure.named(figure.measure).code, figure.count is not None
        columns = grid.columns(figure)
        for line, cells, area, meant in rows:
            for at, written in columns.items() if meant else ():
                period = self._period(written, cells, grid, line)
                number, status = self._value(grid, at, line, cells, whole=whole)
                out_of = None
                if figure.denominator and number is not None:
                    beside = grid.denominator(figure.denominator, written, self.where)
                    out_of, _ = self._value(grid, beside, line, cells, whole=False)
                yield Figure(
                    area=area,
                    period=period,
                    measure=code,
                    number=number,
                    whole=whole,
                    denominator=out_of or None,
                    status=status,
                    line=line,
                    sheet=self.sheet.shown,
                    note=_note(self.mapping, figure, cells[at]),
                )

    def _value(
        self, grid: Grid, at: int, line: int, cells: Sequence[str], *, whole: bool
    ) -> tuple[float | None, str]:
        absences = Absences(self.mapping.missing, self.mapping.marks)
        file, column = self.sheet.shown, grid.header(at)
        return read_value(cells[at], absences, whole=whole, file=file, line=line, column=column)

    def _events(
        self, grid: Grid, figure: MappedFigure, rows: Sequence[tuple[int, list[str], str, bool]]
    ) -> list[Figure]:
        at = grid.column(figure.total, self.where) if figure.total else None
        events = []
        for line, cells, area, meant in rows:
            number: float | None = int(meant)
            if at is not None and meant:
                number, _ = self._value(grid, at, line, cells, whole=True)
            events.append((area, self._period("", cells, grid, line), number, line))
        note = _note(self.mapping, figure, "")
        return joined_events(events, Measure.named(figure.measure).code, self.sheet.shown, note)

    def _period(self, written: str, cells: Sequence[str], grid: Grid, line: int) -> Period:
        told = self.table.period
        if isinstance(told, str):
            return Period.parse(told)
        column = grid.column([told.column], self.where) if told.column else None
        text = written or (cells[column] if column is not None else self._elsewhere(told))
        try:
            period = as_told(text, told.told) if told.told else written_period(text)
        except UsageError as error:
            shown = told.column or told.cell or "period"
            raise SourceError(
                f"{error} ({self.where})", file=self.sheet.shown, line=line, column=shown
            ) from None
        return _of_each(period, told.each)

    def _elsewhere(self, told: PeriodFrom) -> str:
        if told.sheet:
            return _sheet_name(self.sheet)
        if told.file:
            return self.name
        letters, number = re.fullmatch(r"([A-Z]+)(\d+)", told.cell).groups()  # type: ignore[union-attr]
        cells = dict(self.sheet.rows).get(int(number), [])
        at = next((i for i in range(len(cells)) if column_name(i) == letters), None)
        return cells[at] if at is not None else ""


def _area_columns(grid: Grid, area: AreaColumns) -> tuple[int | None, int | None]:
    code = grid.column([area.code], grid.where) if area.code else None
    return code, grid.column([area.name], grid.where) if area.name else None


@lru_cache(maxsize=4096)
def _area(code: str, name: str, *, by_code: bool) -> str | None:
    """Find the area of a row; a council goes before a partnership of the same name.

    Where a table has codes, a row without one is a total or a heading, whatever its name.
    """
    wanted = (code,) if by_code else (f"{slug_of(name)}-lad", name)
    for text in wanted:
        try:
            found = Area.named(text) if text else None
            return found.code if found and found.kind not in WIDER_KINDS else None
        except UsageError:
            continue
    return None


def _is_meant(cells: Sequence[str], where: Mapping[int, Sequence[str]]) -> bool:
    return all(
        cells[at].casefold() in {keyed(text).casefold() for text in texts}
        for at, texts in where.items()
    )


def _of_each(period: Period, each: str) -> Period:
    """Give the month, quarter or year that a day lies in; the period itself where none is said.

    Examples
    --------
    >>> [str(_of_each(Period.parse("2023-02"), each)) for each in ("quarter", "financial year")]
    ['2023-Q1', 'FY2022']
    """
    year, month = period.start.year, period.start.month
    texts = {
        "month": f"{year}-{month:02}",
        "quarter": f"{year}-Q{(month + 2) // 3}",
        "year": f"{year}",
        "financial year": f"FY{year - (month < 4)}",
    }
    return Period.parse(texts[each]) if each else period


def _note(mapping: Described, figure: MappedFigure, cell: str) -> str:
    percent = "A percentage." if cell.endswith("%") else ""
    return " ".join(filter(None, (figure.note, mapping.note, percent)))


def _frame(found: Sequence[Figure], mapping: Described) -> pd.DataFrame:
    rows: list[dict[str, Any]] = [
        {
            "area_code": one.area,
            "period_start": one.period.start,
            "period_end": one.period.end,
            "measure": one.measure,
            "count": one.number if one.whole else None,
            "value": None if one.whole else one.number,
            "denominator": one.denominator,
            "percent_change": None,
            "rate": None,
            "status": one.status,
            "note": one.note,
            "source": mapping.source,
            "line": one.line,
            "sheet": one.sheet,
        }
        for one in found
    ]
    decimals = dict.fromkeys(["value", "denominator", "percent_change", "rate"], "Float64")
    return pd.DataFrame(rows).astype({"count": "Int64", **decimals})
