"""The funnel of wards: what it says, and what its table holds, on counts that are shipped."""

from __future__ import annotations

import pytest

from cspanalysis import Assessment
from cspanalysis.blocks.block import TABLES
from cspanalysis.display import funnel_chart
from cspanalysis.findings.places.located import where_of
from cspanalysis.findings.places.ward_funnel import WardFunnel, ward_funnel


@pytest.fixture(scope="module")
def found() -> WardFunnel:
    report = Assessment.open("luton", "2023")
    change = next(c for c in report.changes if c.measure.code == "burglary")
    where = where_of(report.store, change=change)
    funnel = ward_funnel(where) if where else None
    assert funnel is not None
    return funnel


def test_the_words_give_the_rate_of_all_and_who_lies_outside(found: WardFunnel) -> None:
    drawn = funnel_chart(found, source="data.police.uk")
    assert drawn.text.startswith(found.title)
    for _, row in found.outside().iterrows():
        side = "above" if row["position"] == "high" else "below"
        assert f"{row['name']} {row['rate']:.1f} ({side} the limits)" in drawn.text
    inside = int((found.places["position"] == "within").sum())
    assert f"{inside} lie within." in drawn.text
    assert funnel_chart(found, source="data.police.uk").html == drawn.html


def test_the_table_behind_it_holds_each_ward_once_and_none_that_is_kept_back(
    found: WardFunnel,
) -> None:
    (table,) = funnel_chart(found, source="x").records[TABLES]["tables"]
    names = [row["cells"][0] for row in table["rows"]]
    assert sorted(names) == sorted(found.places["name"])
    shown = found.where.wards.dropna(subset=["after"])["name"]
    assert {*names} <= {*shown}
    rates = [row["cells"][2] for row in table["rows"]]
    assert rates == sorted(rates, reverse=True)
