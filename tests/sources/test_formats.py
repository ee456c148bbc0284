"""Files that hold no table of ours: one line that says what each is and what to do."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from cspanalysis.errors import SourceError
from cspanalysis.sources.files import Input


def refused(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        Input(path)
    assert caught.value.file == path
    return caught.value.reason


@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        ("a.7z", b"7z\xbc\xaf\x27\x1c\0\0", "a 7z archive; unpack it"),
        ("a.rar", b"Rar!\x1a\x07\x01\0", "a RAR archive; unpack it"),
        ("a.csv.bz2", b"BZh91AY&SY", "bzip2; unpack it"),
        ("a.pdf", b"%PDF-1.7\n", "a PDF; ask for the table"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "a picture; ask for the table"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 40, "old Excel (.xls) or a locked one"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 40, "a document of old Office (.doc)"),
        ("a.csv", b"\n<!DOCTYPE html><html>", "a web page"),
        ("a.csv", b'{"area": "luton"}', "JSON"),
        ("a.xlsx", b"area,measure\n", "it holds text; rename it"),
        ("~$a.xlsx", b"\x05user", "take in the workbook itself"),
        ("a.zip.crdownload", b"PK\x03\x04", "not finished"),
    ],
)
def test_a_file_is_told_by_how_it_begins(tmp_path: Path, name: str, raw: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(raw)
    assert told in refused(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "member", "told"),
    [
        ("a.xlsb", "xl/workbook.bin", "save it as .xlsx"),
        ("a.numbers", "Index/Document.iwa", "Apple Numbers; export it"),
        ("a.docx", "word/document.xml", "a Word document"),
        ("a.pptx", "ppt/presentation.xml", "slides"),
    ],
)
def test_an_archive_that_is_a_document_is_told(
    tmp_path: Path, name: str, member: str, told: str
) -> None:
    with zipfile.ZipFile(tmp_path / name, "w") as archive:
        archive.writestr(member, b"")
    assert told in refused(tmp_path / name)


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_a_tar_archive_is_told_packed_or_not(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        archive.addfile(tarfile.TarInfo("2021-03/2021-03-kent-street.csv"), io.BytesIO())
    assert "a tar archive; unpack it" in refused(path)
