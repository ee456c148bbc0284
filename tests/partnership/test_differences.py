"""Measures that go with one that is left out, so that no total tells it by difference."""

from __future__ import annotations

import pytest

from cspanalysis.partnership.differences import gone_with
from cspanalysis.partnership.editions import held_back
from cspanalysis.partnership.partnership import Partnership
from cspanalysis.vocabulary import Measure
from cspanalysis.vocabulary.measure import MeasureTable
from cspanalysis.vocabulary.totals import totals

CRIMES = [m for m in MeasureTable.shipped() if m.parent == "all-crime"]


def codes(*hidden: str, needed: tuple[str, ...] = ()) -> set[str]:
    found = gone_with([*map(Measure.named, hidden)], needed=[*map(Measure.named, needed)])
    return {measure.code for measure in found}


@pytest.mark.parametrize(
    ("hidden", "found"),
    [
        ("possession-of-weapons", {"other-crime"}),
        ("other-crime", {"public-order"}),
        ("robbery", {"robbery-personal", "other-crime"}),  # a total itself, and a part of all crime
        ("burglary-dwelling", {"burglary-non-dwelling"}),  # recorded beside it, until 2017
        ("all-crime", {"other-crime"}),  # or its parts would add up to it
        ("anti-social-behaviour", set()),  # part of no total
    ],
)
def test_no_total_tells_the_one_that_is_left_out(hidden: str, found: set[str]) -> None:
    assert codes(hidden) == found


def test_what_two_measures_hide_from_each_other_needs_no_third() -> None:
    assert codes("possession-of-weapons", "public-order") == set()


def test_a_measure_that_is_needed_goes_last() -> None:
    weapons = "possession-of-weapons"
    assert codes(weapons, needed=("other-crime",)) == {"public-order"}
    every = tuple(m.code for m in MeasureTable.shipped())
    assert codes(weapons, needed=every) == {"other-crime"}


@pytest.mark.parametrize("measure", CRIMES)
def test_no_sum_is_left_with_a_single_unknown(measure: Measure) -> None:
    hidden = {measure.code, *codes(measure.code)}
    for total in totals():
        assert len({total.measure, *total.parts} & hidden) != 1
    assert len({m.code for m in CRIMES} & hidden) != 1


def test_a_public_edition_leaves_them_out_but_for_the_priorities_own() -> None:
    file = {
        "area": "luton",
        "name": "Luton",
        "disclosure": {"measures": ["possession-of-weapons"]},
        "priorities": [
            {
                "key": "other", "title": "Other", "theme": "crime-and-disorder", "owner": "Head",
                "measures": [{"measure": "other-crime"}],
            }
        ],
    }  # fmt: skip
    found = held_back(Partnership.model_validate(file))
    assert {m.code for m in found.measures} == {"possession-of-weapons", "public-order"}
    assert found.public is not None
    assert found.public.priorities[0].measures
