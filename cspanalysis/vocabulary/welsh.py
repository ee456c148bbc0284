"""Welsh names of the areas of Wales, which stand beside the English ones."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from cspanalysis.paths import reference
from cspanalysis.vocabulary.area import Area
from cspanalysis.vocabulary.rows import reference_rows

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
    rows = reference_rows(path)
    return {row["name"]: row["welsh"] for row in rows}
