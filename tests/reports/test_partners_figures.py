"""What partners gave, in the report of an area: tested, told apart by period, never denied."""

from __future__ import annotations

from pathlib import Path

import pytest

from cspanalysis import Assessment
from cspanalysis.reports.sections.gaps import gaps
from cspanalysis.sources.indicators import COLUMNS
from cspanalysis.store import Store, ingest

ROWS = (
    "marac-cases,luton,2022,310,,,final,MARAC coordinator,",
    "marac-cases,luton,2023,502,,,final,MARAC coordinator,",
    "homelessness-relief-duties,luton-lad,2022-Q4,183,,,final,The council,",
    "homelessness-relief-duties,luton-lad,2023-Q4,298,,,final,The council,",
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    """Luton in 2023, with figures of the coordinator and of the council."""
    folder = tmp_path_factory.mktemp("partners")
    file = folder / "partner.csv"
    file.write_text("\n".join(["# vintage: 2024-02", ",".join(COLUMNS), *ROWS]) + "\n")
    ingest([file], into=folder / "store")
    shipped = Path(__file__).parents[2] / "data" / "counts"
    return Assessment.open("luton", "2023", store=Store.open(shipped, folder / "store"))


def test_partners_measures_are_tested_where_two_periods_are_held(report: Assessment) -> None:
    (marac,) = report.partner_changes
    assert (marac.measure.code, marac.before, marac.after) == ("marac-cases", 310, 502)
    assert "change.marac-cases.count" in report.values


def test_a_councils_last_quarter_stands_with_its_period(report: Assessment) -> None:
    shown = report.change_tables().text
    assert "One figure from partners, October to December 2023" in shown
    assert "183 (October to December 2022)" in shown


def test_a_recorded_gap_says_what_is_held_by_now(report: Assessment) -> None:
    """The example's file lists MARAC cases as not known; the coordinator has given them since."""
    listed = gaps(report.facts).text
    assert (
        "- Domestic abuse: cases heard at MARAC and how many come back. Held by now for 2023: "
        "cases heard at MARAC."
    ) in listed
    assert "Burglary: homes are not told apart from shops in these figures.\n" in listed
