"""Neighbours: the rate of an area beside those of the other CSPs of its force and the force."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cspanalysis.findings.evidence import rate_of
from cspanalysis.findings.finding import Change, Level, Rate
from cspanalysis.findings.levels import levels
from cspanalysis.findings.noise import period_noise
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.area import AreaRegister

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store import Store

__all__ = ["beside_neighbours", "small_areas"]


def beside_neighbours(
    store: Store, *, area: Area, period: Period, measure: Measure
) -> tuple[Level, ...]:
    """Set the rate of an area beside those of its force and the CSPs in it, highest first.

    Returns
    -------
    tuple of Level
        Areas without counts for the whole period are left out; empty where the area is one of
        them, or is alone.
    """
    rates = dict(_rates(store, area, period, measure))
    if area not in rates or len(rates) < 2:
        return ()
    return levels(rates, measure=measure, period=period, emphasis=area)


def small_areas(store: Store, change: Change) -> tuple[pd.Series, pd.Series] | None:
    """Count a change by LSOA, in both of its periods; None for a ward or an LSOA."""
    if change.area.kind in {"ward", "lsoa"}:
        return None
    code = change.measure.code
    before, after = (
        store.by_area("lsoa", within=change.area, period=p, measures=[code])[code]
        for p in (change.baseline, change.period)
    )
    return before, after


def _rates(
    store: Store, area: Area, period: Period, measure: Measure
) -> Iterator[tuple[Area, tuple[int, Rate]]]:
    if not area.force:
        return
    force = Area.named(area.force)
    for other in (*AreaRegister.shipped().within(force), force):
        counts = store.monthly(other, measures=[measure.code], months=period)[measure.code]
        if counts.empty or counts.isna().any():
            continue
        count = int(counts.sum())
        if rate := rate_of(
            store, other, measure, count, noise=period_noise(store, other, measure, count, period)
        ):
            yield other, (count, rate)
