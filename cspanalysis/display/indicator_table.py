"""Figures of a period that partners gave."""

from __future__ import annotations

from collections.abc import Sequence

from cspanalysis.blocks.block import Block
from cspanalysis.disclosure.rules import Rules
from cspanalysis.display.place_table import SUPPRESSED
from cspanalysis.display.prose import table
from cspanalysis.findings.indicators import Indicator
from cspanalysis.findings.phrases import counted, sentence
from cspanalysis.findings.words import NOT_APPLICABLE, NOT_AVAILABLE, count_text, rate_text

__all__ = ["indicator_table"]


def indicator_table(found: Sequence[Indicator], *, rules: Rules) -> Block:
    """Show figures that partners gave: each with what it is out of, its status and its source.

    What is kept back is said with the `rules`, by which it was.
    """
    import pandas as pd

    rows = [
        (one.measure.label, _figure(one), _out_of(one), one.status, one.source) for one in found
    ]
    frame = pd.DataFrame(rows, columns=["Indicator", "Figure", "Out of", "Status", "Source"])
    notes = [one.note for one in found if one.note]
    if any(one.kept_back for one in found):
        notes.append(f"{SUPPRESSED}: kept back. {rules.why} Others would give one away.")
    many = sentence(counted(len(found), "figure"))
    return table(frame, caption=f"{many} from partners, {found[0].period.label}", notes=notes)


def _figure(one: Indicator) -> str:
    if one.kept_back:
        return SUPPRESSED
    if one.number is None:
        return NOT_AVAILABLE
    return count_text(one.number) if float(one.number).is_integer() else rate_text(one.number)


def _out_of(one: Indicator) -> str:
    return NOT_APPLICABLE if one.denominator is None else count_text(one.denominator)
