"""Partnerships whose crimes stand under "Unassigned" are left out, not read as a collapse."""

from __future__ import annotations

from pathlib import Path

from cspanalysis.sources.files import Input
from cspanalysis.sources.home_office import read_home_office
from cspanalysis.sources.ons import read_ons
from cspanalysis.sources.tables import read_sheets

KENT = (
    ("E22000137", "Ashford", 90),
    ("E22000138", "Canterbury", 14_600),
    ("E22000140", "Dover", 40),
    ("E22000142", "Maidstone", 14_700),
    ("E22000143", "Medway", 27_300),
)


def test_a_table_of_ons_leaves_them_out_and_names_them(tmp_path: Path) -> None:
    """Ashford's 90 crimes and Dover's 40 stand beside 51,000 that belong to no partnership."""
    path = tmp_path / "ons.csv"
    columns = "Total recorded crime (excluding fraud),Robbery,Arson,Burglary"
    rows = "".join(f"{code},{name},E23000032,Kent,{count},1,2,3\n" for code, name, count in KENT)
    path.write_text(
        f"Year ending June 2025,\nCSP code,CSP name,PFA code,PFA,{columns}\n"
        f",,E23000032,Kent,107730,5,10,15\n{rows},Unassigned Kent,E23000032,Kent,51000,0,0,0\n"
    )
    with Input(path) as source:
        table = read_ons(*read_sheets(source.members[0]))
    held = set(table.figures["area_code"])
    assert held == {"E23000032", "E22000138", "E22000142", "E22000143"}
    assert table.left_out["Ashford"] == "its crimes stand under Unassigned"
    assert any("its crimes stand under Unassigned: Ashford, Dover" in r for r in table.remarks)
    assert not any(remark.startswith("Kent: its partnerships") for remark in table.remarks)


def test_a_small_partnership_beside_few_unassigned_crimes_stays(tmp_path: Path) -> None:
    path = tmp_path / "ons.csv"
    columns = "Total recorded crime (excluding fraud),Robbery,Arson,Burglary"
    rows = "".join(f"{code},{name},E23000032,Kent,{count},1,2,3\n" for code, name, count in KENT)
    path.write_text(
        f"Year ending June 2025,\nCSP code,CSP name,PFA code,PFA,{columns}\n"
        f"{rows},Unassigned Kent,E23000032,Kent,2000,0,0,0\n"
    )
    with Input(path) as source:
        table = read_ons(*read_sheets(source.members[0]))
    assert len(set(table.figures["area_code"])) == len(KENT)


def test_an_open_data_table_leaves_them_out_from_the_quarter_on(tmp_path: Path) -> None:
    """Before April 2024 Ashford has its own 2,400; after it 10, and 9,000 are not assigned."""
    path = tmp_path / "csp.csv"
    lines = ["Financial Year,Financial Quarter,Police Force,CSP Name,Offence Code,Offence Count"]
    for year, ashford, unassigned in (("2023/24", 2400, 20), ("2024/25", 10, 9000)):
        counts = {"Ashford": ashford, "Canterbury": 3600, "Maidstone": 3700, "Medway": 6800}
        for name, count in (counts | {"Unassigned Kent": unassigned}).items():
            lines.append(f"{year},1,Kent,{name},8N,{count}")
    path.write_text("\n".join(lines) + "\n")
    with Input(path) as source:
        table = read_home_office(*read_sheets(source.members[0]))
    ashford = table.figures[table.figures["area_code"] == "E22000137"]
    assert {start.isoformat() for start in ashford["period_start"]} == {"2023-04-01"}
    assert table.left_out["Ashford from 2024-04-01"] == "its crimes stand under Unassigned"
