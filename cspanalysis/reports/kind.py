"""Kinds of reports: what a report is called, and what is said in it beyond its sections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cspanalysis.findings.values import Value

__all__ = ["Kind", "Part"]


@dataclass(frozen=True)
class Kind:
    """Say what kind of report it is.

    Attributes
    ----------
    name
        Name of its notebook.
    title
        Kind of report, as its cover says.
    parts
        Names of those parts of the facts that it tells of beside its changes; their values answer
        for placeholders and claims, and are recorded.
    slots
        Sections of commentary that have a place of their own in it.
    numbered
        Whether paragraphs of its prose are numbered.
    bylines
        Whether each section of commentary names who wrote it.
    from_file
        What it takes from the partnership's file, as its cover says.
    """

    name: str
    title: str
    parts: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    numbered: bool = False
    bylines: bool = True
    from_file: str = "Content"


class Part:
    """Hold a part of the facts that some reports tell of, with the values it shows."""

    def own_values(self) -> Iterator[Value]:
        """Give the numbers that it works out."""
        yield from ()

    def file_values(self) -> Iterator[Value]:
        """Give the numbers that it takes from the partnership's file."""
        yield from ()
