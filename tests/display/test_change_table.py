from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import html

from cspanalysis.display import TABLES, change_table
from cspanalysis.display.change_table import tone_of
from cspanalysis.evidence.figures import Caveat, Rate
from cspanalysis.findings.finding import Change
from cspanalysis.vocabulary import Area, Measure, Period
from tests.samples import SEEDS, WOKINGHAM, WYCOMBE, seed_changes

pytestmark = pytest.mark.skipif(not SEEDS.is_file(), reason="the folder ../shared is absent")
QUARTER, YEAR = Period.parse("2017-04..2017-06"), Period.parse("2019")


def _rows(changes: list[Change]) -> dict[str, list[str]]:
    """Give the cells of each line as read, by measure; notes in brackets."""
    page = html.fragment_fromstring(change_table(changes, caption="Offences").html)
    for link in page.xpath(".//a"):
        link.text = f"({link.text})"
    rows = page.xpath(".//tbody/tr[td]")
    return {_text(row[0]): [_text(cell) for cell in row[1:]] for row in rows}


def _text(cell: html.HtmlElement) -> str:
    return " ".join(cell.text_content().split())


@pytest.mark.shared_data
def test_the_wycombe_table_reads_as_the_seed_report() -> None:
    rows = _rows(seed_changes("Wycombe", WYCOMBE, QUARTER))
    assert rows["All crime"] == [
        "2,330", "2,433", "+103", "+4.4", "+15", "1.04 (0.99 to 1.11)", "can't tell",
    ]  # fmt: skip
    assert rows["Theft of a vehicle"][:5] == ["58", "47", "−11", "−19", "+27"]
    assert rows["Burglary"][:4] == ["196", "199", "+3", "+1.5"]
    assert rows["Public order offences"][:5] == ["82", "89", "+7", "+8.5", "+11"]
    assert len(rows) == 17
    assert {row[-1] for name, row in rows.items() if "urglary" not in name} == {"can't tell"}


@pytest.mark.shared_data
def test_small_bases_give_the_interval_in_place_of_a_percentage() -> None:
    rows = _rows(seed_changes("Wycombe", WYCOMBE, QUARTER))
    assert rows["Robbery"][:4] == ["8", "17", "+9", "× 0.87 to 5.69(1)"]
    assert rows["Arson"][3] == "× 0.34 to 1.45(1)"


@pytest.mark.shared_data
def test_refused_lines_say_so_and_give_no_change() -> None:
    rows = _rows(seed_changes("Wycombe", WYCOMBE, QUARTER))
    assert rows["Burglary in a dwelling"] == [
        "73", "[z]", "[z]", "[z]", "[x]", "not compared", "not comparable(2)",
    ]  # fmt: skip
    assert rows["Business and community burglary"][:2] == ["[z]", "69"]


@pytest.mark.shared_data
def test_the_wokingham_table_reads_as_the_seed_report() -> None:
    rows = _rows(seed_changes("Wokingham", WOKINGHAM, YEAR))
    assert rows["All crime"][:4] == ["6,858", "7,504", "+646", "+9.4"]
    assert rows["Theft from a vehicle"] == [
        "404", "534", "+130", "+32", "1.32 (1.16 to 1.51)", "▲ higher",
    ]  # fmt: skip
    higher = {name for name, row in rows.items() if row[-1] == "▲ higher"}
    assert higher == {
        "All crime",
        "Theft of a vehicle",
        "Theft from a vehicle",
        "Drug possession(1)",
    }
    assert rows["Anti-social behaviour (police)"] == [
        "[x]", "[x]", "[z]", "[z]", "not compared", "to be confirmed(2)",
    ]  # fmt: skip


@pytest.mark.shared_data
def test_columns_that_no_line_could_fill_are_left_out() -> None:
    changes = seed_changes("Wokingham", WOKINGHAM, YEAR)
    rate = Rate(value=46.0, lower=45.0, upper=47.1, per=1000, denominator="residents, mid-2019")
    with_rate = [replace(changes[0], rate=rate), *changes[1:]]
    assert len(_rows(changes)["All crime"]) == 6
    assert _rows(with_rate)["All crime"][5] == "46.0 45.0 to 47.1"
    assert _rows(with_rate)["Criminal damage"][5] == "[z]"


