"""The review packs of a whole folder of outputs: each made when it is due, and only then."""

from __future__ import annotations

import json
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
from cspanalysis.publication.review import review_page
from cspanalysis.writing import write_atomically

__all__ = ["write_reviews"]

_Row = Mapping[str, Any]


def write_reviews(outputs: Path) -> list[_Row]:
    """Write the review packs that are due, and say for each report what is in its pack.

    A pack is due where it is missing, or the report or what came before it is of another run than
    when it was made. What its row says is kept beside the edition, so that the figures of reports
    that stand as they were need not be read again.

    Parameters
    ----------
    outputs
        Folder with run records, figures and published files.
    """
    standing = list(published(outputs))
    alike: dict[tuple[str, str, str], list[Report]] = defaultdict(list)
    for report in standing:
        alike[report.kind].append(report)
    return list(filter(None, (_row(outputs, one, alike[one.kind]) for one in standing)))


def _row(outputs: Path, report: Report, alike: Sequence[Report]) -> _Row | None:
    page = Path(f"{report.stem}.review.html")
    try:
        kept = keep(outputs, report)
        made_of = _made_of(outputs, report, alike)
    except OSError:  # its figures are gone: its job is run again
        return None
    noted = Path(f"{kept}.review.json") if kept else None
    row = _noted(noted, made_of) if page.is_file() else None
    if row is None:
        edition = edition_if_any(report.stem)
        row = _make(page, edition, _before(outputs, report, alike)) if edition else None
        if row and noted:
            write_atomically(noted, json.dumps({"made_of": made_of, "row": row}))
    if row is None:
        return None
    return {**row, "report": report, "address": page.relative_to(outputs).as_posix()}


def _made_of(outputs: Path, report: Report, alike: Sequence[Report]) -> list[str]:
    """Name what a pack is made of: by when its files were written, in whichever order."""
    before = next(earlier(outputs, report, alike), None)
    written = [file.stat().st_mtime_ns for file in (report.record_file, report.figures_file)]
    return [*map(str, written), *([before.label, before.started] if before else [])]


def _before(outputs: Path, report: Report, alike: Sequence[Report]) -> Edition | None:
    found = (edition_if_any(one.stem) for one in earlier(outputs, report, alike))
    return next(filter(None, found), None)


def _make(page: Path, edition: Edition, before: Edition | None) -> _Row:
    moved = compare_editions(before, edition) if before else None
    write_atomically(page, review_page(edition, moved))
    caveats = {str(c) for f in edition.figures.values() for c in f.get("caveats") or ()}
    return {
        "moved": len(moved.moves) if moved else None,
        "reasons": ", ".join(dict.fromkeys(c.reason for c in moved.causes)) if moved else "",
        "figures": len(edition.figures),
        "caveats": len(caveats),
    }


def _noted(path: Path | None, made_of: Sequence[str]) -> _Row | None:
    """Give what was noted of a pack that was made of the same; a damaged note is none."""
    try:
        note = json.loads(path.read_text(encoding="utf-8")) if path else {}
        row: _Row | None = note["row"] if note["made_of"] == made_of else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return row
