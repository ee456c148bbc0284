"""Events that a partnership names because they may have changed its figures."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from cspanalysis.partnership.fields import MeasureField, Part
from cspanalysis.vocabulary import Measure

__all__ = ["Event"]


class Event(Part):
    """Hold an event that may have changed figures: a new patrol, a closed road, a new system.

    Control charts start anew with its month and name it, and a step at that time has it as its
    reason. Whether it caused the step is for people to say.

    Parameters
    ----------
    date
        When it began.
    what
        What it was, in a few words.
    measures
        What it may have changed; every measure if absent.
    """

    named_by: ClassVar = ("what", "date", "measures")

    date: dt.date
    what: str
    measures: tuple[MeasureField, ...] = ()

    def bears_on(self, measure: Measure) -> bool:
        """Tell whether it may have changed a measure."""
        return not self.measures or measure in self.measures
