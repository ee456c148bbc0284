"""Say how crime gathers in places: concentration, hot spots, and how well a map foretold it."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from cspanalysis.errors import UsageError
from cspanalysis.methods._inputs import amounts
from cspanalysis.methods._lines import Floats

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = [
    "Concentration",
    "concentration",
    "generalised_gini",
    "gini",
    "hot_spots",
    "prediction_accuracy_index",
]


def gini(counts: Any, *, unbiased: bool = False) -> float:
    """Measure how unequally counts are spread: 0 is evenly, towards 1 all in one place.

    ``G = 2 sum(i x_i) / (N sum(x)) - (N + 1) / N`` over the N places sorted from the smallest
    count up; unbiased ``G N / (N - 1)``.

    Parameters
    ----------
    counts
        One amount a place, zero included; every place counts, also those without crime.
    unbiased
        Correct for the number of places, so that all crime in one of few places gives 1 as well.

    Returns
    -------
    float
        Missing where nothing was counted, and unbiased for a single place.

    Raises
    ------
    ValueError
        If a count is missing or negative.

    References
    ----------
    Bernasco, W. and Steenbeek, W. (2017). More places than crimes: implications for evaluating the
    law of crime concentration at place. Journal of Quantitative Criminology 33, 451-467.

    Examples
    --------
    >>> gini([1, 1, 1, 1]), gini([0, 0, 0, 8]), gini([0, 0, 0, 8], unbiased=True)
    (0.0, 0.75, 1.0)
    """
    found = _places(counts)
    places, total = len(found), found.sum()
    if total == 0 or (unbiased and places == 1):
        return float("nan")
    ranks = np.arange(1, places + 1)
    value = 2 * float(ranks @ found) / (places * total) - (places + 1) / places
    return _not_below_zero(value * (places / (places - 1) if unbiased else 1))


def generalised_gini(counts: Any, *, unbiased: bool = False) -> float:
    """Measure how unequally counts are spread where there may be more places than crimes.

    ``G' = max(1, N/C) (G - 1) + 1`` for N places and C crimes: 0 where the crimes lie in as many
    places as they can. Unbiased ``G' min(N, C) / (min(N, C) - 1)``.

    Parameters
    ----------
    counts
        Whole counts, one a place, zero included.
    unbiased
        Correct for the number of places, or of crimes where these are fewer.

    Returns
    -------
    float
        Missing where nothing was counted, and unbiased for a single place or crime.

    Raises
    ------
    ValueError
        If a count is missing, negative or not whole.

    References
    ----------
    Bernasco and Steenbeek (2017), see `gini`.

    Examples
    --------
    >>> generalised_gini([1, 1, 1, 0, 0, 0, 0, 0, 0, 0])
    0.0
    """
    found = amounts(counts, "counts", whole=True)
    places, crimes = found.size, found.sum()
    fewer = min(places, crimes)
    if crimes == 0 or (unbiased and fewer == 1):
        return float("nan")
    value = max(1.0, places / crimes) * (gini(found) - 1) + 1
    return _not_below_zero(value * (fewer / (fewer - 1) if unbiased else 1))


class Concentration(NamedTuple):
    """Hold how crime gathers: the curve and the few places that hold much of it.

    ``curve`` is the Lorenz curve, the busiest place first: columns ``place_share``,
    ``crime_share``, from 0, 0. ``shares`` has one row a share of crime: ``crime_share``, ``places``
    (fewest that hold it) and ``place_share`` (of all places).
    """

    curve: pd.DataFrame
    shares: pd.DataFrame


def concentration(counts: Any, *, shares: Sequence[float] = (0.25, 0.5)) -> Concentration:
    """Find the share of places that hold 25 % and 50 % of crime, and the Lorenz curve.

    Parameters
    ----------
    counts
        One amount a place, zero included.
    shares
        Shares of crime asked for, above 0 up to 1.

    Returns
    -------
    Concentration
        ``curve`` and ``shares``. Where nothing was counted, crime shares of the curve and the
        places are missing.

    Raises
    ------
    ValueError
        If a count is missing or negative, or a share lies outside 0 to 1.

    References
    ----------
    Weisburd, D. (2015). The law of crime concentration and the criminology of place. Criminology
    53, 133-157.

    Examples
    --------
    >>> concentration([10, 5, 2, 2, 1, 0, 0, 0, 0, 0]).shares["place_share"].tolist()
    [0.1, 0.1]
    """
    found = _places(counts)[::-1]
    if not all(0 < share <= 1 for share in shares):
        raise ValueError(f"shares {tuple(shares)}: write shares of crime above 0 up to 1")
    total = found.sum()
    held = np.r_[0.0, np.cumsum(found)]
    held = held / total if total else np.r_[0.0, np.full(len(found), np.nan)]
    curve = pd.DataFrame(
        {"place_share": np.arange(len(held)) / len(found), "crime_share": held},
    )
    # a share such as 0.3 must be reached by 3 of 10, whatever the last bit of a float says
    needed = [float(np.argmax(held >= share - 1e-12)) if total else np.nan for share in shares]
    rows = pd.DataFrame({"crime_share": list(shares), "places": needed})
    return Concentration(curve, rows.assign(place_share=rows["places"] / len(found)))


def prediction_accuracy_index(observed: Any, predicted: Any, *, size: Any = None) -> pd.DataFrame:
    """Score a map of expected crime against what came, for every number of places chosen.

    Places are taken in the order of predicted density. ``PAI = (share of crime in the chosen
    places) / (share of area they take)``; ``PEI`` is that over the best PAI that the same number
    of places could have had.

    Parameters
    ----------
    observed
        What came, one count a place.
    predicted
        What was expected: counts or any score from 0 up. Ties keep the order given.
    size
        Area or street length of each place; equal sizes by default. With very unequal sizes PEI
        may exceed 1, for the best choice is made place by place.

    Returns
    -------
    pandas.DataFrame
        One row a place in the order chosen, with its position in the input as index: ``observed``,
        ``predicted``, ``size``, ``crime_share``, ``size_share``, ``pai``, ``pei``. Shares, PAI and
        PEI are cumulative, and missing where nothing came.

    Raises
    ------
    ValueError
        If the lengths differ, a value is missing or negative, or a size is zero.

    References
    ----------
    Chainey, S., Tompson, L. and Uhlig, S. (2008). The utility of hotspot mapping for predicting
    spatial patterns of crime. Security Journal 21, 4-28. Wheeler, A. P. and Steenbeek, W. (2021).
    Mapping the risk terrain for crime using machine learning. Journal of Quantitative Criminology
    37, 445-480.

    Examples
    --------
    >>> prediction_accuracy_index([6, 3, 0], [3, 2, 1])["pai"].tolist()
    [2.0, 1.5, 1.0]
    """
    came, expected = amounts(observed, "observed"), amounts(predicted, "predicted")
    sizes = np.ones(came.shape) if size is None else amounts(size, "size")
    if not came.shape == expected.shape == sizes.shape or came.ndim != 1:
        raise ValueError("observed, predicted, size: lengths differ; give one value a place")
    if (sizes == 0).any():
        raise ValueError("size: a place of size 0; leave it out")
    order = np.argsort(-expected / sizes, kind="stable")
    best = np.argsort(-came / sizes, kind="stable")
    crime_share, size_share, pai = _hit_rate(came[order], sizes[order])
    pei = pai / _hit_rate(came[best], sizes[best])[2]
    columns = {"observed": came[order], "predicted": expected[order], "size": sizes[order]}
    columns |= {"crime_share": crime_share, "size_share": size_share, "pai": pai, "pei": pei}
    return pd.DataFrame(columns, index=order)


def hot_spots(
    frame: pd.DataFrame,
    geometry: gpd.GeoSeries | gpd.GeoDataFrame,
    *,
    value: str = "count",
    distance: float | None = None,
    star: bool = True,
    standardise: bool = False,
    false_discovery: float = 0.05,
) -> pd.DataFrame:
    """Find clusters of high and low values: Getis-Ord Gi*, false-discovery adjusted.

    ``z = (sum(w x) - mean(x) sum(w)) / (s sqrt((n sum(w^2) - sum(w)^2) / (n - 1)))`` over a place
    and its neighbours, w = 1, s^2 = mean(x^2) - mean(x)^2; two-sided normal p values, adjusted
    over all places by Benjamini and Hochberg.

    Parameters
    ----------
    frame
        One row a place, its code as index; use rates, not counts, where places differ in size.
    geometry
        Shapes with the same codes as index, in a projected system of coordinates (metres).
    value
        Column of ``frame`` that is looked at.
    distance
        Neighbours are places whose centres lie within so many metres; by default those that share
        a border or a corner.
    star
        Count the place itself among its neighbours (Gi*); off gives Gi.
    standardise
        Let the weights of each place sum to 1.
    false_discovery
        Share of false alarms among the spots that is put up with.

    Returns
    -------
    pandas.DataFrame
        In the order of ``frame``: ``value``, ``z``, ``p_value``, ``p_adjusted``, ``spot`` (``hot``,
        ``cold`` or ``none``). All values alike, or (without ``star``) no neighbour: z is missing.

    Raises
    ------
    ValueError
        If a place has no shape, a value is missing or negative, or there are fewer than three
        places.
    UsageError
        If the packages of the extra ``places`` are not there.

    References
    ----------
    Ord, J. K. and Getis, A. (1995). Local spatial autocorrelation statistics: distributional issues
    and an application. Geographical Analysis 27, 286-306. Computed by esda.
    """
    from scipy import stats

    values = _values_by_place(frame, value)
    shapes = _shapes_of(geometry, frame.index)
    z = _getis_ord(values, shapes, distance=distance, star=star, standardise=standardise)
    p_value = 2 * stats.norm.sf(np.abs(z))
    tested = ~np.isnan(p_value)
    adjusted = np.full(len(z), np.nan)
    adjusted[tested] = stats.false_discovery_control(p_value[tested]) if tested.any() else []
    spot = np.where(adjusted < false_discovery, np.where(z > 0, "hot", "cold"), "none")
    columns = {"value": values, "z": z, "p_value": p_value, "p_adjusted": adjusted, "spot": spot}
    return pd.DataFrame(columns, index=frame.index)


def _getis_ord(
    values: Floats, shapes: Any, *, distance: float | None, star: bool, standardise: bool
) -> Floats:
    if np.ptp(values) == 0:
        return np.full(len(values), np.nan)
    with warnings.catch_warnings(), np.errstate(divide="ignore", invalid="ignore"):
        # what draws no progress bar in a notebook need not say so
        warnings.filterwarnings("ignore", message="IProgress not found")
        try:
            from esda.getisord import G_Local
            from libpysal import weights
        except ImportError as error:
            raise UsageError(
                "hot spots need the extra 'places': pip install 'cspanalysis[places]'"
            ) from error
        # areas of several parts and places alone are ordinary here
        warnings.filterwarnings("ignore", message=".*(not fully connected|island)")
        if distance is None:
            near = weights.Queen.from_dataframe(shapes, use_index=False)
        else:
            centres = np.column_stack([shapes.centroid.x, shapes.centroid.y])
            near = weights.DistanceBand(centres, threshold=distance)
        alone = [] if star else near.islands
        transform = "R" if standardise else "B"
        found = G_Local(values, near, transform=transform, permutations=0, star=star)
    z = np.asarray(found.Zs, dtype=float)
    z[alone] = np.nan
    return z


def _values_by_place(frame: pd.DataFrame, value: str) -> Floats:
    if value not in frame.columns:
        raise ValueError(f"frame: no column '{value}'; it has {list(frame.columns)}")
    if len(frame) < 3 or frame.index.has_duplicates:
        raise ValueError(f"frame: {len(frame)} rows; give at least three places, each once")
    return amounts(frame[value], f"frame, column '{value}'")


def _shapes_of(geometry: Any, codes: pd.Index) -> Any:
    missing = codes.difference(geometry.index)
    if len(missing):
        raise ValueError(f"geometry: no shape for '{missing[0]}' and {len(missing) - 1} others")
    return geometry.loc[codes].geometry.to_frame("geometry").set_geometry("geometry")


def _hit_rate(came: Floats, sizes: Floats) -> tuple[Floats, Floats, Floats]:
    total = came.sum() or np.nan
    crime_share, size_share = np.cumsum(came) / total, np.cumsum(sizes) / sizes.sum()
    return crime_share, size_share, crime_share / size_share


def _places(counts: Any) -> Floats:
    found = amounts(counts, "counts")
    if found.ndim != 1:
        raise ValueError("counts: give one row of counts, one a place")
    return np.sort(found)


def _not_below_zero(value: float) -> float:
    """Cut off the hair below 0 that rounding may leave, and no index of concentration can be."""
    return max(float(value), 0.0)
