"""Numbers of people: what is left out, and what would give it away."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspanalysis.disclosure.answers import hidden_parts


@pytest.mark.parametrize(
    ("parts", "totals", "hidden"),
    [
        ([27, 31, 3], [61], (True, False, True)),  # the least that hides behind 3: 27
        ([27, 31, 3], [90], (False, False, True)),
        ([27, 31], [61], (True, False)),  # three are of a kind that is not listed
        ([27, 31, 14, 47], [61], (True, False, False, False)),  # by age, and by sex: 14 + 47
        ([57], [60], (True,)),  # and three are not
        ([27, 31, 3], [64], (False, False, True)),  # 6 for both kinds: each is 0 to 6
        ([27, 30], [63], (False, False)),  # six are many enough
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


@given(
    st.lists(st.integers(0, 40), min_size=1, max_size=6),
    st.integers(0, 5),
)
@settings(max_examples=60, deadline=None)
def test_no_small_number_can_be_solved_for(parts: list[int], rest: int) -> None:
    """Attack what is printed, as an outsider who knows which groups make up a whole."""
    hidden = hidden_parts(parts, totals=[sum(parts) + rest], threshold=5)
    secret = [n for n, left_out in zip(parts, hidden, strict=True) if left_out]
    secret += [rest] if rest else []
    # Each of them may be anything from none to all of what they come to.
    if any(0 < n < 5 for n in secret):
        assert sum(secret) >= 4 or all(hidden[at] for at, n in enumerate(parts) if n)
    assert all(left_out for n, left_out in zip(parts, hidden, strict=True) if 0 < n < 5)
