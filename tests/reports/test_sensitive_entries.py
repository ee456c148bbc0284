"""Secrets planted in every kind of entry: none stands anywhere in a public edition."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cspanalysis import Assessment, CommitteeReport, PriorityProfile, StrategicAssessment
from cspanalysis.display import Block
from cspanalysis.errors import UsageError
from cspanalysis.reports.sections.law_evidence import statutory_map_of
from cspanalysis.reports.sections.record import figures

WORD, NUMBER = "Quercus", 48_713
FILE = f"""\
partners:
  - name: {WORD} trust
    edition: sensitive
  - name: Luton Council
    body: council
    supplied: [{{what: {WORD} returns, edition: sensitive}}]
police_plan:
  title: Police plan
  objectives: [Open aim, {{value: {WORD} aim, edition: sensitive}}]
measures:
  - {{measure: robbery, edition: sensitive}}
priorities:
  - key: burglary
    title: Burglary
    theme: crime-and-disorder
    owner: {{value: {WORD} lead, edition: sensitive}}
    why: {{value: {WORD} is why, edition: sensitive}}
    measures:
      - {{measure: burglary, target: {{change: -10}}}}
      - {{measure: vehicle-crime, target: {{at_most: {NUMBER}}}, edition: sensitive}}
    objectives: [Open aim, {WORD} aim]
    actions:
      - {{action: Open action, owner: {{value: {WORD} officer, edition: sensitive}}}}
      - {{action: {WORD} action, edition: sensitive}}
    figures:
      - {{key: hidden-one, what: {WORD} cases, source: x, number: {NUMBER}, edition: sensitive}}
      - {{key: open-one, what: open cases, source: A clinic, number: 12}}
    gaps: [{{value: {WORD} is not known, edition: sensitive}}]
  - key: exploitation
    title: {WORD} exploitation
    theme: crime-and-disorder
    owner: Head of {WORD}
    measures: [{{measure: drug-offences}}]
    edition: sensitive
last_plan:
  title: Last plan
  months: 2022
  actions:
    - {{action: Open deed, status: done}}
    - {{action: {WORD} deed, status: late, edition: sensitive}}
    - {{action: Deed on {WORD}, status: late, priority: exploitation}}
registers:
  asb_case_reviews:
    - {{year: 2022/23, applications: {NUMBER}, threshold_not_met: 1, reviews: 2,
       with_recommendations: 1, edition: sensitive}}
    - {{year: 2023/24, applications: 3, threshold_not_met: 1, reviews: 2, with_recommendations: 1}}
projects:
  - {{name: {WORD} project, cost: {NUMBER}, edition: sensitive}}
  - {{name: Project on {WORD}, priority: exploitation}}
  - name: Open project
    outputs: [{{what: {WORD} hours, number: {NUMBER}, edition: sensitive}}]
funding:
  - {{year: 2023/24, source: {WORD} fund, amount: {NUMBER}, edition: sensitive}}
recommendations:
  - {{text: Ask {WORD}, owner: Board, edition: sensitive}}
duties:
  prevent: {{text: {WORD} meets, edition: sensitive}}
gaps: [{{value: {WORD} gap, edition: sensitive}}]
committee:
  name: Committee
  title: Report
  asked: [To note, {{value: To back {WORD}, edition: sensitive}}]
"""
HEAD = "---\nauthor: Community safety analyst\ndate: 2024-02-01\nstatus: agreed\n---\n"
ON_THE_FILE = (
    "partners plan_progress police_plan funding recommendations registers projects gaps "
    "statutory_map targets"
)
Opened = Callable[..., StrategicAssessment]


def _shown(*blocks: Block) -> str:
    """Everything that blocks bear: markup, text and records for figures and spreadsheets."""
    return "\n".join(f"{b.html}\n{b.text}\n{json.dumps(dict(b.records))}" for b in blocks)


def _told(report: StrategicAssessment, more: str) -> str:
    blocks = [getattr(report, name)() for name in f"{ON_THE_FILE} {more}".split()]
    told = [f"{f.id} {f.label} {f.text} {f.value}" for f in figures(report.facts)]
    return "\n".join([_shown(*blocks), *told, *report.values, report.lead])


def test_no_secret_stands_in_a_public_assessment(opened: Opened, data: Path) -> None:
    report = opened(FILE)
    folder = data / "partnerships" / "luton" / "commentary"
    folder.mkdir()
    (folder / "priority-exploitation.md").write_text(f"{HEAD}Words on {WORD}.\n")
    marked = HEAD.replace("agreed", "agreed\nedition: sensitive")
    (folder / "secret.md").write_text(f"{marked}More {WORD}.\n")
    told = _told(report, "change_tables priorities commentary glossary one_page")
    assert WORD.lower() not in told.lower()
    assert str(NUMBER) not in told
    assert f"{NUMBER:,}" not in told
    for measure in ("robbery", "vehicle crime", "vehicle-crime"):
        assert measure not in told.replace("Violence and robbery", "").lower()
    for kept in ("Open action", "Open deed", "Open project", "open cases", "Open aim"):
        assert kept.lower() in told.lower()


def test_a_public_edition_does_not_deny_what_it_leaves_out(opened: Opened) -> None:
    report = opened(FILE)
    assert report.funding().text.strip() == "This edition shows nothing of it."
    assert report.recommendations().text.strip() == "This edition shows nothing of it."
    duty = next(d for d in statutory_map_of(report.facts).duties if d.requirement.key == "prevent")
    assert duty.evidence.text == "What shows it is held, and left out of this edition."


def test_a_sensitive_edition_shows_all_of_it(opened: Opened) -> None:
    report = opened(FILE, edition="sensitive")
    assert f"{WORD} fund" in report.funding().text
    assert f"{WORD} action" in report.priorities().text
    assert "change.robbery.count" in report.values
    assert "supplied.hidden-one" in " ".join(report.values)


def test_other_reports_leave_the_same_out(opened: Opened) -> None:
    opened(FILE)
    committee = CommitteeReport.open("luton", "2023")
    assert WORD not in _told(committee, "asked head")
    profile = PriorityProfile.open("luton", "2023", priority="burglary")
    assert WORD not in _told(profile, "")
    for wanted in ("exploitation", "robbery"):
        with pytest.raises(UsageError, match=f"priority '{wanted}' is marked as sensitive"):
            PriorityProfile.open("luton", "2023", priority=wanted)
    ward = Assessment.open("E05014735", "2023")
    assert "robbery" not in {change.measure.code for change in ward.changes}


def test_a_placeholder_of_a_secret_is_refused(opened: Opened, data: Path) -> None:
    report = opened(FILE)
    folder = data / "partnerships" / "luton" / "commentary"
    folder.mkdir()
    (folder / "note.md").write_text(f"{HEAD}One.\n\nIt was {{{{ change.robbery.count }}}}.\n")
    refused = r"note\.md, line 8: 'change\.robbery\.count' is of something marked as sensitive"
    with pytest.raises(UsageError, match=refused):
        report.commentary()


def test_an_edition_that_is_not_known_is_told(opened: Opened) -> None:
    report = opened("projects:\n  - name: One\n    edition: secret\n")
    with pytest.raises(UsageError, match=r"line 4, projects\[0\]: edition 'secret' is not known"):
        report.projects()
