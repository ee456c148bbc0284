"""The review packs of a whole folder of outputs: each made when it is due, and only then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cspanalysis.publication.editions import (
    Edition,
    Report,
    earlier,
    edition_if_any,
    keep,
    published,
)
from cspanalysis.publication.moves import compare_editions
from cspanalysis.publication.notes import Notes, state
from cspanalysis.publication.review import review_page
from cspanalysis.writing import write_atomically

__all__ = ["write_reviews"]

_Row = Mapping[str, Any]


def write_reviews(outputs: Path, notes: Notes) -> list[_Row]:
    """Write the review packs that are due, and say for each report what is in its pack.

    A pack is due where it is missing, or the report or what came before it is of another run than
    when it was made.

    Parameters
    ----------
    outputs
        Folder with run records, figures and published files.
    notes
        What was read before, and what the row of each pack says.
    """
    standing = list(published(outputs, notes))
    alike: dict[tuple[str, str, str], list[Report]] = defaultdict(list)
    for report in standing:
        alike[report.kind].append(report)
    rows = (_row(outputs, one, alike[one.kind], notes) for one in standing)
    return list(filter(None, rows))


def _row(outputs: Path, report: Report, alike: Sequence[Report], notes: Notes) -> _Row | None:
    page = Path(f"{report.stem}.review.html")
    try:
        keep(outputs, report)
        made_of = _made_of(outputs, report, alike, notes)
    except OSError:  # its figures are gone: its job is run again
        return None
    name = f"review {notes.named(report.stem)}"
    row = notes.told(
        name, made_of, lambda: _make(page, report, _before(outputs, report, alike)), page=page
    )
    if row is None:
        return None
    return {**row, "report": report, "address": page.relative_to(outputs).as_posix()}


def _made_of(outputs: Path, report: Report, alike: Sequence[Report], notes: Notes) -> list[str]:
    """Name what a pack is made of: by when its files were written, in whichever order."""
    before = next(earlier(outputs, report, alike, notes), None)
    written = [state(file) for file in (report.record_file, report.figures_file)]
    return [*written, *([before.label, before.started] if before else [])]


def _before(outputs: Path, report: Report, alike: Sequence[Report]) -> Edition | None:
    found = (edition_if_any(one.stem) for one in earlier(outputs, report, alike))
    return next(filter(None, found), None)


def _make(page: Path, report: Report, before: Edition | None) -> dict[str, Any] | None:
    edition = edition_if_any(report.stem)
    if edition is None:
        return None
    moved = compare_editions(before, edition) if before else None
    write_atomically(page, review_page(edition, moved))
    caveats = {str(c) for f in edition.figures.values() for c in f.get("caveats") or ()}
    return {
        "moved": len(moved.moves) if moved else None,
        "reasons": ", ".join(dict.fromkeys(c.reason for c in moved.causes)) if moved else "",
        "figures": len(edition.figures),
        "caveats": len(caveats),
    }