@pytest.mark.shared_data
def test_structure_names_headers_and_links_notes() -> None:
    block = change_table(seed_changes("Wycombe", WYCOMBE, QUARTER), caption="Offences")
    page = html.fragment_fromstring(block.html)
    assert page.findtext(".//caption") == "Offences"
    assert {head.get("scope") for head in page.iter("th")} == {"col", "row", "rowgroup"}
    notes = {item.get("id") for item in page.xpath(".//aside//li")}
    links = {link.get("href")[1:] for link in page.xpath(".//a[@role='doc-noteref']")}
    assert notes == links
    assert len(notes) == 3
    assert all(svg.get("aria-hidden") == "true" for svg in page.iter("svg"))
    indents = [row[0].get("class") for row in page.xpath(".//tr[td]")]
    assert indents[0] == "depth-0"
    assert indents.count("depth-2") == 5  # the lines of burglary


@pytest.mark.shared_data
def test_what_bears_on_every_line_is_said_once() -> None:
    caveat = Caveat("location", "Rows without a location are not counted here.")
    changes = [
        replace(c, caveats=(caveat, *c.caveats)) for c in seed_changes("Wokingham", WOKINGHAM, YEAR)
    ]
    page = html.fragment_fromstring(change_table(changes, caption="Offences").html)
    assert page.text_content().count(caveat.text) == 1
    assert page.xpath("count(.//aside//li)") == 2


@pytest.mark.shared_data
def test_a_measure_without_a_good_direction_has_no_tone() -> None:
    by_code = {c.measure.code: c for c in seed_changes("Wokingham", WOKINGHAM, YEAR)}
    assert tone_of(by_code["theft-from-vehicle"]) == "bad"
    assert tone_of(by_code["drug-possession"]) == "neither"
    assert tone_of(by_code["criminal-damage"]) == "neither"
    fallen = replace(by_code["theft-from-vehicle"], verdict="lower")
    assert tone_of(fallen) == "good"


def test_no_change_from_zero_as_a_percentage() -> None:
    change = Change(
        measure=Measure.named("robbery"), area=WYCOMBE, period=QUARTER,
        baseline=QUARTER.baseline(), before=0, after=3, verdict="can't tell",
    )  # fmt: skip
    assert _rows([change])["Robbery"][:4] == ["0", "3", "+3", "[z]"]


def test_a_table_without_lines_is_refused() -> None:
    with pytest.raises(ValueError, match="has no lines"):
        change_table([], caption="Offences")


@pytest.mark.shared_data
def test_the_commonest_denominator_stands_in_the_head_and_others_in_notes() -> None:
    changes = seed_changes("Wokingham", WOKINGHAM, YEAR)
    persons = Rate(value=1.0, lower=0.5, upper=2.0, per=1000, denominator="residents, mid-2019")
    homes = replace(persons, denominator="households, 2021")
    rates = [homes if "burglary" in c.measure.code else persons for c in changes]
    changes = [replace(c, rate=rate) for c, rate in zip(changes, rates, strict=True)]
    page = html.fragment_fromstring(change_table(changes, caption="Offences").html)
    head = page.xpath("string(.//thead//th[@class='rate'])")
    assert head == "Rate per 1,000 residents, mid-2019 (95\N{NO-BREAK SPACE}% interval)"
    assert page.text_content().count("Rate per 1,000 households, 2021.") == 1
    assert page.text_content().count("Rate per 1,000 residents") == 1


@pytest.mark.shared_data
def test_two_notes_read_as_one_bracket_in_plain_text() -> None:
    lines = seed_changes("Wycombe", WYCOMBE, QUARTER)
    caveats = (Caveat("break", "One."), Caveat("break", "Two."))
    text = change_table([replace(lines[0], caveats=caveats), *lines[1:]], caption="Notes").text
    assert re.search(r"can't tell \(\d,\s\d\)", text)


def _alone(code: str, count: int) -> Change:
    rate = Rate(value=2.5, lower=2.3, upper=2.7, per=1000, denominator="residents, mid-2023")
    return Change(
        measure=Measure.named(code),
        area=Area.named("luton"),
        period=YEAR,
        baseline=YEAR.baseline(),
        before=None,
        after=count,
        refused="There are no figures for 2018.",
        rate=rate,
    )


def test_a_period_alone_has_counts_and_rates_and_no_empty_column() -> None:
    lines = [_alone("burglary", 563), _alone("robbery", 211)]
    block = change_table(lines, caption="Alone", places={"burglary": "the highest of three areas"})
    rows = _rows(lines)
    assert rows["Burglary"] == ["563", "2.5 2.3 to 2.7"]
    assert "[x]" not in block.text
    assert "the highest of three areas" in block.text
    assert block.text.count("There are no figures for 2018.") == 1
    (table,) = block.records[TABLES]["tables"]
    heads = [column["name"] for column in table["columns"]]
    assert "Count, 2018" not in heads
    assert heads[-1] == "The rate among other areas"
