"""What a board's slides say, and the PowerPoint file they become."""

from __future__ import annotations

import base64
import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pptx
import pptx.util
import pytest

from cspanalysis.publication.brand import Brand
from cspanalysis.publication.gist import gist_of_markup
from cspanalysis.publication.html import Page, page_of
from cspanalysis.publication.leaks import leaks
from cspanalysis.publication.licence import NAME
from cspanalysis.publication.native_charts import line_of
from cspanalysis.publication.slide_deck import deck_of
from cspanalysis.publication.slides import slides_of
from tests.samples import bedford, notebook

SVG = base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>').decode()
COVER = {
    "title": "Strategic assessment",
    "lead": "Nothing changed beyond doubt.",
    "area": {"name": "Bedford", "slug": "bedford"},
    "period": {"label": "2023"},
    "facts": {"Compared with": "2022"},
    "edition": "public",
    "marking": "OFFICIAL",
    "language": "en-GB",
}


def table(caption: str, head: list[str], *rows: list[str]) -> str:
    lines = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    heads = "".join(f"<th>{name}</th>" for name in head)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return (
        f"<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )


def figure(title: str, *tables: str) -> str:
    return (
        f'<figure><span class="figure-title">{title}</span>'
        '<span class="subtitle">Offences a month. The scale does not start at zero.</span>'
        f'<img src="data:image/svg+xml;base64,{SVG}" alt="A drawing of it.">'
        f'<p><span class="source">Source: Police</span></p><details>{"".join(tables)}</details>'
        "</figure>"
    )


MONTHS = table("By month", ["Month", "Burglary"], ["May 2023", "1,204"], ["June 2023", "[x]"])
MEANS = table("Averages", ["Measure", "Average"], ["Burglary", "1,000.5"])
RATES = table(
    "Rates", ["Measure", "Area", "Rate"], ["Burglary", "Luton", "9.5"], ["Burglary", "Bedford", "8"]
)
CHANGES = table(
    "No change: 2023 against 2022",
    ["Measure", "2022", "2023", "Ratio", "Verdict"],
    ["Burglary", "10", "12", "", "possibly higher"],
)
TOPICS = (
    '<div class="topics"><div class="topic"><h3>What matters</h3><p>Burglary may have risen. '
    "So may theft.</p></div>"
    '<div class="topic"><h3>The board is asked</h3><p>1. Name an owner.</p><p>2. Ask schools.</p>'
    "</div></div>"
)
PRIORITY = (
    "<p>It hurts. Owner: A role.</p><p>Is it real? Burglary: 10, then 12. Police look. More.</p>"
    "<p>Where. Half of it is in two wards. More.</p>"
    "<p>Target. Burglary: at most 9 by 2024. More.</p>"
    "<p>Next. Lock doors (A role, by May).</p>"
)
PAGE = Page(
    "<main><h2>Summary</h2>"
    f"{TOPICS}<h2>Levels</h2><div class='table-block'>{CHANGES}</div>"
    f"<h2>Compared with other areas</h2>{figure('Bedford&apos;s rate is the lowest', RATES)}"
    + "".join(
        f"<h3 class='listed'>Priority {n}</h3>{PRIORITY}{figure('It was usual', MEANS, MONTHS)}"
        for n in range(9)
    )
    + "<h2>How good the figures are</h2><p>Location. One in 25 has no place. More.</p></main>",
    COVER,
    figures=[{"source": "Street-level crime", "shown": True}],
)


@pytest.fixture(scope="module")
def deck() -> Any:
    return pptx.Presentation(io.BytesIO(deck_of(PAGE)))


def test_ten_slides_say_one_thing_each() -> None:
    slides = slides_of(PAGE)
    assert [slide.title for slide in slides] == [
        "Bedford, 2023",
        "No change",
        "Burglary may have risen",
        "Bedford's rate is the lowest",
        *["Burglary: 10, then 12"] * 4,
        "The board is asked for two decisions",
        "What to bear in mind when reading these figures",
    ]
    assert slides[1].grid
    assert slides[1].grid.head == ("Measure", "2022", "2023", "Verdict")
    assert slides[1].source == "Street-level crime"
    assert slides[4].points == (
        "Police look.",
        "Half of it is in two wards.",
        "Burglary: at most 9 by 2024.",
        "Next: lock doors (A role, by May).",
    )
    assert slides[4].subtitle == "Offences a month. Dashes: the mean, 1,000.5. Starts at zero."
    assert slides[8].points == ("Name an owner.", "Ask schools.")
    assert slides[9].points == ("One in 25 has no place.",)


def test_what_is_put_first_has_a_slide_of_its_own() -> None:
    places = "".join(
        f"<p class='place'><strong>{n}. {name}</strong><span>, </span>can't tell<span>: </span>"
        "12 records. More.</p>"
        for n, name in ((1, "Safer homes"), (2, "ASB"))
    )
    ranked = f'<div class="topic"><h3>What to put first</h3>{places}</div>'
    html = PAGE.html.replace(
        '<div class="topic"><h3>The board', f'{ranked}<div class="topic"><h3>The board'
    )
    slide = slides_of(replace(PAGE, html=html))[3]
    assert (slide.title, slide.kicker) == ("First of two: safer homes", "What to put first")
    assert slide.points == ("Safer homes, can't tell: 12 records.", "ASB, can't tell: 12 records.")
    assert slide.numbered


def test_without_priorities_each_headline_says_what_can_be_said_of_it() -> None:
    card = (
        "<ul class='headlines'><li><span class='number'>12</span><span class='label'>Burglary"
        "</span><span class='change'>+20 %, from 10</span><span class='outcome'>can't tell</span>"
        "</li></ul>"
    )
    body = f"<h2>Months</h2>{figure('It was usual', MEANS, MONTHS)}"
    aside = f"<p>This {'bears on very much of all that is told here, and '} burglary.</p>"
    html = f"<main>{card}{TOPICS.replace('</p></div>', f'</p>{aside}</div>', 1)}{body}</main>"
    figures = [{"label": "Burglary", "message": "Burglary: 10, then 12, which can't be told apart"}]
    told, bare = (
        next(s for s in slides_of(Page(html, COVER, figures=held)) if s.kicker == "Month by month")
        for held in (figures, [])
    )
    assert told.title == "Burglary: 10, then 12, which can't be told apart"
    assert told.points == ("+20 %, from 10.", "Burglary may have risen.")
    assert bare.title == "Burglary: can't tell"
    assert bare.points[0] == "12 in all."


def test_charts_are_native_and_hold_the_numbers_behind_the_figure(deck: Any) -> None:
    bars, line = (
        next(shape.chart for shape in deck.slides[n].shapes if shape.has_chart) for n in (3, 4)
    )
    assert list(bars.plots[0].categories) == ["Luton", "Bedford"]
    assert list(bars.plots[0].series[0].values) == [9.5, 8.0]
    assert [s.name for s in line.plots[0].series] == ["Burglary", "Mean"]
    assert list(line.plots[0].series[0].values) == [1204.0, None]
    assert line.value_axis.minimum_scale == 0
    cells = next(shape.table for shape in deck.slides[1].shapes if shape.has_table)
    assert [c.text for c in cells.rows[1].cells] == ["Burglary", "10", "12", "possibly higher"]


def test_every_slide_has_a_title_first_notes_and_words_for_what_is_drawn(deck: Any) -> None:
    for slide in deck.slides:
        assert slide.shapes.title.text
        assert slide.shapes[0] == slide.shapes.title
        assert NAME in slide.notes_slide.notes_text_frame.text
        assert "OFFICIAL" in " ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table or shape.shape_type == 13:
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr")
    sizes = [
        run.font.size.pt
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if run.text
    ]
    assert min(sizes) >= 13


def test_what_no_chart_can_hold_is_a_picture_with_its_words() -> None:
    plain = replace(PAGE, html=PAGE.html.replace(RATES, ""))
    book = pptx.Presentation(io.BytesIO(deck_of(plain)))
    (picture,) = (shape for shape in book.slides[3].shapes if shape.shape_type == 13)
    assert picture._element.xpath(".//p:cNvPr")[0].get("descr") == "A drawing of it."


def test_the_finding_stands_with_the_lines_that_the_summary_draws_of_it() -> None:
    head = ["Month", "Burglary", "Shoplifting"]
    both = table("By month", head, ["May 2023", "120", "30"], ["June 2023", "90", "[x]"])
    html = PAGE.html.replace(TOPICS, TOPICS + figure("Burglary down, shoplifting up", both))
    slide = slides_of(replace(PAGE, html=html))[2]
    assert slide.title == "Burglary down, shoplifting up"
    assert slide.points == ("Burglary may have risen.", "So may theft.")
    book = pptx.Presentation(io.BytesIO(deck_of(replace(PAGE, html=html))))
    drawn = [shape for shape in book.slides[2].shapes if shape.has_chart]
    assert [[(s.name, list(s.values)) for s in d.chart.plots[0].series] for d in drawn] == [
        [("Burglary", [120, 90])],
        [("Shoplifting", [30, None])],
    ]
    upper, lower = drawn
    assert (upper.left, upper.width) == (lower.left, lower.width)
    assert upper.top + upper.height <= lower.top
    assert [d.chart.value_axis.minimum_scale for d in drawn] == [0, 0]
    texts = [shape.text_frame.text for shape in book.slides[2].shapes if shape.has_text_frame]
    assert {"Burglary", "Shoplifting"} <= {*texts}


def test_an_average_that_was_set_anew_is_drawn_through_no_month() -> None:
    months = table("By month", ["Month", "Burglary"], ["May 2023", "120"], ["June 2023", "90"])
    head = ["Measure", "Average", "Steps, breaks and events"]
    for marks, mean in (("none", 100.0), ("level −20 %, May 2023", None)):
        drawn = figure("Burglary", months + table("Averages", head, ["Burglary", "100", marks]))
        (shown,) = gist_of_markup(f"<main><h2>One</h2>{drawn}</main>").parts[0].figures
        chart = line_of(shown)
        assert chart is not None
        assert chart.mean == mean


def test_a_line_that_cannot_be_told_is_no_news_whatever_stands_in_brackets() -> None:
    doubt = "can't tell (+14 %, −13 %)"
    page = replace(PAGE, html=PAGE.html.replace("possibly higher", doubt))
    book = pptx.Presentation(io.BytesIO(deck_of(page)))
    cells = next(shape.table for shape in book.slides[1].shapes if shape.has_table).rows[1].cells
    assert cells[3].text == "can't tell"
    assert not cells[3].text_frame.paragraphs[0].runs[0].font.bold


def test_a_file_says_when_its_notebook_was_run() -> None:
    when = datetime(2024, 3, 5, 9, 30, tzinfo=UTC)
    made = deck_of(replace(PAGE, written=when))
    assert pptx.Presentation(io.BytesIO(made)).core_properties.created == when.replace(tzinfo=None)


def test_the_partnerships_layouts_are_taken_and_its_slides_left_out() -> None:
    own = pptx.Presentation()
    own.slide_width = pptx.util.Emu(9144000)
    own.slides.add_slide(own.slide_layouts[5]).shapes.title.text = "A slide of theirs"
    buffer = io.BytesIO()
    own.save(buffer)
    made = deck_of(PAGE, brand=Brand(slides=buffer.getvalue(), colour="#641464"))
    book = pptx.Presentation(io.BytesIO(made))
    assert book.slide_width == 9144000
    assert len(book.slides) == 10
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        names = [n for n in archive.namelist() if n.startswith("ppt/slides/slide")]
        assert len(names) == 10
        assert not any(b"A slide of theirs" in archive.read(name) for name in names)
        assert b"641464" in archive.read("ppt/charts/" + _first_chart(archive))


def _first_chart(archive: zipfile.ZipFile) -> str:
    found = (n for n in archive.namelist() if n.startswith("ppt/charts/chart"))
    return next(found).rpartition("/")[2]


def test_slides_of_a_report_leak_nothing_and_stay_the_same(tmp_path: Path) -> None:
    page = page_of(notebook(bedford(), tmp_path / "performance-report.ipynb"))
    made = deck_of(page)
    assert made == deck_of(page)
    assert not list(leaks("report.pptx", made))
