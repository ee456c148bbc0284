"""Missing is never nought: every marker of a publisher, through every source and every total."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest

from cspanalysis.errors import SourceError
from cspanalysis.sources.figures import discrepancies
from cspanalysis.sources.files import Input
from cspanalysis.sources.recognise import read_figures
from cspanalysis.store import Store, ingest
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.totals import totals
from tests.sources import workbooks

MARKERS = {
    "": "not available",
    "[x]": "not available",
    "[X]": "not available",
    "..": "not available",
    ":": "not available",
    "n/a": "not available",
    "[z]": "not applicable",
    ".": "not applicable",
    "[c]": "suppressed",
    "[low]": "suppressed",
    "*": "suppressed",
}
QUARTERS = (
    "Financial Year,Financial Quarter,Force Name,Offence Description,Offence Group,"
    "Offence Subgroup,Offence Code,Number of Offences"
)
QUARTER = [
    QUARTERS.split(","),
    ["2019/20", "1", "Kent", "Personal", "Robbery", "Robbery of personal property", "34B", "50"],
    ["2019/20", "1", "Kent", "Business", "Robbery", "Robbery of business property", "34A", "10"],
    ["2019/20", "1", "Kent", "Shoplifting", "Theft offences", "Shoplifting", "46", "300"],
    ["2019/20", "1", "Kent", "Cannabis", "Drug offences", "Possession of drugs", "92D", "4"],
    ["2019/20", "1", "Kent", "Other", "Drug offences", "Possession of drugs", "92E", "3"],
    ["2019/20", "1", "Kent", "Dealing", "Drug offences", "Trafficking of drugs", "92A", "2"],
]
ROLLING = [
    ["12 months ending", "PFA", "Region", "Offence", "Rolling year total number of offences"],
    *(
        ["31-03-2019", "Kent", "South East", offence, number]
        for offence, number in (
            ("Robbery", "5"),
            ("Bicycle theft", "6"),
            ("Criminal damage and arson", "7"),
        )
    ),
]
ONS = [
    ["Year ending March 2024", *[""] * 7],
    ["CSP code", "CSP name", "Police force name", "Total recorded crime (excluding fraud)",
     "Robbery", "Arson", "Burglary", "Drug offences"],
    ["", "", "Bedfordshire", "100", "3", "1", "6", "4"],
    ["E22000010", "Luton", "Bedfordshire", "60", "2", "1", "6", "4"],
    ["E22000009", "Bedford", "Bedfordshire", "40", "1", "0", "0", "0"],
]  # fmt: skip


def written(path: Path, rows: list[list[str]]) -> Path:
    if path.suffix == ".csv":
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        path.write_text(text.getvalue())
        return path
    write = workbooks.write_ods if path.suffix == ".ods" else workbooks.write_xlsx
    return write(path, rows)


def read(path: Path) -> pd.DataFrame:
    with Input(path) as source:
        table = read_figures(source.members[0])[1]
    return table.figures


def marked(rows: list[list[str]], at: int, column: int, marker: str) -> list[list[str]]:
    return [
        [marker if (i, j) == (at, column) else cell for j, cell in enumerate(row)]
        for i, row in enumerate(rows)
    ]


@pytest.mark.parametrize(
    ("marker", "status", "kind"),
    [
        *((m, s, "csv") for m, s in MARKERS.items()),
        ("..", MARKERS[".."], "ods"),
        ("", MARKERS[""], "xlsx"),
    ],
)
def test_a_marked_row_of_a_quarter_is_missing_and_so_is_every_total_of_it(
    tmp_path: Path, marker: str, status: str, kind: str
) -> None:
    # In turn: one of a total's two parts, one of a measure's two codes, a whole measure's only row.
    for at, gone in (
        (1, {"robbery-personal", "robbery"}),
        (5, {"drug-possession", "drug-offences"}),
        (3, {"shoplifting", "theft-offences"}),
    ):
        path = written(tmp_path / f"{at}.{kind}", marked(QUARTER, at, 7, marker))
        figures = read(path).set_index("measure")
        assert (figures.loc[sorted(gone), "status"] == status).all(), (at, figures)
        assert figures.loc[sorted(gone), "count"].isna().all()
        given = figures.drop(index=[*gone, "all-crime"])
        assert (given["status"] == "final").all()
        assert given["count"].notna().all()
        assert figures.loc["all-crime", "status"] == status
        assert pd.isna(figures.loc["all-crime", "count"])
    assert figures.loc["robbery", ["count", "note"]].tolist() == [60, "Sum of its parts."]


@pytest.mark.parametrize(("marker", "status"), MARKERS.items())
def test_nothing_counts_nought_where_all_of_a_quarter_is_missing(
    tmp_path: Path, marker: str, status: str
) -> None:
    rows = [*QUARTER, *([*row[:1], "2", *row[2:7], marker] for row in QUARTER[1:5])]
    figures = read(written(tmp_path / "t.csv", rows))
    second = figures[figures["period_start"] == Period.parse("FY2019-Q2").start]
    assert second["count"].isna().all()
    assert set(second["status"]) == {status}
    assert {"drug-trafficking", "robbery", "all-crime"} <= set(second["measure"])


@pytest.mark.parametrize(("marker", "status"), MARKERS.items())
@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_marked_rolling_year_is_missing(
    tmp_path: Path, at: int, marker: str, status: str
) -> None:
    figures = read(written(tmp_path / "t.csv", marked(ROLLING, at, 4, marker)))
    measure = ("robbery", "bicycle-theft", "criminal-damage-and-arson")[at - 1]
    held = figures.set_index("measure")
    assert pd.isna(held.loc[measure, "count"])
    assert held.loc[measure, "status"] == status
    assert held.loc["all-crime", "status"] == status
    assert (
        held.drop(index=[measure, "all-crime", "theft-offences"], errors="ignore")["count"] > 0
    ).all()


@pytest.mark.parametrize(("marker", "status"), MARKERS.items())
def test_a_marked_cell_of_a_table_by_csp_is_missing(
    tmp_path: Path, marker: str, status: str
) -> None:
    path = written(tmp_path / "t.csv", marked(ONS, 3, 3, marker))
    with Input(path) as source:
        table = read_figures(source.members[0])[1]
    held = table.figures.set_index(["area_code", "measure"])
    assert pd.isna(held.loc[("E22000010", "all-crime"), "count"])
    assert held.loc[("E22000010", "all-crime"), "status"] == status
    assert held.loc[("E22000009", "all-crime"), "count"] == 40
    # What is missing is not said to fall short of the force.
    assert not table.remarks


@pytest.mark.parametrize("marker", MARKERS)
@pytest.mark.parametrize("kind", ["partner", "published"])
def test_a_marker_in_a_typed_table_is_refused_with_its_line_or_told_by_its_status(
    tmp_path: Path, marker: str, kind: str
) -> None:
    if kind == "partner":
        header = "measure,area,period,count,value,denominator,status,source,note"
        row = f"Deliberate fires,luton,2023-Q2,{marker},,,final,Fire,"
    else:
        header = "area,measure,period,count,status,note"
        row = f"luton,robbery,2023-Q2,{marker},final,"
    path = tmp_path / "t.csv"
    path.write_text(f"{header}\n{row}\n")
    with pytest.raises(SourceError) as caught:
        read(path)
    assert caught.value.line == 2
    assert caught.value.column == "count"


@pytest.mark.parametrize("total", totals(), ids=lambda total: total.measure)
def test_every_total_waits_for_every_part_that_is_marked(total) -> None:
    period = Period.parse("FY2023-Q1")
    keys = {"period_start": period.start, "period_end": period.end}
    rows = [
        keys
        | {"area_code": f"without {part}", "measure": m, "status": "suppressed"}
        | {"count": None if m == part else 1 if m == total.measure else 5}
        for part in total.parts
        for m in (*total.parts, total.measure)
    ]
    frame = pd.DataFrame(rows).astype({"count": "Int64"})
    assert discrepancies(frame).empty


def test_a_total_given_as_missing_is_not_worked_out_from_its_parts(tmp_path: Path) -> None:
    row = ["2019/20", "1", "Kent", "Total", "Robbery", "Robbery", "", "[c]"]
    rows = [line[:6] + line[7:] for line in [*QUARTER, row]]
    figures = read(written(tmp_path / "t.csv", rows)).set_index("measure")
    assert figures.loc["robbery-personal", "count"] == 50
    assert pd.isna(figures.loc["robbery", "count"])
    assert figures.loc["robbery", "status"] == "suppressed"
    assert pd.isna(figures.loc["all-crime", "count"])


@pytest.mark.shared_data
@pytest.mark.parametrize("name", ["ho_x.csv", "ho_blank.csv"])
def test_quarters_that_a_force_did_not_give_are_missing_in_the_store(
    shared: Path, tmp_path: Path, name: str
) -> None:
    ingest([shared / "cases" / name], into=tmp_path)
    store = Store.open(tmp_path)
    for quarter, missing in (("FY2019-Q1", False), ("FY2019-Q2", True), ("FY2019-Q3", True)):
        area, period = Area.named("greater-manchester-force"), Period.parse(quarter)
        table = store.published(area, period, source="home-office").set_index("measure")
        assert {"robbery", "robbery-personal", "shoplifting"} <= set(table.index)
        held = table.drop(index="all-crime", errors="ignore")
        assert held["count"].isna().all() == missing
        assert set(held["status"]) == {"not available" if missing else "final"}
    assert (table["count"].isna() & (table["status"] == "not available")).all()
