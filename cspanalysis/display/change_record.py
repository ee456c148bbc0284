"""The table of changes as data: raw values, shorthand where there is none, notes by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from cspanalysis.display.recorded_table import Column, Row, table_record
from cspanalysis.findings.finding import MINIMUM_BASE, Change
from cspanalysis.findings.wording.numbers import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    SUPPRESSED,
    TO_BE_CONFIRMED,
)

__all__ = ["NOT_COMPARABLE", "PLACE", "change_record", "outcome_of"]

NOT_COMPARABLE = "not comparable"
PLACE = "The rate among other areas"
"""Head of the column on where rates stand."""
_NO_PERCENTAGE = (
    f"Fewer than {MINIMUM_BASE} in the baseline period: a percentage would mislead; read the "
    "ratio with its interval."
)
_EMPTY = (None, NOT_APPLICABLE, NOT_AVAILABLE)
_Value = Callable[[Change], object]


def change_record(
    changes: Sequence[Change],
    *,
    caption: str,
    notes: Sequence[str] = (),
    places: Mapping[str, str] | None = None,
) -> Mapping[str, Any]:
    """Record changes as a table: a line a measure, columns that no line could fill left out.

    Parameters
    ----------
    changes
        The lines. They share area, period and baseline.
    caption
        What the table shows.
    notes
        Sentences for the whole table; what lines share need not be said at each.
    places
        Where each measure's rate stands among other areas, in words, by code of the measure.
    """
    stands = (Column(PLACE), lambda c: (places or {}).get(c.measure.code))
    kept = [
        (column, value)
        for column, value in [*_columns(changes), stands]
        if any(value(change) not in _EMPTY for change in changes)
    ]
    rows = [Row([value(c) for _, value in kept], _notes(c, set(notes))) for c in changes]
    return table_record(caption, [column for column, _ in kept], rows, notes=notes)


def outcome_of(change: Change) -> str:
    """Say what became of the test of a change: its verdict, or why there is none."""
    if change.status == TO_BE_CONFIRMED and change.verdict is None:
        return TO_BE_CONFIRMED
    return NOT_COMPARABLE if change.refused else change.verdict or "not tested"


def _columns(changes: Sequence[Change]) -> list[tuple[Column, _Value]]:
    first = changes[0]
    force = next((c.force.name for c in changes if c.force), "Force")
    return [
        (Column("Measure"), lambda c: c.measure.label),
        (Column("Group"), lambda c: c.measure.group),
        (Column(f"Count, {first.baseline.label}"), lambda c: _count(c, "before")),
        (Column(f"Count, {first.period.label}"), lambda c: _count(c, "after")),
        (Column("Change"), lambda c: _compared(c, c.change)),
        (Column("Change (%)", 1), _percent),
        (Column(f"{force} change (%)", 1), lambda c: c.force and c.force.percent_change),
        (Column("Ratio of later to earlier count", 2), lambda c: _compared(c, c.ratio)),
        (Column("Ratio, lower 95 % limit", 2), lambda c: _compared(c, c.lower)),
        (Column("Ratio, upper 95 % limit", 2), lambda c: _compared(c, c.upper)),
        (Column("Rate", 1), lambda c: c.rate and c.rate.value),
        (Column("Rate, lower 95 % limit", 1), lambda c: c.rate and c.rate.lower),
        (Column("Rate, upper 95 % limit", 1), lambda c: c.rate and c.rate.upper),
        (Column("Rate per"), lambda c: c.rate and f"{c.rate.per:,} {c.rate.denominator}"),
        (Column("Verdict"), outcome_of),
        (Column("p of the exact test alone"), lambda c: c.exact_p),
        (Column("Smallest rise that would show"), lambda c: c.visible[0]),
        (Column("Smallest fall that would show"), lambda c: c.visible[1]),
    ]


def _count(change: Change, which: Literal["before", "after"]) -> object:
    before = which == "before"
    count, period = (change.before, change.baseline) if before else (change.after, change.period)
    if which in change.kept_back:
        return SUPPRESSED
    if count is None and not change.measure.recorded_in(period):
        return NOT_APPLICABLE
    return NOT_AVAILABLE if count is None else count


def _compared(change: Change, value: float | None) -> object:
    return NOT_APPLICABLE if change.refused else value


def _percent(change: Change) -> object:
    small = change.before is not None and change.before < MINIMUM_BASE
    return NOT_APPLICABLE if small else _compared(change, change.percent_change)


def _notes(change: Change, shared: set[str]) -> list[str]:
    said = [change.refused] if change.refused else []
    said += [caveat.text for caveat in change.caveats]
    if not change.refused and (change.before or 0) < MINIMUM_BASE and change.ratio is not None:
        said.append(_NO_PERCENTAGE)
    return [text for text in dict.fromkeys(said) if text not in shared]
