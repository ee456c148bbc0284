"""The site: index with search, a page per area, and beside them the pages for reviewers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from markupsafe import Markup

from cspanalysis.blocks.sparkline import sparkline
from cspanalysis.paths import is_sensitive
from cspanalysis.publication.finder import index_values, review_values
from cspanalysis.publication.fonts import font_faces
from cspanalysis.publication.html import style, template
from cspanalysis.publication.index import QUIET, Entry, entries_of
from cspanalysis.publication.mail import Told, digest_page, digest_text
from cspanalysis.publication.notes import Notes
from cspanalysis.publication.reviews import write_reviews
from cspanalysis.writing import write_atomically

__all__ = ["rendered", "write_digest", "write_index"]


def write_index(outputs: Path) -> Path:
    """Write the site of a folder of outputs.

    ``index.html`` tells of the newest reports and lists all by police force area, with search;
    ``<area>/index.html`` is the page of an area; ``digest.mail.html`` and ``digest.mail.txt`` tell
    of the reports of the newest day, where any of them has a mail of its own;
    ``<report>.review.html`` is the review pack of a report, made anew when the report was;
    ``review.html`` the reviewers' index.

    Parameters
    ----------
    outputs
        Folder with run records, figures and published files; failed runs lie in ``.failed``.

    Returns
    -------
    Path
        The index.
    """
    notes = Notes.beside(outputs)
    entries = entries_of(outputs, notes)
    _write_areas(outputs, entries, notes)
    write_digest(outputs, entries)
    reviews = review_values(write_reviews(outputs, notes))
    _write(outputs / "review.html", "reviewers.html.j2", **reviews)
    notes.save()
    values = index_values(entries, sensitive=is_sensitive(outputs))
    return _write(outputs / "index.html", "index.html.j2", **values)


def write_digest(outputs: Path, entries: Sequence[Entry]) -> None:
    """Write the mail of what was published on the newest day; where no report has one, none.

    Parameters
    ----------
    outputs
        Folder of the reports.
    entries
        What was published there.
    """
    page, text = (outputs / f"digest.mail.{ending}" for ending in ("html", "txt"))
    mailed = [entry for entry in entries if _has_mail(entry)]
    newest = max((entry.finished[:10] for entry in mailed), default="")
    told = [_told(entry) for entry in mailed if entry.finished[:10] == newest]
    if not told:
        for left in (page, text):
            left.unlink(missing_ok=True)
        return
    day = next(entry.published for entry in mailed if entry.finished[:10] == newest)
    write_atomically(page, digest_page(told, day=day))
    write_atomically(text, digest_text(told, day=day))


def _has_mail(entry: Entry) -> bool:
    return any(address.endswith(".mail.html") for _, address, _ in entry.formats)


def _told(entry: Entry) -> Told:
    files = [(name, address) for name, address, _ in entry.formats if ".mail." not in address]
    title = f"{entry.title}: {entry.area_name}, {entry.period_label}"
    return Told(title, entry.lead, files, entry.marking)


def _write_areas(outputs: Path, entries: Sequence[Entry], notes: Notes) -> None:
    """Write the page of each area that has changed, the latest period first."""
    for slug, group in groupby(entries, key=lambda entry: entry.area):
        shown = list(group)[::-1]
        page = outputs / slug / "index.html"
        of = [sha256(repr(shown).encode()).hexdigest()]
        notes.told(f"area {slug}", of, partial(_write_area, page, shown), page=page)


def _write_area(page: Path, entries: Sequence[Entry]) -> None:
    page.parent.mkdir(parents=True, exist_ok=True)
    area = {"name": entries[0].area_name, "entries": entries}
    _write(page, "area.html.j2", area=area, spark=_spark, inside=_inside, quiet=QUIET)


def _spark(figure: Mapping[str, Any]) -> Markup:
    return sparkline(figure.get("months") or ())


def _inside(address: str) -> str:
    """Turn an address that holds from the index into one that holds from an area's page."""
    return address.partition("/")[2]


def _write(path: Path, name: str, **values: Any) -> Path:
    """Write a page, unless it stands so already: whoever copies the site copies what is new."""
    text = rendered(name, **values)
    if path.is_file() and path.read_bytes() == text.encode():
        return path
    return write_atomically(path, text)


def rendered(name: str, **values: Any) -> str:
    """Make a page of the site from its template."""
    text: str = template(name).render(
        fonts=Markup(font_faces(italic=False)),  # noqa: S704 # nosec B704 - our own style rules
        style=style("page.css") + style("index.css") + style("review.css"),
        **values,
    )
    return text
