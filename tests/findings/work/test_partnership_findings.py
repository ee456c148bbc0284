"""Findings on what a partnership says of itself: worked by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cspanalysis.findings.work.engagement import Engagement
from cspanalysis.findings.work.funding import Money
from cspanalysis.findings.work.partners import partners_of
from cspanalysis.findings.work.police_plan import Crosswalk
from cspanalysis.findings.work.progress import Progress
from cspanalysis.findings.work.recommendations import Recommendations
from cspanalysis.partnership import Partnership
from cspanalysis.partnership.people import Meeting
from cspanalysis.partnership.plans import LastPlan, PolicePlan
from cspanalysis.partnership.work import Funding, Priority, Recommendation
from cspanalysis.vocabulary import Area, Period
from tests.reports.pages import grade


def partnership(**parts: Any) -> Partnership:
    return Partnership.model_validate({"area": "luton", "name": "Luton CSP", **parts})


def progress(*statuses: str, **options: Any) -> Progress:
    actions = [{"action": f"A{i}", "status": s, **options} for i, s in enumerate(statuses, start=1)]
    plan = LastPlan.model_validate({"title": "Plan", "months": "2023", "actions": actions})
    return Progress(plan, (), on=date(2023, 12, 31))


@pytest.mark.parametrize(
    ("statuses", "title"),
    [
        ((), "No actions of 'Plan' are recorded"),
        (("done",), "The one action is done"),
        (("late",), "The one action is not done"),
        (("done", "done"), "Both actions are done"),
        (("late", "late"), "None of the two actions is done"),
        (
            ("done", "done", "late", "late", "stopped"),
            "Two of the five actions are done (40\u00a0%)",
        ),
    ],
)
def test_how_many_actions_are_done(statuses: tuple[str, ...], title: str) -> None:
    assert progress(*statuses).title == title


def test_actions_that_are_late_or_stopped_are_named() -> None:
    said = progress("done", "on track", "on track", "late", "stopped", "stopped").sentences[0]
    assert said == (
        "The last plan, 'Plan', covered 2023. Two actions are on track, one action is late ('A4') "
        "and two actions are stopped ('A5' and 'A6')."
    )


def test_doubts_are_told_action_by_action() -> None:
    passed = progress("on track", "done", due=date(2023, 11, 30))
    assert passed.sentences[1:] == (
        "'A1' is overdue: due on 30 November 2023 and marked 'on track'.",
        "One action marked done carries no evidence: 'A2'.",
    )
    assert progress("on track", due=date(2024, 1, 1)).sentences[1:] == ()
    assert progress("done", evidence="200 homes").sentences[1:] == ()


def test_wales_has_its_own_bodies() -> None:
    council = {"name": "Council", "body": "council"}
    held = partners_of(Area.named("conwy-lad"), None)
    assert "local-health-board" in {a.body.key for a in held.missing}
    held = partners_of(Area.named("luton"), partnership(partners=[council, {"name": "Charity"}]))
    assert held.title == "One of the five responsible authorities is named"
    assert held.sentences[0] == (
        "No partner is named for: chief officer of police, fire and rescue authority, probation "
        "services and integrated care board."
    )
    assert [p.name for p in held.everyone] == ["Council", "Charity"]


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ((), "No partner is recorded as having supplied data of its own."),
        (("2024-01-15",), "One partner supplied one data set."),
        (
            ("2024-01-15", None),
            "One partner supplied two data sets, one without the date on which it was received.",
        ),
    ],
)
def test_what_was_supplied(dates: tuple[str | None, ...], said: str) -> None:
    sets = [{"what": f"Set {i}", "received": day} for i, day in enumerate(dates)]
    council = {"name": "Council", "body": "council", "supplied": sets}
    assert partners_of(Area.named("luton"), partnership(partners=[council])).sentences[-1] == said


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (1, "One figure of partners is held; no data set is on record for them."),
        (3, "Three figures of partners are held; no data set is on record for them."),
    ],
)
def test_figures_of_partners_are_never_said_not_to_be_there(figures: int, said: str) -> None:
    held = partners_of(Area.named("luton"), partnership(), figures=figures)
    assert held.sentences[-1] == said


def meeting(day: str, **options: Any) -> Meeting:
    return Meeting.model_validate({"date": day, "what": "Open evening", **options})


def test_the_year_of_meetings_ends_with_the_period() -> None:
    held = (meeting("2022-06-30"), meeting("2023-06-30"), meeting("2022-07-01"))
    found = Engagement.of(held, period=Period.parse("2023-Q2"))
    assert [m.date for m in found.meetings] == [date(2022, 7, 1), date(2023, 6, 30)]
    assert found.sentences[-1] == "One meeting of other times is left out."
    assert found.title.endswith("in the 12 months to June 2023")


def test_a_meeting_counts_only_if_public_and_with_senior_officers() -> None:
    year = Period.parse("2023")
    for options in ({}, {"public": True}, {"senior_officers": True}):
        found = Engagement.of((meeting("2023-03-14", **options),), period=year)
        assert found.title == "No public meeting with senior officers is recorded in 2023"
        assert "at least one public meeting a year" in found.sentences[0]
    both = {"public": True, "senior_officers": True}
    found = Engagement.of(
        (meeting("2023-03-14", attended=1, groups=["Tenants"], **both),), period=year
    )
    assert found.title == "Senior officers were at one public meeting in 2023"
    assert found.sentences == (
        "Senior officers met the public on 14 March 2023, as the law asks once a year.",
        "One person came to one public meeting, as far as they were counted.",
        "Groups reached: Tenants.",
    )
    assert {v.key: v.value for v in found.values()} == {
        "engagement.meetings": 1,
        "engagement.public-with-officers": 1,
        "engagement.attended": 1,
    }


def test_money_is_summed_by_year() -> None:
    lines = [("2023/24", "Home Office", 150_000), ("2023/24", "Council", 32_000.5)]
    lines += [("2022/23", "Home Office", 120_000)]
    money = Money(tuple(Funding(year=y, source=s, amount=a) for y, s, a in lines))
    assert money.title == "£182,000.50 was received in 2023/24, from two sources"
    assert money.sentences == ("Before that it was £120,000 in 2022/23.",)
    assert Money(money.lines[:1]).sentences == ()


def test_objectives_without_priority_and_words_that_do_not_match() -> None:
    plan = PolicePlan(title="Plan", objectives=("Support victims", "Prevent burglary"))
    served = {"key": "a", "title": "Burglary", "theme": "crime-and-disorder", "owner": "Head"}
    burglary = Priority.model_validate({**served, "objectives": ["prevent  Burglary.", "Other"]})
    idle = Priority.model_validate({**served, "key": "b", "title": "Violence"})
    found = Crosswalk(plan, (burglary, idle))
    assert found.serving("Prevent burglary") == (burglary,)
    assert found.title == "One of the two objectives is served by a priority here"
    assert found.sentences == (
        "No priority serves: 'Support victims'.",
        "No objective is named for: 'Violence'.",
        "'Burglary' names the objective 'Other', which is not listed in the plan.",
    )


def test_a_recommendation_says_what_it_lacks() -> None:
    whole = Recommendation(
        text="Fit locks", owner="Head", measure="Burglaries", baseline="806", target="10 % fewer",
        by=date(2025, 3, 31), duty="Prevents burglary.",
    )  # fmt: skip
    bare = Recommendation(text="Share data", owner="Head", measure="Months supplied")
    found = Recommendations((whole, bare))
    assert found.title == "One of the two recommendations is complete enough to follow up"
    assert found.sentences == (
        "Recommendation 2 lacks a baseline, a target, a date and a line on section 17.",
    )
    assert found.duties == ("Recommendation 1: Prevents burglary.",)


def test_sentences_read_easily() -> None:
    said = [
        *progress("done", "late", "stopped", due=date(2023, 6, 30)).sentences,
        *partners_of(Area.named("luton"), None).sentences[1:],
        *Engagement.of((meeting("2023-03-14"),), period=Period.parse("2023")).sentences,
    ]
    assert grade(" ".join(said)) <= 9
