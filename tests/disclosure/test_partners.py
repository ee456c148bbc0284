"""Counts of partners: what one period or part would tell of another."""

from __future__ import annotations

from cspanalysis.disclosure.partners import kept_back
from cspanalysis.vocabulary import Period

YEAR = Period.parse("2023")
QUARTERS = [Period.parse(f"2023-Q{n}") for n in (1, 2, 3, 4)]


def test_three_quarters_and_the_year_do_not_tell_the_fourth() -> None:
    counts = {
        ("fires", YEAR): 40,
        **{("fires", q): n for q, n in zip(QUARTERS, (10, 20, 7, 3), strict=True)},
    }
    hidden = kept_back(counts)
    assert ("fires", QUARTERS[3]) in hidden
    assert len(hidden) == 2
    del counts["fires", QUARTERS[1]]  # now the others do not tell it
    assert kept_back(counts) == {("fires", QUARTERS[3])}


def test_parts_do_not_tell_of_a_small_one_where_they_make_up_the_whole() -> None:
    counts = {("all", YEAR): 30, ("some", YEAR): 27, ("rest", YEAR): 3}
    parents = {"some": "all", "rest": "all"}
    assert len(kept_back(counts, parents=parents)) == 2
    assert kept_back({**counts, ("all", YEAR): 31}, parents=parents) == {("rest", YEAR)}
    assert kept_back(counts) == {("rest", YEAR)}
    assert kept_back({}) == frozenset()


def test_another_threshold() -> None:
    assert kept_back({("fires", YEAR): 7}, threshold=10) == {("fires", YEAR)}
