"""The site: index with search, a page per area, and beside them the pages for reviewers."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from markupsafe import Markup

from cspanalysis.blocks.sparkline import sparkline
from cspanalysis.publication.editions import Edition, editions, keep, previous
from cspanalysis.publication.fonts import font_faces
from cspanalysis.publication.html import style, template
from cspanalysis.publication.index import Entry, entries_of
from cspanalysis.publication.moves import compare_editions
from cspanalysis.publication.review import review_page
from cspanalysis.writing import write_atomically

__all__ = ["write_index"]

_QUIET = {"", "no clear change"}


def write_index(outputs: Path) -> Path:
    """Write the site of a folder of outputs.

    ``index.html`` lists areas, periods, formats and status, with search; ``<area>/index.html``
    is the page of an area; ``<report>.review.html`` the review pack of a report, made anew when
    the report was; ``review.html`` the reviewers' index.

    Parameters
    ----------
    outputs
        Folder with run records, figures and published files; failed runs lie in ``.failed``.

    Returns
    -------
    Path
        The index.
    """
    entries = entries_of(outputs)
    areas = [_area(list(group)) for _, group in groupby(entries, key=lambda entry: entry.area)]
    for area in areas:
        _write_area(outputs, area)
    reviewed = _write_reviews(outputs)
    _write(outputs / "review.html", "reviewers.html.j2", rows=reviewed)
    return _write(
        outputs / "index.html",
        "index.html.j2",
        areas=areas,
        count=len(entries),
        failures=sum(entry.failed for entry in entries),
        script=style("index.js"),
        quiet=_QUIET,
    )


def _area(entries: Sequence[Entry]) -> Mapping[str, Any]:
    """Give an area's entries, the latest period first."""
    first = entries[0]
    return {
        "id": f"area-{first.area}",
        "slug": first.area,
        "name": first.area_name,
        "entries": list(reversed(entries)),
    }


def _write_area(outputs: Path, area: Mapping[str, Any]) -> None:
    folder = outputs / area["slug"]
    folder.mkdir(parents=True, exist_ok=True)
    _write(
        folder / "index.html", "area.html.j2", area=area, spark=_spark, inside=_inside, quiet=_QUIET
    )


def _spark(figure: Mapping[str, Any]) -> Markup:
    return sparkline(figure.get("months") or ())


def _inside(address: str) -> str:
    """Turn an address that holds from the index into one that holds from an area's page."""
    return address.partition("/")[2]


def _write_reviews(outputs: Path) -> list[Mapping[str, Any]]:
    published = list(editions(outputs))
    for edition in published:
        keep(outputs, edition)
    return [_write_review(outputs, edition, published) for edition in published]


def _write_review(
    outputs: Path, edition: Edition, published: Sequence[Edition]
) -> Mapping[str, Any]:
    """Write a review pack where it is missing or of another run, and say what is in it."""
    before = previous(outputs, edition, published)
    page, record = Path(f"{edition.stem}.review.html"), Path(f"{edition.stem}.run.json")
    moved = compare_editions(before, edition) if before else None
    of_run = record.stat().st_mtime_ns
    if not page.is_file() or page.stat().st_mtime_ns != of_run:
        write_atomically(page, review_page(edition, moved))
        os.utime(page, ns=(of_run, of_run))  # later and earlier mean nothing to a clock set back
    caveats = {str(c) for f in edition.figures.values() for c in f.get("caveats") or ()}
    return {
        "edition": edition,
        "address": page.relative_to(outputs).as_posix(),
        "moved": len(moved.moves) if moved else None,
        "reasons": ", ".join(dict.fromkeys(c.reason for c in moved.causes)) if moved else "",
        "figures": len(edition.figures),
        "caveats": len(caveats),
    }


def _write(path: Path, name: str, **values: Any) -> Path:
    text: str = template(name).render(
        fonts=Markup(font_faces()),  # noqa: S704 - our own style rules
        style=style("page.css") + style("index.css") + style("review.css"),
        **values,
    )
    return write_atomically(path, text)
