"""The partnership file: what it may hold, and what is said of mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from cspanalysis.errors import UsageError
from cspanalysis.partnership import read_partnership
from cspanalysis.partnership.editions import held_back
from cspanalysis.partnership.law import bodies, jurisdiction, theme, themes
from cspanalysis.vocabulary import Area, Measure, Period

GOOD = """\
area: luton
name: Luton Community Safety Partnership
example: true
comparators: [bedford, central-bedfordshire]
partners:
  - name: Luton Borough Council
    body: council
    supplied:
      - what: ASB cases of the council's housing
        received: 2024-01-15
priorities:
  - key: burglary
    title: Residential burglary
    theme: crime-and-disorder
    owner: Head of community safety
    measures:
      - measure: burglary
        baseline: 2022
        target: {change: -10}
        by: 2024-12-31
last_plan:
  title: Plan 2022
  months: 2022
  actions:
    - action: Target hardening of 200 homes
      priority: burglary
      status: done
      evidence: 212 homes
consultation:
  - title: Residents' survey
    months: 2023-06..2023-07
    mode: self-selected
    shares:
      - {statement: feel safe outside after dark, said_yes: 184, answered: 412}
registers:
  asb_case_reviews:
    - {year: 2022/23, applications: 4, threshold_not_met: 1, reviews: 3, with_recommendations: 2}
"""


def write(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "partnership.yml").write_text(text, encoding="utf-8")
    return folder


def test_a_good_file_is_read_as_our_own_words(tmp_path: Path) -> None:
    found = read_partnership(write(tmp_path, GOOD))
    assert found is not None
    assert found.area == Area.named("luton")
    aim = found.priorities[0].measures[0]
    assert aim.measure == Measure.named("burglary")
    assert aim.baseline == Period.parse("2022")
    assert aim.target is not None
    assert aim.target.change == -10
    assert found.priority("burglary") is found.priorities[0]
    assert found.priority("arson") is None
    assert found.registers.asb_case_reviews[0].year == "2022/23"


def test_no_file_is_no_partnership(tmp_path: Path) -> None:
    assert read_partnership(tmp_path) is None


def test_a_folder_of_the_files_name_is_told_and_is_not_taken_for_no_file(tmp_path: Path) -> None:
    (tmp_path / "partnership.yml").mkdir()
    with pytest.raises(UsageError, match=r"partnership\.yml' can't be read: "):
        read_partnership(tmp_path)


def test_a_period_of_its_own_takes_the_place_of_the_standing_file(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path / "2022", GOOD.replace("Luton Community", "Old Luton Community"))
    names = [
        found.name
        for period in ("2022", "2023")
        if (found := read_partnership(tmp_path, period=Period.parse(period)))
    ]
    assert names == ["Old Luton Community Safety Partnership", "Luton Community Safety Partnership"]


MISTAKES = [
    (GOOD.replace("area: luton", "area: lutton"), r"line 1, area: area 'lutton'.*luton"),
    (GOOD.replace("theme: crime-and", "theme: crime-or"), r"line 14, .*\.theme: theme 'crime-or"),
    (
        GOOD.replace("owner: Head", "owners: Head"),
        r"line 15, .*'owners' is not known; did you mean",
    ),
    (GOOD.replace("- measure: burg", "- measure: burgg"), r"line 17, .*measure 'burgglary'"),
    (GOOD.replace("baseline: 2022", "baseline: 22"), r"line 18, .*period '22' is not in a form"),
    (GOOD.replace("{change: -10}", "{change: -10, at_most: 3}"), "line 19, .*one of change, at_"),
    (GOOD.replace("{change: -10}", "{change: -110}"), "line 19, .*greater than or equal to -100"),
    (GOOD.replace("status: done", "status: finished"), "line 27, .*'finished' is not known; write"),
    (GOOD.replace("priority: burglary", "priority: arson"), "names the priority 'arson'; the pri"),
    (
        GOOD.replace("said_yes: 184", "said_yes: 584"),
        r"line 34, .*said_yes \(584\) is more than answered \(412\)",
    ),
    (
        GOOD.replace("body: council", "body: local-health-board"),
        "'local-health-board' is not known",
    ),
    (GOOD.replace("reviews: 3", "reviews: 4"), "line 37, .*more than applications"),
    (GOOD.replace("2022/23", "22/23"), "line 37, .*year '22/23': write 2023 or"),
]


MISTAKES += [
    (GOOD.replace("said_yes: 184", "said_yes: 0174"), "line 34: '0174' is a number to YAML, and"),
    (GOOD.replace("said_yes: 184", "said_yes: 1:30"), "line 34: '1:30' is a number to YAML, and"),
    (GOOD.replace("said_yes: 184", f"said_yes: {'9' * 5000}"), "line 34: a number of 5,000 char"),
    (GOOD.replace("said_yes: 184", "said_yes: 1,184"), "line 34: key '184' is not text; .* comma"),
    (
        GOOD.replace("said_yes: 184", "said_yes: yes"),
        "line 34, .*said_yes: 'true' is no whole number",
    ),
    (GOOD.replace("{change: -10}", "{change: off}"), "line 19, .*change: 'false' is no number; w"),
    (
        GOOD.replace("    owner:", "    scores: {harm: true}\n    owner:"),
        "line 15, .*harm: 'true' is no number; write",
    ),
    (GOOD.replace("example: true", "yes: true"), "line 3: key 'yes' is not text; put it in quo"),
    (GOOD.replace("2024-01-15", "20240115"), "line 10, .*received: '20240115' is no date; write"),
    (GOOD.replace("2024-01-15", "2024-01-15 10:30:00"), "line 10, .*10:30:00' is no date; write"),
    (GOOD.replace("212 homes", r'"212\0homes"'), "line 28: character 0x00 can't stand in a text"),
]


@pytest.mark.parametrize(("text", "message"), MISTAKES)
def test_mistake_is_told_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    assert text != GOOD
    with pytest.raises(UsageError, match=message) as caught:
        read_partnership(write(tmp_path, text))
    assert str(caught.value).startswith(str(tmp_path / "partnership.yml"))


EVENTS = """
events:
  - {date: 2022-10-14, what: A new patrol, measures: [robbery, theft from the person]}
  - {date: 2023-02-01, what: The bus station closed}
