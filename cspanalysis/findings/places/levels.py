"""Levels: how much of a measure there was in areas set side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cspanalysis.evidence.figures import Rate
from cspanalysis.findings.finding import Change, Level
from cspanalysis.findings.wording.numbers import rate_text
from cspanalysis.vocabulary import Area, Measure, Period

__all__ = ["levels", "levels_subtitle", "levels_title", "no_levels"]


def levels(
    rates: Mapping[Area, tuple[int, Rate]], *, measure: Measure, period: Period, emphasis: Area
) -> tuple[Level, ...]:
    """Set areas side by side, highest rate first.

    Parameters
    ----------
    rates
        Count and rate of each area.
    measure, period
        What and when.
    emphasis
        The area that the assessment is about.
    """
    found = [
        Level(
            measure=measure,
            area=area,
            period=period,
            count=count,
            rate=rate,
            emphasis=area == emphasis,
        )
        for area, (count, rate) in rates.items()
    ]
    return tuple(sorted(found, key=lambda level: -level.rate.value))


def levels_title(found: Sequence[Level]) -> str:
    """Write the title of a comparison of areas: where the area stands against its force.

    Of a force itself, whether the rates of its partnerships differ by more than chance.
    """
    own = next(level for level in found if level.emphasis)
    if own.area.kind == "force":
        return _within_force(own, [level.rate for level in found if level != own])
    what = f"{own.area.name}'s rate of {own.measure.phrase}"
    force = next((level for level in found if level.area.kind == "force"), None)
    if force is None:
        unit = f" {own.rate.unit}" if own.rate.many_come else ""
        return f"{what} was {rate_text(own.rate.value)} per {own.rate.per:,}{unit}"
    if own.rate.lower > force.rate.value:
        return f"{what} was above that of {force.area.name} as a whole"
    if own.rate.upper < force.rate.value:
        return f"{what} was below that of {force.area.name} as a whole"
    return f"{what} was much the same as in {force.area.name} as a whole"


def _within_force(force: Level, rates: Sequence[Rate]) -> str:
    apart = max(rate.lower for rate in rates) > min(rate.upper for rate in rates)
    differ = "differ" if apart else "are much the same"
    return f"Rates of {force.measure.phrase} {differ} among the partnerships of {force.area.name}"


def levels_subtitle(found: Sequence[Level]) -> str:
    """Say what a comparison of areas draws: the rate, its denominator and the period."""
    own = next(level for level in found if level.emphasis)
    return (
        f"{own.measure.label} per {own.rate.per:,} {own.rate.denominator}, "
        f"{own.period.label}. Records without a location are counted to the force alone."
    )


def no_levels(changes: Sequence[Change]) -> str:
    """Say that nothing stands beside the area, or that only the force's change does."""
    if changes and changes[0].area.kind not in {"csp", "force"}:
        return "Partnerships are set beside each other and their force; this area is neither."
    area = changes[0].area if changes else None
    if area and area.force and area.kind == "csp" and not area.wider:
        return f"{area.name} is the whole of its police force area: nothing stands beside it there."
    if area and area.kind == "force":
        return f"There are no figures of the partnerships of {area.name} for this period."
    text = "There are no figures of other areas for this period"
    if any(change.force and change.force.percent_change is not None for change in changes):
        return f"{text} beside the force's change, which stands in the table above."
    return f"{text}."
