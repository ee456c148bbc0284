"""Gradient: how a rate climbs from the least to the most deprived small areas of an area."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cspanalysis.findings.places.where import Where
from cspanalysis.findings.wording.numbers import (
    MINUS,
    count_text,
    in_period,
    interval_text,
    rate_text,
)
from cspanalysis.findings.wording.sentences import sentence
from cspanalysis.vocabulary import Measure, Period

if TYPE_CHECKING:
    from cspanalysis.store import Store

__all__ = ["Gradient", "gradient_of"]

_FEWEST = 50
"""With fewer records a slope over small areas says little."""

_FEWEST_PLACES = 20
_KNOWN = 0.9
"""Share of the small areas whose counts must be known; others were divided since."""
_ALPHA = 0.05
_OLDER = "Welsh Index of Multiple Deprivation 2019"


@dataclass(frozen=True, kw_only=True)
class Gradient:
    """Hold the slope of a rate over deprivation.

    Parameters
    ----------
    measure, area_name, period
        What, where and when.
    slope, lower, upper
        Rate at the most deprived end of a line through the small areas less that at the least
        deprived, per 1,000 residents, with its 95 % interval (see `methods.slope_index`).
    relative
        The one rate over the other; None where the line reaches 0.
    p_value
        Of no slope.
    known, places
        Small areas that have counts and a rank, and all of them.
    older
        Whether ranks are of small areas as they were before 2021, as in Wales.
    """

    measure: Measure
    area_name: str
    period: Period
    slope: float
    lower: float
    upper: float
    relative: float | None
    p_value: float
    known: int
    places: int
    older: bool = False

    @property
    def sentence(self) -> str:
        """Say how the rate goes with deprivation, as far as chance does not explain it."""
        what = f"the rate of {self.measure.phrase} {in_period(self.period)}"
        if self.p_value >= _ALPHA:
            return (
                f"{sentence(what)} does not clearly go with how deprived the small areas of "
                f"{self.area_name} are (slope index of inequality {_signed(self.slope)} per 1,000 "
                f"residents, {self._limits}). {self._covers}".rstrip()
            )
        way = "climbs" if self.slope > 0 else "falls"
        ratio = f", {rate_text(self.relative)} times" if self.relative else ""
        return (
            f"{sentence(what)} {way} from the least to the most deprived small areas of "
            f"{self.area_name}, by {rate_text(abs(self.slope))} per 1,000 residents{ratio} (slope "
            f"index of inequality {_signed(self.slope)}, {self._limits}). {self._covers}"
            "This tells of places, not of their residents."
        )

    @property
    def _covers(self) -> str:
        index = f"Ranks are of the {_OLDER}. " if self.older else ""
        if self.known == self.places:
            return index
        have = "counts, were not divided in 2021" if self.older else "counts"
        return (
            f"{index}Of {count_text(self.places)} small areas {count_text(self.known)} have {have} "
            "and take part. "
        )

    @property
    def _limits(self) -> str:
        return f"95 % interval {interval_text(_signed(self.lower), _signed(self.upper))}"


def _signed(rate: float) -> str:
    return rate_text(rate) if rate >= 0 else f"{MINUS}{rate_text(-rate)}"


def gradient_of(store: Store, where: Where) -> Gradient | None:
    """Find how the rate of a measure goes with deprivation over small areas.

    Returns
    -------
    Gradient or None
        None where the counts or ranks of more than a tenth of the small areas are missing, and
        where there are fewer than 50 records or 20 small areas. In Wales ranks are of the small
        areas of 2011; those that were divided or joined since have none.
    """
    from cspanalysis.methods import slope_index

    index = store.people.deprivation(where.area)
    counts = where.places["after"].dropna()
    older = index.empty
    if older:
        index = store.people.deprivation(where.area, year=2019)
        counts = counts[counts.index.isin(index.index)]
    known = len(counts) >= _KNOWN * len(where.places) and counts.index.isin(index.index).all()
    people, _ = store.people.residents_of_small_areas(where.area, period=where.period)
    if where.total < _FEWEST or len(counts) < _FEWEST_PLACES or not known:
        return None
    living = people.reindex(counts.index)
    if living.isna().any() or not living.gt(0).all():
        return None
    rank = index["rank"].reindex(counts.index)
    found = slope_index(counts.to_numpy(dtype=float), living.to_numpy(dtype=float), rank.to_numpy())
    relative = float(found["relative"])
    return Gradient(
        measure=where.measure,
        area_name=where.area.name,
        period=where.period,
        slope=float(found["slope"]),
        lower=float(found["lower"]),
        upper=float(found["upper"]),
        relative=None if math.isnan(relative) else relative,
        p_value=float(found["p_value"]),
        known=len(counts),
        places=len(where.places),
        older=older,
    )
