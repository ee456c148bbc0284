"""Custom areas of Luton: what reports show of them, and what verbs answer."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest

from cspanalysis import Assessment
from cspanalysis.display import FIGURES
from cspanalysis.errors import UsageError
from cspanalysis.findings.places.custom import CustomAreas
from cspanalysis.paths import data_folder

FILE = """\
area: luton
name: Luton Community Safety Partnership
areas:
  town-centre:
    name: Town centre
    wards: [Central, South]
    lsoas: [E01015728]
  dallow-road:
    name: Dallow Road
    lsoas: [E01015724, E01015728]
"""
CENTRE, ROAD = "E22000010-TOWN-CENTRE", "E22000010-DALLOW-ROAD"


@pytest.fixture(scope="module", autouse=True)
def _data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("data")
    for name in ("reference", "counts"):
        (folder / name).symlink_to(data_folder().resolve() / name)
    (folder / "partnerships" / "luton").mkdir(parents=True)
    (folder / "partnerships" / "luton" / "partnership.yml").write_text(FILE, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSPANALYSIS_DATA", str(folder))
        yield


@pytest.fixture(scope="module")
def report(_data: None) -> Assessment:
    return Assessment.open("luton", "2023")


@pytest.fixture(scope="module")
def found(report: Assessment) -> CustomAreas:
    held = report.facts.recorded.custom_areas
    assert held
    return held


def test_counts_are_those_of_the_small_areas(report: Assessment, found: CustomAreas) -> None:
    centre, _ = found.areas
    placed = report.store.by_area("lsoa", within=report.area, period=report.period)
    counted = placed.loc[list(centre.lsoas)].sum()
    shown = found.of(centre)["after"].dropna()
    assert len(shown) == 15
    assert shown.to_dict() == counted[shown.index].to_dict()
    people, _ = report.store.people.residents_of_small_areas(report.area, period=report.period)
    per_head = 1000 * counted["burglary"] / people[list(centre.lsoas)].sum()
    assert found.counts.loc[(CENTRE, "burglary"), "rate"] == pytest.approx(per_head)
    assert found.per["burglary"] == "residents, mid-2023"


def test_page_one_names_wards_where_the_report_tells_of_places(report: Assessment) -> None:
    shown = report.one_page()
    assert "The wards with the most were Central (3,058)" in shown.text
    figures = {figure["id"]: figure for figure in shown.records[FIGURES]["figures"]}
    wards = {
        figure["text"] for name, figure in figures.items() if name.startswith("where.all-crime")
    }
    assert "3,058" in wards


def test_all_rows_are_tested_together_with_the_partnership_s_noise(found: CustomAreas) -> None:
    words = found.of(found.areas[0])["verdict"]
    assert words["shoplifting"] == "possibly higher"  # 503 to 731: clear, were it the only one
    assert words["burglary"] == "can't tell"
    told = found.sentence(found.areas[0])
    assert told.startswith("Town centre: no change is clear; possibly higher: ")
    assert "shoplifting (503 to 731)" in told
    assert found.overlaps == ("Town centre", "Dallow Road")


def test_small_counts_are_kept_back_and_told_in_no_figure(found: CustomAreas) -> None:
    assert (ROAD, "robbery", "after") in found.kept_back  # 4
    assert pd.isna(found.counts.loc[(ROAD, "robbery"), "after"])
    assert found.counts.loc[(ROAD, "robbery"), "verdict"] == ""
    keys = {value.key for value in found.values()}
    assert f"custom.all-crime.{ROAD.lower()}.count" in keys
    assert not any(key.startswith(f"custom.robbery.{ROAD.lower()}") for key in keys)


def test_a_report_shows_a_table_of_each_and_records_its_figures(report: Assessment) -> None:
    shown = report.custom_areas()
    assert "The partnership's own areas" in shown.text
    assert shown.html.count("<table") == 2
    row, _ = (line for line in shown.text.splitlines() if line.startswith("Shoplifting"))
    assert row.split()[1:6] == ["503", "731", "+228", "possibly", "higher"]
    assert "It overlaps another of these areas" in shown.text
    (row,) = (
        line for line in shown.text.splitlines() if line.startswith("Robbery") and "[c]" in line
    )
    assert row.split()[1:] == ["[c]", "[c]", "[c]", "not", "tested", "[c]"]
    figures = {one["id"]: one for one in shown.records[FIGURES]["figures"]}
    assert figures[f"custom.burglary.{CENTRE.lower()}.count"]["value"] == 217


def test_verbs_answer_at_a_custom_area(report: Assessment) -> None:
    said = report.look("shoplifting", at="Town centre").text
    assert "503 in 2022, 731 in 2023: possibly higher (all measures of all custom areas" in said
    assert "The months of Town centre (custom area) are not drawn" in said
    assert "[c] in 2022, [c] in 2023: not tested" in report.change("robbery", at="dallow-road").text
    assert "4,914 in 2023" in report.compare("all crime", at=CENTRE.lower()).text
    with pytest.raises(UsageError, match=r"'Town centr' is not known in Luton; did you mean Town"):
        report.change("robbery", at="Town centr")
    with pytest.raises(UsageError, match=r"ask \.change\(\.\.\., at='Dallow Road'\), or open"):
        report.trend("robbery", with_="Dallow Road")


@pytest.mark.usefixtures("_data")
def test_a_sensitive_edition_tells_all_and_draws_months() -> None:
    report = Assessment.open("luton", "2023", edition="sensitive")
    assert "1 in 2022, 4 in 2023" in report.change("robbery", at="Dallow Road").text
    drawn = report.trend("all crime", at="Town centre").text
    assert "Control chart of all crime in Town centre (custom area)" in drawn


def test_months_that_are_not_held_are_said_to_lack(report: Assessment) -> None:
    earlier = Assessment.open("luton", "2021", store=report.store)
    assert earlier.facts.recorded.custom_areas is None
    assert "Not all months of 2021 are held" in earlier.custom_areas().text


def test_a_partnership_without_any_shows_nothing(report: Assessment) -> None:
    assert Assessment.open("bedford", "2023", store=report.store).custom_areas().html == ""
