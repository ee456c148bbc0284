"""Values by key: those that are asked for are those of the whole."""

from __future__ import annotations

from cspanalysis import StrategicAssessment
from cspanalysis.reports.fact_values import values_of_keys


def test_the_values_asked_for_are_those_of_the_whole() -> None:
    report = StrategicAssessment.open("luton", "2023")
    asked = {"change.robbery.count", "area.residents", "concentration.robbery.places"}
    found = values_of_keys(report.facts, asked)
    assert found == {key: report.values[key] for key in asked}


def test_what_is_asked_for_first_does_not_work_out_the_whole() -> None:
    report = StrategicAssessment.open("luton", "2023")
    assert values_of_keys(report.facts, {"change.robbery.count"})
    assert "values" not in vars(report.facts)


def test_a_key_that_no_value_has_brings_all() -> None:
    report = StrategicAssessment.open("luton", "2023")
    assert values_of_keys(report.facts, {"change.witchcraft.count"}) == report.values
