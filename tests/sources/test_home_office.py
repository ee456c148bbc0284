# ruff: noqa: E501 - rows of a table

from __future__ import annotations

import csv
import gzip
from collections import Counter
from pathlib import Path

import pytest

from cspanalysis.errors import SourceError
from cspanalysis.sources.files import Input
from cspanalysis.sources.home_office import offence_codes, read_home_office
from cspanalysis.sources.tables import read_sheets
from cspanalysis.vocabulary import Area, Measure, Period
from tests.sources.workbooks import write_ods

QUARTERS = "data/home_office/prc-pfa-2017-18_quarterly.csv.gz"
ROLLING = "data/home_office/rec-crime-pfa_2003_2018_rolling_year.csv.gz"
BY_CSP = """\
Financial Year,Financial Quarter,Region,Force Name,CSP Name,ONS Code,Offence Description,\
Offence Group,Offence Subgroup,Offence Code,Offence Count
2022/23,2,East,Bedfordshire,Luton,E22000010,Theft from vehicle,Theft offences,Theft from a vehicle,45,12
2022/23,2,East,Bedfordshire,Luton,E22000010,Arson,Criminal damage and arson,Arson,56B,-1
2022/23,2,East,Bedfordshire,Bedford,E22000009,A new offence,Theft offences,Other theft offences,49Z,3
2022/23,2,East,Bedfordshire,Unassigned,,Arson,Criminal damage and arson,Arson,56B,2
"""


def read(path: Path):
    with Input(path) as source:
        return read_home_office(*read_sheets(source.members[0]))


