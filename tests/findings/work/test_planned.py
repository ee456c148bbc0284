"""Priorities as a committee reads them: intro, actions, and what their figures say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cspanalysis.findings.finding import Change
from cspanalysis.findings.work.planned import Planned, stands_beside
from cspanalysis.partnership.work import PlannedAction, Priority
from cspanalysis.vocabulary import Area, Measure, Period

SPAN = Period.parse("2023")
JUNE, MAY = date(2024, 6, 30), date(2024, 5, 31)


def _priority(*dues: date | None, measures: tuple[str, ...] = (), **more: Any) -> Priority:
    return Priority.model_validate(
        {
            "key": "homes",
            "title": "Safer homes",
            "theme": "crime-and-disorder",
            "owner": "Head of housing",
            "actions": [
                PlannedAction(action=f"Mark bicycles of school {at}.", due=due)
                for at, due in enumerate(dues)
            ],
            "measures": [{"measure": code} for code in measures],
            **more,
        }
    )


def _change(code: str, before: int | None, after: int | None, **more: Any) -> Change:
    return Change(
        measure=Measure.named(code),
        area=Area.named("luton"),
        period=SPAN,
        baseline=SPAN.baseline(),
        before=before,
        after=after,
        **more,
    )


def _said(*changes: Change, measures: tuple[str, ...]) -> str:
    held = {change.measure.code: change for change in changes}
    return Planned(_priority(measures=measures), held).figures


@pytest.mark.parametrize(
    ("dues", "said"),
    [
        ((), ""),
        ((JUNE,), "One action is planned, due by 30 June 2024:"),
        ((JUNE, JUNE), "Two actions are planned, due by 30 June 2024:"),
        ((JUNE, MAY), "Two actions are planned:"),
        ((None, None), "Two actions are planned, with no date set:"),
        ((JUNE, None, None), "Three actions are planned, of which one has a date:"),
        ((JUNE, MAY, None), "Three actions are planned, of which two have a date:"),
    ],
)
def test_the_intro_counts_actions_and_says_their_date_once(
    dues: tuple[date | None, ...], said: str
) -> None:
    assert Planned(_priority(*dues), {}).intro == said


def test_an_action_bears_its_owner_and_a_date_of_its_own() -> None:
    actions = [
        {"action": "Mark bicycles.", "owner": "Police", "due": MAY},
        {"action": "Light the path", "due": JUNE},
        {"action": "Ask tenants."},
    ]
    assert Planned(_priority(actions=actions), {}).actions == (
        "Mark bicycles (Police, by 31 May 2024).",
        "Light the path (by 30 June 2024).",
        "Ask tenants.",
    )


def test_the_owner_follows_the_reason() -> None:
    assert Planned(_priority(), {}).why == "Owner: Head of housing."
    assert Planned(_priority(why="People ask for it."), {}).why == (
        "People ask for it. Owner: Head of housing."
    )


def test_a_clear_change_stands_before_the_others() -> None:
    said = _said(
        _change("burglary", 100, 101, verdict="can't tell"),
        _change("robbery", 8, 17, verdict="can't tell"),
        _change("drug-possession", 100, 160, verdict="higher"),
        measures=("burglary", "robbery", "drug-possession"),
    )
    assert said.startswith("Drug possession is clearly higher: 100 to 160. Police find most")
    assert said.endswith("There is no clear change in burglary (100 to 101) and robbery (8 to 17).")


def test_what_has_no_figure_is_named() -> None:
    said = _said(
        _change("anti-social-behaviour", None, None, status="to be confirmed"),
        _change("burglary-dwelling", 73, None, refused="The categories changed."),
        measures=("anti-social-behaviour", "burglary-dwelling", "arson"),
    )
    assert said == (
        "The figure of anti-social behaviour is still to be confirmed. "
        "No comparison is made of burglary in a dwelling. The report holds no figures of arson."
    )


def test_without_measures_nothing_is_said() -> None:
    assert _said(measures=()) == ""


@pytest.mark.parametrize(
    ("priorities", "said"),
    [
        ([], ""),
        ([_priority(JUNE)], "One priority, with one action planned, stands beside these figures."),
        (
            [_priority(), _priority()],
            "Two priorities, with no actions planned, stand beside these figures.",
        ),
    ],
)
def test_the_conclusion_counts(priorities: list[Priority], said: str) -> None:
    assert stands_beside(priorities) == said
