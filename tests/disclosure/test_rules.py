"""Rules: what is small, and how counts are rounded."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cspanalysis.disclosure.rules import SHIPPED, Rules


@given(st.integers(0, 10_000), st.integers(1, 100))
def test_a_count_is_rounded_to_the_nearest_multiple(count: int, rounding: int) -> None:
    found = Rules(rounding=rounding).rounded(count)
    assert found % rounding == 0
    assert abs(found - count) * 2 <= rounding
    assert found > count or 2 * (count - found) < rounding  # half goes up


def test_nothing_is_rounded_or_said_of_it_unless_it_was_agreed() -> None:
    assert [SHIPPED.rounded(n) for n in range(20)] == [*range(20)]
    assert SHIPPED.said_of_rounding == ""
    assert "to the nearest 5, each for itself" in Rules(rounding=5).said_of_rounding