"""


def test_events_name_what_they_may_have_changed(tmp_path: Path) -> None:
    found = read_partnership(write(tmp_path, GOOD + EVENTS))
    assert found is not None
    patrol, closed = found.events
    robbery, arson = Measure.named("robbery"), Measure.named("arson")
    assert (patrol.bears_on(robbery), patrol.bears_on(arson)) == (True, False)
    assert closed.bears_on(arson)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{date: 2022-10, what: A patrol}", "events"),
        ("{what: A patrol}", "date"),
        ("{date: 2022-10-14, what: A patrol, measures: [robery]}", "robbery"),
        ("{date: 2022-10-14, what: A patrol, where: Luton}", "where"),
    ],
)
def test_mistakes_in_events_are_told_with_file_and_line(
    tmp_path: Path, line: str, message: str
) -> None:
    with pytest.raises(UsageError) as told:
        read_partnership(write(tmp_path, f"{GOOD}events:\n  - {line}\n"))
    assert "partnership.yml" in str(told.value)
    assert message in str(told.value)


def test_an_event_of_a_sensitive_measure_is_no_part_of_a_public_edition(tmp_path: Path) -> None:
    marked = GOOD + EVENTS + "measures: [{measure: robbery, edition: sensitive}]\n"
    whole = read_partnership(write(tmp_path, marked))
    assert whole is not None
    public = held_back(whole).public
    assert public is not None
    assert [event.what for event in public.events] == ["The bus station closed"]


def test_two_priorities_of_one_key_are_refused(tmp_path: Path) -> None:
    text = GOOD.replace(
        "last_plan:",
        "  - {key: burglary, title: Again, theme: crime-and-disorder, owner: Chair}\nlast_plan:",
    )
    with pytest.raises(UsageError, match="two priorities bear the key 'burglary'"):
        read_partnership(write(tmp_path, text))


def test_law_differs_between_england_and_wales() -> None:
    assert jurisdiction(Area.named("luton")) == "england"
    english = {body.key for body in bodies("england")}
    welsh = {body.key for body in bodies("wales")}
    assert english ^ welsh == {"integrated-care-board", "local-health-board"}


def test_every_theme_has_measures_and_is_found_by_key() -> None:
    assert [theme(t.key) for t in themes()] == list(themes())
    assert all(t.measures for t in themes())
    with pytest.raises(UsageError, match="theme 'arson' is not known; known: crime-and-disorder"):
        theme("arson")


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("by: 2024-12-31", "by: 31/12/2024", "line 20, .*by: '31/12/2024' is no date; write one"),
        ("by: 2024-12-31", "by: 2024-12-32", "line 20: there is no day 2024-12-32"),
        ("change: -10}", "change: -10%}", "'-10%' is no number; write digits alone"),
        ("- key: burglary", "- key: Burglary", "'Burglary' is no key; write lower case letters"),
        ("    owner:", "    scores: {harms: 3}\n    owner:",
         "'harms' is of no criterion; .*'harm'"),
        ("    owner:", "    scores: {harm: 9}\n    owner:",
         "'harm' is 9; its scale runs from 1 to 5"),
    ],
)  # fmt: skip
def test_slips_of_the_pen_are_told_in_plain_words(
    tmp_path: Path, right: str, wrong: str, told: str
) -> None:
    with pytest.raises(UsageError, match=told) as caught:
        read_partnership(write(tmp_path, GOOD.replace(right, wrong)))
    assert "\n" not in str(caught.value)


def test_what_word_makes_of_a_file_is_read_as_it_is_meant(tmp_path: Path) -> None:
    pasted = GOOD.replace("change: -10", "change: −10").replace("area: luton", "area:\u00a0“luton”")
    pasted = pasted.replace("Residential burglary", "Non\u2011residential – and “other” – burglary")
    found = read_partnership(write(tmp_path, pasted))
    assert found is not None
    assert found.area.slug == "luton"
    (priority,) = found.priorities
    assert priority.title == "Non-residential – and “other” – burglary"
    assert priority.measures[0].target is not None
    assert priority.measures[0].target.change == -10
