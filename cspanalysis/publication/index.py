"""What was published, by area and period, and what failed and why."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cspanalysis.blocks.block import COVER, FIGURES
from cspanalysis.paths import is_sensitive
from cspanalysis.publication.formats import FORMATS
from cspanalysis.publication.html import edition_label
from cspanalysis.publication.notes import Notes, state
from cspanalysis.publication.run_files import is_at_home, read_json

__all__ = ["QUIET", "Entry", "entries_of"]

QUIET = {"", "steady", "no clear change", "can't tell", "can’t tell", "not compared"}
"""Verdicts that are no news."""

_FAILED = ".failed"
_FORMATS = {**{row.ending: row.label for row in FORMATS}, "ipynb": "Notebook"}
_SHOWN_FIGURES = 4
_FIGURE = ("id", "label", "value", "unit", "text", "change", "verdict", "months", "shown")
"""What is shown of a figure."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold what the index says of one job.

    Parameters
    ----------
    area, area_name
        Slug and name of the area.
    period, period_label
        Slug and name of the period.
    title
        Kind of report.
    lead
        The report's sentence; empty where nothing was ever published.
    status
        What became of the latest run, in words.
    failed
        Whether the latest run failed.
    reason
        Why it failed; empty where it did not.
    formats
        Name, address and size of each file, relative to the index.
    figures
        Headline figures as recorded.
    edition, published, vintage, marking
        Edition, date of publication, vintage of the data and protective marking; empty where
        nothing was ever published or none is set.
    finished
        When it was published, as ISO 8601; empty where nothing was.
    """

    area: str
    area_name: str
    period: str
    period_label: str
    title: str
    lead: str
    status: str
    failed: bool
    reason: str
    formats: Sequence[tuple[str, str, str]]
    figures: Sequence[Mapping[str, Any]]
    edition: str
    published: str
    vintage: str
    marking: str
    finished: str = ""

    @property
    def page(self) -> str:
        """Address of its page; empty where nothing was ever published."""
        return self.formats[0][1] if self.formats else ""

    @property
    def news(self) -> bool:
        """Whether one of its headline figures is news."""
        return any((figure.get("verdict") or "") not in QUIET for figure in self.figures)


def entries_of(outputs: Path, notes: Notes | None = None) -> list[Entry]:
    """Gather what the index says of each job, by area, then period, then kind of report.

    Sensitive editions have a folder of their own; what lies in the wrong one is left out.

    Parameters
    ----------
    outputs
        Folder with run records, figures and published files; failed runs lie in ``.failed``.
    notes
        What was read before; None to read everything.
    """
    unlike = "public" if is_sensitive(outputs) else "sensitive"
    told = _entries(outputs, notes or Notes())
    found = [entry for entry in told if not entry.edition.lower().startswith(unlike)]
    return sorted(found, key=lambda e: (e.area_name.casefold(), e.period, e.title))


def _entries(outputs: Path, notes: Notes) -> Iterator[Entry]:
    published = {_key(run): (path, run) for path, run in _runs(outputs, notes)}
    failures = {_key(run): run for _, run in _runs(outputs / _FAILED, notes)}
    for key in {**published, **failures}:
        path, run = published.get(key, (None, failures.get(key, {})))
        base = path.parent / key[0] if path else None
        shown = _shown(base, notes) if base else ({}, [])
        yield _entry(outputs, base, run, failures.get(key), shown)


def _runs(home: Path, notes: Notes) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for path in sorted(home.glob("[!.]*/*/*.run.json")):
        run = notes.run(path)
        if run and is_at_home(path, run):
            yield path, run


def _key(run: Mapping[str, Any]) -> tuple[str, str, str]:
    return run["notebook"]["name"], run["area"]["slug"], run["period"]["slug"]


def _entry(
    outputs: Path,
    base: Path | None,
    run: Mapping[str, Any],
    failure: Mapping[str, Any] | None,
    shown: tuple[Mapping[str, Any], Sequence[Mapping[str, Any]]],
) -> Entry:
    stem, area, period = _key(run)
    cover, figures = shown
    finished = _day(run.get("finished", "")) if base else ""
    edition = (run.get("parameters") or {}).get("edition", "") if base else ""
    return Entry(
        area=area,
        area_name=run["area"]["name"],
        period=period,
        period_label=run["period"]["label"],
        title=cover.get("title") or stem.replace("-", " ").capitalize(),
        lead=cover.get("lead", ""),
        status=_status(failure, finished),
        failed=failure is not None,
        reason=_reason(outputs, failure),
        formats=list(_formats(outputs, base)) if base else [],
        figures=figures,
        edition=edition_label(cover or {"edition": edition}) if cover or edition else "",
        published=finished,
        vintage=_vintages(run) if base else "",
        marking=cover.get("marking") or "",
        finished=run.get("finished", "") if base else "",
    )


def _vintages(run: Mapping[str, Any]) -> str:
    """Name the vintages of a report's inputs, as months where they are months."""
    vintages = {str(one["vintage"]) for one in run.get("inputs") or () if one.get("vintage")}
    return ", ".join(_month(vintage) for vintage in sorted(vintages))