def rows_of(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8-sig") as file:
        return [{k.strip(): v.strip() for k, v in row.items()} for row in csv.DictReader(file)]


@pytest.mark.shared_data
def test_quarters_by_code_agree_with_a_count_by_hand(shared: Path) -> None:
    figures = read(shared / QUARTERS).figures
    held = figures.set_index(["area_code", "period_start", "measure"])["count"]
    by_group: Counter[tuple[str, str, str]] = Counter()
    for row in rows_of(shared / QUARTERS):
        number = int(row["Number of Offences"].replace(",", ""))
        by_group[row["Force Name"], row["Financial Quarter"], row["Offence Group"]] += number
    names = {
        "Criminal damage and arson", "Drug offences", "Miscellaneous crimes", "Robbery",
        "Possession of weapons offences", "Public order offences", "Sexual offences",
        "Theft offences", "Violence against the person",
    }  # fmt: skip
    for force in ("Thames Valley", "Kent", "Metropolitan Police", "Dyfed-Powys"):
        code = Area.named(f"{force}-force").code
        for quarter in "1234":
            start = Period.parse(f"FY2017-Q{quarter}").start
            counted = {name: by_group[force, quarter, name] for name in names}
            for name, number in counted.items():
                assert held[code, start, Measure.named(name).code] == number, (force, name)
            assert held[code, start, "all-crime"] == sum(counted.values())


@pytest.mark.shared_data
def test_the_four_quarters_are_the_rolling_year(shared: Path) -> None:
    """Two tables of one publisher and time, read two ways, tell the same."""
    quarters, rolling = read(shared / QUARTERS).figures, read(shared / ROLLING).figures
    by_quarter = quarters.groupby(["area_code", "measure"])["count"].sum()
    year = rolling[rolling["period_end"] == Period.parse("FY2017").end]
    by_year = year.set_index(["area_code", "measure"])["count"]
    both = by_year.index.intersection(by_quarter.index)
    assert len(both) > 900
    gap = (by_year[both] - by_quarter[both]).abs()
    assert (gap == 0).mean() > 0.85  # the rest was revised between the two publications
    share = (gap / by_year[both]).xs("all-crime", level="measure")
    assert (share <= 0.03).all()


@pytest.mark.shared_data
def test_rolling_years_are_kept_and_the_misprinted_december_among_them(shared: Path) -> None:
    table = read(shared / ROLLING)
    figures = table.figures.set_index(["area_code", "period_end", "measure"])["count"]
    valley = Area.named("thames-valley-force").code
    counted = {
        (row["12 months ending"], row["Offence"]): int(row["Rolling year total number of offences"])
        for row in rows_of(shared / ROLLING)
        if row["PFA"] == "Thames Valley"
    }
    december = Period.parse("2017").end
    assert figures[valley, december, "robbery"] == counted["30-12-2017", "Robbery"]
    march = Period.parse("FY2016").end
    assert figures[valley, march, "burglary"] == 4948 + 7059
    assert (valley, march, "residential-burglary") not in figures.index
    assert set(table.left_out) == {
        "Action Fraud",
        "British Transport Police",
        "CIFAS",
        "UK Finance",
    }


def test_a_table_by_csp_counts_noughts_negatives_and_codes_that_are_new(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(BY_CSP)
    table = read(tmp_path / "t.csv")
    held = table.figures.set_index(["area_code", "measure"])["count"]
    assert held["E22000010", "theft-from-vehicle"] == 12
    assert held["E22000010", "arson"] == -1
    assert held["E22000010", "other-theft"] == 0
    assert held["E22000009", "other-theft"] == 3
    assert list(table.left_out) == ["no name"]
    assert set(table.figures["period_start"]) == {Period.parse("FY2022-Q2").start}


def test_the_tables_by_csp_of_today_are_read_by_name_alone(tmp_path: Path) -> None:
    """Nine columns, no code of an area, numbers as numbers, names as the Home Office writes them."""
    head = [
        "Financial Year", "Financial Quarter", "Police Force", "CSP Name", "Offence Description",
        "Offence Group", "Offence Subgroup", "Offence Code", "Offence Count",
    ]  # fmt: skip
    shop = ("Shoplifting", "Theft offences", "Shoplifting", "46")
    arson = ("Arson endangering life", "Criminal damage and arson", "Arson", "56A")
    rows = [
        ["2024/25", 1, "Norfolk", "Kings Lynn and West Norfolk", *shop, 1204],
        ["2024/25", 1, "Norfolk", "Kings Lynn and West Norfolk", *arson, 3],
        ["2024/25", 2, "Norfolk", "Kings Lynn and West Norfolk", *shop, 1100],
        ["2024/25", 1, "London, City of", "London, City of", *shop, 310],
        ["2024/25", 1, "Devon and Cornwall", "Northern Devon", *arson, -1],
        ["2024/25", 1, "Devon and Cornwall", "Unassigned", *arson, 2],
    ]
    table = read(write_ods(tmp_path / "prc-csp-2024-25.ods", [head, *rows], title="2024-25"))
    held = table.figures.set_index(["area_code", "period_start", "measure"])["count"]
    first, second = (Period.parse(f"FY2024-Q{n}").start for n in (1, 2))
    lynn, city, devon = (
        Area.named(n).code for n in ("king's-lynn", "city-of-london", "north-devon")
    )
    assert held[lynn, first, "shoplifting"] == 1204
    assert held[lynn, first, "arson"] == 3
    assert held[lynn, second, "shoplifting"] == 1100
    assert held[lynn, second, "arson"] == 0  # a table by code leaves noughts out
    assert held[city, first, "shoplifting"] == 310
    assert held[devon, first, "arson"] == -1
    assert list(table.left_out) == ["Unassigned"]


def test_every_code_has_a_measure_and_its_subgroup_is_one_or_splits() -> None:
    codes = offence_codes()
    assert len(codes) == 132
    assert {measure for measure, _ in codes.values()} == {
        Measure.named(measure).code for measure, _ in codes.values()
    }
    assert codes["8Q"][0] == "stalking-and-harassment"


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("45,12", "45,twelve", 2, "not a whole number"),
        ("45,12", "45", 2, "holds 10 values and the header 11"),
        ("2022/23,2,East,Bedfordshire,Luton", "2022/24,2,East,Bedfordshire,Luton", 2, "2022/24 2"),
        ("Other theft offences,49Z", "Sorcery,49Z", 4, "Sorcery"),
        (",Offence Count", ",Financial Year", 1, "no open data table"),
        ("Bedford,E22000009,A new offence,Theft offences,Other theft offences,49Z,3",
         "Luton,E22000010,Arson,Criminal damage and arson,Arson,56B,4", 4, "line 3 too"),
    ],
)  # fmt: skip
def test_faults_are_told_with_their_line(
    tmp_path: Path, old: str, new: str, line: int, reason: str
) -> None:
    assert old in BY_CSP
    (tmp_path / "t.csv").write_text(BY_CSP.replace(old, new, 1))
    with pytest.raises(SourceError) as caught:
        read(tmp_path / "t.csv")
    assert reason in str(caught.value)
    assert caught.value.line in {line, None}
