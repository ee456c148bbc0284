from __future__ import annotations

import pytest

from cspanalysis.vocabulary import Measure, Period
from cspanalysis.vocabulary.totals import totals

BY_CODE = {total.measure: total for total in totals()}


def test_totals_and_parts_are_measures_and_parts_come_first() -> None:
    seen: list[str] = []
    for total in totals():
        assert Measure.named(total.measure).code == total.measure
        assert len(set(total.parts)) == len(total.parts) > 1
        assert not set(total.parts) - {Measure.named(part).code for part in total.parts}
        seen.append(total.measure)
        later = set(total.parts) & set(BY_CODE) - set(seen)
        assert not later, f"{total.measure} stands before its parts {later}"


def test_no_total_holds_what_is_not_crime() -> None:
    parts = {part for total in totals() for part in total.parts}
    assert all(Measure.named(part).crime for part in parts)
    assert "fraud" not in parts


@pytest.mark.parametrize(
    ("period", "needed"),
    [
        ("FY2016", {"burglary-dwelling", "burglary-non-dwelling"}),
        ("FY2017", {"residential-burglary", "burglary-business-and-community"}),
        ("2017", set(BY_CODE["burglary"].parts)),
    ],
)
def test_what_burglary_needs_follows_the_change_of_its_categories(
    period: str, needed: set[str]
) -> None:
    assert set(BY_CODE["burglary"].needed(Period.parse(period))) == needed
