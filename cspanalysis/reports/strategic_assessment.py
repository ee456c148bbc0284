"""Strategic assessment: the yearly assessment that the law asks for."""

from __future__ import annotations

from typing import ClassVar, Self

from cspanalysis.errors import UsageError
from cspanalysis.reports.kind import Kind
from cspanalysis.reports.report import PartnershipReport, shows
from cspanalysis.reports.sections.area_profile import area_profile
from cspanalysis.reports.sections.commentary import commentary_beside_priorities
from cspanalysis.reports.sections.comparisons import comparisons_of_all, ranks
from cspanalysis.reports.sections.disclosure import disclosure
from cspanalysis.reports.sections.emerging_issues import emerging_issues
from cspanalysis.reports.sections.one_page import one_page_for_a_board
from cspanalysis.reports.sections.priorities import priorities
from cspanalysis.reports.sections.priority_matrix import priority_matrix
from cspanalysis.reports.sections.targets import targets_beside_priorities
from cspanalysis.reports.sections.themes import themes
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Period

__all__ = ["StrategicAssessment"]


class StrategicAssessment(PartnershipReport):
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

    one_page = shows(one_page_for_a_board)
    area_profile = shows(area_profile)
    themes = shows(themes)
    comparisons = shows(comparisons_of_all)
    ranks = shows(ranks)
    targets = shows(targets_beside_priorities)
    priorities = shows(priorities)
    emerging_issues = shows(emerging_issues)
    priority_matrix = shows(priority_matrix)
    disclosure = shows(disclosure)
    commentary = shows(commentary_beside_priorities)
