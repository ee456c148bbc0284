"""What long reports need of a page: what is listed, pairs, parts, names told apart."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pandas as pd
import pytest
from docx.oxml.ns import qn
from lxml import html
from pypdf import PdfReader

from cspanalysis import display
from cspanalysis.display import Headline
from cspanalysis.display.figure import Panel, figure
from cspanalysis.evidence.figures import Caveat
from cspanalysis.findings.finding import Change
from cspanalysis.findings.summary.topics import Topic
from cspanalysis.publication.document import column_lengths, document_of
from cspanalysis.publication.html import Page, page_of
from cspanalysis.publication.pdf import pdf_of
from cspanalysis.publication.word import word_of
from cspanalysis.vocabulary import Area, Measure, Period
from tests.samples import bedford, notebook

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="600" height="80"></svg>'


def drawing(title: str) -> display.Block:
    return figure([Panel(SVG, f"{title}, in words")], title=title, subtitle="A.", source="By hand")


def small_table(caption: str) -> display.Block:
    frame = pd.DataFrame({"Measure": ["Arson"], "Count": [3]})
    return display.table(frame, caption=caption, notes=["A note."])


def made(tmp_path: Path, *blocks: display.Block | str) -> html.HtmlElement:
    executed = notebook([bedford()[0], *blocks], tmp_path / "a.ipynb")
    return html.document_fromstring(page_of(executed).html)


def test_parts_that_ask_for_it_are_listed_under_their_section(tmp_path: Path) -> None:
    page = made(
        tmp_path,
        "## Priorities",
        display.heading("Burglary", listed=True),
        display.heading("A detail"),
        "## After",
    )
    (nav,) = page.xpath(".//nav")
    links = [(len(a.xpath("ancestor::ul")), a.get("href"), a.text) for a in nav.iter("a")]
    assert links == [
        (1, "#priorities", "Priorities"),
        (2, "#burglary", "Burglary"),
        (1, "#after", "After"),
    ]


def test_tables_and_figures_of_one_name_are_told_apart_with_what_points_to_them(
    tmp_path: Path,
) -> None:
    blocks = [small_table("Rates"), drawing("Rates"), small_table("Rates"), drawing("Rates")]
    page = made(tmp_path, "## Rates by area", *blocks)
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for box in page.xpath(".//div[@class='scroll']"):
        assert box.get("aria-labelledby") == box.find(".//caption").get("id")


def test_data_behind_figures_is_named_by_the_figure_where_names_stand_twice(
    tmp_path: Path,
) -> None:
    def behind(title: str) -> display.Block:
        return figure(
            [Panel(SVG, "Words")],
            title=title,
            subtitle="A.",
            source="B",
            data=[small_table("Rates")],
        )

    page = made(tmp_path, "## All", behind("Burglary"), behind("Arson"), small_table("Alone"))
    named = [
        " ".join(page.get_element_by_id(name).text_content() for name in held.split())
        for held in page.xpath(".//div[@class='scroll']/@aria-labelledby")
    ]
    assert named == ["Rates Burglary", "Rates Arson", "Alone"]
    assert page.xpath(".//aside/@aria-label") == [
        "Notes to the table: Rates (Burglary)",
        "Notes to the table: Rates (Arson)",
        "Notes to the table: Alone",
    ]


def test_a_pair_reaches_paper_and_word(tmp_path: Path) -> None:
    pair = display.side_by_side(drawing("Left"), drawing("Right"))
    page = page_of(notebook([bedford()[0], "## First", pair], tmp_path / "a.ipynb"))
    (text,) = texts_of(page)
    assert text.index("Left") < text.index("Right")
    word = tmp_path / "a.docx"
    word.write_bytes(word_of(page, document_of(page.html)))
    book = docx.Document(str(word))
    widths = [shape.width.pt for shape in book.inline_shapes]
    assert widths == [241, 241]  # half the page's text, though drawn for more
    (row,) = book.tables[0].rows
    assert [cell.text.partition("Left" if n == 0 else "Right")[1] for n, cell in
            enumerate(row.cells)] == ["Left", "Right"]  # fmt: skip
    assert row._tr.trPr.find(qn("w:cantSplit")) is not None  # no page divides them


def test_in_word_the_opening_of_a_part_stays_with_its_figures(tmp_path: Path) -> None:
    opening = display.together(display.heading("A part"), display.paragraphs("Why it matters."))
    part = display.parts((opening, drawing("Left"), display.paragraphs("What is said.")))
    page = page_of(notebook([bedford()[0], "## First", part], tmp_path / "a.ipynb"))
    book = docx.Document(BytesIO(word_of(page, document_of(page.html))))
    kept = {p.text: p.style.paragraph_format.keep_with_next for p in book.paragraphs if p.style}
    assert kept["A part"]
    assert kept["Why it matters."]
    assert not kept["What is said."]


@pytest.mark.parametrize(("lines", "page_of_figures"), [(4, 0), (26, 0), (30, 1)])
def test_figures_of_a_part_stand_before_what_is_said_of_them_and_with_its_opening(
    tmp_path: Path, lines: int, page_of_figures: int
) -> None:
    filler = display.paragraphs(*["A line of text that fills the page a little."] * lines)
    pair = display.side_by_side(drawing("Left"), drawing("Right"))
    tall = display.together(*[pair] * 3)
    opening, rest = display.heading("A part"), display.paragraphs("What is said of it.")
    part = display.parts((opening, tall, rest))
    page = page_of(notebook([bedford()[0], "## First", filler, part], tmp_path / "a.ipynb"))
    sheets = texts_of(page)
    assert "A part" in sheets[page_of_figures]
    assert "Left" in sheets[page_of_figures]
    places = ["\n".join(sheets).index(words) for words in ("A part", "Left", "What is said")]
    assert places == sorted(places)


@pytest.mark.parametrize("lines", range(40, 47))
def test_a_line_that_announces_a_list_stays_with_it(tmp_path: Path, lines: int) -> None:
    text = "\n\n".join(["A line of text that fills the page a little."] * lines)
    written = display.markdown(f"{text}\n\nFor people to judge:\n\n- First point.\n- Second.\n")
    page = page_of(notebook([bedford()[0], "## First", written], tmp_path / "a.ipynb"))
    (sheet,) = (sheet for sheet in texts_of(page) if "to judge:" in sheet)
    assert "First point." in sheet
    book = docx.Document(BytesIO(word_of(page, document_of(page.html))))
    (announcing,) = (p for p in book.paragraphs if p.text.startswith("For people"))
    assert announcing.style is not None
    assert announcing.style.paragraph_format.keep_with_next


@pytest.mark.parametrize("lines", [29, 30, 31])
def test_the_last_row_of_a_table_never_stands_alone(tmp_path: Path, lines: int) -> None:
    frame = pd.DataFrame({"Measure": [f"Row {n} end." for n in range(20)], "N": range(20)})
    table = display.table(frame, caption="How many")
    filling = "\n\n".join(["Filling."] * lines)
    page = page_of(notebook([bedford()[0], "## First", filling, table], tmp_path / "a.ipynb"))
    texts = texts_of(page)
    assert ["Row 18 " in text for text in texts] == ["Row 19 " in text for text in texts]


def test_a_table_whose_last_rows_stay_together_is_one_body_to_those_who_hear_it(
    tmp_path: Path,
) -> None:
    frame = pd.DataFrame({"Measure": [f"Row {n}" for n in range(4)], "N": range(4)})
    table = display.table(frame, caption="How many")
    page = page_of(notebook([bedford()[0], "## First", table], tmp_path / "a.ipynb"))
    made = pdf_of(page, document_of(page.html))
    assert b"/TFoot" not in made
    kinds = _kinds(PdfReader(BytesIO(made)).trailer["/Root"]["/StructTreeRoot"])
    assert kinds.count("/TBody") == 2
    assert "/TFoot" not in kinds


def _kinds(node: Any) -> list[str]:
    held = node.get("/K", ())
    below = [held] if isinstance(held, dict) else held if isinstance(held, list) else []
    found = [str(node["/S"])] if "/S" in node else []
    inner = (part.get_object() for part in below if hasattr(part, "get_object"))
    return found + [kind for part in inner if isinstance(part, dict) for kind in _kinds(part)]


def test_in_word_the_last_rows_of_a_table_stay_together_and_with_their_note(
    tmp_path: Path,
) -> None:
    frame = pd.DataFrame({"Measure": [f"Row {n}" for n in range(4)], "N": range(4)})
    noted = display.table(frame, caption="Noted", notes=["A note.", "Another."])
    bare = display.table(frame, caption="Bare")
    page = page_of(notebook([bedford()[0], "## First", noted, bare], tmp_path / "a.ipynb"))
    book = docx.Document(BytesIO(word_of(page, document_of(page.html))))
    held, without = (
        [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows][1:]
        for table in book.tables
    )
    assert (held, without) == ([None, None, True, True], [None, None, True, None])
    notes = {p.text: p.paragraph_format.keep_with_next for p in book.paragraphs}
    assert (notes["A note."], notes["Another."]) == (True, None)


def test_in_word_no_point_of_a_list_stands_apart(tmp_path: Path) -> None:
    written = display.bullets("First.", "Second.", "Third.", "Last.")
    executed = notebook([bedford()[0], written, "## After"], tmp_path / "a.ipynb")
    page = page_of(executed)
    book = docx.Document(BytesIO(word_of(page, document_of(page.html))))
    kept = {p.text: p.paragraph_format.keep_with_next for p in book.paragraphs}
    told = ("First.", "Second.", "Third.", "Last.")
    assert [kept[text] for text in told] == [True, None, True, None]


def test_a_text_that_opens_parts_stays_with_the_first(tmp_path: Path) -> None:
    opening = display.together(display.heading("A part"), display.paragraphs("Why it matters."))
    part = display.parts((opening, drawing("Left"), display.paragraphs("What is said.")))
    before = display.paragraphs("What holds for all.")
    page = page_of(notebook([bedford()[0], "## First", before, part], tmp_path / "a.ipynb"))
    book = docx.Document(BytesIO(word_of(page, document_of(page.html))))
    (said,) = (p for p in book.paragraphs if p.text == "What holds for all.")
    assert said.style is not None
    assert said.style.paragraph_format.keep_with_next


@pytest.mark.parametrize("lines", range(44, 47))
def test_a_byline_never_opens_a_page(tmp_path: Path, lines: int) -> None:
    text = "\n\n".join(["A line of text that fills the page a little."] * lines)
    written = display.markdown(text, byline="By a clerk")
    page = page_of(notebook([bedford()[0], "## First", written], tmp_path / "a.ipynb"))
    assert len(sheets := texts_of(page)) == 2
    assert not any(sheet.splitlines()[1].startswith("By a clerk") for sheet in sheets)


def test_in_word_a_text_stays_with_who_wrote_it(tmp_path: Path) -> None:
    written = display.markdown("First.\n\nLast.", byline="By a clerk")
    page = page_of(notebook([bedford()[0], "## First", written], tmp_path / "a.ipynb"))
    book = docx.Document(BytesIO(word_of(page, document_of(page.html))))
    kept = {p.text: p.style.paragraph_format.keep_with_next for p in book.paragraphs if p.style}
    assert (kept["First."], kept["Last."], kept["By a clerk"]) == (False, True, False)


def test_figures_beside_each_other_say_a_shared_source_once(tmp_path: Path) -> None:
    pair = display.side_by_side(drawing("Left"), drawing("Right"))
    alone = drawing("Alone")
    page = page_of(notebook([bedford()[0], "## First", pair, alone], tmp_path / "a.ipynb"))
    assert page.html.count("Source: By hand") == 3
    (text,) = texts_of(page)
    assert text.count("Source: By hand") == 2


def test_behind_the_annexes_short_pieces_and_long_rows_stand_in_two_columns(tmp_path: Path) -> None:
    bullets = display.bullets(*[f"Piece {n}, a sentence of its own." for n in range(1, 9)])
    long = "words that go on for longer than a line of a table would bear " * 2
    frame = pd.DataFrame({"Duty": ["First duty", "Second duty"], "Where": [long, long]})
    told = display.table(frame, caption="What is asked")
    page = page_of(notebook([bedford()[0], "## Annexes", bullets, told], tmp_path / "a.ipynb"))
    (text,) = texts_of(page)
    for n in range(1, 9):
        assert text.count(f"Piece {n},") == 1
    assert text.index("First duty") < text.index("Second duty")
    assert text.count("Where:") == 2, "the name of the column goes with each cell"
    lines = [line for line in text.splitlines() if "Piece" in line]
    tops = PdfReader(BytesIO(pdf_of(page, document_of(page.html)))).pages[0]
    heights: dict[str, float] = {}
    tops.extract_text(
        visitor_text=lambda t, c, m, _f, _s: heights.setdefault(t.strip()[:7], c[5] + m[5])
    )
    assert len(lines) >= 4
    assert heights["Piece 1"] == heights["Piece 5"] > heights["Piece 2"]


def texts_of(page: Page) -> list[str]:
    made = pdf_of(page, document_of(page.html))
    return [sheet.extract_text() for sheet in PdfReader(BytesIO(made)).pages]


def first_table(blocks: list) -> Any:
    """Find the first table of a document, however deep it stands."""
    for block in blocks:
        if block["t"] == "Table":
            return block
        if block["t"] == "Div" and (found := first_table(block["c"][1])):
            return found
    return None


def test_a_column_is_as_wide_as_its_words_not_as_its_heading(tmp_path: Path) -> None:
    frame = pd.DataFrame({"Priority": ["Safer homes"], "How sure we are of it": ["low"]})
    executed = notebook([bedford()[0], display.table(frame, caption="C")], tmp_path / "a.ipynb")
    table = first_table(document_of(page_of(executed).html).blocks)
    assert column_lengths(table) == [11, 8]


def test_in_word_no_column_is_narrower_than_its_longest_word(tmp_path: Path) -> None:
    from cspanalysis.publication.document import least_lengths
    from cspanalysis.publication.word_widths import column_shares

    heads = ["Priority", "Public concern", "Can be changed", "Confidence", "Neighbourhood", "Held"]
    heads += ["Harm", "Score", "Rank", "Range", "Against others"]
    row = ["Anti-social behaviour and criminal damage", *["3"] * 4, "26 of 125", *["3"] * 5]
    frame = pd.DataFrame([row], columns=heads)
    executed = notebook([bedford()[0], display.table(frame, caption="C")], tmp_path / "a.ipynb")
    table = first_table(document_of(page_of(executed).html).blocks)
    least = least_lengths(table)
    assert least == [11, 7, 7, 10, 13, 9, 4, 5, 4, 5, 7]
    shares = column_shares([set()] * len(least), table, [])
    assert sum(shares) == pytest.approx(1)
    assert all(104 * share > need + 1 for share, need in zip(shares, least, strict=True))


def test_long_columns_give_way_to_short_ones_on_a_full_line() -> None:
    from cspanalysis.publication.document import _fitted

    assert _fitted([40, 16, 20]) == [40, 16, 20], "there is room for all"
    assert _fitted([48, 16, 48, 48]) == [25, 16, 25, 25]
    assert _fitted([48, 18, 18, 18, 18, 18]) == [48, 18, 18, 18, 18, 18], "no room to give"


@pytest.mark.parametrize(("lines", "times"), [(41, 6), (29, 24)])
def test_a_table_begins_with_several_rows_or_on_the_next_page(
    tmp_path: Path, lines: int, times: int
) -> None:
    long = " ".join(["words that fill a line of their cell and more"] * times)
    frame = pd.DataFrame({"Measure": [f"Row {n} {long} end {n}." for n in range(9)], "N": range(9)})
    table = display.table(frame, caption="How many")
    filling = "\n\n".join(["Filling."] * lines)
    page = page_of(notebook([bedford()[0], "## First", filling, table], tmp_path / "a.ipynb"))
    texts = texts_of(page)
    (first,) = (text for text in texts if "How many" in text)
    assert "Row 1" in first
    for n in range(9):  # no row is divided between pages
        assert [f"Row {n} " in text for text in texts] == [f"end {n}." in text for text in texts]


@pytest.mark.parametrize("lines", range(26, 40, 4))
def test_a_table_of_changes_takes_its_footnotes_along(tmp_path: Path, lines: int) -> None:
    year = Period.parse("2023")
    measures = ("robbery", "burglary", "shoplifting", "vehicle-crime", "drugs", "bicycle-theft")
    changes = [
        Change(
            measure=Measure.named(code),
            area=Area.named("bedford"),
            period=year,
            baseline=year.baseline(),
            before=90,
            after=80,
            verdict="can't tell",
            caveats=(Caveat("note", f"A note on {code}."),),
        )
        for code in measures
    ]
    table = display.change_table(changes, caption="What moved")
    filling = "\n\n".join(["Filling."] * lines)
    page = page_of(notebook([bedford()[0], "## First", filling, table], tmp_path / "a.ipynb"))
    (there,) = (n for n, text in enumerate(texts_of(page)) if "What moved" in text)
    notes = [n for n, text in enumerate(texts_of(page)) for _ in range(text.count("A note on"))]
    assert len(notes) == len(measures)
    assert min(notes) == there


@pytest.mark.parametrize("ranked", [(("1. Arson", "steady", "9 records."),), ()])
def test_a_first_page_that_says_what_is_put_first_repeats_no_count_on_paper_or_in_word(
    tmp_path: Path, ranked: tuple[tuple[str, str, str], ...]
) -> None:
    arson = Headline(id="arson", label="Arson", value=77, text="77", unit="offences")
    topic = Topic(title="What to put first", ranked=ranked, sentences=("It is said.",))
    told = display.one_page([arson], [topic], picture=drawing("Months"))
    page = page_of(notebook([bedford()[0], "## Summary", told], tmp_path / "a.ipynb"))
    assert "77" in page.html
    book = docx.Document(BytesIO(word_of(page, document_of(page.html))))
    words = "\n".join(paragraph.text for paragraph in book.paragraphs)
    for text in (words, "".join(texts_of(page))):
        assert "It is said." in text
        assert ("77" in text) is not bool(ranked)
