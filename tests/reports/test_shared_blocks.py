"""Blocks that every report of a partnership can show, on files written by hand."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cspanalysis.display import FIGURES, TO_DO
from cspanalysis.reports.sections.sign_off import cut_off
from tests.reports.pages import cells

EMPTY = {
    "plan_progress": "last_plan",
    "police_plan": "police_plan",
    "engagement": "meetings",
    "funding": "funding",
    "recommendations": "recommendations",
    "gaps": "gaps",
    "sign_off": "sign_off",
    "public_view": "consultation",
    "projects": "projects",
}
PLAN = """\
priorities:
  - key: violence
    title: Serious violence
    theme: serious-violence
    owner: Chief superintendent
    gaps: [Injuries that nobody reports.]
    measures: [{measure: assault-admissions}, {measure: robbery}]
last_plan:
  title: Plan 2023
  months: 2023
  actions:
    - {action: Patrol at night, priority: violence, status: done, evidence: 48 nights}
    - {action: Train door staff, status: on track, due: 2023-11-30}
    - {action: Market profile, status: late, due: 2023-10-31}
gaps: [Hospital admissions were not supplied.]
"""


@pytest.mark.parametrize("block", EMPTY)
def test_readers_are_told_what_is_missing_and_makers_where_to_add_it(
    opened: Any, block: str
) -> None:
    shown = getattr(opened("example: false\n"), block)()
    (item,) = shown.records[TO_DO]["items"]
    assert item == {
        "lacks": shown.text,
        "do": f"Add it under '{EMPTY[block]}' in data/partnerships/luton/partnership.yml.",
    }
    assert not re.search(r"data/|add it|partnership file|cspanalysis", shown.text)
    assert shown.text.startswith(("No", "This report", "The police and crime plan was not"))
    assert shown.text.endswith(".")


@pytest.mark.parametrize("block", EMPTY)
def test_without_a_file_makers_are_told_the_command_that_makes_one(opened: Any, block: str) -> None:
    shown = getattr(opened(None), block)()
    assert shown.text == getattr(opened("example: false\n"), block)().text
    (item,) = shown.records[TO_DO]["items"]
    assert item["do"].startswith("Make a partnership file with 'cspanalysis new luton'. Add it")


def test_partners_are_told_even_where_nobody_is_named(opened: Any) -> None:
    shown = opened(None).partners()
    assert [row[1] for row in cells(shown.html)[1:]] == ["not named"] * 5
    assert "None of the five responsible authorities is named" in shown.text


def test_partners_and_what_they_supplied(opened: Any) -> None:
    shown = opened(
        "partners:\n"
        "  - name: Luton Council\n    body: council\n    supplied:\n"
        "      - {what: Housing cases, received: 2024-01-15}\n      - {what: Calls}\n"
        "  - name: Victims' services\n"
    ).partners()
    rows = cells(shown.html)
    assert rows[1][1:] == [
        "Luton Council",
        "Housing cases (15 January 2024); Calls (no date given)",
    ]
    assert rows[-1] == ["Other partner", "Victims' services", "none recorded"]


def test_progress_is_a_table_of_actions_with_what_shows_it(opened: Any) -> None:
    shown = opened(PLAN).plan_progress()
    rows = cells(shown.html)
    assert rows[0] == ["Action", "Priority", "Due", "Status", "Evidence and outcome"]
    assert rows[1] == ["Patrol at night", "Serious violence", "not given", "done", "48 nights."]
    assert rows[2][3:] == ["overdue, marked on track", "none recorded"]
    assert "One of the three actions is done (33\u00a0%)" in shown.text


def test_gaps_are_those_recorded_and_measures_without_figures(opened: Any) -> None:
    assert opened(PLAN).gaps().text.splitlines() == [
        "- Hospital admissions were not supplied.",
        "- Serious violence: injuries that nobody reports.",
        "- Serious violence: there is no figure of hospital admissions for assault in 2023.",
    ]


def test_sign_off_tells_who_when_and_up_to_which_month(opened: Any) -> None:
    report = opened("sign_off: {group: Strategy group, version: '1.0', sent: [Council, Police]}\n")
    shown = report.sign_off()
    facts = dict(cells(shown.html)[1:])
    assert facts["Figures up to"].startswith("December 2023 (Street-level crime")
    assert facts["Agreed on"] == "not yet agreed"
    assert facts["Sent to"] == "Council and Police"
    assert shown.text.startswith("This report is not agreed yet: version 1.0")


def test_cut_off_of_a_published_table_is_its_own(opened: Any) -> None:
    from cspanalysis import StrategicAssessment

    opened(None)
    assert cut_off(StrategicAssessment.open("wokingham", "2019").facts).startswith(
        "December 2019 ("
    )


def test_an_example_says_so_and_nothing_else_does(opened: Any) -> None:
    assert opened("example: true\n").example_note().text.endswith("figures of crime are real.")
    assert opened("example: false\n").example_note().text == ""
    assert opened(None).example_note().text == ""


def test_glossary_holds_the_words_that_occur(opened: Any) -> None:
    def words(text: str) -> set[str]:
        return {row[0] for row in cells(opened(text).glossary().html)[1:]}

    plain = words("gaps: [Who buys stolen goods.]\n")
    assert {"Interval", "Clear change", "Anti-social behaviour"} <= plain
    assert "Public spaces protection order" not in plain
    assert "Public spaces protection order" in words("gaps: [What the PSPOs changed.]\n")
    # keys of the file, such as target, and plain verbs are no words of the report
    assert "Prevent programme" not in words("gaps: [How to prevent it.]\n")
    aim = "recommendations: [{text: Patrol, owner: Chief inspector, target: Fewer robberies}]\n"
    assert "Target" not in words(aim)


def test_numbers_of_the_file_are_recorded_and_serve_commentary(opened: Any) -> None:
    report = opened(PLAN + "funding: [{year: 2023/24, source: Home Office, amount: 32000}]\n")
    assert report.values["plan.done"].text == "one"
    assert report.values["funding.2023-24"].text == "£32,000"
    figures = {f["id"]: f for f in report.headlines().records[FIGURES]["figures"]}
    assert figures["plan.share-done"]["value"] == pytest.approx(100 / 3)
    assert figures["funding.2023-24"]["source"] == "Partnership file of Luton"
    assert len(figures) == len(report.headlines().records[FIGURES]["figures"])


def test_every_number_of_the_sentences_is_recorded(opened: Any) -> None:
    report = opened(PLAN)
    said = " ".join(" ".join(report.progress.sentences).split())
    known = {report.values[key].text for key in report.values}
    for number in re.findall(r"\b(one|two|three|\d+ %)\b", said):
        assert number in known


REGISTERS = """\
registers:
  death_reviews:
    - {year: 2021, open: 1, closed: 0, recommendations: 0, completed: 0}
    - {year: 2023, open: 2, closed: 1, recommendations: 9, completed: 6}
  asb_case_reviews:
    - {year: 2022/23, applications: 4, threshold_not_met: 1, reviews: 3, with_recommendations: 2}
