"""What the process that kernels are forked from does once, so that none of them has to."""

from __future__ import annotations

from contextlib import suppress

from cspanalysis import paths
from cspanalysis.blocks.style import drawing, quiet_axes, svg_of
from cspanalysis.errors import CspanalysisError
from cspanalysis.store.places import Places
from cspanalysis.vocabulary.area import AreaRegister
from cspanalysis.vocabulary.measure import MeasureTable
from cspanalysis.vocabulary.totals import totals

__all__ = ["prepare"]


def prepare() -> None:
    """Read the reference tables and make a first drawing: it finds fonts and fills caches.

    It starts no thread and leaves no file open. What can't be read is passed over: a kernel that
    needs it will say so. Tables below a relative path are left to the kernels, each of which has
    a folder of its own.
    """
    with drawing(320, 140) as canvas:
        quiet_axes(canvas.add_axes((0.1, 0.1, 0.8, 0.8)))
        svg_of(canvas)
    if paths.data_folder().is_absolute():
        for read in (AreaRegister.shipped, MeasureTable.shipped, totals, Places.shipped):
            with suppress(CspanalysisError, OSError):
                read()
