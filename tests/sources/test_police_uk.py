from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cspanalysis.errors import SourceError
from cspanalysis.sources.files import Input
from cspanalysis.sources.police_uk import CRIME_TYPES, FORMER_TYPES, read_months
from cspanalysis.sources.police_uk_files import force_files, forces
from cspanalysis.vocabulary import Area, Measure

ROWS = [
    ("2021-03", "E01015693", "Burglary"),
    ("2021-03", "E01015693", "Burglary"),
    ("2021-03", "E01015694", "Anti-social behaviour"),
    ("2021-03", "", "Other theft"),
]
NAME = "2021-03-bedfordshire-street.csv"


def read(path: Path):
    with Input(path) as source:
        return list(read_months(force_files(source)[0], {"E01015693": "E22000017"}))


def fails(tmp_path: Path, text: str | bytes, name: str = NAME) -> SourceError:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(SourceError) as caught:
        read(path)
    assert str(path) in str(caught.value)
    return caught.value


def test_rows_are_counted_by_lsoa_and_type(tmp_path: Path, street_text) -> None:
    (tmp_path / NAME).write_text(street_text(ROWS))
    (month,) = read(tmp_path / NAME)
    assert month.rows == 4
    assert sorted(month.counts.to_pylist(), key=str) == [
        {"lsoa": "E01015693", "crime_type": "Burglary", "count": 2},
        {"lsoa": "E01015694", "crime_type": "Anti-social behaviour", "count": 1},
        {"lsoa": None, "crime_type": "Other theft", "count": 1},
    ]


def test_crimes_are_counted_by_csp_type_and_last_outcome(tmp_path: Path, street_text) -> None:
    closed, charged = "Unable to prosecute suspect", "Awaiting court outcome"
    text = street_text(ROWS)
    text = text.replace(",Burglary,,", f",Burglary,{closed},").replace(closed, charged, 1)
    (tmp_path / NAME).write_text(text)
    (month,) = read(tmp_path / NAME)
    assert sorted(month.decided.to_pylist(), key=str) == [
        {"csp": "E22000017", "crime_type": "Burglary", "outcome": charged, "count": 1},
        {"csp": "E22000017", "crime_type": "Burglary", "outcome": closed, "count": 1},
        {"csp": None, "crime_type": "Other theft", "outcome": "not stated", "count": 1},
    ]


def test_a_crime_id_that_stands_there_again_is_told_and_an_empty_one_is_not(
    tmp_path: Path, street_text
) -> None:
    header, *lines = street_text([*ROWS, *ROWS]).splitlines()
    ids = ["a", "b", "", "a", "a", "", "c", "b"]
    rows = [i + line for i, line in zip(ids, lines, strict=True)]
    (tmp_path / NAME).write_text("\n".join([header, *rows]))
    (month,) = read(tmp_path / NAME)
    assert (month.rows, month.repeated) == (8, 3)


def test_files_are_found_in_nested_folders_by_force_and_month(
    tmp_path: Path, write_zip, street_text
) -> None:
    text = street_text(ROWS)
    names = [
        "download/2021-04/2021-04-kent-street.csv",
        "download/2021-03/2021-03-kent-street.csv",
        "download/2021-03/2021-03-devon-and-cornwall-street.csv",
        "download/2021-03/2021-03-kent-outcomes.csv",
        "download/2021-03/2021-03-kent-stop-and-search.csv",
        "download/README.txt",
    ]
    with Input(write_zip(tmp_path / "a.zip", dict.fromkeys(names, text))) as source:
        found, skipped = force_files(source)
    assert [(f.force.slug, f.month) for f in found] == [
        ("devon-and-cornwall", date(2021, 3, 1)),
        ("kent", date(2021, 3, 1)),
        ("kent", date(2021, 4, 1)),
        ("kent", date(2021, 3, 1)),
        ("kent", date(2021, 3, 1)),
    ]
    assert [f.kind for f in found] == ["street"] * 3 + ["outcomes", "stop-and-search"]
    assert skipped == {names[5]: "not a data.police.uk file"}


def test_columns_are_read_by_name_in_any_order_and_line_end(tmp_path: Path, street_text) -> None:
    lines = [line.split(",") for line in street_text(ROWS).splitlines()]
    turned = "\r\n".join(",".join(reversed(line)) for line in lines)
    (tmp_path / NAME).write_bytes(b"\xef\xbb\xbf" + turned.encode())
    (month,) = read(tmp_path / NAME)
    assert month.rows == 4
    assert month.counts["lsoa"].null_count == 1


