"""The partnership file: what a partnership says of itself and its work."""

from __future__ import annotations

import datetime as dt
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from cspanalysis import settings
from cspanalysis.errors import UsageError
from cspanalysis.partnership.criteria import refuse_scores
from cspanalysis.partnership.custom_areas import CustomArea, custom_areas_of
from cspanalysis.partnership.disclosure import Disclosure
from cspanalysis.partnership.event import Event
from cspanalysis.partnership.fields import (
    AreaField,
    ComparisonField,
    Key,
    MeasureField,
    Part,
)
from cspanalysis.partnership.law import bodies, jurisdiction
from cspanalysis.partnership.partner import Partner
from cspanalysis.partnership.people import (
    CaseReviews,
    Committee,
    Consultation,
    DeathReviews,
    Meeting,
)
from cspanalysis.partnership.plans import LastPlan, PolicePlan
from cspanalysis.partnership.requirements import requirements
from cspanalysis.partnership.work import (
    Criterion,
    Funding,
    Priority,
    Project,
    Recommendation,
)
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.forms import Form

__all__ = ["FILE", "Duty", "Partner", "Partnership", "read_file", "read_partnership"]

FILE = "partnership.yml"
"""Name of the file in a partnership's folder."""
_FOR_ALL = {"areas", "disclosure"}
"""What is kept back of small places is worked out over all periods at once."""


class Duty(Part):
    """Hold how a duty of the law is met, in words, with the document that shows it.

    Parameters
    ----------
    text
        How it is met, in a sentence.
    document
        The document that shows it.
    date
        Of the document.
    """

    text: str
    document: str | None = None
    date: dt.date | None = None


class Registers(Part):
    """Hold the numbers that a partnership must keep and publish.

    Parameters
    ----------
    death_reviews
        Reviews of deaths that came from domestic abuse, a year each. A public edition leaves
        small counts out.
    asb_case_reviews
        ASB case reviews, a year each. Their four numbers are always shown.
    """

    death_reviews: tuple[DeathReviews, ...] = ()
    asb_case_reviews: tuple[CaseReviews, ...] = ()


class OwnEdition(Part):
    """Hold a measure that bears an edition of its own.

    Parameters
    ----------
    measure
        Code or name. Where it is sensitive, nothing of it stands in a public edition.
    """

    named_by: ClassVar = ("measure",)

    measure: MeasureField


class Matrix(Part):
    """Hold how priorities are scored; the shipped criteria where it is absent.

    Parameters
    ----------
    criteria
        What they are scored on.
    formula
        How the scores become one: ``sum`` or ``mean`` of the weighted scores, their ``product``,
        or the ``product_of_sums`` of the criteria's groups.
    """

    criteria: tuple[Criterion, ...] = Field(min_length=1)
    formula: Literal["sum", "mean", "product", "product_of_sums"] = "sum"


class SignOff(Part):
    """Hold who agreed the assessment, and when.

    Parameters
    ----------
    group
        The group that agrees it.
    version
        Of the assessment.
    agreed
        When it was agreed; absent until then.
    chair
        Role of whoever chairs the group.
    previous
        When the assessment before this one was agreed.
    sent
        To whom it was sent.
    """

    group: str
    version: str = "draft"
    agreed: dt.date | None = None
    chair: str | None = None
    previous: dt.date | None = None
    sent: tuple[str, ...] = ()


