"""What a sentence takes from the one before, and what no count may bear out or contradict."""

from __future__ import annotations

import pytest

from cspanalysis.commentary.claims import check_claims


def told(reports, monthly, text: str, report: str = "bedford-like") -> list[tuple[str, str]]:
    changes, area, extra = reports[report]
    months = monthly.get(report)
    found = check_claims(text, changes, area=area, extra_values=extra, monthly=months)
    return [(claim.measure, claim.verdict) for claim in found]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("", ("", "not traceable")),
        ("Shoplifting was a worry. ", ("shoplifting", "contradicted")),
        ("# Shoplifting\n\n", ("shoplifting", "contradicted")),
        ("* Shoplifting doubled.\n* ", ("shoplifting", "contradicted")),
    ],
)
def test_an_average_is_of_what_was_spoken_of_before(reports, monthly, before, expected) -> None:
    # Shoplifting went from 1,000 to 2,000: from 83 to 167 a month.
    text = f"{before}The monthly average rose from 83 to 255."
    assert told(reports, monthly, text)[-1] == expected
    right = told(reports, monthly, text.replace("255", "167"))[-1]
    assert right == (expected[0], "supported" if before else "not traceable")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Robbery was 12 in January 2023 and 7 in December; 27 from October to December.
        ("Robbery was lower at the end of the year than at its start.", ["as recorded"]),
        ("Robbery ended the year higher than it began.", ["contradicted"]),
        ("In December there were 7 robberies. That is 3 fewer than November.", 2 * ["supported"]),
        ("In December there were 7 robberies. That is 3 more than in November.",
         ["supported", "contradicted"]),
        ("Between October and December 2023 robbery fell by 33 %. There were 26 offences.",
         ["as recorded", "supported"]),
        ("Robbery has not been this high since 2021.", ["contradicted"]),
        ("Robbery fell with every quarter of 2023.", ["contradicted"]),
    ],
)  # fmt: skip
def test_spans_are_of_the_sentence_or_of_the_one_before(reports, monthly, text, expected) -> None:
    assert [verdict for _, verdict in told(reports, monthly, text, "year")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The fall in robbery is the result of more patrols.", ["not traceable"]),
        ("The rise in robbery is the result of more patrols.", ["contradicted", "not traceable"]),
        ("Residents said that shoplifting rose.", ["not traceable"]),
        ("Bedford recorded 820 burglaries.", ["not traceable"]),
        ("The force recorded 820 burglaries.", ["contradicted"]),
        ("Burglary and robbery came to 950.", ["supported"]),
        ("Burglary and robbery came to 960.", ["contradicted", "contradicted"]),
        ("There was one burglary for every 260 residents.", []),
        ("Theft (shoplifting and burglary) rose by 10 %.", ["not traceable"]),
        ("Shoplifting +100 % Robbery -35 %", ["supported", "supported"]),
        ("Robbery's share of all crime fell from 1.1 % to 0.7 %.",
         ["supported", "supported", "not traceable"]),
        ("Robbery's share of all crime rose from 0.7 % to 1.1 %.",
         ["contradicted", "contradicted", "not traceable"]),
    ],
)  # fmt: skip
def test_what_a_figure_is_of_comes_first(reports, monthly, text, expected) -> None:
    assert [verdict for _, verdict in told(reports, monthly, text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The partnership missed its ambition of 110 robberies a year.",
        "Robbery rose month by month through the year.",
    ],
)
def test_what_was_aimed_at_and_steps_from_month_to_month_are_no_change(
    reports, monthly, text: str
) -> None:
    assert "contradicted" not in {verdict for _, verdict in told(reports, monthly, text)}
