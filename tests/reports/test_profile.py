"""The profile of one priority: the shipped examples, a file by hand, and little to show."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cspanalysis import PriorityProfile
from cspanalysis.display import COVER, FIGURES, TABLES
from cspanalysis.errors import UsageError

BLOCKS = (
    *("cover", "example_note", "headlines", "in_short", "about", "commentary", "what", "why"),
    *("control_charts", "when", "where", "who", "outcomes", "searches", "comparisons", "done"),
    *("options", "gaps", "caveats", "sources"),
)
FILE = """\
area: luton
name: Luton Community Safety Partnership
priorities:
  - key: night-time
    title: The night-time economy
    theme: crime-and-disorder
    owner: Licensing manager
    why: People are hurt round the same few doors.
    measures:
      - {measure: violence-and-sexual-offences, target: {change: -5}, by: 2024-12-31}
      - {measure: marac-cases}
    objectives: [Fewer people harmed]
    figures:
      - {key: attendances, what: assault attendances at the hospital, source: Hospital, number: 412}
    actions: [{action: Train door staff, owner: Licensing manager, due: 2024-06-30}]
    gaps: [How much of it is domestic]
  - {key: burglary, title: Burglary, theme: crime-and-disorder, owner: Chief inspector}
last_plan:
  title: Plan 2023
  months: 2023
  actions:
    - {action: Light the taxi rank, priority: night-time, status: done, evidence: Lit in May}
    - {action: Visit homes, priority: burglary, status: late}
projects:
  - {name: Street pastors, priority: night-time, outputs: [{what: Nights, number: 40}]}
  - {name: Locks, priority: burglary, outputs: [{what: Homes, number: 12}]}
recommendations:
  - {text: Extend the pastors, priority: night-time, owner: Licensing manager}
  - {text: Buy more locks, priority: burglary, owner: Chief inspector}
