"""Rates: counts per resident or per household, with the interval that their noise gives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from cspanalysis.evidence.figures import Rate
from cspanalysis.evidence.visited import with_visitors
from cspanalysis.vocabulary import Area, Measure, Period

if TYPE_CHECKING:
    from cspanalysis.store import Store
    from cspanalysis.store.people import Denominator

__all__ = ["PER", "denominators_of", "rate_of", "rates_of"]

PER = 1000
"""Rates are per so many units of the denominator."""


def rate_of(
    store: Store, area: Area, measure: Measure, count: int, *, period: Period, noise: float
) -> Rate | None:
    """Give the rate of a count in the denominator that the measure names; None without one.

    Residents are those of the year of the period (see `People.denominator`), and the interval
    takes the noise of the count (see `evidence.noise.period_noise`).
    """
    held = denominators_of(store, [area], measure, period)
    return rates_of({area: count}, held, {area: noise}).get(area)


def denominators_of(
    store: Store, areas: Iterable[Area], measure: Measure, period: Period
) -> dict[Area, Denominator]:
    """Give what rates of a measure are per, by area; areas without are left out."""
    if measure.denominator == "none":
        return {}
    held = {
        area: store.people.denominator(area, measure.denominator, period=period) for area in areas
    }
    if measure.denominator == "persons":
        held = {area: with_visitors(store, area, held[area], period) for area in held}
    return {area: denominator for area, denominator in held.items() if denominator.value}


def rates_of(
    counts: Mapping[Area, int],
    denominators: Mapping[Area, Denominator],
    noise: Mapping[Area, float],
) -> dict[Area, Rate]:
    """Give the rates of counts, by area; those without denominator are left out."""
    from cspanalysis.methods import dispersed_interval

    found = {}
    for area in (area for area in counts if area in denominators):
        people = denominators[area]
        lower, upper = dispersed_interval(counts[area], dispersion=noise[area])
        found[area] = Rate(
            value=PER * counts[area] / people.value,
            lower=PER * float(lower) / people.value,
            upper=PER * float(upper) / people.value,
            per=PER,
            denominator=people.label,
        )
    return found
