"""Welsh names of the areas of Wales, which stand beside the English ones."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from cspanalysis.paths import reference
from cspanalysis.vocabulary.area import Area

__all__ = ["welsh_name"]


def welsh_name(area: Area) -> str:
    """Give what an area is called in Welsh; empty where it lies in England, or has one name.

    Examples
    --------
    >>> [welsh_name(Area.named(name)) for name in ("newport", "gwent-force", "luton")]
    ['Casnewydd', '', '']
    """
    if not area.code.startswith("W"):
        return ""
    return _names(reference("welsh-names.csv")).get(area.name, "")


@lru_cache(maxsize=4)
def _names(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {row["name"]: row["welsh"] for row in rows}
