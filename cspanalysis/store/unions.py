"""Unions: counties, regions and countries, answered for by the areas that they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import pandas as pd

from cspanalysis.store.places import Places
from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.wider import councils_of

__all__ = ["added", "joined_up", "pieces_of", "table_parts"]


def pieces_of(area: Area) -> tuple[Area, ...]:
    """Cut an area that lies in several police force areas into its parts of each; no other.

    Examples
    --------
    >>> len(pieces_of(Area.named("england"))), pieces_of(Area.named("surrey-county"))
    (39, ())
    """
    if not area.is_wider or area.force:
        return ()
    return tuple(replace(area, force=force) for force in Places.shipped().forces(area))


@lru_cache(maxsize=256)
def table_parts(area: Area) -> tuple[tuple[Area, ...], ...]:
    """Give the ways in which tables can answer for a wider area: by its forces, by its CSPs.

    Its forces come first where they are whole within it: their counts hold the crimes that are
    not assigned to a CSP. Its CSPs follow where they are whole.

    Examples
    --------
    >>> [len(parts) for parts in table_parts(Area.named("surrey-county"))]
    [1, 11]
    >>> [len(parts) for parts in table_parts(Area.named("kent-county"))]
    [11]
    """
    if not area.is_wider:
        return ()
    places, inside = Places.shipped(), councils_of(area.code)
    councils = places.councils_by_part
    ways = (
        [Area.named(code) for code in places.forces(area)],
        [Area.named(str(code)) for code in places.within(area, "csp")],
    )
    return tuple(
        tuple(parts)
        for parts in ways
        if parts and all(councils[part.code] <= inside for part in parts)
    )


def added(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Add up counts by month of parts; a month that one of them lacks is missing.

    Examples
    --------
    >>> months = pd.DatetimeIndex(["2023-01-01", "2023-02-01"], name="month")
    >>> one = pd.DataFrame({"all-crime": pd.array([5, None], "Int64")}, months)
    >>> two = pd.DataFrame({"all-crime": pd.array([1, 2], "Int64"), "robbery": [1, 0]}, months)
    >>> added([one, two.astype("Int64")]).iloc[0].tolist()
    [6, 1]
    """
    columns = list(dict.fromkeys(name for frame in frames for name in frame.columns))
    months = frames[0].index
    for frame in frames[1:]:
        months = months.intersection(frame.index)
    total = pd.DataFrame(0, index=months, columns=columns, dtype="Int64")
    for frame in frames:
        here = frame.reindex(index=months, columns=columns).astype("Int64")
        known = frame.reindex(months).notna().any(axis=1)
        for name in {*columns} - {*frame.columns}:
            here.loc[known, name] = 0
        total = total + here
    return total.rename_axis("month")


def joined_up(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put the tables of parts under each other, and add up what could not be placed in them."""
    columns = list(dict.fromkeys(name for table in tables for name in table))
    whole = [table.reindex(columns=columns, fill_value=0) for table in tables]
    found = pd.concat(whole).astype("Int64").sort_index()
    names = tables[0].attrs["unplaced"]
    unplaced = {name: sum(t.attrs["unplaced"][name] for t in tables) for name in names}
    found.attrs["unplaced"] = unplaced
    return found
