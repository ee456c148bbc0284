from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspanalysis.errors import SourceError
from cspanalysis.sources.files import Input
from cspanalysis.sources.published import read_published

HEADER = "area,measure,period,count,status,note\n"
TABLE = (
    "# source: A report, 2020\n# licence: OGL v3.0\n# vintage: 2020-03\n"
    "area,measure,period,count,status,note,percent_change\n"
    'Wokingham,All crime,2019,"7,504",final,,\n'
    "E22000291,theft-from-vehicle,2019-01..2019-12,534,provisional,a note,\n"
    "wokingham,ASB (TVP),2019,,to be confirmed,,\n"
    "thames-valley-force,robbery,2019,,final,,-5.5\n"
)


def read(path: Path, text: str):
    path.write_text(text, encoding="utf-8")
    with Input(path) as source:
        return read_published(source.members[0])


def fails(path: Path, text: str) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read(path, text)
    assert caught.value.file == str(path)
    return caught.value


def test_a_table_is_read_in_its_order_whatever_names_it_uses(tmp_path: Path) -> None:
    from cspanalysis.vocabulary import Area

    wokingham = Area.named("wokingham").code
    table = read(tmp_path / "t.csv", TABLE.replace("E22000291", wokingham))
    assert (table.licence, table.vintage) == ("OGL v3.0", "2020-03")
    figures = table.figures
    assert list(figures["measure"]) == [
        "all-crime", "theft-from-vehicle", "anti-social-behaviour", "robbery",
    ]  # fmt: skip
    assert list(figures["area_code"]) == [wokingham] * 3 + ["E23000029"]
    assert figures["count"].fillna(-1).tolist() == [7504, 534, -1, -1]
    assert figures["percent_change"].fillna(0).tolist() == [0, 0, 0, -5.5]
    assert list(figures["line"]) == [5, 6, 7, 8]
    assert set(figures["period_start"]) == {date(2019, 1, 1)}
    assert set(figures["source"]) == {"A report, 2020"}


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("wycombe,robbery,2019,1e3,final,", "count", "without exponent"),
        ("wycombe,robbery,2019,-4,final,", "count", "0 or more"),
        ("wycombe,robbery,2019,4.5,final,", "count", "whole number"),
        ('wycombe,robbery,2019,"1,23",final,', "count", "1,234"),
        ("wycombe,robbery,2019,twelve,final,", "count", "twelve"),
        ("wycombe,robbery,2019,,final,", "count", "to be confirmed"),
        ("wycombe,robbery,2019,4,finished,", "status", "'provisional'"),
        ("wycombe,robbery,2019,4,,", "status", "'provisional'"),
        ("wycomb,robbery,2019,4,final,", "area", "wycombe"),
        (",robbery,2019,4,final,", "area", "missing"),
        ("wycombe,robery,2019,4,final,", "measure", "robbery"),
        ("wycombe,robbery,2017-13,4,final,", "period", "month 13"),
        ("wycombe,robbery,2019,4", None, "4 values and the header 6"),
        ("area,measure,period,count,status,note", None, "header is repeated"),
        ('wycombe,robbery,2019,"4,final,', None, "unexpected end of data"),
    ],
)
def test_faults_are_told_with_line_and_column(
    tmp_path: Path, row: str, column: str | None, reason: str
) -> None:
    text = f"# source: A report\n{HEADER}wycombe,burglary,2019,4,final,\n{row}\n"
    error = fails(tmp_path / "t.csv", text)
    assert (error.line, error.column) == (4, column)
    assert reason in error.reason


def test_all_faults_of_a_table_come_in_one_report(tmp_path: Path) -> None:
    rows = "wycombe,robbery,2019,x,final,\nwycombe,burglary,2019,y,done,\n"
    error = fails(tmp_path / "t.csv", HEADER + rows)
    assert error.line == 2
    assert "line 3, column 'count': 'y'" in error.reason
    assert "line 3, column 'status': 'done'" in error.reason


