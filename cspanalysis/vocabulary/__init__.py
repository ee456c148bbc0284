"""What we talk about: areas, periods, measures and breaks in recording."""

from __future__ import annotations

from cspanalysis.vocabulary.area import Area
from cspanalysis.vocabulary.breaks import Break, breaks_between
from cspanalysis.vocabulary.measure import Measure
from cspanalysis.vocabulary.period import Period

__all__ = ["Area", "Break", "Measure", "Period", "breaks_between"]
