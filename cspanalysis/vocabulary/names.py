"""Other names of areas: what people call them, and councils that are not one partnership."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast

from cspanalysis.paths import reference

__all__ = ["OtherName", "other_names"]

Relation = Literal["same", "within", "several"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherName:
    """Hold a name that is not the official one of a partnership.

    Parameters
    ----------
    name
        The name.
    relation
        ``same``, another name of one CSP; ``within``, a council that is part of a CSP;
        ``several``, a council or county that holds several. Councils that are no more are told of
        by `successions`.
    codes
        The CSPs.
    """

    name: str
    relation: Relation
    codes: tuple[str, ...]

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
        )
        for row in rows
    }