@cache
def _month(vintage: str) -> str:
    try:
        return f"{datetime.strptime(vintage, '%Y-%m'):%B %Y}"  # noqa: DTZ007 - a month has no zone
    except ValueError:
        return vintage


def _status(failure: Mapping[str, Any] | None, published: str) -> str:
    if failure is None:
        return f"Published {published}" if published else "Published"
    when = _day(failure.get("finished", ""))
    run = f"The run of {when} failed" if when else "The latest run failed"
    stands = f"what stands was published on {published}" if published else "nothing stands yet"
    return f"{run}; {stands}"


def _reason(outputs: Path, failure: Mapping[str, Any] | None) -> str:
    """Say why a job failed; to the public its kind alone, for messages quote what was read."""
    exception = (failure or {}).get("exception") or {}
    if not (failure and exception.get("name")):
        return ""
    if is_sensitive(outputs):
        return f"{exception['name']}: {exception.get('message')}"
    stem, area, period = _key(failure)
    return f"{exception['name']}: why stands in {_FAILED}/{area}/{period}/{stem}.run.json"


def _shown(base: Path, notes: Notes) -> tuple[Mapping[str, Any], Sequence[Mapping[str, Any]]]:
    """Give the cover and the headline figures, of those what is shown."""
    made_of = [state(base.with_suffix(ending)) for ending in (".figures.json", ".ipynb")]
    cover, figures = notes.told(f"shown {notes.named(base)}", made_of, lambda: _chosen(base))
    return cover, figures


def _chosen(base: Path) -> tuple[dict[str, Any], list[Any]]:
    cover, figures = _recorded(base)
    chosen = ([f for f in figures if f.get("shown")] or figures)[:_SHOWN_FIGURES]
    return cover, [{part: f[part] for part in _FIGURE if part in f} for f in chosen]


def _recorded(base: Path) -> tuple[dict[str, Any], list[Any]]:
    """Read cover and figures from beside the notebook; what is not there, from the notebook."""
    found = read_json(base.with_suffix(".figures.json"))
    cover, figures = found.get("cover"), found.get("figures")
    if not (_is_cover(cover) and _are_figures(figures)):
        kept = _from_notebook(base.with_suffix(".ipynb"))
        cover = cover if _is_cover(cover) else kept[0]
        figures = figures if _are_figures(figures) else kept[1]
    return cover or {}, figures or []


def _is_cover(cover: object) -> bool:
    return isinstance(cover, dict) and isinstance(cover.get("edition"), str)


def _are_figures(figures: object) -> bool:
    return isinstance(figures, list) and all(isinstance(figure, dict) for figure in figures)


def _from_notebook(notebook: Path) -> tuple[dict[str, Any], list[Any]]:
    cover: dict[str, Any] = {}
    figures: list[Any] = []
    for cell in read_json(notebook).get("cells", ()):
        for output in cell.get("outputs", []):
            cover = cover or output.get("data", {}).get(COVER, {})
            figures += output.get("data", {}).get(FIGURES, {}).get("figures", [])
    return cover, figures


def _formats(outputs: Path, base: Path) -> Iterator[tuple[str, str, str]]:
    home = quote(base.parent.relative_to(outputs).as_posix())
    with os.scandir(base.parent) as found:
        sizes = {file.name: file.stat().st_size for file in found if file.is_file()}
    for ending, name in _FORMATS.items():
        file = f"{base.name}.{ending}"
        if file in sizes:
            yield name, f"{home}/{quote(file)}", _size(sizes[file])


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"


def _day(moment: str) -> str:
    if not moment:
        return ""
    day = datetime.fromisoformat(moment)
    return f"{day.day} {day:%B %Y}"
