"""The family of an area: which counts add up to which."""

from __future__ import annotations

import pandas as pd
import pytest

from cspanalysis.disclosure.family import Cell, Family, family_of, gathered, months_of, pieces
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Period

YEARS = [Period.parse("2022"), Period.parse("2023")]


@pytest.fixture(scope="module")
def luton() -> Family:
    return gathered(Store.open(), Area.named("luton"), [*YEARS, Period.parse("2023-Q4")])


def test_wards_and_small_areas_are_of_their_partnerships_family() -> None:
    found = [family_of(Area.named(code)) for code in ("luton", "E05014747", "E01015695")]
    assert [area and area.name for area in found] == ["Luton"] * 3
    assert family_of(Area.named("bedfordshire-force")) is None


def test_periods_are_cut_where_any_begins_or_ends() -> None:
    cut = pieces([*YEARS, Period.parse("FY2022"), Period.parse("2024")])
    assert [months_of(p) for p in cut] == [
        "2022-01..2022-03",
        "2022-04..2022-12",
        "2023-01..2023-03",
        "2023-04..2023-12",
        "2024-01..2024-12",
    ]
    assert [months_of(p) for p in pieces([Period.parse("2022-01"), Period.parse("2022-05")])] == [
        "2022-01",
        "2022-05",
    ]


def test_every_sum_holds(luton: Family) -> None:
    own = Store.open().monthly(Area.named("luton"), months=Period.parse("2023")).sum()
    seen = 0
    for line in luton.sums:
        value = sum(sign * luton.counts[cell] for cell, sign in line.items())
        first: Cell = next(iter(line))
        if len(line) == 20 and first[2] == "2023-01..2023-12":  # the wards of the area
            assert value == own[first[1]]
            seen += 1
        elif -1 in line.values():
            assert value == 0
    assert seen == len(own)


def test_what_lies_between_two_periods_is_shown_nowhere(luton: Family) -> None:
    assert {cell[2] for cell in luton.unseen} == {"2023-01..2023-09"}
    assert ("E05014747", "robbery", "2023-01..2023-09") in luton.counts
    assert ("E01015695", "robbery", "2023-01..2023-12") not in luton.counts  # the ward tells it
    assert ("E01015695", "all-crime", "2023-01..2023-12") in luton.counts


def test_what_is_left_of_a_ward_outside_a_custom_area_is_a_place_of_its_own() -> None:
    store, area, year = Store.open(), Area.named("luton"), YEARS[1]
    wards = store.people.small_areas(area)["ward"]
    dallow, poets = (wards.index[wards == code] for code in ("E05014741", "E05014747"))
    lsoas = (*poets, dallow[0])
    centre = Area("E22000010-CENTRE", "Centre", "custom", area.force, lsoas)
    found = gathered(store, area, [year], custom=[centre])
    months = months_of(year)
    placed = store.by_area("lsoa", within=area, period=year)["robbery"]
    outside = found.counts["E05014741:", "robbery", months]
    assert outside == placed[dallow[1:]].sum()
    assert found.counts[centre.code, "robbery", months] == placed[list(lsoas)].sum()
    assert {cell[0] for cell in found.unseen} == {"E05014741:", "E05014741:E22000010-CENTRE"}
    assert all(
        sum(sign * found.counts[cell] for cell, sign in line.items()) == 0
        for line in found.sums
        if -1 in line.values()
    )
    without = gathered(store, area, [year], custom=[])
    small = {(str(place), "all-crime", months) for place in dallow}
    ward = {**dict.fromkeys(small, 1), ("E05014741", "all-crime", months): -1}
    assert [line for line in without.sums if line not in found.sums] == [ward]
    of_parts = [line for line in found.sums if small & line.keys()]
    assert sorted(cell for line in of_parts for cell in line if line[cell] == 1) == sorted(small)


def test_places_that_are_missing_are_left_out_and_the_sums_hold_without_them() -> None:
    store, area = Store.open(), Area.named("luton")
    old, both = Period.parse("2021-03..2021-04"), Period.parse("2021-03..2021-06")
    found = gathered(store, area, [old, both])
    wards = store.by_area("ward", within=area, period=old)["all-crime"]
    assert wards.isna().sum() == 3
    for ward, count in wards.items():
        cell = str(ward), "all-crime", months_of(old)
        assert found.counts.get(cell) == (None if count is pd.NA else count)
        assert (str(ward), "all-crime", months_of(both)) in found.counts or count is pd.NA
    for line in found.sums:
        if -1 in line.values():
            assert not sum(sign * found.counts[cell] for cell, sign in line.items())
    rests = {cell: n for cell, n in found.counts.items() if " " in cell[0]}
    assert set(rests) <= set(found.unseen)
    assert all(count >= 0 for count in rests.values())
    beside = {cell: n for cell, n in rests.items() if cell[0].endswith(" beside its places")}
    assert {cell[0][:9] for cell in beside} == {"E05014743"}  # it holds both parts of an LSOA
    assert all(n > 0 for cell, n in beside.items() if cell[1] == "all-crime")
    measures = {cell[1] for cell in found.counts if cell[0] == "E05014743"}
    assert {cell[1] for cell in beside} == measures


def test_sums_with_custom_areas_hold_where_places_are_missing() -> None:
    store, area = Store.open(), Area.named("luton")
    old, both = Period.parse("2021-03..2021-04"), Period.parse("2021-03..2021-06")
    codes = (("E01015739", "E01015724"), ("E01033801", "E01015728"))
    named = zip("AB", codes, strict=True)
    custom = [Area(f"E22000010-{n}", n, "custom", area.force, c) for n, c in named]
    found = gathered(store, area, [old, both], custom=custom)
    months = months_of(old)
    assert ("E22000010-A", "burglary", months) in found.counts
    assert ("E22000010-B", "burglary", months) not in found.counts  # a half of what was divided
    assert ("E05014743 beside its places", "burglary", months) in found.unseen
    for line in found.sums:
        assert len(line) > 1
        if -1 in line.values():
            assert not sum(sign * found.counts[cell] for cell, sign in line.items())
