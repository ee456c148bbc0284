"""Headline figures: the few numbers that a report opens with."""

from __future__ import annotations

from collections.abc import Sequence

from cspanalysis.findings.finding import MINIMUM_BASE, Change
from cspanalysis.findings.priorities.harm import Harm
from cspanalysis.findings.summary.ranking import ranked
from cspanalysis.findings.wording.numbers import (
    change_limits_text,
    count_text,
    in_period,
    rate_text,
    signed_percent_text,
)
from cspanalysis.findings.wording.phrasing import day_for_day

__all__ = ["change_words", "chosen"]

_USUAL = (
    "all-crime",
    "violence-and-sexual-offences",
    "violence-against-the-person",
    "violence-with-injury",
    "burglary",
    "residential-burglary",
    "anti-social-behaviour",
    "robbery",
)


def chosen(
    changes: Sequence[Change], *, number: int = 4, harm: Harm | None = None
) -> tuple[Change, ...]:
    """Choose the changes to open with: all crime, clear ones, possible ones, usual ones.

    A line without a count in the period is never chosen.
    """
    known = [c for c in changes if c.after is not None]
    usual = {code: place for place, code in enumerate(_USUAL)}
    order = {c.measure.code: place for place, c in enumerate(ranked(known, harm=harm))}
    ordered = sorted(
        known,
        key=lambda c: (
            c.measure.code != "all-crime",
            not c.stands_out,
            not c.possible,
            order[c.measure.code] if c.stands_out or c.possible else 0,
            usual.get(c.measure.code, len(usual)),
            -(c.after or 0),
        ),
    )
    return tuple(ordered[:number])


def change_words(change: Change) -> str:
    """Write the change of a headline figure: its size, its interval and the earlier count.

    Where the earlier count is small, or zero, the counts are all that is said; where it is not
    held, the rate.
    """
    if change.before is None and change.rate is not None:
        return f"{rate_text(change.rate.value)} per {change.rate.per:,} {change.rate.unit}"
    if change.refused or change.before is None:
        return "not comparable"
    since = f"from {count_text(change.before)} {_when(change)}"
    if change.percent_change is None or change.before < MINIMUM_BASE:
        return since
    if change.lower is None or change.upper is None:
        return since
    size = f"{signed_percent_text(change.percent_change)}{day_for_day(change)}"
    return f"{size} ({change_limits_text(change.lower, change.upper)}), {since}"


def _when(change: Change) -> str:
    if change.baseline == change.period.baseline(years=1):
        return "a year earlier"
    return in_period(change.baseline)
