"""Figures of a period that partners gave."""

from __future__ import annotations

from collections.abc import Sequence

from cspanalysis.blocks.block import Block
from cspanalysis.disclosure.rules import Rules
from cspanalysis.display.prose import table
from cspanalysis.findings.changes.indicators import Indicator
from cspanalysis.findings.wording.numbers import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    SUPPRESSED,
    count_text,
    rate_text,
)
from cspanalysis.findings.wording.sentences import counted, sentence
from cspanalysis.vocabulary.listed import joined

__all__ = ["indicator_table"]


def indicator_table(found: Sequence[Indicator], *, rules: Rules) -> Block:
    """Show figures that partners gave, each beside the last earlier one of the same months.

    Columns that would say nothing are left out; what is kept back is said with the `rules`, by
    which it was.
    """
    import pandas as pd

    columns = {
        "Indicator": [one.measure.label for one in found],
        "Period": [one.period.label for one in found],
        "Figure": [_figure(one) for one in found],
        "Before": [_before(one) for one in found],
        "Change": [_change(one) for one in found],
        "Out of": [_out_of(one) for one in found],
        "Status": [one.status for one in found],
        "Source": [one.source for one in found],
    }
    tested = any(one.change is not None for one in found)
    hidden = set() if tested else {"Before", "Change"}
    hidden |= {"Period"} if not any(one.part for one in found) else set()
    hidden |= {"Out of"} if not any(one.denominator for one in found) else set()
    frame = pd.DataFrame({name: cells for name, cells in columns.items() if name not in hidden})
    notes = [one.note for one in found if one.note]
    notes += [v.text for one in found if one.change for v in one.change.caveats if v.kind == "note"]
    if any(one.kept_back for one in found):
        notes.append(f"{SUPPRESSED}: kept back. {rules.why} Others would give one away.")
    many = sentence(counted(len(found), "figure"))
    spans = list(dict.fromkeys(one.period.label for one in sorted(found, key=lambda o: o.period)))
    caption = f"{many} from partners, {joined(spans)}"
    return table(frame, caption=caption, notes=list(dict.fromkeys(notes)))


def _figure(one: Indicator) -> str:
    if one.kept_back:
        return SUPPRESSED
    if one.number is None:
        return NOT_AVAILABLE
    return count_text(one.number) if float(one.number).is_integer() else rate_text(one.number)


def _before(one: Indicator) -> str:
    if one.change is None:
        return NOT_AVAILABLE
    return f"{count_text(one.change.before)} ({one.change.baseline.label})"


def _change(one: Indicator) -> str:
    """Word the change as it stands out, or say that chance may have made it."""
    if one.change is None or one.change.verdict is None:
        return NOT_AVAILABLE
    return one.change.verdict


def _out_of(one: Indicator) -> str:
    return NOT_APPLICABLE if one.denominator is None else count_text(one.denominator)
