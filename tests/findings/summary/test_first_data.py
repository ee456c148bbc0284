"""First data: level and comparison where nothing is held of the baseline period."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from cspanalysis import Assessment
from cspanalysis.evidence.figures import Rate
from cspanalysis.findings.finding import Change
from cspanalysis.findings.summary.first_data import first_data
from cspanalysis.store import Store, ingest
from cspanalysis.vocabulary import Area, Measure, Period

YEAR = Period.parse("2023")
RATE = Rate(value=2.5, lower=2.3, upper=2.7, per=1000, denominator="residents, mid-2023")
ALONE = Change(
    measure=Measure.named("burglary"),
    area=Area.named("luton"),
    period=YEAR,
    baseline=YEAR.baseline(),
    before=None,
    after=563,
    refused="There are no figures for 2022.",
    rate=RATE,
)


def test_a_period_alone_is_told_by_its_level_and_by_what_is_needed() -> None:
    found = first_data([ALONE], standings={}, needs="the street files of Bedfordshire of 2022")
    assert found is not None
    assert found.lead == "Burglary: 563 were recorded in Luton in 2023, 2.5 per 1,000 residents."
    assert found.needed.endswith(
        "can't be told yet: that needs the street files of Bedfordshire of 2022."
    )
    assert not found.places


def test_the_total_leads_where_there_is_one() -> None:
    total = replace(ALONE, measure=Measure.named("all-crime"), after=1, rate=None)
    found = first_data([ALONE, total], standings={}, needs="")
    assert found is not None
    assert found.level == "1 crime was recorded in Luton in 2023."


def test_an_earlier_count_or_none_at_all_is_no_first_data() -> None:
    assert first_data([ALONE, replace(ALONE, before=3)], standings={}, needs="") is None
    assert first_data([replace(ALONE, after=None)], standings={}, needs="") is None


def _rates_of_similar_councils(shared: Path, table: Path) -> dict[str, float]:
    """Work out the rates of Exeter and of those that ONS names, from the published files alone."""

    def rows(path: Path) -> list[list[str]]:
        return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))

    exeter = "E07000041"
    named = rows(shared / "data/similar_areas/global-neighbours.csv")
    near = next(row for row in named if row[0] == exeter)
    counted = [row for row in rows(table) if len(row) > 6 and row[4] in near]
    residents = {
        row[0]: float(row[3])
        for row in rows(shared / "data/population/mid_2011_to_2023_all_areas.csv")[1:]
        if row[3:4] and row[0]
    }
    councils = [row[5].strip() for row in counted]
    return {  # West Northamptonshire is two partnerships, and Scotland is not in the table
        row[5].strip(): 1000 * int(row[6].replace(",", "")) / residents[row[5].strip()]
        for row in counted
        if councils.count(row[5].strip()) == 1
    }


@pytest.mark.shared_data
def test_a_table_of_one_year_leads_with_level_and_comparison(shared: Path, tmp_path: Path) -> None:
    """The table of ONS gives 13,751 for Exeter, which is set beside the areas most like it."""
    table = shared / "data/home_office/ons_table_c2_csp_year_ending_june_2025.csv"
    ingest([table], into=tmp_path)
    report = Assessment.open("exeter", "12m-to-2025-06", store=Store.open(tmp_path))
    assert report.lead.startswith(
        "13,751 crimes were recorded in Exeter in the 12 months to June 2025. Exeter's rate of all "
        "crime, 100 per 1,000 residents, is between the highest and the lowest of 18 areas"
    )
    assert "The others are those most like Exeter by the statistical nearest" in report.lead
    rates = _rates_of_similar_councils(shared, table)
    assert len(rates) == 18
    above = sum(rate > rates["Exeter"] for rate in rates.values())
    standing = report.standings["all-crime"]
    assert (standing.rank, standing.own.rate.value) == (above + 1, pytest.approx(rates["Exeter"]))
    shown = report.change_tables().text
    assert "needs the figures for 12 months to June 2024 from the same source (ONS," in shown
    assert "[x]" not in shown
    assert "not comparable" not in shown + report.one_page().text
