"""Wards by rate and size: worked on a few made wards, and on the counts that are shipped."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from cspanalysis import Assessment
from cspanalysis.findings.places.located import where_of
from cspanalysis.findings.places.ward_funnel import ward_funnel
from cspanalysis.findings.places.where import Where
from cspanalysis.methods import funnel


@pytest.fixture(scope="module")
def burglary() -> Where:
    report = Assessment.open("luton", "2023")
    change = next(c for c in report.changes if c.measure.code == "burglary")
    found = where_of(report.store, change=change)
    assert found is not None
    return found


def test_wards_are_judged_by_the_counts_that_are_told(burglary: Where) -> None:
    found = ward_funnel(burglary)
    assert found is not None
    told = burglary.wards["after"].dropna().astype(float)
    size = burglary.places.groupby("ward")["denominator"].sum()[told.index].astype(float)
    judged = funnel(told, size)["position"]
    assert found.places["position"].to_dict() == judged.to_dict()
    assert found.title == (
        "Central is above and Saints and Biscot are below the limits for their size"
    )
    assert next(iter(found.outside()["name"])) == "Central"
    assert found.curves["centre"].iloc[0] == pytest.approx(1000 * told.sum() / size.sum())
    assert found.curves["size"].max() > found.places["size"].max()


def test_wards_kept_back_take_no_part(burglary: Where) -> None:
    fullest = burglary.wards.index[0]
    hidden = replace(burglary, kept_back=frozenset({(str(fullest), "after")}))
    found = ward_funnel(hidden)
    assert found is not None
    assert fullest not in found.places.index
    assert len(found.places) == hidden.wards["after"].notna().sum()


def test_few_wards_or_none_of_known_size_have_no_funnel(burglary: Where) -> None:
    few = burglary.wards.index[:7]
    assert ward_funnel(replace(burglary, places=burglary.places[burglary.places["ward"].isin(few)],
                               kept_back=frozenset())) is None  # fmt: skip
    assert ward_funnel(replace(burglary, per="")) is None
    unknown = burglary.places.assign(
        denominator=pd.Series(pd.NA, burglary.places.index, dtype="Int64")
    )
    assert ward_funnel(replace(burglary, places=unknown)) is None


def test_wards_alike_lie_within(burglary: Where) -> None:
    places = burglary.places.assign(after=8, before=8, denominator=1600)
    found = ward_funnel(replace(burglary, places=places, kept_back=frozenset()))
    assert found is not None
    assert found.title == f"None of {len(found.places)} wards lies outside the limits for its size"
    assert found.outside().empty
