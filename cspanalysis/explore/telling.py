"""Telling: an answer records which counts of small places it tells.

The figures of a report are of its own period; an answer may be of any. What it tells of wards and
custom areas goes with them, so that a report that is about to land is held against all others.
"""

from __future__ import annotations

from collections.abc import Iterable

from cspanalysis.blocks.block import FIGURES, Block
from cspanalysis.disclosure.family import Cell, months_of
from cspanalysis.disclosure.told import record_of
from cspanalysis.display import together
from cspanalysis.findings.places.custom import CustomAreas
from cspanalysis.findings.places.where import Where
from cspanalysis.vocabulary import Area, Measure

__all__ = ["telling", "told_inside", "told_of_wards"]

Told = tuple[Cell, int]


def telling(shown: Block, told: Iterable[Told]) -> Block:
    """Record with an answer the counts of small places that it tells."""
    records = [record_of(cell, count) for cell, count in told]
    return together(shown, Block("", "", {FIGURES: {"told": records}})) if records else shown


def told_of_wards(where: Where, *, place: Area | None = None) -> list[Told]:
    """Give the counts of wards, or of one, that an answer tells; none in a sensitive edition."""
    if where.edition != "public":
        return []
    return [
        ((str(ward), where.measure.code, months_of(period)), int(count))
        for column, period in (("before", where.baseline), ("after", where.period))
        for ward, count in where.wards[column].dropna().items()
        if place is None or ward == place.code
    ]


def told_inside(found: CustomAreas, measure: Measure, place: Area) -> list[Told]:
    """Give the counts of a custom area that an answer tells; none in a sensitive edition."""
    import pandas as pd

    if found.edition != "public":
        return []
    row = found.of(place).loc[measure.code].to_dict()
    sides = (("before", found.baseline), ("after", found.period))
    return [
        ((place.code, measure.code, months_of(period)), int(row[column]))
        for column, period in sides
        if not pd.isna(row[column])
    ]
