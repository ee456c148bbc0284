"""A report's tables for machines: CSV files, and what each column holds as CSV on the Web.

One archive: ``metadata.json`` (https://www.w3.org/TR/tabular-metadata/) describes every file,
``figures.csv`` holds the headline figures, a row each, ``tables/`` the tables as they are shown.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cspanalysis.blocks.block import identifier
from cspanalysis.publication.html import Page, edition_label
from cspanalysis.publication.licence import ADDRESS, BOUNDARIES, NAME, draws_boundaries
from cspanalysis.publication.word_archive import archive_of

__all__ = ["data_pack_of"]

_CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
_MARKS = {
    "[c]": "suppressed, so that nobody can be told from it",
    "[x]": "not available",
    "[z]": "not applicable",
}
_FIGURES = {
    "id": "Name that lasts from one edition to the next",
    "label": "What the number is",
    "value": "The number",
    "unit": "What it counts",
    "lower": "Lower limit of its 95 % interval",
    "upper": "Upper limit of its 95 % interval",
    "change": "Its change in words",
    "verdict": "What the test of the change says",
    "source": "Where it comes from",
    "caveats": "What changes the reading",
}
_LIVE = ("=", "+", "-", "@", "\t")
"""What a spreadsheet would take for the beginning of a formula."""


@dataclass(frozen=True, slots=True)
class _File:
    """Hold one file: its name in the archive, its columns by title, and its rows."""

    name: str
    title: str
    columns: Mapping[str, str]
    rows: Sequence[Sequence[object]]
    notes: Sequence[str] = ()


def data_pack_of(page: Page) -> bytes:
    """Make the archive of a page's tables and figures: the same page gives the same bytes."""
    files = [_figures(page.figures), *_tables(page.tables)]
    members = {
        "README.txt": _about(page, files).encode(),
        "metadata.json": _metadata(page, files).encode(),
        **{file.name: _written(file).encode() for file in files},
    }
    return archive_of(members)


def _figures(figures: Iterable[Mapping[str, Any]]) -> _File:
    rows = []
    for figure in figures:
        lower, upper = figure.get("interval") or (None, None)
        caveats = " ".join(str(caveat["text"]) for caveat in figure.get("caveats") or ())
        held = {**figure, "lower": lower, "upper": upper, "caveats": caveats}
        rows.append([held.get(name) for name in _FIGURES])
    return _File("figures.csv", "Headline figures", _FIGURES, rows)


def _tables(tables: Iterable[Mapping[str, Any]]) -> Iterator[_File]:
    for number, table in enumerate((t for t in tables if t["rows"] and t["columns"]), start=1):
        noted = any(row.get("notes") for row in table["rows"])
        rows = [
            [*row["cells"], *([" ".join(row.get("notes", ()))] if noted else [])]
            for row in table["rows"]
        ]
        titles = _named([*(c["name"] for c in table["columns"]), *(["Notes"] if noted else [])])
        name = f"tables/{number:02}-{identifier(table['caption'])}.csv"
        yield _File(name, table["caption"], titles, rows, table["notes"])


def _named(titles: Iterable[str]) -> dict[str, str]:
    """Give each column a name for machines; one that is there already gets a number.

    Examples
    --------
    >>> _named(["Change", "Change (%)", "change"])
    {'change': 'Change', 'change_percent': 'Change (%)', 'change_2': 'change'}
    """
    named: dict[str, str] = {}
    for title in titles:
        base = name = identifier(title.replace("%", " percent ")).replace("-", "_")
        number = 2
        while name in named:
            name, number = f"{base}_{number}", number + 1
        named[name] = title
    return named


def _written(file: _File) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(file.columns)
    writer.writerows([_cell(value) for value in row] for row in file.rows)
    return buffer.getvalue()


def _cell(value: object) -> object:
    """Write a number in full, a text so that no spreadsheet takes it for a formula."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_LIVE) else value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _metadata(page: Page, files: Iterable[_File]) -> str:
    group = {
        "@context": _CONTEXT,
        "dc:title": page.title,
        "dc:description": page.cover["lead"],
        "dc:license": {"@id": ADDRESS},
        "dc:source": list(dict.fromkeys(str(f["source"]) for f in page.figures if f.get("source"))),
        "tables": [_table(file) for file in files],
    }
    return json.dumps(group, indent=2, ensure_ascii=False) + "\n"


def _table(file: _File) -> dict[str, Any]:
    columns = [
        {"name": name, "titles": name, "dc:description": title, **_kind(file, place)}
        for place, (name, title) in enumerate(file.columns.items())
    ]
    notes = {"rdfs:comment": list(file.notes)} if file.notes else {}
    schema = {"columns": columns, **_key(file)}
    return {"url": file.name, "dc:title": file.title, **notes, "tableSchema": schema}


def _key(file: _File) -> dict[str, str]:
    """Name the column that tells the rows apart: the first, where no two rows have it alike."""
    held = [_cell(row[0]) for row in file.rows]
    apart = all(value not in (None, "") for value in held) and len({*held}) == len(held)
    return {"primaryKey": next(iter(file.columns))} if apart else {}


def _kind(file: _File, place: int) -> dict[str, Any]:
    """Say what a column holds: numbers, with what stands where there is none, or text."""
    held = [row[place] for row in file.rows]
    marks = sorted({value for value in held if isinstance(value, str) and value in _MARKS})
    numbers = [value for value in held if isinstance(value, int | float)]
    if not numbers or any(isinstance(v, str) and v not in _MARKS for v in held):
        return {"datatype": "string"}
    whole = all(isinstance(n, int) or n.is_integer() for n in numbers)
    return {"datatype": "integer" if whole else "double", "null": ["", *marks]}


def _about(page: Page, files: Iterable[_File]) -> str:
    cover = page.cover
    licence = f"Contains public sector information licensed under the {NAME}: {ADDRESS}"
    lines = [
        page.title,
        cover["lead"],
        "",
        *(f"{name}: {text}" for name, text in cover["facts"].items()),
        edition_label(cover),
        *filter(None, [cover["marking"]]),
        "",
        "metadata.json says what every column holds (CSV on the Web).",
        *(f"{file.name}: {file.title}" for file in files),
        "",
        "Where there is no number:",
        *(f"{mark} {meaning}" for mark, meaning in _MARKS.items()),
        "A text that begins like a formula has an apostrophe before it.",
        "",
        licence,
        *([BOUNDARIES] if draws_boundaries(page.html) else []),
    ]
    return "\r\n".join(lines) + "\r\n"
