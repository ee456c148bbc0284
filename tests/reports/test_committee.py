"""The report to a committee: both seed reports remade, and a report where nothing is recorded."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import nbformat
import pytest

from cspanalysis import CommitteeReport
from cspanalysis.display import FIGURES, TO_DO, Block
from cspanalysis.findings.finding import MINIMUM_BASE
from cspanalysis.findings.wording.numbers import signed_percent_text, signed_text
from cspanalysis.paths import data_folder
from cspanalysis.vocabulary import Measure
from tests.reports.pages import cells, grade

SEEDS = {"wycombe": "2017-04..2017-06", "wokingham": "2019"}
NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "committee-report.ipynb"
LONGEST_SHARED = 7
KEPT_CLAIMS = "statistics.md"  # claims as they were made, for the checker of claims
NAMES = (
    "Community and Corporate Overview and Scrutiny Committee",
    "Crime and Disorder (Overview and Scrutiny) Regulations 2009",
)
COMMITTEE = "committee: {name: Scrutiny committee, title: Report, asked: [Note it.]%s}\n"

# What the seeds say beside their tables, as our words and tables give it.
FACTS = {
    "wycombe": (
        "Improvement and Review Commission",
        "April 2017 to March 2020",
        "Tackling anti-social behaviour and crime",
        "Nightsafe",
        "1,746",
        "47 % more than in 2012",
        "Street Core Community Group",
        "serious case review",
        "female genital mutilation",
        "Safe Place",
        "Neighbourhood Watch",
        "dementia",
        "38 %",
        "30 to 50 %",
        "delivery plans for 2017/18",
        "Community safety plan 2017 to 2020",
    ),
    "wokingham": (
        "Community and Corporate Overview and Scrutiny Committee",
        "23 March 2020",
        "None specific",
        "Deputy chief executive",
        "MATAC",
        "60 %",
        "29",
        "27 % (20 to 36 %)",
        "commissioned four since 2011",
        "April 2020",
        "Operation Odyssey",
        "119",
        "77 % (69 to 84 %)",
        "194",
        "26 % (20 to 32 %)",
        "40 %",
        "45 %",
        "EMRAC",
        "Bracknell",
        "Channel panel",
        "September",
        "£104,205",
        "£20 million",
        "start of 2021",
        "to be confirmed",
        "Community safety strategy 2018 to 2021",
    ),
}


@cache
def _report(area: str) -> CommitteeReport:
    return CommitteeReport.open(area, SEEDS[area])


def _blocks(report: CommitteeReport) -> Iterator[tuple[str, Block]]:
    """Give what the cells of the shipped notebook show, cell by cell."""
    for cell in nbformat.read(NOTEBOOK, as_version=4).cells:
        if cell.cell_type == "code" and cell.source.startswith("report."):
            yield cell.source, eval(cell.source, {"report": report})


@cache
def _text(area: str) -> str:
    text = "\n".join(block.text for _, block in _blocks(_report(area)))
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def luton(data: Path) -> Callable[[str], CommitteeReport]:
    """Open Luton's report on the text of a partnership file; empty for no file."""

    def open_on(text: str) -> CommitteeReport:
        if text:
            folder = data / "partnerships" / "luton"
            folder.mkdir(parents=True, exist_ok=True)
            written = f"area: luton\nname: Luton Community Safety Partnership\n{text}"
            (folder / "partnership.yml").write_text(written, encoding="utf-8")
        return CommitteeReport.open("luton", "2023")

    return open_on


# Both seeds, point by point


@pytest.mark.parametrize("area", SEEDS)
def test_says_what_the_seed_says(area: str) -> None:
    missing = [fact for fact in FACTS[area] if fact not in _text(area)]
    assert not missing


