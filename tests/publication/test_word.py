from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import docx.enum.section
import pandas as pd
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt
from PIL import Image

from cspanalysis import display
from cspanalysis.display import Block
from cspanalysis.findings.summary.topics import Topic
from cspanalysis.publication.document import document_of
from cspanalysis.publication.html import page_of
from cspanalysis.publication.pictures import png_of
from cspanalysis.publication.word import word_of
from tests.samples import bedford, notebook


@pytest.fixture(scope="module")
def book(report: Path) -> docx.document.Document:
    return docx.Document(str(report.with_suffix(".docx")))


def test_title_language_and_headings(book: docx.document.Document) -> None:
    assert book.core_properties.title == "Performance report: Bedford, 2023"
    assert book.core_properties.language == "en-GB"
    assert book.core_properties.author == "Bedford"
    styles = {p.text: p.style.name for p in book.paragraphs}
    assert styles["Bedford, 2023"] == "Title"
    assert styles["What changed"] == "Heading 1"
    assert [p.text for p in book.paragraphs if p.style.name == "Heading 1"][-1].startswith(
        "How far"
    )


def test_tables_repeat_their_header_and_keep_rows_whole(book: docx.document.Document) -> None:
    (table,) = book.tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    heads = [cell.text for cell in table.rows[0].cells[:4]]
    assert heads == ["Measure", "2022", "2023", "Change,\xa0%"]  # crowded: cut as in the PDF
    captions = [p.text for p in book.paragraphs if p.style.name == "Table Caption"]
    assert [text.partition(". ")[2] for text in captions] == ["Recorded offences, 2022 and 2023"]


def test_captions_are_counted_by_fields_that_can_be_referred_to(
    book: docx.document.Document,
) -> None:
    named = {"Image Caption": "Figure", "Table Caption": "Table"}
    for style, kind in named.items():
        captions = [p for p in book.paragraphs if p.style.name == style]
        assert captions
        for number, paragraph in enumerate(captions, start=1):
            (field,) = paragraph._p.iter(qn("w:fldSimple"))
            assert field.get(qn("w:instr")) == f" SEQ {kind} \\* ARABIC "
            assert "".join(t.text for t in field.iter(qn("w:t"))) == str(number)
            (mark,) = paragraph._p.iter(qn("w:bookmarkStart"))
            assert mark.get(qn("w:name")) == f"_Ref{kind}{number:03d}"
            assert paragraph.text.startswith(f"{kind} . ")  # a field is no run of the paragraph
    keys = [mark.get(qn("w:id")) for mark in book.element.iter(qn("w:bookmarkStart"))]
    assert len(keys) == len(set(keys))


def test_text_after_a_table_stands_apart_from_it(tmp_path: Path) -> None:
    frame = pd.DataFrame({"Measure": ["Robbery"], "Count": [3]})
    blocks = [bedford()[0], display.table(frame, caption="C"), display.paragraphs("It follows.")]
    page = page_of(notebook(blocks, tmp_path / "a.ipynb"))
    made = docx.Document(BytesIO(word_of(page, document_of(page.html))))
    (said,) = [one for one in made.paragraphs if one.text == "It follows."]
    assert said.paragraph_format.space_before == Pt(6)


def test_no_text_is_smaller_than_nine_points(book: docx.document.Document) -> None:
    styles = [style for style in book.styles if style.type != WD_STYLE_TYPE.LIST]
    sizes = {style.name: style.font.size.pt for style in styles if style.font.size}
    assert sizes["Table text"] == 9
    assert [name for name, size in sizes.items() if size < 9] == []


def test_pictures_have_words(book: docx.document.Document) -> None:
    said = [element.get("descr") for element in book.element.iter(qn("wp:docPr"))]
    assert sum(text.startswith("Control chart of") for text in said if text) == 15
    assert sum(text.startswith("Dot plot of") for text in said if text) == 1


def test_the_licence_is_no_stray_line(tmp_path: Path) -> None:
    blocks = [*bedford()[:1], "## A", display.paragraphs("First.", "The last that is said.")]
    page = page_of(notebook(blocks, tmp_path / "a.ipynb"))
    made = docx.Document(BytesIO(word_of(page, document_of(page.html))))
    *_, first, before, licence = made.paragraphs
    assert licence.text.startswith("Contains public sector information")
    assert before.text == "The last that is said."
    assert before.paragraph_format.keep_with_next
    assert not first.paragraph_format.keep_with_next


