"""The strategic assessment: whole on a file, on none, and on figures that hold no months."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from cspanalysis import StrategicAssessment
from cspanalysis.display import FIGURES
from cspanalysis.errors import UsageError
from tests.reports.pages import grade

BLOCKS = (
    "cover",
    "one_page",
    "example_note",
    "area_profile",
    "change_tables",
    "themes",
    "harm_table",
    "comparisons",
    "priorities",
    "targets",
    "emerging_issues",
    "patterns_table",
    "public_view",
    "engagement",
    "plan_progress",
    "funding",
    "projects",
    "priority_matrix",
    "police_plan",
    "recommendations",
    "commentary",
    "partners",
    "registers",
    "gaps",
    "caveats",
    "disclosure",
    "sources",
    "glossary",
    "since_previous",
    "sign_off",
    "statutory_map",
)
MAY_BE_EMPTY = {"commentary", "example_note"}
FILE = """\
priorities:
  - key: homes
    title: Safer homes
    theme: crime-and-disorder
    owner: Chief inspector
    why: People ask for it.
    measures: [{measure: burglary, target: {change: -5}}, {measure: assault-admissions}]
    scores: {harm: 4}
    actions: [{action: Fit locks, owner: Sergeant, due: 2024-05-31}]
    gaps: [Who is burgled twice]
  - key: streets
    title: Safer streets
    theme: serious-violence
    owner: Superintendent
    measures: [{measure: theft-from-the-person}]
    scores: {harm: 2}
recommendations:
  - {text: Fit locks, owner: Chief inspector}
