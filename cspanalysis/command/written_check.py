"""What people keep for reports, held against what a run would refuse and what pages can't set."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cspanalysis.characters import name_of, plain
from cspanalysis.commentary.placeholders import keys_in
from cspanalysis.commentary.sections import read_commentary, render, unusable
from cspanalysis.errors import CspanalysisError, UsageError
from cspanalysis.findings.values import Value
from cspanalysis.partnership.held import held_files, problems
from cspanalysis.paths import default_plan, outputs_folder, partnership_folder
from cspanalysis.production import Job, read_plan
from cspanalysis.publication.brand import brand_of
from cspanalysis.publication.fonts import without_shape

__all__ = ["written_amiss"]


def written_amiss() -> Iterator[str]:
    """Say what is wrong with all that people keep beside the figures: file, line and what to do.

    Partnership files, commentary with its pictures, the looks of partnerships, placeholders as the
    plan's reports would fill them, and characters that no typeface of ours has a shape for.
    """
    home = partnership_folder("")
    yield from problems()
    yield from unusable(home)
    yield from _looks(home)
    yield from _unfilled()
    for path in (*held_files(), *sorted(home.glob("*/commentary/**/*.md"))):
        yield from _boxes(path)


def _looks(home: Path) -> Iterator[str]:
    for folder in sorted(home.glob("*/brand")):
        try:
            brand_of(folder.parent.name)
        except CspanalysisError as error:
            yield str(error)


def _unfilled() -> Iterator[str]:
    """Give the placeholders that a report of the plan could not fill, each once."""
    said: dict[str, None] = {}
    if not default_plan().is_file():
        return
    try:
        jobs = read_plan(default_plan()).jobs
    except UsageError as error:
        yield str(error)
        return
    for job in jobs:
        said |= dict.fromkeys(_unfilled_of(job))
    yield from said


def _unfilled_of(job: Job) -> Iterator[str]:
    folder = partnership_folder(job.area.slug) / "commentary"
    edition = str(job.parameters.get("edition", "public"))
    try:
        commentary = read_commentary(
            folder, period=job.period, edition=edition, report=job.notebook
        )
        known = _published_keys(job)
        sections = [s for s in commentary.sections.values() if not keys_in(s.body) <= known]
        values = _values(job, set().union(*(keys_in(s.body) for s in sections)))
        if values is None:
            return
    except CspanalysisError:  # told where commentary and counts are looked at
        return
    for section in sections:
        try:
            render(section, values)
        except UsageError as error:
            yield str(error)


def _values(job: Job, wanted: set[str]) -> Mapping[str, Value] | None:
    """Work out what a report would fill; None where nothing is wanted, or the report is not ours.

    Reports are imported only where there is something.
    """
    if not wanted:
        return None
    from cspanalysis import (
        Assessment,
        CommitteeReport,
        PlaceProfile,
        PriorityProfile,
        StrategicAssessment,
    )
    from cspanalysis.reports.fact_values import values_of_keys

    kinds = (Assessment, CommitteeReport, PlaceProfile, PriorityProfile, StrategicAssessment)
    opened: dict[str, Any] = {report.kind.name: report for report in kinds}
    if job.notebook not in opened:
        return None
    return values_of_keys(opened[job.notebook].open(**job.arguments).facts, wanted)


def _published_keys(job: Job) -> set[str]:
    """Give the keys that the report had when it was last published, so that few are worked out."""
    folder = outputs_folder() / job.area.slug / job.period.slug
    try:
        held = json.loads((folder / f"{job.report}.figures.json").read_text(encoding="utf-8"))
        return {str(entry["key"]) for entry in held["values"]}
    except (OSError, ValueError, LookupError, TypeError):
        return set()


def _boxes(path: Path) -> Iterator[str]:
    """Give the characters of a file that a page can only show as a box, each once."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError):  # told where the file is read
        return
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        for character in sorted(without_shape(plain(line)) - seen):
            seen.add(character)
            yield (
                f"{path}, line {number}: {name_of(character)} has no shape in the typefaces of "
                "PDF and shows as a box there; write it in words"
            )
