"""Wards by rate and size: which differ by more than their size explains, and the curves for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cspanalysis.findings.places.comparators import FEWEST_FOR_FUNNEL
from cspanalysis.findings.places.where import Where
from cspanalysis.findings.wording.numbers import count_text, number_word
from cspanalysis.findings.wording.sentences import sentence
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["WardFunnel", "ward_funnel"]

_PER = 1000
_SIDES = {"above": "high", "below": "low"}
_MOST_NAMED = 3
_CURVE = 60
"""Sizes for which the curves are worked out."""


@dataclass(frozen=True, kw_only=True)
class WardFunnel:
    """Hold the rates of wards by their size, and the limits that tell which of them differ.

    Parameters
    ----------
    where
        The finding whose counts are told.
    places
        Index code; ``name``, ``size`` (of the denominator), ``rate`` (per 1,000), ``position`` and
        ``beyond`` as `methods.funnel` gives them. Only wards whose count is shown.
    curves
        ``size``, ``centre``, ``lower_95``, ``upper_95``, ``lower_998``, ``upper_998``, the last
        five per 1,000, for sizes up to the largest ward's.
    """

    where: Where
    places: pd.DataFrame = field(compare=False)
    curves: pd.DataFrame = field(compare=False)

    @property
    def title(self) -> str:
        """Say which lie outside the limits: by name where they are few, else how many."""
        parts = f"{count_text(len(self.places))} {self.where.part}s"
        outside = [said for side in _SIDES if (said := self._said(side))]
        if not outside:
            return f"None of {parts} lies outside the limits for its size"
        return sentence(f"{' and '.join(outside)} the limits for their size").rstrip(".")

    def outside(self) -> pd.DataFrame:
        """Give the wards outside the limits, the farthest from the rate of all first."""
        found = self.places[self.places["position"] != "within"]
        centre = float(self.curves["centre"].iloc[0])
        apart = (found["rate"] / centre - 1).abs()
        return found.loc[apart.sort_values(ascending=False).index]

    def _said(self, side: str) -> str:
        found = self.outside()
        names = list(found.loc[found["position"] == _SIDES[side], "name"])
        few = joined(names) if len(names) <= _MOST_NAMED else number_word(len(names))
        return f"{few} {'is' if len(names) == 1 else 'are'} {side}" if names else ""


def ward_funnel(where: Where) -> WardFunnel | None:
    """Place the wards of a finding whose counts are shown; None with few, or without residents.

    Those whose counts pages keep back take no part, in the rate of all neither.
    """
    from cspanalysis.methods import funnel, funnel_limits

    wards = where.wards
    size = where.places.groupby("ward")["denominator"].sum().reindex(wards.index)
    shown = wards["after"].notna() & size.gt(0).fillna(value=False)
    if not where.per or not where.nested or shown.sum() < FEWEST_FOR_FUNNEL:
        return None
    counts, size = wards.loc[shown, "after"].astype(float), size[shown].astype(float)
    if not counts.sum():
        return None
    judged = funnel(counts, size)
    places = judged[["position", "beyond"]].assign(
        name=wards["name"], size=size, rate=_PER * judged["value"]
    )
    return WardFunnel(
        where=where,
        places=places,
        curves=_per_thousand(funnel_limits(counts, size, sizes=_sizes(size))),
    )


def _sizes(size: pd.Series) -> list[float]:
    most, least = float(size.max()) * 1.08, float(size.min()) * 0.7
    return [least + (most - least) * n / (_CURVE - 1) for n in range(_CURVE)]


def _per_thousand(curves: pd.DataFrame) -> pd.DataFrame:
    rates = [name for name in curves.columns if name != "size"]
    return curves.assign(**{name: _PER * curves[name] for name in rates})
