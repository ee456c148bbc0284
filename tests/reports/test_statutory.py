"""The statutory map: met by content, empty without it, and never by a heading."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cspanalysis import StrategicAssessment
from cspanalysis.display import statutory_table
from cspanalysis.findings.work.statutory import Duty, Evidence, StatutoryMap
from cspanalysis.partnership.law import coming
from cspanalysis.partnership.requirements import requirements
from cspanalysis.reports.sections.law_evidence import statutory_map_of
from tests.reports.pages import cells

WHOLE = """\
partners:
  - {name: Council, body: council, supplied: [{what: Cases, received: 2024-01-15}]}
  - {name: Police, body: police}
  - {name: Fire service, body: fire}
  - {name: Probation, body: probation}
  - {name: Care board, body: integrated-care-board}
police_plan: {title: Plan, objectives: [Less violence]}
priorities:
  - key: violence
    title: Violence
    theme: serious-violence
    owner: Superintendent
    why: It harms most.
    objectives: [Less violence]
    measures: [{measure: robbery, target: {change: -5}}]
    actions: [{action: Patrol at night}]
last_plan:
  title: Plan 2023
  months: 2023
  actions: [{action: Patrol, status: done, evidence: 48 nights}]
consultation:
  - title: Survey
    months: 2023
    mode: sample
    shares: [{statement: feel safe, said_yes: 200, answered: 400}]
meetings:
  - {date: 2023-03-14, what: Evening, public: true, senior_officers: true, groups: [Tenants]}
registers:
  death_reviews: [{year: 2023, open: 0, closed: 0, recommendations: 0, completed: 0}]
  asb_case_reviews:
    - {year: 2023, applications: 0, threshold_not_met: 0, reviews: 0, with_recommendations: 0}
funding: [{year: 2023/24, source: Home Office, amount: 1000}]
recommendations: [{text: Patrol more, owner: Superintendent, duty: It prevents violence.}]
duties:
  theme-reoffending: {text: No data because probation shares none.}
  domestic-abuse-strategy: {text: The board meets quarterly., document: Strategy, date: 2023-05-01}
  prevent: {text: The board has a plan.}
committee:
  {name: Committee, title: Report, asked: [Note it], date: 2024-03-01, equality: None arises.}
sign_off:
  {group: Strategy group, version: '1.0', agreed: 2024-02-01, previous: 2023-02-01,
   sent: [Police and Crime Commissioner]}
"""
COMPUTED = {
    "theme-crime-and-disorder",
    "theme-anti-social-behaviour",
    "theme-substance-misuse",
    "theme-serious-violence",
    "levels-and-patterns",
    "changes",
    "reasons",
}


def missing(report: StrategicAssessment) -> set[str]:
    return {duty.requirement.key for duty in report.missing()}


def test_a_whole_file_meets_everything(opened: Any) -> None:
    report = opened(WHOLE)
    assert [d.line for d in report.missing()] == []
    assert statutory_map_of(report.facts).title == "Something stands under each of 28 duties"
    rows = {row[0]: row for row in cells(report.statutory_map().html)}
    board = rows["A board, a needs assessment and a strategy for safe accommodation"]
    assert board[3:] == ["Met", "The board meets quarterly (Strategy, 1 May 2023)."]
    county = next(
        d for d in statutory_map_of(report.facts).duties if d.requirement.key == "county-agreement"
    )
    assert county.state == "not for this report"


def test_without_a_file_only_what_is_computed_is_met(opened: Any) -> None:
    report = opened(None)
    asked = {r.key for r in requirements("england")} - {"county-agreement"}
    assert missing(report) == asked - COMPUTED


@pytest.mark.parametrize(
    ("part", "less", "key"),
    [
        ("agreed: 2024-02-01, ", "", "strategy-group"),
        ("previous: 2023-02-01", "version: '1.0'", "yearly"),
        ("[Police and Crime Commissioner]", "[Council]", "distribution"),
        (", duty: It prevents violence.", "", "section-17"),
        ("    why: It harms most.\n", "", "priorities"),
        (", target: {change: -5}", "", "partnership-plan"),
        ("    actions: [{action: Patrol at night}]\n", "", "partnership-plan"),
        ("senior_officers: true", "senior_officers: false", "engagement"),
        ("  - {name: Probation, body: probation}\n", "", "responsible-authorities"),
        ("    objectives: [Less violence]\n", "", "police-objectives"),
        ("said_yes: 200, answered: 400", "said_yes: 2, answered: 400", "public-priorities"),
        ("[{action: Patrol, status: done, evidence: 48 nights}]", "[]", "last-plan"),
        (", received: 2024-01-15", "", "information-sharing"),
        (", date: 2024-03-01", "", "scrutiny"),
        (", equality: None arises.", "", "equality"),
        ("  prevent: {text: The board has a plan.}\n", "", "prevent"),
        ("  theme-reoffending: {text: No data because probation shares none.}\n", "",
         "theme-reoffending"),
    ],
)  # fmt: skip
def test_each_part_is_asked_for(opened: Any, part: str, less: str, key: str) -> None:
    text = WHOLE.replace(", version: '1.0'", "") if "version" in less else WHOLE
    assert part in text
    assert key in missing(opened(text.replace(part, less)))


def test_a_quarter_is_no_yearly_assessment(opened: Any) -> None:
    opened(WHOLE)
    quarter = StrategicAssessment.open("luton", "2023-Q4")
    assert "yearly" in missing(quarter)


def test_wording_from_memory_is_to_be_confirmed(opened: Any) -> None:
    rows = cells(opened(WHOLE).statutory_map().html)
    marked = [row[1] for row in rows if "(to be confirmed)" in row[1]]
    assert "SI 2007/1830, regulations 6 and 7 (to be confirmed)" in marked
    assert len(marked) == 7


def test_a_duty_of_an_unknown_requirement_is_refused(opened: Any) -> None:
    from cspanalysis.errors import UsageError

    with pytest.raises(
        UsageError, match="duty 'prevnt' is no requirement of the law; known: prevent"
    ):
        opened("duties: {prevnt: {text: x}}\n").missing()


def test_the_law_is_that_of_the_period(opened: Any) -> None:
    opened(None)
    before = statutory_map_of(StrategicAssessment.open("luton", "2022").facts)
    keys = {duty.requirement.key for duty in before.duties}
    assert not keys & {"theme-serious-violence", "serious-violence-duty"}
    assert before.coming == ()


def test_the_city_of_london_is_asked_for_no_police_and_crime_plan() -> None:
    city = requirements("city-of-london", on=date(2023, 12, 31))
    asked = next(one for one in city if one.key == "police-objectives")
    duty = Duty(asked, Evidence(None, asked.note))
    assert (asked.exempt, duty.state) == (True, "not for this report")
    rows = cells(statutory_table(StatutoryMap((duty,))).html)
    assert rows[1][3] == "Not for this report"
    assert "its police authority is its Common Council" in rows[1][4]


def test_what_is_enacted_and_not_confirmed_stands_apart_and_counts_for_nothing() -> None:
    day = date(2026, 6, 30)
    duties = tuple(Duty(r, Evidence(True, "x")) for r in requirements("england", on=day))
    found = StatutoryMap(duties, coming("england", on=day))
    text = statutory_table(found).text
    assert "no line above rests on it until it is confirmed" in text
    assert "Crime and Policing Act 2026: Royal Assent was on 29 April 2026" in text
    assert "they end in May 2028" in text
    assert found.title == "Something stands under each of 29 duties"
    assert not [d for d in found.duties if "2026" in d.law]
