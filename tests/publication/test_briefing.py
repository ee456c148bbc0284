"""The briefing: what it takes of a report's page, as a page and as a Word document."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from lxml import html

from cspanalysis import display
from cspanalysis.display import Headline
from cspanalysis.findings.summary.topics import Topic, caveat_topic
from cspanalysis.publication.briefing import (
    _drawn,
    briefing_document_of,
    briefing_of,
    briefing_page_of,
)
from cspanalysis.publication.checks import breaches
from cspanalysis.publication.html import Page, page_of
from cspanalysis.publication.leaks import leaks
from cspanalysis.publication.licence import ADDRESS
from tests.samples import bedford, notebook


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    folder: Path = tmp_path_factory.mktemp("executed")
    return page_of(notebook(bedford(), folder / "performance-report.ipynb"))


def test_a_briefing_keeps_the_rules_for_pages_and_says_what_it_is(page: Page) -> None:
    content = briefing_page_of(page)
    text = content.decode()
    assert not list(breaches(text))
    assert not list(leaks("report.briefing.html", content))
    root = html.document_fromstring(text)
    assert root.findtext(".//title").startswith("Briefing: performance report: Bedford")
    assert page.cover["lead"] in root.text_content()
    assert root.xpath(f".//main//a[@href='{ADDRESS}']")
    assert not root.xpath(".//details | .//nav")
    assert text.startswith("<!doctype html>")


def test_its_table_has_seven_lines_at_most_and_keeps_those_that_are_news(page: Page) -> None:
    root = html.document_fromstring(briefing_of(page).html)
    (table,) = root.xpath(".//main//div[@class='table-block']//table")
    rows = table.xpath(".//tbody/tr")
    assert 0 < len(rows) <= 7
    whole = html.document_fromstring(page.html).xpath(
        "(.//table[.//th[normalize-space()='Verdict']])[1]//tbody/tr"
    )
    news = [
        row[0].text_content()
        for row in whole
        if len(row) > 2 and not any(w in row.text_content() for w in ("can't tell", "steady"))
    ]
    named = [row[0].text_content() for row in rows]
    assert news
    assert set(news) <= set(named)
    assert {len(row) for row in rows} == {5}


def test_a_verdict_in_a_briefing_is_its_word_alone() -> None:
    """What would show stands in brackets in the report, and made each line look like news."""
    rows = "".join(
        f"<tr><th>Measure {n}</th><td>1</td><td>2</td><td>{word}</td></tr>"
        for n, word in enumerate([*["can't tell <span class='limits'>(+9 %)</span>"] * 9, "higher"])
    )
    head = "<tr><th>Measure</th><th>2022</th><th>2023</th><th>Verdict</th></tr>"
    table = f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"
    cover = {"title": "Report", "lead": "", "area": {"name": "Luton"}, "period": {"label": "2023"}}
    made = Page(
        "<html><head><title>Report</title><style></style></head><body><main>"
        f"<div class='table-block'>{table}</div></main></body></html>",
        cover,
    )
    kept = html.document_fromstring(briefing_of(made).html).xpath(".//tbody/tr")
    assert [row[3].text_content().strip() for row in kept] == [*["can't tell"] * 6, "higher"]


def test_the_document_has_its_words_and_the_page_is_left_as_it_was(page: Page) -> None:
    import docx

    before = page.html
    content = briefing_document_of(page)
    assert page.html == before
    book = docx.Document(io.BytesIO(content))
    said = "\n".join(paragraph.text for paragraph in book.paragraphs)
    assert page.cover["lead"] in said
    assert "Briefing: performance report" in said
    assert "How sure we are" in said or "The figures behind it" in said
    assert not list(leaks("report.briefing.docx", content))
    assert content == briefing_document_of(page)


def test_it_draws_what_the_report_opens_with() -> None:
    drawn = (
        "<figure><p class='figure-title'>{}</p><img src='data:image/png;base64,' alt='a'></figure>"
    )
    opening = f"<div class='one-page'>{drawn.format('What matters')}</div>"
    main = html.fragment_fromstring(f"<main>{opening}{drawn.format('Burglary rose')}</main>")
    assert [figure.findtext("p") for figure in _drawn(main)] == ["What matters"]
    main[0].drop_tree()
    assert [figure.findtext("p") for figure in _drawn(main)] == ["Burglary rose"]


def test_caveats_stand_at_its_end_alone_but_for_those_that_list_every_measure() -> None:
    topics = "".join(
        f"<div class='topic'><h3>{title}</h3><p>{title} told.</p></div>"
        for title in ("What changed", "Bear in mind", "Targets")
    )
    caveats = "".join(
        f"<li>{text}</li>" for text in ("One.", "Long. " * 60, "Two.", "Three.", "4.")
    )
    cover = {"title": "Report", "lead": "", "area": {"name": "Luton"}, "period": {"label": "2023"}}
    made = Page(
        "<html><head><title>Report</title><style></style></head><body><main>"
        f"<div class='topics'>{topics}</div><h2>What to bear in mind</h2><ul>{caveats}</ul>"
        "</main></body></html>",
        cover,
    )
    root = html.document_fromstring(briefing_of(made).html)
    assert [h.text for h in root.iter("h3")] == ["What changed", "Targets"]
    assert [item.text for item in root.iter("li")] == ["One.", "Two.", "Three."]
    assert "Bear in mind told" in made.html
    assert caveat_topic(()).title == "Bear in mind"  # as reports call what is left out here


@pytest.mark.parametrize("ranked", [(("1. Arson", "steady", "9 records."),), ()])
def test_what_is_put_first_holds_the_counts_so_that_no_headline_figure_repeats_them(
    tmp_path: Path, ranked: tuple[tuple[str, str, str], ...]
) -> None:
    figure = Headline(id="arson", label="Arson", value=9, text="9", unit="offences")
    topic = Topic(title="What to put first", ranked=ranked, sentences=("It is said.",))
    told = display.one_page([figure], [topic])
    executed = notebook([bedford()[0], "## Summary", told], tmp_path / "strategic-assessment.ipynb")
    short = html.document_fromstring(briefing_of(page_of(executed)).html)
    assert len(short.xpath(".//ul[@class='headlines']")) == (0 if ranked else 1)
    assert "It is said." in short.text_content()
