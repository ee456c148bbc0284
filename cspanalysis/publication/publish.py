"""One executed notebook to all that is published of it."""

from __future__ import annotations

import re
import threading
from importlib import import_module
from pathlib import Path

from cspanalysis.errors import PublicationError
from cspanalysis.publication.brand import Brand, brand_of
from cspanalysis.publication.document import document_of
from cspanalysis.publication.formats import Source, rows_of
from cspanalysis.publication.html import page_of, prepare_page
from cspanalysis.publication.leaks import check_leaks
from cspanalysis.publication.verified import check_pdf
from cspanalysis.publication.word_style import reference_document

__all__ = ["prepare", "publish"]

_HEADING = re.compile(r"<main\b.*<h[2-6]\b", re.DOTALL)
# Reports come from several threads, and most libraries that make pages promise threads nothing.
_one_at_a_time = threading.Lock()


def prepare() -> None:
    """Load what publishing needs, so that it is there when the first notebook is executed."""
    import_module("xlsxwriter.workbook")
    import_module("pikepdf")
    import_module("typst")
    prepare_page()
    reference_document(None)


def publish(executed: Path, into: Path, *, brand: Brand | None = None) -> list[Path]:
    """Write the page, PDF, Word document and spreadsheet of an executed notebook, and what it asks.

    Nothing is written unless all of them could be made. The same notebook gives the same bytes.
    It can be called from several threads; one at a time is served.

    Parameters
    ----------
    executed
        Notebook with its outputs, one of which is a cover.
    into
        Folder for the files; they bear the notebook's name.
    brand
        The partnership's own look; found by the area's slug, if not given.

    Returns
    -------
    list of Path
        What was written, a file each row of `formats.FORMATS` that is due.

    Raises
    ------
    PublicationError
        If a cell failed, no cell shows a cover, there is no heading, or the page or the PDF breaks
        a rule for published pages.
    """
    with _one_at_a_time:
        made = _made(executed, brand)
    into.mkdir(parents=True, exist_ok=True)
    paths = [into / f"{executed.stem}.{ending}" for ending in made]
    for path, content in zip(paths, made.values(), strict=True):
        path.write_bytes(content)
    return paths


def _made(executed: Path, brand: Brand | None) -> dict[str, bytes]:
    """Make what is written of an executed notebook, by the ending of its file."""
    page = page_of(executed, brand=brand)
    if not _HEADING.search(page.html):
        raise PublicationError(
            f"{executed.name}: the page has no heading under its cover: begin a markdown cell with "
            "'## ' and its words"
        )
    brand = brand or brand_of(page.cover["area"]["slug"])
    source = Source(page, document_of(page.html), brand)
    made = {row.ending: row.make(source) for row in rows_of(page.forms)}
    check_pdf(made["pdf"], executed)
    if page.cover["edition"] == "public":
        files = {f"{executed.stem}.{ending}": content for ending, content in made.items()}
        check_leaks({**files, executed.name: executed.read_bytes()})
    return made
