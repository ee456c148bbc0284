"""What was recorded in one custom area, measure by measure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cspanalysis.blocks.block import Block
from cspanalysis.display.place_table import change_written, written
from cspanalysis.display.prose import table
from cspanalysis.findings.places.custom import CustomAreas
from cspanalysis.findings.wording.numbers import NOT_AVAILABLE, SUPPRESSED, count_text
from cspanalysis.vocabulary import Area

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["custom_area_table"]

_NOT_TESTED = "not tested"


def custom_area_table(found: CustomAreas, area: Area) -> Block:
    """Show counts, change and rate of each measure in a custom area.

    In a public edition small counts read "[c]", and so do others that would give them away; "[x]"
    is what is not known.
    """
    import pandas as pd

    rows = found.of(area)
    hidden = {(m, column) for code, m, column in found.kept_back if code == area.code}
    columns: dict[str, list[object]] = {
        "Measure": [found.measures[str(code)].label for code in rows.index],
        found.baseline.label: [*_cells(rows["before"], hidden)],
        found.period.label: [*_cells(rows["after"], hidden)],
        "Change": [*_changes(rows, hidden)],
        "Verdict": [str(row["verdict"]) or _NOT_TESTED for _, row in rows.iterrows()],
        "Rate per 1,000": [*_cells(rows["rate"], hidden)],
    }
    frame = pd.DataFrame(columns)
    formats = {name: written for name in frame.columns[1:] if name not in {"Change", "Verdict"}}
    formats["Change"] = change_written
    caption = f"{area.name}, {found.period.label} against {found.baseline.label}"
    return table(frame, caption=caption, notes=_notes(found, area), formats=formats)


def _cells(values: pd.Series, hidden: set[tuple[str, str]]) -> Iterator[object]:
    """Give counts or rates; where one is missing, whether it is kept back or not known."""
    import pandas as pd

    of = "after" if values.name == "rate" else str(values.name)
    for measure, value in values.items():
        if pd.isna(value):
            yield SUPPRESSED if (str(measure), of) in hidden else NOT_AVAILABLE
        else:
            yield float(value) if values.name == "rate" else int(value)


def _changes(rows: pd.DataFrame, hidden: set[tuple[str, str]]) -> Iterator[object]:
    for measure, row in rows.iterrows():
        kept_back = {(str(measure), "before"), (str(measure), "after")} & hidden
        if row["verdict"]:
            yield int(row["after"] - row["before"])
        else:
            yield SUPPRESSED if kept_back else NOT_AVAILABLE


def _notes(found: CustomAreas, area: Area) -> list[str]:
    notes = [
        f"{area.name} is made of {count_text(len(area.lsoas))} small areas (LSOAs), which the "
        "partnership chose.",
        "Change: all measures of all the partnership's own areas are tested together, and the test "
        "allows for the partnership's usual ups and downs.",
    ]
    if area.name in found.overlaps:
        notes.append("It overlaps another of these areas, so they are not to be added up.")
    if any(code == area.code for code, _, _ in found.kept_back):
        notes.append(
            f"{SUPPRESSED}: kept back. {found.rules.why} A few others are left out because they "
            "would give the small ones away."
        )
    if found.edition == "public" and found.rules.said_of_rounding:
        notes.append(found.rules.said_of_rounding)
    names = dict.fromkeys(filter(None, found.per.values()))
    if names:
        notes.append(
            f"Rates are per 1,000 {' or '.join(names)}. Where many come from elsewhere, as in a "
            "town centre, they read high."
        )
    return notes
