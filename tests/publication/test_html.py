from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from lxml import html

from cspanalysis import display
from cspanalysis.errors import PublicationError
from cspanalysis.publication import publish
from cspanalysis.publication.checks import breaches
from cspanalysis.publication.html import page_from, page_of
from tests.samples import BEDFORD, HOSTILE, bedford, notebook


@pytest.fixture(scope="module")
def page(report: Path) -> html.HtmlElement:
    return html.parse(str(report.with_suffix(".html"))).getroot()


def test_title_language_and_one_heading(page: html.HtmlElement) -> None:
    assert page.get("lang") == "en-GB"
    assert page.findtext(".//title") == "Performance report: Bedford, 2023"
    assert page.xpath("count(.//h1)") == 1


def test_landmarks_and_skip_link(page: html.HtmlElement) -> None:
    body = page.find("body")
    assert [child.tag for child in body] == ["a", "header", "nav", "main", "footer"]
    assert body[0].get("href") == "#main"
    assert page.get_element_by_id("main").tag == "main"


def test_contents_lead_to_every_section(page: html.HtmlElement) -> None:
    links = [link.get("href")[1:] for link in page.xpath(".//nav//a")]
    assert links == [heading.get("id") for heading in page.iter("h2")]
    assert len(links) == len(set(links)) == 4


def test_no_code_and_nothing_for_analysts(page: html.HtmlElement) -> None:
    text = page.text_content()
    assert "assessment.show()" not in text
    assert "For analysts" not in text
    assert not page.xpath(".//script")


def test_the_page_asks_for_nothing(report: Path) -> None:
    page = report.with_suffix(".html").read_text(encoding="utf-8")
    assert list(breaches(page)) == []
    assert "url(http" not in page
    assert "@import" not in page
    assert len(page) < 1_000_000


def test_pictures_have_words_and_tables_have_captions(page: html.HtmlElement) -> None:
    assert all(len(image.get("alt")) > 60 for image in page.iter("img"))
    assert page.xpath("count(.//table)") == page.xpath("count(.//table/caption)") == 4
    assert all(box.get("tabindex") == "0" for box in page.xpath(".//div[@class='scroll']"))


def test_remarks_in_markup_stay_out(tmp_path: Path) -> None:
    blocks = [*bedford()[:2], "## Part\n\nWords.<!-- ask Jo -->"]
    assert "ask Jo" not in page_of(notebook(blocks, tmp_path / "a.ipynb")).html


def test_names_from_data_stay_text(site: Path) -> None:
    page = html.parse(str(site / "hostile" / "2023" / "performance-report.html")).getroot()
    assert not page.xpath(".//img[@onerror] | .//*[@src='x']")
    assert HOSTILE.name in page.find(".//h1").text_content()
    assert HOSTILE.name in page.findtext(".//title")


def test_notes_are_counted_through_the_page(tmp_path: Path) -> None:
    blocks = bedford()
    table = next(b for b in blocks if not isinstance(b, str) and "changes" in b.html)
    caveat = '<aside class="notes"><ol><li id="note-x-1">One.</li></ol></aside>'
    link = '<p><a class="noteref" href="#note-{0}-1">1</a></p>'
    first = display.Block(link.format("x") + caveat, "")
    second = display.Block((link.format("y") + caveat).replace("note-x", "note-y"), "")
    made = page_of(notebook([blocks[0], first, second, table], tmp_path / "a.ipynb"))
    page = html.document_fromstring(made.html)
    assert [a.text for a in page.xpath(".//a[@class='noteref']")] == ["1", "2"]
    assert [ol.get("start") for ol in page.xpath(".//aside/ol")] == ["1", "2"]


def test_headings_of_the_same_name_get_names_of_their_own(tmp_path: Path) -> None:
    executed = notebook([bedford()[0], "## Robbery", "## Robbery"], tmp_path / "a.ipynb")
    page = html.document_fromstring(page_of(executed).html)
    assert [h.get("id") for h in page.iter("h2")] == ["robbery", "robbery-2"]


def test_a_failed_cell_is_never_published(tmp_path: Path) -> None:
    executed = notebook(bedford()[:1], tmp_path / "a.ipynb")
    book = nbformat.read(executed, as_version=4)
    error = nbformat.v4.new_output("error", ename="KeyError", evalue="'robbery'", traceback=[])
    book.cells.append(nbformat.v4.new_code_cell("1", outputs=[error]))
    nbformat.write(book, executed)
    with pytest.raises(PublicationError, match="cell 4 failed with KeyError: 'robbery'"):
        publish(executed, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_notebook_without_cover_is_refused(tmp_path: Path) -> None:
    executed = notebook([display.paragraphs("Nothing.")], tmp_path / "a.ipynb")
    with pytest.raises(PublicationError, match=r"^a.ipynb: no cell shows a cover.*report.cover"):
        page_of(executed)


@pytest.mark.parametrize(
    ("markup", "breach"),
    [
        ("<img src='data:image/png;base64,AA'>", "no alternative text"),
        ("<img src='https://example.org/a.png' alt='a'>", "loads from elsewhere"),
        ("<script>1</script>", "<script> has no place"),
        ("<h1>Second</h1>", "2 first-level headings"),
        ("<h4>Deep</h4>", "a heading of level 4 follows one of level 1"),
        ("<table><tr><th>a</th></tr></table>", "no caption: show frames with display.table"),
        ("<a href='#nowhere'>a</a>", "#nowhere, which is not on the page"),
        ("<p id='main'>a</p>", "identifiers are given twice: main"),
    ],
)
def test_breaches_are_named(markup: str, breach: str, tmp_path: Path) -> None:
    executed = notebook([bedford()[0], display.Block(markup, "")], tmp_path / "a.ipynb")
    with pytest.raises(PublicationError, match=breach):
        page_of(executed)


def test_a_page_without_a_heading_is_refused_with_what_to_do(tmp_path: Path) -> None:
    executed = notebook([bedford()[0], display.paragraphs("A word.")], tmp_path / "a.ipynb")
    with pytest.raises(PublicationError, match=r"^a.ipynb: the page has no heading .* with '## '"):
        publish(executed, tmp_path / "out")


def test_a_drawing_that_would_be_lost_is_refused(tmp_path: Path) -> None:
    executed = notebook(bedford(), tmp_path / "a.ipynb")
    book = nbformat.read(executed, as_version=4)
    lost = nbformat.v4.new_output("execute_result", data={"text/plain": "<Axes: xlabel='month'>"})
    book.cells.append(nbformat.v4.new_code_cell("1", outputs=[lost]))
    with pytest.raises(PublicationError, match=r"a drawing that no page would show.*display.chart"):
        page_from(book, executed)


def test_what_a_cell_printed_is_left_out(tmp_path: Path) -> None:
    executed = notebook(bedford()[:1], tmp_path / "a.ipynb")
    book = nbformat.read(executed, as_version=4)
    stream = nbformat.v4.new_output("stream", name="stderr", text="a warning")
    book.cells.append(nbformat.v4.new_code_cell("1", outputs=[stream]))
    nbformat.write(book, executed)
    assert "a warning" not in page_of(executed).html
    assert BEDFORD.name in page_of(executed).html
