"""Ten years of an official table: years that are joined, and those that recording keeps apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from cspanalysis import Assessment
from cspanalysis.blocks.block import TO_DO
from cspanalysis.findings.changes.long_view import long_view
from cspanalysis.store import Store, ingest
from cspanalysis.vocabulary import Area, Period


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Rolling years of Bedfordshire to December, 2012 to 2018: so many robberies and rest."""
    folder = tmp_path_factory.mktemp("years")
    lines = ["12 months ending,PFA,Region,Offence,Rolling year total number of offences"]
    for year in range(2012, 2019):
        for offence, count in (("Robbery", year), ("Violence with injury", 2 * year)):
            lines.append(f"31-12-{year},Bedfordshire,East,{offence},{count}")
    (folder / "years.csv").write_text("\n".join(lines) + "\n")
    ingest([folder / "years.csv"], into=folder / "store")
    return Store.open(folder / "store")


def test_no_line_is_drawn_across_a_change_in_recording(store: Store) -> None:
    """Violence was recorded otherwise from November 2014 on, so 2014 stands alone."""
    found = long_view(store, Area.named("bedfordshire-force"), Period.parse("2018"))
    assert found is not None
    assert [str(year) for year in found.years] == [str(y) for y in range(2012, 2019)]
    lines = {line.measure.code: line for line in found.lines}
    assert lines["robbery"].counts == tuple(range(2012, 2019))
    assert lines["robbery"].stretches == [[0, 1, 2, 3, 4, 5, 6]]
    assert lines["violence-with-injury"].stretches == [[0, 1], [2], [3, 4, 5, 6]]
    assert [(str(b.start), [m.code for m in measures]) for b, measures in found.breaks] == [
        ("2014-11-18", ["violence-with-injury"])
    ]


def test_a_partnership_without_years_of_its_own_sees_those_of_its_force(store: Store) -> None:
    shown = Assessment.open("luton", "2018", store=store).long_view()
    assert "The tables hold no years of Luton itself." in shown.text
    assert "Years of robbery in Bedfordshire: 2,012 2012, 2,013 2013" in shown.text
    assert "Source: Home Office police recorded crime open data tables, December 2018" in shown.text
    assert "Inspections published in November 2014" in shown.text


def test_years_that_end_long_before_the_period_are_no_long_view_of_it(store: Store) -> None:
    assert long_view(store, Area.named("luton"), Period.parse("2023")) is None
    shown = Assessment.open("luton", "2023", store=store).long_view()
    assert shown.text == ""
    told = shown.records[TO_DO]["items"][0]["lacks"]
    assert told.startswith("No table of ONS or the Home Office holds five years that reach to")
    assert "rolling years" in shown.records[TO_DO]["items"][0]["do"]


def test_a_ward_has_no_long_view(tmp_path: Path) -> None:
    report = Assessment.open("E05015253", "2023", store=Store.open(tmp_path))
    assert report.long_view().text == "Official tables hold no years of so small an area."
