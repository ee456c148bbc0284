"""Partners' own tables, read by mappings: real files, and layouts made by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from cspanalysis.errors import SourceError
from cspanalysis.sources.files import Input
from cspanalysis.sources.mapped import read_mapped
from cspanalysis.sources.recognise import read_figures
from cspanalysis.sources.tables import Sheet
from cspanalysis.sources.workbooks import _filled
from cspanalysis.vocabulary.mapping import mappings_of, read_mapping

Read = Callable[..., pd.DataFrame]
LUTON = "E06000032"


def _figures(path: Path) -> pd.DataFrame:
    with Input(path) as source:
        kind, table = read_figures(source.members[0])
    assert kind == "partner"
    return table.figures


def _of(figures: pd.DataFrame, area: str, measure: str) -> dict[str, object]:
    rows = figures[(figures["area_code"] == area) & (figures["measure"] == measure)]
    held = rows["count"].astype(object).fillna(rows["value"].astype(object))
    return dict(zip(rows["period_start"].astype(str), held, strict=True))


def _sheets(path: Path, *names: str) -> list[Sheet]:
    """Read some sheets of a large workbook as `read_sheets` reads all of them."""
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    found = [name for name in book.sheetnames if name.split(" ")[0] in names]
    return [
        Sheet(f"{path.name}, sheet '{name}'", _filled(book[name].iter_rows(max_col=12)))
        for name in found
    ]


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("file", "start", "prevention", "relief", "temporary"),
    [
        ("DetailedLA_201812.xlsx", "2018-10-01", 148, 183, 1290),
        ("Detailed_LA_202312.xlsx", "2023-10-01", 155, 298, 1027),
        (
            "Statutory_Homelessness_Detailed_Local_Authority_Data_202506.xlsx",
            *("2025-04-01", 366, 114, 1019),
        ),
    ],
)
def test_three_layouts_of_homelessness_go_by_one_mapping(
    shared: Path, file: str, start: str, prevention: int, relief: int, temporary: int
) -> None:
    (mapping,) = mappings_of(file)
    path = shared / "data/partners" / file
    figures = read_mapped(_sheets(path, "A1", "TA1"), "", mapping, name=file).figures
    assert _of(figures, LUTON, "homelessness-prevention-duties") == {start: prevention}
    assert _of(figures, LUTON, "homelessness-relief-duties") == {start: relief}
    assert _of(figures, LUTON, "temporary-accommodation") == {start: temporary}
    absent = figures[figures["count"].isna()]
    assert len(absent)
    assert set(absent["status"]) == {"not available"}


@pytest.mark.shared_data
def test_years_in_the_header_each_are_a_period(shared: Path) -> None:
    figures = _figures(shared / "data/partners/Rough_sleeping.xlsx")
    years = _of(figures, "E06000014", "rough-sleeping")
    assert list(years.items())[:3] == [("2010-01-01", 2), ("2011-01-01", 2), ("2012-01-01", 8)]
    assert len(years) == 13


@pytest.mark.shared_data
def test_rows_of_one_figure_go_by_where(shared: Path) -> None:
    figures = _figures(shared / "data/partners/children_offending.csv")
    bromley = _of(figures, "E09000006", "children-cautioned-or-sentenced")
    rate = _of(figures, "E09000006", "children-cautioned-or-sentenced-rate")
    assert (bromley["2014-04-01"], rate["2014-04-01"]) == (204, 69)
    fingertips = _figures(shared / "data/partners/fingertips-district-data.csv")
    admissions = _of(fingertips, "E07000084", "alcohol-related-admissions")
    assert admissions["2023-04-01"] == pytest.approx(382.2578, abs=1e-3)


MAPPING = """
source: A council
file: cases*.csv
missing: {"-": suppressed}
marks: [r]
declares:
  - {code: refuge-referrals, label: Referrals to refuges}
tables:
  - area: {name: Council}
    period: {column: Quarter}
    measures:
      - {measure: marac-cases, count: Cases}
      - {measure: refuge-referrals, value: Share}
"""


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read a CSV by a mapping, both given as text."""

    def of(text: str, mapping: str = MAPPING) -> pd.DataFrame:
        (tmp_path / "m.yml").write_text(mapping, encoding="utf-8")
        rows = [(n, line.split(";")) for n, line in enumerate(text.splitlines(), 1) if line]
        held = read_mapping(tmp_path / "m.yml")
        return read_mapped([Sheet("cases.csv", rows)], "", held, name="cases.csv").figures

    return of