"""


def test_registers_leave_out_small_counts_of_deaths_but_never_the_laws_four(opened: Any) -> None:
    report = opened(REGISTERS)
    rows = cells(report.registers().html)
    assert rows[1][:2] == ["2021", "[c]"]
    assert rows[2] == ["2022", "[x]", "[x]", "[x]", "[x]"]
    assert rows[-1] == ["2022/23", "4", "1", "3", "2"]
    recorded = report.headlines().records[FIGURES]["figures"]
    (hidden,) = (f for f in recorded if f["id"] == "death-reviews.2023.open")
    assert (hidden["value"], hidden["text"]) == (None, "[c]")


def test_a_sensitive_edition_shows_every_count(opened: Any) -> None:
    rows = cells(opened(REGISTERS, edition="sensitive").registers().html)
    assert rows[3] == ["2023", "2", "1", "9", "6"]


def test_registers_without_entries_are_said_by_their_names_of_the_period(opened: Any) -> None:
    said = opened("example: false\n").registers().text
    assert "No yearly number of domestic homicide reviews was supplied." in said
    assert "No yearly number of ASB case reviews was supplied." in said


SURVEY = """\
priorities:
  - {key: burglary, title: Burglary, theme: crime-and-disorder, owner: Head of service}
consultation:
  - title: Residents' survey
    months: 2023-06..2023-07
    mode: self-selected
    shares:
      - {statement: feel safe after dark, said_yes: 184, answered: 412}
      - {statement: name burglary, said_yes: 96, answered: 412, priority: burglary}
      - {statement: were robbed, said_yes: 3, answered: 412}
    groups: [{group: Young people, reached: 63}, {group: Carers, reached: 3}]
