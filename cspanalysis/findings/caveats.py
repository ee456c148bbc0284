"""Caveats of a whole report: each said once, with the measures that it bears on."""

from __future__ import annotations

from collections.abc import Sequence

from cspanalysis.findings.finding import Caveat, Change
from cspanalysis.findings.words import joined

__all__ = ["gathered"]


def gathered(changes: Sequence[Change]) -> tuple[Caveat, ...]:
    """Gather the caveats of the lines of a report.

    A caveat that bears on every line is said as it is; another one ends with the names of the
    measures that it bears on. The order is that of the lines.
    """
    holders: dict[Caveat, list[str]] = {}
    for change in changes:
        for caveat in change.caveats:
            holders.setdefault(caveat, []).append(change.measure.phrase)
    everywhere = [c for c, names in holders.items() if len(names) == len(changes)]
    some = [
        Caveat(caveat.kind, f"{caveat.text} This bears on {joined(names)}.")
        for caveat, names in holders.items()
        if caveat not in everywhere
    ]
    return (*everywhere, *some, *_of_rates(changes))


def _of_rates(changes: Sequence[Change]) -> tuple[Caveat, ...]:
    """Name the denominators of the rates: they are not of the period itself."""
    named = sorted({f"{c.rate.per:,} {c.rate.denominator}" for c in changes if c.rate})
    if not named:
        return ()
    return (Caveat("denominator", f"Rates are per {joined(named)}, not of the period itself."),)
