"""Priority profile: one priority looked at closely."""

from __future__ import annotations

from typing import ClassVar, Self

from cspanalysis.errors import UsageError
from cspanalysis.reports.kind import Kind
from cspanalysis.reports.report import Report, shows
from cspanalysis.reports.sections.about import about
from cspanalysis.reports.sections.caveats import caveats_of_a_priority
from cspanalysis.reports.sections.commentary import commentary_beside_a_priority, section
from cspanalysis.reports.sections.comparisons import comparisons_of_a_priority
from cspanalysis.reports.sections.control_charts import control_charts_of_a_priority
from cspanalysis.reports.sections.done import done
from cspanalysis.reports.sections.engagement import engagement
from cspanalysis.reports.sections.example_note import example_note
from cspanalysis.reports.sections.funding import funding
from cspanalysis.reports.sections.gaps import gaps_of_a_priority
from cspanalysis.reports.sections.glossary import glossary
from cspanalysis.reports.sections.headlines import headlines_of_a_priority
from cspanalysis.reports.sections.in_short import in_short_of_a_priority
from cspanalysis.reports.sections.options import options
from cspanalysis.reports.sections.outcomes import outcomes
from cspanalysis.reports.sections.partners import partners
from cspanalysis.reports.sections.plan_progress import plan_progress
from cspanalysis.reports.sections.police_plan import police_plan
from cspanalysis.reports.sections.projects import projects
from cspanalysis.reports.sections.public_view import public_view
from cspanalysis.reports.sections.recommendations import recommendations
from cspanalysis.reports.sections.registers import registers
from cspanalysis.reports.sections.searches import searches
from cspanalysis.reports.sections.sign_off import sign_off
from cspanalysis.reports.sections.since_previous import since_previous
from cspanalysis.reports.sections.sources import sources_of_a_priority
from cspanalysis.reports.sections.statutory_map import missing, statutory_map
from cspanalysis.reports.sections.what import what
from cspanalysis.reports.sections.when import when
from cspanalysis.reports.sections.where import where
from cspanalysis.reports.sections.who import who
from cspanalysis.reports.sections.why import why_of_a_priority
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Period

__all__ = ["PriorityProfile"]


class PriorityProfile(Report):
    """Hold one priority looked at closely: what, where, when, who, outcomes, what was done.

    Examples
    --------
    >>> report = PriorityProfile.open("luton", "2023", priority="burglary")
    >>> report.kicker
    'Priority profile: Burglary'
    >>> report.where_found.title
    'Half of burglary was recorded in 26 of 125 small areas'
    """

    kind: ClassVar[Kind] = Kind(
        name="priority-profile",
        title="Priority profile",
        parts=("recorded", "focused"),
        slots=("who-is-affected", "what-was-done", "options"),
    )

    @classmethod
    def open(
        cls,
        area: str | Area,
        period: str | int | Period,
        *,
        priority: str = "",
        baseline: str | Period | None = None,
        edition: str = "public",
        store: Store | None = None,
    ) -> Self:
        """Open the profile of a priority in an area and a period.

        Parameters
        ----------
        priority
            Key of a priority of the partnership's file, or code of a measure.

        Raises
        ------
        UsageError
            See `Assessment.open`; or if the priority is neither, with the nearest names.
        """
        report = super().open(area, period, baseline=baseline, edition=edition, store=store)
        if not priority:
            raise UsageError("name the priority that the profile is about, such as 'burglary'")
        report.facts.wanted = priority
        report.facts.focused.focus  # noqa: B018 - a wrong name is told at once
        return report

    # What its notebook shows

    example_note = shows(example_note)
    partners = shows(partners)
    plan_progress = shows(plan_progress)
    police_plan = shows(police_plan)
    engagement = shows(engagement)
    funding = shows(funding)
    recommendations = shows(recommendations)
    public_view = shows(public_view)
    registers = shows(registers)
    projects = shows(projects)
    since_previous = shows(since_previous)
    gaps = shows(gaps_of_a_priority)
    sign_off = shows(sign_off)
    statutory_map = shows(statutory_map)
    glossary = shows(glossary)
    section = shows(section)
    missing = shows(missing)
    about = shows(about)
    what = shows(what)
    where = shows(where)
    when = shows(when)
    who = shows(who)
    outcomes = shows(outcomes)
    searches = shows(searches)
    done = shows(done)
    options = shows(options)
    headlines = shows(headlines_of_a_priority)
    in_short = shows(in_short_of_a_priority)
    comparisons = shows(comparisons_of_a_priority)
    control_charts = shows(control_charts_of_a_priority)
    why = shows(why_of_a_priority)
    caveats = shows(caveats_of_a_priority)
    sources = shows(sources_of_a_priority)
    commentary = shows(commentary_beside_a_priority)
