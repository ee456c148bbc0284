"""The tables of a place profile, worked by hand."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest

from cspanalysis import PlaceProfile
from cspanalysis.display import beside_table, inside_table, lasting_table
from cspanalysis.evidence.withheld import KEPT_BACK


@pytest.fixture(scope="module")
def poets() -> PlaceProfile:
    return PlaceProfile.open("E05014747", "2023-10..2023-12")


def lines(text: str) -> dict[str, str]:
    """Give the lines of a table by how they begin."""
    return {line.split("  ")[0]: " ".join(line.split()) for line in text.splitlines()}


def test_a_line_has_counts_verdict_and_both_rates(poets: PlaceProfile) -> None:
    text = beside_table(poets.changes, poets.rates_beside, caption="Poets").text
    found = lines(text)
    assert found["All crime"] == (
        "All crime 66 110 1.66 (0.72 to 3.83) can't tell (+196\xa0%) 15.1 (8.6 to 24.6) 19.6"
    ).replace("\xa0", " ")
    assert found["Drug offences"] == "Drug offences [c] [c] [z] not comparable [c] 0.88"
    assert found["Shoplifting"].endswith("below 1.3")
    assert KEPT_BACK in text
    head = text.splitlines()[1]
    assert "Oct to Dec 2022" in head
    assert head.endswith("Luton")


def test_a_rise_from_none_has_no_ratio_but_a_least_one(poets: PlaceProfile) -> None:
    (total,) = [c for c in poets.changes if c.measure.code == "all-crime"]
    risen = replace(total, before=0, after=9, ratio=inf, lower=1.23, upper=8591.6)
    text = beside_table([risen], None, caption="From none").text
    assert "0 9 from none (1.23 or more)" in lines(text)["All crime"]
    assert "8591" not in text


def test_without_a_partnership_and_a_year_before_columns_are_left_out(poets: PlaceProfile) -> None:
    alone = [
        replace(c, before=None, ratio=None, kept_back=frozenset(), refused="No 2022.")
        for c in poets.changes
        if not c.kept_back
    ]
    text = beside_table(alone, None, caption="Alone").text
    head = text.splitlines()[1]
    assert "2022" not in head
    assert "Ratio" not in head
    assert "Luton" not in head
    assert text.count("No 2022.") == 1


def test_small_areas_stand_with_what_is_told_of_each(poets: PlaceProfile) -> None:
    text = inside_table(poets.inside, poets.lasting).text
    assert lines(text)["Luton 013D"] == "Luton 013D 15 40 21.0 no 0 6"
    first = str(poets.inside.places.index[0])
    hidden = poets.inside.places.assign(decile=None)
    hidden.loc[first, ["after", "rate"]] = None
    less = replace(poets.inside, places=hidden, kept_back=frozenset({(first, "after")}))
    found = lines(inside_table(less).text)
    assert found["Luton 013D"] == "Luton 013D 15 [c] [c]"


def test_half_years_stand_beside_each_other(poets: PlaceProfile) -> None:
    found = lines(lasting_table(poets.lasting).text)
    assert found["Small areas of Luton that hold half"].endswith("25 26 24 25 25")
    assert found["Hot spots in Luton"].endswith("9 10 10 11 10")
    closed = tuple(replace(span, open=False) for span in poets.lasting.spans)
    text = lasting_table(replace(poets.lasting, spans=closed)).text
    assert lines(text)["Of these in Poets"].endswith("[c] [c] [c] [c] [c]")
