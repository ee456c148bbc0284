"""Where in a notebook the faults of its page lie."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from cspanalysis.addresses import harmful_links
from cspanalysis.errors import PublicationError
from cspanalysis.publication.checks import breaches, part_breaches

__all__ = ["check_page"]

Shown = Callable[[Any], str]


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
    from nbformat import from_dict

    if not (found := list(breaches(page))):
        return
    alone: Any = (from_dict({**book, "cells": [cell]}) for cell in book.cells)
    of_cells = [part_breaches(shown(one)) for one in alone]
    told = "; ".join(dict.fromkeys(_told(breach, book, of_cells) for breach in found))
    raise PublicationError(f"{executed.name}: the page is not published: {told}")


def _told(breach: str, book: Any, of_cells: Iterable[frozenset[str]]) -> str:
    numbers = [number for number, held in enumerate(of_cells) if breach in held]
    where = ", ".join(f"cell {number + 1}{_line(book.cells[number])}" for number in numbers)
    return f"{where}: {breach}" if where else breach


def _line(cell: Any) -> str:
    links = _links(cell)
    return next((f" (line {line + 1}, {address[:40]})" for line, address in links), "")


def _links(cell: Any) -> Iterator[tuple[int, str]]:
    if cell.cell_type == "markdown":
        yield from harmful_links(cell.source)
