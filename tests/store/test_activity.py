from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from cspanalysis.errors import UsageError
from cspanalysis.store import Store, ingest
from cspanalysis.vocabulary import Area, Period

LUTON, BEDFORD, FORCE = (Area.named(s) for s in ("luton", "bedford", "bedfordshire-force"))
JUNE = Period.parse("2021-06..2021-06")
POINTS = {
    "luton": ("51.879", "-0.417"),
    "bedford": ("52.136", "-0.466"),
    "buckinghamshire": ("51.63", "-0.75"),
    "hertfordshire": ("51.75", "-0.34"),
    "none": ("", ""),
}
SEARCHES = [
    ("luton", "Controlled drugs", "Arrest"),
    ("luton", "Controlled drugs", "Arrest"),
    ("luton", "Offensive weapons", "A no further action disposal"),
    ("bedford", "Controlled drugs", ""),
    ("buckinghamshire", "Stolen goods", "Arrest"),
    ("hertfordshire", "Stolen goods", "Arrest"),
    ("none", "Stolen goods", "Arrest"),
]
# LSOA, crime type and last outcome; the LSOAs lie in Luton, Bedford and Wycombe.
CRIMES = [
    ("E01015693", "Burglary", "Unable to prosecute suspect"),
    ("E01015693", "Burglary", "Unable to prosecute suspect"),
    ("E01015693", "Burglary", "Awaiting court outcome"),
    ("E01015693", "Robbery", ""),
    ("E01015693", "Anti-social behaviour", ""),
    ("E01017453", "Burglary", "Local resolution"),
    ("E01017857", "Burglary", "Local resolution"),
    ("", "Burglary", "Local resolution"),
]


def searches_text(month: str = "2021-06") -> str:
    lines = ["Type,Date,Latitude,Longitude,Object of search,Outcome"]
    for place, what, outcome in SEARCHES:
        at = ",".join(POINTS[place])
        lines.append(f"Person search,{month}-05T10:00:00+00:00,{at},{what},{outcome}")
    return "\n".join(lines)


@pytest.fixture
def root(tmp_path: Path, write_zip, street_text) -> Path:
    rows = [("2021-06", lsoa, crime_type) for lsoa, crime_type, _ in CRIMES]
    header, *lines = street_text(rows).splitlines()
    assert all(line.endswith(",,") for line in lines)
    street = [line[:-1] + outcome + "," for line, (*_, outcome) in zip(lines, CRIMES, strict=True)]
    members = {
        "2021-06/2021-06-bedfordshire-street.csv": "\n".join([header, *street]),
        "2021-06/2021-06-bedfordshire-stop-and-search.csv": searches_text(),
    }
    told = ingest([write_zip(tmp_path / "a.zip", members)], into=tmp_path / "s").inputs[0]
    assert told.others == {"police-uk-last-outcomes": 7, "police-uk-stop-and-search": 7}
    return tmp_path / "s"


def test_searches_are_placed_by_the_shapes_of_councils(root: Path) -> None:
    held = Store.open(root).activity.searches(LUTON, JUNE)
    assert held[["object", "outcome", "count"]].to_numpy().tolist() == [
        ["Controlled drugs", "Arrest", 2],
        ["Offensive weapons", "A no further action disposal", 1],
    ]
    assert held.attrs["missing"] == []
    assert held.attrs["unplaced"] == {"rows": 7, "without_location": 2, "outside": 1}
    bedford = Store.open(root).activity.searches(BEDFORD, JUNE)
    assert bedford[["outcome", "count"]].to_numpy().tolist() == [["not stated", 1]]


def test_a_force_has_all_searches_and_their_parts_add_up(root: Path) -> None:
    store = Store.open(root)
    whole = store.activity.searches(FORCE, JUNE)["count"].sum()
    told = store.activity.searches(LUTON, JUNE).attrs["unplaced"]
    inside = sum(store.activity.searches(area, JUNE)["count"].sum() for area in (LUTON, BEDFORD))
    assert whole == 7 == inside + told["without_location"] + told["outside"]


def test_months_without_a_file_are_missing_and_no_search_is_no_row(root: Path) -> None:
    held = Store.open(root).activity.searches(LUTON, Period.parse("2021-05..2021-06"))
    assert held.attrs["missing"] == [date(2021, 5, 1)]
    nowhere = Store.open(root).activity.searches(Area.named("central-bedfordshire"), JUNE)
    assert nowhere.empty
    assert nowhere.attrs["missing"] == []


def test_a_month_of_which_nothing_was_placed_is_missing_rather_than_nought(root: Path) -> None:
    """Stores made before searches were placed hold them without an area."""
    path = root / "coverage.parquet"
    rows = pq.read_table(path).to_pandas().drop(columns="file_sha256")  # nor were hashes kept
    rows.loc[rows["source"] == "police-uk-stop-and-search", "located"] = 0
    rows.to_parquet(path, index=False)
    store = Store.open(root)
    assert store.activity.searches(LUTON, JUNE).attrs["missing"] == [date(2021, 6, 1)]
    assert store.activity.searches(FORCE, JUNE).attrs["missing"] == []


def test_last_outcomes_are_counted_by_measure(root: Path) -> None:
    held = Store.open(root).activity.last_outcomes(LUTON, JUNE)
    assert held[["measure", "outcome", "count"]].to_numpy().tolist() == [
        ["burglary", "Awaiting court outcome", 1],
        ["burglary", "Unable to prosecute suspect", 2],
        ["robbery", "not stated", 1],
    ]
    assert held.attrs["unplaced"] == {"rows": 7, "without_location": 1, "outside": 1}


def test_last_outcomes_add_up_to_the_crimes_of_the_month(root: Path) -> None:
    store = Store.open(root)
    for area in (LUTON, BEDFORD, FORCE):
        crimes = store.monthly(area, months=JUNE)["all-crime"].iloc[0]
        assert store.activity.last_outcomes(area, JUNE)["count"].sum() == crimes


@pytest.mark.parametrize(
    ("slug", "what", "said"),
    [
        ("luton-lad", "searches", "bedfordshire-force"),
        ("luton-lad", "last_outcomes", "bedfordshire-force"),
        ("e01015693", "searches", "bedfordshire-force"),
        ("wycombe", "searches", "part of a council.*thames-valley-force"),
    ],
)
def test_other_areas_are_refused_and_the_way_out_is_told(
    root: Path, slug: str, what: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        getattr(Store.open(root).activity, what)(Area.named(slug), JUNE)


def test_what_was_known_earlier_can_be_asked_for(root: Path, tmp_path: Path) -> None:
    later = tmp_path / "2021-06-bedfordshire-stop-and-search.csv"
    later.write_text(searches_text().replace("Arrest", "Caution"))
    ingest([later], into=root, vintage="2021-09")
    store = Store.open(root)
    assert set(store.activity.searches(LUTON, JUNE)["outcome"]) == {
        "Caution",
        "A no further action disposal",
    }
    assert "Arrest" in set(store.activity.searches(LUTON, JUNE, as_of="2021-06")["outcome"])
