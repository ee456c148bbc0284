from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from cspanalysis.blocks.block import Block, element, identifier


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_no_text_becomes_markup(text: str) -> None:
    written = html.fragment_fromstring(str(element("p", text, title=text)))
    assert written.text_content() == text
    assert written.get("title") == text
    assert len(written) == 0


def test_attributes_are_written_as_html_names_them() -> None:
    written = element("td", "a", class_="b", aria_label="c", hidden=True, id=None, open=False)
    assert str(written) == '<td class="b" aria-label="c" hidden>a</td>'


def test_a_block_shows_markup_text_and_records() -> None:
    block = Block("<p>a</p>", "a", {"application/json": {"a": 1}})
    assert block._repr_mimebundle_(include=None, exclude=None) == {
        "text/html": "<p>a</p>",
        "text/plain": "a",
        "application/json": {"a": 1},
    }


def test_identifiers_start_with_a_letter() -> None:
    assert identifier("2 in 10") == "x-2-in-10"
    assert identifier("What changed") == "what-changed"
