"""Performance report: the one object that a notebook opens."""

from __future__ import annotations

from typing import ClassVar

from cspanalysis.reports.kind import Kind
from cspanalysis.reports.report import Report, shows
from cspanalysis.reports.sections.composites import composites

__all__ = ["Assessment"]


class Assessment(Report):
    """Hold what is known of one area in one period, against a baseline period.

    Examples
    --------
    >>> report = Assessment.open("wycombe", "2017-04..2017-06")
    >>> report.lead
    'All crime shows no clear change on a year earlier (2,330 to 2,433), nor does any other
     measure.'
    """

    kind: ClassVar[Kind] = Kind(
        name="performance-report",
        title="Performance report",
        from_file="Targets",
    )

    composites = shows(composites)
