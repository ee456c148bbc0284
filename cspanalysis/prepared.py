"""What the process that kernels are forked from does once, so that none of them has to."""

from __future__ import annotations

import string
from contextlib import suppress

from cspanalysis import paths
from cspanalysis.display import lettering
from cspanalysis.errors import CspanalysisError
from cspanalysis.store.places import Places
from cspanalysis.vocabulary.area import AreaRegister
from cspanalysis.vocabulary.measure import MeasureTable
from cspanalysis.vocabulary.totals import totals

__all__ = ["prepare"]

_LETTERS = string.ascii_letters + string.digits + ",.()"


def prepare() -> None:
    """Read the reference tables and cut the letters that every report needs.

    It starts no thread and leaves no file open. What can't be read is passed over: a kernel that
    needs it will say so. Tables below a relative path are left to the kernels, each of which has
    a folder of its own.
    """
    for weight in lettering.WEIGHTS:
        for letter in _LETTERS:
            lettering.advance(letter, weight)
            lettering.outline(letter, weight)
    if paths.data_folder().is_absolute():
        for read in (AreaRegister.shipped, MeasureTable.shipped, totals, Places.shipped):
            with suppress(CspanalysisError, OSError):
                read()
