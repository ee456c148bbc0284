"""Numbers of people: what is left out, and what would give it away."""

from __future__ import annotations

import pytest

from cspanalysis.disclosure.answers import hidden_parts


@pytest.mark.parametrize(
    ("parts", "totals", "hidden"),
    [
        ([27, 31, 3], [61], (True, False, True)),  # the least that hides behind 3: 27
        ([27, 31, 3], [60], (False, False, True)),
        ([3, 57, 31, 29, 60], [60], (True, True, False, False, False)),  # by age, and by sex
        ([3, 4, 53], [60], (True, True, False)),  # 7 for both: each is 0 to 7
        ([1, 2, 57], [60], (True, True, True)),  # 3 for both would be too few
        ([40, 20], [60], (False, False)),
        ([], [60], ()),
        ([2], [60], (True,)),
    ],
)
def test_what_gives_a_small_number_away_goes_with_it(
    parts: list[int], totals: list[int], hidden: tuple[bool, ...]
) -> None:
    assert hidden_parts(parts, totals=totals, threshold=5) == hidden


def test_many_parts_are_looked_at_together_alone() -> None:
    parts = [3, *[10] * 19]
    assert sum(hidden_parts(parts, totals=[193], threshold=5)) == 2
    assert sum(hidden_parts(parts, totals=[23], threshold=5)) == 1
