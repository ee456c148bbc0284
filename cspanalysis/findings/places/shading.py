"""How a map is shaded: by the counts of small areas, or by the rates of wards."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from cspanalysis.findings.places.inside import Inside
from cspanalysis.findings.places.wards import SURE
from cspanalysis.findings.places.where import Where
from cspanalysis.findings.wording.numbers import count_text, rate_text

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Shading", "by_counts", "by_rates", "inside_by_counts"]

_AROUND = (0.75, 1.25, 2.0)
"""Breaks of rates, in times the rate of all wards together."""
_FEWEST, _NAMED = 5, 3
_LACKING = {True: "kept back", False: "not available"}
_SHOWN_OF_ALL = 0.5
"""A map of rates needs so many of the wards to be told."""


@dataclass(frozen=True, kw_only=True)
class Shading:
    """Hold the classes of a map and what is said of it.

    Parameters
    ----------
    classes
        Index LSOA: its class, from 0; missing where it has none.
    labels, numbers
        What each class holds, and how many small areas or wards; last those without a class.
    unit
        What is shaded: "small area" or "ward".
    title, subtitle, column
        What the map says, what is drawn, and the name of the classes in its table.
    named
        The wards that stand on the map by name: code, name, and their number as told.
    whole
        Whether small areas are drawn without borders: the ward is what is shaded.
    """

    classes: pd.Series = field(compare=False)
    labels: Sequence[str]
    numbers: Sequence[int]
    unit: str
    title: str
    subtitle: str
    column: str
    named: Mapping[str, tuple[str, str]]
    whole: bool = False

    @property
    def lacking(self) -> bool:
        """Whether some have no class."""
        return bool(self.classes.isna().any())

    @property
    def steps(self) -> int:
        """Number of the classes, those without one left aside."""
        return len(self.labels) - self.lacking


def by_counts(where: Where) -> Shading:
    """Shade small areas by classes of counts that give nothing away."""
    found, labels = where.classes.value_counts(), where.class_labels()
    numbers = [int(found.get(number, 0)) for number in range(len(labels))]
    missing = int(where.classes.isna().sum())
    return Shading(
        classes=where.classes,
        labels=(*labels, "not available") if missing else labels,
        numbers=[*numbers, missing] if missing else numbers,
        unit="small area",
        title=where.title,
        subtitle=(
            f"{where.measure.label} by small area (LSOA), {where.area.name}, "
            f"{where.period.label}; in brackets, how many areas. Thin lines are {where.part}s."
        ),
        column="Recorded",
        named={code: (name, count_text(n)) for code, (name, n) in where.named.items()},
    )


def inside_by_counts(inside: Inside) -> Shading:
    """Shade the small areas of a ward, and those around it, as the partnership's map does."""
    whole, own = by_counts(inside.where), inside.where.classes[inside.places.index]
    numbers = [int((own == number).sum()) for number in range(whole.steps)]
    return replace(
        whole,
        numbers=[*numbers, int(own.isna().sum())] if whole.lacking else numbers,
        title=inside.title,
        subtitle=(
            f"{inside.where.measure.label} by small area (LSOA), {inside.where.period.label}; in "
            f"brackets, how many of those of {inside.area.name}. The thick line is its border."
        ),
        named=inside.class_names,
    )


def by_rates(where: Where) -> Shading | None:
    """Shade wards by their rates, as the table of wards tells them.

    Those whose counts are kept back, or not known, have no class. None without residents, where
    small areas lie in no ward, or where too few wards are told.
    """
    ranked = where.wards.dropna(subset=["rank"])
    if not where.nested or len(ranked) < max(_FEWEST, _SHOWN_OF_ALL * len(where.wards)):
        return None
    rates = ranked["rate"].astype(float)
    breaks = _breaks(rates, all_together=_together(where, ranked))
    if not breaks:
        return None
    classes = rates.map(lambda rate: bisect_right(breaks, rate)).astype("Int64")
    placed = where.places["ward"].map(classes).astype("Int64")
    numbers = [int((classes == number).sum()) for number in range(len(breaks) + 1)]
    missing, labels = len(where.wards) - len(ranked), _labels(breaks)
    return Shading(
        classes=placed,
        labels=(*labels, _LACKING[where.suppressed]) if placed.isna().any() else labels,
        numbers=[*numbers, missing] if placed.isna().any() else numbers,
        unit="ward",
        title=_title(where, ranked),
        subtitle=f"By ward, {where.period.label}, per 1,000 {where.per} (how many).",
        column=f"Per 1,000 {where.per}",
        named=_first(ranked),
        whole=True,
    )


def _together(where: Where, ranked: pd.DataFrame) -> float:
    """Give the rate of all wards told together."""
    size = where.places.groupby("ward")["denominator"].sum()[ranked.index].astype(float)
    return float(1000 * ranked["after"].astype(float).sum() / size.sum())


def _breaks(rates: pd.Series, *, all_together: float) -> list[float]:
    """Choose round breaks around the rate of all; none at the ends that part nothing."""
    wanted = sorted({float(f"{share * all_together:.2g}") for share in _AROUND})
    least, most = float(rates.min()), float(rates.max())
    return [one for one in wanted if least < one <= most]


def _labels(breaks: Sequence[float]) -> tuple[str, ...]:
    """Name the classes.

    Examples
    --------
    >>> _labels([2.6, 4.4, 7.0])
    ('under 2.6', '2.6 to 4.4', '4.4 to 7', '7 or more')
    """
    inner = (f"{low:g} to {high:g}" for low, high in pairwise(breaks))
    return (f"under {breaks[0]:g}", *inner, f"{breaks[-1]:g} or more")


def _first(ranked: pd.DataFrame) -> dict[str, tuple[str, str]]:
    held = ranked.sort_values(["rank", "name"]).head(_NAMED)
    rows = zip(held.index, held["name"], held["rate"], strict=True)
    return {str(code): (str(name), rate_text(float(rate))) for code, name, rate in rows}


def _title(where: Where, ranked: pd.DataFrame) -> str:
    first = ranked.sort_values(["rank", "name"]).iloc[0]
    if float(first["exceeds"]) >= SURE:
        return f"{first['name']} has the highest rate of {where.measure.phrase}"
    return f"No ward's rate of {where.measure.phrase} is surely above that of all"
