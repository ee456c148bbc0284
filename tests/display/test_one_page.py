"""The summary on one page: figures, topics, and a shape beside every verdict."""

from __future__ import annotations

from lxml import html

from cspanalysis.display import FIGURES, Headline, one_page
from cspanalysis.findings.summary.topics import Topic

TOPICS = [
    Topic(
        title="What <b>changed",
        sides=(("higher", "robbery (20 to 60)"),),
        sentences=("There is no clear change in the other measure.", ""),
    ),
    Topic(title="Targets", sides=(("not met", "burglary"), ("cannot be said", "arson"))),
]


def test_every_topic_is_a_heading_with_its_sentences() -> None:
    page = html.fragment_fromstring(one_page([], TOPICS).html)
    assert [h.text_content() for h in page.iter("h3")] == ["What <b>changed", "Targets"]
    said = [p.text_content().replace("\N{NO-BREAK SPACE}", " ").strip() for p in page.iter("p")]
    assert said == [
        "▲ higher: robbery (20 to 60).",
        "There is no clear change in the other measure.",
        "not met: burglary.",
        "cannot be said: arson.",
    ]
    assert page.find(".//ul") is None


def test_a_target_that_is_missed_has_a_shape_as_well_as_a_word() -> None:
    page = html.fragment_fromstring(one_page([], TOPICS).html)
    (drawing,) = page.iter("svg")
    assert drawing.getparent().text_content().strip() == "not met"


def test_headline_figures_are_shown_and_recorded() -> None:
    figure = Headline(id="a", label="All crime", value=9.0, text="9")
    block = one_page([figure], TOPICS)
    assert [f["id"] for f in block.records[FIGURES]["figures"]] == ["a"]
    assert block.text.startswith("9  All crime")
    assert "Higher: robbery (20 to 60)." in block.text
