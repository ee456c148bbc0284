"""Tables of ONS and of the Home Office in the store, beside street files."""

from __future__ import annotations

from pathlib import Path

import pytest

from cspanalysis.errors import SourceError
from cspanalysis.sources.recognise import KINDS
from cspanalysis.store import Store, ingest
from cspanalysis.store.holdings import SOURCES
from cspanalysis.vocabulary import Area, Period

ONS = "Year ending June 2023,\nCSP code,CSP name,Robbery,Arson,Burglary,Shoplifting,Bicycle theft\n"
YEAR = Period.parse("12m-to-2023-06")


def test_every_table_that_is_taken_in_is_of_a_source_that_reports_tell_of() -> None:
    assert {source for source, _, _ in KINDS} <= SOURCES.keys()


def test_tables_of_several_sources_stand_side_by_side(tmp_path: Path) -> None:
    root, luton = tmp_path / "s", Area.named("luton")
    (tmp_path / "ons.csv").write_text(f"{ONS}E22000010,Luton,7,1,2,3,4\n")
    (tmp_path / "paper.csv").write_text(
        "area,measure,period,count,status,note\nluton,robbery,12m-to-2023-06,8,final,\n"
    )
    report = ingest([tmp_path / "ons.csv", tmp_path / "paper.csv"], into=root)
    assert [told.source for told in report.inputs] == ["ons", "published"]
    store = Store.open(root)
    by_ons = store.published(luton, YEAR, source="ons").set_index("measure")["count"]
    assert by_ons.to_dict() == {
        "robbery": 7, "arson": 1, "burglary": 2, "shoplifting": 3, "bicycle-theft": 4,
    }  # fmt: skip
    assert store.published(luton, YEAR)["count"].tolist() == [8]
    assert store.figures.has_published(luton, YEAR, source="ons")
    assert not store.figures.has_published(luton, YEAR, source="home-office")
    assert store.figures.published_periods(luton, source="ons") == (YEAR,)


def test_a_table_published_again_is_another_vintage(tmp_path: Path) -> None:
    root, luton = tmp_path / "s", Area.named("luton")
    for vintage, robberies in [("2023-10", 7), ("2024-01", 9)]:
        (tmp_path / "ons.csv").write_text(f"{ONS}E22000010,Luton,{robberies},1,2,3,4\n")
        ingest([tmp_path / "ons.csv"], into=root, vintage=vintage)
    store = Store.open(root)
    told = [
        store.published(luton, YEAR, source="ons", as_of=day)["count"].iloc[0]
        for day in ("2023-12", "2024-12")
    ]
    assert told == [7, 9]
    (tmp_path / "other.csv").write_text(f"{ONS}E22000010,Luton,8,1,2,3,4\n")
    with pytest.raises(SourceError, match="same vintage 2024-01"):
        ingest([tmp_path / "other.csv"], into=root, vintage="2024-01")


@pytest.mark.shared_data
def test_the_real_tables_answer_by_area_and_period(shared: Path, tmp_path: Path) -> None:
    folder = shared / "data/home_office"
    report = ingest(sorted(folder.iterdir()), into=tmp_path)
    assert [told.source for told in report.inputs] == ["ons", "home-office", "home-office"]
    store = Store.open(tmp_path)
    luton, valley = Area.named("luton"), Area.named("thames-valley-force")
    year = Period.parse("12m-to-2025-06")
    held = store.published(luton, year, source="ons").set_index("measure")["count"]
    assert (held["all-crime"], held["burglary"]) == (19_846, 685)
    spring = Period.parse("FY2017-Q1")
    held = store.published(valley, spring, source="home-office").set_index("measure")["count"]
    assert held["burglary"] == held["residential-burglary"] + 1012
    assert len(store.figures.published_periods(valley, source="home-office")) == 52 + 4
    assert ingest([folder / "prc-pfa-2017-18_quarterly.csv.gz"], into=tmp_path).inputs[0].already