"""


def test_public_view_is_shares_concerns_and_groups(opened: Any) -> None:
    rows = cells(opened(SURVEY).public_view().html)
    assert rows[0][1] == "Share of those who chose to answer"
    assert rows[1] == ["They feel safe after dark", "45 %", "40 to 49 %", "412"]
    assert rows[3] == ["They were robbed", "[c]", "[c]", "412"]
    assert rows[5] == ["Burglary", "1", "23 %", "1"]
    assert rows[-1] == ["Carers", "[c]"]


PROJECT = """\
projects:
  - name: Better locks
    cost: 41000
    outputs: [{what: homes, number: 212}]
  - name: Football
    months: 2023
    cost: 27900
    outputs: [{what: participants, number: 279}]
    evaluation:
      {measure: burglary, before: 2022, after: 2023, treated: [58, 41], control: [60, 55],
       source: Police}
"""


def test_projects_are_a_table_and_what_is_known_of_each(opened: Any) -> None:
    shown = opened(PROJECT).projects()
    rows = cells(shown.html)
    assert rows[1] == ["Better locks", "not given", "212 homes", "£41,000", "[z]"]
    assert rows[2] == ["Football", "2023", "279 participants", "£27,900", "£100"]
    assert "One of the two projects is tested against a control area" in shown.text
    assert "- Better locks. Nobody has tested whether it made a difference." in shown.text
    assert "- Football. 12 fewer records of burglary" in shown.text


def test_since_the_previous_edition_compares_with_its_period(opened: Any, data: Any) -> None:
    report = opened(PLAN)
    folder = data / "partnerships" / "luton" / "12m-to-2022-03"
    folder.mkdir()
    (folder / "partnership.yml").write_text(
        "area: luton\nname: Luton CSP\nrecommendations:\n"
        "  - {text: Fit better locks., owner: Housing manager, by: 2023-03-31}\n"
    )
    shown = report.since_previous("12m-to-2022-03")
    assert "show a clear change since the 12 months to March 2022" in shown.text
    assert "- Fit better locks (Housing manager, by 31 March 2023)" in shown.text
    figures = {f["id"]: f["value"] for f in shown.records[FIGURES]["figures"]}
    assert figures["since-previous.all-crime.baseline_count"] == 16_972


def test_an_edition_without_figures_or_name_says_so(opened: Any) -> None:
    report = opened(None)
    assert report.since_previous().text.startswith("No previous edition is named")
    said = report.since_previous("2019").text
    assert said.startswith("No figures of 2019 are held to make that edition again.")
    assert "What was recommended in 2019 was not supplied." in said
    (item,) = report.since_previous("2019").records[TO_DO]["items"]
    assert item["do"] == "Keep that edition's partnership file in a folder named '2019'."


def test_what_no_project_records_is_said_once(opened: Any) -> None:
    shown = opened("projects: [{name: Locks, about: New locks.}, {name: Lights}]\n").projects()
    assert [row[0] for row in cells(shown.html)] == ["Project", "Locks", "Lights"]
    assert "No project gives its dates.\nNo project says what it delivered." in shown.text
    assert "None of the two projects is tested against a control area" in shown.text
    assert "- Locks. New locks." in shown.text
    assert "Nobody has tested" not in shown.text
    assert "- Lights" not in shown.text
