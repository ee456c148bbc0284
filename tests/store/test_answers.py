from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from cspanalysis.errors import StoreError, UsageError
from cspanalysis.paths import shipped_store
from cspanalysis.store import Store, ingest
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.area import AreaRegister

LUTON, BEDFORD, CENTRAL = "E01015693", "E01017453", "E01017371"
# Luton 018B became two LSOAs in one ward; Luton 021C became two LSOAs in two wards.
SPLIT_IN_WARD, SPLIT_OVER_WARDS = "E01015741", "E01015791"
CHILD = "E01033801"
ELSEWHERE = "E01024000"  # in Kent
ASB, BURGLARY, DRUGS = "Anti-social behaviour", "Burglary", "Drugs"

OLD = [
    (LUTON, BURGLARY), (LUTON, BURGLARY), (LUTON, ASB), (BEDFORD, DRUGS), (SPLIT_IN_WARD, BURGLARY),
    (SPLIT_OVER_WARDS, BURGLARY), (ELSEWHERE, DRUGS), ("", BURGLARY), ("", ASB),
]  # fmt: skip
NEW = [(LUTON, DRUGS), (CHILD, BURGLARY), (CHILD, BURGLARY), (CENTRAL, ASB)]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, write_zip, street_text) -> Store:
    """January 2021 on LSOAs of 2011, April on those of 2021, February on either; no March."""
    folder = tmp_path_factory.mktemp("store")
    members = {}
    for month, rows in [("2021-01", OLD), ("2021-02", OLD[:4]), ("2021-04", NEW)]:
        text = street_text([(month, *row) for row in rows])
        members[f"{month}/{month}-bedfordshire-street.csv"] = text
    ingest([write_zip(folder / "a.zip", members)], into=folder / "s")
    return Store.open(folder / "s")


def monthly(store: Store, area: str, measure: str) -> list[int | None]:
    table = store.monthly(Area.named(area), measures=[measure])
    assert list(table.index) == list(pd.date_range("2021-01-01", "2021-04-01", freq="MS"))
    assert table.dtypes.to_dict() == {measure: pd.Int64Dtype()}
    return [None if pd.isna(value) else int(value) for value in table[measure]]


@pytest.mark.parametrize(
    ("area", "measure", "expected"),
    [
        ("luton", "burglary", [4, 2, None, 2]),
        ("luton", "anti-social-behaviour", [1, 1, None, 0]),
        ("luton", "all-crime", [4, 2, None, 3]),
        ("luton-lad", "all-crime", [4, 2, None, 3]),
        ("bedford", "all-crime", [1, 1, None, 0]),
        ("central-bedfordshire", "anti-social-behaviour", [0, 0, None, 1]),
        ("bedfordshire-force", "all-crime", [7, 3, None, 3]),
        ("bedfordshire-force", "anti-social-behaviour", [2, 1, None, 1]),
        (LUTON, "burglary", [2, 2, None, 0]),
        (CHILD, "burglary", [None, 0, None, 2]),
        ("E05014743", "burglary", [1, 0, None, 2]),
    ],
)
def test_counts_by_month_at_every_level(
    store: Store, area: str, measure: str, expected: list[int | None]
) -> None:
    assert monthly(store, area, measure) == expected


def test_wards_that_share_a_split_lsoa_have_no_counts_before(store: Store) -> None:
    from cspanalysis.store.places import Places

    codes = Places.shipped().area_of(pd.Series(["E01033806", "E01033807"]), "ward")
    assert codes.nunique() == 2
    for ward in codes:
        assert monthly(store, ward, "burglary") == [None, 0, None, 0]


def test_an_lsoa_that_is_no_more_is_refused_with_its_successors(store: Store) -> None:
    with pytest.raises(UsageError, match="E01033801 or E01033802"):
        store.monthly(Area.named(SPLIT_IN_WARD))


def test_all_measures_come_with_all_crime_first_and_without_asb_inside(store: Store) -> None:
    table = store.monthly(Area.named("bedfordshire-force"))
    assert table.columns[0] == "all-crime"
    assert len(table.columns) == 15
    crimes = table.drop(columns=["all-crime", "anti-social-behaviour"])
    pd.testing.assert_series_equal(
        crimes.sum(axis=1, skipna=False), table["all-crime"], check_names=False
    )


