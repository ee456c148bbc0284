"""What a statement is told where nothing that is held bears on it."""

from __future__ import annotations

from cspanalysis.commentary.claims.matter import Ruling

__all__ = [
    "EACH_NUMBER",
    "FORECAST",
    "NOT_A_RATE",
    "NOT_HELD",
    "NO_COUNT",
    "NO_MEASURE",
    "NO_TARGET",
    "OF_A_PART",
    "WHICH_AREA",
    "WHICH_TIME",
    "WHICH_YEAR",
]

NO_MEASURE = Ruling(
    "not traceable",
    "no measure named",
    "The assessment has no value that this speaks of. Name the measure, or give a source.",
)
OF_A_PART = Ruling(
    "not traceable",
    "part of a measure",
    "This speaks of a part of the measure, or of a target, which the assessment does not hold.",
)
NO_TARGET = Ruling(
    "not traceable", "target", "The assessment holds no target of this measure for these months."
)
NO_COUNT = Ruling("not traceable", "number", "No value of the assessment says what this number is.")
NOT_A_RATE = Ruling(
    "not traceable",
    "other area",
    "Areas differ in size: say whose rates are compared, and the assessment may hold them.",
)
FORECAST = Ruling(
    "not traceable", "forecast", "This is of what is to come, which no count bears out yet."
)
WHICH_YEAR = Ruling(
    "not traceable", "other time", "Say whether the year to date begins in April or in January."
)
WHICH_AREA = Ruling("not traceable", "other area", "It is not plain which area this is of.")
WHICH_TIME = Ruling(
    "not traceable", "other time", "It is not plain which months or years this speaks of."
)
EACH_NUMBER = Ruling("not traceable", "number", "It is not plain what each of these numbers is of.")
NOT_HELD = Ruling("not traceable", "no figure", "The assessment has no figure of this measure.")
