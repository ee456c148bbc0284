"""Tables and shares: each cell and each share held against what it is of."""

from __future__ import annotations

import pytest

from cspanalysis.commentary.claims import check_claims

Found = list[tuple[str, str, str, str]]


def said(reports, report: str, text: str) -> Found:
    changes, area, extra = reports[report]
    claims = check_claims(text, changes, area=area, extra_values=extra)
    return [(c.measure, c.words, c.verdict, c.rule) for c in claims]


def table(head: str, *rows: str) -> str:
    rule = "|".join("---" for _ in head.split("|"))
    return "\n".join(f"| {line} |" for line in (head, rule, *rows))


@pytest.mark.parametrize(
    ("head", "cell", "verdict", "rule"),
    [
        ("2022", "200", "supported", "count"),
        ("2023", "130", "supported", "count"),
        ("2023", "131", "contradicted", "count"),
        ("Offences in 2023", "130", "supported", "count"),
        ("Last year", "200", "supported", "count"),
        ("Change", "-70", "supported", "difference"),
        ("Change", "70", "contradicted", "difference"),
        ("Change", "\N{MINUS SIGN}35 %", "supported", "percent change"),
        ("% change", "-35", "supported", "percent change"),
        ("% change", "35", "contradicted", "percent change"),
        ("Force % change", "-5", "supported", "change of the force"),
        ("Force", "+5 %", "contradicted", "change of the force"),
        ("Share of all crime", "0.7 %", "supported", "share"),
        ("Share of all crime", "7 %", "contradicted", "share"),
        ("Trend", "down", "supported", "direction"),
        ("Trend", "Rising", "contradicted", "direction"),
        ("Verdict", "no clear change", "contradicted", "no change"),
        ("2015", "180", "not traceable", "other time"),
        ("Offences solved in 2023", "60", "not traceable", "number"),
        ("TVP %", "-5", "not traceable", "number"),
        ("Luton", "-35 %", "supported", "percent change"),
        ("Target", "100", "not traceable", "number"),
        ("2023", "131.4", "not traceable", "number"),
        ("Value", "0.8", "not traceable", "number"),
        ("England and Wales", "9 %", "not traceable", "other area"),
    ],
)
def test_a_cell_is_read_by_the_head_of_its_column(
    reports, head: str, cell: str, verdict: str, rule: str
) -> None:
    found = said(reports, "bedford-like", table(f"Measure | {head}", f"Robbery | {cell}"))
    assert [(measure, *rest) for measure, _, *rest in found] == [("robbery", verdict, rule)]


def test_a_head_may_have_two_rows(reports) -> None:
    text = table(" | Recorded crime | | | ", " | 2022 | 2023 | Diff", "Robbery | 200 | 131 | -70")
    found = said(reports, "bedford-like", text)
    assert [verdict for _, _, verdict, _ in found] == ["supported", "contradicted", "supported"]


def test_a_first_row_that_says_nothing_of_when_is_no_second_head(reports) -> None:
    text = table("Measure | 2022 | 2023", " | offences | offences", "Robbery | 200 | 130")
    found = said(reports, "bedford-like", text)
    assert [verdict for _, _, verdict, _ in found] == ["supported", "supported"]


@pytest.mark.parametrize("head", ["Monthly average", "Average", "Per day", "Mean per month"])
def test_an_average_is_held_against_no_count(reports, head: str) -> None:
    assert said(reports, "bedford-like", table(f"Measure | {head}", "Robbery | 11")) == []


def test_a_table_of_several_areas_may_say_at_its_first_column_that_it_is_of_rates(reports) -> None:
    text = table("Rate per 1,000 | Luton | Bedford", "Robbery | 4 | 5")
    found = said(reports, "bedford-like", text)
    assert [one[2] for one in found] == ["not traceable", "not traceable"]


def test_a_table_may_stand_on_its_side(reports) -> None:
    text = table("**Robbery** | Value", "2022 | 200", "2023 | 13")
    assert [c[2] for c in said(reports, "bedford-like", text)] == ["supported", "contradicted"]


