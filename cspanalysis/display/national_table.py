"""Where the rates of an area stand among all others, one line a measure."""

from __future__ import annotations

from cspanalysis.blocks.block import Block
from cspanalysis.display.prose import table
from cspanalysis.evidence.rates import PER
from cspanalysis.findings.places.national import National, NationalLine
from cspanalysis.findings.wording.numbers import (
    NOT_AVAILABLE,
    count_text,
    interval_text,
    percent_text,
    rate_text,
)
from cspanalysis.vocabulary.listed import joined

__all__ = ["national_table"]


_SMALL = 0.01
_RANKS = (
    "Rank: 1 is the highest rate. Between: the ranks that chance leaves open (95 %), small areas "
    "drawn towards the others."
)
_FIRST = (
    "Highest: how often the area would have the highest rate if the same circumstances gave "
    "counts anew."
)
_NEVER_FIRST = "The chance that its rate is the highest of all is below 1 % for every measure."


def national_table(found: National, *, caption: str) -> Block:
    """Show level, rank and the rates of similar and wider areas, one line a measure."""
    import pandas as pd

    notes = [_per(found), *found.remarks]
    if found.held:
        notes.insert(1, f"{_RANKS} {_FIRST if _can_be_first(found) else _NEVER_FIRST}")
    rows = [_row(found, line) for line in found.lines]
    return table(pd.DataFrame(rows), caption=caption, notes=notes)


def _per(found: National) -> str:
    """Say what rates are per, and of which measures they are per another thing."""
    main = found.leading.per
    others: dict[str, list[str]] = {}
    for line in found.lines:
        if line.per != main:
            others.setdefault(line.per, []).append(line.measure.phrase)
    told = [f"those of {joined(names)} per {PER:,} {per}" for per, names in others.items()]
    return f"{'; '.join([f'Rates are per {PER:,} {main}', *told])}."


def _can_be_first(found: National) -> bool:
    return any(line.first is not None and line.first >= _SMALL for line in found.lines)


def _row(found: National, line: NationalLine) -> dict[str, str]:
    own = line.own
    row = {"Measure": line.measure.label}
    if found.held:
        ranks = (line.rank_lower, line.rank_upper)
        row |= {
            "Count": count_text(own.count) if own else NOT_AVAILABLE,
            "Rate": rate_text(own.rate.value) if own else NOT_AVAILABLE,
            found.rank_title: found.rank_text(line),
            "Between": interval_text(*map(str, ranks)) if None not in ranks else NOT_AVAILABLE,
        }
        if _can_be_first(found):
            row["Highest"] = _chance(line.first)
    if any(each.similar for each in found.lines):
        near = line.similar
        spread = (rate_text(near.lowest), rate_text(near.highest)) if near else None
        row["Similar areas, middle"] = rate_text(near.median) if near else NOT_AVAILABLE
        row["Similar areas, range"] = interval_text(*spread) if spread else NOT_AVAILABLE
    held = {one.area: rate_text(one.rate) for one in line.wider}
    for one in found.leading.wider:
        row[one.area.label] = held.get(one.area, NOT_AVAILABLE)
    return row


def _chance(share: float | None) -> str:
    """Write a chance; what draws cannot tell from never or always is not told as such."""
    if share is None:
        return NOT_AVAILABLE
    if share < _SMALL:
        return f"below {percent_text(1)}"
    return f"above {percent_text(99)}" if share > 0.99 else percent_text(round(100 * share))
