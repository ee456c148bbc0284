"""Recorded tables to a spreadsheet that everyone can read: one table a sheet, nothing live.

The layout follows the Analysis Function's guidance on accessible spreadsheets
(https://analysisfunction.civilservice.gov.uk/policy-store/making-spreadsheets-accessible-a-brief-checklist-of-the-basics/):
cover, contents, notes on a sheet of their own, tables at the left-hand edge that are marked as
tables, shorthand in square brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from cspanalysis.blocks.block import identifier
from cspanalysis.publication.html import Page, edition_label
from cspanalysis.publication.licence import ADDRESS, BOUNDARIES, NAME, draws_boundaries
from cspanalysis.publication.word_archive import archive_of, members_of
from cspanalysis.publication.workbook_style import with_heading_style

__all__ = ["spreadsheet_of"]

_SHORTHAND = {
    "[c]": "suppressed, so that nobody can be told from it",
    "[x]": "not available",
    "[z]": "not applicable",
    "[low]": "not zero, but rounds to zero",
}
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_NARROWEST, _WIDEST = 9, 44
_A4 = 9  # by the numbers of xlsxwriter
_ROW = re.compile(r"\d+")
_LINK = re.compile(r"\](?=\()")


def spreadsheet_of(page: Page) -> bytes:
    """Make the spreadsheet of a page's recorded tables: the same page gives the same bytes.

    Texts are written as texts whatever they begin with; there is no formula and no link but those
    of the contents and the licence's.
    """
    from gptables.core.wrappers import GPWorkbook

    notes = _numbered(page.tables)
    source = str(page.cover["facts"].get("Figures", ""))
    laid_out = _laid_out(page.tables, notes, source=source)
    sheets = {f"Table {n}": t for n, t in enumerate(laid_out, start=1)}
    buffer = BytesIO()
    book = GPWorkbook(buffer, options=_OPTIONS)
    book.set_properties({"title": page.title, "subject": page.subject, "created": page.written})
    cover = book.add_worksheet("Cover")
    cover.write_cover(_cover(page))
    _fit(cover)
    if sheets:
        _fit(_written(book, "Contents", book.make_table_of_contents(sheets)))
    if notes:
        _fit(_written(book, "Notes", _notes_sheet(notes)))
    for label, sheet in sheets.items():
        made = _written(book, label, sheet)
        made.set_landscape()
        _fit(made)
    book.close()
    return archive_of(with_heading_style(members_of(buffer.getvalue())))


def _written(book: Any, label: str, sheet: Any) -> Any:
    """Add a worksheet of one table and give it."""
    made = book.add_worksheet(label)
    made.write_gptable(sheet, False)
    for place, name in enumerate(sheet.table.columns):
        texts = (str(value) for value in sheet.table.iloc[:, place])
        longest = max([len(str(name)) / 2, *(len(text) for text in texts)])
        made.set_column(place, place, min(_WIDEST, max(_NARROWEST, longest + 2)))
    return made


def _fit(sheet: Any) -> None:
    """Print on A4, all columns side by side; the heads of a table again on each page.

    There is no footer, by the guidance above: the source stands in a cell.
    """
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    for table in sheet.tables:
        heads = int(_ROW.findall(table["range"])[0]) - 1
        sheet.repeat_rows(heads)


def _cover(page: Page) -> Any:
    from gptables import Cover

    cover = page.cover
    about = [f"{name}: {value}" for name, value in cover["facts"].items()]
    about += [] if "Edition" in cover["facts"] else [edition_label(cover)]
    about += [cover["marking"]] if cover["marking"] else []
    about += ["Shorthand used where there is no number:"]
    about += [f"{mark} {meaning}" for mark, meaning in _SHORTHAND.items()]
    licence = ["Contains public sector information licensed under the:", f"[{NAME}]({ADDRESS})"]
    licence += [BOUNDARIES] if draws_boundaries(page.html) else []
    return Cover(
        title=_text(page.title),
        intro=[_text(cover["lead"]), "The tables behind the report, one on each worksheet."],
        about=[*(_text(line) for line in about), *licence],
    )


def _numbered(tables: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Give the notes of all tables their numbers, in the order in which rows bear them."""
    texts = (note for table in tables for row in table["rows"] for note in row.get("notes", ()))
    return {text: number for number, text in enumerate(dict.fromkeys(texts), start=1)}


