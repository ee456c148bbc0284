"""Councils that were merged, divided or renamed: what is said to who asks for one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from cspanalysis.errors import UsageError
from cspanalysis.paths import reference
from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.area import AreaRegister
from cspanalysis.vocabulary.successions import successions

Adding = Callable[[str], None]


@pytest.fixture
def adding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Adding:
    """Add a row to a copy of the table, in a data folder of its own."""

    def add(row: str) -> None:
        (tmp_path / "reference").mkdir()
        for name in ("areas", "wider-areas", "other-names", "successions"):
            shutil.copy(reference(f"{name}.csv"), tmp_path / "reference")
        with (tmp_path / "reference" / "successions.csv").open("a", encoding="utf-8") as file:
            file.write(f"{row}\n")
        monkeypatch.setenv("CSPANALYSIS_DATA", str(tmp_path))

    return add


def refusal_of(text: str) -> str:
    with pytest.raises(UsageError) as refused:
        Area.named(text)
    return str(refused.value)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            "Purbeck",
            "area 'Purbeck' was a council until 31 March 2019, when Dorset took its place; its "
            "partnership today is dorset; write that name, or dorset-lad for the council of today",
        ),
        (
            "e07000007",
            "area 'e07000007' (Wycombe) was a council until 31 March 2020, when Buckinghamshire "
            "took its place; its partnership today is wycombe; write that name, or "
            "buckinghamshire-lad for the council of today",
        ),
        (
            "west-somerset",
            "area 'west-somerset' was a council until 31 March 2019, when Somerset West and "
            "Taunton took its place; its partnership today is somerset; write that name, or "
            "somerset-lad for the council of today (Somerset West and Taunton was a council until "
            "31 March 2023, when Somerset took its place)",
        ),
        (
            "cumbria-county",
            "area 'cumbria-county' (Cumbria) was a council until 31 March 2023, when Cumberland "
            "and Westmorland and Furness took its place; its partnerships today are allerdale, "
            "barrow-in-furness, carlisle, copeland, eden and south-lakeland; write one of them, or "
            "cumberland-lad or westmorland-and-furness-lad for the councils of today",
        ),
        (
            "shepway-lad",
            "area 'shepway-lad' (Shepway) is the former name, until 31 March 2018, of what is "
            "called Folkestone and Hythe since; write folkestone-and-hythe-lad or shepway for the "
            "partnership",
        ),
        (
            "poole-lad",
            "area 'poole-lad' (Poole) was a council until 31 March 2019, when Bournemouth, "
            "Christchurch and Poole took its place; its partnership today is poole; write that "
            "name, or bournemouth-christchurch-and-poole-lad for the council of today",
        ),
    ],
)
def test_a_former_council_is_told_of_once_by_name_slug_or_code(asked: str, said: str) -> None:
    assert refusal_of(asked) == said


@pytest.mark.parametrize("name", ["Wycombe", "Corby", "Allerdale", "Suffolk Coastal", "Shepway"])
def test_a_partnership_that_outlived_its_council_is_answered_by_its_bare_name(name: str) -> None:
    assert name in {one.name for one in successions()}
    assert (Area.named(name).kind, Area.named(name).name) == ("csp", name)


def test_every_row_leads_to_areas_that_the_register_holds() -> None:
    register = AreaRegister.shipped()
    assert len(successions()) == 49
    for one in successions():
        said = refusal_of(one.code) if one.change != "renamed" else refusal_of("shepway-lad")
        assert "-lad" in said, one.name
        assert one.partnerships, one.name
        assert {register.named(code).kind for code in one.partnerships} == {"csp"}
        now = [register.named(code) for code in one.successors if code in register]
        forces = {register.named(code).force for code in one.partnerships}
        assert {area.force for area in now} <= forces, one.name
        assert " and ".join(area.name for area in now) in one.successor.replace(
            "(for Christchurch) ", ""
        )


@pytest.mark.shared_data
def test_codes_days_and_partnerships_are_those_of_the_published_tables(shared: Path) -> None:
    """The code history of ONS, and where the LSOAs of 2011 of a former council lie today."""
    history = pd.read_csv(shared / "data" / "lookups" / "lad_code_changes.csv", dtype=str)
    history = history[history["date"] >= "2018"]
    columns = ["changed_from_name", "changed_from_code", "date", "changed_to_code"]
    held = {
        (one.name, one.code, str(one.day), *one.successors)
        for one in successions()
        if not one.code.startswith("E10")
    }
    assert held == set(history[columns].itertuples(index=False, name=None))
    places = pd.read_parquet(reference("places.parquet"), columns=["lsoa", "csp"])
    lay = pd.read_csv(shared / "data" / "lookups" / "lookup_lsoa11_ltla19.csv.gz", dtype=str)
    merged = lay.merge(places, left_on="lsoa11_code", right_on="lsoa")
    now = {code: rows["csp"] for code, rows in merged.dropna().groupby("ltla19_code")}
    known = [one for one in successions() if one.code in now]
    assert len(known) > 20
    for one in known:
        inside = now[one.code].isin(one.partnerships)
        # an LSOA of South Northamptonshire became a part of one across the border
        assert (~inside).sum() == (one.name == "South Northamptonshire"), one.name
        assert set(now[one.code][inside]) == set(one.partnerships), one.name


def test_a_later_merger_is_a_row_more(adding: Adding) -> None:
    adding("Atlantis,E07999999,merged,2028-04-01,E06000032,Luton,E22000010")
    assert refusal_of("Atlantis") == (
        "area 'Atlantis' was a council until 31 March 2028, when Luton took its place; its "
        "partnership today is luton; write that name, or luton-lad for the council of today"
    )
    assert refusal_of("E07999999").startswith("area 'E07999999' (Atlantis) was a council until")


def test_a_successor_that_is_in_no_register_yet_is_named_all_the_same(adding: Adding) -> None:
    adding("Atlantis,,merged,2028-04-01,,Greater Atlantis,")
    assert refusal_of("atlantis-lad") == (
        "area 'atlantis-lad' (Atlantis) was a council until 31 March 2028, when Greater Atlantis "
        "took its place; that is in no register here yet: add it to areas.csv of data/reference"
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A,,swallowed,2028-04-01,,B,", "change 'swallowed'; write one of merged, divided, ren"),
        ("A,,merged,1/4/2028,,B,", "date '1/4/2028'; write it as 2028-04-01"),
        ("A,,merged,2028-04-01,B6,B,", "'B6' is no code; write one such as E06000060"),
        ("A,,merged,2028-04-01,,,", "name and successor must both be filled in"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_by_its_line(
    adding: Adding, row: str, said: str
) -> None:
    adding(row)
    assert f"successions.csv, line 52: {said}" in refusal_of("A")