def test_names_notes_and_markers(read: Read) -> None:
    text = "Cases by quarter;;;\nCouncil;Quarter;Cases1,2;Share\n"
    text += "Luton;Q1 2022/23;1,204 [note 3];27%\nLuton;Q2 2022/23;-;\nTotal;Q1 2022/23;9;9\n"
    mapping = MAPPING.replace("refuge-referrals, value", "proven-reoffenders, value")
    found = read(text, mapping)
    cases = found[found["measure"] == "marac-cases"]
    assert cases["count"].tolist() == [1204, pd.NA]
    assert cases["status"].tolist() == ["final", "suppressed"]
    assert cases["period_start"].astype(str).tolist() == ["2022-04-01", "2022-07-01"]
    share = found[found["measure"] == "proven-reoffenders"].iloc[0]
    assert (share["value"], share["note"]) == (27, "A percentage.")


def test_a_header_of_two_lines_with_periods_above(read: Read) -> None:
    text = ";2022/23;;2023/24;\nCouncil;Cases;Repeats;Cases;Repeats\nLuton;10;2;12;3\n"
    mapping = """
source: A council
file: x
tables:
  - header: 1-2
    area: {name: Council}
    measures: [{measure: marac-cases, count: "{period} Cases"}]
"""
    assert _of(read(text, mapping), LUTON, "marac-cases") == {"2022-04-01": 10, "2023-04-01": 12}


def test_events_are_counted_and_none_of_them_meant_is_nought(read: Read) -> None:
    text = "date;district;severity\n05/01/2023;E06000032;1\n09/02/2023;E06000032;3\n"
    text += "11/05/2023;E06000032;3\n11/05/2023;E06000055;2\n"
    mapping = """
source: Department for Transport
file: x
tables:
  - area: {code: district}
    period: {column: date, each: quarter}
    measures: [{measure: road-casualties-serious, rows: yes, where: {severity: ["1", "2"]}}]
"""
    found = read(text, mapping)
    luton = _of(found, LUTON, "road-casualties-serious")
    assert luton == {"2023-01-01": 1, "2023-04-01": 0}
    assert _of(found, "E06000055", "road-casualties-serious") == {"2023-04-01": 1}


@pytest.mark.parametrize(
    ("text", "mapping", "said"),
    [
        ("Council;Quarter;Cases;Share\nLuton;Q1 2022/23;x;1\n", MAPPING, "line 2, column 'Cases'"),
        ("Council;Quarter;Cases;Share\nLuton;Q1 2022/23;27%;1\n", MAPPING, "map the column as"),
        ("Council;Quarter;Cases;Share\nLuton;soon;1;1\n", MAPPING, "no period in 'soon'"),
        ("Council;Quarter;Cases a;Cases b;Share\nLuton;2023;1;1;1\n", MAPPING, "of 2 columns"),
        ("Council;Quarter;Share\nLuton;2023;1\n", MAPPING, "no header says 'Cases'"),
        ("Town;Quarter;Share\nLuton;2023;1\n", MAPPING, "says 'Council'"),
        ("Council;Quarter;Cases;Share\nLuton;2011-12;1;1\n", MAPPING, "may be a month or a fin"),
    ],
)
def test_what_is_not_as_the_mapping_says_is_told(
    read: Read, text: str, mapping: str, said: str
) -> None:
    with pytest.raises(SourceError, match=said):
        read(text, mapping)


def test_what_is_left_out_is_counted_by_names_not_as_rows() -> None:
    from cspanalysis.sources.figures import remarks_on

    off = pd.DataFrame({"measure": []})
    names = {"Kent County": "of no area that is known here"}
    assert remarks_on(off, names) == (
        "rows of 1 name left out, of no area that is known here: Kent County",
    )


def test_what_a_mapped_workbook_hides_is_read_and_said(tmp_path: Path) -> None:
    mapping = MAPPING.replace("- area:", "- sheet: Cases\n    area:")
    mapping = mapping.replace("refuge-referrals, value", "proven-reoffenders, value")
    (tmp_path / "m.yml").write_text(mapping, encoding="utf-8")
    rows = [(1, ["Council", "Quarter", "Cases", "Share"]), (2, ["Luton", "Q1 2022/23", "4", "1"])]
    sheet = Sheet("cases.xlsx, sheet 'Cases'", rows, hidden=1, unseen=True)
    table = read_mapped([sheet], "", read_mapping(tmp_path / "m.yml"), name="cases.xlsx")
    assert len(table.figures) == 2
    assert table.remarks == (
        "cases.xlsx, sheet 'Cases': the workbook hides this sheet; it was read",
        "cases.xlsx, sheet 'Cases': 1 hidden row read as well",
    )
