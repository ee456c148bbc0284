"""Numbered paragraphs: one number names one paragraph, the same on the page, in PDF and in Word."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from lxml import html
from pypdf import PdfReader

from cspanalysis import display
from cspanalysis.publication.document import document_of
from cspanalysis.publication.html import Page, page_of
from cspanalysis.publication.pdf import pdf_of
from cspanalysis.publication.word import word_of
from cspanalysis.publication.word_style import reference_document
from cspanalysis.vocabulary import Area, Period
from tests.samples import notebook

COVER: dict[str, Any] = {
    "title": "Report to committee",
    "area": Area.named("luton"),
    "period": Period.parse("2023"),
    "lead": "Nothing changed.",
    "facts": {},
    "edition": "public",
}
PROSE = (
    "## Summary",
    display.paragraphs("First words.", "Second words."),
    display.bullets("A point."),
    "## More",
    display.markdown("Third *words*, ~~gone~~.\n\n- A point.\n\nFourth words.", byline="A team"),
)


def _page(folder: Path, *, numbered: bool) -> Page:
    blocks = [display.cover(**COVER, numbered=numbered), *PROSE]
    return page_of(notebook(blocks, folder / "report.ipynb"))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    return _page(tmp_path_factory.mktemp("numbered"), numbered=True)


def test_prose_is_counted_through_the_page_and_can_be_linked_to(page: Page) -> None:
    root = html.document_fromstring(page.html)
    numbered = [" ".join(p.text_content().split()) for p in root.xpath("//p[@class='numbered']")]
    assert numbered == [
        "1. First words.",
        "2. Second words.",
        "3. Third words, gone.",
        "4. Fourth words.",
    ]
    assert root.get_element_by_id("paragraph-4").text_content().endswith("Fourth words.")
    assert root.xpath("//p[@class='byline']")[0].text == "A team"


def test_word_counts_them_itself(page: Page) -> None:
    book = docx.Document(BytesIO(word_of(page, document_of(page.html))))
    numbered = [p for p in book.paragraphs if p.style.name == "Numbered paragraph"]
    assert [p.text for p in numbered] == [
        "First words.",
        "Second words.",
        "Third words, gone.",
        "Fourth words.",
    ]
    style = book.styles["Numbered paragraph"]
    use = style.element.pPr.numPr.numId.val
    lists = book.part.numbering_part.element
    (definition,) = (n.abstractNumId.val for n in lists.num_lst if n.numId == use)
    (made,) = (
        a
        for a in lists.findall(qn("w:abstractNum"))
        if int(a.get(qn("w:abstractNumId"))) == definition
    )
    assert made.find(f".//{qn('w:lvlText')}").get(qn("w:val")) == "%1."
    assert made.find(f".//{qn('w:pStyle')}").get(qn("w:val")) == style.style_id


def test_a_reference_document_of_ones_own_counts_as_well() -> None:
    buffer = BytesIO()
    docx.Document().save(buffer)
    book = docx.Document(BytesIO(reference_document(buffer.getvalue())))
    assert book.styles["Numbered paragraph"].element.pPr.numPr is not None


def test_the_pdf_prints_the_same_numbers(page: Page) -> None:
    text = PdfReader(BytesIO(pdf_of(page, document_of(page.html)))).pages[0].extract_text()
    words = " ".join(text.split())
    assert "1. First words." in words
    assert "4. Fourth words." in words


def test_other_reports_have_no_numbers(tmp_path: Path) -> None:
    page = _page(tmp_path, numbered=False)
    assert "paragraph-number" not in page.html.split("<body", 1)[1]
