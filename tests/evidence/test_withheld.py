"""A ward's report in a public edition keeps back what its partnership's profile keeps back."""

from __future__ import annotations

import json

import pytest

from cspanalysis import Assessment, PriorityProfile
from cspanalysis.reports.sections.record import figures as recorded_figures

QUARTER = "2023-10..2023-12"
POETS = "E05014747"


@pytest.fixture(scope="module")
def poets() -> Assessment:
    return Assessment.open(POETS, QUARTER)


@pytest.fixture(scope="module")
def told() -> Assessment:
    return Assessment.open(POETS, QUARTER, edition="sensitive")


def test_small_counts_of_a_ward_are_in_no_table_sentence_or_figure(
    poets: Assessment, told: Assessment
) -> None:
    small = {c.measure.code for c in told.changes if 0 < (c.after or 0) < 5}
    assert small == {"drug-offences", "other-crime"}
    for change in poets.changes:
        if change.measure.code in small:
            assert change.after is None
            assert change.rate is None
            assert change.verdict is None
    table = poets.change_tables()
    line = next(row for row in table.text.splitlines() if row.startswith("Drug offences"))
    assert line.split()[2:6] == ["[c]", "[c]", "[z]", "[z]"]
    assert "[c] kept back" in table.text
    assert "[c]" in json.dumps(table.records)
    figures = {figure.id: figure for figure in recorded_figures(poets.facts)}
    assert figures["change.drug-offences.count"].value is None
    assert figures["change.drug-offences.count"].text == "[c]"
    assert poets.values["change.drug-offences.count"].text == "suppressed"
    assert "change.drug-offences.rate" not in figures


def test_months_of_a_ward_are_shown_where_none_is_small(
    poets: Assessment, told: Assessment
) -> None:
    assert poets.monthly is not None
    assert told.monthly is not None
    assert list(poets.monthly) == ["all-crime"]
    assert len(told.monthly.columns) > 10
    assert [trend.measure.code for trend in poets.trends] == ["all-crime"]


def test_profile_and_ward_report_hide_the_same(poets: Assessment) -> None:
    where = PriorityProfile.open("luton", QUARTER, priority="drug-offences").where_found
    assert where is not None
    assert where.suppressed
    own = next(c for c in poets.changes if c.measure.code == "drug-offences")
    shown = where.wards.loc[POETS, ["before", "after"]].isna()
    assert shown.tolist() == [own.before is None, own.after is None]
