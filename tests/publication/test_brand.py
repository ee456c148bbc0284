"""A partnership's own look, and contents where a report is long."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import RGBColor
from lxml import html
from pypdf import PdfReader

from cspanalysis.display import paragraphs
from cspanalysis.errors import UsageError
from cspanalysis.publication import publish
from cspanalysis.publication.brand import Brand, brand_of, read_brand
from cspanalysis.publication.checks import contrast
from cspanalysis.publication.document import document_of
from cspanalysis.publication.html import Page, page_of
from cspanalysis.publication.pdf import pdf_of
from cspanalysis.publication.pdf_checks import pdf_breaches
from cspanalysis.publication.word import word_of
from cspanalysis.publication.word_archive import archive_of, members_of
from tests.samples import HOSTILE, bedford, notebook

LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40" viewBox="0 0 120 40">'
    b'<rect width="120" height="40" fill="#641464"/></svg>'
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Brand folder of Bedford: colour, logo and a reference document with red headings."""
    bedford(), bedford(HOSTILE)  # made with the shipped tables
    monkeypatch.setenv("CSPANALYSIS_DATA", str(tmp_path))
    folder = tmp_path / "partnerships" / "bedford" / "brand"
    folder.mkdir(parents=True)
    (folder / "brand.yml").write_text("colour: '#641464'\nlogo_alt: Bedford Council\n")
    (folder / "logo.svg").write_bytes(LOGO)
    book = docx.Document()
    book.styles["Heading 1"].font.color.rgb = RGBColor(0xAA, 0, 0)
    book.save(str(folder / "reference.docx"))
    return folder


@pytest.fixture(scope="module")
def long_page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    blocks = bedford()[:2]
    for number in range(12):
        blocks += [f"## Part {number}", paragraphs(*["Words of a long report. " * 30] * 8)]
    return page_of(notebook(blocks, tmp_path_factory.mktemp("long") / "a.ipynb"))


def test_a_brand_is_found_by_the_areas_slug(folder: Path, tmp_path: Path) -> None:
    executed = notebook(bedford()[:4], tmp_path / "a.ipynb")
    publish(executed, tmp_path / "out")
    pdf = PdfReader(tmp_path / "out" / "a.pdf")
    assert b"0.39215687 0.078431375 0.39215687" in pdf.pages[0].get_contents().get_data()
    assert "Bedford Council" in _said(pdf)
    book = docx.Document(str(tmp_path / "out" / "a.docx"))
    assert book.styles["Heading 1"].font.color.rgb == RGBColor(0xAA, 0, 0)
    assert book.styles["Lead"].font.size.pt == 14
    assert [p.text for p in book.paragraphs if p.style.name == "Heading 1"] == ["What changed"]
    assert "Bedford Council" in [e.get("descr") for e in book.element.iter(qn("wp:docPr"))]


@pytest.mark.parametrize("colour", ["#641464", "#000000", "#00529B", "#6e6e00"])
def test_the_page_carries_colour_and_logo_legibly_in_light_and_dark(
    folder: Path, tmp_path: Path, colour: str
) -> None:
    (folder / "brand.yml").write_text(f"colour: '{colour}'\nlogo_alt: Bedford <Council>\n")
    page = page_of(notebook(bedford()[:4], tmp_path / "a.ipynb"))
    light, dark = re.findall(r"--link: (#\w{6}); \}", page.html)[-2:]
    assert light == colour
    assert contrast(dark, "#161719") > contrast(dark, "#202225") >= 4.5
    (logo,) = html.document_fromstring(page.html).xpath(".//header/img[@class='logo']")
    assert logo.get("alt") == "Bedford <Council>"
    assert b64decode(logo.get("src").partition(",")[2]) == LOGO
    assert LOGO not in document_of(page.html).pictures.values()  # PDF and Word place it themselves
    other = page_of(notebook(bedford(HOSTILE)[:4], tmp_path / "b.ipynb")).html
    assert 'class="logo"' not in other
    assert colour not in other


def _said(pdf: PdfReader) -> list[str]:
    held = (pdf.get_object(n) for n in range(1, len(pdf.xref[0]) if pdf.xref else 400))
    return [str(o["/Alt"]) for o in held if isinstance(o, dict) and "/Alt" in o]


