"""What the process that kernels are forked from does once, so that none of them has to."""

from __future__ import annotations

from contextlib import suppress

from cspanalysis import paths
from cspanalysis.blocks.style import drawing, quiet_axes, svg_of
from cspanalysis.errors import CspanalysisError
from cspanalysis.store.official import shipped_totals
from cspanalysis.store.people import People
from cspanalysis.store.places import Places
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.area import AreaRegister
from cspanalysis.vocabulary.measure import MeasureTable
from cspanalysis.vocabulary.similar import similar_areas
from cspanalysis.vocabulary.totals import totals

__all__ = ["prepare"]


def prepare() -> None:
    """Read the reference tables, ask them first questions and make a first drawing.

    A drawing finds fonts; what has been asked once is at hand when a kernel asks.

    It starts no thread and leaves no file open. What can't be read is passed over: a kernel that
    needs it will say so. Tables below a relative path are left to the kernels, each of which has
    a folder of its own.
    """
    with drawing(320, 140) as canvas:
        quiet_axes(canvas.add_axes((0.1, 0.1, 0.8, 0.8)))
        svg_of(canvas)
    if paths.data_folder().is_absolute():
        for read in (*_TABLES, _ask):
            with suppress(CspanalysisError, OSError):
                read()


_TABLES = (AreaRegister.shipped, MeasureTable.shipped, totals, Places.shipped, shipped_totals)


def _ask() -> None:
    """Ask what every report asks: residents, areas that are alike, a ward's name."""
    area = next(one for one in AreaRegister.shipped() if one.kind == "csp")
    people = People()
    people.denominator(area, "persons", period=Period.parse("2023"))
    similar_areas(area)
    for ward in people.small_areas(area)["ward"][:1]:
        Area.named(ward)
