"""The gate: everything that lies in an outputs folder, held against the rules for pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from cspanalysis.errors import UsageError
from cspanalysis.publication.checks import breaches
from cspanalysis.publication.html import TEMPLATES
from cspanalysis.publication.pdf_checks import pdf_breaches

__all__ = ["check_outputs"]


def check_outputs(outputs: Path) -> Iterator[tuple[Path, str]]:
    """List what breaks a rule in a folder of outputs, file by file.

    Parameters
    ----------
    outputs
        Folder that a run published to, or any folder below it.

    Yields
    ------
    tuple of Path and str
        A file and what it breaks. What lies in hidden folders, as failed jobs do, is not
        published and so not verified.

    Raises
    ------
    UsageError
        If there is no page or PDF in the folder.
    """
    files = [p for p in sorted(outputs.rglob("*")) if p.suffix in _CHECKS and _shown(p, outputs)]
    if not files:
        raise UsageError(f"{outputs}: no page is here to be checked; name a folder of outputs")
    for file in files:
        for breach in _CHECKS[file.suffix](file):
            yield file, breach


def _shown(file: Path, outputs: Path) -> bool:
    return not any(part.startswith(".") for part in file.relative_to(outputs).parts)


def _page(file: Path) -> Iterator[str]:
    text = file.read_text(encoding="utf-8")
    yield from breaches(text, script=_search_script())
    yield from _links(text, file.parent)


def _search_script() -> str:
    """Give the one script that pages may hold: the search of the index."""
    return f"\n{(TEMPLATES / 'index.js').read_text(encoding='utf-8')}\n"


def _links(page: str, folder: Path) -> Iterator[str]:
    """Verify that links to other files lead to files."""
    from lxml import html

    for link in html.document_fromstring(page).iter("a"):
        address = urlsplit(link.get("href") or "")
        if address.scheme in {"", "file"} and address.path:
            target = Path(unquote(address.path))
            if address.scheme or target.is_absolute() or not (folder / target).is_file():
                yield f"a link leads to {link.get('href')}, which is not among the outputs"


def _pdf(file: Path) -> Iterator[str]:
    yield from pdf_breaches(file.read_bytes())


_CHECKS = {".html": _page, ".pdf": _pdf}
