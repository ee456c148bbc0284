from __future__ import annotations

import re
from pathlib import Path

import pytest

from cspanalysis import DataQuality
from cspanalysis.command.doctor import checks
from cspanalysis.errors import UsageError
from cspanalysis.paths import reference, shipped_store
from cspanalysis.reports.quality_found import checked, gaps_beside
from cspanalysis.store import Store, ingest
from cspanalysis.store.coverage import Coverage

LUTON = "E01015693"
ONS = "Year ending December 2021,\nCSP code,CSP name,All crime,Robbery,Arson,Burglary,Shoplifting\n"


def archive(write_zip, street_text, path: Path, months: dict[str, int]) -> Path:
    members = {}
    for month, burglaries in months.items():
        rows = [(month, LUTON, "Burglary")] * burglaries + [(month, "", "Burglary")]
        members[f"{month}/{month}-bedfordshire-street.csv"] = street_text(rows)
    return write_zip(path, members)


def year(burglaries: int, **changed: int) -> dict[str, int]:
    months = {f"2021-{month:02d}": burglaries for month in range(1, 13)}
    return months | {name[1:].replace("_", "-"): n for name, n in changed.items()}


@pytest.fixture
def page(tmp_path: Path, write_zip, street_text):
    def open_page(*inputs: dict[str, int], ons: str = "", area: str = "luton") -> DataQuality:
        root = tmp_path / "s"
        for number, months in enumerate(inputs):
            path = archive(write_zip, street_text, tmp_path / f"{number}.zip", months)
            ingest([path], into=root, vintage=f"2022-{number + 1:02d}")
        if ons:
            (tmp_path / "ons.csv").write_text(ONS + ons)
            ingest([tmp_path / "ons.csv"], into=root)
        return DataQuality.open(area, "2021", store=Store.open(root))

    return open_page


def test_a_whole_year_has_no_problems(page) -> None:
    found = page(year(99))
    assert found.lead == (
        "All 12 months of street files are there and whole; 1\xa0% of rows carry no location."
    )
    assert found.problems == ()
    assert "12 of 12  months there and whole" in found.headlines().text


def test_months_that_are_missing_or_in_part_are_named(page) -> None:
    months = year(400, m2021_05=150)
    del months["2021-09"]
    found = page(months)
    assert found.lead.startswith(
        "Of 12 months of street files, September 2021 is missing and May 2021 is there in part;"
    )
    assert found.problems == (
        "Bedfordshire: September 2021 is missing.",
        "Bedfordshire: May 2021 is there in part.",
    )
    (line,) = [x for x in found.coverage().text.splitlines() if x.startswith("2021")]
    assert line.split().count("missing") == 1
    assert "part: 151" in line


def test_an_area_without_street_files_says_so(page) -> None:
    found = page(year(9), area="wycombe")
    assert found.lead == "There are no street files of Thames Valley for 2021."
    assert "nothing of Thames Valley" in found.holdings().text
    assert "no rows to place" in found.locations().text


def test_vintages_are_set_side_by_side(page) -> None:
    found = page(year(9), year(9, m2021_03=12))
    shown = found.vintages().text
    assert re.search(r"All crime\s+108\s+111\s+\+3\s+0", shown)
    added = found.last_ingest().text
    assert re.search(r"bedfordshire\s+2022-02\s+1\.zip\s+2021\s+123\s+12", added)


def test_a_single_vintage_and_a_single_ingest_are_said(page) -> None:
    found = page(year(9))
    assert "more than one vintage" in found.vintages().text
    assert "a single ingest" in found.last_ingest().text


def test_a_table_near_the_street_files_is_shown_and_one_far_off_is_a_problem(page) -> None:
    near = page(year(9), ons="E22000010,Luton,110,1,1,108,0\n")
    assert near.beside_tables[["street", "figure"]].to_numpy().tolist() == [[108, 110]]
    assert near.problems == ()
    assert re.search(r"Luton\s+2021\s+ONS table by partnership\s+108\s+110", near.totals().text)


