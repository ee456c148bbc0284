"""Whom a partnership hears and answers to: consultation, meetings, registers, committee."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from cspanalysis.partnership.fields import Count, Key, Part, PeriodField, Year

__all__ = [
    "CaseReviews",
    "Committee",
    "Consultation",
    "Cost",
    "DeathReviews",
    "Group",
    "Meeting",
    "Question",
    "Share",
]


class Question(Part):
    """Hold a question of a file of answers.

    Parameters
    ----------
    statement
        What a yes means, as a reader would say it: "feel safe outside after dark".
    column
        Column of the file.
    counts_as_yes
        Answers that count as yes; every other answer counts as no, an empty one as none.
    priority
        Key of the priority it bears on.
    """

    named_by: ClassVar = ("statement",)

    statement: str
    column: str
    counts_as_yes: tuple[str, ...] = Field(min_length=1)
    priority: Key | None = None


class Share(Part):
    """Hold how many of those who answered said yes, where only a table is known.

    Parameters
    ----------
    statement
        What a yes means, as a reader would say it: "feel safe outside after dark".
    said_yes
        How many said yes.
    answered
        How many answered.
    priority
        Key of the priority it bears on.
    """

    named_by: ClassVar = ("statement",)

    statement: str
    said_yes: Count
    answered: int = Field(gt=0)
    priority: Key | None = None

    @model_validator(mode="after")
    def _within(self) -> Self:
        if self.said_yes > self.answered:
            raise ValueError(f"said_yes ({self.said_yes}) is more than answered ({self.answered})")
        return self


class Group(Part):
    """Hold a group of people and how many of it were reached.

    Parameters
    ----------
    group
        Its name.
    reached
        How many. A public edition leaves small numbers out.
    """

    named_by: ClassVar = ("group",)

    group: str
    reached: Count


class Consultation(Part):
    """Hold what people living and working in the area were asked, and said.

    Parameters
    ----------
    title
        Its name.
    months
        When it was held.
    mode
        ``sample`` (people were drawn) or ``self-selected`` (people chose to answer).
    answers
        Name of a CSV file in the partnership's folder, one row a respondent; or give `shares`.
    weight
        Column of the file with a weight a respondent.
    questions
        What to count in the file.
    shares
        Counts, where there is no file.
    groups
        Whom it reached.
    """

    named_by: ClassVar = ("title", "months")

    title: str
    months: PeriodField
    mode: Literal["sample", "self-selected"]
    answers: str | None = Field(default=None, pattern=r"^[\w.-]+\.csv$")
    weight: str | None = None
    questions: tuple[Question, ...] = ()
    shares: tuple[Share, ...] = ()
    groups: tuple[Group, ...] = ()

    @model_validator(mode="after")
    def _file_or_shares(self) -> Self:
        if bool(self.answers) == bool(self.shares):
            raise ValueError("a consultation gives either answers (a CSV file) or shares")
        if self.answers and not self.questions:
            raise ValueError("a file of answers needs 'questions'")
        return self


class Meeting(Part):
    """Hold a meeting or event.

    Parameters
    ----------
    date
        When.
    what
        What it was.
    public
        Whether the public could come.
    senior_officers
        Whether senior officers of the responsible authorities were there.
    attended
        How many came.
    groups
        Groups that were reached.
    """

    date: dt.date
    what: str
    public: bool = False
    senior_officers: bool = False
    attended: Count | None = None
    groups: tuple[str, ...] = ()


class DeathReviews(Part):
    """Hold a year of reviews of deaths that came from domestic abuse.

    Parameters
    ----------
    year
        The year.
    open
        Reviews open at its end.
    closed
        Reviews closed in it.
    recommendations
        Recommendations made by all reviews so far.
    completed
        Those of them that were carried out.
    """

    named_by: ClassVar = ("year",)

    year: Year
    open: Count
    closed: Count
    recommendations: Count
    completed: Count


class CaseReviews(Part):
    """Hold a year of ASB case reviews: the four numbers that must be published.

    Parameters
    ----------
    year
        The year.
    applications
        Applications for a review.
    threshold_not_met
        Applications that did not meet the threshold.
    reviews
        Reviews carried out.
    with_recommendations
        Reviews that made recommendations.
    """

    named_by: ClassVar = ("year",)

    year: Year
    applications: Count
    threshold_not_met: Count
    reviews: Count
    with_recommendations: Count

    @model_validator(mode="after")
    def _add_up(self) -> Self:
        if self.threshold_not_met + self.reviews > self.applications:
            raise ValueError("threshold_not_met and reviews are more than applications")
        if self.with_recommendations > self.reviews:
            raise ValueError("with_recommendations is more than reviews")
        return self


class Cost(Part):
    """Hold a line of financial implications, in pounds.

    Parameters
    ----------
    year
        The year, as the report calls it.
    cost
        What it costs or, below zero, saves.
    sufficient
        Whether there is enough money for it, in words.
    kind
        Revenue or capital.
    """

    named_by: ClassVar = ("year", "kind")

    year: str
    cost: float
    sufficient: str | None = None
    kind: str | None = None


class Committee(Part):
    """Hold what a report to a committee says of itself.

    Parameters
    ----------
    name
        The committee.
    date
        Of its meeting.
    title
        Title of the report.
    asked
        What the committee is asked to do, one text an item.
    lead
        Role of the lead officer.
    wards
        Wards it concerns, such as "None specific".
    outcome
        What the community gains.
    costs
        Financial implications by year.
    financial, legal, equality, other
        Implications in words.
    part_two
        Reason for considering it in private; absent where there is none.
    next_steps
        What follows.
    background_papers
        Papers it draws on.
    appendices
        What is appended to it.
    contact
        Role, team or service that answers questions; never a person's name.
    """

    name: str
    title: str
    asked: tuple[str, ...] = Field(min_length=1)
    date: dt.date | None = None
    lead: str | None = None
    wards: str | None = None
    outcome: str | None = None
    costs: tuple[Cost, ...] = ()
    financial: str | None = None
    legal: str | None = None
    equality: str | None = None
    other: str | None = None
    part_two: str | None = None
    next_steps: tuple[str, ...] = ()
    background_papers: tuple[str, ...] = ()
    appendices: tuple[str, ...] = ()
    contact: str | None = None
