"""Areas that are most like one area, to be proposed as comparators."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from cspanalysis.paths import reference
from cspanalysis.vocabulary import Area

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["most_like"]

INDEX_YEAR = 2025


def most_like(area: Area, *, n: int = 5) -> tuple[tuple[Area, ...], tuple[str, ...]]:
    """Propose the areas most like a CSP or council, by residents, households and deprivation.

    Residents and households are compared as logarithms, so that twice as many counts the same
    everywhere. England's index of deprivation knows nothing of Wales, where it is left out and
    areas of Wales alone are proposed.

    Returns
    -------
    tuple
        The areas, the most alike first, and the names of what they were compared by.

    References
    ----------
    See `cspanalysis.methods.nearest`.

    Examples
    --------
    >>> areas, by = most_like(Area.named("luton"), n=2)
    >>> len(areas), by
    (2, ('residents', 'households', 'deprivation'))
    """
    from cspanalysis.methods import nearest

    table = _table(area.kind, area.code[0])
    known = table.loc[[area.code]].dropna(axis="columns")
    names = tuple(str(name) for name in known)
    found = nearest(table, area.code, n=n, columns=names)
    return tuple(Area.named(str(code)) for code in found.index), names


@lru_cache(maxsize=4)
def _table(kind: str, country: str) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    columns = ["lsoa", "in_2021", "residents", "households", kind]
    places = pd.read_parquet(reference("places.parquet"), columns=columns)
    places = places[places["in_2021"] & places[kind].str.startswith(country, na=False)]
    index = pd.read_parquet(reference("deprivation.parquet"))
    scores = index[index["year"] == INDEX_YEAR].set_index("lsoa")["score"].astype(float)
    score = places["lsoa"].map(scores)
    places = places.assign(weighted=score * places["residents"])
    sums = places.groupby(kind)[["residents", "households", "weighted"]].sum(min_count=1)
    return pd.DataFrame(
        {
            "residents": np.log(sums["residents"].astype(float)),
            "households": np.log(sums["households"].astype(float)),
            "deprivation": sums["weighted"] / sums["residents"].astype(float),
        }
    )