def test_months_are_those_asked_for_and_missing_ones_stay_missing(store: Store) -> None:
    luton = Area.named("luton")
    table = store.monthly(luton, measures=["burglary"], months=Period.parse("2021-04..2021-05"))
    assert table["burglary"].fillna(-1).tolist() == [2, -1]
    table = store.monthly(luton, measures=["burglary"], months=[date(2021, 1, 15)])
    assert table.index[0] == pd.Timestamp("2021-01-01")
    assert store.held.months(luton) == (date(2021, 1, 1), date(2021, 2, 1), date(2021, 4, 1))
    assert (store.held.first(luton), store.held.latest(luton)) == (
        date(2021, 1, 1),
        date(2021, 4, 1),
    )


def test_a_force_without_files_has_no_months(store: Store) -> None:
    wycombe = Area.named("wycombe")
    assert store.monthly(wycombe).empty
    assert store.held.latest(wycombe) is None
    assert store.monthly(wycombe, months=Period.parse("2021-Q1")).isna().all().all()


def test_parts_and_what_is_unplaced_make_the_whole(store: Store) -> None:
    force, january = Area.named("bedfordshire-force"), Period.parse("2021-01")
    whole = (
        store.monthly(force, months=january).sum().sum()
        - store.monthly(force, months=january, measures=["all-crime"]).sum().sum()
    )
    for kind, split in [("csp", 0), ("ward", 1), ("lsoa", 2)]:
        table = store.by_area(kind, within=force, period=january)
        unplaced = table.attrs["unplaced"]
        assert unplaced == {"split": split, "without_location": 2, "outside": 1}
        placed = int(table.drop(columns="all-crime").sum().sum())
        assert placed + sum(unplaced.values()) == whole == 9


def test_parts_of_a_divided_lsoa_are_missing_and_not_nought(store: Store) -> None:
    luton = Area.named("luton")
    for period, split in (("2021-01", 2), ("2021-01..2021-02", 2), ("2021-04", 0)):
        table = store.by_area("lsoa", within=luton, period=Period.parse(period))
        lacking = table.index[table["burglary"].isna()]
        parts = store.inquiry.places.divided("lsoa") & {*table.index}
        assert set(lacking) == (parts if split else set())
        assert {CHILD, "E01033806", "E01033807"} <= parts
        assert store.inquiry.places.straddling(Area.named(CHILD)) == {SPLIT_IN_WARD}
        assert table.loc[lacking].isna().all().all()
        assert table.attrs["unplaced"]["split"] == split
    wards = store.by_area("ward", within=luton, period=Period.parse("2021-01"))["burglary"]
    over = store.inquiry.places.area_of(pd.Series(["E01033806", "E01033807"]), "ward")
    assert wards[over].isna().all()
    assert wards["E05014743"] == 1  # it holds both parts of an LSOA


def test_areas_without_rows_are_zero(store: Store) -> None:
    table = store.by_area("ward", within=Area.named("luton"), period=Period.parse("2021-04"))
    assert table["burglary"].sum() == 2
    assert table.loc["E05014743", "burglary"] == 2
    assert (table["burglary"] == 0).sum() == len(table) - 1 > 10


def test_a_sum_over_a_missing_month_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="2021-03"):
        store.by_area("csp", within=Area.named("luton"), period=Period.parse("2021-Q1"))


def test_the_shortfall_is_told_by_month(store: Store) -> None:
    table = store.shortfall(Area.named("luton"), Period.parse("2021-Q1"))
    assert table["rows"].fillna(-1).tolist() == [9, 4, -1]
    assert table["without_location"].fillna(-1).tolist() == [2, 0, -1]
    assert table["outside"].fillna(-1).tolist() == [1, 0, -1]
    assert table["share"].iloc[0] == pytest.approx(2 / 9)


def test_coverage_lists_months_vintages_and_gaps(store: Store) -> None:
    table = store.coverage(source="police-uk", force="bedfordshire")
    assert list(table["month"].dt.strftime("%Y-%m")) == ["2021-01", "2021-02", "2021-03", "2021-04"]
    assert list(table["lsoa_vintage"].fillna("")) == ["2011", "", "", "2021"]
    assert table["status"].iloc[2] == "missing"
    assert store.coverage(force="kent").empty


def test_the_store_tells_what_it_has_read(tmp_path: Path, write_zip, street_text) -> None:
    for number, month in enumerate(["2021-01", "2021-02"]):
        text = street_text([(month, LUTON, BURGLARY)] * 3)
        path = write_zip(tmp_path / f"{number}.zip", {f"{month}-bedfordshire-street.csv": text})
        ingest([path], into=tmp_path / "s")
    store = Store.open(tmp_path / "s")
    assert store.inquiry.inputs_read() == []
    store.monthly(Area.named("luton"), months=Period.parse("2021-02"))
    (read,) = store.inquiry.inputs_read()
    assert (read["file"], read["rows"], read["vintage"]) == ("1.zip", 3, "2021-02")
    assert len(read["sha256"]) == 64


