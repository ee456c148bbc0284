"""How maps are shaded: breaks around the rate of all, and no class for what is kept back."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

import pandas as pd
import pytest

from cspanalysis import Assessment
from cspanalysis.findings.places.located import where_of
from cspanalysis.findings.places.shading import by_counts, by_rates
from cspanalysis.findings.places.where import Where


@pytest.fixture(scope="module")
def drugs() -> Where:
    report = Assessment.open("bedford", "2023")
    change = next(c for c in report.changes if c.measure.code == "drug-offences")
    found = where_of(report.store, change=change)
    assert found is not None
    return found


def test_wards_have_the_class_of_the_rate_that_their_table_tells(drugs: Where) -> None:
    found = by_rates(drugs)
    assert found is not None
    told = drugs.wards.dropna(subset=["rank"])
    size = drugs.places.groupby("ward")["denominator"].sum()[told.index].astype(float)
    rate = 1000 * float(told["after"].sum()) / float(size.sum())
    breaks = [float(f"{share * rate:.2g}") for share in (0.75, 1.25, 2)]
    assert found.labels[0] == f"under {breaks[0]:g}"
    assert found.labels[-1] == "kept back"
    for place, ward in drugs.places["ward"].items():
        held = found.classes[place]
        if ward in told.index:
            assert held == bisect_right(breaks, float(told["rate"][ward]))
        else:
            assert pd.isna(held)
    assert sum(found.numbers) == len(drugs.wards)
    assert found.numbers[-1] == len(drugs.wards) - len(told)


def test_the_wards_named_are_those_of_the_highest_rates(drugs: Where) -> None:
    found = by_rates(drugs)
    assert found is not None
    assert next(name for name, _ in found.named.values()) == "Greyfriars"
    assert found.title == "Greyfriars has the highest rate of drug offences"
    assert "per 1,000 residents" in found.subtitle


def test_a_ward_that_is_kept_back_is_shaded_nowhere(drugs: Where) -> None:
    hidden = drugs.wards.index[drugs.wards["after"].isna()]
    within = drugs.places.index[drugs.places["ward"].isin(hidden)]
    found = by_rates(drugs)
    assert found is not None
    assert len(within)
    assert found.classes.loc[within].isna().all()


def test_without_residents_or_with_few_wards_told_counts_are_shaded(drugs: Where) -> None:
    assert by_rates(replace(drugs, nested=False)) is None
    most = frozenset((str(code), "after") for code in drugs.wards.index[5:])
    assert by_rates(replace(drugs, kept_back=most)) is None
    counted = by_counts(drugs)
    assert counted.unit == "small area"
    assert counted.title == drugs.title
