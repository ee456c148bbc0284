"""Areas by code, slug and name."""

from __future__ import annotations

from pathlib import Path

import pytest

from cspanalysis.errors import UsageError
from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.area import AreaRegister, slug_of


@pytest.mark.parametrize(
    ("text", "code", "kind"),
    [
        ("wycombe", "E22000318", "csp"),
        ("E22000318", "E22000318", "csp"),
        ("e22000318", "E22000318", "csp"),
        (" Wokingham ", "E22000317", "csp"),
        ("bedfordshire-force", "E23000026", "force"),
        ("luton-lad", "E06000032", "lad"),
        ("e01017540", "E01017540", "lsoa"),
        ("E05008760", "E05008760", "ward"),
    ],
)
def test_finds(text: str, code: str, kind: str) -> None:
    area = Area.named(text)
    assert (area.code, area.kind) == (code, kind)


def test_a_partnership_that_is_no_longer_a_council_lives_on_in_its_force() -> None:
    assert Area.named("wycombe").force == Area.named("thames-valley-force").code


def test_an_area_is_found_as_itself() -> None:
    area = Area.named("luton")
    assert Area.named(area) is area


@pytest.mark.parametrize(
    ("text", "hint"),
    [("wycomb", "did you mean wycombe"), ("atlantis", "write a code such as E22000318")],
)
def test_an_unknown_area_is_refused_with_a_hint(text: str, hint: str) -> None:
    with pytest.raises(UsageError, match=f"area '{text}' is not known; .*{hint}"):
        Area.named(text)


def test_slugs_find_their_areas_again_and_differ() -> None:
    areas = list(AreaRegister.shipped())
    slugs = [area.slug for area in areas]
    assert len(set(slugs)) == len(slugs) > 600
    assert all(Area.named(area.slug) == area for area in areas)


def test_every_partnership_lies_in_a_force_that_is_known() -> None:
    areas = list(AreaRegister.shipped())
    forces = {area.code for area in areas if area.kind == "force"}
    assert {area.force for area in areas if area.kind == "csp"} <= forces
    assert len(forces) >= 43


def test_partnerships_of_a_force_come_sorted_by_name() -> None:
    inside = AreaRegister.shipped().within(Area.named("bedfordshire-force"))
    assert [area.name for area in inside] == ["Bedford", "Central Bedfordshire", "Luton"]


def test_labels_say_what_kind_it_is() -> None:
    assert Area.named("luton").label == "Luton"
    assert Area.named("bedfordshire-force").label == "Bedfordshire (police force area)"


def test_a_register_says_which_kind_it_does_not_know(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_text("code,name,kind,force\nX1,Somewhere,borough,\n")
    with pytest.raises(UsageError, match=r"kind 'borough' in areas\.csv"):
        AreaRegister.read(path)


def test_accents_and_apostrophes_leave_no_trace_in_a_slug() -> None:
    assert slug_of("Rhondda Cynon Tâf") == "rhondda-cynon-taf"


def test_an_area_that_is_all_of_its_force_has_nothing_wider() -> None:
    assert Area.named("city-of-london").wider is None
    assert Area.named("city-of-london-lad").wider is None
    assert Area.named("bedfordshire-force").wider is None
    for text in ("luton", "luton-lad", "e05000932", "wycombe"):
        wider = Area.named(text).wider
        assert wider is not None
        assert wider.kind == "force"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("btp", "British Transport Police, which polices the railways"),
        ("British Transport Police", "has no area, no residents and no community safety partner"),
        ("psni", "the Police Service of Northern Ireland, whose partnerships"),
        ("northern-ireland", "England and Wales: write one of them, such as luton"),
        ("police-scotland", "in Scotland, which has other partnerships"),
        ("gibraltar", "outside England and Wales"),
    ],
)
def test_forces_and_countries_without_an_area_are_told_for_what_they_are(
    name: str, said: str
) -> None:
    with pytest.raises(UsageError) as caught:
        Area.named(name)
    assert f"area '{name}' is " in str(caught.value)
    assert said in str(caught.value)
