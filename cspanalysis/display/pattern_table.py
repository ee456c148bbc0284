"""Season, places and outlook of each measure, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from cspanalysis.blocks.block import Block
from cspanalysis.display.prose import table
from cspanalysis.findings.changes.patterns import Pattern
from cspanalysis.findings.wording.numbers import NOT_AVAILABLE, count_text
from cspanalysis.vocabulary.listed import joined
from cspanalysis.vocabulary.period import MONTH_NAMES

__all__ = ["pattern_table"]

_SEASON = ("Usually higher", "Usually lower")
_HALF = "Half of it in"
_NOTES = {
    _SEASON[0]: "Usually higher, usually lower: months of the year that differ clearly from an "
    "average month; a dash where none does by itself. Charts take out a season that shows over the "
    "months of a year together.",
    _HALF: "Half of it in: how few small areas (LSOAs), the fullest first, hold half of the count.",
    "Outlook": "Outlook: four times in five the month's count lies in this range, if things go on "
    "as before.",
}


def pattern_table(patterns: Sequence[Pattern], *, caption: str) -> Block:
    """Show when, where and what next of each measure, one line a measure.

    What is not known of any of them has no column.
    """
    import pandas as pd

    months = _months_ahead(patterns)
    rows = [
        {
            "Measure": pattern.measure.label,
            _SEASON[0]: _months(pattern, "high"),
            _SEASON[1]: _months(pattern, "low"),
            _HALF: _half(pattern),
            **{f"Outlook, {month}": _range(pattern, month) for month in months},
        }
        for pattern in patterns
    ]
    frame = pd.DataFrame(rows)
    known = frame.loc[:, (frame != NOT_AVAILABLE).any()]
    notes = [note for title, note in _NOTES.items() if any(str(c).startswith(title) for c in known)]
    return table(known, caption=caption, notes=notes)


def _months_ahead(patterns: Sequence[Pattern]) -> list[str]:
    looks = [pattern.outlook.ranges() for pattern in patterns if pattern.outlook]
    return list(dict.fromkeys(month for look in looks for month in look))


def _months(pattern: Pattern, which: str) -> str:
    if pattern.season is None:
        return NOT_AVAILABLE
    months = pattern.season.high if which == "high" else pattern.season.low
    return joined([MONTH_NAMES[month][:3] for month in months]) or "–"


def _half(pattern: Pattern) -> str:
    if pattern.concentration is None:
        return NOT_AVAILABLE
    held = pattern.concentration
    return f"{count_text(held.holding_half)} of {count_text(held.places)}"


def _range(pattern: Pattern, month: str) -> str:
    return pattern.outlook.ranges().get(month, NOT_AVAILABLE) if pattern.outlook else NOT_AVAILABLE
