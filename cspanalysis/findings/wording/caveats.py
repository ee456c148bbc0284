"""Caveats of a whole report: each said once, with the measures that it bears on."""

from __future__ import annotations

from collections.abc import Sequence

from cspanalysis.evidence.figures import MANY_COME, Caveat
from cspanalysis.evidence.visited import MOST_PER_RESIDENTS
from cspanalysis.findings.finding import Change
from cspanalysis.vocabulary.listed import joined

__all__ = ["PUT_BACK", "gathered", "more_come_than_live", "shortfall_in_short"]

PUT_BACK = "With what is missing put back "
"""How the caveat of one line begins that tells the size of a shortfall's effect on it."""


def gathered(changes: Sequence[Change]) -> tuple[Caveat, ...]:
    """Gather the caveats of the lines of a report.

    A caveat that bears on every line is said as it is; another one ends with the names of the
    measures that it bears on. The order is that of the lines. What a shortfall does to each line
    stands in one sentence.
    """
    holders: dict[Caveat, list[str]] = {}
    for change in changes:
        for caveat in change.caveats:
            holders.setdefault(caveat, []).append(change.measure.phrase)
    everywhere = [c for c, names in holders.items() if len(names) == len(changes)]
    some = [
        Caveat(caveat.kind, f"{caveat.text} This bears on {joined(names)}.")
        for caveat, names in holders.items()
        if caveat not in everywhere and caveat.kind != "shortfall"
    ]
    return (*everywhere, *_of_shortfall(changes), *some, *_of_rates(changes))


def _of_shortfall(changes: Sequence[Change]) -> tuple[Caveat, ...]:
    """Say in one sentence how changes would read without what is missing of the files."""
    told = [
        caveat.text.removeprefix(PUT_BACK).replace(" would read ", " ").rstrip(".")
        for change in changes
        for caveat in change.caveats
        if caveat.kind == "shortfall"
    ]
    if not told:
        return ()
    return (
        Caveat(
            "shortfall", f"With what is missing put back changes would read: {'; '.join(told)}."
        ),
    )


def shortfall_in_short(changes: Sequence[Change]) -> str:
    """Say what a shortfall does to the first line that it bears on, and that it does so to others.

    Empty where it bears on none. The whole stands among the caveats of the report.
    """
    told = [v.text for c in changes for v in c.caveats if v.kind == "shortfall"]
    if not told:
        return ""
    others = "" if len(told) == 1 else "; so would others, as the caveats of this report say"
    return f"{told[0].rstrip('.')}{others}."


def _of_rates(changes: Sequence[Change]) -> tuple[Caveat, ...]:
    """Name the denominators that are not of the period itself, and who come besides residents."""
    rates = [c.rate for c in changes if c.rate and not c.rate.of(c.period)]
    named = sorted({f"{r.per:,} {r.denominator.replace(f' ({MANY_COME})', '')}" for r in rates})
    told = [f"Rates are per {joined(named)}, not of the period itself."] if named else []
    if any(map(more_come_than_live, changes)):
        told.append(
            f"More than {MOST_PER_RESIDENTS} crimes a year per 1,000 residents are recorded here: "
            "many more people come here than live here. Such rates do not tell how likely anyone "
            "is to suffer a crime, and do not compare with those of other areas."
        )
    return (Caveat("denominator", " ".join(told)),) if told else ()


def more_come_than_live(change: Change) -> bool:
    """Tell whether a rate per resident, taken for a year, is above what residents explain."""
    if change.rate is None or change.measure.denominator != "persons":
        return False
    if change.rate.many_come:
        return True
    yearly = change.rate.value * 365.25 / change.period.days
    return max(yearly, change.rate.value) > MOST_PER_RESIDENTS
