"""Tables that stand behind changes: why they may have come about, and where they come from."""

from __future__ import annotations

from collections.abc import Sequence

from cspanalysis.display.block import Block
from cspanalysis.display.prose import table
from cspanalysis.findings.finding import Change
from cspanalysis.findings.why import Explanation
from cspanalysis.findings.words import NOT_APPLICABLE, joined

__all__ = ["explanation_table", "source_table"]


def explanation_table(change: Change, found: Sequence[Explanation]) -> Block:
    """Show the competing explanations of a change, each with its evidence."""
    import pandas as pd

    frame = pd.DataFrame(
        [(e.name, e.weight, e.evidence, e.confidence or NOT_APPLICABLE) for e in found],
        columns=["Explanation", "Evidence", "What the figures say", "Confidence"],
    )
    moved = "more" if change.verdict == "higher" else "fewer"
    return table(frame, caption=f"{change.measure.label}: why {moved}?")


def source_table(changes: Sequence[Change]) -> Block:
    """Show where the figures of changes came from and how the changes were tested."""
    import pandas as pd

    tests: dict[tuple[str, str, str], list[str]] = {}
    for change in changes:
        if origin := change.provenance:
            method = origin.method or "None: no comparison is made"
            tests.setdefault((origin.source, origin.vintage, method), []).append(
                change.measure.phrase
            )
    frame = pd.DataFrame(
        [(joined(names), *origin) for origin, names in tests.items()],
        columns=["Measures", "Source", "Vintage", "Test of the change"],
    )
    frame["Measures"] = frame["Measures"].str[:1].str.upper() + frame["Measures"].str[1:]
    return table(frame, caption="Source, vintage and test of every figure")
