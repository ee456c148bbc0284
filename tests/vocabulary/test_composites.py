"""Composites as data: their parts are measures, and every source that lacks them says so."""

from __future__ import annotations

import pytest

from cspanalysis.store.observations import MEASURES
from cspanalysis.vocabulary import Measure
from cspanalysis.vocabulary.composites import composite_named, composites
from cspanalysis.vocabulary.measure import MeasureTable
from cspanalysis.vocabulary.totals import totals


def test_parts_are_measures_and_no_part_holds_another() -> None:
    for one in composites():
        for recipe in (one.street, one.tables):
            named = {Measure.named(code).code for code in recipe.parts}
            assert named == set(recipe.parts)
            assert len(recipe.parts) == len(named)
            assert not named & {Measure.named(code).parent for code in named}
            assert recipe.parts or recipe.lacks
        assert set(one.street.parts) <= set(MEASURES)


def test_codes_and_names_are_apart_from_those_of_measures() -> None:
    codes = {measure.code for measure in MeasureTable.shipped()}
    assert [one.measure.code for one in composites()] == [
        "theft",
        "acquisitive-crime",
        "neighbourhood-crime",
        "serious-violence",
        "violence-against-women-and-girls",
    ]
    assert not codes & {one.measure.code for one in composites()}


def test_theft_is_what_tables_call_theft_offences() -> None:
    theft = composite_named("theft")
    assert theft is not None
    total = next(total for total in totals() if total.measure == "theft-offences")
    assert set(theft.tables.parts) == set(theft.street.parts) == set(total.parts)


@pytest.mark.parametrize("name", ["neighbourhood-crime", "Neighbourhood crime"])
def test_a_composite_is_found_by_code_and_name(name: str) -> None:
    found = composite_named(name)
    assert found is not None
    assert found.recipe("police-uk") == found.street
    assert found.recipe("ons") == found.recipe("home-office") == found.tables


def test_what_is_no_composite_is_none() -> None:
    assert composite_named("robbery") is None
