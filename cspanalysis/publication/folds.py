"""What an index folds away: the areas of each police force area, with their reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Generic, TypeVar

from cspanalysis.errors import UsageError
from cspanalysis.vocabulary.area import AreaRegister

__all__ = ["Fold", "Held", "folds_of", "is_fresh", "stamp"]

_Row = TypeVar("_Row")
_FRESH = timedelta(days=30)
_ELSEWHERE = "Other areas"
_OPEN = 40
"""Reports of a site so small that nothing needs to be folded away."""


@dataclass(frozen=True, slots=True)
class Held(Generic[_Row]):
    """Hold one area of a fold: its slug, its name and its rows."""

    slug: str
    name: str
    rows: Sequence[_Row]


@dataclass(frozen=True, slots=True)
class Fold(Generic[_Row]):
    """Hold one police force area.

    Parameters
    ----------
    name
        Its name.
    areas
        Its areas by name, the whole of it first.
    fresh
        Reports that are new.
    opened
        Whether it is shown unfolded.
    """

    name: str
    areas: Sequence[Held[_Row]]
    fresh: int
    opened: bool

    @property
    def count(self) -> int:
        """Number of reports."""
        return sum(len(area.rows) for area in self.areas)


def folds_of(
    rows: Sequence[_Row],
    *,
    area: Callable[[_Row], tuple[str, str]],
    finished: Callable[[_Row], str],
) -> list[Fold[_Row]]:
    """Gather rows by police force area and area, each area's in the order given.

    Parameters
    ----------
    rows
        Reports, or what stands for them.
    area
        Gives slug and name of a row's area.
    finished
        Gives when it was published, as ISO 8601; empty where it was not.
    """
    fresh = is_fresh(finished(row) for row in rows)
    by_area: dict[tuple[str, str], list[_Row]] = {}
    for row in rows:
        by_area.setdefault(area(row), []).append(row)
    register = AreaRegister.shipped()
    placed = sorted((*_place(register, *key), key[0], key[1]) for key in by_area)
    return [
        _fold(
            name,
            [Held(slug, label, by_area[slug, label]) for *_, slug, label in group],
            lambda row: fresh(finished(row)),
            opened=len(rows) <= _OPEN,
        )
        for (_, name), group in groupby(placed, key=lambda place: place[:2])
    ]


def _fold(
    name: str, areas: list[Held[_Row]], fresh: Callable[[_Row], bool], *, opened: bool
) -> Fold[_Row]:
    found = sum(fresh(row) for area in areas for row in area.rows)
    return Fold(name, areas, found, opened)


def _place(register: AreaRegister, slug: str, name: str) -> tuple[bool, str, bool, str]:
    """Give where an area stands: areas that no force is known of come last."""
    try:
        known = register.named(slug)
        force = register.named(known.force).name if known.force else ""
    except UsageError:
        return True, _ELSEWHERE, True, name.casefold()
    return not force, force or _ELSEWHERE, known.kind != "force", name.casefold()


def is_fresh(finished: Iterable[str]) -> Callable[[str], bool]:
    """Give what tells whether a report is new: of the last 30 days, where others are older.

    Examples
    --------
    >>> fresh = is_fresh(["2024-03-05T09:00", "2024-01-01T09:00", ""])
    >>> fresh("2024-03-01T09:00"), fresh("2024-01-01T09:00"), fresh("")
    (True, False, False)
    >>> is_fresh(["2024-03-05T09:00"])("2024-03-05T09:00")
    False
    """
    days = sorted(moment[:10] for moment in finished if moment)
    first = (date.fromisoformat(days[-1]) - _FRESH).isoformat() if days else ""
    return lambda moment: bool(days) and days[0] < first <= moment[:10]


def stamp(finished: str) -> str:
    """Give the digits of a moment to the minute, which a page can compare.

    Examples
    --------
    >>> stamp("2024-03-05T09:30:12+00:00")
    '202403050930'
    """
    return "".join(letter for letter in finished[:16] if letter.isdigit())
