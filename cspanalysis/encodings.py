"""Encodings: text that Excel saves otherwise than in UTF-8, read where there is no doubt."""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import NamedTuple

__all__ = ["EncodingError", "Utf8", "as_utf8"]

WINDOWS = "Windows-1252"
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
# What British tables hold beside ASCII: letters of western Europe, and signs that people type.
_PLAUSIBLE = re.compile("[\t\r\n -~\u00a0À-ÖØ-öø-þ¡£€§©®™°±²³·½¼¾«»¿ªº×÷´‘’“”‚„–—…•]*")
# Alphabets that are not Latin make whole words of such bytes; so do Asian ones, of pairs.
_RUN = re.compile(rb"[\x80-\xff]{3}")
# In Central European texts the byte of a pound sign is a letter.
_POUND = re.compile(r"£(?![mkb]\b)[^\W\d_]")
_OF_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")


class Utf8(NamedTuple):
    """Hold a text in UTF-8, and the encoding that it was in; empty where that is UTF-8."""

    raw: bytes
    encoding: str


class EncodingError(ValueError):
    """Tell that a text is in no encoding that can be told for certain.

    Parameters
    ----------
    reason
        What is wrong, and what to do.
    line
        Where.
    """

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


def as_utf8(raw: bytes) -> Utf8:
    r"""Read a text in UTF-8, in UTF-16 with its mark, or in Windows-1252, as UTF-8.

    Tabs between the values of a text in UTF-16 become commas: Excel's "Unicode text" has them.

    Raises
    ------
    EncodingError
        If it may be in any other.

    Examples
    --------
    >>> as_utf8("área,£".encode("cp1252")).encoding, as_utf8("área,£".encode()).encoding
    ('Windows-1252', '')
    >>> as_utf8("a\tb\r\n1,5\t2".encode("utf-16")).raw
    b'a,b\r\n"1,5",2\r\n'
    """
    if kind := _UTF16.get(raw[:2]):
        return _of_utf16(raw[2:], kind)
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        line, cut = raw[: error.start].count(b"\n") + 1, error.reason == "unexpected end of data"
    else:
        return Utf8(raw, "")
    text = raw.decode("cp1252", errors="replace")
    odd = _RUN.search(raw) or _OF_UTF8.search(raw) or _POUND.search(text)
    if cut or odd or not _PLAUSIBLE.fullmatch(text):
        raise EncodingError("the text is not UTF-8; save the file as CSV in UTF-8", line)
    return Utf8(text.encode(), WINDOWS)


def _of_utf16(raw: bytes, kind: str) -> Utf8:
    try:
        text = raw.decode(kind)
    except UnicodeDecodeError as error:
        line = raw[: error.start].decode(kind, errors="ignore").count("\n") + 1
        reason = "the text begins as UTF-16 and does not go on so; save the file as CSV in UTF-8"
        raise EncodingError(reason, line) from error
    if "\0" in text:
        raise EncodingError("this is not a text file", 1)
    return Utf8(_with_commas(text).encode(), "UTF-16")


def _with_commas(text: str) -> str:
    """Write a table anew whose values tabs keep apart; any other as it is."""
    if not any("\t" in line for line in text.splitlines()[:40]):
        return text
    written = io.StringIO(newline="")
    try:
        rows = csv.reader(io.StringIO(text, newline=""), dialect="excel-tab", strict=True)
        csv.writer(written).writerows(rows)
    except csv.Error:  # told of with its place where the table is read
        return text
    return written.getvalue()
