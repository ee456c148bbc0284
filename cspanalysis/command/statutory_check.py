"""Strategic assessments held against the law, for the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cspanalysis.command.selection import period_asked
from cspanalysis.errors import UsageError
from cspanalysis.paths import default_plan
from cspanalysis.production import read_plan
from cspanalysis.reports.strategic_assessment import StrategicAssessment
from cspanalysis.vocabulary import Area, Period

__all__ = ["empty_requirements"]


def empty_requirements(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Name what strategic assessments hold nothing of, though the law asks for it.

    Parameters
    ----------
    words
        Area and period; an area alone takes its assessments of the plan, nothing takes all.

    Yields
    ------
    tuple of str
        Which assessment, and the requirement with what is missing.

    Raises
    ------
    UsageError
        If there is no such assessment in the plan.
    """
    for arguments in _assessments(words):
        report = StrategicAssessment.open(**arguments)
        for duty in report.missing():
            yield f"{report.area.slug}, {report.period}", duty.line


def _assessments(words: Sequence[str]) -> list[Mapping[str, Any]]:
    if len(words) > 2:
        raise UsageError(f"'{' '.join(words)}': write an area and a period, such as luton 2023")
    area = Area.named(words[0]) if words else None
    period = Period.parse(period_asked(words[0], words[1])) if len(words) == 2 else None
    if area and period and not default_plan().is_file():
        return [{"area": area, "period": period}]
    planned: list[Mapping[str, Any]] = [
        job.arguments
        for job in read_plan(default_plan()).jobs
        if job.notebook == StrategicAssessment.kind.name
        and (area is None or job.area == area)
        and (period is None or job.period == period)
    ]
    if not planned and area and period:
        return [{"area": area, "period": period}]
    if not planned:
        of = f" of {area.label}" if area else ""
        raise UsageError(
            f"{default_plan()}: there is no {StrategicAssessment.kind.name}{of} in the plan; name "
            "an area and a period, such as luton 2023"
        )
    return planned
