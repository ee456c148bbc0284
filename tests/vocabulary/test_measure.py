"""Measures, their parts and their breaks."""

from __future__ import annotations

import pytest

from cspanalysis.errors import UsageError
from cspanalysis.vocabulary import Area, Measure, Period, breaks_between
from cspanalysis.vocabulary.measure import MeasureTable

LUTON = Area("E22000010", "Luton", "csp", "E23000026")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("robbery", "robbery"),
        ("All Crime", "all-crime"),
        ("Residential Burglary – Sheds/Garages", "burglary-sheds-garages"),
        ("Drugs", "drug-offences"),
        ("Violence and sexual offences", "violence-and-sexual-offences"),
    ],
)
def test_finds_by_code_label_and_alias(text: str, code: str) -> None:
    assert Measure.named(text).code == code


def test_an_unknown_measure_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="measure 'Robery' is not known; did you mean robbery"):
        Measure.named("Robery")


def test_parents_are_measures_and_total_crime_holds_no_anti_social_behaviour() -> None:
    table = MeasureTable.shipped()
    codes = {measure.code for measure in table}
    assert {m.parent for m in table if m.parent} <= codes
    assert all(m.crime for m in table if m.parent == "all-crime")
    assert not Measure.named("anti-social-behaviour").crime


def test_the_parts_of_burglary_change_on_1_april_2017() -> None:
    parts = MeasureTable.shipped().parts
    assert [m.code for m in parts("burglary", Period.parse("2017-04..2017-06"))] == [
        "residential-burglary-dwelling",
        "burglary-sheds-garages",
        "burglary-business-and-community",
    ]
    assert parts("burglary", Period.parse("2017-03..2017-04")) == ()


def test_police_activity_has_no_good_direction() -> None:
    assert all(m.good == "none" for m in MeasureTable.shipped() if m.police_activity)


def test_two_measures_may_not_share_a_name() -> None:
    one = Measure.named("robbery")
    with pytest.raises(UsageError, match="names both"):
        MeasureTable([one, Measure.named("arson"), _renamed(one)])


def _renamed(measure: Measure) -> Measure:
    from dataclasses import replace

    return replace(measure, code="robbery-2")


def crossed(measure: str, baseline: str, period: str) -> list[tuple[str, str]]:
    found = breaks_between(
        Measure.named(measure),
        area=LUTON,
        baseline=Period.parse(baseline),
        period=Period.parse(period),
    )
    return [(b.start.isoformat(), b.effect) for b in found]


def test_a_lasting_break_lies_between_only_where_it_divides() -> None:
    assert crossed("residential-burglary", "2016", "2017") == [("2017-04-01", "refuse")]
    assert crossed("residential-burglary", "FY2017", "FY2018") == []
    assert crossed("residential-burglary", "2016-04..2016-06", "2017-04") == [
        ("2017-04-01", "refuse")
    ]
    assert crossed("robbery", "2016", "2017") == []


def test_an_episode_bears_on_every_period_that_it_touches() -> None:
    assert crossed("robbery", "2019", "2020") == [("2020-03-23", "flag")]
    assert crossed("robbery", "2021", "2022") == [("2020-03-23", "flag")]
    assert crossed("robbery", "2022", "2023") == []


def test_a_break_of_one_force_leaves_the_others_alone() -> None:
    assert crossed("robbery", "2018", "2019") == []
    manchester = Area("E22000000", "Somewhere", "csp", "E23000005")
    found = breaks_between(
        Measure.named("robbery"),
        area=manchester,
        baseline=Period.parse("2018"),
        period=Period.parse("2019"),
    )
    assert [b.start.isoformat() for b in found] == ["2019-07-01"]