def test_without_a_folder_everything_stays_ours(folder: Path) -> None:
    assert brand_of("luton") is None


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("colour: '#dddd00'", "contrast of 1.5 on white; text needs 4.5: choose a darker one"),
        ("colour: '#757575'", "contrast of 4.2 on the grey of marked notes"),
        ("colour: #B3282D", "colour is empty; write it with quotes"),
        ("colour: purple", "not written like '#12436D'"),
        ("font: Arial", "line 1, font: key 'font' is not known; known keys: colour, logo_alt"),
        ("colour: [", "line 1, column 10: not valid YAML"),
        ("colour: 9999-99-99", "line 1: there is no day"),
        ("colour: !!int ''", "brand.yml"),
        ("logo_alt: " + "9" * 9999, "a number of 9,999 characters"),
        ("logo_alt: {a: 1}", "lines of 'key: value' stand where one value is meant"),
        ("a: " + "[" * 900 + "]" * 900, "nested deeper than 50 levels"),
        ("logo_alt: a\nlogo_alt: b", "line 2: key 'logo_alt' was given on line 1 already"),
    ],
)
def test_what_would_harm_a_page_is_refused(folder: Path, text: str, complaint: str) -> None:
    (folder / "brand.yml").write_text(text)
    with pytest.raises(UsageError, match=complaint):
        read_brand(folder)


def _changed(archive: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    members = members_of(archive)
    change(members)
    return archive_of(members)


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m.pop("[Content_Types].xml"),
        lambda m: m.pop("word/document.xml"),
        lambda m: m.pop("word/settings.xml"),
        lambda m: m.update({"word/styles.xml": b""}),
        lambda m: m.update({"word/_rels/document.xml.rels": b"<a"}),
        lambda m: m.update({"word/media/a.png": bytes(201_000_000)}),
    ],
)
def test_a_reference_document_that_can_not_be_used_is_named(folder: Path, change: Any) -> None:
    file = folder / "reference.docx"
    file.write_bytes(_changed(file.read_bytes(), change))
    with pytest.raises(
        UsageError, match=r"reference.docx: can't be used \(.*; save it anew in Word"
    ):
        read_brand(folder)


@pytest.mark.parametrize("content", [b"", b"PK", b"hello" * 99])
def test_slides_that_can_not_be_used_are_named(folder: Path, content: bytes) -> None:
    (folder / "slides.pptx").write_bytes(content)
    with pytest.raises(UsageError, match=r"slides.pptx: can't be used .*; save it anew in PowerP"):
        read_brand(folder)


def test_a_logo_without_words_is_decoration(report: Path) -> None:
    page = page_of(report.with_suffix(".ipynb"))
    brand = Brand(logo=LOGO, logo_name="logo.svg")
    assert list(pdf_breaches(pdf_of(page, document_of(page.html), brand=brand))) == []


def test_a_long_pdf_has_contents_with_page_numbers(long_page: Page) -> None:
    made = pdf_of(long_page, document_of(long_page.html))
    assert list(pdf_breaches(made)) == []
    pdf = PdfReader(BytesIO(made))
    assert len(pdf.pages) > 6
    first = " ".join(pdf.pages[0].extract_text().split())
    assert first.count("Contents") == 1
    last = next(
        n for n, p in enumerate(pdf.pages, start=1) if n > 1 and "Part 11" in p.extract_text()
    )
    assert first.split("Part 11")[1].replace(".", " ").split()[0] == str(last)


def test_a_short_pdf_has_none(report: Path) -> None:
    assert "Contents" not in PdfReader(report.with_suffix(".pdf")).pages[0].extract_text()


def test_a_long_word_document_names_its_sections_with_their_pages(
    long_page: Page, report: Path
) -> None:
    made = docx.Document(BytesIO(word_of(long_page, document_of(long_page.html))))
    fields = [
        e.text.split()[1] for e in made.element.iter(qn("w:instrText")) if "PAGEREF" in e.text
    ]
    held = [e.get(qn("w:name")) for e in made.element.iter(qn("w:bookmarkStart"))]
    assert len(fields) == 12
    assert set(fields) <= set(held)
    named = [p for p in made.paragraphs if p.style.name == "toc 1"]
    assert [link.text for p in named for link in p.hyperlinks] == [
        f"Part {number}\t" for number in range(12)
    ]
    short = docx.Document(str(report.with_suffix(".docx")))
    assert not [e for e in short.element.iter(qn("w:instrText")) if "PAGEREF" in e.text]
