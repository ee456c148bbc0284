"""Neighbours: the rate of an area beside those of the other CSPs of its force and the force."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cspanalysis.evidence.figures import Rate
from cspanalysis.evidence.gather import counts_of
from cspanalysis.evidence.noise import period_noise
from cspanalysis.evidence.rates import rate_of
from cspanalysis.findings.finding import Change, Level
from cspanalysis.findings.places.levels import levels
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.area import AreaRegister

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store import Store

__all__ = ["beside_neighbours", "small_areas"]


def beside_neighbours(
    store: Store, *, area: Area, period: Period, measure: Measure, source: str = "police-uk"
) -> tuple[Level, ...]:
    """Set the rate of an area beside those of its force and the CSPs in it, highest first.

    Parameters
    ----------
    source
        Where all their counts come from; see `cspanalysis.evidence.gather.counts_of`.

    Returns
    -------
    tuple of Level
        Areas without counts for the whole period are left out; empty where the area is one of
        them, or is alone.
    """
    rates = dict(_rates(store, area, period, measure, source))
    if area not in rates or len(rates) < 2:
        return ()
    return levels(rates, measure=measure, period=period, emphasis=area)


def small_areas(store: Store, change: Change) -> tuple[pd.Series, pd.Series] | None:
    """Count a change by LSOA, in both of its periods.

    None for a ward or an LSOA, and where a month of either is missing.
    """
    periods = change.baseline, change.period
    if change.area.is_small or not all(store.held.whole(change.area, p) for p in periods):
        return None
    code = change.measure.code
    before, after = (
        store.by_area("lsoa", within=change.area, period=p, measures=[code])[code] for p in periods
    )
    return before, after


def _rates(
    store: Store, area: Area, period: Period, measure: Measure, source: str
) -> Iterator[tuple[Area, tuple[int, Rate]]]:
    if not area.force:
        return
    if area.wider is None and area.kind != "force":  # it is all of its force
        return
    force = Area.named(area.force)
    for other in (*AreaRegister.shipped().within(force), force):
        count = counts_of(store, other, period, source=source).get(measure.code)
        if count is None:
            continue
        if rate := rate_of(
            store,
            other,
            measure,
            count,
            period=period,
            noise=period_noise(store, other, measure, count, period),
        ):
            yield other, (count, rate)
