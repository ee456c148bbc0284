"""What a statement is told where nothing that is held bears on it."""

from __future__ import annotations

from cspanalysis.commentary.claims.matter import Ruling

__all__ = [
    "NOT_A_RATE", "NOT_HELD", "NO_COUNT", "NO_MEASURE", "NO_TARGET", "OF_A_PART", "WHICH_YEAR",
    "not_read",
]  # fmt: skip

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
WHICH_YEAR = Ruling(
    "not traceable", "other time", "Say whether the year to date begins in April or in January."
)
NOT_HELD = Ruling("not traceable", "no figure", "The assessment has no figure of this measure.")


def not_read(words: str) -> Ruling:
    """Tell of words that may change what a sentence means, which is then not judged wrong."""
    reason = f"The figures differ, but '{words}' may mean that this speaks of something else."
    return Ruling("not traceable", "words not read", reason)
