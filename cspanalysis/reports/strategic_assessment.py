"""Strategic assessment: the yearly assessment that the law asks for."""

from __future__ import annotations

from typing import ClassVar, Self

from cspanalysis.errors import UsageError
from cspanalysis.reports.kind import Kind
from cspanalysis.reports.report import Report, shows
from cspanalysis.reports.sections.area_profile import area_profile
from cspanalysis.reports.sections.commentary import commentary_beside_priorities, section
from cspanalysis.reports.sections.comparisons import comparisons_of_all, ranks
from cspanalysis.reports.sections.disclosure import disclosure
from cspanalysis.reports.sections.emerging_issues import emerging_issues
from cspanalysis.reports.sections.engagement import engagement
from cspanalysis.reports.sections.example_note import example_note
from cspanalysis.reports.sections.funding import funding
from cspanalysis.reports.sections.gaps import gaps
from cspanalysis.reports.sections.glossary import glossary
from cspanalysis.reports.sections.one_page import one_page_for_a_board
from cspanalysis.reports.sections.partners import partners
from cspanalysis.reports.sections.plan_progress import plan_progress
from cspanalysis.reports.sections.police_plan import police_plan
from cspanalysis.reports.sections.priorities import priorities
from cspanalysis.reports.sections.priority_matrix import priority_matrix
from cspanalysis.reports.sections.projects import projects
from cspanalysis.reports.sections.public_view import public_view
from cspanalysis.reports.sections.recommendations import recommendations
from cspanalysis.reports.sections.registers import registers
from cspanalysis.reports.sections.sign_off import sign_off
from cspanalysis.reports.sections.since_previous import since_previous
from cspanalysis.reports.sections.statutory_map import missing, statutory_map
from cspanalysis.reports.sections.targets import targets
from cspanalysis.reports.sections.themes import themes
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Period

__all__ = ["StrategicAssessment"]


class StrategicAssessment(Report):
    """Hold the yearly assessment that the law asks for.

    Sections of commentary that are named among its slots, or after a priority, stand where they
    belong; every other one is shown by `commentary`, so that nothing that was written gets lost.
    A section for which the partnership's file has no entry says so to readers, and records what
    whoever prepares the report can do.
    """

    kind: ClassVar[Kind] = Kind(
        name="strategic-assessment",
        title="Strategic assessment",
        parts=("recorded", "strategy"),
        slots=("foreword", "background", "outlook"),
    )

    @classmethod
    def open(
        cls,
        area: str | Area,
        period: str | int | Period,
        *,
        previous: str | Period | None = None,
        baseline: str | Period | None = None,
        edition: str = "public",
        store: Store | None = None,
    ) -> Self:
        """Open the strategic assessment of an area and a period.

        Parameters
        ----------
        previous
            Period of the previous edition; empty or None where there is none.

        Raises
        ------
        UsageError
            See `Assessment.open`; or if the previous edition's period is not earlier.
        """
        report = super().open(area, period, baseline=baseline, edition=edition, store=store)
        earlier = Period.parse(previous) if previous else None
        if earlier and earlier.start >= report.facts.period.start:
            raise UsageError(
                f"previous '{previous}' does not start before period '{report.facts.period}'; "
                "write the period of the edition before this one, or leave it empty"
            )
        report.facts.previous = earlier
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
    gaps = shows(gaps)
    sign_off = shows(sign_off)
    statutory_map = shows(statutory_map)
    glossary = shows(glossary)
    section = shows(section)
    missing = shows(missing)
    one_page = shows(one_page_for_a_board)
    area_profile = shows(area_profile)
    themes = shows(themes)
    comparisons = shows(comparisons_of_all)
    ranks = shows(ranks)
    targets = shows(targets)
    priorities = shows(priorities)
    emerging_issues = shows(emerging_issues)
    priority_matrix = shows(priority_matrix)
    disclosure = shows(disclosure)
    commentary = shows(commentary_beside_priorities)
