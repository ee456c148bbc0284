"""Report to committee: what a scrutiny committee is asked, and what stands behind it."""

from __future__ import annotations

from typing import ClassVar

from cspanalysis.reports.kind import Kind
from cspanalysis.reports.report import PartnershipReport, shows
from cspanalysis.reports.sections.asked_of_committee import asked
from cspanalysis.reports.sections.background_papers import background_papers
from cspanalysis.reports.sections.commentary import commentary_beside_plans
from cspanalysis.reports.sections.committee_head import head
from cspanalysis.reports.sections.conclusions import conclusions
from cspanalysis.reports.sections.implications import implications
from cspanalysis.reports.sections.in_short import in_short_for_a_committee
from cspanalysis.reports.sections.legal_basis import legal_basis
from cspanalysis.reports.sections.next_steps import next_steps
from cspanalysis.reports.sections.outcome import outcome
from cspanalysis.reports.sections.plans import plans

__all__ = ["CommitteeReport"]


class CommitteeReport(PartnershipReport):
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
