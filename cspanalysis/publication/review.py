"""The review pack: what a reviewer needs to trust a report, one page beside each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from markupsafe import Markup

from cspanalysis.blocks.block import CLAIMS, TO_DO
from cspanalysis.errors import PublicationError
from cspanalysis.publication.checks import breaches
from cspanalysis.publication.editions import Edition
from cspanalysis.publication.fonts import font_faces
from cspanalysis.publication.html import style, template
from cspanalysis.publication.moves import Comparison
from cspanalysis.publication.run_files import read_json
from cspanalysis.publication.verified import breaches_of_page, breaches_of_pdf

__all__ = ["comparison_page", "review_page"]

_FIRST_MOVES = 40


def review_page(edition: Edition, moved: Comparison | None) -> str:
    """Make the review pack of an edition.

    It holds what moved since the previous edition, if there is one, what the report lacks, the
    checks made with their outcome, claims and caveats, the run record, and the code.

    Raises
    ------
    PublicationError
        If the page itself breaks a rule for published pages.
    """
    run = edition.run
    notebook = _notebook(edition)
    return _rendered(
        "review.html.j2",
        title=f"Review: {_title(edition)}",
        run=run,
        report=edition.stem.name,
        moved=moved,
        first_moves=_FIRST_MOVES,
        checks=list(_checks(edition)),
        to_do=_listed(notebook, TO_DO, "items"),
        claims=_listed(notebook, CLAIMS, "claims"),
        caveats=_caveats(edition),
        parameters=sorted(run.get("parameters", {}).items()),
        inputs=_table(run.get("inputs") or ()),
        versions=sorted(run.get("versions", {}).items()),
        cells=list(_code(notebook)),
        finished=edition.finished,
    )


def comparison_page(comparison: Comparison) -> str:
    """Make a page of its own of a comparison of two editions."""
    return _rendered(
        "diff.html.j2",
        title=f"What moved: {comparison.earlier} to {comparison.later}",
        moved=comparison,
        first_moves=len(comparison.moves),
    )


def _rendered(name: str, **values: Any) -> str:
    page: str = template(name).render(
        fonts=Markup(font_faces()),  # noqa: S704 # nosec B704 - our own style rules
        style=style("page.css") + style("review.css"),
        **values,
    )
    if found := list(breaches(page)):
        raise PublicationError(f"{values['title']}: {'; '.join(found)}")
    return page


def _title(edition: Edition) -> str:
    run = edition.run
    return f"{run['area']['name']}, {run['period']['label']}, {run['notebook']['name']}"


def _notebook(edition: Edition) -> Mapping[str, Any]:
    return {"cells": [], **read_json(Path(f"{edition.stem}.ipynb"))}


def _checks(edition: Edition) -> Iterator[tuple[str, str, bool]]:
    """Make the checks again on what lies there: what was checked, the outcome, whether it holds."""
    run = edition.run
    good = run.get("status") == "published"
    yield "Every cell of the notebook ran", "yes" if good else "no", good
    page, pdf = (Path(f"{edition.stem}.{ending}") for ending in ("html", "pdf"))
    if page.is_file():
        yield _outcome("The page keeps the rules for pages", breaches_of_page(page.read_bytes()))
    if pdf.is_file():
        yield _outcome("The PDF keeps the rules of PDF/UA", breaches_of_pdf(pdf.read_bytes()))
    yield _outcome("The files are those that the run made", _altered(edition))
    unsourced = [f["id"] for f in edition.figures.values() if not f.get("source")]
    yield _outcome("Every headline figure names its source", unsourced)
    unhashed = [str(i.get("source")) for i in run.get("inputs") or () if not i.get("sha256")]
    yield _outcome("Every input is known by its hash", unhashed)


def _outcome(check: str, found: Iterable[str]) -> tuple[str, str, bool]:
    listed = list(found)
    shown = "; ".join(listed[:5]) + (f"; {len(listed) - 5} more" if len(listed) > 5 else "")
    return check, shown or "yes", not listed


def _altered(edition: Edition) -> Iterator[str]:
    for file in edition.run.get("files", ()):
        path = edition.stem.with_name(file["name"])
        if not path.is_file():
            yield f"{file['name']} is missing"
        elif sha256(path.read_bytes()).hexdigest() != file["sha256"]:
            yield f"{file['name']} is another"


def _listed(notebook: Mapping[str, Any], kind: str, name: str) -> list[Mapping[str, Any]]:
    """Gather what cells recorded of a kind, each once, in their order."""
    found = [
        one
        for data in _outputs(notebook)
        for one in data.get(kind, {}).get(name, ())
        if isinstance(one, dict)
    ]
    return [one for place, one in enumerate(found) if one not in found[:place]]


def _outputs(notebook: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            yield output.get("data", {})


def _caveats(edition: Edition) -> list[tuple[str, str, int]]:
    """Give the caveats with the number of headline figures that each bears on."""
    borne = Counter(
        (str(caveat.get("kind", "")), str(caveat.get("text", "")))
        for figure in edition.figures.values()
        for caveat in figure.get("caveats") or ()
    )
    return [(kind, text, times) for (kind, text), times in borne.items()]


def _table(rows: Iterable[Mapping[str, Any]]) -> tuple[list[str], list[list[str]]]:
    """Lay records out as a table: the source first, the other names in order."""
    listed = list(rows)
    names = sorted({name for row in listed for name in row}, key=lambda n: (n != "source", n))
    return names, [[str(row.get(name, "[x]")) for name in names] for row in listed]


def _code(notebook: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    for number, cell in enumerate(notebook["cells"], start=1):
        source = "".join(cell.get("source", ""))
        if cell.get("cell_type") == "code" and source.strip():
            yield number, source
