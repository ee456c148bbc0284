"""Splits of categories: breaks of the series that they stand in, and data."""

from __future__ import annotations

import pytest

from cspanalysis.vocabulary import Area, Measure, Period, breaks_between
from cspanalysis.vocabulary.breaks import POLICE_UK, splits

STREET = "Street-level crime, data.police.uk"


def refused(measure: str, baseline: str, period: str, source: str = STREET) -> list[str]:
    found = breaks_between(
        Measure.named(measure),
        area=Area.named("luton"),
        baseline=Period.parse(baseline),
        period=Period.parse(period),
        source=source,
    )
    return sorted({str(b.start) for b in found if b.effect == "refuse"})


@pytest.mark.parametrize(
    ("measure", "across_2011", "across_2013"),
    [
        ("other-crime", 1, 1),
        ("other-theft", 1, 1),
        ("shoplifting", 1, 0),
        ("criminal-damage-and-arson", 1, 0),
        ("drug-offences", 1, 0),
        ("public-disorder-and-weapons", 1, 1),
        ("violent-crime", 0, 1),
        ("violence-and-sexual-offences", 0, 1),
        ("bicycle-theft", 0, 1),
        ("theft-from-the-person", 0, 1),
        ("possession-of-weapons", 0, 1),
        ("public-order", 0, 1),
        ("burglary", 0, 0),
        ("robbery", 0, 0),
        ("vehicle-crime", 0, 0),
        ("all-crime", 0, 0),
        ("anti-social-behaviour", 0, 0),
    ],
)
def test_what_was_divided_is_not_compared_across_that_month(
    measure: str, across_2011: int, across_2013: int
) -> None:
    assert len(refused(measure, "2010-12..2011-08", "2011-12..2012-08")) == across_2011
    assert len(refused(measure, "2012-05..2013-04", "2013-05..2014-04")) == across_2013
    assert not refused(measure, "2011-09..2012-04", "2012-09..2013-04")
    assert not refused(measure, "2013-05..2014-04", "2014-05..2015-04")


def test_a_period_that_a_split_divides_is_compared_with_none() -> None:
    assert refused("other-theft", "2012-03..2012-06", "2013-03..2013-06") == ["2013-05-01"]
    assert refused("other-theft", "2013-03..2013-06", "2014-03..2014-06") == ["2013-05-01"]


def test_tables_of_other_publishers_are_not_affected() -> None:
    assert not refused("other-theft", "FY2012", "FY2013", "Home Office open data tables")
    assert refused("other-theft", "FY2012", "FY2013", "") == ["2013-05-01"]


def test_a_split_tells_what_began_and_what_ended() -> None:
    found = {(str(s.crossing.start), s.measure): s for s in splits(POLICE_UK)}
    other = found["2011-09-01", "other-crime"]
    assert (len(other.begun), other.ended) == (5, frozenset())
    assert found["2013-05-01", "violent-crime"].ended == {"violent-crime"}
    assert not splits("another series")


def test_every_category_of_a_split_is_a_measure() -> None:
    for split in splits(POLICE_UK):
        for code in {split.measure, *split.into}:
            assert Measure.named(code).code == code
