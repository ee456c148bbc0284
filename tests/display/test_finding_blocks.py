"""Blocks that put findings together: several as one, patterns, explanations, sources, Markdown."""

from __future__ import annotations

import pandas as pd
from lxml import html

from cspanalysis import display
from cspanalysis.display import FIGURES, Block
from cspanalysis.evidence.figures import Provenance
from cspanalysis.findings.changes.patterns import Concentration, Pattern, Season
from cspanalysis.findings.changes.why import Explanation
from cspanalysis.findings.finding import Change
from cspanalysis.vocabulary import Area, Measure, Period

LUTON = Area("E22000010", "Luton", "csp", "E23000026")


def change(code: str, **options: object) -> Change:
    period = Period.parse("2019")
    return Change(
        measure=Measure.named(code),
        area=LUTON,
        period=period,
        baseline=period.baseline(),
        before=100,
        after=150,
        verdict="higher",
        **options,  # type: ignore[arg-type]
    )


def cells(block: Block) -> list[list[str]]:
    rows = html.fromstring(f"<div>{block.html}</div>").findall(".//tr")
    return [[cell.text_content().strip() for cell in row] for row in rows]


def test_blocks_under_each_other_join_what_they_record() -> None:
    first = Block("<p>1</p>", "1", {FIGURES: {"figures": [1], "inputs": ["a"]}})
    second = Block("", "", {FIGURES: {"figures": [2], "inputs": []}})
    both = display.together(first, None, second)
    assert (both.html, both.text) == ("<p>1</p>", "1")
    assert both.records[FIGURES] == {"figures": [1, 2], "inputs": ["a"]}
    assert display.together() == Block("", "", {})


def test_a_pattern_is_a_line_with_gaps_said() -> None:
    robbery, arson = Measure.named("robbery"), Measure.named("arson")
    season = Season(measure=robbery, area=LUTON, high=(7, 8), low=(), years=3)
    held = Concentration(measure=robbery, area=LUTON, places=125, holding_half=13)
    block = display.pattern_table(
        [
            Pattern(measure=robbery, season=season, concentration=held, outlook=None),
            Pattern(measure=arson, season=None, concentration=None, outlook=None),
        ],
        caption="Half of robbery was recorded in 13 of 125 small areas",
    )
    head, first, second = cells(block)
    assert head == ["Measure", "Usually higher", "Usually lower", "Half of it in"]
    assert first == ["Robbery", "Jul and Aug", "–", "13 of 125"]
    assert second == ["Arson", "[x]", "[x]", "[x]"]


def test_what_is_known_of_no_pattern_has_no_column() -> None:
    robbery = Measure.named("robbery")
    held = Concentration(measure=robbery, area=LUTON, places=125, holding_half=13)
    pattern = Pattern(measure=robbery, season=None, concentration=held, outlook=None)
    block = display.pattern_table([pattern], caption="Half of robbery")
    assert cells(block) == [["Measure", "Half of it in"], ["Robbery", "13 of 125"]]
    assert "Outlook" not in block.html
    assert "Usually higher" not in block.html


def test_explanations_stand_in_one_table_and_open_questions_are_said_once() -> None:
    computed = Explanation(
        "It is recorded differently", "does not fit", "None is known.", "moderate"
    )
    left = Explanation("People report more or less", "for people to judge", "Surveys could tell.")
    block = display.explanation_table(
        {change("robbery"): (computed, left), change("arson"): (computed, left)}
    )
    assert [row[0] for row in cells(block)] == ["Measure", "Robbery", "Arson"]
    assert block.text.count("Surveys could tell.") == 1
    alone = display.explanation_table({change("robbery"): (computed, left)})
    assert [row[0] for row in cells(alone)] == ["Explanation", "It is recorded differently"]
    assert "What may explain the change in robbery, and what speaks" in alone.text


def test_sources_gather_the_measures_that_share_one() -> None:
    origin = Provenance("data.police.uk", "2024-02", "Exact test")
    other = Provenance("data.police.uk", "2024-02")
    block = display.source_table(
        [
            change("robbery", provenance=origin),
            change("arson", provenance=origin),
            change("burglary", provenance=other),
        ]
    )
    assert cells(block)[1:] == [
        ["Robbery and arson", "data.police.uk", "February 2024", "Exact test"],
        ["Burglary", "data.police.uk", "February 2024", "None: no comparison is made"],
    ]


def test_sources_give_the_exact_p_where_noise_is_borrowed() -> None:
    origin = Provenance("A report", "2020-01", "Test")
    said = "p of the exact test alone"
    assert said not in display.source_table([change("robbery", provenance=origin)]).text
    sheds = change("robbery", provenance=origin, exact_p=0.0430104)
    barred = change("arson", provenance=origin, exact_p=0.2, refused="Recording changed.")
    block = display.source_table([sheds, barred])
    assert f"{said}, which takes counts" in block.html
    assert "makes them: robbery 0.043. Real counts" in block.html


def test_markup_in_what_people_write_is_shown_as_text() -> None:
    block = display.markdown('<img src=x onerror="alert(1)"> and [x](javascript:alert(1))')
    page = html.fromstring(block.html)
    assert page.findall(".//img") == []
    assert not [a for a in page.findall(".//a") if "javascript" in (a.get("href") or "")]
    assert "onerror" in page.text_content()


def test_a_headline_draws_the_last_two_years_of_its_months() -> None:
    months = pd.date_range("2021-01-01", periods=30, freq="MS")
    counts = pd.DataFrame({"robbery": pd.array([*range(29), None], dtype="Int64")}, index=months)
    made = display.headline_of(change("robbery"), source="here", monthly=counts)
    assert len(made.spark) == 24
    assert made.spark[0] == 6
    assert made.spark[-1] is None
    assert display.headline_of(change("robbery"), source="here").spark == ()
    assert (made.id, made.text, made.tone) == ("headline.robbery", "150", "bad")


def test_numbers_with_shorthand_among_them_stand_right_and_stay_numbers() -> None:
    frame = pd.DataFrame(
        [("2022", 1200, "[x]", "a"), ("2023", "[c]", "[x]", "[x]")],
        columns=["Year", "Open", "Gone", "Text"],
        dtype=object,
    )
    block = display.table(frame, caption="Reviews", formats={"Open": lambda n: f"{n:,} reviews"})
    kinds = [cell.get("class") for cell in html.fromstring(block.html).findall(".//tbody//td")]
    assert kinds == ["number", "number", None] * 2
    assert "1,200 reviews" in block.text
    (recorded,) = block.records[display.TABLES]["tables"]
    assert [row["cells"][1] for row in recorded["rows"]] == [1200, "[c]"]
