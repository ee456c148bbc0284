"""The gradient of deprivation, on the data that the project ships."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cspanalysis import Assessment
from cspanalysis.findings.places.gradient import Gradient, gradient_of
from cspanalysis.findings.places.where import Where
from cspanalysis.store import Store, ingest


@pytest.fixture(scope="module")
def luton() -> Assessment:
    return Assessment.open("luton", "2023")


@pytest.fixture(scope="module")
def burglary(luton: Assessment) -> Where:
    return luton.where_of("burglary")


def test_it_is_the_weighted_line_through_the_rates_of_all_small_areas(
    luton: Assessment, burglary: Where
) -> None:
    found = gradient_of(luton.store, burglary)
    assert found
    rank = luton.store.people.deprivation(luton.area)["rank"].sort_values()
    people, _ = luton.store.people.residents_of_small_areas(luton.area, period=luton.period)
    people = people[rank.index].astype(float)
    at = (people.cumsum() - people / 2) / people.sum()
    rates = 1000 * burglary.places["after"][rank.index].astype(float) / people
    slope, least = np.polyfit(at, rates, 1, w=np.sqrt(people))
    assert found.slope == pytest.approx(-slope)
    assert found.relative == pytest.approx(least / (least + slope))
    assert found.sentence.startswith(
        "The rate of burglary in 2023 climbs from the least to the most deprived small areas of "
        f"Luton, by {-slope:.1f} per 1,000 residents, {least / (least + slope):.1f} times"
    )
    assert "take part" not in found.sentence


def test_small_areas_without_a_count_are_left_out_and_that_is_said(
    luton: Assessment, burglary: Where
) -> None:
    places = burglary.places.copy()
    places.loc[places.index[:5], "after"] = pd.NA
    found = gradient_of(luton.store, replace(burglary, places=places))
    assert found
    assert "Of 125 small areas 120 have counts and take part." in found.sentence
    places.loc[places.index[:20], "after"] = pd.NA
    assert gradient_of(luton.store, replace(burglary, places=places)) is None


@pytest.mark.shared_data
def test_in_wales_the_ranks_are_of_small_areas_that_were_not_divided_since(
    shared: Path, tmp_path: Path
) -> None:
    """Newport: 100 small areas, of which 90 bear a rank of 2019."""
    archive = shared / "data/police_uk/gwent-2018-10-to-2025-12-with-gaps.zip"
    ingest([archive], into=tmp_path / "store")
    report = Assessment.open("newport", "2025", store=Store.open(tmp_path / "store"))
    where = report.where_of("burglary")
    found = gradient_of(report.store, where)
    assert found
    rank = report.store.people.deprivation(report.area, year=2019)["rank"]
    held = where.places["after"][where.places.index.isin(rank.index)].astype(float)
    rank = rank[held.index].sort_values()
    people, _ = report.store.people.residents_of_small_areas(report.area, period=report.period)
    people = people[rank.index].astype(float)
    at = (people.cumsum() - people / 2) / people.sum()
    shared_at = (at * people).groupby(rank).transform("sum") / people.groupby(rank).transform("sum")
    slope, _ = np.polyfit(shared_at, 1000 * held[rank.index] / people, 1, w=np.sqrt(people))
    assert found.slope == pytest.approx(-slope)
    assert (found.known, found.places) == (90, 100)
    assert (
        "Ranks are of the Welsh Index of Multiple Deprivation 2019. Of 100 small areas 90 have "
        "counts, were not divided in 2021 and take part."
    ) in found.sentence


def test_a_slope_that_chance_may_give_is_not_told_as_one(luton: Assessment) -> None:
    found = gradient_of(luton.store, luton.where_of("weapons"))
    assert found
    assert found.lower < 0 < found.upper
    assert "does not clearly go with how deprived" in found.sentence


def test_a_rate_that_falls_with_deprivation_is_told_so(burglary: Where) -> None:
    one = Gradient(
        measure=burglary.measure,
        area_name="Luton",
        period=burglary.period,
        slope=-2.0,
        lower=-3.0,
        upper=-1.0,
        relative=0.5,
        p_value=0.001,
        known=125,
        places=125,
    )
    assert "falls from the least to the most deprived" in one.sentence
    assert "(slope index of inequality −2.0, 95 % interval −3.0 to −1.0)" in one.sentence.replace(
        "\xa0", " "
    )


def test_too_few_records_have_no_gradient(luton: Assessment, burglary: Where) -> None:
    few = burglary.places.assign(after=0)
    assert gradient_of(luton.store, replace(burglary, places=few)) is None
