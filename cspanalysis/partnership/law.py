"""What the law asks: themes, bodies and names, kept as dated rows, by where they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from cspanalysis.errors import UsageError
from cspanalysis.paths import reference
from cspanalysis.vocabulary import Area, Measure
from cspanalysis.vocabulary.rows import reference_rows

__all__ = [
    "Body",
    "Coming",
    "Jurisdiction",
    "Name",
    "Theme",
    "bodies",
    "coming",
    "coming_name",
    "jurisdiction",
    "legal_name",
    "rows_of",
    "theme",
    "themes",
]

Jurisdiction = Literal["england", "city-of-london", "wales"]
_CITY = "E23000034"
"""Police force area of the City of London, which has a police authority and no commissioner."""


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


@dataclass(frozen=True, slots=True)
class Coming:
    """Hold what was enacted or announced and is not known to be in force.

    Parameters
    ----------
    key, name
        Its name for machines and for readers.
    known
        Day of Royal Assent or of the announcement.
    what, open
        What it is said to do, and what is to be confirmed before it counts as law.
    source
        Where this was read.
    """

    key: str
    name: str
    known: date
    what: str
    open: str
    source: str

    @property
    def line(self) -> str:
        """What is known of it, and what is not, in a line.

        Examples
        --------
        >>> coming("england", on=date(2024, 12, 31))[0].line
        'Victims and Prisoners Act 2024, section 19: it replaces domestic homicide reviews by
         domestic abuse related death reviews (DARDR), whose scope is wider. To be confirmed: the
         day from which it holds was not set when it was read.'
        """
        return f"{self.name}: {self.what}. To be confirmed: {self.open}."


def jurisdiction(area: Area) -> Jurisdiction:
    """Say whose law holds in an area: England's, the City of London's or Wales's, by its code.

    Examples
    --------
    >>> [jurisdiction(Area.named(name)) for name in ("luton", "conwy-lad", "city-of-london")]
    ['england', 'wales', 'city-of-london']
    """
    if _CITY in {area.code, area.force}:
        return "city-of-london"
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


@lru_cache(maxsize=8)
def bodies(where: Jurisdiction, *, on: date | None = None) -> tuple[Body, ...]:
    """Give the responsible authorities of a jurisdiction, on a day or as it stands last."""
    found = rows_of("bodies.csv", where, on=on)
    return tuple(Body(row["key"], row["name"], row["role"]) for row in found)


def coming(where: Jurisdiction, *, on: date) -> tuple[Coming, ...]:
    """Give what was enacted or announced by a day and is not known to be in force.

    Examples
    --------
    >>> [one.key for one in coming("city-of-london", on=date(2026, 6, 30))]
    ['death-reviews', 'crime-and-policing-act']
    """
    rows = (row for row in _rows("coming.csv") if where in row["where"].split("|"))
    found = (
        Coming(
            key=row["key"],
            name=row["name"],
            known=date.fromisoformat(row["known"]),
            what=row["what"],
            open=row["open"],
            source=row["source"],
        )
        for row in rows
    )
    return tuple(one for one in found if one.known <= on)


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


def legal_name(key: str, *, on: date | None = None) -> Name:
    """Give what the law calls something on a day; a name that is not known to hold is not given.

    Parameters
    ----------
    key
        What is named, such as ``death-review``.
    on
        The day; the name that stands last where there is none.

    Examples
    --------
    >>> legal_name("death-review").plural, legal_name("death-review").short
    ('domestic homicide reviews', 'DHR')
    """
    rows = [row for row in _rows("names.csv") if row["key"] == key and row["status"] == "read"]
    begun = [row for row in rows if row["from"] <= (on or date.max).isoformat()]
    return _name((begun or rows[:1])[-1])


def coming_name(key: str) -> Name | None:
    """Give a new name that is not known to hold yet; None where there is none.

    Examples
    --------
    >>> coming_name("death-review").short
    'DARDR'
    """
    rows = (row for row in _rows("names.csv") if row["key"] == key and row["status"] != "read")
    return next(map(_name, rows), None)


def _name(row: dict[str, str]) -> Name:
    fields = ("key", "name", "plural", "short", "formerly", "source")
    return Name(**{field: row[field] for field in fields})


def rows_of(name: str, where: Jurisdiction, *, on: date | None = None) -> list[dict[str, str]]:
    """Give the rows of a table of the law that hold in a jurisdiction on a day.

    Without a day, those that are not ended. Days in ISO notation sort as text.
    """
    day = (on or date.max).isoformat()
    return [
        row
        for row in _rows(name)
        if where in row["where"].split("|") and row["from"] <= day <= (row["to"] or day)
    ]


def _rows(name: str) -> Sequence[dict[str, str]]:
    path = reference(f"law/{name}")
    return reference_rows(path)
