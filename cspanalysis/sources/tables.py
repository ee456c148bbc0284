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
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, cast

from cspanalysis.characters import keyed
from cspanalysis.encodings import Utf8
from cspanalysis.errors import SourceError
from cspanalysis.sources.files import Member, in_utf8, sha256_of
from cspanalysis.sources.formats import HEAD, why_no_text
from cspanalysis.sources.workbooks import Row, Sheet, is_workbook, sheets_of

__all__ = [
    "Row",
    "Sheet",
    "csv_fault",
    "is_workbook",
    "keyed_rows",
    "plain",
    "read_sheets",
    "read_supplied",
    "table_of",
]

# The largest open data tables unpack to a quarter of this.
_LARGEST = 400_000_000
_MOST_LINES = 2_000_000
"""Empty ones count: each takes as long to read as one that tells something."""
_NOTE = re.compile(r"\s*\[(?:note|notes|[a-z])\s*[\d, ]*\]", re.IGNORECASE)
_HEADER_WITHIN = 40
_PROSE = {"note", "source"}


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
    (raw, encoding), sha256 = _unpacked(member)
    rows = list(_csv(raw, member))
    _refuse_separators(rows, member)
    return [Sheet(member.shown, rows, encoding=encoding)], sha256


def read_supplied(path: Path) -> Sheet:
    """Read the table of a file that stands beside a partnership's words, such as answers.

    Raises
    ------
    SourceError
        If the file is absent, damaged, or no table.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise SourceError(f"the file can't be read: {error.strerror or error}", file=path) from None
    sheets, _ = read_sheets(Member(path.name, str(path), size, path))
    return sheets[0] if sheets else Sheet(str(path), [])


def table_of(
    sheets: Iterable[Sheet], is_header: Callable[[list[str]], bool]
) -> tuple[Sheet, Row, list[Row]] | None:
    """Find the first sheet with a header near its top: the sheet, the header, the rows after it.

    The cells of the header are made `plain`, empty columns at the right are left out, and what
    people pasted is read as `keyed_rows` says.
    """
    for sheet in sheets:
        for position, (_, cells) in enumerate(sheet.rows[:_HEADER_WITHIN]):
            if is_header([plain(cell) for cell in cells]):
                return sheet, *under_header(sheet.rows[position:])
    return None


def under_header(rows: Sequence[Row]) -> tuple[Row, list[Row]]:
    """Part the header, which comes first, from its rows; leave out empty columns at the right."""
    line, cells = rows[0]
    header = [plain(cell) for cell in cells]
    while header and not header[-1]:
        header.pop()
    cut = [_cut(row, len(cells), len(header)) for row in rows[1:]]
    return (line, header), keyed_rows(cut, header)


def keyed_rows(rows: Iterable[Row], header: Sequence[str]) -> list[Row]:
    """Read the names, dates and numbers of rows as they would be typed; prose stays as it is."""
    prose = {at for at, name in enumerate(header) if name.lower() in _PROSE}
    return [
        (line, [cell if at in prose else keyed(cell) for at, cell in enumerate(cells)])
        for line, cells in rows
    ]


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
    return " ".join(_NOTE.sub("", keyed(text)).split())


def text_of(member: Member) -> tuple[str, str]:
    """Read a file as text, unpacked where it is compressed, and give the hash of its bytes."""
    text, sha256 = _unpacked(member)
    return text.raw.decode("utf-8-sig"), sha256


def _unpacked(member: Member) -> tuple[Utf8, str]:
    """Give a text file in UTF-8, unpacked where it is compressed, and the hash of its bytes."""
    try:
        with member.bytes() as raw:
            head = raw.read(HEAD)
        if reason := why_no_text(head, member.base):
            raise SourceError(reason, file=member.shown, line=1)
        packed = head.startswith(b"\x1f\x8b")
        with member.bytes() as raw:
            stream = cast("BinaryIO", gzip.GzipFile(fileobj=raw)) if packed else raw
            return _read(stream, member)
    except (gzip.BadGzipFile, zlib.error, EOFError, OSError, zipfile.BadZipFile) as error:
        reason = f"the file is damaged ({error}); download it again"
        raise SourceError(reason, file=member.shown) from error


def _read(stream: BinaryIO, member: Member) -> tuple[Utf8, str]:
    raw = stream.read(_LARGEST + 1)
    if len(raw) > _LARGEST:
        reason = f"the file unpacks to more than {_LARGEST:,} bytes, which no table does"
        raise SourceError(reason, file=member.shown)
    if max(raw.count(b"\n"), raw.count(b"\r")) > _MOST_LINES:
        reason = (
            f"the file has more than {_MOST_LINES:,} lines, which no table of figures does; take "
            "out those that are empty, or save it again"
        )
        raise SourceError(reason, file=member.shown)
    return in_utf8(raw, shown=member.shown), hashlib.sha256(raw).hexdigest()


def _csv(raw: bytes, member: Member) -> Iterator[Row]:
    if b"\0" in raw:
        raise SourceError("this is not a text file", file=member.shown, line=1)
    text = io.StringIO(raw.decode("utf-8-sig"), newline="")
    reader = csv.reader(text, strict=True)
    line = 1
    try:
        for cells in reader:
            first = line == 1 and is_separator(",".join(cells))
            if any(cell.strip() for cell in cells) and not first:
                yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise SourceError(csv_fault(error), file=member.shown, line=reader.line_num) from error


def csv_fault(error: csv.Error) -> str:
    """Say what a fault of a CSV means; a quotation mark that is never closed makes a long field."""
    if "field larger" in str(error):
        return "a value is longer than any is; is a quotation mark opened and never closed?"
    if "expected after" in str(error):
        return f"{error}; save the file as 'CSV UTF-8', whose values are kept apart by commas"
    return str(error)


def is_separator(line: str) -> bool:
    """Tell the line that Excel puts first to say what keeps values apart, such as ``sep=,``."""
    return bool(re.fullmatch(r'"?sep=.?"?,*', line.strip(), re.IGNORECASE))


def _refuse_separators(rows: Sequence[Row], member: Member) -> None:
    """Say what to do where values are kept apart by something else than commas."""
    near = [row for row in rows[:_HEADER_WITHIN] if not row[1][0].startswith("#")]
    for (line, cells), (_, below) in pairwise([*near, *near[-1:]]):
        for sign, name in ((";", "semicolons"), ("\t", "tabs")):
            times = cells[0].count(sign)
            # Those that end the next line may be gone with its spaces.
            alike = 2 * ",".join(below).count(sign) >= times
            if not any(cells[1:]) and times > 1 and alike:
                reason = f"values are kept apart by {name}; save the file as 'CSV UTF-8' with"
                raise SourceError(f"{reason} commas", file=member.shown, line=line)