def test_a_table_far_off_is_a_problem(page) -> None:
    far = page(year(9), ons="E22000010,Luton,150,1,1,108,0\n")
    (problem,) = far.problems
    assert problem.startswith("Luton, 2021: street files count 108 crimes, ONS table")
    assert "150 (−28\xa0%)" in problem


def test_a_damaged_file_of_observations_is_a_problem(page, tmp_path: Path) -> None:
    found = page(year(9))
    (held,) = (tmp_path / "s").glob("observations/source=police-uk/*/*.parquet")
    held.write_bytes(held.read_bytes()[:60])
    assert any("damaged" in problem for problem in found.problems)


def test_words_that_are_off_are_refused() -> None:
    with pytest.raises(UsageError, match="edition 'secret'"):
        DataQuality.open("luton", "2023", edition="secret")


def test_a_period_of_which_nothing_is_there_is_missing_as_a_whole() -> None:
    found = DataQuality.open("luton", "2030")
    assert found.problems[0] == (
        "Bedfordshire: street files end with December 2023; nothing of 2030 is held."
    )
    assert repr(found) == "<DataQuality: Luton, 2030, public edition>"


def test_forces_without_an_area_and_with_another_slug_are_told_of(
    tmp_path: Path, write_zip, street_text, monkeypatch
) -> None:
    months = [f"2021-{month:02d}" for month in range(1, 4)]
    members = {
        f"{month}/{month}-{force}-street.csv": street_text([(month, lsoa, "Burglary")] * 30)
        for month in months
        for force, lsoa in (("northern-ireland", ""), ("metropolitan", "E01000001"))
    }
    data = tmp_path / "data"
    data.mkdir()
    (data / "reference").symlink_to(reference("areas.csv").parent)
    monkeypatch.setenv("CSPANALYSIS_DATA", str(data))
    ingest([write_zip(tmp_path / "all.zip", members)], into=data / "store", vintage="2021-05")
    told, _ = checked(None, None)
    assert "northern-ireland: a force without an area of its own" in told
    assert "metropolitan: a force without" not in told
    own = next(one for one in checks() if one.name == "your counts")
    assert own.ok
    assert own.found.endswith("; no report reads those of Police Service of Northern Ireland")


def test_months_before_a_series_begins_are_not_missing_but_its_beginning_is_told(
    page, tmp_path: Path, monkeypatch
) -> None:
    months = year(400)
    del months["2021-06"]
    found = page({month: rows for month, rows in months.items() if month >= "2021-04"})
    assert found.problems == (
        "Bedfordshire: street files begin with April 2021; nothing of January to March 2021 is "
        "held.",
        "Bedfordshire: June 2021 is missing.",
    )
    monkeypatch.setattr(Store, "open", lambda: found.store)
    told, problems = checked(None, None)
    assert "Bedfordshire: street files begin with April 2021; nothing" in told
    assert problems == ("Bedfordshire: June 2021 is missing.",)


def test_missing_months_of_searches_are_named() -> None:
    rows = Coverage.read(shipped_store()).rows
    searches = rows["source"] == "police-uk-stop-and-search"
    gone = searches & rows["period_start"].astype(str).isin(["2022-05-01", "2022-06-01"])
    assert list(gaps_beside(Store(Coverage(rows[~gone].reset_index(drop=True))))) == [
        "Stop and search (data.police.uk), bedfordshire: no files for May to June 2022."
    ]
    assert list(gaps_beside(Store(Coverage(rows)))) == []


def test_missing_months_of_street_files_are_named_however_long_ago(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = Coverage.read(shipped_store()).rows
    street = rows["source"] == "police-uk"
    gone = street & rows["period_start"].astype(str).isin(
        ["2021-08-01", "2022-05-01", "2023-06-01"]
    )
    store = Store(Coverage(rows[~gone].reset_index(drop=True)))
    monkeypatch.setattr(Store, "open", lambda *_: store)
    assert checked(None, None)[1] == (
        "Bedfordshire: August 2021, May 2022 and June 2023 are missing.",
    )
    assert checked(None, "2022")[1] == ("Bedfordshire: May 2022 is missing.",)
