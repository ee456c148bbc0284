"""Tables as publishers give them: CSV, compressed CSV, Excel and OpenDocument sheets, as text.

Every cell becomes text without surrounding space, and every row keeps its line, so that a fault
can be told with file, line and column. A formula stays as it is written (``=A1+B1``): a figure is
what a publisher says, not what a spreadsheet may work out anew.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from cspanalysis.errors import SourceError
from cspanalysis.sources.files import GuardedReader, Member, sha256_of
from cspanalysis.sources.workbooks import Row, Sheet, is_workbook, sheets_of

__all__ = ["Row", "Sheet", "csv_fault", "is_workbook", "plain", "read_sheets", "table_of"]

# The largest open data tables unpack to a quarter of this.
_LARGEST = 400_000_000
_NOTE = re.compile(r"\s*\[(?:note|notes|[a-z])\s*[\d, ]*\]", re.IGNORECASE)
# How files begin that are no text, each with what to do.
_NO_TEXT = {
    b"\xd0\xcf\x11\xe0": "this is a workbook of old Excel (.xls) or a locked one; save as .xlsx",
    b"%PDF": "this is a PDF; ask for the table behind it as CSV or as a workbook",
    b"\xff\xfe": "this is text in UTF-16; save it as CSV in UTF-8",
    b"\xfe\xff": "this is text in UTF-16; save it as CSV in UTF-8",
}
_HEADER_WITHIN = 40


def read_sheets(member: Member) -> tuple[list[Sheet], str]:
    """Read all tables of a file, and the hash of its bytes.

    Raises
    ------
    SourceError
        If the file is damaged, no table, or larger than any that is published.
    """
    path = member.source if isinstance(member.source, Path) else None
    kind = is_workbook(path) if path else ""
    if path and kind:
        sheets = sheets_of(path, kind, member.shown)
        return [sheet for sheet in sheets if sheet.rows], sha256_of(path)
    raw = _unpacked(member)
    rows = list(_csv(raw, member))
    _refuse_separators(rows, member)
    return [Sheet(member.shown, rows)], hashlib.sha256(raw).hexdigest()


def table_of(
    sheets: Iterable[Sheet], is_header: Callable[[list[str]], bool]
) -> tuple[Sheet, Row, list[Row]] | None:
    """Find the first sheet with a header near its top: the sheet, the header, the rows after it.

    The cells of the header are made `plain`, and empty columns at the right are left out.
    """
    for sheet in sheets:
        for position, (line, cells) in enumerate(sheet.rows[:_HEADER_WITHIN]):
            header = [plain(cell) for cell in cells]
            if is_header(header):
                while not header[-1]:
                    header.pop()
                wide = sheet.rows[position + 1 :]
                return sheet, (line, header), [_cut(row, len(cells), len(header)) for row in wide]
    return None


def _cut(row: Row, whole: int, used: int) -> Row:
    """Leave out the cells beside a table, where they are empty in its header and here."""
    line, cells = row
    return row if len(cells) != whole or any(cells[used:]) else (line, cells[:used])


def plain(text: str) -> str:
    r"""Take notes and needless space out of a name.

    Examples
    --------
    >>> plain(" Humberside [note 4]"), plain("Police Force\nArea code"), plain("Swindon [x]")
    ('Humberside', 'Police Force Area code', 'Swindon')
    """
    return " ".join(_NOTE.sub("", text).split())


def _unpacked(member: Member) -> bytes:
    """Give the bytes of a text file, unpacked where it is compressed, checked to be UTF-8."""
    try:
        with member.bytes() as raw:
            head = raw.read(4)
        for magic, reason in _NO_TEXT.items():
            if head.startswith(magic):
                raise SourceError(reason, file=member.shown, line=1)
        packed = head.startswith(b"\x1f\x8b")
        with member.bytes() as raw:
            stream = cast("BinaryIO", gzip.GzipFile(fileobj=raw)) if packed else raw
            return _guarded(stream, member)
    except (gzip.BadGzipFile, zlib.error, EOFError, OSError, zipfile.BadZipFile) as error:
        reason = f"the file is damaged ({error}); download it again"
        raise SourceError(reason, file=member.shown) from error


def _guarded(stream: BinaryIO, member: Member) -> bytes:
    reader = GuardedReader(stream, shown=member.shown)
    parts, size = [], 0
    while chunk := reader.read(1 << 20):
        parts.append(chunk)
        size += len(chunk)
        if size > _LARGEST:
            reason = f"the file unpacks to more than {_LARGEST:,} bytes, which no table does"
            raise SourceError(reason, file=member.shown)
    return b"".join(parts)


def _csv(raw: bytes, member: Member) -> Iterator[Row]:
    if b"\0" in raw:
        raise SourceError("this is not a text file", file=member.shown, line=1)
    text = io.StringIO(raw.decode("utf-8-sig"), newline="")
    reader = csv.reader(text, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise SourceError(csv_fault(error), file=member.shown, line=reader.line_num) from error


def csv_fault(error: csv.Error) -> str:
    """Say what a fault of a CSV means; a quotation mark that is never closed makes a long field."""
    if "field larger" in str(error):
        return "a value is longer than any is; is a quotation mark opened and never closed?"
    return str(error)


def _refuse_separators(rows: Sequence[Row], member: Member) -> None:
    """Say what to do where values are kept apart by something else than commas."""
    near = [(line, cells[0]) for line, cells in rows[:_HEADER_WITHIN] if not any(cells[1:])]
    if len(near) < len(rows[:_HEADER_WITHIN]):
        return
    for sign, name in ((";", "semicolons"), ("\t", "tabs")):
        line = next((line for line, text in near if text.count(sign) > 1 and text[0] != "#"), None)
        if line is not None:
            reason = f"values are kept apart by {name}; save the file as 'CSV UTF-8' with commas"
            raise SourceError(reason, file=member.shown, line=line)
