"""Editions: what one run of a report gave, and those that came before it.

What a run published is replaced by the next one. So that reviewers can see what moved, the run
record and the headline figures of every run are kept under ``.editions`` of the outputs folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cspanalysis.errors import CspanalysisError, UsageError
from cspanalysis.paths import is_sensitive, sensitive_folder
from cspanalysis.publication.formats import FORMATS
from cspanalysis.publication.notes import Notes
from cspanalysis.publication.run_files import is_at_home, read_run
from cspanalysis.vocabulary import Period
from cspanalysis.writing import write_atomically

__all__ = [
    "Edition",
    "Report",
    "earlier",
    "edition_if_any",
    "keep",
    "named_edition",
    "published",
    "read_edition",
]

_RUN, _FIGURES = ".run.json", ".figures.json"
_KEPT = ".editions"
# The longest first, so that "x.briefing.html" is not taken for an edition named "x.briefing".
_ENDINGS = tuple(
    sorted(
        (_RUN, _FIGURES, ".ipynb", *(f".{row.ending}" for row in FORMATS)), key=len, reverse=True
    )
)


@dataclass(frozen=True, slots=True)
class Report:
    """Hold one run of a report as its run record tells of it.

    Parameters
    ----------
    stem
        Path of the report's files without their ending.
    run
        The run record, or what the site tells of it.
    """

    stem: Path
    run: Mapping[str, Any]

    @property
    def job(self) -> tuple[str, str, str]:
        """Area, period and notebook."""
        run = self.run
        return run["area"]["slug"], run["period"]["slug"], run["notebook"]["name"]

    @property
    def readers(self) -> str:
        """For whom it was made: ``public``, or ``sensitive``."""
        return str((self.run.get("parameters") or {}).get("edition") or "public")

    @property
    def kind(self) -> tuple[str, str, str]:
        """Area, notebook and readers: what reports of several periods share."""
        area, _, notebook = self.job
        return area, notebook, self.readers

    @property
    def label(self) -> str:
        """Name of the run as people read it."""
        run = self.run
        return f"{run['area']['name']}, {run['period']['label']}, run of {self.finished}"

    @property
    def started(self) -> str:
        """When its run began, as recorded."""
        return str(self.run.get("started", ""))

    @property
    def finished(self) -> str:
        """When its run ended, to the minute, in UTC."""
        return str(self.run.get("finished", ""))[:16].replace("T", " ")

    @property
    def figures_file(self) -> Path:
        """Where its headline figures lie."""
        return Path(f"{self.stem}{_FIGURES}")

    @property
    def record_file(self) -> Path:
        """Where its run record lies."""
        return Path(f"{self.stem}{_RUN}")


@dataclass(frozen=True, slots=True)
class Edition(Report):
    """Hold what one run of a report gave.

    Parameters
    ----------
    stem, run
        As of a `Report`.
    figures
        Headline figures by id, in order.
    """

    figures: Mapping[str, Mapping[str, Any]]


def read_edition(stem: Path) -> Edition:
    """Read an edition from the run record and the figures beside each other.

    Raises
    ------
    UsageError
        If either is missing or can't be read.
    """
    try:
        report = _read_report(stem)
        found = json.loads(report.figures_file.read_text(encoding="utf-8"))
        figures = {figure["id"]: figure for figure in found["figures"]}
    except FileNotFoundError:
        raise UsageError(
            f"{stem}: no edition is here; name a report as area/period/notebook, or by its path "
            "without ending"
        ) from None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise UsageError(
            f"{stem}: no edition is here ({error}); name a report by its path without ending"
        ) from None
    return Edition(report.stem, report.run, figures)


def edition_if_any(stem: Path) -> Edition | None:
    """Read an edition; one that a failing disk has damaged is none, and its job is run again."""
    try:
        return read_edition(stem)
    except UsageError:
        return None


def named_edition(name: str, outputs: Path) -> Edition:
    """Find the edition that a user named.

    Parameters
    ----------
    name
        Path of a report's files, with or without ending, or ``area/period/notebook``; the name of
        the outputs folder may stand before it.
    outputs
        Folder in which the latter is looked up, and then in that of sensitive editions.

    Raises
    ------
    UsageError
        If there is none, or it can't be read.
    """
    bare = next((name.removesuffix(e) for e in _ENDINGS if name.endswith(e)), name)
    homes = (outputs, sensitive_folder(outputs))
    places = (Path(bare), *(place / bare for home in homes for place in (home, home.parent)))
    for place in places:
        if Path(f"{place}{_RUN}").is_file():
            return read_edition(place)
    raise UsageError(
        f"{name}: no edition is here, nor in {outputs}; name a report as area/period/notebook, or "
        "by its path without ending"
    )


def published(outputs: Path, notes: Notes) -> Iterator[Report]:
    """Give the reports that stand published, in the order of their paths.

    Sensitive editions have a folder of their own; what lies in the wrong one is not given.
    """
    readers = "sensitive" if is_sensitive(outputs) else "public"
    for report in _reports(sorted(outputs.glob(f"[!.]*/*/*{_RUN}")), notes):
        if is_at_home(report.record_file, report.run) and report.readers == readers:
            yield report


def keep(outputs: Path, report: Report) -> Path | None:
    """Keep the record and the figures of a published report; what is kept already stays.

    Returns
    -------
    Path or None
        Path of what is kept, without ending; none for a record that tells no start.
    """
    stamp = report.started[:19].replace(":", "-")
    if not stamp:
        return None
    stem = outputs.joinpath(_KEPT, *report.job, stamp)
    if not Path(f"{stem}{_RUN}").is_file():
        stem.parent.mkdir(parents=True, exist_ok=True)
        for file, ending in ((report.figures_file, _FIGURES), (report.record_file, _RUN)):
            write_atomically(Path(f"{stem}{ending}"), file.read_text(encoding="utf-8"))
    return stem


def earlier(
    outputs: Path, report: Report, others: Iterable[Report], notes: Notes | None = None
) -> Iterator[Report]:
    """Give what came before a report, the likeliest first: earlier runs, then earlier periods.

    Only what was made for the same readers: a public pack beside a sensitive edition would print
    each figure that the public one hides.

    Parameters
    ----------
    outputs
        Folder of outputs.
    report
        The report at hand.
    others
        Reports that stand published; those of the same kind matter.
    notes
        What was read before; None to read everything.
    """
    kept = outputs.joinpath(_KEPT, *report.job).glob(f"*{_RUN}")
    runs = _reports(sorted(kept, reverse=True), notes or Notes())
    yield from (
        run for run in runs if run.readers == report.readers and run.started < report.started
    )
    rows = (other for other in others if other.kind == report.kind)
    alike = [
        row for row in rows if _length(row) == _length(report) and _start(row) < _start(report)
    ]
    yield from sorted(alike, key=_start, reverse=True)


def _reports(records: Iterable[Path], notes: Notes) -> Iterator[Report]:
    """Read run records; what has not their form, or is damaged, counts as missing."""
    for path in records:
        if run := notes.run(path):
            yield Report(path.with_name(path.name.removesuffix(_RUN)), run)


def _read_report(stem: Path) -> Report:
    record = Path(f"{stem}{_RUN}")
    run = read_run(record)
    if not run:
        json.loads(record.read_text(encoding="utf-8"))  # says what is wrong, if it is that
        raise ValueError(f"{record.name} is no run record")
    return Report(stem, run)


def _start(report: Report) -> str:
    period = _period(_text(report))
    return period.start.isoformat() if period else ""


def _length(report: Report) -> int:
    period = _period(_text(report))
    return len(period.months) if period else 0


def _text(report: Report) -> str:
    return str(report.run["period"].get("text"))


@cache
def _period(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except (CspanalysisError, ValueError):
        return None
