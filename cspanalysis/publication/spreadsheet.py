"""Recorded tables to a spreadsheet that everyone can read: one table a sheet, nothing live.

The layout follows the Analysis Function's guidance on accessible spreadsheets
(https://analysisfunction.civilservice.gov.uk/policy-store/making-spreadsheets-accessible-a-brief-checklist-of-the-basics/):
cover, contents, notes on a sheet of their own, tables at the left-hand edge that are marked as
tables, shorthand in square brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from cspanalysis.blocks.block import identifier
from cspanalysis.publication.html import Page, edition_label
from cspanalysis.publication.licence import ADDRESS, BOUNDARIES, NAME, draws_boundaries
from cspanalysis.publication.workbook import Book, Link, Sheet

__all__ = ["spreadsheet_of"]

_SHORTHAND = {
    "[c]": "suppressed, so that nobody can be told from it",
    "[x]": "not available",
    "[z]": "not applicable",
    "[low]": "not zero, but rounds to zero",
}
_LINK = re.compile(r"\](?=\()")


def spreadsheet_of(page: Page) -> bytes:
    """Make the spreadsheet of a page's recorded tables: the same page gives the same bytes.

    Texts are written as texts whatever they begin with; there is no formula and no link but those
    of the contents and the licence's.
    """
    book = Book(page.title, page.subject, page.written)
    book.write_cover(_text(page.title), _cover(page))
    for sheet in _sheets(page):
        book.write_table(sheet)
    return book.content()


def _sheets(page: Page) -> Iterator[Sheet]:
    """Give the sheets after the cover: contents and notes, as far as there are any, and tables."""
    notes = _numbered(page.tables)
    source = str(page.cover["facts"].get("Figures", ""))
    sheets = list(_laid_out(page.tables, notes, source=source))
    if sheets:
        listed = [(Link(s.label, f"internal:'{s.label}'!A1"), s.title) for s in sheets]
        heads = ["Sheet name", "Table description"]
        yield Sheet("Contents", "Table of contents", "contents_table", heads, listed)
    if notes:
        rows = [(f"note {number}", _text(text)) for text, number in notes.items()]
        yield Sheet("Notes", "Notes", "notes", ["Note", "What it says"], rows)
    yield from sheets


def _cover(page: Page) -> dict[str, list[str | Link]]:
    cover = page.cover
    about = [f"{name}: {value}" for name, value in cover["facts"].items()]
    about += [] if "Edition" in cover["facts"] else [edition_label(cover)]
    about += [cover["marking"]] if cover["marking"] else []
    about += ["Shorthand used where there is no number:"]
    about += [f"{mark} {meaning}" for mark, meaning in _SHORTHAND.items()]
    licence: list[str | Link] = [
        "Contains public sector information licensed under the:",
        Link(NAME, ADDRESS),
    ]
    licence += [BOUNDARIES] if draws_boundaries(page.html) else []
    intro = [_text(cover["lead"]), "The tables behind the report, one on each worksheet."]
    return {
        "Introductory information": [*intro],
        "About these data": [*(_text(line) for line in about), *licence],
    }


def _numbered(tables: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Give the notes of all tables their numbers, in the order in which rows bear them."""
    texts = (note for table in tables for row in table["rows"] for note in row.get("notes", ()))
    return {text: number for number, text in enumerate(dict.fromkeys(texts), start=1)}


def _laid_out(
    tables: Sequence[Mapping[str, Any]], notes: Mapping[str, int], *, source: str
) -> Iterator[Sheet]:
    """Give the sheets of the tables that have rows."""
    for number, table in enumerate((t for t in tables if t["rows"] and t["columns"]), start=1):
        rows = list(_rows(table, notes))
        yield Sheet(
            f"Table {number}",
            _text(f"Table {number}: {table['caption']}"),
            f"table_{number}_{identifier(table['caption']).replace('-', '_')}",
            _heads(table, noted=len(rows[0]) > len(table["columns"])),
            rows,
            above=[*map(_text, table["notes"]), *_legend(rows), *_source(source)],
            decimals=[column["decimals"] for column in table["columns"]],
            landscape=True,
        )


def _source(source: str) -> Iterator[str]:
    if source:
        yield _text(f"Source: {source}")


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
    """Take from a text what could be read as a link or a note; say so where no letter is in it."""
    plain = _LINK.sub("] ", text).replace("$$", "$ $").strip() or "[x]"
    return plain if any(letter.isalnum() for letter in plain) else f"text: {plain}"


def _legend(rows: Sequence[Sequence[object]]) -> Iterator[str]:
    held = {cell for row in rows for cell in row if isinstance(cell, str)}
    yield from (f"{mark} {meaning}" for mark, meaning in _SHORTHAND.items() if mark in held)
