"""What stands twice in a list of a partnership file, and what is no single value, is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from cspanalysis.errors import UsageError
from cspanalysis.partnership.partnership import FILE, read_partnership

SHARES = "[{statement: safe, said_yes: 1, answered: 2}]"
PRIORITY = "{key: a, title: Burglary, theme: serious-violence, owner: x"


def read(folder: Path, text: str, head: str = "area: luton\nname: Luton\n") -> None:
    (folder / FILE).write_text(head + text, encoding="utf-8")
    read_partnership(folder)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("partners:\n- name: Police\n- name: Fire\n- name: ' police '\n", "line 6, partners[2]"),
        ("comparators:\n- bedford\n- slough\n- E22000009\n", "line 6, comparators[2]"),
        (
            f"priorities:\n- {PRIORITY}}}\n- {PRIORITY.replace('key: a', 'key: b')}}}\n",
            "line 5, priorities[1]",
        ),
        (
            f"priorities:\n- {PRIORITY}, measures: [{{measure: robbery}},\n"
            "  {measure: Robbery}]}\n",
            "line 5, priorities[0].measures[1]",
        ),
        (
            f"priorities:\n- {PRIORITY}, actions: [{{action: Patrol}},\n  {{action: patrol}}]}}\n",
            "line 5, priorities[0].actions[1]",
        ),
        (
            "last_plan:\n  title: P\n  months: 2022\n  actions:\n  - {action: A, status: done}\n"
            "  - {action: a, status: late}\n",
            "line 8, last_plan.actions[1]",
        ),
        (
            "events:\n- {date: 2022-01-01, what: Patrol}\n- {date: 2022-01-01, what: patrol}\n",
            "line 5, events[1]",
        ),
        (
            "funding:\n- {year: 2023, source: x, amount: 5}\n"
            "- {year: 2023, source: x, amount: 5}\n",
            "line 5, funding[1]",
        ),
        ("gaps:\n- Alcohol\n-  alcohol\n", "line 5, gaps[1]"),
        (
            "measures:\n- {measure: robbery, edition: public}\n"
            "- {measure: robbery, edition: sensitive}\n",
            "line 5, measures[1]",
        ),
    ],
)
def test_what_stands_twice_is_refused_with_both_lines(
    tmp_path: Path, text: str, where: str
) -> None:
    with pytest.raises(
        UsageError, match=r"stands in this list twice.*\(the first is on line \d"
    ) as e:
        read(tmp_path, text)
    assert f"{FILE}, {where}: " in str(e.value)


def test_what_is_told_apart_stands_side_by_side(tmp_path: Path) -> None:
    read(
        tmp_path,
        "funding:\n- {year: 2023, source: x, amount: 5}\n- {year: 2023, source: x, amount: 6}\n"
        "events:\n- {date: 2022-01-01, what: Patrol}\n- {date: 2023-01-01, what: Patrol}\n"
        f"priorities:\n- {PRIORITY}, actions: [{{action: Patrol, due: 2024-01-01}},\n"
        "  {action: Patrol, due: 2024-06-01}]}\n"
        "consultation:\n"
        f"- {{title: S, months: 2022, mode: sample, shares: {SHARES}}}\n"
        f"- {{title: S, months: 2023, mode: sample, shares: {SHARES}}}\n",
    )


def test_the_partnership_is_no_comparator_of_itself(tmp_path: Path) -> None:
    with pytest.raises(
        UsageError, match=r"line 3, comparators\[1\]: this is the partnership's own"
    ):
        read(tmp_path, "comparators: [bedford, luton]\n")


@pytest.mark.parametrize("day", ["0", "86400", "'0'", "1.0", "yes", "[2023-01-01]", "2023-01"])
def test_what_is_no_day_is_not_taken_for_one(tmp_path: Path, day: str) -> None:
    with pytest.raises(
        UsageError, match=r"line 4, events\[0\].date: .* is no date; write one such"
    ):
        read(tmp_path, f"events:\n- {{what: x, date: {day}}}\n")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("area: [luton]\nname: L\n", "line 1, area: a list stands where one value"),
        ("area: {luton: 1}\nname: L\n", "line 1, area: lines of 'key: value' stand"),
        ("area:\nname: L\n", "line 1, area: nothing is written here"),
        ("area: luton\nname: [L]\n", "line 2, name: a list stands where one value"),
        ("area: luton\nname:\n", "line 2, name: nothing is written here"),
        (
            "area: luton\nname: L\nlast_plan: {title: x, months: [2023]}\n",
            "line 3, last_plan.months: a list stands",
        ),
        (
            f"area: luton\nname: L\n"
            f"priorities: [{PRIORITY}, measures: [{{measure: [robbery]}}]}}]\n",
            "line 3, priorities[0].measures[0].measure: a list stands",
        ),
        ("area: luton\nname: L\nexample: [yes]\n", "line 3, example: '[True]' is neither"),
        (
            "area: luton\nname: L\nfunding: [{year: 2023, source: x, amount: .inf}]\n",
            "line 3, funding[0].amount: input should be a finite number",
        ),
    ],
)
def test_what_is_no_single_value_is_told_once_with_its_line(
    tmp_path: Path, text: str, where: str
) -> None:
    with pytest.raises(UsageError) as caught:
        read(tmp_path, text, head="")
    assert f"{FILE}, {where}" in str(caught.value)
