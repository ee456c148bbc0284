"""How evidence is to be read: what bears on all its lines, and what the whole force did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from cspanalysis.evidence.comparability import Comparison
from cspanalysis.evidence.figures import Caveat
from cspanalysis.evidence.gather import Evidence, gather
from cspanalysis.evidence.noise import noise_of_lines
from cspanalysis.findings.changes.force_moves import with_moves
from cspanalysis.findings.changes.shortfalls import shortfall_caveats
from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import in_period, percent_text
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.grounds import added_up

if TYPE_CHECKING:
    from cspanalysis.store import Store

__all__ = ["location_values", "read"]


def read(store: Store, *, area: Area, period: Period, baseline: Period) -> Evidence:
    """Gather the figures of an area, with what bears on how they are read.

    Counts by month get the caveats of all their lines, and what moved in the whole force is
    judged. Tables come as their publisher made them: nothing is added.

    Raises
    ------
    StoreError
        If the store holds no figures of this area and period; see `gather`.
    """
    evidence = gather(store, area=area, period=period, baseline=baseline)
    if evidence.kind != "counts":
        return evidence
    held = evidence.comparison
    caveats = (
        *shortfall_caveats(held.shortfall),
        *_ground_caveats(held),
        *_season_caveats(held),
        *_history_caveats(evidence),
        *_location_caveats(held, evidence.located),
    )
    force = with_moves(
        evidence.force,
        store,
        area,
        period=period,
        baseline=baseline,
        noise=noise_of_lines(store, area, period, baseline),
    )
    return replace(evidence, comparison=replace(held, caveats=caveats), force=force)


def _ground_caveats(comparison: Comparison) -> tuple[Caveat, ...]:
    """Say where an area is younger than what is told of it."""
    begun = min(comparison.baseline.start, comparison.period.start)
    told = added_up(comparison.area, begun)
    return (Caveat("break", told),) if told else ()


def _season_caveats(comparison: Comparison) -> tuple[Caveat, ...]:
    seasons = [sorted(m.month for m in p.months) for p in (comparison.baseline, comparison.period)]
    if seasons[0] == seasons[1] or all(len(set(months)) == 12 for months in seasons):
        return ()
    text = (
        f"The baseline period, {comparison.baseline.label}, does not hold the same months of the "
        "year, so the season may explain a difference."
    )
    return (Caveat("season", text),)


def _history_caveats(evidence: Evidence) -> tuple[Caveat, ...]:
    if not all(line.borrowed for line in evidence.lines):
        return ()
    text = (
        "There are too few months of history (24 are needed) to know the usual ups and downs of "
        "these counts. How much they vary is borrowed from other areas, so a change is called "
        "possible at most."
    )
    return (Caveat("history", text),)


def _location_caveats(
    comparison: Comparison, located: tuple[float, float] | None
) -> tuple[Caveat, ...]:
    """Say how many of the force's records carry no location, and what that does to a change."""
    if located is None or min(located) == 1:
        return ()
    before, after = (percent_text(100 * (1 - share)) for share in located)
    text = (
        f"{after} of the force's records {in_period(comparison.period)} carry no location, "
        f"against {before} {in_period(comparison.baseline)}. They can't be counted to "
        f"{comparison.area.name}, so its counts run low. {_shift_text(located[0] / located[1])}"
    )
    return (Caveat("location", text),)


def location_values(comparison: Comparison, located: tuple[float, float] | None) -> Iterator[Value]:
    """Give what the caveat on records without a location says in numbers; nothing without one."""
    if located is None or min(located) == 1:
        return
    for name, share, period in (
        ("without", located[1], comparison.period),
        ("baseline_without", located[0], comparison.baseline),
    ):
        yield _percent_value(
            f"location.{name}", 1 - share, f"Records of the force without location, {period.label}"
        )
    label = "How much changes would read by, allowing for records without location"
    yield _percent_value("location.shift", located[0] / located[1] - 1, label)


def _percent_value(key: str, part: float, label: str) -> Value:
    return Value(key=key, value=100 * part, text=percent_text(100 * part), unit="%", label=label)


def _shift_text(ratio: float) -> str:
    """Say how a change would read if every record carried a location."""
    shift = percent_text(abs(100 * (ratio - 1)))
    if shift == percent_text(0):
        return "The share is the same in both, so changes read as they are."
    way = "higher" if ratio > 1 else "lower"
    points = shift.rstrip("%").strip()
    unit = "percentage point" if points == "1" else "percentage points"
    return f"Allowing for that, changes would read about {points} {unit} {way}."