def test_every_territorial_force_has_an_area_and_every_type_a_measure() -> None:
    named = [force for force in forces().values() if force.code]
    assert len(named) == 43
    assert {Area.named(force.code).name for force in named} == {force.name for force in named}
    assert {f.slug for f in forces().values() if not f.code} == {"btp", "northern-ireland"}
    assert len({Measure.named(name).code for name in CRIME_TYPES + FORMER_TYPES}) == 16


def test_the_line_of_an_unknown_type_is_told_with_the_known_ones(
    tmp_path: Path, street_text
) -> None:
    error = fails(tmp_path, street_text([*ROWS, ("2021-03", "E01015693", "Witchcraft")]))
    assert (error.line, error.column) == (6, "Crime type")
    assert "Witchcraft" in error.reason
    assert "Vehicle crime" in error.reason


def test_a_foreign_month_is_told_with_its_line(tmp_path: Path, street_text) -> None:
    error = fails(tmp_path, street_text([*ROWS, ("2021-04", "E01015693", "Burglary")]))
    assert (error.line, error.column) == (6, "Month")


def test_several_faults_make_one_report(tmp_path: Path, street_text) -> None:
    rows = [("2021-13", "E01015693", "Burglary"), ("2021-03", "Luton 001A", "Poaching")]
    error = fails(tmp_path, street_text([*ROWS, *rows]))
    assert error.line == 6
    assert "line 7, column 'LSOA code': 'Luton 001A'" in error.reason
    assert "line 7, column 'Crime type': 'Poaching'" in error.reason


@pytest.mark.parametrize(
    ("old", "new", "line", "column"),
    [
        ("Crime type", "Crime kind", 1, "Crime type"),
        ("Falls within", "Reported by", 1, "Reported by"),
        ("-0.417", "High Street", 2, "Longitude"),
        ("-0.417,51.88", "51.88,-0.417", 2, "Latitude"),
        ("E01015693,Luton 001A", "Luton 001A,E01015693", 2, "LSOA code"),
        ("E01015694", "E0101569", 4, "LSOA code"),
        (",2021-03,", ",,", 2, "Month"),
        (",2021-03,", ",03/2021,", 2, "Month"),
        (",Burglary,", ",,", 2, "Crime type"),
        (",Burglary,", ",", 2, None),
    ],
)
def test_faults_are_told_with_line_and_column(
    tmp_path: Path, street_text, old: str, new: str, line: int, column: str | None
) -> None:
    text = street_text(ROWS)
    assert old in text
    error = fails(tmp_path, text.replace(old, new, 1))
    assert (error.line, error.column) == (line, column)


def test_a_repeated_header_a_cut_line_and_a_wrong_encoding_are_told(
    tmp_path: Path, street_text
) -> None:
    text = street_text(ROWS)
    header, first = text.splitlines(keepends=True)[:2]
    assert fails(tmp_path, text + header).line == 6
    assert "header is repeated" in fails(tmp_path, text + header).reason
    assert fails(tmp_path, text[:-20]).line == 5
    other = (header + first.replace("High", "Зима")).encode("cp1251")
    assert fails(tmp_path, other).line == 2
    assert "UTF-8" in fails(tmp_path, other).reason
    assert fails(tmp_path, (text + header).encode("utf-16")).line == 6
    assert "no rows" in fails(tmp_path, header).reason


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("2021-13-kent-street.csv", "2021-13"),
        ("2021-00-kent-street.csv", "2021-00"),
        ("2099-01-kent-street.csv", "2099-01"),
        ("1999-01-kent-street.csv", "1999-01"),
        ("2021-03-kentt-street.csv", "did you mean kent"),
        ("street.csv", "no street file"),
    ],
)
def test_names_that_can_not_be_are_refused(
    tmp_path: Path, street_text, name: str, reason: str
) -> None:
    assert reason in str(fails(tmp_path, street_text(ROWS), name))


def test_the_same_month_twice_in_one_archive_is_refused(
    tmp_path: Path, write_zip, street_text
) -> None:
    path = write_zip(tmp_path / "a.zip", {f"{f}/{NAME}": street_text(ROWS) for f in "ab"})
    with pytest.raises(SourceError, match=f"a/{NAME} too"):
        read(path)


def test_a_street_file_under_the_name_of_another_force_is_refused(
    tmp_path: Path, street_text
) -> None:
    error = fails(tmp_path, street_text(ROWS).replace("A Police", "Kent Police"))
    assert (error.line, error.column) == (2, "Reported by")
    assert "of another force" in error.reason
