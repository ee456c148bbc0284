"""Files as people really have them: each gives what the index of cases says is right."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cspanalysis.errors import SourceError
from cspanalysis.store import Store, ingest
from cspanalysis.vocabulary import Area, Period

TABLES = {
    "ods_ho_comment.ods": ("home-office", "bedfordshire-force", "FY2019-Q1", "shoplifting", 300),
    "ods_nameonly_comment.ods": ("ons", "luton", "2023-07..2024-06", "all-crime", 300),
    "ods_linebreak.ods": ("ons", "bedfordshire-force", "2023-07..2024-06", "robbery", 30),
}


@pytest.mark.shared_data
@pytest.mark.parametrize("name", TABLES)
def test_names_and_headings_of_a_workbook(shared: Path, tmp_path: Path, name: str) -> None:
    source, area, period, measure, count = TABLES[name]
    ingest([shared / "cases" / name], into=tmp_path)
    table = Store.open(tmp_path).published(Area.named(area), Period.parse(period), source=source)
    assert table.set_index("measure").loc[measure, "count"] == count


@pytest.mark.shared_data
@pytest.mark.parametrize("name", ["ind_pct.xlsx", "ind_date.xlsx"])
def test_cells_of_an_indicator(shared: Path, tmp_path: Path, name: str) -> None:
    ingest([shared / "cases" / name], into=tmp_path)
    luton, month = Area.named("luton"), Period.parse("2023-04")
    (row,) = Store.open(tmp_path).published(luton, month, source="partner").to_dict("records")
    assert name != "ind_pct.xlsx" or row["value"] == 27


@pytest.mark.shared_data
def test_a_zip_of_windows_is_read(shared: Path, tmp_path: Path) -> None:
    report = ingest([shared / "cases/backslash.zip"], into=tmp_path).inputs[0]
    assert report.periods == {"2014-01", "2014-02"}


@pytest.mark.shared_data
def test_a_force_without_an_area_is_taken(shared: Path, tmp_path: Path) -> None:
    path = shared / "cases/2023-05-northern-ireland-street.csv"
    assert ingest([path], into=tmp_path).inputs[0].without_location == 35


@pytest.mark.shared_data
def test_lines_that_end_in_cr_alone_are_told(shared: Path, tmp_path: Path) -> None:
    path = tmp_path / "2014-02-bedfordshire-street.csv"
    shutil.copy(shared / "cases/2014-02-bedfordshire-street-cr-only.csv", path)
    with pytest.raises(SourceError, match="CR alone"):
        ingest([path], into=tmp_path / "store")


def test_a_month_whose_rows_repeat_one_another_is_in_part(
    tmp_path: Path, street_text, write_zip
) -> None:
    members = {}
    for month in ("2022-01", "2022-02", "2022-03", "2022-04"):
        text = street_text([(month, "E01015695", "Burglary")] * 40)
        lines = text.splitlines()
        seen = 2 if month == "2022-03" else 40  # crime IDs among the forty rows
        named = [f"{at % seen:064x}{line}" for at, line in enumerate(lines[1:])]
        name = f"{month}/{month}-bedfordshire-street.csv"
        members[name] = "\n".join([lines[0], *named]) + "\n"
    ingest([write_zip(tmp_path / "a.zip", members)], into=tmp_path / "s")
    held = Store.open(tmp_path / "s").coverage(source="police-uk")
    assert held["status"].to_list() == ["present", "present", "part", "present"]


def test_copies_archives_and_absent_months_are_named(
    tmp_path: Path, street_text, write_zip
) -> None:
    texts = {
        f"{month}/{month}-bedfordshire-street.csv": street_text([(month, "E01015695", "Burglary")])
        for month in ("2022-01", "2022-02", "2022-05", "2022-07")
    }
    others = {"2022-01\\2022-01-bedfordshire-street (1).csv": "x", "older.zip": "x", "a.txt": "x"}
    report = str(ingest([write_zip(tmp_path / "a.zip", texts | others)], into=tmp_path / "s"))
    assert "left alone: by its name a copy" in report
    assert "(2022-01/2022-01-bedfordshire-street (1).csv)" in report
    assert "(older.zip)" in report
    absent = "3 months absent between its ends (Bedfordshire, street): 2022-03 to 2022-04, 2022-06"
    assert absent in report


def test_an_archive_of_archives_says_so(tmp_path: Path, write_zip) -> None:
    path = write_zip(tmp_path / "a.zip", {"b.zip": "x", "c.txt": "y"})
    with pytest.raises(SourceError, match=r"b\.zip: an archive inside another"):
        ingest([path], into=tmp_path / "s")


def test_an_error_that_nobody_foresaw_is_told_in_one_line(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("2022-01-bedfordshire-street.csv", "x" * 100)
    raw = (tmp_path / "a.zip").read_bytes()
    at = raw.rfind(b"PK\x01\x02")
    (tmp_path / "a.zip").write_bytes(raw[: at + 10] + b"\x63\x00" + raw[at + 12 :])
    with pytest.raises(SourceError) as caught:
        ingest([tmp_path / "a.zip"], into=tmp_path / "s")
    assert "\n" not in str(caught.value)


def test_the_encoding_of_an_input_is_told_as_long_as_it_is_held(tmp_path: Path) -> None:
    table = tmp_path / "figures.csv"
    text = "# source: Café\n# vintage: 2023-02\narea,measure,period,count,status,note\n"
    rows = "luton,robbery,2023-01,8,final,\n"
    table.write_bytes((text + rows).encode("cp1252"))
    report = ingest([table], into=tmp_path / "s")
    assert f"{table}: read as Windows-1252" in str(report)
    held = Store.open(tmp_path / "s").held
    assert held.inputs()["encodings"].to_list() == ["Windows-1252"]
    other = tmp_path / "plain.csv"
    other.write_text(text.replace("é", "e") + rows.replace("01,8", "03,9"), encoding="utf-8")
    ingest([other], into=tmp_path / "s")
    encodings = Store.open(tmp_path / "s").held.inputs().set_index("input")["encodings"]
    assert encodings.to_dict() == {"figures.csv": "Windows-1252", "plain.csv": ""}


@pytest.mark.parametrize(
    ("name", "force"),
    [
        ("2022-01-BEDFORDSHIRE-STREET.CSV", "bedfordshire"),
        ("2022-01 Bedfordshire street.csv", "bedfordshire"),
        ("2022_01_bedfordshire_street.csv", "bedfordshire"),
        ("2022-01-bedfordshire-police-street.csv", "bedfordshire"),
        ("2022-01-metropolitan-police-service-street.csv", "metropolitan"),
        ("2022-01-met-street.csv", "metropolitan"),
        ("2022-01-gmp-street.csv", "greater-manchester"),
        ("2022-01-devon\u2010and\u2011cornwall-street.csv", "devon-and-cornwall"),
        ("2022-01-city-of-london-police-street.csv", "city-of-london"),
        ("2022-01-british-transport-police-street.csv", "btp"),
        ("2022-01-psni-street.csv", "northern-ireland"),
    ],
)
def test_odd_names_of_files_are_read_as_they_are_meant(
    tmp_path: Path, street_text, write_zip, name: str, force: str
) -> None:
    archive = write_zip(tmp_path / "a.zip", {name: street_text([("2022-01", "", "Burglary")])})
    assert ingest([archive], into=tmp_path / "s").inputs[0].areas == {force}


def test_what_is_no_street_file_by_its_name_is_told_with_the_name_it_should_have(
    tmp_path: Path, street_text, write_zip
) -> None:
    text = street_text([("2022-01", "E01015695", "Burglary")])
    names = ("2022-01-bedfordshire-street.csv", "Copy of 2022-01-bedfordshire-street.csv")
    members = dict.fromkeys((*names, "bedfordshire-2022-02-street.csv"), text) | {"readme.txt": "x"}
    told = str(ingest([write_zip(tmp_path / "a.zip", members)], into=tmp_path / "s"))
    assert "1 file left alone: by its name a copy" in told
    assert "does not say which month and force" in told
    assert "(bedfordshire-2022-02-street.csv)" in told
    assert "1 file left alone: not a data.police.uk file (readme.txt)" in told


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("2022-01-gibraltar-street.csv", str, "'gibraltar' in the name is not known; Forces are"),
        (
            "2022-01-bedfordshire-street.csv",
            lambda text: text.replace(",", ";"),
            "line 1: values are kept apart by semicolons; use the file as data.police.uk gives it",
        ),
        ("2022-01-bedfordshire-street.csv.gz", str, "the file is compressed; unpack it"),
        ("2022-01-bedfordshire-street.xls", lambda _: "<html><table>", "under the name of a workb"),
    ],
)
def test_what_can_not_be_read_is_told_in_one_line_that_says_what_to_do(
    tmp_path: Path, street_text, name: str, change: Callable[[str], str], message: str
) -> None:
    path = tmp_path / name
    path.write_text(change(street_text([("2022-01", "E01015695", "Burglary")])), encoding="utf-8")
    with pytest.raises(SourceError, match=message):
        ingest([path], into=tmp_path / "s")
