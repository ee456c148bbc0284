"""Wider areas: counted from what they are made of, and what is said where a part lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from cspanalysis import Assessment
from cspanalysis.errors import StoreError
from cspanalysis.store import Store, ingest
from cspanalysis.vocabulary import Area, Period

HEADER = (
    "CSP code,CSP name,PFA code,PFA,Total recorded crime (excluding fraud),Robbery,Arson,Burglary\n"
)
SUSSEX = (
    ("E22000295", "Eastbourne", 100, 1),
    ("E22000296", "Hastings", 200, 2),
    ("E22000298", "Lewes", 300, 3),
    ("E22000300", "Rother", 400, 4),
    ("E22000301", "Wealden", 500, 5),
)
YEAR = Period.parse("12m-to-2023-06")
EAST = Area.named("east-sussex-county")


def _table(path: Path, rows: Sequence[tuple[str, str, int, int]]) -> Store:
    lines = "".join(
        f"{code},{name},E23000033,Sussex,{total},{robbery},1,1\n"
        for code, name, total, robbery in rows
    )
    (path / "ons.csv").write_text(f"Year ending June 2023,\n{HEADER}{lines}")
    ingest([path / "ons.csv"], into=path / "store")
    return Store.open(path / "store")


def test_a_county_is_the_sum_of_its_partnerships(tmp_path: Path) -> None:
    store = _table(tmp_path, SUSSEX)
    found = store.published(EAST, YEAR, source="ons").set_index("measure")
    assert found["count"][["all-crime", "robbery"]].tolist() == [1500, 15]
    assert set(found["note"]) == {
        "Sum of 5 partnerships: crimes that are not assigned to one are not in it."
    }
    assert store.figures.published_periods(EAST, source="ons") == (YEAR,)
    assert store.people.denominator(EAST, "persons", period=YEAR).value == sum(
        store.people.denominator(Area.named(code), "persons", period=YEAR).value
        for code, *_ in SUSSEX
    )
    report = Assessment.open("east-sussex-county", YEAR, store=store)
    assert report.lead.startswith("1,500 crimes were recorded in East Sussex in the 12 months to")


def test_a_county_of_which_a_part_lacks_is_refused_and_the_part_named(tmp_path: Path) -> None:
    store = _table(tmp_path, SUSSEX[:-1])
    assert store.published(EAST, YEAR, source="ons").empty
    assert [area.name for area in store.figures.lacking(EAST, YEAR, source="ons")] == ["Wealden"]
    with pytest.raises(StoreError, match="the table of ONS has no figures of Wealden"):
        Assessment.open("east-sussex-county", YEAR, store=store).lead  # noqa: B018


def test_a_region_adds_up_the_street_files_of_its_forces(
    tmp_path: Path,
    street_text: Callable[[Sequence[tuple[str, str, str]]], str],
    write_zip: Callable[[Path, Mapping[str, str | bytes]], Path],
) -> None:
    """London is the Metropolitan Police and the City of London: 2 and 1 burglaries, in January."""
    boroughs = {"metropolitan": ("E01000006", 2), "city-of-london": ("E01000001", 1)}
    files = {
        f"{month}/{month}-{force}-street.csv": street_text([(month, lsoa, "Burglary")] * number)
        for force, (lsoa, number) in boroughs.items()
        for month in (("2023-01", "2023-02") if force == "metropolitan" else ("2023-01",))
    }
    ingest([write_zip(tmp_path / "2023-02.zip", files)], into=tmp_path / "store")
    store, london = Store.open(tmp_path / "store"), Area.named("london-region")
    months = Period.parse("2023-01..2023-02")
    counted = store.monthly(london, months=months)["burglary"]
    parts = [
        store.monthly(Area.named(f"{f}-force"), months=months)["burglary"]
        for f in ("metropolitan-police", "city-of-london")
    ]
    assert counted.isna().tolist() == [False, True]
    assert counted.iloc[0] == sum(part.iloc[0] for part in parts)
    assert not store.held.whole(london, months)
    assert [f"{m:%Y-%m}" for m in store.held.months(london)] == ["2023-01"]


def test_a_custom_area_is_the_sum_of_its_small_areas() -> None:
    store, year = Store.open(), Period.parse("2023")
    codes = ("E01015698", "E01015728")
    centre = Area("E22000010-CENTRE", "Centre", "custom", "E23000026", codes)
    by_month = store.monthly(centre, months=year)
    placed = store.by_area("lsoa", within=Area.named("luton"), period=year)
    assert by_month.sum().to_dict() == placed.loc[list(codes)].sum().to_dict()
    assert store.monthly(centre, months=Period.parse("2035")).isna().all(axis=None)


def test_an_lsoa_of_2011_belongs_to_a_custom_area_that_holds_all_it_became() -> None:
    places = Store.open().inquiry.places
    whole = Area("X-A", "A", "custom", "", ("E01033801", "E01033802", "E01033803"))
    assert places.codes(whole) == {*whole.lsoas, "E01015741"}
    assert places.straddling(whole) == {"E01015794"}
