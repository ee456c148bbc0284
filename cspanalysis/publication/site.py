"""The site: index with search, a page per area, and beside them the pages for reviewers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from markupsafe import Markup

from cspanalysis.blocks.sparkline import sparkline
from cspanalysis.paths import is_sensitive
from cspanalysis.publication.fonts import font_faces
from cspanalysis.publication.html import style, template
from cspanalysis.publication.index import Entry, entries_of
from cspanalysis.publication.reviews import write_reviews
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
    _write(outputs / "review.html", "reviewers.html.j2", rows=write_reviews(outputs))
    return _write(
        outputs / "index.html",
        "index.html.j2",
        areas=areas,
        count=len(entries),
        failures=sum(entry.failed for entry in entries),
        script=style("index.js"),
        sensitive=is_sensitive(outputs),
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


def _write(path: Path, name: str, **values: Any) -> Path:
    """Write a page, unless it stands so already: whoever copies the site copies what is new."""
    text: str = template(name).render(
        fonts=Markup(font_faces()),  # noqa: S704 # nosec B704 - our own style rules
        style=style("page.css") + style("index.css") + style("review.css"),
        **values,
    )
    if path.is_file() and path.read_bytes() == text.encode():
        return path
    return write_atomically(path, text)
