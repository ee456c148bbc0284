"""Half a page's map with its towns beside it, larger: nothing lies upon another."""

from __future__ import annotations

import pytest

from cspanalysis.display.map_inset import with_inset
from cspanalysis.display.map_shapes import Window

WHOLE = Window(-1.0, 0.0, 52.0, 52.6)
NEAR = Window(-0.6, -0.4, 52.2, 52.3)
NAMED = [("Harpur", (-0.55, 52.28)), ("Castle & Newnham", (-0.45, 52.22)), ("Sandy", (-0.5, 52.2))]


@pytest.mark.parametrize("whole", [WHOLE, Window(-1.0, -0.9, 51.0, 52.6)])
def test_the_whole_area_and_its_part_stand_beside_each_other(whole: Window) -> None:
    found = with_inset(whole, NEAR, NAMED, width=344)
    assert found.whole.left >= 0
    assert found.whole.left + found.whole.width < found.part.left
    assert found.part.left + found.part.width <= 344
    for layout in (found.whole, found.part):
        assert layout.down >= 0
        assert layout.down + layout.height <= found.tall + 0.01


def test_names_belong_to_the_part_and_stand_outside_it() -> None:
    found = with_inset(WHOLE, NEAR, NAMED, width=344)
    assert {label.name for label in found.part.labels} == {name for name, _ in NAMED}
    for label in found.part.labels:
        assert label.at == pytest.approx(found.part.place(dict(NAMED)[label.name]))
        assert label.right <= 344
        above = label.down >= found.part.down + found.part.height
        below = label.up <= found.part.down
        left, right = found.part.left, found.part.left + found.part.width
        assert above or below or label.right <= left or label.left >= right


def test_a_part_is_drawn_larger_than_the_whole_shows_it() -> None:
    found = with_inset(WHOLE, NEAR, NAMED, width=344)
    shown = found.whole.place((NEAR.east, NEAR.south))[0] - found.whole.place((NEAR.west, 0))[0]
    assert found.part.width > 3 * shown