@pytest.mark.shared_data
@pytest.mark.parametrize("area", SEEDS)
def test_every_figure_of_the_seeds_table_appears(area: str, shared: Path) -> None:
    shown = {row[0]: row for row in cells(_report(area).change_tables().html)}
    with (shared / "reference_values" / "seed_reports_expected.csv").open(encoding="utf-8") as file:
        lines = [line for line in file if not line.startswith("#")]
    held = [r for r in csv.DictReader(lines) if r["report"].lower() == area]
    named = [r for r in held if not r["offence"].startswith("Burglary total")]
    assert len(named) == {"wycombe": 11, "wokingham": 10}[area]
    for row in named:
        line = shown[_label(row["offence"], shown)]
        before, after = int(row["before"]), int(row["after"])
        assert line[1:4] == [f"{before:,}", f"{after:,}", signed_text(after - before)]
        if before >= MINIMUM_BASE:
            percent = signed_percent_text(float(row["pct_change"])).removesuffix("\xa0%")
            assert line[4].strip() == percent
        if row["force_pct_printed"]:
            force = signed_percent_text(float(row["force_pct_printed"].rstrip("%")))
            assert line[5].strip() == force.removesuffix("\xa0%")


def _label(offence: str, shown: dict[str, list[str]]) -> str:
    label = Measure.named(offence).label
    return next(name for name in shown if _plain(name) == label)


def _plain(label: str) -> str:
    """Take the numbers of notes off a label."""
    return re.sub(r"[\d, ]+$", "", label)


def test_burglarys_classes_are_shown_without_a_comparison() -> None:
    shown = {_plain(row[0]): row for row in cells(_report("wycombe").change_tables().html)}
    assert shown["Burglary"][1:4] == ["196", "199", "+3"]
    assert [shown[f"Burglary {w} a dwelling"][1:3] for w in ("in", "other than in")] == [
        ["73", "[z]"],
        ["123", "[z]"],
    ]
    assert shown["Residential burglary: sheds and garages"][1:4] == ["[z]", "74", "[z]"]


@pytest.mark.parametrize(
    ("area", "actions"), [("wycombe", (7, 5, 4, 6)), ("wokingham", (5, 7, 0, 3))]
)
def test_every_action_of_the_seed_stands_under_its_priority(
    area: str, actions: tuple[int, ...]
) -> None:
    parts = _report(area).priorities().html.split("<h3>")[1:]
    assert tuple(part.count("<li>") for part in parts) == actions


@pytest.mark.shared_data
@pytest.mark.parametrize("area", SEEDS)
def test_shares_no_run_of_eight_words_with_a_seed(area: str, shared: Path) -> None:
    folder = data_folder() / "partnerships" / area
    files = [path for path in folder.rglob("*.*") if path.name != KEPT_CLAIMS]
    own = [_text(area), *(path.read_text(encoding="utf-8") for path in files)]
    names = [*NAMES, *(one.priority.title for one in _report(area).planned)]
    ours = {run for text in own for run in _runs(text, names)}
    for seed in sorted((shared / "seeds").glob("*.txt")):
        both = ours & set(_runs(seed.read_text(encoding="utf-8"), names))
        assert not both, sorted(both)


def _runs(text: str, names: list[str]) -> list[str]:
    """Give every run of one word more than may be shared; names are left out."""
    for name in names:
        text = re.sub(re.escape(name), " | ", text, flags=re.IGNORECASE)
    words = re.findall(r"[\w'£%|-]+", text.lower())
    length = LONGEST_SHARED + 1
    runs = (words[i : i + length] for i in range(len(words) - length + 1))
    return [" ".join(run) for run in runs if "|" not in run]


@pytest.mark.shared_data
@pytest.mark.parametrize("area", SEEDS)
def test_names_no_officer(area: str, shared: Path) -> None:
    seeds = " ".join(p.read_text(encoding="utf-8") for p in (shared / "seeds").glob("*.txt"))
    people = re.findall(
        r"(?:contact:|Superintendent|OFFICER\t|Contact) ?([A-Z]\w+ [A-Z]\w+)", seeds
    )
    assert len(people) >= 4
    for person in people:
        assert person.split()[1] not in _text(area)
    assert not re.search(r"@|\b0\d{4} ?\d{6}\b", _text(area))


@pytest.mark.parametrize("area", SEEDS)
def test_no_claim_of_its_commentary_is_contradicted(area: str) -> None:
    claims = [claim for written in _report(area).written for claim in written.claims]
    assert any(claim.verdict == "supported" for claim in claims)
    assert [claim.text for claim in claims if claim.verdict == "contradicted"] == []


