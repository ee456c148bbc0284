"""Headline figures and inputs, read from made notebooks."""

from __future__ import annotations

import json
from typing import Any

import nbformat
import pytest

from cspanalysis.blocks.block import COVER, FIGURES
from cspanalysis.errors import PublicationError
from cspanalysis.production.figures import recorded


def notebook(*contents: Any) -> Any:
    """Give a notebook whose cells record these contents, after a cell of words."""
    cells = [nbformat.v4.new_markdown_cell("Words")]
    for content in contents:
        output = nbformat.v4.new_output("display_data", data={FIGURES: content})
        stream = nbformat.v4.new_output("stream", text="words")
        cells.append(nbformat.v4.new_code_cell("", outputs=[stream, output]))
    return nbformat.v4.new_notebook(cells=cells)


def test_figures_keep_their_order_and_inputs_are_given_once() -> None:
    source = {"source": "police.uk", "vintage": "2024-01", "rows": 12}
    book = notebook(
        {"figures": [{"id": "b", "value": 2}], "inputs": [source]},
        {"figures": [{"id": "a", "value": None}], "inputs": [source, {"source": "nomis"}]},
    )
    found = recorded(book)
    assert [figure["id"] for figure in found.figures] == ["b", "a"]
    assert found.inputs == (source, {"source": "nomis"})
    assert json.loads(found.text("x/y/z")) == {
        "schema_version": 1,
        "job": "x/y/z",
        "figures": [{"id": "b", "value": 2}, {"id": "a", "value": None}],
        "inputs": [source, {"source": "nomis"}],
    }


def test_what_answers_tell_is_written_once_beside_the_figures() -> None:
    one, other = {"place": "a", "count": 5}, {"place": "b", "count": 7}
    found = recorded(notebook({"told": [one]}, {"told": [one, other]}))
    assert json.loads(found.text("x/y/z"))["told"] == [one, other]


def test_the_first_cover_is_kept_beside_the_figures() -> None:
    book = notebook({"figures": []})
    for title in ("First", "Second"):
        output = nbformat.v4.new_output("display_data", data={COVER: {"title": title}})
        book.cells.append(nbformat.v4.new_code_cell("", outputs=[output]))
    assert json.loads(recorded(book).text("x/y/z"))["cover"] == {"title": "First"}


def test_notebook_without_figures_has_none() -> None:
    assert recorded(notebook()).figures == ()


@pytest.mark.parametrize(
    ("contents", "message"),
    [
        (({"figures": [{"id": "a"}]}, {"figures": [{"id": "a"}]}), r"twice \(cells 2 and 3\)"),
        (({"figures": [{"id": "a"}, {"id": "a"}]},), r"twice \(cells 2 and 2\)"),
        (({"figures": [{"value": 1}]},), "cell 2: a headline figure has no id"),
        (({"figures": [{"id": "a", "value": float("nan")}]},), "'a' is not a number"),
        (({"figures": {"id": "a"}},), "cell 2: 'figures' of the recorded figures is not a list"),
        (([{"id": "a"}],), "is not a list"),
        (({"inputs": ["police.uk"]},), "'inputs' of the recorded figures is not a list"),
    ],
)
def test_what_is_not_of_the_agreed_form_is_refused(contents: Any, message: str) -> None:
    with pytest.raises(PublicationError, match=message):
        recorded(notebook(*contents))
