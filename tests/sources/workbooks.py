"""Workbooks written by hand: Excel through openpyxl, OpenDocument as the bare format."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook

NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def write_xlsx(path: Path, rows: Sequence[Sequence[object]], *, title: str = "Table") -> Path:
    book = Workbook()
    book.active.title = "Notes"
    book.active.append(["A cover sheet without a table"])
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def write_ods(path: Path, rows: Sequence[Sequence[object]], *, title: str = "Table") -> Path:
    body = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    blank = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/>'
    blank += "</table:table-row>"
    content = (
        f"<office:document-content {NAMES}><office:body><office:spreadsheet>"
        f"<table:table table:name={quoteattr(title)}>{body}{blank}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return path


def _cell(value: object) -> str:
    if isinstance(value, int | float):
        shown = f"<text:p>{value:,}</text:p>"
        kind = f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell {kind}>{shown}</table:table-cell>"
    text = str(value)
    if text.startswith("="):
        return f"<table:table-cell table:formula={quoteattr('of:' + text)}/>"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    return f"<table:table-cell>{lines if text else ''}</table:table-cell>"
