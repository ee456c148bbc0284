"""What of a Word document is read, and what is named as not read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document

from cspanalysis.command.texts.word import of_word
from cspanalysis.command.texts.written import Written
from cspanalysis.errors import UsageError
from tests.command.texts.documents import box, changed, deleted, inserted, put, run, with_footnote


def read(document: Any, folder: Path) -> Written:
    path = folder / "a.docx"
    document.save(str(path))
    return of_word(path)[1]


def lines(written: Written) -> list[str]:
    return [line for line in written.text.split("\n") if line]


def test_what_was_inserted_is_read_and_what_was_deleted_is_not(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Burglary rose by ")
    put(paragraph._p, deleted("99 of all"))
    put(paragraph._p, inserted("14%"))
    paragraph.add_run(" to 1,623.")
    written = read(document, tmp_path)
    assert lines(written) == ["Burglary rose by 14% to 1,623."]
    assert written.unread == {"deleted": 3}


def test_boxes_controls_fields_and_links_are_read_once(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Before.")
    put(paragraph._p, box("In the box."))
    body = document.element.body
    put(body, f"<w:sdt><w:sdtContent><w:p>{run('A control.')}</w:p></w:sdtContent></w:sdt>")
    body.insert(len(body) - 2, body[-1])  # what a section is stands last
    paragraph = document.add_paragraph("See")
    put(paragraph._p, f'<w:fldSimple w:instr="REF x">{run(" a field")}</w:fldSimple>')
    put(paragraph._p, f'<w:hyperlink w:anchor="x">{run(" and a link.")}</w:hyperlink>')
    written = read(document, tmp_path)
    assert lines(written) == ["Before.", "In the box.", "A control.", "See a field and a link."]
    assert written.labels[3] == "text box"
    assert written.labels[7] == "paragraph 3"


def test_hidden_and_struck_out_text_is_no_statement(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Said. ")
    paragraph.add_run("Never said.").font.strike = True
    paragraph.add_run("Not to be seen.").font.hidden = True
    written = read(document, tmp_path)
    assert lines(written) == ["Said."]
    assert written.unread == {"struck out": 2, "hidden": 4}


def test_headings_keep_their_level_and_contents_are_left_out(tmp_path: Path) -> None:
    document = Document()
    document.styles.add_style("TOC 1", 1)
    document.add_paragraph("Burglary 3", style="TOC 1")
    document.add_heading("Burglary", level=2)
    written = read(document, tmp_path)
    assert lines(written) == ["## Burglary"]
    assert written.unread == {"of the table of contents": 2}


def test_headers_and_footers_stand_beside_the_text(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Said.")
    document.sections[0].header.paragraphs[0].text = "Page 1 of 12"
    written = read(document, tmp_path)
    assert lines(written) == ["Said.", "Page 1 of 12"]
    assert written.labels[3] == "header"
    assert 3 in written.beside
    assert 1 not in written.beside


def test_a_title_row_stands_above_its_table_and_a_wide_cell_is_said_once(tmp_path: Path) -> None:
    document = Document()
    grid = document.add_table(rows=4, cols=3)
    grid.cell(0, 0).merge(grid.cell(0, 2)).text = "Recorded crime"
    for place, text in enumerate(("Offence", "2021", "2022")):
        grid.cell(1, place).text = text
    grid.cell(2, 0).merge(grid.cell(3, 0)).text = "Shoplifting"
    grid.cell(2, 1).text, grid.cell(2, 2).text = "1,671", "1,908"
    grid.cell(3, 1).merge(grid.cell(3, 2)).text = "both | years"
    written = read(document, tmp_path)
    assert lines(written) == [
        "Recorded crime",
        "| Offence | 2021 | 2022 |",
        "| --- | --- | --- |",
        "| Shoplifting | 1,671 | 1,908 |",
        "| Shoplifting | both / years |  |",
    ]
    assert written.labels[1] == "table 1, row 1"
    assert written.labels[6] == "table 1, row 4"


def test_a_table_in_a_table_is_read_and_a_frame_round_text_is_text(tmp_path: Path) -> None:
    document = Document()
    frame = document.add_table(rows=1, cols=1)
    frame.cell(0, 0).text = "Framed."
    inner = frame.cell(0, 0).add_table(rows=2, cols=2)
    for place, text in enumerate(("Offence", "2022", "Robbery", "9")):
        inner.cell(place // 2, place % 2).text = text
    found = lines(read(document, tmp_path))
    assert found == ["Framed.", "| Offence | 2022 |", "| --- | --- |", "| Robbery | 9 |"]


def test_a_footnote_is_a_source_where_it_is_led_to(tmp_path: Path) -> None:
    path = with_footnote(tmp_path / "a.docx", "Some 12 % agreed.", "ONS, 2023.")
    _, written = of_word(path)
    assert lines(written) == ["Some 12 % agreed.[^1]", "[^1]: ONS, 2023."]
    assert written.labels[3] == "footnote 1"


def test_pictures_are_counted(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (4, 4)).save(tmp_path / "a.png")
    document = Document()
    document.add_picture(str(tmp_path / "a.png"))
    written = read(document, tmp_path)
    assert lines(written) == []
    assert written.things == {"picture": 1}


@pytest.mark.parametrize("part", ["word/document.xml", "word/footnotes.xml"])
def test_broken_xml_gets_one_message(tmp_path: Path, part: str) -> None:
    good = with_footnote(tmp_path / "a.docx", "Said.", "A note.")
    bad = changed(good, tmp_path / "bad.docx", part, b"<w:document><w:body>")
    with pytest.raises(UsageError, match=r"bad\.docx: can't be read as a Word document"):
        of_word(bad)
