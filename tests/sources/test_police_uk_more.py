# ruff: noqa: E501 - rows of a table

from __future__ import annotations

from pathlib import Path

import pytest

from cspanalysis.errors import SourceError
from cspanalysis.sources.files import Input
from cspanalysis.sources.police_uk_files import force_files
from cspanalysis.sources.police_uk_more import read_counted

OUTCOMES = """\
Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Outcome type
a,2021-06,X,X,-0.4,51.8,On or near A,E01015693,Luton 001A,Suspect charged
b,2021-06,X,X,-0.4,51.8,On or near A,E01015693,Luton 001A,Suspect charged
c,2021-06,X,X,,,No Location,,,Unable to prosecute suspect
"""
SEARCHES = """\
Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,\
Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,\
Outcome linked to object of search,Removal of more than just outer clothing
Person search,2021-06-01T05:40:00+00:00,False,,52.0,-0.4,Male,over 34,A,B,Act,Controlled drugs,Arrest,,
Person search,2021-05-31T23:10:00+00:00,False,,52.0,-0.4,Female,18-24,A,B,Act,Controlled drugs,Arrest,,
Vehicle search,2021-06-30T05:40:00+00:00,False,,,,,,,,Act,,A no further action disposal,,
"""
NAMES = {
    "outcomes": "2021-06-bedfordshire-outcomes.csv",
    "stop-and-search": "2021-06-bedfordshire-stop-and-search.csv",
}


def read(folder: Path, kind: str, text: str):
    path = folder / NAMES[kind]
    path.write_text(text)
    with Input(path) as source:
        (month,) = read_counted(force_files(source)[0])
    return month


def test_outcomes_are_counted_by_lsoa_and_type(tmp_path: Path) -> None:
    month = read(tmp_path, "outcomes", OUTCOMES)
    assert month.rows == 3
    assert sorted(month.counts.to_pylist(), key=str) == [
        {"lsoa": "E01015693", "outcome": "Suspect charged", "count": 2},
        {"lsoa": None, "outcome": "Unable to prosecute suspect", "count": 1},
    ]


def test_searches_are_counted_by_object_and_outcome_and_nothing_of_the_person_is_kept(
    tmp_path: Path,
) -> None:
    month = read(tmp_path, "stop-and-search", SEARCHES)
    arrest = {"object": "Controlled drugs", "outcome": "Arrest"}
    none = {"object": "not stated", "outcome": "A no further action disposal"}
    assert sorted(month.counts.to_pylist(), key=str) == [
        {"longitude": -0.4, "latitude": 52.0} | arrest | {"count": 2},
        {"longitude": None, "latitude": None} | none | {"count": 1},
    ]


@pytest.mark.parametrize(
    ("kind", "old", "new", "line", "column"),
    [
        ("outcomes", "b,2021-06", "b,2021-07", 3, "Month"),
        ("outcomes", "E01015693,Luton 001A", "Luton 001A,E01015693", 2, "LSOA code"),
        ("outcomes", "Unable to prosecute suspect", "Suspect turned to stone", 4, "Outcome type"),
        ("outcomes", "Unable to prosecute suspect", "", 4, "Outcome type"),
        ("outcomes", "Outcome type", "Outcome", 1, "Outcome type"),
        ("outcomes", ",Suspect charged\nb", "\nb", 2, None),
        ("stop-and-search", "2021-06-30T", "2021-07-01T", 4, "Date"),
        ("stop-and-search", "2021-06-30T05:40:00+00:00", "", 4, "Date"),
        ("stop-and-search", "Vehicle search", "Treasure search", 4, "Type"),
        ("stop-and-search", "Type,Date", "Date,Type", 2, "Date"),
        ("stop-and-search", "Latitude,Longitude", "Longitude,Latitude", 2, "Latitude"),
        ("stop-and-search", "52.0,-0.4,Female", "52.0,here,Female", 3, "Longitude"),
    ],
)
def test_faults_are_told_with_line_and_column(
    tmp_path: Path, kind: str, old: str, new: str, line: int, column: str | None
) -> None:
    text = {"outcomes": OUTCOMES, "stop-and-search": SEARCHES}[kind]
    assert old in text
    with pytest.raises(SourceError) as caught:
        read(tmp_path, kind, text.replace(old, new, 1))
    assert (caught.value.line, caught.value.column) == (line, column)
    assert str(tmp_path / NAMES[kind]) in str(caught.value)


@pytest.mark.parametrize("kind", NAMES)
def test_a_file_without_rows_and_a_repeated_header_are_refused(tmp_path: Path, kind: str) -> None:
    text = {"outcomes": OUTCOMES, "stop-and-search": SEARCHES}[kind]
    header = text.splitlines(keepends=True)[0]
    with pytest.raises(SourceError, match="no rows"):
        read(tmp_path, kind, header)
    with pytest.raises(SourceError, match="header is repeated"):
        read(tmp_path, kind, text + header)


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("Thames Valley Police", True),
        ("Metropolitan Police Service", True),
        ("Devon & Cornwall Police", True),
        ("British Transport Police", True),
        ("Bedfordshire Police", False),
        ("Bedfordshire Constabulary", False),
        ("Heddlu", False),
    ],
)
def test_rows_of_another_force_are_refused_with_their_line(
    tmp_path: Path, name: str, refused: bool
) -> None:
    text = OUTCOMES.replace("b,2021-06,X,X", f"b,2021-06,{name},{name}")
    if not refused:
        assert read(tmp_path, "outcomes", text).rows == 3
        return
    with pytest.raises(SourceError, match="of another force than the file's name") as caught:
        read(tmp_path, "outcomes", text)
    assert (caught.value.line, caught.value.column) == (3, "Reported by")
