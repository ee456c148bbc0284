"""Report to committee: what a scrutiny committee is asked, and what stands behind it."""

from __future__ import annotations

from typing import ClassVar

from cspanalysis.reports.kind import Kind
from cspanalysis.reports.report import Report, shows
from cspanalysis.reports.sections.asked_of_committee import asked
from cspanalysis.reports.sections.background_papers import background_papers
from cspanalysis.reports.sections.commentary import commentary_beside_plans, section
from cspanalysis.reports.sections.committee_head import head
from cspanalysis.reports.sections.conclusions import conclusions
from cspanalysis.reports.sections.engagement import engagement
from cspanalysis.reports.sections.example_note import example_note
from cspanalysis.reports.sections.funding import funding
from cspanalysis.reports.sections.gaps import gaps
from cspanalysis.reports.sections.glossary import glossary
from cspanalysis.reports.sections.implications import implications
from cspanalysis.reports.sections.in_short import in_short_for_a_committee
from cspanalysis.reports.sections.legal_basis import legal_basis
from cspanalysis.reports.sections.next_steps import next_steps
from cspanalysis.reports.sections.outcome import outcome
from cspanalysis.reports.sections.partners import partners
from cspanalysis.reports.sections.plan_progress import plan_progress
from cspanalysis.reports.sections.plans import plans
from cspanalysis.reports.sections.police_plan import police_plan
from cspanalysis.reports.sections.projects import projects
from cspanalysis.reports.sections.public_view import public_view
from cspanalysis.reports.sections.recommendations import recommendations
from cspanalysis.reports.sections.registers import registers
from cspanalysis.reports.sections.sign_off import sign_off
from cspanalysis.reports.sections.since_previous import since_previous
from cspanalysis.reports.sections.statutory_map import missing, statutory_map

__all__ = ["CommitteeReport"]


class CommitteeReport(Report):
    """Hold the cover report for a committee.

    Paragraphs are numbered through the report, and commentary on a single priority (a file such
    as ``priority-burglary.md``) stands under that priority. Its head tells who wrote what.
    """

    kind: ClassVar[Kind] = Kind(
        name="committee-report",
        title="Report to committee",
        parts=("recorded", "to_committee"),
        slots=(
            "summary",
            "background",
            "priorities",
            "staffing",
            "funding",
            "on-the-figures",
            "conclusions",
        ),
        numbered=True,
        bylines=False,
    )

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
    outcome = shows(outcome)
    legal_basis = shows(legal_basis)
    conclusions = shows(conclusions)
    implications = shows(implications)
    next_steps = shows(next_steps)
    background_papers = shows(background_papers)
    head = shows(head)
    asked = shows(asked)
    in_short = shows(in_short_for_a_committee)
    priorities = shows(plans)
    commentary = shows(commentary_beside_plans)
