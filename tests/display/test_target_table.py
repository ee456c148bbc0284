"""The table of targets: what a reader and a spreadsheet find in it."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html

from cspanalysis.display import TABLES, Block, target_table
from cspanalysis.findings.priorities.target_power import Power
from cspanalysis.findings.priorities.targets import TargetFinding
from cspanalysis.partnership.work import Aim, Priority, Target
from cspanalysis.vocabulary import Area, Measure, Period

LUTON = Area("E22000010", "Luton", "csp")
YEAR = Period.parse("2023")
THEFT = Priority(
    key="theft", title="Theft <b>", theme="crime-and-disorder", owner="Head of community safety"
)


def _finding(code: str, **options: object) -> TargetFinding:
    target = options.pop("target", Target(change=-10))
    by = options.pop("by", None)
    aim = Aim(measure=Measure.named(code), target=target, by=by)  # type: ignore[arg-type]
    return TargetFinding(
        priority=THEFT, aim=aim, area=LUTON, period=YEAR, baseline=YEAR.baseline(), **options
    )  # type: ignore[arg-type]


MET = _finding(
    "burglary", before=900, after=700, value=810.0, lower=649.1, upper=753.8, by=date(2023, 12, 31),
    variation="improvement_low", assurance="hit_or_miss",
)  # fmt: skip
OPEN = _finding("robbery", before=None, after=20, reason="There is no figure for 2022.")
ACTIVE = _finding("drug-offences", before=900, after=700, value=810.0, lower=649.1, upper=753.8)
WATCHED = _finding("arson", before=9, after=8, target=None)


@pytest.fixture(scope="module")
def block() -> Block:
    return target_table([MET, OPEN, ACTIVE, WATCHED], caption="Two of three targets are met")


AHEAD = _finding(
    "shoplifting", before=900, after=900, value=810.0, lower=842.2, upper=960.8,
    by=date(2024, 12, 31),
)  # fmt: skip


def test_a_target_not_yet_due_has_a_shape_and_words_of_its_own() -> None:
    shown = target_table([AHEAD], caption="Ahead")
    (row,) = _rows(shown)
    assert row[4:6] == [" not yet due, not reached 90 above", "31 Dec 2024 to come"]
    assert "Not yet due: the day lies after the figures" in shown.html
    drawing = str(shown.html).partition("<svg")[2].partition("</svg>")[0]
    assert drawing not in str(target_table([MET], caption="Now").html)
    assert 'class="verdict quiet"' in str(shown.html)


def test_the_smallest_change_that_would_show_stands_beside_a_target_below_it() -> None:
    power = Power(asked=0.9, visible=0.84)
    unseen = _finding("robbery", before=900, after=880, value=810.0, power=power)
    shown = target_table([unseen, MET], caption="Seen")
    (row, seen) = _rows(shown)
    assert row[2] == "at most 810 10 % fewer; would show: −16 %"
    assert seen[2] == "at most 810 10 % fewer"
    assert "one good period will prove little" in shown.html
    assert "Only a fall of 16" in shown.text
    assert "Would show" not in target_table([MET], caption="Seen").html
    (table,) = shown.records[TABLES]["tables"]
    names = [column["name"] for column in table["columns"]]
    smallest = names.index("Smallest change that would show, as a ratio")
    assert [row["cells"][smallest] for row in table["rows"]] == [0.84, "[z]"]
    assert "Only a fall of 16" in table["rows"][0]["notes"][0]


def _rows(block: Block) -> list[list[str]]:
    page = html.fragment_fromstring(block.html)
    return [
        [" ".join(cell.itertext()).replace("\N{NO-BREAK SPACE}", " ") for cell in row]
        for row in page.xpath(".//tbody/tr[td]")
    ]


def test_a_line_gives_counts_target_status_and_icons(block: Block) -> None:
    burglary, robbery, drugs, arson = _rows(block)
    assert burglary == [
        "Burglary", "900", "at most 810 10 % fewer", "700 649 to 754", " met 110 below",
        "31 Dec 2023 passed", " improvement, low  hit or miss",
    ]  # fmt: skip
    assert robbery[1:5] == ["[x]", "10 % fewer", "20", "cannot be said 1"]
    assert drugs[4] == " met 2 110 below"
    assert arson[2:5] == ["none", "8", "watched"]


def test_reasons_and_remarks_are_notes_and_titles_are_escaped(block: Block) -> None:
    page = html.fragment_fromstring(block.html)
    notes = [note.text_content() for note in page.xpath(".//aside//li")]
    assert notes[0] == "There is no figure for 2022."
    assert "police activity" in notes[1]
    assert page.xpath("string(.//th[@scope='rowgroup'])") == "Theft <b>"
    assert all(cell.get("scope") for cell in page.iter("th"))


def test_columns_that_no_line_fills_are_left_out() -> None:
    table = html.fragment_fromstring(target_table([OPEN], caption="None").html)
    heads = [cell.text_content() for cell in table.xpath(".//thead//th")]
    assert heads == ["Measure", "Baseline", "Target", "2023", "Status"]


def test_the_spreadsheet_gets_raw_values(block: Block) -> None:
    (table,) = block.records[TABLES]["tables"]
    names = [column["name"] for column in table["columns"]]
    first = dict(zip(names, table["rows"][0]["cells"], strict=True))
    assert first["Count less target"] == -110
    assert first["Target"] == 810
    assert first["Status"] == "met"
    assert first["Assurance"] == "hit or miss"
    assert table["rows"][1]["notes"] == ["There is no figure for 2022."]


def test_the_text_says_each_line_in_sentences(block: Block) -> None:
    assert MET.sentence in block.text
    with pytest.raises(ValueError, match="has no lines"):
        target_table([], caption="Nothing")
