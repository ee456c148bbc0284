"""What only a report to a committee shows: its head, its costs, figures that partners gave."""

from __future__ import annotations

from collections.abc import Sequence

from cspanalysis.blocks.block import Block, element
from cspanalysis.disclosure.rules import Rules
from cspanalysis.display.prose import table
from cspanalysis.findings.wording.numbers import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    SUPPRESSED,
    count_text,
    interval_text,
    percent_text,
)
from cspanalysis.findings.wording.sentences import pounds_text
from cspanalysis.findings.work.costs import Costs
from cspanalysis.findings.work.supplied import Supplied, supplied_title
from cspanalysis.vocabulary.listed import joined

__all__ = ["cost_table", "lettered", "supplied_table"]


def lettered(items: Sequence[str]) -> Block:
    """Show texts as a list counted by letters, so that minutes can cite them."""
    listed = element("ol", *(element("li", item) for item in items), type="a")
    lines = (f"{chr(ord('a') + place)}. {item}" for place, item in enumerate(items))
    return Block(element("div", listed, class_="prose"), "\n".join(lines))


def cost_table(costs: Costs) -> Block:
    """Show what is to be paid, year by year, and whether there is money for it."""
    import pandas as pd

    rows = [
        (line.year, pounds_text(line.cost), line.sufficient or NOT_AVAILABLE, line.kind or "")
        for line in costs.lines
    ]
    head = ["Year", "Cost, or saving if below zero", "Is there sufficient funding?"]
    frame = pd.DataFrame(rows, columns=[*head, "Revenue or capital"])
    kept = frame if frame["Revenue or capital"].any() else frame[head]
    return table(kept, caption=costs.title)


def supplied_table(found: Sequence[Supplied], *, on: str = "") -> Block:
    """Show figures that partners gave: how many, of how many, the share with its interval."""
    import pandas as pd

    rows = [(_name(one), _number(one), _of(one), _share(one)) for one in found]
    frame = pd.DataFrame(rows, columns=["Figure", "Number", "Of", "Share (95 % interval)"])
    sources = list(dict.fromkeys(one.figure.source for one in found))
    notes = [one.figure.note for one in found if one.figure.note]
    hidden = {one.figure.kept_back for one in found} - {None}
    notes += [f"{SUPPRESSED}: kept back. {Rules(n).why}" for n in sorted(filter(None, hidden))]
    kept = frame if any(o.figure.of or o.share for o in found) else frame[["Figure", "Number"]]
    return table(
        kept, caption=supplied_title(found, on=on), notes=[*notes, f"Source: {joined(sources)}."]
    )


def _name(one: Supplied) -> str:
    when = f", {one.figure.months.label}" if one.figure.months else ""
    return f"{one.figure.what[:1].upper()}{one.figure.what[1:]}{when}"


def _number(one: Supplied) -> str:
    if one.figure.kept_back:
        return SUPPRESSED
    about = "about " if one.is_about else ""
    return f"{about}{count_text(one.number)}"


def _of(one: Supplied) -> str:
    few = one.figure.kept_back and one.figure.of is None
    return SUPPRESSED if few else count_text(one.figure.of)


def _share(one: Supplied) -> str:
    if one.share is None:
        return SUPPRESSED if one.figure.kept_back else NOT_APPLICABLE
    if one.lower is None or one.upper is None:
        return percent_text(one.share)
    limits = interval_text(percent_text(one.lower), percent_text(one.upper))
    return f"{percent_text(one.share)} ({limits})"
