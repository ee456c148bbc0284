"""What a partnership agreed to keep out of its public editions."""

from __future__ import annotations

from pydantic import Field

from cspanalysis.partnership.fields import MeasureField, Part

__all__ = ["THRESHOLD", "Disclosure"]

THRESHOLD = 5
"""What is kept back where a partnership says nothing: counts from 1 to below this."""


class Disclosure(Part):
    """Hold the rules of what public editions keep back, for all reports of the partnership.

    Parameters
    ----------
    threshold
        Counts of small places and of few people from 1 to below this are kept back, with others
        that would tell them; 5 if absent. From 3, for below that nobody is protected.
    rounding
        Counts of wards and small areas that are shown are rounded to the nearest multiple of this,
        half up; 1, and so as they are, if absent.
    measures
        Measures of which public editions say nothing, as if each bore ``edition: sensitive``.
    """

    threshold: int = Field(default=THRESHOLD, ge=3, le=100, strict=True)
    rounding: int = Field(default=1, ge=1, le=100, strict=True)
    measures: tuple[MeasureField, ...] = ()