"""
WRITTEN = "---\nauthor: Analyst\ndate: 2024-02-01\nstatus: agreed\n---\n{body}\n"


@pytest.fixture(scope="module")
def burglary() -> PriorityProfile:
    return PriorityProfile.open("luton", "2023", priority="burglary")


@pytest.fixture
def night_time(data: Path) -> PriorityProfile:
    folder = data / "partnerships" / "luton"
    (folder / "commentary").mkdir(parents=True)
    (folder / "partnership.yml").write_text(FILE, encoding="utf-8")
    for name, body in (
        ("options-night-time", "Close the street to cars. {{ where.NAME.stable }} places stay."),
        ("options-burglary", "Buy locks."),
        ("priority-night-time", "It has been so for years."),
        ("priority-burglary", "Homes first."),
        ("visit", "We walked round."),
    ):
        text = WRITTEN.format(body=body.replace("NAME", "violence-and-sexual-offences"))
        (folder / "commentary" / f"{name}.md").write_text(text, encoding="utf-8")
    return PriorityProfile.open("luton", "2023", priority="night-time")


def test_the_shipped_example_shows_every_part(burglary: PriorityProfile) -> None:
    shown = {name: getattr(burglary, name)() for name in BLOCKS}
    assert shown["cover"].records[COVER]["title"] == "Priority profile: Burglary"
    assert shown["cover"].records[COVER]["lead"].startswith("Burglary was recorded 806 times")
    for name, words in {
        "in_short": "Half of burglary was recorded in 26 of 125 small areas",
        "what": "No measure shows a clear change",
        "when": "no day of the week and no hour",
        "where": "The wards with the most were Central (129)",
        "who": "say nothing of victims",
        "outcomes": "No suspect was found in 75\xa0% of burglary",
        "searches": "not how much crime there was",
        "comparisons": "is much the same as in the other two areas",
        "done": "At most 826",
        "options": "Do the burgled homes first.",
        "gaps": "Homes are not told apart from shops",
    }.items():
        assert words in shown[name].text, name


def test_every_number_of_its_sentences_is_recorded(burglary: PriorityProfile) -> None:
    figures = burglary.headlines().records[FIGURES]["figures"]
    ids = [figure["id"] for figure in figures]
    assert len(ids) == len(set(ids))
    recorded = " ".join(f"{f['text']} {f['label']} {f['interval']} {f['unit']}" for f in figures)
    numbers = {n.replace(",", "") for n in re.findall(r"\d[\d,]*", recorded)}
    told = " ".join(burglary.where_found.sentences)  # type: ignore[union-attr]
    for number in re.findall(r"\d[\d,]*", told):
        assert number.replace(",", "") in numbers, number
    json.dumps(figures)


def test_tables_are_recorded_for_the_spreadsheet(burglary: PriorityProfile) -> None:
    captions = [t["caption"] for t in burglary.where().records[TABLES]["tables"]]
    assert captions == [
        "Small areas by class of the map",
        "Rates by size of ward",
        "Six of 20 wards hold half of burglary",
        "The 13 busiest of 125 small areas hold 35\N{NO-BREAK SPACE}% of burglary",
    ]


def test_a_priority_by_its_key_takes_its_own_work_alone(night_time: PriorityProfile) -> None:
    about = night_time.about().text
    assert "People are hurt round the same few doors." in about
    assert "Train door staff" in about
    assert "It has been so for years." in about
    done = night_time.done().text
    assert "Light the taxi rank" in done
    assert "Street pastors" in done
    assert "At most" in done
    assert "locks" not in done.lower()
    assert "homes" not in done.lower()
    options = night_time.options().text
    assert "Close the street to cars." in options
    assert "Extend the pastors" in options
    assert "locks" not in options.lower()
    assert night_time.commentary().text.count("We walked round.") == 1
    assert "Homes first" not in night_time.commentary().text


def test_what_has_no_figure_is_said(night_time: PriorityProfile) -> None:
    assert "There is no figure of" in night_time.gaps().text
    assert "How much of it is domestic." in night_time.gaps().text
    assert "assault attendances" in night_time.who().text.lower()
    assert "say nothing of victims" not in night_time.who().text


def test_values_of_the_whole_plan_stay_what_they_are(night_time: PriorityProfile) -> None:
    done = {k: v.value for k, v in night_time.values.items() if k.endswith("plan.done")}
    assert done == {"plan.done": 1, "priority.night-time.plan.done": 1}
    late = {k: v.value for k, v in night_time.values.items() if k.endswith("plan.late")}
    assert late == {"plan.late": 1, "priority.night-time.plan.late": 0}


def test_a_measure_without_a_file_is_profiled_all_the_same(data: Path) -> None:
    report = PriorityProfile.open("luton", "2023-10..2023-12", priority="drug-offences")
    shown = {name: getattr(report, name)().text for name in BLOCKS}
    assert shown["about"] == "The partnership has not named this as a priority."
    assert shown["done"] == "No record of work on this was supplied."
    assert "Nobody has written down options yet" in shown["options"]
    assert "In Luton police searched" in shown["searches"]
    assert "Police find most of these offences" in shown["caveats"]


def test_published_figures_alone_say_what_they_can_not() -> None:
    report = PriorityProfile.open("wycombe", "2017-04..2017-06", priority="burglary")
    shown = {name: getattr(report, name)().text for name in BLOCKS}
    assert "Burglary" in shown["cover"]
    assert "they don't tell where" in shown["where"]
    assert "they don't tell when" in shown["when"]
    assert "No outcomes are held" in shown["outcomes"]
    assert "A control chart needs at least 13 months" in shown["control_charts"]
    assert {c.measure.code for c in report.finding.changes} >= {"burglary"}
    assert len(report.finding.changes) > 1  # its parts of 2017


def test_the_sensitive_edition_keeps_nothing_back() -> None:
    report = PriorityProfile.open("bedford", "2023", priority="drugs", edition="sensitive")
    assert "[c]" not in report.where().text + report.outcomes().text + report.searches().text
    public = PriorityProfile.open("bedford", "2023", priority="drugs")
    assert "[c]" in public.where().text


@pytest.mark.parametrize(
    ("priority", "words"),
    [("burglry", "did you mean burglary"), ("", "name the priority")],
)
def test_a_wrong_or_missing_priority_is_told_at_once(priority: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        PriorityProfile.open("luton", "2023", priority=priority)


def test_its_sentences_are_plain(burglary: PriorityProfile) -> None:
    from tests.reports.pages import grade

    found = burglary.where_found, burglary.year, burglary.outcomes_found, burglary.searches_found
    text = " ".join(s for one in found if one for s in one.sentences)
    assert grade(text.replace("\xa0", " ")) <= 9
