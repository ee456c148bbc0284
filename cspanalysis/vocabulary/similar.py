"""Similar areas: which others are most like an area, by the statistics of ONS."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from cspanalysis.paths import reference
from cspanalysis.vocabulary.area import Area
from cspanalysis.vocabulary.rows import reference_rows

__all__ = ["similar_areas"]


def similar_areas(area: Area) -> tuple[Area, ...]:
    """Give the areas most like one, the most similar first; none of a kind that ONS leaves out.

    They are the ONS statistical nearest neighbours in England and Wales, from
    ``data/reference/similar-areas.csv``.

    Examples
    --------
    >>> [other.name for other in similar_areas(Area.named("luton"))][:3]
    ['Leicester', 'Wolverhampton', 'Blackburn with Darwen']
    """
    codes = _read_once(reference("similar-areas.csv")).get(area.code, ())
    return tuple(Area.named(code) for code in codes)


@lru_cache(maxsize=4)
def _read_once(path: Path) -> dict[str, tuple[str, ...]]:
    """Codes of similar areas by code; none where the table has not been built."""
    if not path.exists():
        return {}
    rows = reference_rows(path)
    return {row["code"]: tuple(row["similar"].split()) for row in rows}