def test_header_and_footer_run(book: docx.document.Document) -> None:
    assert "Bedford, 2023" in book.sections[0].header.paragraphs[0].text
    footer = book.sections[0].footer.paragraphs[0]
    assert "Public edition" in footer.text
    assert [f.get(qn("w:instr")) for f in footer._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_notes_are_real_footnotes_said_once(seeds: Path) -> None:
    path = seeds / "wycombe" / "2017-04-to-2017-06" / "performance-report.docx"
    with zipfile.ZipFile(path) as archive:
        notes = archive.read("word/footnotes.xml").decode()
        body = archive.read("word/document.xml").decode()
    assert notes.count("Fewer than 50 in the baseline period") == 1
    assert body.count("<w:footnoteReference ") == 3
    assert body.count("NOTEREF") == 5  # robbery's note again at arson, burglary's at four lines
    for name in re.findall(r"NOTEREF (\w+)", body):
        assert f'w:name="{name}"' in body


def test_the_wokingham_figures_are_in_it(seeds: Path) -> None:
    book = docx.Document(str(seeds / "wokingham" / "2019" / "performance-report.docx"))
    rows = {
        row.cells[0].text: [c.text.strip() for c in row.cells[1:5]] for row in book.tables[0].rows
    }
    assert rows["Theft of a vehicle"] == ["141", "208", "+67", "+48"]
    assert rows["Anti-social behaviour (police)"][:2] == ["[x]", "[x]"]
    assert "OFFICIAL-SENSITIVE" in book.sections[0].footer.paragraphs[0].text


def test_the_typeface_is_embedded(report: Path) -> None:
    with zipfile.ZipFile(report.with_suffix(".docx")) as archive:
        fonts = [name for name in archive.namelist() if name.endswith(".odttf")]
        table = archive.read("word/fontTable.xml").decode()
    assert len(fonts) == 3
    assert table.count("w:fontKey=") == 3


def test_the_same_page_gives_the_same_bytes(report: Path) -> None:
    page = page_of(report.with_suffix(".ipynb"))
    assert word_of(page, document_of(page.html)) == report.with_suffix(".docx").read_bytes()


def test_panels_stand_in_columns_without_a_page_break(book: docx.document.Document) -> None:
    columns = [s._sectPr.find(qn("w:cols")) for s in book.sections]
    numbers = [c.get(qn("w:num")) for c in columns if c is not None]
    assert (numbers.count("4"), numbers.count("2")) == (1, 1)  # headline figures, control charts
    assert {s.start_type for s in list(book.sections)[1:]} == {
        docx.enum.section.WD_SECTION.CONTINUOUS
    }


def test_a_picture_is_described_by_its_words_not_by_its_bytes(
    book: docx.document.Document,
) -> None:
    named = list(book.element.body.iter(qn("pic:cNvPr")))
    assert any(one.get("descr").startswith("Control chart of") for one in named)
    assert not any(one.get("descr").startswith("data:") for one in named)


def test_contents_follow_a_summary_with_no_page_break_that_could_leave_a_page_empty(
    tmp_path: Path,
) -> None:
    sections: list[Block | str] = [f"## Section {i}" for i in range(10)]
    topic = Topic(title="What changed", sentences=("Nothing much.", "That is all."))
    blocks = [*bedford()[:1], "## Summary", display.one_page([], [topic]), *sections]
    page = page_of(notebook(blocks, tmp_path / "a.ipynb"))
    made = docx.Document(BytesIO(word_of(page, document_of(page.html))))
    texts = [p.text for p in made.paragraphs]
    assert texts[texts.index("What changed. Nothing much.") + 1] == "That is all."
    assert texts.index("That is all.") < texts.index("Contents")
    assert 'w:type="page"' not in made.element.body.xml
    start, listed = texts.index("Contents") + 1, made.paragraphs[texts.index("Contents") + 1 :]
    assert len([p for p in listed if p.style.name == "toc 1"]) == 11
    columns = [s.get(qn("w:num")) for s in made.element.body.iter(qn("w:cols"))]
    assert "2" in columns
    assert 'w:type="column"' in made.paragraphs[start + 7]._p.xml
    assert made.paragraphs[texts.index("Contents")].style.paragraph_format.keep_with_next


def test_what_has_no_words_is_marked_as_decoration(book: docx.document.Document) -> None:
    drawn = list(book.element.iter(qn("wp:docPr")))
    bare = [one for one in drawn if not one.get("descr")]
    marked = [one for one in drawn if one.xpath(".//*[local-name()='decorative']")]
    assert marked == bare


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is not there")
def test_libreoffice_keeps_what_it_saves_again(report: Path, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    words = ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML"]
    made = report.with_suffix(".docx")
    subprocess.run([*words, "--outdir", tmp_path, made], check=True, capture_output=True)
    before, after = docx.Document(str(made)), docx.Document(str(tmp_path / made.name))

    def drawn(book: docx.document.Document) -> list[Any]:
        return list(book.element.iter(qn("wp:inline")))

    def held(book: docx.document.Document) -> list[list[str]]:
        heads = [p.text for p in book.paragraphs if p.style.name.startswith("Heading")]
        # LibreOffice does not read the words of charts, so it can't keep them.
        pictures = (one for one in drawn(book) if not one.xpath(".//*[local-name()='chart']"))
        said = [one.find(qn("wp:docPr")).get("descr") or "" for one in pictures]
        rows = [cell.text for table in book.tables for cell in table.rows[0].cells]
        return [heads, sorted(filter(None, said)), rows]

    assert held(after) == held(before)
    with zipfile.ZipFile(tmp_path / made.name) as archive:
        kept = [name for name in archive.namelist() if re.match(r"word/charts/chart\d+\.xml", name)]
    assert len(kept) == 1
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in after.tables)


@pytest.mark.parametrize(("opaque", "least"), [(True, 255), (False, 0)])
def test_pictures_for_word_stand_on_white(opaque: bool, least: int) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"></svg>'
    picture = Image.open(BytesIO(png_of({"a.svg": svg}, opaque=opaque)["a.svg"])).convert("RGBA")
    assert picture.getchannel("A").getextrema() == (least, least)
