"""Held part: the longest part of a period that can be compared where the whole can't."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis.vocabulary import Area, Period

if TYPE_CHECKING:
    from cspanalysis.store import Store

__all__ = ["comparable_part"]


def comparable_part(
    store: Store, area: Area, period: Period, baseline: Period
) -> tuple[Period, Period] | None:
    """Give the longest run of months of a period that is held whole, as is its baseline.

    Returns
    -------
    tuple of Period
        The run and its baseline; the latest of runs that are equally long. None where the whole of
        both is held, where no month is, and where the two are not of the same months of the year.
    """
    pairs = list(zip(period.months, baseline.months, strict=False))
    if len(period.months) != len(baseline.months) or pairs[0][0].month != pairs[0][1].month:
        return None
    months = sorted({*period.months, *baseline.months})
    held = {*store.held.months(area, among=months)} - {*store.held.in_part(area, months)}
    runs: list[list[int]] = [[]]
    for at, pair in enumerate(pairs):
        if held.issuperset(pair):
            runs[-1].append(at)
        else:
            runs.append([])
    longest = max(runs, key=lambda run: (len(run), run))
    if not longest or len(longest) == len(pairs):
        return None
    first, last = pairs[longest[0]], pairs[longest[-1]]
    return Period.of_months(first[0], last[0]), Period.of_months(first[1], last[1])