def _notes_sheet(notes: Mapping[str, int]) -> Any:
    import pandas as pd
    from gptables import GPTable

    rows = [(f"note {number}", _text(text)) for text, number in notes.items()]
    return GPTable(
        table=pd.DataFrame(rows, columns=["Note", "What it says"]),
        table_name="notes",
        title="Notes",
        instructions="This worksheet contains one table.",
        index_columns={2: 0},
    )


def _laid_out(
    tables: Sequence[Mapping[str, Any]], notes: Mapping[str, int], *, source: str
) -> Iterator[Any]:
    """Give the sheets of the tables that have rows."""
    import pandas as pd
    from gptables import GPTable

    for number, table in enumerate((t for t in tables if t["rows"] and t["columns"]), start=1):
        rows = list(_rows(table, notes))
        heads = _heads(table, noted=len(rows[0]) > len(table["columns"]))
        yield GPTable(
            table=pd.DataFrame(rows, columns=heads, dtype=object),
            table_name=f"table_{number}_{identifier(table['caption']).replace('-', '_')}",
            title=_text(f"Table {number}: {table['caption']}"),
            instructions="This worksheet contains one table.",
            legend=[*map(_text, table["notes"]), *_legend(rows)],
            source=_text(f"Source: {source}") if source else None,
            index_columns={2: 0},
            additional_formatting=list(_formats(table)),
        )


def _rows(table: Mapping[str, Any], notes: Mapping[str, int]) -> Iterator[list[object]]:
    decimals = [column["decimals"] for column in table["columns"]]
    noted = any("notes" in row for row in table["rows"])
    for row in table["rows"]:
        cells = [_cell(*pair) for pair in zip(row["cells"], decimals, strict=True)]
        numbers = sorted(notes[text] for text in row.get("notes", ()))
        said = ", ".join(f"note {number}" for number in numbers) or "none"
        yield [*cells, said] if noted else cells


def _heads(table: Mapping[str, Any], *, noted: bool) -> list[str]:
    """Name the columns; a name that is there already gets a number."""
    names: list[str] = []
    for column in [*(c["name"] for c in table["columns"]), *(["Notes"] if noted else [])]:
        name, times = _text(column), 1 + names.count(_text(column))
        names.append(name if times == 1 else f"{name} ({times})")
    return names


def _cell(value: object, decimals: int) -> object:
    if isinstance(value, str):
        return _text(value)
    number: Any = value
    return "[low]" if number and not round(number, decimals) else number


def _text(text: str) -> str:
    """Take from a text what gptables would read as a link or a note, or refuse."""
    plain = _LINK.sub("] ", text).replace("$$", "$ $").strip() or "[x]"
    return plain if any(letter.isalnum() for letter in plain) else f"text: {plain}"


def _legend(rows: Sequence[Sequence[object]]) -> Iterator[str]:
    held = {cell for row in rows for cell in row if isinstance(cell, str)}
    yield from (f"{mark} {meaning}" for mark, meaning in _SHORTHAND.items() if mark in held)


def _formats(table: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the number formats, each with the columns that bear it: gptables is slow with many."""
    columns: dict[int, list[int]] = {}
    for place, column in enumerate(table["columns"]):
        columns.setdefault(column["decimals"], []).append(place)
    for decimals, places in columns.items():
        shown = f"#,##0{f'.{0:0{decimals}}' if decimals else ''}"
        yield {
            "column": {
                "columns": places,
                "format": {"num_format": shown},
                "include_names": False,
            }
        }
