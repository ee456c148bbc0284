from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspanalysis.paths import reference
from cspanalysis.sources.reference import share_out
from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.area import AreaRegister


@given(
    st.integers(0, 10**6),
    st.lists(st.floats(0.1, 1e4), min_size=1, max_size=9),
)
def test_shares_are_whole_and_add_up_and_stay_within_one(total: int, weights: list[float]) -> None:
    shares = share_out(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - total * weight / sum(weights)) < 1 + 1e-6


def test_slugs_and_codes_of_areas_are_unique() -> None:
    with reference("areas.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    areas = list(AreaRegister.shipped())
    wider = sum(area.is_wider for area in areas)  # in a table of their own
    assert len(rows) == len(areas) - wider == 314 + 318 + 43
    assert len({area.slug for area in areas}) == len(areas)
    assert wider == 21 + 10 + 9 + 3
    inverted = [area.name for area in areas if area.name != area.name.strip() or ", " in area.name]
    assert inverted == ["Bournemouth, Christchurch and Poole"]  # whose comma is no inversion


@pytest.mark.parametrize(
    ("slug", "code"),
    [
        ("Bristol, City of", "E22000002"),
        ("London, City of", "E22000180"),
        ("Herefordshire, County of", "E22000326"),
        ("wycombe", "E22000318"),
        ("south-bucks", "E22000311"),
        ("luton-lad", "E06000032"),
        ("bedfordshire-force", "E23000026"),
        ("city-of-london", "E22000180"),
    ],
)
def test_areas_are_found_by_the_names_people_use(slug: str, code: str) -> None:
    assert Area.named(slug).code == code


def test_a_ward_bears_its_name_and_force() -> None:
    ward = Area.named("E05014735")
    assert (ward.name, ward.kind, ward.force) == (ward_name("E05014735"), "ward", "E23000026")
    assert ward.slug == "e05014735"
    unknown = Area.named("E05999999")
    assert (unknown.name, unknown.force) == ("E05999999", "")


def ward_name(code: str) -> str:
    with reference("wards.csv").open(encoding="utf-8") as file:
        return next(line.split(",")[1] for line in file if line.startswith(code))


def test_every_lsoa_lies_in_a_council_a_csp_and_a_force() -> None:
    places = pd.read_parquet(reference("places.parquet"))
    assert (int(places["in_2011"].sum()), int(places["in_2021"].sum())) == (34753, 35672)
    assert not places[["lad", "csp", "force"]].isna().any().any()
    assert not places.loc[places["in_2021"], ["ward", "residents", "households"]].isna().any().any()
    areas = {area.code: area for area in AreaRegister.shipped()}
    assert {areas[code].kind for code in places["csp"]} == {"csp"}
    held = places.drop_duplicates(["csp", "force"])
    assert all(areas[c].force == f for c, f in zip(held["csp"], held["force"], strict=True))


def test_residents_add_up_to_england_and_wales_in_mid_2020() -> None:
    places = pd.read_parquet(reference("places.parquet"))
    assert places["residents"].sum() == 59_719_724


@pytest.mark.shared_data
def test_wycombe_is_made_of_the_lsoas_of_its_former_council(shared: Path) -> None:
    council = pd.read_csv(shared / "data/lookups/lookup_lsoa11_ltla19.csv.gz", dtype=str)
    former = set(council.loc[council["ltla19_name"] == "Wycombe", "lsoa11_code"])
    places = pd.read_parquet(reference("places.parquet"))
    assert set(places.loc[places["in_2011"] & (places["csp"] == "E22000318"), "lsoa"]) == former
    people = pd.read_csv(shared / "data/population/population20_lsoa11.csv.gz")
    there = people["lsoa11_code"].isin(former)
    residents = places.loc[places["csp"] == "E22000318", "residents"].sum()
    assert residents == people.loc[there, "total_population"].sum()
