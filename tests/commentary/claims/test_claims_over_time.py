"""Claims over months, quarters and years in turn: held against the months, missing ones and all."""

from __future__ import annotations

import pandas as pd
import pytest

from cspanalysis.commentary.claims import Claim, check_claims
from cspanalysis.commentary.claims.history import read_span
from cspanalysis.commentary.claims.over_time import sense_before
from cspanalysis.display.icons import ASSURANCES, VARIATIONS, assurance_mark, variation_mark
from cspanalysis.vocabulary import Period


def claims(reports, monthly, report: str, text: str) -> tuple[Claim, ...]:
    changes, area, extra = reports[report]
    months = monthly.get(report)
    return check_claims(text, changes, area=area, extra_values=extra, monthly=months)


def only(reports, monthly, report: str, text: str) -> Claim:
    (claim,) = claims(reports, monthly, report, text)
    return claim


@pytest.mark.parametrize(
    ("report", "text", "verdict", "reason"),
    [
        (
            "december",
            "Burglary had its lowest month since August.",
            "contradicted",
            "Burglary was lower in September 2023, at 65, than in December 2023, at 66.",
        ),
        (
            "december",
            "Burglary was at its lowest monthly level since September.",
            "supported",
            "None of the 2 months before was lower than in December 2023, at 66.",
        ),
        (
            "december",
            "In November vehicle crime had its lowest month since June 2020.",
            "not traceable",
            "No figure that can be compared is held in February 2021.",
        ),
        (
            "december",
            "Robbery fell for the second month in a row.",
            "contradicted",
            "Robbery went from 9 in October 2023 to 10 in November 2023.",
        ),
        (
            "year",
            "Robbery fell for the third year running.",
            "supported",
            "Robbery, up to 2023: 200, 180, 166, 124.",
        ),
        (
            "quarter",
            "Shoplifting had one of its highest quarters since 2020.",
            "not traceable",
            "The assessment does not rank months or years.",
        ),
    ],
)
def test_the_reason_names_the_months_that_decide(
    reports, monthly, report: str, text: str, verdict: str, reason: str
) -> None:
    found = only(reports, monthly, report, text)
    assert (found.verdict, found.reason[: len(reason)]) == (verdict, reason)


def test_a_missing_month_leaves_a_claim_open_and_never_makes_it_false(reports, monthly) -> None:
    text = "Robbery fell for the third year running."
    assert only(reports, monthly, "year", text).verdict == "supported"
    monthly["year"] = monthly["year"].astype("Int64")  # as the store gives a month without a file
    monthly["year"].loc["2021-05-01", "robbery"] = pd.NA
    found = only(reports, monthly, "year", text)
    assert (found.verdict, found.rule) == ("not traceable", "in a row")
    assert found.reason == "No figure that can be compared is held in 2021."
    wrong = only(reports, monthly, "year", "Robbery rose for the third year running.")
    assert wrong.verdict == "contradicted"  # the last step is held


def test_without_months_the_two_periods_are_held(reports) -> None:
    texts = ("rose for the second year running", "fell for the second year running")
    verdicts = [only(reports, {}, "bedford-like", f"Robbery {text}.").verdict for text in texts]
    assert verdicts == ["contradicted", "not traceable"]


def test_what_chance_explains_may_yet_have_fallen_in_a_row(reports, monthly) -> None:
    change = next(c for c in reports["quarter"][0] if c.measure.code == "vehicle-crime")
    assert change.verdict == "can't tell"
    text = "Vehicle crime fell for the second quarter running."
    assert only(reports, monthly, "quarter", text).verdict == "supported"
    assert only(reports, monthly, "quarter", "Vehicle crime fell.").verdict == "as recorded"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        # Of a year's months the last is meant where none is named ...
        ("Robbery had its lowest month since 2020.", "supported"),
        # ... and only where no month will do is it wrong.
        ("Robbery had its highest month since 2020.", "contradicted"),
        ("Robbery had its highest month since August.", "not traceable"),
        ("Robbery had its highest month since August in November.", "supported"),
        ("In November robbery had its highest month since August.", "supported"),
        # A later month that is lower still: it depends on when it is said.
        ("September was the lowest month for robbery since 2020.", "not traceable"),
        ("Robbery was the lowest for 24 months.", "not traceable"),
        ("Robbery has not fallen for three years running.", "not traceable"),
    ],
)
def test_the_month_that_is_meant(reports, monthly, text: str, verdict: str) -> None:
    assert only(reports, monthly, "year", text).verdict == verdict


def test_one_run_of_years_is_read_once(reports, monthly) -> None:
    text = "Robbery has fallen for three years in a row and burglary has risen."
    found = claims(reports, monthly, "year", text)
    assert [(c.measure, c.rule) for c in found] == [
        ("robbery", "in a row"),
        ("burglary", "comparison refused"),
    ]


@pytest.mark.parametrize(
    ("text", "sense"),
    [
        ("Robbery fell by 10 %, for ", "down"),
        ("Robbery rose again, by 12, ", "up"),
        ("Robbery fell. The survey ran ", ""),
        ("Robbery fell, and was above its average for ", ""),
    ],
)
def test_the_direction_stands_just_before(text: str, sense: str) -> None:
    assert sense_before(text) == sense


def test_months_without_a_year_are_the_last_that_ended() -> None:
    until = Period.parse("2023-10..2023-12")
    texts = ("May", "December", "October to December", "January")
    assert [str(read_span(text, until=until)) for text in texts] == [
        *("2023-05", "2022-12", "2022-10..2022-12", "2023-01"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '<svg class="icon"><text>Robbery rose</text></svg>',
        '<span class="visually-hidden">Robbery rose from 8 to 19</span>',
        '<strong class="verdict bad"><span class="shape bad">▲</span> Robbery rose</strong>',
        '<span class="sign"><svg></svg> improvement, low</span>',
        "![Robbery rose from 8 to 19.](chart.png)",
        "Robbery  improvement, low: below limit, December 2023",
    ],
)
def test_the_words_of_icons_and_pictures_are_no_claims(reports, text: str) -> None:
    assert claims(reports, {}, "bedford-like", text) == ()


def test_the_words_around_a_mark_are_read(reports) -> None:
    text = 'Robbery <span class="sign">lower</span> fell to 131, and <strong>so on</strong>.'
    assert only(reports, {}, "bedford-like", text).verdict == "contradicted"


def test_the_words_of_every_icon_are_left_out(reports) -> None:
    for mark in (*VARIATIONS, *ASSURANCES):
        word = (variation_mark(mark) or assurance_mark(mark)).striptags()
        text = f"Robbery \N{NO-BREAK SPACE}{word}: December 2023"
        assert claims(reports, {}, "bedford-like", text) == ()


def test_a_list_that_ends_in_more_is_no_difference(reports) -> None:
    text = "Figures of all crime, burglary and eight more."
    assert claims(reports, {}, "bedford-like", text) == ()
    text = "There were 600 more vehicle crimes and 900 more shoplifting offences."
    found = claims(reports, {}, "bedford-like", text)
    assert [claim.verdict for claim in found] == ["supported", "contradicted"]


def test_a_share_of_counts_is_no_share_of_all_crime(reports) -> None:
    text = "| Measure | Share of {} |\n|---|---|\n| Robbery | 3.3 % |"
    for of, verdict in (("counts", "not traceable"), ("all crime", "contradicted")):
        assert only(reports, {}, "bedford-like", text.format(of)).verdict == verdict
