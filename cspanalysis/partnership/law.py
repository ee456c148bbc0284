"""What the law asks: themes, bodies and names, kept as data, for England and for Wales."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from cspanalysis.errors import UsageError
from cspanalysis.paths import reference
from cspanalysis.vocabulary import Area, Measure

__all__ = [
    "Body",
    "Jurisdiction",
    "Name",
    "Theme",
    "bodies",
    "jurisdiction",
    "legal_name",
    "rows_of",
    "theme",
    "themes",
]

Jurisdiction = Literal["england", "wales"]


@dataclass(frozen=True, slots=True)
class Theme:
    """Hold a theme that strategies must cover, and the measures that belong to it.

    Parameters
    ----------
    key, title
        Its name for machines and for readers.
    requirement
        Identifier of the requirement that names it.
    measures
        Measures of the theme, the leading ones first.
    """

    key: str
    title: str
    requirement: str
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """Hold a body that the law names: its key, its name and its role."""

    key: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Name:
    """Hold what the law calls something today, and what it was called before.

    Parameters
    ----------
    key
        Its name for machines, such as ``death-review``.
    name, plural
        Its name inside a sentence.
    short
        Its abbreviation; may be empty.
    formerly
        What it was called before; may be empty.
    source
        Where the law says so.
    """

    key: str
    name: str
    plural: str
    short: str
    formerly: str
    source: str


def jurisdiction(area: Area) -> Jurisdiction:
    """Say whose law holds in an area: England's or Wales's, by its code.

    Examples
    --------
    >>> jurisdiction(Area.named("luton")), jurisdiction(Area.named("conwy-lad"))
    ('england', 'wales')
    """
    return "wales" if area.code.startswith("W") else "england"


@lru_cache(maxsize=1)
def themes() -> tuple[Theme, ...]:
    """Give the themes, in the order of the law."""
    return tuple(
        Theme(
            row["key"],
            row["title"],
            row["requirement"],
            tuple(Measure.named(code) for code in row["measures"].split("|") if code),
        )
        for row in _rows("themes.csv")
    )


@lru_cache(maxsize=2)
def bodies(where: Jurisdiction) -> tuple[Body, ...]:
    """Give the responsible authorities of a jurisdiction."""
    return tuple(Body(row["key"], row["name"], row["role"]) for row in rows_of("bodies.csv", where))


def theme(key: str) -> Theme:
    """Find a theme by its key.

    Raises
    ------
    UsageError
        If there is no such theme; the known ones are given.
    """
    for found in themes():
        if found.key == key:
            return found
    raise UsageError(f"theme '{key}' is not known; known: {', '.join(t.key for t in themes())}")


def legal_name(key: str) -> Name:
    """Give what the law calls something today.

    Examples
    --------
    >>> legal_name("death-review").plural, legal_name("death-review").short
    ('domestic abuse related death reviews', 'DARDR')
    """
    return _names()[key]


@lru_cache(maxsize=1)
def _names() -> dict[str, Name]:
    return {row["key"]: Name(**row) for row in _rows("names.csv")}


def rows_of(name: str, where: Jurisdiction) -> list[dict[str, str]]:
    """Give the rows of a table of the law that hold in a jurisdiction."""
    return [row for row in _rows(name) if row["jurisdiction"] in {where, "both"}]


def _rows(name: str) -> list[dict[str, str]]:
    path = reference(f"law/{name}")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))