class Partnership(Part):
    """Hold a partnership file.

    Parameters
    ----------
    area
        The partnership's area.
    name
        Its full name.
    example
        Whether the content is an example; every page then says so.
    marking
        Protective marking of its pages; absent for none.
    forms
        What is made of its reports beside page, PDF, Word and spreadsheet.
    comparators
        Areas to compare with; the most similar ones of which figures are held if absent.
    areas
        Areas of the partnership's own making, such as a town centre, by key; the standing file's
        hold for every period.
    comparisons
        What a period is set beside, such as "rolling 12 months" or "before the pandemic: FY2019";
        all that can be made if absent.
    partners
        Statutory and other partners.
    police_plan
        The police and crime plan.
    priorities
        What it puts first, in its order.
    measures
        Measures that bear an edition of their own.
    disclosure
        The rules of what public editions keep back; the standing file's hold for every period.
    matrix
        How priorities are scored.
    last_plan
        The last plan and its actions.
    consultation
        What people said.
    meetings
        Meetings and events.
    events
        What may have changed the figures: months from which on charts start anew.
    registers
        Reviews of deaths and of anti-social behaviour cases.
    funding
        Money received.
    projects
        What was done with it, and whether it worked.
    recommendations
        What the assessment recommends.
    duties
        How duties of the law are met, by key of the requirement (see `requirements`).
    gaps
        What is not known and should be.
    harm_weights
        Name of a CSV file of harm weights in the partnership's folder.
    committee
        What a report to a committee says of itself.
    sign_off
        Who agreed the assessment.
    """

    area: AreaField
    name: str
    example: bool = False
    marking: Literal["OFFICIAL", "OFFICIAL-SENSITIVE"] | None = None
    forms: tuple[Form, ...] = ()
    comparators: tuple[AreaField, ...] = ()
    areas: dict[Key, CustomArea] = Field(default_factory=dict)
    comparisons: tuple[ComparisonField, ...] = ()
    partners: tuple[Partner, ...] = ()
    police_plan: PolicePlan | None = None
    priorities: tuple[Priority, ...] = ()
    measures: tuple[OwnEdition, ...] = ()
    disclosure: Disclosure = Disclosure()
    matrix: Matrix | None = None
    last_plan: LastPlan | None = None
    consultation: tuple[Consultation, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    events: tuple[Event, ...] = ()
    registers: Registers = Registers()
    funding: tuple[Funding, ...] = ()
    projects: tuple[Project, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    duties: dict[Key, Duty] = Field(default_factory=dict)
    gaps: tuple[str, ...] = ()
    harm_weights: str | None = Field(default=None, pattern=r"^[\w.-]+\.csv$")
    committee: Committee | None = None
    sign_off: SignOff | None = None

    @model_validator(mode="after")
    def _keys_agree(self) -> Self:
        keys = [priority.key for priority in self.priorities]
        if twice := [key for key in keys if keys.count(key) > 1]:
            raise ValueError(f"two priorities bear the key '{twice[0]}'; rename one")
        for part, key in self._named_priorities():
            if key not in keys:
                known = ", ".join(keys) or "none"
                raise ValueError(f"{part} names the priority '{key}'; the priorities are: {known}")
        if self.area in self.comparators:
            where = ("comparators", self.comparators.index(self.area))
            raise settings.RefusedAtError("this is the partnership's own area; take it out", *where)
        self._check_bodies()
        self._check_duties()
        refuse_scores(self.priorities, self.matrix.criteria if self.matrix else None)
        custom_areas_of(self.area, self.areas)
        return self

    @property
    def custom_areas(self) -> tuple[Area, ...]:
        """The areas of the partnership's own making, as areas that have figures."""
        return custom_areas_of(self.area, self.areas)

    def priority(self, key: str) -> Priority | None:
        """Find a priority by its key; None where there is none."""
        return next((p for p in self.priorities if p.key == key), None)

    def _check_bodies(self) -> None:
        known = [body.key for body in bodies(jurisdiction(self.area))]
        for partner in self.partners:
            if partner.body and partner.body not in known:
                raise ValueError(
                    f"partner '{partner.name}': body '{partner.body}' is not known here; write one "
                    f"of {', '.join(known)}, or leave 'body' out"
                )

    def _check_duties(self) -> None:
        known = {r.key for r in requirements(jurisdiction(self.area))}
        for key in self.duties:
            if key not in known:
                near = get_close_matches(key, known, n=1, cutoff=0.5) or sorted(known)
                raise ValueError(
                    f"duty '{key}' is no requirement of the law; known: {', '.join(near)}"
                )

    def _named_priorities(self) -> list[tuple[str, str]]:
        actions = self.last_plan.actions if self.last_plan else ()
        questions = [q for c in self.consultation for q in c.questions]
        shares = [share for c in self.consultation for share in c.shares]
        named = [
            *(("an action of the last plan", action.priority) for action in actions),
            *(("a project", project.priority) for project in self.projects),
            *(("a recommendation", one.priority) for one in self.recommendations),
            *(("a question of the consultation", one.priority) for one in questions),
            *(("a share of the consultation", one.priority) for one in shares),
        ]
        return [(part, key) for part, key in named if key]


def how_to_add(key: str, *, area: Area, known: bool) -> str:
    """Say where a partnership's file takes what a report lacks.

    Parameters
    ----------
    key
        Key of the file.
    area
        Whose file.
    known
        Whether the area has a file.

    Examples
    --------
    >>> how_to_add("funding", area=Area.named("luton"), known=True)
    "Add it under 'funding' in data/partnerships/luton/partnership.yml."
    """
    if area.kind != "csp":
        return "Nothing: partnerships alone have a file to record it in."
    where = f"data/partnerships/{area.slug}/{FILE}"
    make = "" if known else f"Make a partnership file with 'cspanalysis new {area.slug}'. "
    return f"{make}Add it under '{key}' in {where}."


def read_partnership(folder: Path, *, period: Period | None = None) -> Partnership | None:
    """Read the partnership file of a folder, with what is marked as sensitive.

    Public editions show what `cspanalysis.partnership.editions.held_back` leaves of it.

    Parameters
    ----------
    folder
        ``data/partnerships/<slug>``.
    period
        The period of the report: a file in the folder of that name (its slug) takes the place of
        the standing one.

    Returns
    -------
    Partnership or None
        None where there is no such file.

    Raises
    ------
    UsageError
        If the file holds anything but what a partnership file may; file, line and key are named.
    """
    standing = _read(folder / FILE)
    own_file = folder / (period.slug if period else "") / FILE
    own = _read(own_file) if period else None
    if own is None:
        return standing
    for key in _FOR_ALL & own.model_fields_set:
        raise UsageError(
            f"{own_file}: '{key}' holds for all periods alike; move it to {folder / FILE}"
        )
    if standing is None:
        return own
    return own.model_copy(update={key: getattr(standing, key) for key in _FOR_ALL})


def _read(path: Path) -> Partnership | None:
    return read_file(path) if path.exists() else None


def read_file(path: Path) -> Partnership:
    """Read one partnership file, whatever folder it lies in.

    Raises
    ------
    UsageError
        If it can't be read, or holds anything but what a partnership file may.
    """
    try:
        stamp = path.stat()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"partnership file '{path}' can't be read: {reason}") from None
    return _loaded(path, (stamp.st_mtime_ns, stamp.st_size, stamp.st_ino))


@lru_cache(maxsize=32)
def _loaded(path: Path, _stamp: tuple[int, ...]) -> Partnership:
    """Read a file that is as it was when it was stamped; reading takes long."""
    return settings.load(path, Partnership, what="partnership file").content
