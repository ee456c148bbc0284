"""Several comparisons in one compact table: a word and a percentage each."""

from __future__ import annotations

from collections.abc import Sequence

from cspanalysis.blocks.block import Block
from cspanalysis.display.prose import table
from cspanalysis.findings.changes.other_comparisons import Compared, Outcome
from cspanalysis.findings.wording.numbers import percent_text

__all__ = ["other_comparisons_table"]


def other_comparisons_table(found: Sequence[Compared], *, caption: str) -> Block:
    """Show one line a measure and one column a comparison; nothing where there are none."""
    import pandas as pd

    if not found:
        return Block("", "")
    columns = {"Measure": [outcome.measure.label for outcome in found[0].outcomes]}
    for one in found:
        columns[one.title] = [_cell(outcome) for outcome in one.outcomes]
    return table(pd.DataFrame(columns), caption=caption, notes=[*_notes(found)])


def _cell(outcome: Outcome) -> str:
    if outcome.word is None:
        return "not compared"
    if outcome.percent is None:
        return outcome.word
    sign = "+" if outcome.percent > 0 else ""
    return f"{outcome.word}, {sign}{percent_text(outcome.percent)}"


def _notes(found: Sequence[Compared]) -> list[str]:
    notes = [f"{one.title}: {one.spans.label}." for one in found]
    if any(not one.spans.same_season for one in found):
        notes.append(
            "Where the months of the year differ, percentage and word allow for the season."
        )
    notes.append(
        "The measures of one comparison are judged together. The year before is the comparison "
        "that headlines; a word of another says no more than what it is of."
    )
    return notes
