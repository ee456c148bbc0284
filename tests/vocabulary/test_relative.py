"""Periods as people say them, from the newest month that is held."""

from __future__ import annotations

from datetime import date

import pytest

from cspanalysis import Assessment
from cspanalysis.errors import UsageError
from cspanalysis.explore.spoken import baseline_named, period_named
from cspanalysis.vocabulary import Period
from cspanalysis.vocabulary.relative import relative_period, season


@pytest.mark.parametrize(
    ("text", "newest", "months"),
    [
        ("last month", "2023-11", "2023-11"),
        ("last quarter", "2023-12", "2023-10..2023-12"),
        ("last quarter", "2023-11", "2023-07..2023-09"),
        ("Latest quarter", "2024-01", "2023-10..2023-12"),
        ("the most recent quarter", "2023-03", "2023-01..2023-03"),
        ("last year", "2023-12", "2023"),
        ("last year", "2023-11", "2022"),
        ("last calendar year", "2024-05", "2023"),
        ("last financial year", "2023-12", "FY2022"),
        ("last financial year", "2024-03", "FY2023"),
        ("last financial year", "2024-02", "FY2022"),
        ("this financial year", "2023-12", "2023-04..2023-12"),
        ("this financial year to date", "2024-03", "FY2023"),
        ("financial year to date", "2023-04", "2023-04"),
        ("this year", "2023-02", "2023-01..2023-02"),
        ("this quarter", "2023-05", "2023-04..2023-05"),
        ("the current quarter so far", "2023-06", "2023-04..2023-06"),
        ("last 12 months", "2023-11", "2022-12..2023-11"),
        ("the past six months", "2023-02", "2022-09..2023-02"),
    ],
)
def test_what_is_last_is_whole_and_what_is_this_reaches_to_the_newest(
    text: str, newest: str, months: str
) -> None:
    found = relative_period(text, newest=Period.parse(newest).start)
    assert found == Period.parse(months)
    assert str(found) == months  # as plans write it


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("spring 2023", "2023-03..2023-05"),
        ("Summer 2022", "2022-06..2022-08"),
        ("autumn of 2022", "2022-09..2022-11"),
        ("winter 2022/23", "2022-12..2023-02"),
        ("winter 2022-2023", "2022-12..2023-02"),
        ("winter 1999/00", "1999-12..2000-02"),
    ],
)
def test_seasons_of_a_year(text: str, months: str) -> None:
    assert season(text) == Period.parse(months)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("winter 2022", r"may be December 2021 to .*; write winter 2021/22 or winter 2022/23"),
        ("winter 2022/24", "write winter 2022/23"),
        ("summer 2022/23", "summer lies within one year; write summer 2022"),
        ("year to date", "write this calendar year or this financial year"),
        ("recently", "may mean two things; write the last 3 months or the last 12 months"),
        ("last fortnight", "is not in a form that is known; write 2019, "),
        ("the past 0 months", "is not in a form that is known"),
        ("last summer", "is not in a form that is known"),
    ],
)
def test_what_may_mean_two_things_is_refused_in_one_line(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as refused:
        period_named(text, newest=date(2023, 12, 1))
    assert "\n" not in str(refused.value)


def test_without_months_what_is_last_is_not_known() -> None:
    with pytest.raises(UsageError, match="'last quarter' depends on which months are held"):
        period_named("last quarter")
    assert str(period_named("summer 2022")) == "2022-06..2022-08"


def test_beside_a_period_last_year_is_a_year_before_as_ever() -> None:
    quarter = Period.parse("2023-Q3")
    assert baseline_named("last year", period=quarter) == Period.parse("2022-Q3")
    assert baseline_named("last quarter", period=quarter) == Period.parse("2023-Q2")
    assert baseline_named("summer 2022", period=quarter) == Period.parse("2022-06..2022-08")


def test_reports_and_their_verbs_understand_them() -> None:
    """The shipped counts of Luton end in December 2023."""
    report = Assessment.open("luton", "last financial year")
    assert report.facts.period == Period.parse("FY2022")
    assert "from July to September 2023" in report.change("robbery", period="2023-Q3").text
    said = report.change("robbery", period="last quarter").text
    assert "from October to December 2023" in said
    assert "June to August 2022" in report.change("robbery", period="summer 2022").text
    with pytest.raises(UsageError, match="period 'sometime' is not in a form that is known"):
        Assessment.open("luton", "sometime")
