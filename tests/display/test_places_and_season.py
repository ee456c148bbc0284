"""The map, the tables of places and the chart of a year, on the counts that the project ships."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import pytest

from cspanalysis import Assessment
from cspanalysis.display import TABLES, busiest_table, place_map, season_chart, table, ward_table
from cspanalysis.display.map_shapes import middle, outline, window
from cspanalysis.findings.changes.usual import usual_year
from cspanalysis.findings.places.located import where_of
from cspanalysis.findings.places.where import Where
from cspanalysis.vocabulary import Period


@pytest.fixture(scope="module")
def bedford() -> Assessment:
    return Assessment.open("bedford", "2023")


@pytest.fixture(scope="module")
def drugs(bedford: Assessment) -> Where:
    change = next(c for c in bedford.changes if c.measure.code == "drug-offences")
    found = where_of(bedford.store, change=change)
    assert found is not None
    return found


def test_the_map_says_its_classes_and_the_wards_it_names(drugs: Where) -> None:
    drawn = place_map(drugs, source="data.police.uk")
    assert "Half of drug offences was recorded in 9 of 117 small areas" in drawn.text
    assert "0 to 4 in 84 areas" in drawn.text
    assert "Greyfriars 82" in drawn.text
    assert "in brackets, how many areas" in drawn.text
    behind = drawn.records[TABLES]["tables"][0]
    assert sum(row["cells"][1] for row in behind["rows"]) == 117
    assert str(drawn.html).count("<img") == 2  # the named wards lie close together
    assert place_map(drugs, source="data.police.uk").html == drawn.html


def test_a_map_and_its_tables_tell_no_more_than_classes_and_wards(drugs: Where) -> None:
    places = drugs.places
    small = places[(places["after"] < 5) & places["ward"].duplicated(keep=False)]
    pairs = [part for _, part in small.groupby("ward") if part["after"].nunique() > 1]
    first, last = (pairs[0].sort_values("after").index[at] for at in (0, -1))
    moved = places.copy()
    moved.loc[[first, last], "after"] = places.loc[[last, first], "after"].to_numpy()
    other = replace(drugs, places=moved)
    assert (other.places["after"] != places["after"]).sum() == 2
    for show in (lambda where: place_map(where, source="x"), ward_table, busiest_table):
        one, two = show(drugs), show(other)
        assert (one.html, one.text, one.records) == (two.html, two.text, two.records)
    assert [value.text for value in drugs.values()] == [value.text for value in other.values()]


def test_a_small_area_without_a_count_is_hatched_and_said(drugs: Where) -> None:
    lacking = drugs.places.copy()
    lacking.loc[lacking.index[:2], "after"] = pd.NA
    drawn = place_map(replace(drugs, places=lacking), source="x")
    assert "not available in 2 areas" in drawn.text
    assert drawn.records[TABLES]["tables"][0]["rows"][-1]["cells"] == ["not available", 2]


def test_without_shapes_there_is_a_sentence_and_no_map(drugs: Where) -> None:
    nowhere = drugs.places.set_axis([f"E09{i:06}" for i in range(len(drugs.places))])
    missing = place_map(replace(drugs, places=nowhere), source="x")
    assert "the outlines of Bedford's small areas are not held" in missing.text
    assert "<img" not in str(missing.html)


def test_where_hardly_anything_was_recorded_there_is_no_map(drugs: Where) -> None:
    few = drugs.places.assign(after=pd.Series([3, 2], drugs.places.index[:2]))
    few["after"] = few["after"].fillna(0).astype("Int64")
    assert "There is no map: hardly any" in place_map(replace(drugs, places=few), source="x").text
    none = drugs.places.assign(after=0)
    assert "so there is nothing to map" in place_map(replace(drugs, places=none), source="x").text


def test_the_outline_of_two_squares_leaves_their_shared_side_out() -> None:
    def square(x: float) -> tuple[tuple[tuple[tuple[float, float], ...], ...], ...]:
        return ((((x, 0.0), (x + 1, 0.0), (x + 1, 1.0), (x, 1.0), (x, 0.0)),),)

    edges = outline([square(0.0), square(1.0)])
    assert len(edges) == 6
    assert ((1.0, 0.0), (1.0, 1.0)) not in edges
    assert middle([square(0.0), square(1.0)]) == (1.0, 0.5)
    assert window([square(0.0), square(1.0)]).tall == pytest.approx(0.5, rel=0.001)


def test_the_table_of_wards_keeps_small_counts_back_everywhere(drugs: Where) -> None:
    shown = ward_table(drugs)
    rows = {r["cells"][0]: r["cells"] for r in shown.records[TABLES]["tables"][0]["rows"]}
    assert rows["Greyfriars"][:3] == ["Greyfriars", 50, 82]
    assert rows["Sharnbrook"] == ["Sharnbrook", *["[c]"] * 6]
    assert 'class="number"' in str(shown.html)
    assert "[c]: kept back" in shown.text
    assert shown.text.startswith("Five of 28 wards hold half of drug offences")
    open_ = ward_table(replace(drugs, edition="sensitive"))
    assert "[c]" not in open_.text


def test_the_table_of_the_busiest_says_who_stayed(drugs: Where) -> None:
    shown = busiest_table(drugs)
    assert "Among the busiest in 2022" in shown.text
    assert shown.text.startswith("The 12 busiest of 117 small areas hold 56\xa0% of drug offences")


def test_a_column_of_numbers_may_hold_shorthand() -> None:
    frame = pd.DataFrame({"Ward": ["a", "b"], "2023": ["[c]", 12], "Word": ["[c]", "high"]})
    html = str(table(frame, caption="Counts").html)
    assert html.count('<th scope="col" class="number">') == 1


def test_the_year_is_drawn_with_its_range_and_data(bedford: Assessment) -> None:
    assert bedford.monthly is not None
    change = next(c for c in bedford.changes if c.measure.code == "drug-offences")
    year = usual_year(
        bedford.monthly["drug-offences"],
        measure=change.measure,
        area=change.area,
        period=change.period,
    )
    drawn = season_chart(year, source="data.police.uk")
    assert "One of 12 months was outside the usual range for drug offences" in drawn.text
    assert "June 66 (usual " in drawn.text
    rows = drawn.records[TABLES]["tables"][0]["rows"]
    assert [row["cells"][1] for row in rows][:2] == [57, 59]
    json.dumps(drawn.records)


def test_a_year_without_a_range_stands_alone(bedford: Assessment) -> None:
    assert bedford.monthly is not None
    change = next(c for c in bedford.changes if c.measure.code == "burglary")
    early = bedford.monthly["burglary"].loc[:"2022"]
    year = usual_year(early, measure=change.measure, area=change.area, period=change.baseline)
    drawn = season_chart(year, source="x")
    assert "There is no usual range: 22 known months, fewer than 24." in drawn.text
    assert "(usual" not in drawn.text
    assert "last twelve months" not in drawn.text
    longer = usual_year(
        early, measure=change.measure, area=change.area, period=Period.parse("2021-03..2022-03")
    )
    assert "The last twelve months are drawn." in season_chart(longer, source="x").text