"""


@cache
def example(area: str) -> StrategicAssessment:
    return StrategicAssessment.open(area, "2023", previous="2022")


@pytest.fixture(scope="module")
def shipped() -> StrategicAssessment:
    return example("luton")


def section(text: str, title: str) -> str:
    """Give the part of a text under a heading of the third level."""
    return re.split(r"(?m)^### ", text.split(f"### {title}\n", 1)[1])[0]


def empty_blocks(report: StrategicAssessment) -> list[str]:
    shown = {block: getattr(report, block)().text.strip() for block in BLOCKS}
    return [block for block, text in shown.items() if not text and block not in MAY_BE_EMPTY]


def test_each_section_is_there_or_says_why_not(opened: Any) -> None:
    assert empty_blocks(opened(None)) == []


def test_a_report_of_published_figures_alone_is_whole() -> None:
    report = StrategicAssessment.open("wokingham", "2019")
    assert empty_blocks(report) == []
    assert report.standings == {}
    assert "too few months or counts for a control chart" in report.priorities().text


def test_the_previous_edition_must_be_earlier() -> None:
    assert StrategicAssessment.open("luton", "2023", previous="").previous is None
    with pytest.raises(UsageError, match="previous '2023' does not start before period '2023'"):
        StrategicAssessment.open("luton", "2023", previous="2023")


def test_priorities_of_the_file_stand_in_its_order_with_all_that_is_known(opened: Any) -> None:
    shown = opened(FILE).priorities()
    assert re.findall(r"(?m)^### (.*)$", shown.text) == ["Safer homes", "Safer streets"]
    homes = section(shown.text, "Safer homes")
    assert "People ask for it. Theme of the law: crime and disorder. Owner: Chief" in homes
    assert "Is it real? Burglary: 869 in 2022, then 806; only a fall of 29" in homes
    assert "hospital admissions for assault (no figures held)" in homes.lower()
    for point in ("Beside others", "Where", "Target"):
        assert f"\n\n{point}. " in homes
    assert "nothing to explain" not in homes  # said once, for all
    assert "Harm" not in homes  # burglary has no weight, as the section on harm says
    assert shown.text.count("so there is no change to explain.") == 1
    assert "Next. Fit locks (Sergeant, by 31 May 2024)." in homes
    assert "Half of burglary was recorded in 26 of 125 small areas" in homes
    assert str(shown.html).count('class="part"') == 2
    assert str(shown.html).count('class="listed"') == 2


def test_figures_that_partners_gave_stand_with_their_priority_and_are_recorded(
    opened: Any,
) -> None:
    given = (
        "    figures: [{key: settled, what: people in a settled home, number: 388, of: 512, "
        "source: Probation's return, note: A stay with friends is not counted.}]\n"
    )
    report = opened(FILE.replace("    gaps:", f"{given}    gaps:"))
    homes = section(report.priorities().text, "Safer homes")
    assert "one figure from partners, which this report did not test" in homes
    assert re.search(r"People in a settled home\s+388\s+512\s+76.% \(72 to 79.%\)", homes)
    assert "A stay with friends is not counted." in homes
    assert "Source: Probation's return." in homes
    assert "from partners" not in section(report.priorities().text, "Safer streets")
    assert report.values["supplied.settled.number"].value == 388
    recorded = {f["id"]: f for f in report.one_page().records[FIGURES]["figures"]}
    own, counted = recorded["supplied.settled.number"], recorded["change.all-crime.count"]
    assert own["source"] != counted["source"]  # of the partnership's file, not of the police


def test_a_caveat_of_every_measure_is_not_repeated_at_each_priority(opened: Any) -> None:
    report = opened(FILE)
    everywhere = "carry no location"
    assert everywhere in report.caveats().text
    assert everywhere not in report.priorities().text


def test_without_a_file_the_figures_put_priorities_forward(opened: Any) -> None:
    report = opened(None)
    assert len(report.priority_findings) == 3
    assert "put forward by the figures alone" in report.priorities().text
    asked = report.one_page().text
    assert "To choose its priorities" in asked


def test_what_was_written_on_a_priority_stands_in_its_section(opened: Any, data: Any) -> None:
    opened(FILE)
    folder = data / "partnerships" / "luton" / "commentary"
    folder.mkdir()
    head = "---\nauthor: Chief inspector\ndate: 2024-02-01\nstatus: agreed\n---\n"
    (folder / "priority-homes.md").write_text(head + "Locks work.\n", encoding="utf-8")
    (folder / "priority-gone.md").write_text(head + "Old words.\n", encoding="utf-8")
    report = opened(FILE)
    assert "Locks work." in section(report.priorities().text, "Safer homes")
    rest = report.commentary().text
    assert "Locks work." not in rest
    assert "Old words." in rest  # of a priority that is no more: never lost


def test_one_page_names_levels_changes_priorities_and_asks(shipped: StrategicAssessment) -> None:
    text = shipped.one_page().text
    titles = ("What changed", "Too small to see", "Against others", "What to put first")
    where = "Most in Central, Farley and Challney wards."
    since = (
        "Public order offences may have stepped down by about 23\N{NO-BREAK SPACE}% in October 2022"
    )
    for words in ("17,917", "1. Serious violence, can't tell: 7,149", where, since, *titles):
        assert words in text
    topics = {t.split("\n", 1)[0]: len(re.findall(r"(?m)^\d\. ", t)) for t in text.split("\n\n")}
    assert topics["What to put first"] == 6
    assert topics["The board is asked"] == 5
    topics = text[text.index("What changed") :]
    assert len(topics.split()) < 380  # more does not fit a page below its figures and its picture


def test_what_changed_without_a_step_says_that_since_when_is_not_known() -> None:
    said = "Possession of weapons shows no clear step, so since when can't be said."
    assert said in example("central-bedfordshire").one_page().text


def test_how_deprived_the_area_is_stands_in_the_title_of_its_chart_alone(
    shipped: StrategicAssessment,
) -> None:
    text = shipped.area_profile().text
    assert text.startswith(
        "Luton has 231,028 residents (mid-2023) and 78,941 households (Census 2021)."
    )
    assert len(re.findall(r"among the most deprived fifth of England", text)) == 1


def test_comparators_of_the_file_are_used_and_missing_figures_said(opened: Any) -> None:
    report = opened("comparators: [bedford, slough]\n")
    shown = report.comparisons().text
    assert "Luton's rate of all crime is much the same as in the other area" in shown
    asked = report.one_page().text
    assert "is much the same as in the other area, against 71.6 in Bedford" in asked
    assert "No figures are held of Slough for these months." in shown
    nobody = opened("comparators: [slough]\n")
    assert nobody.standings == {}


def test_every_number_of_the_generated_sentences_is_recorded(shipped: StrategicAssessment) -> None:
    recorded = {figure["text"] for figure in shipped.one_page().records[FIGURES]["figures"]}
    for finding in shipped.priority_findings:
        if finding.standing is None or finding.leading is None:
            continue
        said = f"{finding.level} {finding.change} {finding.standing.sentence}"
        numbers = set(re.findall(r"\d[\d,]*\.?\d*", said.replace("1,000", "")))
        numbers = {number.rstrip(".,") for number in numbers} - {"2022", "2023", ""}
        limits = re.search(r"\(([\d.,]+) to ([\d.,]+)\)", said)
        assert limits is not None
        numbers -= set(limits.groups())  # recorded as the interval of the rate
        assert numbers <= recorded


def test_generated_sentences_read_easily(shipped: StrategicAssessment) -> None:
    for finding in shipped.priority_findings:
        if finding.leading:
            assert grade(f"{finding.level} {finding.change} {finding.months}") <= 9
    assert grade(shipped.profile.people + " " + shipped.profile.part_of_force) <= 9


@pytest.mark.parametrize("area", ["luton", "bedford", "central-bedfordshire"])
def test_the_shipped_examples_say_so_and_hold_true_numbers(area: str) -> None:
    report = example(area)
    assert "Content: an example" in report.cover().text
    assert "example" in report.example_note().text
    for written in report.written:
        assert "(example)" in str(written.section.author)
    partnership = report.partnership
    assert partnership is not None
    for found in partnership.recommendations:
        if found.baseline and (stated := re.match(r"([\d,]+) in 2023", found.baseline)):
            assert found.measure is not None
            change = next(c for c in report.changes if c.measure.label == found.measure)
            assert f"{change.after:,}" == stated[1]


@pytest.mark.parametrize("area", ["bedford", "central-bedfordshire"])
def test_what_the_shipped_examples_claim_is_supported_and_reads_easily(area: str) -> None:
    report = example(area)
    claims = [claim for written in report.written for claim in written.claims]
    assert len(claims) > 20
    assert [claim.words for claim in claims if claim.verdict != "supported"] == []
    assert [w.section.name for w in report.written if grade(w.text) > 9] == []
    assert {w.section.name for w in report.written} == {
        *StrategicAssessment.kind.slots,
        *(f"priority-{found.key}" for found in report.priority_findings),
    }


def test_every_claim_of_the_first_example_is_supported_as_well() -> None:
    claims = [c for w in StrategicAssessment.open("luton", "2023").written for c in w.claims]
    assert len(claims) > 12
    assert [claim.words for claim in claims if claim.verdict != "supported"] == []


@pytest.mark.shared_data
def test_an_area_of_another_force_has_a_funnel_among_its_comparators(
    shared: Any, data: Any
) -> None:
    from cspanalysis.store import Store
    from cspanalysis.store.ingest import ingest

    archive = shared / "data" / "police_uk" / "thames-valley-2018-06-to-2022-03-with-gaps.zip"
    ingest([archive], into=data / "store")
    report = StrategicAssessment.open(
        "reading", "2022-01..2022-03", baseline="2021-03..2021-05", store=Store.open()
    )
    standing = report.standings["all-crime"]
    assert len(standing.others) >= 8
    assert standing.funnel is not None
    assert "such areas differ anyway" in standing.sentence
    assert report.priorities().text
