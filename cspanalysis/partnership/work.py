"""What a partnership does: priorities, actions, money, projects and how they are evaluated."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from cspanalysis.partnership.fields import (
    Count,
    Key,
    MeasureField,
    Part,
    PeriodField,
    Year,
    by_name,
)
from cspanalysis.partnership.law import theme
from cspanalysis.partnership.supplied_figure import SuppliedFigure

__all__ = [
    "Action",
    "Aim",
    "Criterion",
    "Evaluation",
    "Funding",
    "Output",
    "PlannedAction",
    "Priority",
    "Project",
    "Recommendation",
    "Target",
]


def _theme(text: object) -> str:
    return by_name(theme, text).key


ThemeKey = Annotated[str, BeforeValidator(_theme)]
Confidence = Literal["low", "medium", "high"]
ActionStatus = Literal["done", "on track", "late", "not started", "stopped"]


class Target(Part):
    """Hold what a count is to come to: one of three ways to say it.

    Parameters
    ----------
    change
        Change in percent of the baseline's count, such as -10.
    at_most, at_least
        A count in twelve months; shorter periods are held against their share of the days.
    """

    change: float | None = Field(default=None, ge=-100)
    at_most: float | None = Field(default=None, ge=0)
    at_least: float | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        given = [v for v in (self.change, self.at_most, self.at_least) if v is not None]
        if len(given) != 1:
            raise ValueError("a target says one of change, at_most and at_least")
        return self


class Aim(Part):
    """Hold a measure of a priority: what it is held against and what it is to come to.

    Parameters
    ----------
    measure
        Code or name of the measure.
    baseline
        Period of the count that the target starts from; the report's own baseline if absent.
    target
        What it is to come to; absent where it is only watched.
    by
        When.
    """

    named_by: ClassVar = ("measure",)

    measure: MeasureField
    baseline: PeriodField | None = None
    target: Target | None = None
    by: date | None = None


class PlannedAction(Part):
    """Hold something that is to be done for a priority.

    Parameters
    ----------
    action
        What is to be done.
    owner
        Role that answers for it.
    due
        When it is to be done.
    """

    named_by: ClassVar = ("action", "owner", "due")

    action: str
    owner: str | None = None
    due: date | None = None


class Priority(Part):
    """Hold what a partnership puts first.

    Parameters
    ----------
    key
        Its name for files and machines, such as ``burglary``.
    title
        Its name for readers.
    theme
        Key of the theme of the law it belongs to.
    owner
        Role that answers for it.
    why
        Why it is a priority, in a sentence or two.
    measures
        What it is measured by, the leading one first.
    actions
        What is to be done.
    objectives
        Objectives of the police and crime plan that it serves, by their words there.
    scores
        What people scored it on the criteria of the matrix, by key of the criterion.
    confidence
        How sure those who scored it are; shown beside the score.
    gaps
        What is not known and should be.
    figures
        Numbers that partners gave.
    """

    named_by: ClassVar = ("title",)

    key: Key
    title: str
    theme: ThemeKey
    owner: str
    why: str | None = None
    measures: tuple[Aim, ...] = ()
    figures: tuple[SuppliedFigure, ...] = ()
    actions: tuple[PlannedAction, ...] = ()
    objectives: tuple[str, ...] = ()
    scores: dict[Key, float] = Field(default_factory=dict)
    confidence: Confidence | None = None
    gaps: tuple[str, ...] = ()


class Criterion(Part):
    """Hold a criterion of the priority matrix: its weight and the ends of its scale.

    Parameters
    ----------
    key
        Its name for machines, which `scores` of priorities use.
    title
        Its name for readers.
    weight
        How much it counts.
    lowest
        The low end of its scale.
    highest
        The high end.
    group
        Group of criteria that the formula ``product_of_sums`` adds up first.
    """

    named_by: ClassVar = ("key",)

    key: Key
    title: str
    weight: float = Field(default=1, ge=0)
    lowest: float = 1
    highest: float = 5
    group: str | None = None


class Action(Part):
    """Hold an action of the last plan and how far it came.

    Parameters
    ----------
    action
        What was to be done.
    priority
        Key of the priority it served; absent for the plan as a whole.
    owner
        Role that answers for it.
    due
        When it was to be done.
    status
        ``done``, ``on track``, ``late``, ``not started`` or ``stopped``.
    evidence
        What shows the status.
    outcome
        What came of it.
    """

    named_by: ClassVar = ("action", "priority")

    action: str
    status: ActionStatus
    priority: Key | None = None
    owner: str | None = None
    due: date | None = None
    evidence: str | None = None
    outcome: str | None = None


class Funding(Part):
    """Hold money received, in pounds.

    Parameters
    ----------
    year
        The year.
    source
        From whom.
    amount
        How much.
    purpose
        What for.
    """

    year: Year
    source: str
    amount: float = Field(ge=0)
    purpose: str | None = None


class Output(Part):
    """Hold what a project delivered, such as 279 participants.

    Parameters
    ----------
    what
        What is counted, in the plural: "participants", "hours".
    number
        How many.
    of
        What it is a part of: the `what` of another output, or words.
    """

    named_by: ClassVar = ("what",)

    what: str
    number: float = Field(ge=0)
    of: str | None = None


class Evaluation(Part):
    """Hold counts before and after, where something was done and in a similar place.

    Parameters
    ----------
    measure
        What was counted.
    before
        Months before the project; best the same months of the year as after.
    after
        Months in which it can have worked.
    treated
        Counts before and after, where something was done.
    control
        Counts before and after, in a similar place.
    displacement_treated
        Counts before and after around the place where something was done.
    displacement_control
        Counts before and after around the similar place.
    treated_places
        Codes of LSOAs to count instead, from the store.
    control_places
        Codes of LSOAs of the similar place.
    source
        Where the counts come from; needed where they are given.
    """

    measure: MeasureField
    before: PeriodField
    after: PeriodField
    treated: tuple[Count, Count] | None = None
    control: tuple[Count, Count] | None = None
    displacement_treated: tuple[Count, Count] | None = None
    displacement_control: tuple[Count, Count] | None = None
    treated_places: tuple[str, ...] = ()
    control_places: tuple[str, ...] = ()
    source: str | None = None

    @model_validator(mode="after")
    def _counts_or_places(self) -> Self:
        counted = self.treated is not None and self.control is not None
        placed = bool(self.treated_places) and bool(self.control_places)
        if counted == placed:
            raise ValueError(
                "an evaluation gives either treated and control counts, or treated_places and "
                "control_places"
            )
        if counted and not self.source:
            raise ValueError("an evaluation with counts of its own needs 'source'")
        if self.after.start <= self.before.end:
            raise ValueError(
                f"after ({self.after}) must start when before ({self.before}) has ended"
            )
        return self


class Project(Part):
    """Hold a project: what it is, what it cost, what it delivered and whether it worked.

    Parameters
    ----------
    name
        Its name.
    priority
        Key of the priority it serves.
    about
        What it is, in a sentence or two.
    months
        When it ran.
    cost
        What it cost, in pounds.
    outputs
        What it delivered. The cost for each person is given where one of them counts people.
    evaluation
        Counts before and after, with a control area; absent where nobody tested it.
    """

    named_by: ClassVar = ("name",)

    name: str
    priority: Key | None = None
    about: str | None = None
    months: PeriodField | None = None
    cost: float | None = Field(default=None, ge=0)
    outputs: tuple[Output, ...] = ()
    evaluation: Evaluation | None = None


class Recommendation(Part):
    """Hold what the assessment recommends.

    Parameters
    ----------
    text
        What should be done.
    priority
        Key of the priority it serves.
    owner
        Role that would do it.
    measure
        What shows whether it worked.
    baseline
        Where that stands, in words.
    target
        Where it should go, in words.
    by
        When.
    duty
        What regard was had to preventing crime and disorder (section 17), in a sentence.
    """

    named_by: ClassVar = ("text",)

    text: str
    owner: str
    priority: Key | None = None
    measure: str | None = None
    baseline: str | None = None
    target: str | None = None
    by: date | None = None
    duty: str | None = None