def test_the_false_claims_of_the_seed_stay_with_the_performance_report() -> None:
    assert "statistics" not in {w.section.name for w in _report("wycombe").written}


# How it is put together


def test_the_law_is_named_from_data_with_whole_names() -> None:
    said = _report("wycombe").legal_basis().text
    assert "Police and Justice Act 2006, sections 19 and 20" in said
    assert "Crime and Disorder (Overview and Scrutiny) Regulations 2009" in said
    welsh = CommitteeReport.open("cardiff", "2023").legal_basis().text
    assert "(Wales) Regulations 2007; to be confirmed)" in welsh


def test_commentary_on_a_priority_stands_under_it_and_nowhere_else() -> None:
    report = _report("wokingham")
    parts = report.priorities().text.split("Priority ")
    assert "Berkshire Women's Aid" in parts[1]
    assert "Channel panel" in parts[4]
    assert report.commentary().text == ""


def test_figures_of_partners_and_costs_are_recorded() -> None:
    recorded = _report("wokingham").headlines().records[FIGURES]["figures"]
    held = {figure["id"]: figure for figure in recorded}
    assert held["supplied.marac-repeats.number"]["value"] == 29
    low, high = held["supplied.marac-repeats.share"]["interval"]
    assert (round(low), round(high)) == (20, 36)
    assert held["cost.1"]["text"] == "£0"


def test_paragraphs_are_numbered() -> None:
    (record,) = _report("wycombe").cover().records.values()
    assert record["numbered"] is True


def test_words_carry_no_byline_but_the_head_names_who_wrote_them() -> None:
    report = _report("wycombe")
    assert "agreed" not in report.section("summary").text
    assert "Community safety team, 4 September 2017, agreed" in report.head().text


def test_an_unknown_section_is_refused() -> None:
    with pytest.raises(ValueError, match="section 'visit': the report has summary"):
        _report("wycombe").section("visit")


# Where little or nothing is recorded


def test_without_a_partnership_file_every_part_says_so(
    luton: Callable[[str], CommitteeReport],
) -> None:
    report = luton("")
    shown = dict(_blocks(report))
    for name in ("head", "asked", "outcome", "priorities", "implications", "next_steps"):
        (item,) = shown[f"report.{name}()"].records[TO_DO]["items"]
        assert item["lacks"] == shown[f"report.{name}()"].text
        assert item["do"].startswith("Make a partnership file with 'cspanalysis new luton'.")
    assert "Luton" in shown["report.change_tables()"].text
    assert shown["report.in_short()"].text.strip() == report.lead


def test_what_a_file_leaves_out_is_named(luton: Callable[[str], CommitteeReport]) -> None:
    report = luton(COMMITTEE % "")
    assert "Lead officer" in report.head().text
    assert "not recorded" in report.head().text
    where = "in data/partnerships/luton/partnership.yml."
    outcome = report.outcome()
    assert outcome.text == "Nobody has written what the community gains."
    assert outcome.records[TO_DO]["items"][0]["do"] == f"Add it under 'committee.outcome' {where}"
    shown = report.implications()
    said = shown.text
    assert "Nobody has written what this means for equality." in said
    asked = [item["do"] for item in shown.records[TO_DO]["items"]]
    assert f"Add it under 'committee.equality' {where}" in asked
    assert "There is no reason to consider it in private." in said


def test_costs_are_a_table_with_its_finding(luton: Callable[[str], CommitteeReport]) -> None:
    report = luton(
        COMMITTEE
        % ", costs: [{year: 2023/24, cost: 12500, sufficient: 'Yes'}, {year: 2024/25, cost: -500}]"
    )
    text = report.implications().text
    assert "£12,000 is to be paid over two years" in text
    rows = cells(report.implications().html)
    assert rows[1:] == [["2023/24", "£12,500", "Yes"], ["2024/25", "−£500", "[x]"]]


@pytest.mark.parametrize("area", SEEDS)
def test_reads_easily(area: str) -> None:
    report = _report(area)
    written = " ".join(w.text.replace("**", "") for w in report.written)
    said = " ".join(f"{one.intro} {one.figures}" for one in report.planned)
    assert grade(written) <= 9
    assert grade(re.sub(r" \([^)]*\)", "", said).replace(":", ".")) <= 9