def test_a_figure_that_is_there_twice_is_told_with_both_lines(tmp_path: Path) -> None:
    rows = "wycombe,ASB,2019,4,final,\nluton,ASB,2019,4,final,\nWycombe,ASB (TVP),2019,5,final,\n"
    error = fails(tmp_path / "t.csv", HEADER + rows)
    assert error.line == 4
    assert "line 2 too" in error.reason


@pytest.mark.parametrize(
    ("header", "column"),
    [
        (HEADER.replace("status,", ""), "status"),
        (HEADER.replace("note", "notes"), "notes"),
        (HEADER.replace("note", "area"), "area"),
    ],
)
def test_the_header_is_checked(tmp_path: Path, header: str, column: str) -> None:
    error = fails(tmp_path / "t.csv", header + "wycombe,robbery,2019,4,final,\n")
    assert (error.line, error.column) == (1, column)


@pytest.mark.parametrize("text", ["# only: comments\n", HEADER, "\n\n"])
def test_a_file_without_rows_is_refused(tmp_path: Path, text: str) -> None:
    fails(tmp_path / "t.csv", text)


@given(st.integers(0, 10**9), st.booleans())
def test_any_whole_number_is_read_with_or_without_separators(
    tmp_path_factory: pytest.TempPathFactory, number: int, separated: bool
) -> None:
    written = f'"{number:,}"' if separated else str(number)
    row = f"wycombe,robbery,2019,{written},final,\n"
    table = read(tmp_path_factory.mktemp("t") / "t.csv", HEADER + row)
    assert table.figures["count"].tolist() == [number]


def test_a_file_of_another_kind_is_told_as_such_and_not_by_its_first_words(tmp_path: Path) -> None:
    error = fails(tmp_path / "a.md", "A readme, with words of its own\n")
    assert (error.line, error.column) == (1, None)
    assert error.reason.startswith("no table that is known begins like this; docs/sources.md")


PLAIN = HEADER + "luton,robbery,2023-04,12,final,the board’s – words\n"


@pytest.mark.parametrize(
    "text",
    [
        PLAIN.replace("2023-04", "2023\N{NON-BREAKING HYPHEN}04\N{NO-BREAK SPACE}"),
        PLAIN.replace(",12,", ",\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT TWO},"),
        PLAIN.replace("robbery", "• Robbery\N{ZERO WIDTH SPACE}"),
        PLAIN.replace("area,measure", "Area\N{NO-BREAK SPACE},Measure"),
        PLAIN.replace("final", "Final"),
        PLAIN.replace("2023-04", "30/04/2023"),
        PLAIN.replace(",12,", ",12.0,"),
        "sep=,\n" + PLAIN,
        "\n,,,,,\n" + PLAIN,
        "".join(f"{line},,\n" for line in PLAIN.splitlines()) + ",,,,,,,\n",
    ],
)
def test_what_word_and_excel_make_of_a_table_is_read_as_it_is_meant(
    tmp_path: Path, text: str
) -> None:
    row = read(tmp_path / "t.csv", text).figures.iloc[0]
    assert (row["area_code"], row["measure"], row["count"]) == ("E22000010", "robbery", 12)
    assert (row["period_start"], row["period_end"]) == (date(2023, 4, 1), date(2023, 4, 30))
    assert row["note"] == "the board’s – words"


def test_a_character_that_no_number_has_is_named_with_its_place(tmp_path: Path) -> None:
    error = fails(tmp_path / "t.csv", PLAIN.replace(",12,", ",12³,"))
    assert (error.line, error.column) == (2, "count")
    assert "it holds '³' (U+00B3, superscript three)" in error.reason


def test_a_compressed_table_is_read(tmp_path: Path) -> None:
    import gzip

    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(PLAIN.encode()))
    with Input(tmp_path / "t.csv.gz") as source:
        assert read_published(source.members[0]).figures["count"].tolist() == [12]


def test_a_count_of_a_time_to_come_is_refused(tmp_path: Path) -> None:
    error = fails(tmp_path / "t.csv", PLAIN.replace("2023-04", "2132-04"))
    assert (error.line, error.column) == (2, "period")
    assert "April 2132 has not begun" in error.reason
