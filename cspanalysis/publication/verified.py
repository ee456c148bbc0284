"""What was verified once in a process is not verified again: it is known by its digest.

A page is verified when it is made, and its review pack tells the outcome of what lies there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from hashlib import sha256
from pathlib import Path

from cspanalysis.errors import PublicationError
from cspanalysis.publication.checks import breaches
from cspanalysis.publication.pdf_checks import pdf_breaches

__all__ = ["breaches_of_page", "breaches_of_pdf", "check_pdf"]


def _once(rules: Callable[[bytes], Iterator[str]]) -> Callable[[bytes], tuple[str, ...]]:
    known: dict[bytes, tuple[str, ...]] = {}

    @wraps(rules)
    def found(content: bytes) -> tuple[str, ...]:
        digest = sha256(content).digest()
        if digest not in known:
            known[digest] = tuple(rules(content))
        return known[digest]

    return found


@_once
def breaches_of_page(page: bytes) -> Iterator[str]:
    """List what in a page breaks a rule, as `checks.breaches` does; the page is UTF-8."""
    return breaches(page.decode("utf-8"))


@_once
def breaches_of_pdf(pdf: bytes) -> Iterator[str]:
    """List what in a PDF breaks a rule, as `pdf_checks.pdf_breaches` does."""
    return pdf_breaches(pdf)


def check_pdf(pdf: bytes, executed: Path) -> None:
    """Refuse a PDF that breaks a rule for published pages.

    Raises
    ------
    PublicationError
        Naming every breach.
    """
    if found := breaches_of_pdf(pdf):
        raise PublicationError(f"{executed}: the PDF is not published: {'; '.join(found)}")
