"""Where the rates of an area stand among its comparators', one line a measure."""

from __future__ import annotations

from collections.abc import Sequence

from cspanalysis.blocks.block import Block
from cspanalysis.display.prose import table
from cspanalysis.findings.places.comparators import Standing
from cspanalysis.findings.wording.numbers import (
    NOT_AVAILABLE,
    interval_text,
    percent_text,
    rate_text,
)

__all__ = ["standing_table"]

_NOTES = (
    "Rank: 1 is the highest rate. Chance of being the highest, of being in the top three: how "
    "often the area would rank so if the same circumstances gave counts anew, small areas drawn "
    "towards the others.",
    "Middle and range: of the areas compared with, without this one.",
)


def standing_table(found: Sequence[Standing], *, caption: str) -> Block:
    """Show rank, how sure it is, and the middle and range of the others, one line a measure.

    Nothing where there are none.
    """
    import pandas as pd

    if not found:
        return Block("", "")
    alike = len({one.own.rate.denominator for one in found}) == 1
    rows = [
        {
            "Measure": one.own.measure.label,
            "Rate": rate_text(one.own.rate.value),
            **({} if alike else {"Per 1,000": one.own.rate.denominator}),
            "Rank": f"{one.rank} of {len(one.others) + 1}",
            "Highest": _chance(one.first),
            "Top three": _chance(one.top),
            "Middle": rate_text(one.median),
            "Range": interval_text(rate_text(one.lowest), rate_text(one.highest)),
        }
        for one in found
    ]
    per = [f"Rates are per {found[0].own.rate.per:,} {found[0].own.rate.denominator}."] * alike
    return table(pd.DataFrame(rows), caption=caption, notes=[*per, *_NOTES])


def _chance(share: float | None) -> str:
    """Write a chance; what draws cannot tell from never or always is not told as such."""
    if share is None:
        return NOT_AVAILABLE
    if share < 0.01:
        return f"below {percent_text(1)}"
    return f"above {percent_text(99)}" if share > 0.99 else percent_text(round(100 * share))
