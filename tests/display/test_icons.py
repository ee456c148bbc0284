"""Icons: each a drawing of its own shape with a word beside it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from lxml import html
from markupsafe import Markup

from cspanalysis.blocks.style import COLOURS
from cspanalysis.display.icons import (
    ASSURANCES,
    STATUSES,
    VARIATIONS,
    assurance_mark,
    status_mark,
    variation_mark,
)
from cspanalysis.publication.checks import contrast


def _all() -> list[str]:
    return [
        *(str(variation_mark(code)) for code in VARIATIONS),
        *(str(assurance_mark(code)) for code in ASSURANCES),
        *(str(status_mark(status)) for status in STATUSES),
    ]


def _in_grey(markup: str) -> str:
    """Leave of a drawing its shapes alone: no colour, no class, no word."""
    drawing = markup[markup.index("<svg") : markup.index("</svg>")]
    return re.sub(r' (?:class|fill|stroke)="[^"]*"', "", drawing)


def test_every_icon_differs_in_shape_and_in_word() -> None:
    marks = _all()
    assert len({_in_grey(mark) for mark in marks}) == len(marks)
    words = [html.fragment_fromstring(mark).text_content().strip() for mark in marks]
    assert all(words)
    assert len(set(words)) == len(words)


def test_the_drawing_is_hidden_from_readers_that_hear_the_word() -> None:
    for mark in _all():
        (drawing,) = html.fragment_fromstring(mark).iter("svg")
        assert drawing.get("aria-hidden") == "true"


def test_colours_stand_out_from_paper_and_follow_the_scheme() -> None:
    for mark in _all():
        for shape in html.fragment_fromstring(mark).find(".//svg"):
            used = {shape.get("fill"), shape.get("stroke")} - {None, "none", "#ffffff"}
            assert all(contrast(colour) >= 3 for colour in used)
            assert re.fullmatch(r"(?:fill|line)-\w+", shape.get("class"))


@pytest.mark.parametrize("show", [variation_mark, assurance_mark])
def test_nothing_known_shows_nothing(show: Callable[[str], Markup]) -> None:
    assert show("none") == ""


def test_only_what_is_settled_is_strong_and_toned() -> None:
    assert COLOURS["blue"] in status_mark("met", tone="good")
    assert COLOURS["pink"] in status_mark("met", tone="neither")
    assert status_mark("not met", tone="bad").startswith("<strong")
    assert status_mark("within chance of the target").startswith("<span")
    assert "<svg" not in status_mark("cannot be said")
