"""What was recorded in one custom area, measure by measure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cspanalysis.blocks.block import Block
from cspanalysis.display.place_table import SUPPRESSED
from cspanalysis.display.prose import table
from cspanalysis.findings.places.custom import CustomAreas
from cspanalysis.findings.wording.numbers import count_text, rate_text, signed_text
from cspanalysis.vocabulary import Area

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["custom_area_table"]

_UNKNOWN = "[x]"


def custom_area_table(found: CustomAreas, area: Area) -> Block:
    """Show counts, change and rate of each measure in a custom area.

    In a public edition small counts read "[c]", and so do others that would give them away; "[x]"
    is what is not known.
    """
    import pandas as pd

    rows = found.of(area)
    hidden = {(m, column) for code, m, column in found.kept_back if code == area.code}
    columns: dict[str, list[str]] = {
        "Measure": [found.measures[str(code)].label for code in rows.index],
        found.baseline.label: [*_counts(rows["before"], hidden)],
        found.period.label: [*_counts(rows["after"], hidden)],
        "Change": [*_changes(rows, hidden)],
        "Rate per 1,000": [*_rates(rows, hidden)],
    }
    return table(
        pd.DataFrame(columns), caption=found.sentence(area).rstrip("."), notes=_notes(found, area)
    )


def _counts(counts: pd.Series, hidden: set[tuple[str, str]]) -> Iterator[str]:
    import pandas as pd

    for measure, count in counts.items():
        lacking = SUPPRESSED if (str(measure), str(counts.name)) in hidden else _UNKNOWN
        yield count_text(int(count)) if pd.notna(count) else lacking


def _changes(rows: pd.DataFrame, hidden: set[tuple[str, str]]) -> Iterator[str]:
    for measure, row in rows.iterrows():
        kept_back = {(str(measure), "before"), (str(measure), "after")} & hidden
        if row["verdict"]:
            yield f"{signed_text(int(row['after'] - row['before']))} {row['verdict']}"
        else:
            yield SUPPRESSED if kept_back else _UNKNOWN


def _rates(rows: pd.DataFrame, hidden: set[tuple[str, str]]) -> Iterator[str]:
    import pandas as pd

    for measure, rate in rows["rate"].items():
        lacking = SUPPRESSED if (str(measure), "after") in hidden else _UNKNOWN
        yield rate_text(float(rate)) if pd.notna(rate) else lacking


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
