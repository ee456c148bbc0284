"""Hot spots: neighbouring small areas whose rates lie together above what chance gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from cspanalysis.findings.places.where import Where
from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import in_period, number_word
from cspanalysis.findings.wording.sentences import sentence
from cspanalysis.store.outlines import Shape, outlines_of
from cspanalysis.vocabulary import Measure
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["HotSpots", "hot_spots_of", "no_spots", "stayed_sentence"]

FALSE_ALARMS = 0.05
"""Share of false alarms among the hot spots that is put up with."""

HOW_FOUND = "Getis-Ord Gi*, false alarms held to one in 20"
"""How they were found, as it stands in brackets behind a sentence."""

_FEWEST = 50
_EXTRA = ("geopandas", "esda", "libpysal")


@dataclass(frozen=True, slots=True, kw_only=True)
class HotSpots:
    """Hold the small areas that form clusters of high rates.

    Parameters
    ----------
    measure
        What.
    places
        Codes of the small areas.
    wards
        Names of the wards that they lie in, in the order of the alphabet.
    """

    measure: Measure
    places: tuple[str, ...]
    wards: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Say how many there are and where, how they were found, and how sure that is."""
        if not self.places:
            return (
                "No group of neighbouring small areas has rates so high that chance does not "
                f"explain them ({HOW_FOUND})."
            )
        lie = "area lies in a cluster" if len(self.places) == 1 else "areas lie in clusters"
        return (
            f"{sentence(number_word(len(self.places)))} small {lie} of high rates that chance does "
            f"not explain, in {joined(self.wards)} ({HOW_FOUND})."
        )

    def values(self) -> Iterator[Value]:
        """Give its value for machines: how many small areas."""
        yield Value(
            key=f"spots.{self.measure.code}.hot",
            value=len(self.places),
            text=number_word(len(self.places)),
            label=f"{self.measure.label}: small areas in clusters of high rates",
        )


def hot_spots_of(where: Where) -> HotSpots | None:
    """Find clusters of high rates among the small areas of an area.

    Parameters
    ----------
    where
        Counts and residents (or households) of the small areas.

    Returns
    -------
    HotSpots or None
        None where a shape, the denominator or the extra ``places`` is missing, and where fewer
        than 50 were recorded.
    """
    shapes = _shapes(where)
    if shapes is None or not all(map(find_spec, _EXTRA)):
        return None
    hot = _hot(where.places.dropna(subset="after"), "after", shapes)
    return HotSpots(
        measure=where.measure,
        places=tuple(map(str, hot.index)),
        wards=tuple(sorted(set(hot["ward_name"]))),
    )


def stayed_sentence(where: Where, spots: HotSpots) -> str:
    """Say how many of some hot spots were such in the baseline period; empty where not known.

    A place without a count of the baseline period is not among those asked of.
    """
    shapes = _shapes(where)
    before = where.places.dropna(subset="before")
    asked = [place for place in spots.places if place in before.index]
    if shapes is None or not asked or before["before"].sum() < _FEWEST:
        return ""
    earlier = {*map(str, _hot(before, "before", shapes).index)}
    stayed = sum(place in earlier for place in asked)
    when = f"in such clusters {in_period(where.baseline)}"
    if not stayed:
        return f"It was not {when}." if len(asked) == 1 else f"None of them was {when}."
    if stayed == len(asked):
        return f"{'It was' if stayed == 1 else 'All of them were'} {when} as well."
    verb = "was" if stayed == 1 else "were"
    return f"Of these {number_word(len(asked))}, {number_word(stayed)} {verb} {when} as well."


def _hot(places: pd.DataFrame, column: str, shapes: dict[str, Shape]) -> pd.DataFrame:
    """Give the places whose rates lie in clusters of high ones."""
    from cspanalysis.methods import hot_spots

    rates = places[column].astype(float) / places["denominator"].astype(float)
    around = _geometry({str(place): shapes[str(place)] for place in places.index})
    found = hot_spots(rates.to_frame("count"), around, false_discovery=FALSE_ALARMS)
    return places[(found["spot"] == "hot").to_numpy()]


def no_spots(where: Where) -> str:
    """Say that clusters were not looked for because the extra is missing; empty otherwise."""
    if all(map(find_spec, _EXTRA)) or _shapes(where) is None:
        return ""
    return (
        "Clusters of small areas with high rates were not looked for: what that takes is not "
        "installed where this report was made."
    )


def _shapes(where: Where) -> dict[str, Shape] | None:
    """Give the shapes of all small areas; None where clusters can't be looked for."""
    shapes = outlines_of(where.places.index)
    known = len(shapes) == len(where.places) and where.places["denominator"].gt(0).all()
    return shapes if known and where.total >= _FEWEST else None


def _geometry(shapes: dict[str, Shape]) -> gpd.GeoSeries:
    """Set shapes out in metres, on the National Grid."""
    from geopandas import GeoDataFrame

    features = [
        {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": {"type": "MultiPolygon", "coordinates": shape},
        }
        for code, shape in shapes.items()
    ]
    frame = GeoDataFrame.from_features(features, crs=4326).set_index("code")
    return frame.geometry.to_crs(27700)
