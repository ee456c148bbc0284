from __future__ import annotations

import re
from itertools import pairwise

import pytest
from lxml import html

from cspanalysis.display.marks import RatioScale, verdict_mark


def _centres(markup: str) -> list[float]:
    return [float(x) for x in re.findall(r'cx="([\d.]+)"', markup)]


def test_halves_and_doubles_lie_at_equal_distances_from_no_change() -> None:
    scale = RatioScale.spanning([0.4, 1.9])
    low, same, high = (_centres(scale.draw(r, r, r))[0] for r in (0.5, 1.0, 2.0))
    assert same - low == pytest.approx(high - same)


def test_limits_beyond_the_scale_end_in_an_arrow() -> None:
    scale = RatioScale.spanning([0.9, 1.2])
    assert str(scale.draw(1.4, 0.9, 5.0)).count("<polygon") == 1
    assert str(scale.draw(1.1, 0.9, 1.3)).count("<polygon") == 0


def test_the_drawing_is_said_in_words() -> None:
    drawn = html.fragment_fromstring(f"<td>{RatioScale(0.5, 2.0).draw(1.04, 0.99, 1.11)}</td>")
    assert drawn.text_content() == "1.04 (0.99 to 1.11)"
    nothing = html.fragment_fromstring(f"<td>{RatioScale(0.5, 2.0).draw(None, None, None)}</td>")
    assert nothing.text_content() == "not compared"


def test_only_what_stands_out_has_a_shape() -> None:
    assert "▲" in verdict_mark("higher", tone="bad")
    assert "▼" in verdict_mark("lower")
    assert str(verdict_mark("can't tell")).count("<span") == 1


def test_what_is_possible_is_hollow_and_what_is_quiet_has_no_colour_of_the_area() -> None:
    scale = RatioScale(0.5, 2.0)
    drawn = {w: str(scale.draw(1.2, 1.1, 1.3, weight=w)) for w in ("clear", "possible", "quiet")}
    assert 'class="strong-dot"' in drawn["clear"]
    assert 'class="open-dot"' in drawn["possible"]
    assert 'class="strong-line"' in drawn["possible"]
    assert "strong" not in drawn["quiet"]
    assert "open-dot" not in drawn["quiet"]


def test_the_words_of_an_axis_stand_in_one_line_apart_and_within_the_drawing() -> None:
    for scale in (RatioScale.spanning([0.9, 1.2]), RatioScale.spanning([0.4, 1.9])):
        found = html.fragment_fromstring(str(scale.axis())).findall(".//text")
        assert len({text.get("y") for text in found}) == 1
        spans = []
        for text in found:
            x, wide = float(text.get("x")), len(text.text) * 16 / 2
            left = {"start": x, "middle": x - wide / 2, "end": x - wide}[text.get("text-anchor")]
            spans.append((left, left + wide))
        assert spans[0][0] >= 0
        assert spans[-1][1] <= 150
        assert all(one[1] < other[0] for one, other in pairwise(spans))