def test_what_police_do_not_count_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="marac-cases"):
        store.monthly(Area.named("luton"), measures=["marac-cases"])
    with pytest.raises(UsageError, match="persons or households"):
        store.people.denominator(Area.named("luton"), "vehicles")


def test_denominators_are_named(store: Store) -> None:
    luton = Area.named("luton")
    persons = store.people.denominator(luton, "persons")
    assert persons.label == "residents, mid-2020"
    wards = {area: store.people.denominator(Area.named(area), "persons").value for area in
             store.by_area("ward", within=luton, period=Period.parse("2021-04")).index}  # fmt: skip
    assert sum(wards.values()) == persons.value
    now = store.people.denominator(luton, "persons", period=Period.parse("2023"))
    assert (now.value, now.label) == (231_028, "residents, mid-2023")
    wycombe = Area.named("wycombe")  # a part of Buckinghamshire, which has 566,694 in all
    part = store.people.denominator(wycombe, "persons", period=Period.parse("2025"))
    share = store.people.denominator(wycombe, "persons").value / sum(
        store.people.denominator(Area.named(f"{name}"), "persons").value
        for name in ("wycombe", "aylesbury-vale", "chiltern", "south-bucks")
    )
    assert part.label == "residents, mid-2023"
    assert part.value == round(566_694 * share)
    assert "shared out within councils" in part.source
    assert store.people.denominator(luton, "households").label == "households, Census 2021"


def test_small_areas_have_their_share_of_the_council_of_the_right_year(store: Store) -> None:
    luton, period = Area.named("luton"), Period.parse("2023")
    then = store.people.small_areas(luton)["residents"]
    now, called = store.people.residents_of_small_areas(luton, period=period)
    assert called == "residents, mid-2023"
    assert then.sum() == 213_528
    expected = then.astype(float) * 231_028 / 213_528
    assert (now.astype(float) - expected).abs().max() <= 0.5  # whole persons
    force = Area.named("bedfordshire-force")  # each council grew by a rate of its own
    everyone, _ = store.people.residents_of_small_areas(force, period=period)
    assert everyone[now.index].equals(now)
    whole = store.people.denominator(force, "persons", period=period).value
    assert abs(int(everyone.sum()) - whole) < 20


def test_every_area_has_residents_of_the_year_of_its_rates(store: Store) -> None:
    period = Period.parse("2023")
    areas = [one for one in AreaRegister.shipped() if one.kind in {"csp", "lad", "force"}]
    assert len(areas) > 600
    for area in areas[::7]:
        held = store.people.denominator(area, "persons", period=period)
        assert held.label == "residents, mid-2023", area.label


def test_two_stores_answer_as_one(tmp_path: Path, write_zip, street_text) -> None:
    for number, month in enumerate(["2021-01", "2021-02"]):
        text = street_text([(month, LUTON, BURGLARY)] * (number + 1))
        path = write_zip(tmp_path / f"{number}.zip", {f"{month}-bedfordshire-street.csv": text})
        ingest([path], into=tmp_path / str(number))
    both = Store.open(tmp_path / "0", tmp_path / "1", tmp_path / "none")
    assert both.monthly(Area.named("luton"), measures=["burglary"])["burglary"].tolist() == [1, 2]


def test_gaps_of_every_kind_of_file_are_counted(store: Store) -> None:
    summed = store.held.summary().set_index("source")["missing"]
    assert summed.to_dict() == {"police-uk": 1, "police-uk-last-outcomes": 1}
    assert repr(store) == (
        "<Store: police-uk (bedfordshire); police-uk-last-outcomes (bedfordshire)>"
    )


def test_a_table_reaches_to_the_end_of_its_last_period() -> None:
    summed = Store.open(shipped_store()).held.summary().set_index(["source", "force"])
    assert f"{summed['last']['published', 'thames-valley']:%Y-%m}" == "2019-12"
    assert f"{summed['last']['police-uk', 'bedfordshire']:%Y-%m}" == "2023-12"


def test_an_empty_store_has_an_empty_summary(tmp_path: Path) -> None:
    empty = Store.open(tmp_path / "nothing")
    assert empty.held.summary().empty
    assert list(empty.held.summary())[:2] == ["source", "force"]
    assert repr(empty) == "<Store: empty>"
