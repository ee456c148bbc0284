"""Claims of "its lowest since 2015": held against the months that the assessment holds."""

from __future__ import annotations

import pandas as pd
import pytest

from cspanalysis import Assessment
from cspanalysis.commentary.claims import Claim, check_claims
from cspanalysis.commentary.claims.history import History, read_span
from cspanalysis.vocabulary import Period


def since(reports, text: str, monthly=None, report: str = "bedford-like") -> Claim:
    changes, area, extra = reports[report]
    claims = check_claims(text, changes, area=area, extra_values=extra, monthly=monthly)
    return next(claim for claim in claims if claim.rule in {"since", "comparison refused"})


# Robbery 180, 200, 130; burglary 900, 800, 820; vehicle crime 1,900, 1,200, 1,800.
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Robbery is at its lowest since 2021.", "supported"),
        ("Robbery is at its lowest in two years.", "supported"),
        ("Robbery is at its lowest since 2020.", "not traceable"),
        ("Robbery is at a record low.", "not traceable"),
        ("Robbery is lower than ever.", "not traceable"),
        ("Robbery is not at its lowest since 2021.", "contradicted"),
        ("Robbery is at its highest since 2015.", "contradicted"),
        ("Burglary is at its lowest since 2015.", "contradicted"),
        ("Vehicle crime is at its highest since 2021.", "supported"),  # it was higher in 2021
        ("Vehicle crime is at its highest since 2020.", "contradicted"),
        ("Vehicle crime is the highest for two years.", "supported"),
        ("Vehicle crime is the highest for three years.", "contradicted"),
        ("Vehicle crime is the highest for a decade.", "contradicted"),
        ("Vehicle crime is at its highest since 2023.", "not traceable"),
    ],
)
def test_a_superlative_is_held_against_every_year_that_is_held(
    reports, by_month, text: str, verdict: str
) -> None:
    assert since(reports, text, by_month).verdict == verdict


def test_the_reason_names_the_year_or_says_where_the_figures_begin(reports, by_month) -> None:
    short = since(reports, "Robbery is at its lowest since 2015.", by_month)
    assert short.reason.endswith("the figures here that can be compared begin in January 2021.")
    wrong = since(reports, "Burglary is at its lowest since 2015.", by_month)
    assert wrong.reason == "Burglary was lower in 2022, at 800, than in 2023, at 820."
    assert wrong.held_against is not None
    assert wrong.held_against.key == "change.burglary.count"


def test_without_months_the_two_periods_are_held(reports) -> None:
    assert since(reports, "Robbery is at its lowest since 2022.").verdict == "supported"
    short = since(reports, "Robbery is at its lowest since 2021.")
    assert (short.verdict, short.reason[-8:]) == ("not traceable", "in 2022.")
    assert since(reports, "Robbery is at its highest since 2021.").verdict == "contradicted"


def test_a_year_with_a_missing_month_is_no_year(reports, by_month) -> None:
    by_month.loc["2021-06-01", "robbery"] = None
    assert since(reports, "Robbery is at its lowest since 2021.", by_month).verdict == (
        "not traceable"
    )


def test_a_comparison_that_is_refused_supports_no_superlative(reports) -> None:
    found = since(reports, "Dwelling burglary is at its lowest since 2016.", report="wycombe")
    assert (found.verdict, found.rule) == ("not traceable", "comparison refused")


def test_what_was_counted_otherwise_is_not_reached(reports) -> None:
    changes, area, _ = reports["wokingham"]
    homes = next(c for c in changes if c.measure.code == "residential-burglary")
    months = pd.date_range("2015-01-01", "2019-12-01", freq="MS")
    monthly = pd.DataFrame({"residential-burglary": 40}, index=months)
    history = History(monthly)
    assert history.is_comparable(homes, Period.parse("2018"))
    assert not history.is_comparable(homes, Period.parse("2016"))  # the category is of April 2017
    text = "Residential burglary is at its lowest since 2015."
    (found,) = check_claims(text, changes, area=area, monthly=monthly)
    assert found.verdict == "not traceable"
    assert found.reason.endswith("that can be compared begin in 2018.")


def test_a_count_of_another_year_is_held_against_its_months(reports, by_month) -> None:
    changes, area, _ = reports["bedford-like"]
    found = [
        check_claims(f"{text}.", changes, area=area, monthly=by_month)[0]
        for text in (
            "There were 180 robberies in 2021",
            "There were 15 robberies in January 2021",
            "There were 45 robberies in April to June 2021",
            "There were 181 robberies in 2021",
            "There were 180 robberies in 2020",
            "There have been 15 robberies since January 2021",
        )
    ]
    assert [claim.verdict for claim in found] == [
        *["supported"] * 3,
        "contradicted",
        *["not traceable"] * 2,
    ]


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ("2021", "2021"),
        ("2021/22", "FY2021"),
        ("May 2021", "2021-05"),
        ("October 2021 to March 2022", "2021-10..2022-03"),
        ("December to January 2021", None),
        ("last year", None),
    ],
)
def test_spans_are_read_as_people_write_them(text: str, notation: str | None) -> None:
    found = read_span(text)
    assert found == (None if notation is None else Period.parse(notation))


def test_a_report_reads_its_own_months() -> None:
    report = Assessment.open("luton", "2023")
    whole = report.whole_months
    assert whole is not None
    assert report.monthly is not None
    assert set(whole.index) <= set(report.monthly.index)
    text = "All crime is at its lowest since 2015."
    (found,) = check_claims(text, report.changes, area=report.area, monthly=whole)
    first = f"{whole.index[0]:%B %Y}"
    assert found.verdict == "contradicted" or first in found.reason
