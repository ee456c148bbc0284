"""Which areas an area is compared with, and what is said of the choice."""

from __future__ import annotations

from cspanalysis.findings.places.peers import FEWEST_SIMILAR, comparators_of
from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.similar import similar_areas

LUTON = Area.named("luton")


def test_the_group_of_the_partnership_comes_first() -> None:
    named = (Area.named("slough"), LUTON)
    found = comparators_of(LUTON, named, held=lambda area: True)
    assert (found.areas, found.chosen) == ((Area.named("slough"),), "own")
    assert found.sentence == (
        "The areas compared with are those that the partnership chose: Slough."
    )


def test_similar_areas_of_which_figures_are_held_are_the_default() -> None:
    there = similar_areas(LUTON)[1 : 1 + FEWEST_SIMILAR]
    found = comparators_of(LUTON, held=lambda area: area in there)
    assert (found.areas, found.chosen) == (there, "similar")
    assert found.absent[0].name == "Leicester"
    assert "Of the 20 that it names these are held" in found.sentence
    assert "most like Luton by the statistical nearest neighbours of the Office for" in (
        found.sentence
    )
    all_held = comparators_of(LUTON, held=lambda area: True)
    assert len(all_held.areas) == 20
    assert "It names these, the most similar first: Leicester, " in all_held.sentence


def test_too_few_similar_areas_leave_the_force() -> None:
    there = similar_areas(LUTON)[: FEWEST_SIMILAR - 1]
    found = comparators_of(LUTON, held=lambda area: area in there)
    assert [area.slug for area in found.areas] == ["bedford", "central-bedfordshire"]
    assert found.sentence == (
        "The areas compared with are the others of its police force area: Bedford and Central "
        "Bedfordshire."
    )


def test_an_area_without_force_and_similar_areas_has_none() -> None:
    lone = comparators_of(Area("X1", "Elsewhere", "csp"), held=lambda area: True)
    assert (lone.areas, lone.sentence) == ((), "")
