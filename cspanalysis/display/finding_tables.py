"""Tables that stand behind changes: why they may have come about, and where they come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cspanalysis.blocks.block import Block
from cspanalysis.display.prose import bullets, paragraphs, table
from cspanalysis.display.together import together
from cspanalysis.findings.changes.why import Explanation
from cspanalysis.findings.finding import Change
from cspanalysis.findings.wording.numbers import day_text, probability_text
from cspanalysis.vocabulary.listed import joined

__all__ = ["explanation_table", "source_table"]


def explanation_table(found: Mapping[Change, Sequence[Explanation]]) -> Block:
    """Show the competing explanations of changes, each with its evidence.

    What only people can judge is listed once under the table, for all of the changes; a single
    change is named by the caption.
    """
    import pandas as pd

    computed = [
        (change.measure.label, e.name, e.weight, e.evidence, e.confidence)
        for change, explanations in found.items()
        for e in explanations
        if e.confidence
    ]
    frame = pd.DataFrame(
        computed,
        columns=["Measure", "Explanation", "Evidence", "What the figures say", "Confidence"],
    )
    about, opening = "the clear changes", "Left for people to judge, for each of them:"
    if len(found) == 1:
        (change,) = found
        about, opening = f"the change in {change.measure.phrase}", "Left for people to judge:"
        frame = frame.drop(columns="Measure")
    left = [e for explanations in found.values() for e in explanations if not e.confidence]
    open_questions = dict.fromkeys(f"{e.name}. {e.evidence}" for e in left)
    return together(
        table(frame, caption=f"What may explain {about}, and what speaks for or against it"),
        paragraphs(opening),
        bullets(*open_questions),
    )


def source_table(changes: Sequence[Change]) -> Block:
    """Show where the figures of changes came from and how the changes were tested.

    Where the noise is borrowed, the p of the plain exact test stands below.
    """
    import pandas as pd

    tests: dict[tuple[str, str, str], list[str]] = {}
    for change in changes:
        if origin := change.provenance:
            method = origin.method or "None: no comparison is made"
            tests.setdefault((origin.source, day_text(origin.vintage), method), []).append(
                change.measure.phrase
            )
    frame = pd.DataFrame(
        [(joined(names), *origin) for origin, names in tests.items()],
        columns=["Measures", "Source", "Vintage", "Test of the change"],
    )
    frame["Measures"] = frame["Measures"].str[:1].str.upper() + frame["Measures"].str[1:]
    plain = [
        f"{change.measure.phrase} {probability_text(change.exact_p)}"
        for change in changes
        if change.exact_p is not None and not change.refused and not change.kept_back
    ]
    note = (
        "p of the exact test alone, which takes counts to vary no more than pure chance makes "
        f"them: {joined(plain)}. Real counts vary more, so no word rests on these."
    )
    caption = "Source, vintage and test of every figure"
    return table(frame, caption=caption, notes=[note] if plain else [])
