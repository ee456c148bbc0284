"""Season, places and outlook of a measure."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cspanalysis.evidence.figures import Provenance
from cspanalysis.findings.changes.patterns import (
    concentration_of,
    outlook_of,
    patterns_of,
    season_of,
)
from cspanalysis.vocabulary import Area, Measure

LUTON = Area("E22000010", "Luton", "csp", "E23000026")
ROBBERY = Measure.named("robbery")
ORIGIN = Provenance("data.police.uk", "2024-02")


def months(values: list[int | None]) -> pd.Series:
    index = pd.date_range("2021-01-01", periods=len(values), freq="MS")
    return pd.Series(pd.array(values, dtype="Int64"), index=index)


def summer(years: int = 3) -> pd.Series:
    noise = np.random.default_rng(3)
    usual = [100, 100, 100, 100, 100, 100, 200, 100, 100, 100, 100, 50]
    return months([int(noise.normal(count, 4)) for _ in range(years) for count in usual])


def test_the_months_that_differ_are_found_and_said() -> None:
    season = season_of(summer(), measure=ROBBERY, area=LUTON)
    assert season is not None
    assert (season.high, season.low, season.years) == ((7,), (12,), 3)
    assert season.sentence == "Robbery is usually higher in July and lower in December."


def test_noise_has_no_season_and_says_nothing() -> None:
    counts = months([int(n) for n in np.random.default_rng(5).poisson(60, 36)])
    season = season_of(counts, measure=ROBBERY, area=LUTON)
    assert season is not None
    assert (season.high, season.low, season.sentence) == ((), (), "")


def test_less_than_two_years_or_nothing_counted_has_no_season() -> None:
    assert season_of(summer(years=1), measure=ROBBERY, area=LUTON) is None
    assert season_of(months([0] * 36), measure=ROBBERY, area=LUTON) is None


def test_half_in_few_places_by_hand() -> None:
    counts = pd.Series([40, 20, 10, 10, 10, 5, 5, 0, 0, 0])
    found = concentration_of(counts, measure=ROBBERY, area=LUTON)
    assert found is not None
    assert (found.holding_half, found.places, found.share) == (2, 10, 20)
    assert found.sentence == (
        "Half of robbery was recorded in 2 of 10 small areas (20\N{NO-BREAK SPACE}%)."
    )
    assert {v.key: v.value for v in found.values()} == {
        "concentration.robbery.holding_half": 2,
        "concentration.robbery.places": 10,
        "concentration.robbery.share": 20,
    }
    assert concentration_of(counts * 0, measure=ROBBERY, area=LUTON) is None


def test_the_outlook_names_its_months_ranges_and_method() -> None:
    look = outlook_of(months([50] * 30), measure=ROBBERY, area=LUTON, provenance=ORIGIN)
    assert look is not None
    assert list(look.ranges()) == ["July 2023", "August 2023", "September 2023"]
    low, high = (int(number) for number in look.ranges()["July 2023"].split(" to "))
    assert low < 50 < high
    assert look.provenance.method.startswith("Forecast by ")
    july = next(look.values())
    assert july.key == "outlook.robbery.2023-07"
    assert july.value == pytest.approx(50, abs=2)
    assert outlook_of(months([50] * 11), measure=ROBBERY, area=LUTON, provenance=ORIGIN) is None


def test_a_category_given_up_before_the_period_is_gathered_nowhere() -> None:
    monthly = pd.DataFrame({"robbery": summer(), "violent-crime": summer()})
    places = pd.DataFrame({"robbery": [30, 2, 1]}, index=["E01015728", "E01015729", "E01015730"])
    found = patterns_of(monthly, places=places, area=LUTON, provenance=ORIGIN)
    assert [pattern.concentration is None for pattern in found] == [False, True]


def test_every_measure_has_its_pattern() -> None:
    monthly = pd.DataFrame({"robbery": summer(), "arson": summer()})
    found = patterns_of(monthly, places=None, area=LUTON, provenance=ORIGIN)
    assert [pattern.measure.code for pattern in found] == ["robbery", "arson"]
    assert all(p.concentration is None and p.outlook and p.season for p in found)
    keys = [value.key for value in found[0].values()]
    assert len(keys) == 6
    assert sum(key.endswith(".four-in-five") for key in keys) == 3
