"""References to figures and tables: links on the page, fields in Word, words where nothing is."""

from __future__ import annotations

import re
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from markupsafe import Markup

from cspanalysis import display
from cspanalysis.display import Block
from cspanalysis.publication.document import document_of
from cspanalysis.publication.html import Page, page_of
from cspanalysis.publication.pdf import pdf_of
from cspanalysis.publication.word import word_of
from tests.samples import bedford, notebook

CAPTION = "Rates by ward"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    import pandas as pd

    frame = pd.DataFrame({"Ward": ["Harpur"], "Rate": [3.3]})
    named = display.table_named("the table of rates", caption=CAPTION)
    lost = display.table_named("the table of nothing", caption="No such table")
    notes = [Markup("It comes before {}, and {}.").format(named, lost)]
    first = display.table(frame, caption="Counts by ward", notes=notes)
    drawn = next(b for b in bedford() if isinstance(b, Block) and "<figure" in b.html)
    figure = re.search(r'id="(figure-[^"]+)"', drawn.html)
    assert figure
    text = display.markdown(f"See [the months](#{figure[1]}) and [elsewhere](https://ons.gov.uk).")
    said = display.paragraphs(display.pointing("It stands below <all>.", "below", caption=CAPTION))
    assert said.text == "It stands below <all>."
    last = display.table(frame, caption=CAPTION)
    blocks = [*bedford()[:1], "## A", text, first, drawn, said, last]
    return page_of(notebook(blocks, tmp_path_factory.mktemp("references") / "a.ipynb"))


def test_a_page_links_to_the_table_and_drops_links_to_none(page: Page) -> None:
    assert '<a class="reference" href="#rates-by-ward-caption">the table of rates</a>' in page.html
    assert "and the table of nothing." in page.html


def test_words_for_machines_hold_no_link() -> None:
    import pandas as pd

    named = display.table_named("the table of A & B", caption="A & B")
    shown = display.table(
        pd.DataFrame({"A": [1]}), caption="B", notes=[Markup("As in {}.").format(named)]
    )
    assert "As in the table of A & B." in shown.text
    assert "href" not in shown.text
    assert "href" not in str(shown.records)


def test_word_refers_by_fields_whose_results_are_filled(page: Page) -> None:
    book = docx.Document(BytesIO(word_of(page, document_of(page.html))))
    marks = {
        mark.get(qn("w:name")): "".join(t.text for t in mark.getparent().iter(qn("w:t")))
        for mark in book.element.iter(qn("w:bookmarkStart"))
    }
    fields = [
        (instruction.text.split()[1], instruction.getparent().getnext().getnext().text)
        for instruction in book.element.iter(qn("w:instrText"))
        if instruction.text.split()[0] == "REF"
    ]
    assert [result for _, result in fields] == ["Figure 1", "Table 2", "Table 2"]
    for name, result in fields:
        assert marks[name].startswith(f"{result}. ")
    said = "\n".join(p.text for p in book.paragraphs)
    assert "the table of rates (Table 2), and the table of nothing." in said
    assert "the months (Figure 1) and elsewhere" in said


def test_a_pdf_says_the_words(page: Page) -> None:
    assert pdf_of(page, document_of(page.html)).startswith(b"%PDF")
