"""Numbers are held against figures of their own subject; another's are told as such."""

from __future__ import annotations

import pytest

from cspanalysis.commentary.claims import Claim, check_claims
from cspanalysis.commentary.claims.numbers import read
from cspanalysis.commentary.claims.records import Asked, Records, words_of
from cspanalysis.findings.values import Value


def only(reports, text: str, report: str = "bedford-like") -> Claim:
    changes, area, extra = reports[report]
    (claim,) = check_claims(text, changes, area=area, extra_values=extra)
    return claim


@pytest.mark.parametrize(
    ("report", "text", "verdict", "told"),
    [
        (
            "wycombe",
            "Robbery rose to 199.",
            "contradicted",
            "199 is the count of burglary in Wycombe, April to June 2017, not of robbery.",
        ),
        (
            "bedford-like",
            "Fraud stood at 820 cases.",
            "not traceable",
            "820 is the count of burglary in Luton, 2023, not of fraud.",
        ),
        (
            "bedford-like",
            "In Bedford there were 820 burglaries.",
            "not traceable",
            "820 is the count of burglary in Luton, 2023.",
        ),
        (
            "bedford-like",
            "In 2022 Luton had 130 robberies.",
            "contradicted",
            "130 is the count of robbery in Luton, 2023.",
        ),
        (
            "bedford-like",
            "Vehicle crime rose by 100 %.",
            "contradicted",
            "is the change of shoplifting in Luton, not of vehicle crime.",
        ),
    ],
)
def test_a_figure_of_something_else_is_told_as_such(
    reports, report: str, text: str, verdict: str, told: str
) -> None:
    found = only(reports, text, report)
    assert found.verdict == verdict
    assert found.reason.endswith(told)


def test_what_is_found_under_another_subject_alone_has_a_rule_of_its_own(reports) -> None:
    assert only(reports, "Fraud stood at 820 cases.").rule == "other subject"
    assert only(reports, "Fraud stood at 821 cases.").rule == "no figure"
    assert only(reports, "Robbery rose to 820.").rule == "count"


@pytest.mark.parametrize(
    ("text", "verdict", "rule"),
    [
        ("Half of shoplifting was recorded in 9 of 125 small areas.", "supported", "value"),
        ("Half of shoplifting was recorded in 9 small areas.", "supported", "value"),
        ("Half of shoplifting was recorded in 13 of 125 small areas.", "contradicted", "value"),
        ("Half of burglary was recorded in 13 small areas.", "not traceable", "no figure"),
        ("Vehicle crime was above average for seven months in a row.", "supported", "value"),
        ("Vehicle crime was below average for seven months in a row.", "contradicted", "value"),
        ("Vehicle crime was above average for nine months in a row.", "contradicted", "value"),
        ("The target for robbery is 190 offences.", "supported", "target"),
        ("The target for robbery is 130 offences.", "contradicted", "target"),
        ("The target for burglary is 820 offences.", "not traceable", "other subject"),
        ("In Bedfordshire there were 380 robberies.", "supported", "count of the force"),
        ("In Bedfordshire there were 130 robberies.", "contradicted", "count of the force"),
    ],
)
def test_each_kind_of_figure_is_held_against_its_own(
    reports, text: str, verdict: str, rule: str
) -> None:
    found = only(reports, text)
    assert (found.verdict, found.rule) == (verdict, rule)


VALUES = {
    value.key: value
    for value in (
        Value(
            key="rate.robbery.luton", value=1.1, text="1.1", label="Robbery: rate in Luton, 2023"
        ),
        Value(
            key="rate.robbery.bedford",
            value=0.8,
            text="0.8",
            label="Robbery: rate in Bedford, 2023",
        ),
        Value(
            key="outcomes.robbery.charged",
            value=8.2,
            text="8.2 %",
            unit="%",
            lower=6.5,
            upper=10.2,
            label="Robbery: charged or sent to court, share (66)",
        ),
    )
}


@pytest.mark.parametrize(
    ("numbers", "sentence", "measure", "place", "found"),
    [
        (["1.1"], "The rate is 1.1.", "robbery", "", "rate.robbery.luton"),
        (["0.8"], "The rate is 0.8.", "robbery", "", None),
        (["0.8"], "The rate is 0.8 in Bedford.", "robbery", "Bedford", "rate.robbery.bedford"),
        (["1.1"], "The rate is 1.1 in Bedford.", "robbery", "Bedford", None),
        (["1.1"], "The rate is 1.1.", "burglary", "", None),
        (["8.2"], "8.2 % were charged in court.", "", "", "outcomes.robbery.charged"),
        (["8.2"], "8.2 % were thanked.", "", "", None),
        (["6.5", "10"], "6.5 to 10 % were charged in court.", "", "", "outcomes.robbery.charged"),
        (["6.5", "11"], "6.5 to 11 % were charged in court.", "", "", None),
    ],
)
def test_a_value_tells_a_number_of_its_measure_its_area_and_its_kind(
    numbers: list[str], sentence: str, measure: str, place: str, found: str | None
) -> None:
    asked = Asked(words_of(sentence), frozenset({measure} - {""}), place)
    written, percent = [read(n) for n in numbers], "%" in sentence
    told = Records(VALUES, "Luton").telling(written, asked, percent=percent)
    assert (told.key if told else None) == found


def test_percentages_tell_percentages_and_other_numbers_others() -> None:
    records = Records(VALUES, "Luton")
    rate = Asked(words_of("The rate is"), frozenset({"robbery"}))
    charged = Asked(words_of("were charged in court"), frozenset({"robbery"}))
    assert records.telling([read("1.1")], rate, percent=True) is None
    assert records.telling([read("8.2")], charged, percent=False) is None


def test_a_name_that_means_something_else_takes_no_value_of_the_measure(reports) -> None:
    assert only(reports, "Robbery suspects live in 13 small areas.").verdict == "not traceable"


def test_rates_are_set_beside_rates_and_not_beside_changes(reports) -> None:
    text = "Luton's rate of robbery is above that of Bedfordshire."
    assert only(reports, text).verdict == "not traceable"


def test_the_usual_range_is_that_of_the_month_that_is_named(reports) -> None:
    changes, area, _ = reports["bedford-like"]
    value = Value(
        key="trend.robbery.position",
        value=1,
        text="above its usual range",
        label="Robbery: December 2023 beside its usual range",
    )
    verdicts = {
        text: check_claims(text, changes, area=area, extra_values={value.key: value})[0].verdict
        for text in (
            "Robbery was above its usual range in December 2023.",
            "Robbery was below its usual range in December 2023.",
            "Robbery was within the usual range in December 2023.",
            "Robbery was above its usual range in November 2023.",
            "Burglary was above its usual range in December 2023.",
        )
    }
    assert list(verdicts.values()) == [
        *("supported", "contradicted", "contradicted"),
        *("not traceable", "not traceable"),
    ]


def test_a_place_among_the_highest_is_one_of_them(reports) -> None:
    text = "Luton's rate of all crime is among the {} two of three areas."
    assert only(reports, text.format("highest")).verdict == "supported"
    assert only(reports, text.format("lowest")).verdict == "contradicted"
