"""Area profile: residents, households, deprivation and the share of the force's crime."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from cspanalysis.evidence.figures import ForceChange
from cspanalysis.findings.places.area_profile import AreaProfile, area_profile
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Period
from tests.findings.priorities.test_priorities import change


def profile(deciles: dict[int, int], **more: object) -> AreaProfile:
    found = AreaProfile(
        area=Area.named("luton"),
        residents=(1000, "residents, mid-2020"),
        households=(400, "households, Census 2021"),
        deciles=pd.Series(deciles, dtype=int),
    )
    return replace(found, **more)


def test_says_how_many_live_there_and_how_deprived_it_is() -> None:
    found = profile({1: 1, 2: 0, 3: 9})
    assert found.people == (
        "Luton has 1,000 residents (mid-2020) and 400 households (Census 2021)."
    )
    assert found.deprivation == (
        "One of its 10 small areas is among the most deprived fifth of England "
        "(10\N{NO-BREAK SPACE}%)."
    )
    assert found.title == "One of 10 small areas is among the most deprived fifth of England"


def test_none_deprived_and_no_index_are_different_things() -> None:
    assert profile({3: 4}).deprivation == (
        "None of its 4 small areas are among the most deprived fifth of England."
    )
    assert profile({}).deprivation == "No index of deprivation is held for Luton."


def test_share_of_residents_stands_beside_share_of_crime() -> None:
    crime = replace(
        change("all-crime", 90, 100),
        force=ForceChange(name="Bedfordshire", percent_change=1.0, before=390, after=400),
    )
    found = profile({1: 1}, force_residents=5000, force_name="Bedfordshire", crime=crime)
    assert found.part_of_force == (
        "20\N{NO-BREAK SPACE}% of Bedfordshire's residents live there. 25\N{NO-BREAK SPACE}% of "
        "its crime was recorded there in 2023."
    )
    assert profile({1: 1}).part_of_force == ""
    nearly = replace(crime, before=399, after=399)
    nearly = replace(nearly, force=ForceChange(name="B", percent_change=0.0, before=400, after=400))
    found = profile({1: 1}, force_residents=1000, force_name="B", crime=nearly)
    assert found.part_of_force == (
        "All of B's residents live there. Almost all of its crime was recorded there in 2023."
    )


def test_real_luton() -> None:
    found = area_profile(
        Store.open(), area=Area.named("luton"), period=Period.parse("2023"), crime=None
    )
    assert found.residents == (231028, "residents, mid-2023")
    assert found.places == 125
    assert found.most_deprived == 44
    assert {value.key for value in found.values()} == {
        "area.residents",
        "area.households",
        "area.most_deprived",
        "area.small_areas",
        "area.most_deprived_share",
        "area.share_of_residents",
    }


def test_wales_has_an_index_of_its_own() -> None:
    found = area_profile(
        Store.open(), area=Area.named("newport"), period=Period.parse("2023"), crime=None
    )
    assert found.residents is not None
    assert (found.country, found.places) == ("Wales", 95)  # LSOAs of 2011
    assert found.index_name == "Welsh Index of Multiple Deprivation 2019"
    # counted in the table: scores of 33.3 and more, which 384 of the 1,909 LSOAs of Wales have
    assert found.most_deprived == 33
    assert "of its 95 small areas (LSOAs of 2011) are among" in found.deprivation
    assert found.deprivation.endswith("most deprived fifth of Wales (35\N{NO-BREAK SPACE}%).")
