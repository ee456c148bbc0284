"""Other names of areas: what people call them, and councils that are no partnership today."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast

from cspanalysis.paths import reference

__all__ = ["OtherName", "other_names"]

Relation = Literal["same", "within", "several", "former"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherName:
    """Hold a name that is not the official one of a partnership.

    Parameters
    ----------
    name
        The name.
    relation
        ``same``, another name of one CSP; ``within``, a council that is part of a CSP;
        ``several``, a council or county that holds several; ``former``, a council that is no more.
    codes
        The CSPs.
    until, successor
        Last day of a former council, and what took its place.
    """

    name: str
    relation: Relation
    codes: tuple[str, ...]
    until: date | None = None
    successor: str = ""

    def told(self, slugs: tuple[str, ...]) -> str:
        """Say why the name is no area by itself, and what can be written instead.

        Parameters
        ----------
        slugs
            Slugs of the CSPs.
        """
        listed = f"{', '.join(slugs[:-1])} and {slugs[-1]}" if len(slugs) > 1 else slugs[0]
        if self.relation == "within":
            return f"is a council within the partnership {listed}; write that name"
        if self.until is not None:
            now = "partnerships today are" if len(slugs) > 1 else "partnership today is"
            return (
                f"was a council until {self.until.day} {self.until:%B %Y}, when {self.successor} "
                f"took its place; its {now} {listed}"
            )
        return f"holds {len(slugs)} partnerships: {listed}; write one of them"


def other_names() -> dict[str, OtherName]:
    """Read ``data/reference/other-names.csv``, by slug of the name; none where it is not built."""
    return _read_once(reference("other-names.csv"))


@lru_cache(maxsize=4)
def _read_once(path: Path) -> dict[str, OtherName]:
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return {
        row["slug"]: OtherName(
            name=row["name"],
            relation=cast("Relation", row["relation"]),
            codes=tuple(row["codes"].split()),
            until=date.fromisoformat(row["until"]) if row["until"] else None,
            successor=row["successor"],
        )
        for row in rows
    }
