"""The area among all others: ranks against an independent computation, and what a page says."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from pathlib import Path

import pytest

from cspanalysis import Assessment
from cspanalysis.blocks.block import TO_DO
from cspanalysis.evidence.national import national_table
from cspanalysis.findings.places.national import national_standing
from cspanalysis.store import Store, ingest
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.area import AreaRegister

YEAR = Period.parse("12m-to-2025-06")


@pytest.fixture(scope="module")
def table_file(shared: Path) -> Path:
    """The table of ONS by partnership, year to June 2025, without a few partnerships."""
    return shared / "data/home_office/ons_table_c2_csp_year_ending_june_2025.csv"


@pytest.fixture(scope="module")
def store(table_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    into = tmp_path_factory.mktemp("store")
    ingest([table_file], into=into)
    return Store.open(into)


def _people(shared: Path, store: Store) -> dict[str, float]:
    """Residents of mid-2023 by CSP: sums of councils, from the published files alone.

    Of CSPs that share a council the store is asked: no publisher gives their residents.
    """
    rows = csv.reader(
        (shared / "data/population/mid_2011_to_2023_all_areas.csv")
        .read_text(encoding="utf-8-sig")
        .splitlines()
    )
    by_name = {r[0].strip(): float(r[3]) for r in list(rows)[1:] if r[3:4] and "County" not in r[1]}
    with gzip.open(shared / "data/lookups/lookup_ltla24_csp24_pfa24.csv.gz", "rt") as file:
        pairs = [(r["ltla24_name"].strip(), r["csp24_code"].strip()) for r in csv.DictReader(file)]
    councils = defaultdict(list)
    for council, csp in pairs:
        councils[csp].append(council)
    shares = [council for council, _ in pairs]
    return {
        csp: sum(by_name[c] for c in inside)
        if all(shares.count(c) == 1 for c in inside)
        else store.people.denominator(Area.named(csp), "persons", period=YEAR).value
        for csp, inside in councils.items()
    }


@pytest.mark.shared_data
def test_national_ranks_equal_an_independent_computation(
    shared: Path, table_file: Path, store: Store
) -> None:
    people = _people(shared, store)
    rows = list(csv.reader(table_file.read_text(encoding="utf-8-sig").splitlines()))
    csps = [row for row in rows if len(row) > 6 and row[2] in people and row[6].strip()]
    table = national_table(store, Area.named("exeter"), YEAR)
    assert table is not None
    columns = {"all-crime": 6, "robbery": 14, "shoplifting": 22}
    rates = {
        code: {r[2]: 1000 * int(r[column].replace(",", "")) / people[r[2]] for r in csps}
        for code, column in columns.items()
    }
    for area in map(Area.named, ("exeter", "luton", "westminster", "cardiff", "somerset")):
        found = national_standing(table, area)
        assert found is not None
        lines = {one.measure.code: one for one in found.lines}
        for code, of_all in rates.items():
            line = lines[code]
            assert line.of == len(of_all)
            assert line.own is not None
            assert line.own.rate.value == pytest.approx(of_all[area.code], rel=1e-5)
            assert line.rank == 1 + sum(rate > of_all[area.code] for rate in of_all.values())


@pytest.mark.shared_data
def test_wider_rates_are_sums_over_sums_and_name_what_they_lack(store: Store) -> None:
    exeter = Area.named("exeter")
    table = national_table(store, exeter, YEAR)
    assert table is not None
    found = national_standing(table, exeter)
    assert found is not None
    force, region, nation = found.leading.wider
    assert (force.area.slug, region.area.slug) == ("devon-and-cornwall-force", "south-west-region")
    parts = ("avon-and-somerset", "devon-and-cornwall", "dorset", "gloucestershire", "wiltshire")
    forces = [Area.named(f"{name}-force") for name in parts]
    counted = sum(table.count(one, Measure.named("all-crime")) or 0 for one in forces)
    people = sum(store.people.denominator(one, "persons", period=YEAR).value for one in forces)
    assert region.rate == pytest.approx(1000 * counted / people)
    assert [area.name for area in nation.lacking] == ["City of London"]
    assert "England and Wales stands without City of London" in " ".join(found.remarks)


@pytest.mark.shared_data
def test_a_page_shows_ranks_peers_and_spine_with_their_source(store: Store) -> None:
    shown = Assessment.open("exeter", YEAR, store=store).national()
    assert "Exeter's rate of all crime in the 12 months to June 2025, 100 per 1,000" in shown.text
    assert "Source: ONS, police recorded crime by Community Safety Partnership area, June 2025" in (
        shown.text
    )
    assert "Spine chart of Exeter's rates divided by those of England and Wales" in shown.text
    assert "most like Exeter by the statistical nearest neighbours" in shown.text
    assert "is not to be compared" not in shown.text


@pytest.mark.shared_data
def test_an_area_that_the_table_leaves_out_sees_those_around_it(store: Store) -> None:
    report = Assessment.open("bracknell-forest", YEAR, store=store)
    said = report.national().text
    assert "The table has no figures of Bracknell Forest" in said
    assert "Thames Valley" in said
    assert "South East" in said
    table = said.partition("Rates around Bracknell Forest, 12 months to June 2025")[2]
    assert "Thames Valley" in table
    assert "Rank" not in table
    assert "those of residential burglary per 1,000 households, Census 2021" in table
    told = report.change_tables().text
    assert told.strip() == (
        "Levels and changes of Bracknell Forest itself need a table that gives its figures."
    )
    assert report.comparisons().text == (
        "No figures of Bracknell Forest itself are held for all of this period to set beside "
        "others."
    )


@pytest.mark.shared_data
def test_counties_are_ranked_by_what_their_partnerships_come_to(
    shared: Path, table_file: Path, store: Store
) -> None:
    """Kent, of eleven partnerships, against sums of published rows over published residents."""
    rows = list(csv.reader(table_file.read_text(encoding="utf-8-sig").splitlines()))
    crimes = sum(
        int(r[6].replace(",", ""))
        for r in rows
        if len(r) > 6 and r[1] == "Kent" and r[2] and r[3].strip() != "Medway"
    )
    people = csv.reader(
        (shared / "data/population/mid_2011_to_2023_all_areas.csv")
        .read_text(encoding="utf-8-sig")
        .splitlines()
    )
    residents = next(float(r[3]) for r in people if r[0] == "Kent" and r[2] == "County")
    kent = Area.named("kent-county")
    table = national_table(store, kent, YEAR)
    assert table is not None
    found = national_standing(table, kent)
    assert found is not None
    assert found.leading.own is not None
    assert found.leading.own.count == crimes
    assert found.leading.own.rate.value == pytest.approx(1000 * crimes / residents, rel=1e-5)
    rates = {
        other.name: 1000 * (table.count(other, found.leading.measure) or 0) / people_of
        for other in table.alike(kent)
        if (people_of := table.people(other, found.leading.measure))
    }
    assert "Oxfordshire" not in rates  # its partnerships are not in the table
    assert found.leading.rank == 1 + sum(rate > rates["Kent"] for rate in rates.values())
    assert "of the 20 counties in the table" in found.sentence
    assert "Kent (police force area)" in found.sentence
    assert "not assigned to a partnership are left out" in " ".join(found.remarks)


@pytest.mark.shared_data
def test_regions_are_ranked_among_regions_and_not_beside_themselves(store: Store) -> None:
    report = Assessment.open("south-west-region", YEAR, store=store)
    said = report.national().text
    assert "of the 8 regions of England in the table" in said
    assert "Beside it: England and Wales" in said
    assert "alone are ranked" in Assessment.open("wales", YEAR, store=store).national().text


@pytest.mark.shared_data
def test_a_partnership_of_which_only_the_force_is_counted_sees_its_force(
    shared: Path, tmp_path: Path
) -> None:
    """The ranks of West Yorkshire, on the page of Leeds, are those of the published rows."""
    file = shared / "data/home_office/prc-pfa-2017-18_quarterly.csv.gz"
    ingest([file], into=tmp_path / "store")
    report = Assessment.open("leeds", "FY2017-Q4", store=Store.open(tmp_path / "store"))
    said = report.national().text
    assert "Leeds lies in West Yorkshire, of which this is said." in said
    crimes: dict[str, int] = defaultdict(int)
    with gzip.open(file, "rt", encoding="utf-8-sig") as lines:
        for row in csv.DictReader(lines):
            fraud = "fraud" in row["Offence Group"].lower()
            if row["Financial Quarter"] == "4" and not fraud:
                crimes[row["Force Name"]] += int(row["Number of Offences"].replace(",", ""))
    people = {
        force.name: report.store.people.denominator(force, "persons", period=report.period).value
        for force in (area for area in AreaRegister.shipped() if area.kind == "force")
    }
    rates = {name: crimes[key] / people[name] for name, key in _keys(people, crimes).items()}
    assert len(rates) == 43
    rank = 1 + sum(rate > rates["West Yorkshire"] for rate in rates.values())
    assert f"ranks {rank} of the 43 police force areas" in said
    assert f"{crimes['West Yorkshire']:,}" in said
    assert "Nothing is compared" in report.other_comparisons().text


def _keys(names: dict[str, int], published: dict[str, int]) -> dict[str, str]:
    """Match the names of forces with those that the Home Office writes."""
    written = {"Metropolitan": "Metropolitan Police", "City of London": "London, City of"}
    found = {name: written.get(name, name.replace("&", "and")) for name in names}
    return {name: key for name, key in found.items() if key in published}


def test_without_a_table_the_page_says_so_and_the_preparer_what_to_bring(tmp_path: Path) -> None:
    path = tmp_path / "ons.csv"
    path.write_text(
        "Year ending June 2015,\nCSP code,CSP name,PFA code,PFA,Robbery,Arson,Burglary\n"
        "E22000010,Luton,E23000026,Bedfordshire,1,1,2\n"
    )
    ingest([path], into=tmp_path / "store")
    report = Assessment.open("luton", "2023", store=Store.open(tmp_path / "store"))
    shown = report.national()
    assert shown.text == ""
    told = shown.records[TO_DO]["items"][0]["lacks"]
    assert told.startswith("No table of ONS or the Home Office is held for these months")
    assert "C2" in shown.records[TO_DO]["items"][0]["do"]


def test_a_table_of_another_year_says_that_it_is_not_of_the_period(tmp_path: Path) -> None:
    path = tmp_path / "ons.csv"
    columns = "Total recorded crime (excluding fraud),Robbery,Arson,Burglary"
    path.write_text(
        f"Year ending June 2024,\nCSP code,CSP name,PFA code,PFA,{columns}\n"
        "E22000010,Luton,E23000026,Bedfordshire,20000,1,2,3\n"
        "E22000009,Bedford,E23000026,Bedfordshire,10000,1,2,3\n"
    )
    ingest([path], into=tmp_path / "store")
    report = Assessment.open("luton", "2023", store=Store.open(tmp_path / "store"))
    said = report.national().text
    assert "ranks 1 of the 2 partnerships in the table" in said
    assert "This table is of the 12 months to June 2024, not of 2023" in said