@pytest.mark.parametrize(
    "text",
    [
        table("Ward | Incidents", "Dallow | 213"),
        table("Measure | Owner", "Robbery | Sgt Jones"),
        table("Measure | 2023", "Robbery | "),
        table("Robbery | Place", "Dallow | 213"),
        "| Robbery | 999 |",
        "```\n" + table("Measure | 2023", "Robbery | 999") + "\n```",
        "<!--\n" + table("Measure | 2023", "Robbery | 999") + "\n-->",
    ],
)
def test_what_states_nothing_of_a_measure_is_left_alone(reports, text: str) -> None:
    assert said(reports, "bedford-like", text) == []


def test_a_cell_bears_its_line_its_row_and_its_column(reports) -> None:
    changes, area, extra = reports["bedford-like"]
    text = "Words.\n\n" + table("Measure | 2022", "Robbery | 200", "Burglary | 801") + "\n\nEnd."
    claims = check_claims(text, changes, area=area, extra_values=extra, first_line=10)
    assert [(c.line, c.text) for c in claims] == [
        (14, "Robbery, 2022: 200"),
        (15, "Burglary, 2022: 801"),
    ]
    assert claims[1].reason.startswith("Burglary went from 800 to 820")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shoplifting makes up about a tenth of all crime.", [("shoplifting", "supported")]),
        ("In 2022, shoplifting was 5.6 % of all crime.", [("shoplifting", "supported")]),
        ("Half of all crime was shoplifting.", [("shoplifting", "contradicted")]),
        (
            "Robbery accounts for 0.7 % of all crime, and burglary 5 %.",
            [("robbery", "supported"), ("burglary", "contradicted")],
        ),
        ("In Bedfordshire, robbery makes up 9 % of all crime.", [("robbery", "not traceable")]),
        ("Other theft makes up 9 % of all crime.", [("other-theft", "not traceable")]),
    ],
)
def test_a_share_is_of_the_counts_of_its_period(reports, text: str, expected) -> None:
    found = said(reports, "bedford-like", text)
    assert [(measure, verdict) for measure, _, verdict, _ in found] == expected


def test_a_row_of_a_month_is_held_against_the_measures_of_its_columns(reports, monthly) -> None:
    changes, area, extra = reports["quarter"]
    text = table("Month | Burglary | Robbery", "November 2023 | 70 | 10", "December 2023 | 76 | 7")
    claims = check_claims(text, changes, area=area, extra_values=extra, monthly=monthly["quarter"])
    assert [claim.verdict for claim in claims] == [
        *("supported", "supported", "contradicted", "supported")
    ]


def test_a_sentence_of_offences_is_of_its_heading_or_of_the_measure_before(reports) -> None:
    text = "### Robbery\n\nThere were 130 offences, 70 fewer than last year.\n\n### Outlook\n\n"
    text += "There were 130 offences, 60 fewer than last year."
    found = said(reports, "bedford-like", text)
    assert [claim[2] for claim in found] == [*("supported", "supported"), *["not traceable"] * 2]


def test_a_share_of_the_force_is_held_against_its_count(reports) -> None:
    for share, verdict in (("38 %", "supported"), ("48 %", "contradicted")):
        text = f"Luton accounts for {share} of all crime in Bedfordshire."
        assert said(reports, "bedford-like", text)[0][2:] == (verdict, "share")


@pytest.mark.parametrize(
    "sentence",
    [
        "Burglary or robbery made up six in ten crimes.",
        "Burglary or robbery was 60 % of all crime.",
    ],
)
def test_a_share_of_one_measure_or_another_is_not_held_against_the_last(
    reports, sentence: str
) -> None:
    found = said(reports, "bedford-like", sentence)
    assert {verdict for _, _, verdict, _ in found} == {"not traceable"}


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("Robbery was below the force average.", "no figure of the force"),  # a level: no rates
        ("The fall in robbery was below the force average.", "against the force"),
    ],
)
def test_an_average_of_the_force_is_a_level_unless_a_change_is_spoken_of(
    reports, sentence: str, rule: str
) -> None:
    assert rule in {found for *_, found in said(reports, "bedford-like", sentence)}
