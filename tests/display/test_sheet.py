from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from cspanalysis.display.lettering import UNITS, advance, length, outline
from cspanalysis.display.sheet import ABOVE, BELOW, Sheet
from cspanalysis.display.ticks import ticks

INK = "#1D1D1B"
SVG = {"s": "http://www.w3.org/2000/svg"}


def drawn(sheet: Sheet) -> etree._Element:
    return etree.fromstring(sheet.svg())


def origin(group: etree._Element) -> tuple[float, float]:
    found = re.match(r"translate\((\S+) (\S+)\)", group.get("transform"))
    assert found
    return float(found[1]), float(found[2])


def test_a_gap_starts_the_line_anew() -> None:
    sheet = Sheet(30, 10)
    sheet.line([(0, 1), (5, 2), None, None, (20, 4.005), (25, 5)], colour=INK, width=1)
    assert drawn(sheet).find("s:path", SVG).get("d") == "M0 1L5 2M20 4L25 5"


def test_dashes_are_written_and_shapes_keep_their_order() -> None:
    sheet = Sheet(30, 10)
    sheet.line([(0, 1), (5, 2)], colour=INK, width=1, dashes=(4, 2.5))
    sheet.dots([(1, 2)], colour="#F46A25", radius=2)
    sheet.signs("up", [(10, 5)], colour=INK, reach=3)
    line, dots, sign = drawn(sheet)
    assert line.get("stroke-dasharray") == "4,2.5"
    assert dots.get("fill") == "#f46a25"
    assert sign.get("d") == "M10 2L7 8L13 8Z"


def test_words_hang_from_the_side_and_the_height_asked_for() -> None:
    long = length("May 2023", size=12)
    places = []
    for side in ("left", "center", "right"):
        sheet = Sheet(200, 40)
        sheet.words("May 2023", (100, 20), colour=INK, side=side)
        places.append(origin(drawn(sheet)[-1]))
    assert [x for x, _ in places] == pytest.approx([100, 100 - long / 2, 100 - long], abs=0.01)
    assert {y for _, y in places} == {20}
    sheet = Sheet(200, 40)
    sheet.words("g", (0, 20), colour=INK, size=10, drop=ABOVE)
    sheet.words("g", (0, 20), colour=INK, size=10, drop=BELOW)
    assert [origin(group)[1] for group in drawn(sheet).findall("s:g", SVG)] == [17.5, 27.5]


def test_each_letter_is_outlined_once_and_spaces_not_at_all() -> None:
    sheet = Sheet(200, 40)
    sheet.words("all a", (0, 20), colour=INK)
    sheet.words("la", (0, 40), colour=INK)
    page = drawn(sheet)
    assert len(page.findall("s:defs/s:path", SVG)) == 2
    first, second = (group.findall("s:use", SVG) for group in page.findall("s:g", SVG))
    a, gap = advance("a", 400), advance(" ", 400)
    step = advance("l", 400)
    assert [int(use.get("x")) for use in first] == [0, a, a + step, a + 2 * step + gap]
    assert [int(use.get("x")) for use in second] == [0, step]


def test_bold_letters_are_others_and_unknown_ones_are_boxes() -> None:
    assert outline("a", 400) != outline("a", 600)
    assert length("Luton", size=12, weight=600) > length("Luton", size=12)
    assert outline("\u4e2d", 400) == outline("\u4e8c", 400) != ""
    assert outline(" ", 400) == ""


def test_figures_are_equally_wide() -> None:
    assert {advance(figure, 400) for figure in "0123456789"} == {497}
    assert length("10", size=UNITS) == 994


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_ticks_lie_within_the_axis_and_their_words_tell_them_apart(low: float, span: float) -> None:
    high = low + span
    found = ticks(low, high)
    assert 2 <= len(found) <= 4
    assert all(low - span / 1e6 <= value <= high + span / 1e6 for value, _ in found)
    assert len({words for _, words in found}) == len(found)
    steps = [b - a for (a, _), (b, _) in pairwise(found)]
    assert steps == pytest.approx([steps[0]] * len(steps), rel=1e-3)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0, 72, ["0", "25", "50"]),
        (0, 0.36, ["0.0", "0.2"]),
        (0, 1040, ["0", "400", "800"]),
        (12.4, 24.7, ["15", "20"]),
        (415.7, 518, ["440", "480"]),
    ],
)
def test_ticks_are_round(low: float, high: float, words: list[str]) -> None:
    assert [text for _, text in ticks(low, high)] == words


def test_an_axis_needs_a_length() -> None:
    with pytest.raises(ValueError, match="no axis"):
        ticks(3, 3)
