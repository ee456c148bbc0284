"""What the reports of a nation take on so many processors, by the parts that were measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from benchmarks.production.measuring import Spent

__all__ = ["PLAN", "Report", "hours", "nation", "report_of"]

PLAN = {"performance-report": 4 * 320, "strategic-assessment": 320}
"""A year of 320 partnerships: a report each quarter and one assessment, in all usual forms."""

PROCESSORS = (2, 8, 32)


class Report(NamedTuple):
    """Hold what one report takes, in seconds of a processor, and how busy processors were.

    Parameters
    ----------
    cells
        Its cells, in a kernel.
    pages
        All else: mostly its pages, which a process makes one report at a time.
    busy
        Share of the time in which the processors worked, when all forms were made.
    """

    cells: float
    pages: float
    busy: float


def report_of(plain: Spent, forms: Spent, processors: int, *, first: Spent | None = None) -> Report:
    """Take a report apart: its cells in plain Python, and a run that makes all forms.

    What a `first` run that makes all forms takes beyond a later one is worked out in its cells.
    """
    first = first or forms
    busy = min(1.0, first.processor / (processors * first.clock))
    cells = plain.processor + max(first.processor - forms.processor, 0.0)
    return Report(cells, max(forms.processor - plain.processor, 0.0), busy)


def hours(taken: Mapping[str, Report], processors: int, *, workers: bool) -> float:
    """Estimate the hours of `PLAN`.

    Threads of one process share the cells out to all processors, and make pages one after the
    other; workers, a process each (``--scheduler here``), share out both.
    """
    total = sum(n * (taken[name].cells + taken[name].pages) for name, n in PLAN.items())
    pages = sum(n * taken[name].pages for name, n in PLAN.items())
    busy = min(report.busy for report in taken.values())
    shared = total / processors / busy
    return (shared if workers else max(shared, pages)) / 3600


def nation(taken: Mapping[str, Report]) -> Iterator[str]:
    """Give the table of estimates, where all reports of the plan were measured."""
    if not taken.keys() >= PLAN.keys():
        return
    yield "## A nation, estimated"
    yield ""
    said = ", ".join(f"{n:,} of {name}" for name, n in PLAN.items())
    yield f"A year of 320 partnerships ({said}), all forms, hours by the clock:"
    yield ""
    yield "| Processors | threads of one process | a worker each (`--scheduler here`) |"
    yield "|---:|---:|---:|"
    for number in PROCESSORS:
        ways = (hours(taken, number, workers=workers) for workers in (False, True))
        yield f"| {number} | {' | '.join(f'{h:.1f}' for h in ways)} |"
