"""Successions: councils that were merged, divided or renamed, when, and what took their place."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast, get_args

from cspanalysis.errors import UsageError
from cspanalysis.paths import reference
from cspanalysis.vocabulary.listed import joined

__all__ = ["Succession", "successions"]

Change = Literal["merged", "divided", "renamed"]
_COLUMNS = ("name", "code", "change", "date", "successors", "successor", "partnerships")
_CODE = re.compile(r"[EW]\d{8}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """Hold what became of a council.

    Parameters
    ----------
    name, code
        Its name; its code, or nothing where that is not certain.
    change
        ``merged`` into one other, with others or its county; ``divided`` among several;
        ``renamed``, with the borders it had.
    day
        First day of what came after.
    successors, successor
        Codes of what took its place, none where there is none yet; its name, for people.
    partnerships
        Codes of the CSPs that count its area today.
    """

    name: str
    code: str
    change: Change
    day: date
    successors: tuple[str, ...]
    successor: str
    partnerships: tuple[str, ...]

    @property
    def last(self) -> str:
        """The last day of the council, or of its former name, for people."""
        return _told(self.day - timedelta(days=1))

    @property
    def happened(self) -> str:
        """What became of it and when, in words that follow its name.

        Examples
        --------
        >>> shepway = next(one for one in successions() if one.name == "Shepway")
        >>> shepway.happened
        'is the former name, until 31 March 2018, of what is called Folkestone and Hythe since'
        """
        if self.change == "renamed":
            return (
                f"is the former name, until {self.last}, of what is called {self.successor} since"
            )
        return f"was a council until {self.last}, when {self.successor} took its place"

    def told(self, *, partnerships: Sequence[str], councils: Sequence[str]) -> str:
        """Say what became of it, since when, and which names to use.

        Parameters
        ----------
        partnerships, councils
            Slugs of its CSPs of today, and of the successors that the register holds.
        """
        if not partnerships and not councils:
            return (
                f"{self.happened}; that is in no register here yet: add it to areas.csv of "
                "data/reference"
            )
        if not partnerships or self.change == "renamed":
            ways = [*councils, *(f"{slug} for the partnership" for slug in partnerships)]
            return f"{self.happened}; write {' or '.join(ways)}"
        listed = joined(partnerships)
        whose = "partnerships today are" if len(partnerships) > 1 else "partnership today is"
        one = "one of them" if len(partnerships) > 1 else "that name"
        for_it = "the councils" if len(councils) > 1 else "the council"
        also = f", or {' or '.join(councils)} for {for_it} of today" if councils else ""
        return f"{self.happened}; its {whose} {listed}; write {one}{also}"


def successions() -> tuple[Succession, ...]:
    """Read ``data/reference/successions.csv``, in its order; none where there is no such table.

    A row more is a council more that is no more.

    Raises
    ------
    UsageError
        If a row can't be read, with its line and what is wrong.
    """
    return _read_once(reference("successions.csv"))


def _told(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


@lru_cache(maxsize=4)
def _read_once(path: Path) -> tuple[Succession, ...]:
    if not path.exists():
        return ()
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [(n, line) for n, line in enumerate(lines, 1) if not line.startswith("#")]
    rows = csv.DictReader(line for _, line in kept)
    if missing := set(_COLUMNS) - set(rows.fieldnames or ()):
        raise UsageError(f"{path}: no column {', '.join(sorted(missing))}; add it")
    numbers = (number for number, line in kept[1:] if line.strip())
    return tuple(_row(row, f"{path.name}, line {n}") for n, row in zip(numbers, rows, strict=True))


def _row(row: dict[str, str | None], where: str) -> Succession:
    cells = {column: (row[column] or "").strip() for column in _COLUMNS}
    if cells["change"] not in get_args(Change):
        ways = ", ".join(get_args(Change))
        raise UsageError(f"{where}: change '{cells['change']}'; write one of {ways}")
    for code in f"{cells['code']} {cells['successors']} {cells['partnerships']}".split():
        if not _CODE.fullmatch(code):
            raise UsageError(f"{where}: '{code}' is no code; write one such as E06000060")
    if not (cells["name"] and cells["successor"]):
        raise UsageError(f"{where}: name and successor must both be filled in")
    return Succession(
        name=cells["name"],
        code=cells["code"],
        change=cast("Change", cells["change"]),
        day=_day(cells["date"], where),
        successors=tuple(cells["successors"].split()),
        successor=cells["successor"],
        partnerships=tuple(cells["partnerships"].split()),
    )


def _day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{where}: date '{text}'; write it as 2028-04-01") from None
