"""Encodings: what is read, and what is not certain."""

from __future__ import annotations

import pytest

from cspanalysis.encodings import EncodingError, as_utf8

TABLE = "area,measure,period,note\r\nluton,robbery,2023,£5 – “café”, Llŷn\r\n"
WESTERN = TABLE.replace("ŷ", "y")


@pytest.mark.parametrize(
    ("raw", "text", "encoding"),
    [
        (TABLE.encode(), TABLE, ""),
        (TABLE.encode("utf-8-sig"), "\ufeff" + TABLE, ""),
        (TABLE.encode("utf-16"), TABLE, "UTF-16"),
        (b"\xfe\xff" + TABLE.encode("utf-16-be"), TABLE, "UTF-16"),
        (WESTERN.encode("cp1252"), WESTERN, "Windows-1252"),
        (b"a,b\r\nna\xefve,\xa312\r\n", "a,b\r\nnaïve,£12\r\n", "Windows-1252"),
        ("a\tb\r\n1,5\t\"x\ty\"\r\n".encode("utf-16"), 'a,b\r\n"1,5",x\ty\r\n', "UTF-16"),
    ],
)  # fmt: skip
def test_what_is_certain_is_read(raw: bytes, text: str, encoding: str) -> None:
    found = as_utf8(raw)
    assert (found.raw.decode(), found.encoding) == (text, encoding)


@pytest.mark.parametrize(
    ("raw", "line", "told"),
    [
        ("a\nПривет\n".encode("cp1251"), 2, "not UTF-8; save the file as CSV in UTF-8"),
        ("a\nカナ表\n".encode("shift-jis"), 2, "not UTF-8"),
        ("a\ncafé\n".encode("mac-roman"), 2, "not UTF-8"),  # its é is a Ž of Windows
        ("a\ncafé\n".encode() + b"na\xefve\n", 3, "not UTF-8"),  # two encodings in one file
        ("a\nŁódź\n".encode("cp1250"), 2, "not UTF-8"),
        (b"a\n\x81\n", 2, "not UTF-8"),
        ("a\né".encode()[:-1], 2, "not UTF-8"),  # cut inside a character
        (b"a\n1,\xff\x00\n", 2, "not UTF-8"),
        ("a\nb\n".encode("utf-16") + b"x", 3, "does not go on so"),
        (b"\xff\xfe\x00\xd8a\0", 1, "does not go on so"),
        ("a\0b".encode("utf-16"), 1, "not a text file"),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_told_with_its_line(raw: bytes, line: int, told: str) -> None:
    with pytest.raises(EncodingError, match=told) as caught:
        as_utf8(raw)
    assert caught.value.line == line
