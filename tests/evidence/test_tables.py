"""Which tables answer, and that a whole report's lines come from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cspanalysis import Assessment
from cspanalysis.errors import StoreError
from cspanalysis.evidence.gather import gather
from cspanalysis.evidence.tables import pair_of, table_of
from cspanalysis.store import Store, ingest
from cspanalysis.vocabulary import Area, Period

LUTON, BEDFORD = Area.named("luton"), Area.named("bedford")
YEAR = Period.parse("12m-to-2023-06")
HEADER = "CSP code,CSP name,PFA code,PFA,Robbery,Arson,Burglary,Shoplifting,Bicycle theft\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two years of a table by CSP: robbery of Luton 7 and 14, shoplifting withheld in the first."""
    for year, robberies, shoplifting in ((2022, 7, "[c]"), (2023, 14, "300")):
        rows = (
            f",,E23000026,Bedfordshire,{4 * robberies},9,9,900,9\n"
            f"E22000010,Luton,E23000026,Bedfordshire,{robberies},1,2,{shoplifting},4\n"
            f"E22000009,Bedford,E23000026,Bedfordshire,20,1,2,100,4\n"
        )
        path = tmp_path / f"ons-{year}.csv"
        path.write_text(f"Year ending June {year},\n{HEADER}{rows}")
        ingest([path], into=tmp_path / "store")
    return Store.open(tmp_path / "store")


def test_a_report_is_made_from_an_official_table_alone(store: Store) -> None:
    found = Assessment.open("luton", YEAR, store=store)
    lines = {change.measure.code: change for change in found.changes}
    robbery = lines["robbery"]
    assert (robbery.before, robbery.after, robbery.refused) == (7, 14, "")
    assert robbery.percent_change == 100
    assert robbery.force is not None
    assert (robbery.force.before, robbery.force.after) == (28, 56)
    assert found.evidence.comparison.provenance.source.startswith("ONS, police recorded crime")
    assert found.monthly is None


def test_a_count_that_the_table_withholds_is_said_to_be_withheld(store: Store) -> None:
    evidence = gather(store, area=LUTON, period=YEAR, baseline=YEAR.baseline())
    shoplifting = next(x for x in evidence.lines if x.measure.code == "shoplifting")
    assert (shoplifting.before, shoplifting.after) == (None, 300)
    assert shoplifting.missing == "The table withholds the figure for 12 months to June 2022."


def test_a_period_without_its_baseline_has_levels_and_no_changes(store: Store) -> None:
    first = Period.parse("12m-to-2022-06")
    evidence = gather(store, area=LUTON, period=first, baseline=first.baseline())
    assert {line.missing for line in evidence.lines} >= {
        "There are no figures for 12 months to June 2021."
    }
    assert {x.measure.code: x.after for x in evidence.lines}["robbery"] == 7


def test_other_partnerships_are_taken_from_the_same_table(tmp_path: Path) -> None:
    path = tmp_path / "ons.csv"
    columns = HEADER.replace("Robbery", "Total recorded crime (excluding fraud),Robbery")
    rows = "".join(
        f"{code},{name},E23000026,Bedfordshire,{total},2,1,2,3,4\n"
        for code, name, total in (("E22000010", "Luton", 19_000), ("E22000009", "Bedford", 13_000))
    )
    path.write_text(f"Year ending June 2023,\n{columns}{rows}")
    ingest([path], into=tmp_path / "store")
    report = Assessment.open("luton", YEAR, store=Store.open(tmp_path / "store"))
    assert [(x.area.name, x.count) for x in report.levels] == [
        ("Luton", 19_000),
        ("Bedford", 13_000),
    ]


def test_quarters_make_a_year_and_a_missing_one_makes_none(tmp_path: Path) -> None:
    header = (
        "Financial Year,Financial Quarter,Force Name,Offence Description,Offence Group,"
        "Offence Subgroup,Offence Code,Number of Offences\n"
    )
    row = "2017/18,{},Bedfordshire,Robbery of personal property,Robbery,"
    row += "Robbery of personal property,34B,{}\n"
    path = tmp_path / "prc.csv"
    path.write_text(header + "".join(row.format(q, 10 * q) for q in (1, 2, 3, 4)))
    ingest([path], into=tmp_path / "store")
    store, force = Store.open(tmp_path / "store"), Area.named("bedfordshire-force")
    year = Period.parse("FY2017")
    assert table_of(store, force, year) == "home-office"
    assert table_of(store, force, Period.parse("2017")) is None
    pair = pair_of(store, "home-office", area=force, period=year, baseline=Period.parse("FY2016"))
    assert {x.measure.code: x.after for x in pair.lines}["robbery-personal"] == 100
    with pytest.raises(StoreError, match="tables hold figures for"):
        gather(store, area=force, period=Period.parse("2017"), baseline=Period.parse("2016"))


def test_a_table_that_leaves_the_area_out_tells_of_its_force(tmp_path: Path) -> None:
    """Of Bedford the table holds no row: its force's 40,000 crimes are said, and what lacks."""
    path = tmp_path / "ons.csv"
    columns = HEADER.replace("Robbery", "Total recorded crime (excluding fraud),Robbery")
    rows = (
        ",,E23000026,Bedfordshire,"
        "40000,9,9,9,900,9\nE22000010,Luton,E23000026,Bedfordshire,19000,2,1,2,3,4\n"
    )
    path.write_text(f"Year ending June 2023,\n{columns}{rows}")
    ingest([path], into=tmp_path / "store")
    report = Assessment.open("bedford", YEAR, store=Store.open(tmp_path / "store"))
    assert {(change.before, change.after) for change in report.changes} == {(None, None)}
    assert report.lead == (
        "The table that is held (ONS, police recorded crime by Community Safety Partnership area) "
        "has no figures of Bedford. In Bedfordshire as a whole, its police force area, 40,000 "
        "crimes were recorded in the 12 months to June 2023."
    )
    assert report.composites().text == "There are no figures that they could be made of."
    with pytest.raises(StoreError, match="the store holds no figures for this area"):
        Assessment.open("exeter", YEAR, store=Store.open(tmp_path / "store")).lead  # noqa: B018
