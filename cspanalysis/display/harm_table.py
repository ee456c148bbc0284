"""Harm of each measure beside its count, with what the total covers."""

from __future__ import annotations

from cspanalysis.blocks.block import Block
from cspanalysis.display.prose import paragraphs, table
from cspanalysis.display.together import together
from cspanalysis.findings.priorities.harm import Harm
from cspanalysis.findings.wording.numbers import count_text, percent_text
from cspanalysis.vocabulary.measure import MeasureTable

__all__ = ["harm_table"]


def harm_table(harm: Harm | None) -> Block:
    """Show the harm of each measure that has a weight, most harm first.

    Where the gravest offences carry no weight, nothing is ranked: measures stand in their usual
    order, without shares.

    The sentences above the table say which part of the records is weighed; the notes under it
    which weights were used.
    """
    import pandas as pd

    if harm is None:
        return paragraphs("No measure that was counted has a weight of harm.")
    example = "; an example, not an index to publish from" if harm.example else ""
    notes = (
        f"{harm.provenance.method}{example}.",
        *(caveat.text for caveat in harm.caveats if caveat.kind == "police activity"),
    )
    order = MeasureTable.shipped().order
    usual = sorted(harm.lines, key=lambda line: order(line.measure.code))
    lines = usual if harm.graver else harm.lines
    frame = pd.DataFrame(
        {
            "Measure": [line.measure.label for line in lines],
            "Count": [line.count for line in lines],
            f"Weight ({harm.unit})": [line.weight for line in lines],
            f"Harm ({harm.unit})": [line.harm for line in lines],
        }
    )
    if not harm.graver:
        frame["Share of harm"] = [line.share for line in lines]
        frame["Share of counts"] = [line.count_share for line in lines]
    formats = {
        f"Harm ({harm.unit})": count_text,
        "Share of harm": percent_text,
        "Share of counts": percent_text,
    }
    shown = table(frame, caption=_caption(harm), notes=notes, formats=formats)
    return together(paragraphs(*harm.sentences()), shown)


def _caption(harm: Harm) -> str:
    if harm.graver:
        return f"Harm of what can be weighed, not ranked: {harm.area.name}, {harm.period.label}"
    top = harm.lines[0]
    if top.share is None:
        return "Nothing that has a weight of harm was recorded"
    return f"{top.measure.label} leads the harm, with {percent_text(top.share)} of it"
