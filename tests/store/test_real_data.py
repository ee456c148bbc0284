"""Real archives against an independent count, row by row, with the csv module."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from cspanalysis.sources.police_uk import CRIME_TYPES
from cspanalysis.store import IngestReport, Store, ingest
from cspanalysis.store.rebuild import rebuild
from cspanalysis.vocabulary import Area, Measure, Period

pytestmark = pytest.mark.shared_data

BEDFORDSHIRE = "data/police_uk/bedfordshire-2021-03-to-2023-12.zip"
EARLIER = "data/police_uk/bedfordshire-2021-05-to-2021-08-earlier-vintage.zip"
THAMES_VALLEY = "data/police_uk/thames-valley-2018-06-to-2022-03-with-gaps.zip"
ALL_FORCES = "data/police_uk/all-forces-2018-10-to-2019-02.zip"
LOOKUPS = "data/lookups"


def rows_of(path: Path, kind: str = "street"):
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(f"-{kind}.csv"):
                with archive.open(name) as raw:
                    yield from csv.DictReader(io.TextIOWrapper(raw, "utf-8"))


def lookup(path: Path, key: str, value: str) -> dict[str, str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return {row[key]: row[value] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def shipped() -> Store:
    home = Path(__file__).parents[2] / "data" / "counts"
    return Store.open(home)


def test_every_csp_month_and_type_agrees_with_a_count_by_hand(shared: Path, shipped: Store) -> None:
    old = lookup(
        shared / LOOKUPS / "lookup_lsoa11_lsoa21_ltla22.csv.gz", "lsoa11_code", "ltla22_name"
    )
    new = lookup(
        shared / LOOKUPS / "lookup_lsoa21_ward24_ltla24.csv.gz", "lsoa21_code", "ltla24_name"
    )
    council = old | new
    counted = Counter(
        (council.get(row["LSOA code"], ""), row["Month"], row["Crime type"])
        for row in rows_of(shared / BEDFORDSHIRE)
    )
    for slug, name in [
        ("luton", "Luton"), ("bedford", "Bedford"),
        ("central-bedfordshire", "Central Bedfordshire"),
    ]:  # fmt: skip
        table = shipped.monthly(Area.named(slug))
        assert len(table) == 34
        for month, values in table.iterrows():
            for crime_type in CRIME_TYPES:
                expected = counted[name, f"{month:%Y-%m}", crime_type]
                assert values[Measure.named(crime_type).code] == expected, (slug, month, crime_type)


def test_outcomes_and_searches_agree_with_a_count_by_hand(shared: Path, tmp_path: Path) -> None:
    told = ingest([shared / BEDFORDSHIRE], into=tmp_path).inputs[0]
    store, year = Store.open(tmp_path), Period.parse("2023")
    luton, force = Area.named("luton"), Area.named("bedfordshire-force")
    council = lookup(
        shared / LOOKUPS / "lookup_lsoa21_ward24_ltla24.csv.gz", "lsoa21_code", "ltla24_name"
    )
    rows = [row for row in rows_of(shared / BEDFORDSHIRE, "outcomes") if row["Month"][:4] == "2023"]
    for area, kept in (
        (force, rows),
        (luton, [row for row in rows if council.get(row["LSOA code"]) == "Luton"]),
    ):
        counted = Counter(row["Outcome type"] for row in kept)
        assert store.activity.outcomes(area, year).sum().to_dict() == dict(counted)
    searches = list(rows_of(shared / BEDFORDSHIRE, "stop-and-search"))
    assert told.others["police-uk-stop-and-search"] == len(searches)
    held = store.activity.searches(force, Period.parse("2021-03..2023-12"))
    drugs = [row for row in searches if row["Object of search"] == "Controlled drugs"]
    assert held.loc[held["object"] == "Controlled drugs", "count"].sum() == len(drugs)
    assert held.attrs["missing"] == [date(2021, 3, 1), date(2021, 4, 1)]
    ids: dict[str, Counter[str]] = {}
    for row in rows_of(shared / BEDFORDSHIRE):
        if row["Crime ID"]:
            ids.setdefault(row["Month"], Counter())[row["Crime ID"]] += 1
    assert told.repeated == sum(n - 1 for month in ids.values() for n in month.values())


def test_searches_are_placed_as_by_borders_that_were_not_simplified(
    shared: Path, shipped: Store
) -> None:
    """One search of 8,487 with a point lies on the other side of a simplified border."""
    geopandas = pytest.importorskip("geopandas")
    whole = Period.parse("2021-05..2023-12")
    rows = list(rows_of(shared / BEDFORDSHIRE, "stop-and-search"))
    located = [row for row in rows if row["Longitude"]]
    x, y = ([float(row[axis]) for row in located] for axis in ("Longitude", "Latitude"))
    points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(x, y), crs=4326)
    borders = geopandas.read_file(shared / "data/boundaries/boundaries_ltla24.gpkg")
    inside = points.sjoin(borders, predicate="within")["ltla24_name"].value_counts()
    for name in ("Luton", "Bedford", "Central Bedfordshire"):
        held = shipped.activity.searches(Area.named(name.lower().replace(" ", "-")), whole)
        assert abs(held["count"].sum() - inside[name]) <= 1
    assert held.attrs["unplaced"]["rows"] == len(rows)
    without = len(rows) - len(located)
    assert without <= held.attrs["unplaced"]["without_location"] < without + 20


def test_last_outcomes_agree_with_a_count_by_hand(shared: Path, shipped: Store) -> None:
    council = lookup(
        shared / LOOKUPS / "lookup_lsoa21_ward24_ltla24.csv.gz", "lsoa21_code", "ltla24_name"
    )
    counted = Counter(
        (row["Crime type"], row["Last outcome category"])
        for row in rows_of(shared / BEDFORDSHIRE)
        if row["Month"][:4] == "2023" and council.get(row["LSOA code"]) == "Luton"
    )
    held = shipped.activity.last_outcomes(Area.named("luton"), Period.parse("2023"))
    told = held.groupby(["measure", "outcome"])["count"].sum()
    for (crime_type, outcome), count in counted.items():
        if crime_type != "Anti-social behaviour":
            assert told[Measure.named(crime_type).code, outcome or "not stated"] == count
    assert told.sum() == sum(n for (kind, _), n in counted.items() if kind[:4] != "Anti")


def test_the_force_holds_every_row(shared: Path, shipped: Store) -> None:
    counted = Counter(row["Month"] for row in rows_of(shared / BEDFORDSHIRE))
    table = shipped.monthly(Area.named("bedfordshire-force"))
    rows = table["all-crime"] + table["anti-social-behaviour"]
    assert {f"{month:%Y-%m}": int(n) for month, n in rows.items()} == dict(counted)
    assert int(rows.sum()) == 172_050


@pytest.mark.parametrize("period", ["2021-03..2021-04", "2022", "2021-03..2023-12"])
def test_lsoas_wards_and_csps_sum_to_the_force_with_the_unplaced(
    shipped: Store, period: str
) -> None:
    force, span = Area.named("bedfordshire-force"), Period.parse(period)
    total = shipped.monthly(force, months=span)[["all-crime", "anti-social-behaviour"]]
    for kind in ("lsoa", "ward", "csp"):
        table = shipped.by_area(kind, within=force, period=span)
        placed = table[["all-crime", "anti-social-behaviour"]].sum().sum()
        assert placed + sum(table.attrs["unplaced"].values()) == total.sum().sum(), kind
        if kind == "csp":
            assert table.attrs["unplaced"]["split"] == 0


def test_wards_of_a_csp_by_month_agree_with_the_csp(shipped: Store) -> None:
    luton, year = Area.named("luton"), Period.parse("2023")
    wards = shipped.by_area("ward", within=luton, period=year)
    assert wards.attrs["unplaced"]["split"] == 0
    whole = shipped.monthly(luton, months=year).sum()
    assert wards.sum().to_dict() == whole.to_dict()
    ward = wards.index[0]
    by_month = shipped.monthly(Area.named(ward), months=year).sum()
    assert by_month.to_dict() == wards.loc[ward].to_dict()


def test_two_vintages_are_kept_and_the_later_counts(shared: Path, tmp_path: Path) -> None:
    ingest([shared / EARLIER, shared / BEDFORDSHIRE], into=tmp_path)
    store, force = Store.open(tmp_path), Area.named("bedfordshire-force")
    may = Period.parse("2021-05")
    columns = ["all-crime", "anti-social-behaviour"]
    later = store.monthly(force, months=may)[columns].sum().sum()
    earlier = store.monthly(force, months=may, as_of="2022-12")[columns].sum().sum()
    assert (earlier, later) == (5399, 5082)
    held = store.coverage(source="police-uk", force="bedfordshire")
    held = held[held["month"] == "2021-05-01"]
    assert list(held["vintage"]) == ["2021-08", "2023-12"]
    assert list(held["lsoa_vintage"]) == ["2011", "2021"]


def test_a_force_never_seen_is_ingested_and_answered_for(shared: Path, tmp_path: Path) -> None:
    """Thames Valley, June 2018: Wycombe from the LSOAs of its former council."""
    name = "2018-06/2018-06-thames-valley-street.csv"
    with zipfile.ZipFile(shared / THAMES_VALLEY) as archive:
        raw = archive.read(name)
    cut = tmp_path / "month"
    (cut / "2018-06").mkdir(parents=True)
    (cut / name).write_bytes(raw)
    ingest([cut], into=tmp_path / "s")
    district = lookup(
        shared / LOOKUPS / "lookup_lsoa11_ltla19.csv.gz", "lsoa11_code", "ltla19_name"
    )
    rows = list(csv.DictReader(io.StringIO(raw.decode())))
    counted = Counter(
        district.get(row["LSOA code"], "") for row in rows if row["Crime type"] == "Burglary"
    )
    store, june = Store.open(tmp_path / "s"), Period.parse("2018-06")
    for slug, council in [
        ("wycombe", "Wycombe"), ("south-bucks", "South Bucks"), ("chiltern", "Chiltern"),
        ("aylesbury-vale", "Aylesbury Vale"), ("wokingham", "Wokingham"), ("reading", "Reading"),
    ]:  # fmt: skip
        table = store.monthly(Area.named(slug), months=june, measures=["burglary"])
        assert table["burglary"].tolist() == [counted[council]] != [0], slug
    shortfall = store.shortfall(Area.named("wycombe"), june).iloc[0]
    assert (shortfall["rows"], shortfall["without_location"]) == (18_188, 1_697)


@pytest.fixture(scope="module")
def autumn_of_all(
    shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Store, IngestReport]:
    """All forces of October 2018 to February 2019, and what the Home Office says of them."""
    into = tmp_path_factory.mktemp("autumn")
    tables = sorted((shared / "data/home_office").glob("*.csv.gz"))
    report = ingest([shared / ALL_FORCES, *tables], into=into)
    return Store.open(into), report


@pytest.mark.slow
def test_kent_is_found_part_missing_by_the_rule_and_no_other_force(
    autumn_of_all: tuple[Store, IngestReport],
) -> None:
    store, report = autumn_of_all
    assert report.inputs[0].rows == 1_771_502
    table = store.coverage(source="police-uk")
    part = table[table["status"] == "part"]
    found = list(zip(part["force"], part["month"].dt.strftime("%Y-%m"), strict=True))
    assert found == [("kent", "2018-11"), ("kent", "2018-12")]


def test_the_seed_tables_are_shipped_whole(shared: Path, shipped: Store) -> None:
    expected = pd.read_csv(shared / "reference_values/seed_reports_expected.csv", comment="#")
    names = {
        "Public Order Offences": "Public order",
        "Burglary - Sheds/Garages": "burglary-sheds-garages",
    }
    spans = {"Wycombe": ("2016-04..2016-06", "2017-04..2017-06"), "Wokingham": ("2018", "2019")}
    checked = 0
    for row in expected.itertuples():
        if row.report not in spans or row.offence.startswith("Burglary total"):
            continue
        code = Measure.named(names.get(row.offence, row.offence)).code
        for period, count in zip(spans[row.report], (row.before, row.after), strict=True):
            figures = shipped.published(Area.named(row.report), Period.parse(period))
            held = figures.set_index("measure").loc[code]
            assert (held["count"], held["status"]) == (count, "final")
            checked += 1
        if isinstance(row.force_pct_printed, str):
            force = shipped.published(
                Area.named("thames-valley-force"), Period.parse(spans["Wycombe"][1])
            ).set_index("measure")
            assert force.loc[code, "percent_change"] == float(row.force_pct_printed.rstrip("%"))
    assert checked == 42


def test_burglary_and_the_line_to_be_confirmed_are_as_published(shipped: Store) -> None:
    wycombe, wokingham = Area.named("wycombe"), Area.named("wokingham")
    before = shipped.published(wycombe, Period.parse("2016-04..2016-06")).set_index("measure")
    after = shipped.published(wycombe, Period.parse("2017-04..2017-06")).set_index("measure")
    assert before.filter(like="burglary", axis=0)["count"].to_dict() == {
        "burglary-dwelling": 73,
        "burglary-non-dwelling": 123,
    }
    assert after.filter(like="burglary", axis=0)["count"].to_dict() == {
        "residential-burglary-dwelling": 56,
        "burglary-sheds-garages": 74,
        "burglary-business-and-community": 69,
    }
    year = shipped.published(wokingham, Period.parse("2019")).set_index("measure")
    assert year.loc["anti-social-behaviour", "status"] == "to be confirmed"
    assert year["count"].isna().sum() == 1
    assert year.loc["marac-cases", "count"] == 107


def test_a_rebuild_gives_the_shipped_bytes_and_stays_small(shared: Path, tmp_path: Path) -> None:
    home = Path(__file__).parents[2] / "data"
    (tmp_path / "published").mkdir()
    for path in (home / "published").glob("*.csv"):
        (tmp_path / "published" / path.name).write_bytes(path.read_bytes())
    rebuild(shared / "data", data=tmp_path)
    made = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    for path, raw in made.items():
        assert (home / path).read_bytes() == raw, path
    held = {p.relative_to(home) for p in (home / "counts").rglob("*") if p.is_file()}
    assert held <= set(made)
    shipped = [p for name in ("reference", "counts", "published") for p in (home / name).rglob("*")]
    assert sum(p.stat().st_size for p in shipped if p.is_file()) < 6_000_000


@pytest.mark.slow
def test_street_files_agree_with_the_home_office_but_where_they_are_in_part(
    autumn_of_all: tuple[Store, IngestReport],
) -> None:
    """October to December 2018, the one quarter that both hold.

    Of the Home Office it is this year's rolling year less the one a quarter before, and the same
    quarter of 2017.
    """
    store, autumn = autumn_of_all[0], Period.parse("2018-10..2018-12")

    def told(force: Area, period: str) -> int:
        figures = store.published(force, Period.parse(period), source="home-office")
        return int(figures.set_index("measure").loc["all-crime", "count"])

    def gap(slug: str) -> float:
        force = Area.named(f"{slug}-force")
        street = int(store.monthly(force, months=autumn)["all-crime"].sum())
        rolled = told(force, "2018") - told(force, "12m-to-2018-09") + told(force, "FY2017-Q3")
        return 100 * (street - rolled) / rolled

    for slug in ("thames-valley", "bedfordshire", "essex", "merseyside", "south-wales"):
        assert abs(gap(slug)) < 2, slug
    assert gap("kent") < -20
