"""What a statement is told where nothing that is held bears on it."""

from __future__ import annotations

from cspanalysis.commentary.claims.matter import Ruling

__all__ = [
    "BESIDE_A_TARGET",
    "FORECAST",
    "NOT_A_RATE",
    "NOT_HELD",
    "NO_COUNT",
    "NO_MEASURE",
    "OF_A_PART",
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
BESIDE_A_TARGET = Ruling(
    "not traceable", "target", "How far a measure lies from its target is not held as a figure."
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
NOT_HELD = Ruling("not traceable", "no figure", "The assessment has no figure of this measure.")
