"""The slope index, worked by hand and against another road to the same line."""

from __future__ import annotations

import numpy as np
import pytest

from cspanalysis.methods import slope_index


def test_a_straight_line_is_found_and_its_ends_lie_half_a_place_outside() -> None:
    # Places of 1,000 people each at x = 0.05, 0.15, ... 0.95, with rates 20, 18, ... 2: a line
    # from 21 to 1.
    found = slope_index(range(20, 0, -2), [1000] * 10, range(1, 11))
    assert found["most"] == pytest.approx(21)
    assert found["least"] == pytest.approx(1)
    assert found["slope"] == pytest.approx(20)
    assert found["relative"] == pytest.approx(21)
    assert found["upper"] - found["lower"] == pytest.approx(0, abs=1e-9)


def test_places_weigh_by_their_people_and_their_order_does_not_matter() -> None:
    rng = np.random.default_rng(4)
    people = rng.integers(800, 3000, 40)
    rank = rng.permutation(1000)[:40] + 1
    counts = rng.poisson(people * (0.02 + 0.00002 * (1000 - rank)))
    found = slope_index(counts, people, rank)
    order = np.argsort(rank)
    held = people[order]
    at = (np.cumsum(held) - held / 2) / held.sum()
    # numpy's fit takes the root of the weight, and its covariance scales by n - 2 as well
    line, covariance = np.polyfit(at, 1000 * counts[order] / held, 1, w=np.sqrt(held), cov=True)
    assert found["slope"] == pytest.approx(-line[0])
    assert found["least"] == pytest.approx(line.sum())
    half = (found["upper"] - found["lower"]) / 2
    assert half == pytest.approx(2.0244 * np.sqrt(covariance[0, 0]), rel=1e-4)  # t, 38 degrees
    again = slope_index(counts[::-1], people[::-1], rank[::-1])
    assert again.to_dict() == pytest.approx(found.to_dict())


def test_ties_share_their_ground() -> None:
    # Two ranks of five places each stand at x = 0.25 and 0.75.
    found = slope_index([4] * 5 + [2] * 5, [1000] * 10, [1] * 5 + [2] * 5)
    assert (found["most"], found["least"]) == pytest.approx((5, 1))


def test_where_nothing_changes_with_rank_one_in_twenty_is_called() -> None:
    rng = np.random.default_rng(11)
    people = rng.integers(800, 3000, 60)
    called = [
        slope_index(rng.poisson(people * 0.01), people, range(60))["p_value"] < 0.05
        for _ in range(1000)
    ]
    assert 0.03 < np.mean(called) < 0.075


@pytest.mark.parametrize(
    ("counts", "people", "rank"),
    [
        ([1] * 9, [10] * 9, range(9)),
        ([1] * 10, [0] + [10] * 9, range(10)),
        ([1] * 10, [10] * 10, [3] * 10),
        ([1] * 10, [10] * 9, range(10)),
        ([-1] + [1] * 9, [10] * 10, range(10)),
    ],
)
def test_what_makes_no_line_is_refused(counts: list[int], people: list[int], rank: object) -> None:
    with pytest.raises(ValueError, match=r"give|lengths differ|negative|below 0"):
        slope_index(counts, people, rank)


def test_a_line_that_reaches_nought_has_no_ratio() -> None:
    found = slope_index([9, 5, 3, 1, 0, 0, 0, 0, 0, 0], [1000] * 10, range(10))
    assert found["least"] < 0
    assert np.isnan(found["relative"])
