"""The sheet of all pages: each file once, in all its forms, and what could not be shown named."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from tests.publication import contact_sheet


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    folder = tmp_path / "outputs"
    (folder / "luton" / "2023").mkdir(parents=True)
    (folder / ".editions").mkdir()
    for name in ("index.html", "luton/2023/a.docx", "luton/2023/a.xlsx", ".editions/old.html"):
        (folder / name).write_text("")
    document = pypdfium2.PdfDocument.new()
    for _ in range(2):
        document.new_page(595, 842)
    document.save(folder / "luton" / "2023" / "a.pdf")
    return folder


def test_what_has_pages_is_found_and_nothing_hidden(outputs: Path) -> None:
    found = [p.relative_to(outputs).as_posix() for p in contact_sheet.files_of(outputs)]
    assert found == ["index.html", "luton/2023/a.docx", "luton/2023/a.pdf"]


def test_what_is_not_installed_is_named() -> None:
    assert contact_sheet.missing("chromium", "soffice") == {}
    assert contact_sheet.missing(None, "soffice") == {".html": "Chromium is not installed"}
    assert set(contact_sheet.missing("chromium", None)) == {".docx", ".pptx"}


def test_the_sheet_shows_each_page_and_says_what_it_lacks(outputs: Path, tmp_path: Path) -> None:
    sheet = contact_sheet.sheet_of(
        outputs,
        tmp_path / "look",
        ways={
            ".pdf": contact_sheet.of_pdf,
            ".html": lambda file: iter([("360 px, dark", Image.new("RGB", (36, 90)))]),
        },
        lacking={".docx": "LibreOffice is not installed"},
    )
    text = sheet.read_text()
    assert "<h2>luton/2023/a.docx</h2><p>Not shown: LibreOffice is not installed.</p>" in text
    assert [p.name for p in sorted(sheet.parent.glob("*.png"))] == [
        "index.html-1.png",
        "luton_2023_a.pdf-1.png",
        "luton_2023_a.pdf-2.png",
    ]
    assert text.count("<img") == 3
    assert "luton/2023/a.pdf, page 2 of 2" in text
    assert "360 px, dark" in text
