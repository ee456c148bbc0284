"""Phrasing: several ways to say one thing, chosen the same way every time.

A report of many measures would read like a list if each sentence were cut from one pattern. Which
phrasing is taken hangs on area, period and measure alone, so that the same figures give the same
text; two in a row never share one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from cspanalysis.findings.finding import MINIMUM_BASE, Change
from cspanalysis.findings.wording.numbers import (
    count_text,
    interval_text,
    percent_text,
    size_phrase,
)

__all__ = [
    "choices", "counts_text", "day_for_day", "is_small", "likely_range", "size_text", "told_change",
    "up_or_down",
]  # fmt: skip

_TIMES = 120
"""From this change in percent on, "2.2 times as many" reads better."""

_MOVES = {
    "higher": ("{was} up", "rose", "went up"),
    "lower": ("{was} down", "fell", "went down"),
}


def choices(changes: Sequence[Change], number: int, *, of: str = "") -> list[int]:
    """Choose one of a number of phrasings for each change, never the same twice in a row.

    Parameters
    ----------
    changes
        The changes in the order in which they are told.
    number
        How many phrasings there are, 2 or more.
    of
        What is phrased, so that not all kinds of sentence turn alike.
    """
    found: list[int] = []
    for change in changes:
        key = f"{of} {change.area.code} {change.period} {change.measure.code}"
        turn = hashlib.blake2s(key.encode(), digest_size=4).digest()[0] % number
        if found and turn == found[-1]:
            turn = (turn + 1) % number
        found.append(turn)
    return found


def told_change(change: Change, turn: int) -> str:
    """Tell a clear change in a sentence: direction, size and both counts."""
    was = "were" if change.measure.plural else "was"
    move = _MOVES["higher" if change.verdict == "higher" else "lower"][turn].format(was=was)
    what = f"{change.measure.phrase[:1].upper()}{change.measure.phrase[1:]} {move}"
    days = day_for_day(change)
    if is_small(change):
        comma = "," if days else ""
        return f"{what}{days}{comma} {counts_text(change)}."
    return f"{what} {size_text(change, by=turn > 0, up=turn == 0)}{days}, {counts_text(change)}."


def likely_range(change: Change, *, start: str = "The likely {way} is") -> str:
    """Tell between which limits a clear change lies; nothing where they say nothing.

    Parameters
    ----------
    change
        The change.
    start
        How the sentence begins; "{way}" is the direction, "{measure}" the measure.
    """
    if change.lower is None or change.upper is None:
        return ""
    low, high = (100 * (limit - 1) for limit in (change.lower, change.upper))
    falls = change.verdict in {"lower", "possibly lower"}
    if falls:
        low, high = -high, -low
    limits = percent_text(low), percent_text(high)
    if limits[0] == limits[1] or low < 0:  # the exact test may be surer than its interval
        return ""
    way = "fall" if falls else "rise"
    between = interval_text(*limits).replace(" to ", " and ")
    return f"{start.format(way=way, measure=change.measure.phrase)} between {between}."


def is_small(change: Change) -> bool:
    """Tell whether a change is told by its counts alone: from zero, or from a small number."""
    return change.percent_change is None or (change.before or 0) < MINIMUM_BASE


def size_text(change: Change, *, by: bool = False, up: bool = False) -> str:
    """Write the size of a change after its verb: "48 %", "by about a third", "to 2.2 times".

    With ``up``, after that word, it is "2.2-fold": "up to 2.2 times" would read as "at most".
    """
    percent = change.percent_change or 0.0
    if percent >= _TIMES:
        times = f"{1 + percent / 100:.1f}"
        return f"{times}-fold" if up else f"to {times} times as many"
    size = size_phrase(percent)
    return f"by {size}" if by or size.startswith("about") else size


def counts_text(change: Change) -> str:
    """Write both counts; periods of unequal length are set side by side, not run together."""
    before, after = count_text(change.before), count_text(change.after)
    return f"with {after} against {before}" if change.by_day else f"from {before} to {after}"


def up_or_down(change: Change) -> str:
    """Name the direction of a clear change."""
    return "up" if change.verdict in {"higher", "possibly higher"} else "down"


def day_for_day(change: Change) -> str:
    """Say that a size is by the day where the two periods differ in length, else nothing."""
    return " day for day" if change.by_day else ""
