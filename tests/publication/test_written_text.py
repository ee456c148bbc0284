"""What people write, with tables, notes, lists and pasted characters, in every form."""

from __future__ import annotations

from pathlib import Path

import docx
from lxml import html
from pypdf import PdfReader

from cspanalysis import display
from cspanalysis.publication import publish
from tests.samples import bedford, notebook


def test_tables_footnotes_and_pasted_characters_of_commentary_stand_in_every_form(
    tmp_path: Path,
) -> None:
    written = (
        "Non\u2011breaking \uf0b7 ✔ 👮 昺 سلام\x07[^a]\n\n- a\n    - b\n\n"
        "| Where | What |\n|---|--:|\n| here[^a] | ~~3~~ |\n\n[^a]: A *note*.\n"
    )
    blocks = [*bedford(), display.markdown(written)]
    executed = notebook(blocks, tmp_path / "performance-report.ipynb")
    made = {path.suffix: path for path in publish(executed, tmp_path / "out")}
    page, word, pdf = made[".html"], made[".docx"], made[".pdf"]
    root = html.document_fromstring(page.read_text(encoding="utf-8"))
    assert root.findtext(".//div[@class='prose commentary']/p") == "Non-breaking • ✔ 👮 昺 سلام"
    assert root.xpath("//li[starts-with(text(), 'a')]/ul/li/text()") == ["b"]
    assert root.xpath("//td[@class='number']/del/text()") == ["3"]
    assert root.xpath("//aside[starts-with(@aria-label, 'Notes: ')]/ol/li/text()") == ["A note."]
    words = "".join(page.extract_text() for page in PdfReader(pdf).pages)
    for said in ("Non-breaking • ✔ 👮 昺", "Where, What", "A note."):
        assert said in words
    book = docx.Document(str(word))
    assert [cell.text for cell in book.tables[-1].rows[1].cells][1] == "3"
    assert any("✔ 👮 昺 سلام" in paragraph.text for paragraph in book.paragraphs)
