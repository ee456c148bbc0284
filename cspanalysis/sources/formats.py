"""Files that hold no table of ours: told by how they begin, each with what to do instead."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from pathlib import Path

from cspanalysis.errors import SourceError

__all__ = ["HEAD", "refuse_format", "why_no_text"]

HEAD = 512
"""Bytes from the start of a file that tell what it is."""

_UNPACK = "unpack it, and take in the folder or the table that comes out"
_AS_CSV = "save it as CSV in UTF-8"
_PICTURE = "this is a picture; ask for the table behind it as CSV or as a workbook"
_BEGINS: tuple[tuple[bytes, str], ...] = (
    (b"7z\xbc\xaf\x27\x1c", f"this is a 7z archive; {_UNPACK}"),
    (b"Rar!\x1a\x07", f"this is a RAR archive; {_UNPACK}"),
    (b"BZh", f"this is compressed by bzip2; {_UNPACK}"),
    (b"\xfd7zXZ\0", f"this is compressed by xz; {_UNPACK}"),
    (b"\x28\xb5\x2f\xfd", f"this is compressed by zstd; {_UNPACK}"),
    (b"%PDF", "this is a PDF; ask for the table behind it as CSV or as a workbook"),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"PAR1", f"this is a Parquet file; {_AS_CSV}"),
    (b"SQLite format 3\0", f"this is a database; {_AS_CSV}"),
    (b"{\\rtf", "this is a text document (RTF); save its table as CSV in UTF-8"),
    (b"PK\x03\x04", f"this is an archive inside another file; {_UNPACK}"),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
# What is written as text, and is none of our tables.
_WRITTEN: tuple[tuple[bytes, str], ...] = (
    (b"<!doctype html", "web"),
    (b"<html", "web"),
    (b"<?xml", "XML"),
    (b"<table", "web"),
    (b"{", "JSON"),
    (b"[{", "JSON"),
)
_WEB = (
    "this is a web page, perhaps what a site answered in place of the file; download the table "
    "itself"
)
# What an archive holds that is no archive of data.police.uk.
_HOLDS: tuple[tuple[str, str], ...] = (
    ("xl/workbook.bin", "this is a binary workbook of Excel (.xlsb); save it as .xlsx"),
    ("word/document.xml", "this is a Word document; save its table as CSV or in a workbook"),
    ("ppt/presentation.xml", "these are slides; ask for the table behind them as CSV"),
    ("Index/Document.iwa", "this is a file of Apple Numbers; export it as CSV or as Excel (.xlsx)"),
    ("Index.zip", "this is a file of Apple Numbers; export it as CSV or as Excel (.xlsx)"),
)
_UNFINISHED = {".crdownload", ".part", ".partial", ".download", ".opdownload"}
_TAR = slice(257, 262)


def refuse_format(path: Path) -> None:
    """Refuse a file that holds no table, nor an archive of tables.

    Raises
    ------
    SourceError
        With what the file is, and what to do.
    """
    if path.name.startswith("~$"):
        reason = "this is a note of Excel's that the workbook is open; take in the workbook itself"
        raise SourceError(reason, file=path)
    if path.suffix.lower() in _UNFINISHED:
        raise SourceError("this is a download that is not finished; wait for its end", file=path)
    with path.open("rb") as file:
        head = file.read(HEAD)
    is_zip = head.startswith(b"PK")
    reason = _why_no_archive(path) if is_zip else why_no_text(head, path.name)
    if not reason and path.suffix.lower() in {".xlsx", ".ods"} and _is_text(head):
        reason = f"the name ends in {path.suffix} and it holds text; rename it to end in .csv"
    if reason:
        raise SourceError(reason, file=path)


def why_no_text(head: bytes, name: str) -> str:
    r"""Say what a file is that begins so and is no text of a table; empty where it may be one.

    Examples
    --------
    >>> why_no_text(b"Rar!\x1a\x07\x00", "2023.rar")
    'this is a RAR archive; unpack it, and take in the folder or the table that comes out'
    >>> why_no_text(b"area,measure,period", "figures.csv")
    ''
    """
    if head.startswith(_OLD_OFFICE):
        return _old_office(name)
    if head[_TAR] == b"ustar" or (head.startswith(b"\x1f\x8b") and _packs_tar(head)):
        return f"this is a tar archive; {_UNPACK}"
    for magic, reason in _BEGINS:
        if head.startswith(magic):
            return reason
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    kind = next((kind for begin, kind in _WRITTEN if text.startswith(begin)), "")
    if kind == "web" and name.lower().endswith((".xls", ".xlsx")):
        return "this is a web page under the name of a workbook; open it in Excel, save as .xlsx"
    return _WEB if kind == "web" else f"this is {kind}, no table; {_AS_CSV}" if kind else ""


def _old_office(name: str) -> str:
    suffix = Path(name).suffix.lower()
    if suffix in {".doc", ".msg", ".ppt", ".mdb"}:
        return f"this is a document of old Office ({suffix}); save its table as CSV or as .xlsx"
    return "this is a workbook of old Excel (.xls) or a locked one; save as .xlsx"


def _packs_tar(head: bytes) -> bool:
    try:
        return zlib.decompressobj(wbits=31).decompress(head)[_TAR] == b"ustar"
    except (zlib.error, gzip.BadGzipFile):
        return False


def _why_no_archive(path: Path) -> str:
    """Say what an archive is that holds a document; empty where it may hold tables."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype") if "mimetype" in names else b""
    except Exception:  # a broken archive is told of where it is opened
        return ""
    if b"opendocument" in kind and b"spreadsheet" not in kind:
        return "this is a document of LibreOffice; save its table as CSV or as a spreadsheet (.ods)"
    return next((reason for name, reason in _HOLDS if name in names), "")


def _is_text(head: bytes) -> bool:
    return bool(head) and b"\0" not in head and head.isascii()
