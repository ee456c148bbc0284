"""Pages taken apart: what stands under each heading, and what a figure says."""

from __future__ import annotations

import base64

import pytest

from cspanalysis.errors import PublicationError
from cspanalysis.publication.gist import Grid, Headline, gist_of_markup

SVG = base64.b64encode(b"<svg/>").decode()
TABLE = (
    "<table><caption>Burglary by month</caption>"
    "<thead><tr><th>Month</th><th>Count</th></tr></thead>"
    "<tbody><tr><th>May</th><td>1,204</td></tr></tbody></table>"
)
PAGE = f"""<html><body><main>
<h2>Summary</h2>
<ul class="headlines"><li><p><span class="number">13</span> <span class="unit">offences</span></p>
<p><span class="label">Burglary</span></p><svg></svg><p><span class="change">down 9 %</span></p>
<p><span class="outcome"><span>possibly lower</span></span></p></li></ul>
<div class="topics"><div class="topic"><h3>What matters</h3><p>Burglary fell.</p></div></div>
<h2>Places</h2><p>Half of it is in two wards.<a class="noteref">1</a></p>
<figure><span class="figure-title">Two wards</span><span class="subtitle">Burglaries</span>
<img src="data:image/svg+xml;base64,{SVG}" alt="Bars.">
<p><span class="source">Source: Police</span></p><details>{TABLE}</details></figure>
<div class="table-block">{TABLE}<aside><p>A note.</p></aside></div>
<p class="byline">Analyst</p>
</main></body></html>"""


def test_a_page_is_taken_apart_by_its_headings() -> None:
    gist = gist_of_markup(PAGE)
    assert gist.headlines == (Headline("13 offences", "Burglary", "down 9 %", "possibly lower"),)
    assert [(t.heading, t.sentences) for t in gist.topics] == [("What matters", ["Burglary fell."])]
    _, places = gist.parts
    assert (places.heading, places.sentences) == ("Places", ["Half of it is in two wards."])
    grid = Grid("Burglary by month", ("Month", "Count"), (("May", "1,204"),))
    assert places.grids == [grid]
    (figure,) = places.figures
    assert (figure.title, figure.subtitle, figure.source) == ("Two wards", "Burglaries", "Police")
    assert [(p.content, p.ending, p.alt) for p in figure.pictures] == [(b"<svg/>", "svg", "Bars.")]
    assert figure.grids == (grid,)
    assert gist.part("place") is places


def test_a_page_without_topics_opens_with_its_first_words() -> None:
    words = "".join(f"<h2>Part {n}</h2><p>One.</p><p>Two.</p>" for n in range(5))
    gist = gist_of_markup(f"<main>{words}</main>")
    assert [t.heading for t in gist.topics] == ["Part 0", "Part 1", "Part 2"]


def test_a_page_without_a_main_part_is_refused() -> None:
    with pytest.raises(PublicationError, match="no main part"):
        gist_of_markup("<p>Words</p>")
