"""The checker: the Wycombe paragraphs, and one rule after the other."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from time import perf_counter
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspanalysis import Assessment
from cspanalysis.commentary.claims import Claim, ClaimVerdict, check_claims, contradicted
from cspanalysis.commentary.sections import read_commentary, render
from cspanalysis.evidence.figures import Rate
from cspanalysis.findings.places.levels import levels
from cspanalysis.findings.values import Value, ranks_of, values_of
from cspanalysis.paths import data_folder
from cspanalysis.vocabulary import Area, Measure


@pytest.fixture(scope="module")
def paragraphs() -> tuple[Claim, ...]:
    """Claims of the shipped commentary: paragraphs 21 and 22 of the Wycombe report."""
    report = Assessment.open("wycombe", "2017-04..2017-06")
    folder = data_folder() / "partnerships" / "wycombe" / "commentary"
    section = read_commentary(folder, period=report.period, edition="public").sections["statistics"]
    text = render(section, values_of(report.changes))
    return check_claims(text, report.changes, area=report.area, first_line=section.first_line)


def about(claims: tuple[Claim, ...], words: str) -> dict[str, str]:
    return {c.measure: c.verdict for c in claims if words in c.words}


def test_a_count_that_stayed_needs_no_chance_to_explain_it() -> None:
    report = Assessment.open("luton", "2023-Q4")
    theft = next(c for c in report.changes if c.measure.code == "theft-from-the-person")
    stayed = replace(theft, after=theft.before, percent_change=0.0)
    (claim,) = check_claims("Theft from the person was unchanged.", [stayed], area=report.area)
    assert (claim.verdict, claim.reason) == (
        "as recorded",
        "Theft from the person was 53 in both periods.",
    )


def test_the_reduction_of_10_percent_is_not_traceable(paragraphs) -> None:
    found = [c for c in paragraphs if c.words == "reduction of 10 %"]
    assert [(c.measure, c.verdict, c.rule) for c in found] == [
        ("burglary-dwelling", "not traceable", "comparison refused")
    ]
    assert "categories of burglary changed on 1 April 2017" in found[0].reason


def test_most_follow_the_force_but_robbery_is_no_exception(paragraphs) -> None:
    found = about(paragraphs, "follow the force trend")
    assert found == {
        "": "supported",
        "robbery": "contradicted",
        "theft-of-vehicle": "contradicted",
        "drug-offences": "contradicted",
    }
    reasons = {c.measure: c.reason for c in paragraphs if c.rule == "exception"}
    assert reasons["robbery"].startswith("Robbery changed from 8 to 17 here and by +51")
    assert "So it is no exception" in reasons["robbery"]
    assert "leaves out" in reasons["theft-of-vehicle"]


def test_above_the_force_average_is_so_in_some_measures_and_not_in_others(paragraphs) -> None:
    found = about(paragraphs, "performing above the force average")
    wrong = {measure for measure, verdict in found.items() if verdict == "contradicted"}
    assert wrong == {"robbery", "criminal-damage", "drug-offences"}
    assert found["all-crime"] == found["theft-of-vehicle"] == found["arson"] == "supported"
    assert found["sexual-offences"] == "not traceable"  # neither direction is better


def test_what_is_true_is_supported_and_what_no_table_holds_is_not_traceable(paragraphs) -> None:
    counts = {c.words: c.verdict for c in paragraphs if c.rule == "count"}
    assert counts == {"17": "supported", "against 8": "supported"}
    assert about(paragraphs, "second lowest") == {"robbery": "not traceable"}
    assert about(paragraphs, "38 %") == {"burglary-dwelling": "not traceable"}
    assert about(paragraphs, "30 to 50 %") == {"robbery": "not traceable"}


def test_claims_bear_the_line_of_their_sentence(paragraphs) -> None:
    path = data_folder() / "partnerships/wycombe/commentary/2017-04-to-2017-06/statistics.md"
    lines = path.read_text(encoding="utf-8").splitlines()
    for claim in paragraphs:
        assert claim.text[:9] in lines[claim.line - 1]


def test_contradicted_gives_those_that_stop_a_strict_run(paragraphs) -> None:
    wrong = contradicted(paragraphs)
    assert {claim.verdict for claim in wrong} == {"contradicted"}
    assert len(wrong) == 6


def said(reports, report: str, text: str) -> list[tuple[str, str, str]]:
    changes, area, extra = reports[report]
    claims = check_claims(text, changes, area=area, extra_values=extra)
    return [(claim.measure, claim.verdict, claim.rule) for claim in claims]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Robbery went from 8 to 17.", "counts"),
        ("Robbery rose by 112.5 %.", "percent change"),
        ("Robbery more than doubled.", "ratio"),
        ("Robbery shows no clear change.", "no change"),
        ("There were nine more robberies.", "difference"),
        ("There were 17 robberies.", "count"),
        ("Robbery rose more than in the force.", "against the force"),
        ("Robbery follows the force trend.", "direction of the force"),
        ("In Thames Valley robbery rose by 51 %.", "change of the force"),
        ("Robbery did not fall.", "no change"),
        ("Robbery went from 8 to 17, which chance alone can explain.", "no change"),
        ("Robbery makes up 0.7 % of all crime.", "share"),
        ("One in 143 crimes was robbery.", "share"),
        ("Robbery has not improved.", "no change"),
        ("Robbery went up slightly, by nine.", "difference"),
    ],
)
def test_every_rule_supports_what_is_so(reports, text: str, rule: str) -> None:
    found = said(reports, "wycombe", text)
    assert ("robbery", "supported", rule) in found
    assert {verdict for _, verdict, _ in found} == {"supported"}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Robbery went from 8 to 18.", "counts"),
        ("Robbery rose by 113.5 %.", "percent change"),
        ("Robbery trebled.", "ratio"),
        ("Robbery fell.", "direction"),
        ("There were ten more robberies.", "difference"),
        ("There were 18 robberies.", "count"),
        ("Robbery rose less than in the force.", "against the force"),
        ("Robbery does not follow the force trend.", "direction of the force"),
        ("In Thames Valley robbery rose by 41 %.", "change of the force"),
        ("Robbery is performing better than the force.", "better than the force"),
        ("The largest fall was in robbery.", "largest change"),
        ("Robbery makes up 0.9 % of all crime.", "share"),
        ("One in ten crimes was robbery.", "share"),
        ("Robbery has improved.", "direction"),
    ],
)
def test_every_rule_contradicts_what_is_not_so(reports, text: str, rule: str) -> None:
    assert said(reports, "wycombe", text) == [("robbery", "contradicted", rule)]


@pytest.mark.parametrize(
    "text",
    [
        "Robbery victims fell by 10 %.",
        "Robbery detections rose from 3 to 8.",
        "Robbery in the town centre rose from 3 to 8.",
        "Knife-enabled robbery rose by 20 %.",
        "Violence against women and girls rose by 9 %.",
        "In May robbery rose from 2 to 9.",
        "Over the last five years robbery has risen from 5 to 17.",
        "Robbery rose at weekends.",
        "Robbery makes up 0.9 % of all crime nationally.",
        "Anti-social behaviour makes up a third of all crime.",
        "A quarter of all crime is linked to alcohol.",
        "All crime is 10 % above target.",
        "Compared with 2015, all crime has fallen by 20 %.",
        "Robbery remains a priority and funding rose by 10 %.",
        "Crime fell in Marlow by 10 %.",
        "Robbery fell by 5 % in Reading.",
        "Theft from vehicles peaked at 50 in April.",
        "Residential burglary rose by 10 %.",
        "Fear of crime has grown by 10 %.",
    ],
)
def test_what_speaks_of_something_else_is_not_judged(reports, text: str) -> None:
    assert {verdict for _, verdict, _ in said(reports, "wycombe", text)} == {"not traceable"}


@pytest.mark.parametrize(
    "text",
    [
        "Section 17 of the Crime and Disorder Act 1998 and paragraph 19 hold from 1 April 2017.",
        "Call 01494 421876 by 5pm on 3 May, or write to team@example.org.",
        "The grant of £25,000 runs for 18 months and serves people aged 11 to 19.",
        "We will reduce burglary by working together, and any increase would be reviewed.",
        "Robbery and burglary remain priorities.",
        "Operation 2 began on the 4th.",
        "| Robbery | 8 | 19 |\n|---|---|---|",
        "```\nRobbery rose by 900 %.\n```",
        "<!-- Robbery rose by 900 %. -->",
        "Rank: 1 is the highest rate.",
        "Robbery can't be told apart from Reading.",
    ],
)
def test_what_is_no_claim_is_left_alone(reports, text: str) -> None:
    assert said(reports, "wycombe", text) == []


@pytest.mark.parametrize(
    "source",
    [
        "(source: Crime Survey for England and Wales)",
        "([bulletin](https://example.org/crime))",
        "https://example.org/crime",
        "[^1]\n\n[^1]: Crime Survey for England and Wales.",
        "[1]\n\n[1] Crime Survey for England and Wales.",
        "(see the bulletin of the survey)",
        "(ONS, Crime in England and Wales, 2017)",
        "according to the Crime Survey for England and Wales",
    ],
)
def test_a_source_answers_for_what_the_assessment_does_not_hold(reports, source: str) -> None:
    text = f"Cybercrime rose by 40 % {source}"
    assert [verdict for _, verdict, _ in said(reports, "wycombe", text)] == ["cited"]


@pytest.mark.parametrize(
    "bracket", ["(from 4 to 9 in 2017)", "(April 2017)", "[1]", "(Luton, 7 cases, 2017)"]
)
def test_a_bracket_with_figures_or_without_a_note_is_no_source(reports, bracket: str) -> None:
    found = said(reports, "wycombe", f"Cybercrime rose by 40 % {bracket}.")
    assert "cited" not in {verdict for _, verdict, _ in found}


def test_improvement_needs_a_good_direction(reports) -> None:
    text = "Robbery improved. Drug offences improved. Vehicle crime worsened. Burglary improved."
    assert said(reports, "bedford-like", text) == [
        ("robbery", "supported", "direction"),
        ("drug-offences", "not traceable", "no good direction"),
        ("vehicle-crime", "supported", "direction"),
        ("burglary", "contradicted", "direction"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Improved lighting helped.",
        "Robbery patrols improved confidence.",
        "We want to see burglary improve.",
    ],
)
def test_what_improves_something_else_is_no_claim(reports, text: str) -> None:
    assert said(reports, "bedford-like", text) == []


def test_a_source_does_not_excuse_what_the_assessment_contradicts(reports) -> None:
    text = "Robbery went from 8 to 19 (source: the partnership)."
    assert said(reports, "wycombe", text) == [("robbery", "contradicted", "counts")]


def test_a_note_without_its_definition_is_no_source(reports) -> None:
    assert said(reports, "wycombe", "Cybercrime rose by 40 %.[^1]")[0][1] == "not traceable"


def test_a_source_serves_its_paragraph_and_no_other(reports) -> None:
    text = "Cybercrime rose by 40 %. Fraud fell by 3 % (source: ONS).\n\nStalking rose by 9 %."
    verdicts = [verdict for _, verdict, _ in said(reports, "wycombe", text)]
    assert verdicts == ["cited", "cited", "not traceable"]


def test_numbers_that_stand_in_order(reports) -> None:
    text = "Criminal damage and arson went to 331 and 15 respectively."
    assert {v for _, v, _ in said(reports, "wycombe", text)} <= {"supported", "not traceable"}
    text = "Robbery and shoplifting rose by 112.5 % and 6 % respectively."
    assert [c[:2] for c in said(reports, "wycombe", text)] == [
        ("robbery", "supported"),
        ("shoplifting", "supported"),
    ]


def test_a_pronoun_carries_the_measure_of_the_sentence_before(reports) -> None:
    text = "Shoplifting doubled. That is 1,000 more offences. It rose to 2,100 in 2023."
    found = said(reports, "bedford-like", text)
    assert [c[:2] for c in found] == [
        ("shoplifting", "supported"),
        ("shoplifting", "supported"),
        ("shoplifting", "contradicted"),
    ]


def test_a_new_paragraph_carries_nothing(reports) -> None:
    found = said(reports, "bedford-like", "Shoplifting doubled.\n\nThat is 1,500 more.")
    assert found[1][1] == "not traceable"


def test_a_further_value_answers_for_its_number(reports) -> None:
    changes, area, _ = reports["wokingham"]
    value = Value(key="survey.unsafe", value=31, text="31 %", label="Residents who feel unsafe")
    found = [
        check_claims(text, changes, area=area, extra_values={value.key: value})[0]
        for text in ("31 residents in a hundred feel unsafe.", "35 residents feel unsafe.")
    ]
    assert [c.verdict for c in found] == ["supported", "not traceable"]
    assert found[0].held_against.key == "survey.unsafe"


def test_ranks_come_from_levels_and_leave_the_force_out() -> None:
    names = {"luton": 30.0, "bedford": 20.0, "central-bedfordshire": 10.0, "bedfordshire-force": 40}
    rates = {
        Area.named(name): (1, Rate(value=v, lower=v, upper=v, per=1000, denominator="residents"))
        for name, v in names.items()
    }
    report = Assessment.open("bedford", "2023")
    found = levels(
        rates,
        measure=Measure.named("all-crime"),
        period=report.period,
        emphasis=Area.named("bedford"),
    )
    ranks = ranks_of(found)
    assert {key: value.value for key, value in ranks.items()} == {
        "rank.all-crime.highest": 2,
        "rank.all-crime.lowest": 2,
    }
    text = "Bedford has the second highest rate of all crime in the force."
    claims = check_claims(text, report.changes, area=report.area, extra_values=ranks)
    assert [c.verdict for c in claims] == ["supported"]
    assert ranks_of(found[:1]) == {}


def test_a_rate_is_held_against_the_rate() -> None:
    report = Assessment.open("luton", "2023")
    rate = next(c.rate for c in report.changes if c.measure.code == "robbery")
    texts = [f"Robbery stood at {n:.1f} per 1,000 residents." for n in (rate.value, rate.value + 1)]
    claims = [check_claims(t, report.changes, area=report.area)[0] for t in texts]
    assert [c.verdict for c in claims] == ["supported", "contradicted"]


def test_no_figures_at_all_leave_everything_open(reports) -> None:
    _, area, _ = reports["wycombe"]
    found = check_claims("Robbery rose from 8 to 17 in 2017.", (), area=area)
    assert [c.verdict for c in found] == ["not traceable"]


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Shoplifting doubled. It now accounts for 10 % of all crime.", ["supported"] * 2),
        (
            "Shoplifting doubled. It now accounts for 30 % of all crime.",
            ["supported", "contradicted"],
        ),
        ("1.1 Robbery fell from 200 to 130.", ["supported"]),
        (
            "Robbery: at most 120 by 31 December 2024 (40 % fewer than the 200 in 2022).",
            ["not traceable", "not traceable", "supported"],
        ),
        ("Robbery fell by 70 and burglary by 20.", ["supported", "contradicted"]),
    ],
)
def test_what_stands_around_a_statement_says_what_it_is_of(
    reports, text: str, verdicts: list[str]
) -> None:
    assert [verdict for _, verdict, _ in said(reports, "bedford-like", text)] == verdicts


def test_a_claim_of_a_refused_comparison_may_still_name_its_counts(reports) -> None:
    found = said(reports, "wycombe", "There were 73 dwelling burglaries a year earlier.")
    assert found == [("burglary-dwelling", "supported", "count")]


def test_values_held_against_are_those_of_the_list(reports) -> None:
    changes, area, _ = reports["wycombe"]
    values = values_of(changes)
    text = (
        "Robbery went from 8 to 17. Shoplifting rose by 6 %. Arson fell by more than in the force."
    )
    for claim in check_claims(text, changes, area=area):
        if claim.held_against is not None:
            assert all(key in values for key in claim.held_against.key.split())


@pytest.mark.parametrize(
    ("word", "rose", "rose_much", "steady", "fell"),
    [
        ("higher", "supported", "supported", "contradicted", "contradicted"),
        ("possibly higher", "as recorded", "contradicted", "as recorded", "contradicted"),
        ("steady", "as recorded", "contradicted", "supported", "contradicted"),
        ("can't tell", "as recorded", "as recorded", "as recorded", "contradicted"),
    ],
)
def test_the_word_of_a_line_decides(reports, word, rose, rose_much, steady, fell) -> None:
    changes, area, _ = reports["wycombe"]
    robbery = next(c for c in changes if c.measure.code == "robbery")
    line = replace(robbery, verdict=word, lower=0.9, upper=2.5)
    texts = ("rose.", "rose significantly.", "was much the same.", "fell.")
    judged = [check_claims(f"Robbery {t}", [line], area=area)[0].verdict for t in texts]
    assert judged == [rose, rose_much, steady, fell]


def test_what_excludes_no_change_contradicts_unchanged_alone(reports) -> None:
    changes, area, _ = reports["wycombe"]
    robbery = next(c for c in changes if c.measure.code == "robbery")
    line = replace(robbery, verdict="can't tell", lower=1.1, upper=2.5)
    (claim,) = check_claims("Robbery was unchanged.", [line], area=area)
    assert claim.verdict == "contradicted"


def test_a_verdict_that_turns_turns_the_judgement(reports) -> None:
    changes, area, _ = reports["wycombe"]
    robbery = next(c for c in changes if c.measure.code == "robbery")
    clear = replace(robbery, verdict="higher")
    verdicts = [
        check_claims("Robbery rose.", [one], area=area)[0].verdict for one in (robbery, clear)
    ]
    assert verdicts == ["as recorded", "supported"]


FRAGMENTS = st.sampled_from(
    """
    robbery|burglary and arson|all crime|most measures|none of them|the force|Wycombe|Reading|2016
    |rose|fell by 10 %|from 8 to 17|doubled|17|by a third|no clear change in|except for|(|)|,|.|:|;
    |respectively|second lowest|above the force average|a year earlier|that|it|\n|\n\n|- |**|[^1]
    |(source: x)|{{ change.x }}|4.4 %|-19 %|+|to|against|two of the nine measures|the other three
    """.replace("\n    ", "").split("|")
)


@settings(max_examples=300, deadline=None)
@given(pieces=st.lists(st.one_of(FRAGMENTS, st.text(max_size=8)), max_size=30))
def test_no_text_stops_the_checker(pieces: list[str]) -> None:
    report = _wycombe()
    for claim in check_claims(" ".join(pieces), report.changes, area=report.area):
        assert claim.verdict in get_args(ClaimVerdict)
        assert claim.words
        assert claim.reason.endswith(".")
        assert not {"None", "nan", "[x]"} & set(claim.reason.split())


@lru_cache(maxsize=1)
def _wycombe() -> Assessment:
    return Assessment.open("wycombe", "2017-04..2017-06")


def test_a_long_text_is_read_in_time_that_grows_with_it() -> None:
    report = _wycombe()
    times = []
    for length in (40, 400):
        text = "robbery, which is from the 8 to a third of all the force and " * length
        start = perf_counter()
        check_claims(text[:-1], report.changes, area=report.area)
        times.append(perf_counter() - start)
    assert times[1] < 60 * times[0]
