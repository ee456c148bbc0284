"""Where in a notebook the faults of its page lie."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from cspanalysis.addresses import harmful_links
from cspanalysis.errors import PublicationError
from cspanalysis.publication.checks import frame_breaches, part_breaches
from cspanalysis.publication.verified import breaches_of_page

__all__ = ["check_page", "shown_of"]

Shown = Callable[[Any], str]


def shown_of(book: Any, executed: Path, *, shown: Shown) -> str:
    """Give the markup that a page shows of a notebook.

    Raises
    ------
    PublicationError
        If there is none, such as for a picture that was taken out of its cell, or a cell holds what
        is the page's own; the cell is named.
    """
    try:
        markup = shown(book)
    except ValueError as error:
        numbers = (n for n, one in enumerate(_alone(book), start=1) if not _can_be(shown, one))
        where = next((f"cell {number}: " for number in numbers), "")
        raise PublicationError(f"{executed.name}: {where}{error}") from None
    _refuse([*frame_breaches(markup)], book, executed, shown=shown)
    return markup


def check_page(page: str, book: Any, executed: Path, *, shown: Shown) -> None:
    """Refuse a page that breaks a rule for published pages.

    Parameters
    ----------
    page
        The page.
    book, executed
        The notebook that it was made of, and its file.
    shown
        Gives the markup that a page shows of a notebook.

    Raises
    ------
    PublicationError
        Naming every breach, with the cell that it lies in, and the line in one of Markdown.
    """
    _refuse(breaches_of_page(page.encode()), book, executed, shown=shown)


def _refuse(found: Sequence[str], book: Any, executed: Path, *, shown: Shown) -> None:
    if not found:
        return
    of_cells = [part_breaches(shown(one)) for one in _alone(book)]
    told = "; ".join(dict.fromkeys(_told(breach, book, of_cells) for breach in found))
    raise PublicationError(f"{executed.name}: the page is not published: {told}")


def _alone(book: Any) -> Iterator[Any]:
    """Give for each cell of a notebook one that holds it alone."""
    from nbformat import from_dict

    for cell in book.cells:
        yield from_dict({**book, "cells": [cell]})  # type: ignore[no-untyped-call]


def _can_be(shown: Shown, book: Any) -> bool:
    try:
        shown(book)
    except ValueError:
        return False
    return True


def _told(breach: str, book: Any, of_cells: Sequence[frozenset[str]]) -> str:
    numbers = [number for number, held in enumerate(of_cells) if breach in held]
    where = ", ".join(f"cell {number + 1}{_line(book.cells[number])}" for number in numbers)
    return f"{where}: {breach}" if where else breach


def _line(cell: Any) -> str:
    links = _links(cell)
    return next((f" (line {line + 1}, {address[:40]})" for line, address in links), "")


def _links(cell: Any) -> Iterator[tuple[int, str]]:
    if cell.cell_type == "markdown":
        yield from harmful_links(cell.source)
