"""Peers: where an area stands among others, and which others are most like it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from cspanalysis.methods._lines import Floats, Values, align

__all__ = [
    "nearest",
    "peer_summary",
    "position",
    "rank",
    "rank_chances",
    "rank_interval",
    "shrunken_rates",
]


def rank(values: Values, *, highest_first: bool = True) -> Any:
    """Rank values from 1; equal values share the better rank.

    Parameters
    ----------
    values
        One value an area; a missing value has no rank and does not count.
    highest_first
        Whether the highest value has rank 1.

    Returns
    -------
    number, array or Series
        Ranks in the form of the values.

    Examples
    --------
    >>> rank([3.0, 9.0, 9.0, 1.0]).tolist()
    [3.0, 1.0, 1.0, 4.0]
    """
    lines = align(values=values)
    ranks = pd.Series(lines.arrays[0]).rank(method="min", ascending=not highest_first)
    return lines.give(ranks.to_numpy(dtype=np.float64))


def peer_summary(values: Values) -> dict[str, float]:
    """Give the middle and the spread of peers' values.

    Parameters
    ----------
    values
        One value a peer; missing values are left out.

    Returns
    -------
    dict
        ``n`` (peers with a value), ``lowest``, ``lower_quartile``, ``median``, ``upper_quartile``,
        ``highest``, ``interquartile_range``. Quartiles interpolate linearly between values (type 7
        of Hyndman and Fan 1996). Without any value all but ``n`` are missing.

    Examples
    --------
    >>> peer_summary([1, 2, 3, 4, 10])["median"]
    3.0
    """
    (known,) = align(values=values).arrays
    known = known[~np.isnan(known)]
    points = np.quantile(known, [0, 0.25, 0.5, 0.75, 1]) if len(known) else np.full(5, np.nan)
    names = ("lowest", "lower_quartile", "median", "upper_quartile", "highest")
    summary = dict(zip(names, points.tolist(), strict=True))
    spread = summary["upper_quartile"] - summary["lower_quartile"]
    return {"n": float(len(known)), **summary, "interquartile_range": spread}


def position(values: pd.Series, area: str, *, highest_first: bool = True) -> dict[str, Any]:
    """Place one area among its peers.

    Parameters
    ----------
    values
        One value an area, by area, the area itself among them.
    area
        Label of the area in the index.
    highest_first
        Whether the highest value has rank 1.

    Returns
    -------
    dict
        ``value``; ``rank`` among all areas with a value, and ``of``, their number; the peers'
        summary without the area (see `peer_summary`), where ``n`` counts them; ``ratio`` of the
        value to the peers' median (missing where that is 0); ``place``: ``"above"`` or ``"below"``
        the peers' interquartile range, strictly, else ``"within"``. Where the area has no value,
        or there are no peers, what can't be said is missing (``place`` is None).

    Raises
    ------
    ValueError
        The area is not in the index, or not once.

    Examples
    --------
    >>> rates = pd.Series({"Luton": 9.0, "Bedford": 7.0, "Slough": 8.0, "Reading": 6.0})
    >>> place = position(rates, "Luton")
    >>> place["rank"], place["of"], place["median"], place["place"]
    (1.0, 4, 7.0, 'above')
    """
    _check_area(values.index, area)
    value = float(align(values=values[values.index == area]).arrays[0][0])
    peers = peer_summary(values.drop(area))
    median, low, high = (peers[name] for name in ("median", "lower_quartile", "upper_quartile"))
    known = not np.isnan(value + median)
    place = "above" if value > high else "below" if value < low else "within"
    return {
        "value": value,
        "rank": float(rank(values, highest_first=highest_first)[area]),
        "of": int(values.notna().sum()),
        **peers,
        "ratio": value / median if known and median != 0 else np.nan,
        "place": place if known else None,
    }


def rank_chances(
    counts: Values,
    denominators: Values,
    *,
    noise: float = 1.0,
    top: int = 3,
    draws: int = 10_000,
    seed: int = 0,
) -> pd.DataFrame:
    """Tell how often each area's rate would be the highest, or among the highest few.

    Rates are taken as draws from one gamma distribution, whose mean m is the rate of all areas
    together and whose variance A is what exceeds chance: the variance of the rates, weighted by
    denominators, less V m over the mean denominator (Marshall's moments; at least a millionth of
    m squared). A count O of n, of noise V, leaves a rate the gamma distribution of shape
    ``m^2/A + O/V`` and rate ``m/A + n/V``, so that small areas are drawn towards the others; ranks
    are of draws from these.

    Parameters
    ----------
    counts, denominators
        One an area; areas where either is missing, or the denominator is 0, have no chance.
    noise
        V, the variance of a count over its mean; 1 for a Poisson count.
    top
        How many ranks count as the top.
    draws, seed
        Number of draws and where they start: the same seed gives the same answer.

    Returns
    -------
    pandas.DataFrame
        One row an area: ``first`` and ``top``, shares of draws.

    Raises
    ------
    ValueError
        The noise is below 1, or ``top`` or ``draws`` is.

    References
    ----------
    Marshall (1991), Mapping disease and mortality rates using empirical Bayes estimators, Applied
    Statistics 40; Goldstein and Spiegelhalter (1996), League tables and their limitations,
    J. R. Statist. Soc. A 159.

    Examples
    --------
    >>> areas = pd.Series({"Luton": 400, "Bedford": 200, "Slough": 205})
    >>> rank_chances(areas, 100_000, top=1)["first"].round(2).to_dict()
    {'Luton': 1.0, 'Bedford': 0.0, 'Slough': 0.0}
    """
    if noise < 1 or top < 1 or draws < 1:
        raise ValueError(f"noise, top and draws: {noise}, {top}, {draws}; give 1 or more")
    lines = align(counts=counts, denominators=denominators)
    number, people = lines.arrays
    known = ~np.isnan(number) & (people > 0)
    found = {name: np.full(len(number), np.nan) for name in ("first", "top")}
    if known.any() and number[known].sum() > 0:
        shape, scale = _posterior(number[known], people[known], noise)
        drawn = np.random.default_rng(seed).gamma(shape, scale, (draws, len(shape)))
        for name, few in (("first", 1), ("top", min(top, len(shape)))):
            ahead = np.argpartition(-drawn, few - 1, axis=1)[:, :few]
            found[name][known] = np.bincount(ahead.ravel(), minlength=len(shape)) / draws
    return lines.frame(found)


def rank_interval(
    counts: pd.Series,
    denominators: pd.Series,
    area: str,
    *,
    noise: float = 1.0,
    draws: int = 2_000,
    seed: int = 0,
) -> dict[str, float]:
    """Tell between which ranks an area's rate lies, and how often it would be the highest.

    Rates are drawn as `rank_chances` draws them; the area's rank among them all is counted in each
    draw, and the middle 95 % of its ranks are the interval.

    Parameters
    ----------
    counts, denominators
        One an area, by area; areas where either is missing, or the denominator is 0, have no rank.
    area
        Label of the area in the index.
    noise, draws, seed
        See `rank_chances`.

    Returns
    -------
    dict
        ``lower`` and ``upper``, ranks from 1 for the highest rate, and ``first``, a share of draws.
        Missing where the area has no rank, or nothing was counted anywhere.

    Raises
    ------
    ValueError
        The area is not in the index, or not once; the noise is below 1, or ``draws`` is.

    Examples
    --------
    >>> areas = pd.Series({"Luton": 400, "Bedford": 200, "Slough": 205})
    >>> people = pd.Series(100_000, areas.index)
    >>> rank_interval(areas, people, "Bedford")
    {'lower': 2.0, 'upper': 3.0, 'first': 0.0}
    """
    if noise < 1 or draws < 1:
        raise ValueError(f"noise and draws: {noise}, {draws}; give 1 or more")
    _check_area(counts.index, area)
    number, people = align(counts=counts, denominators=denominators).arrays
    known = ~np.isnan(number) & (people > 0)
    own = int(known[: int(np.argmax(counts.index == area))].sum())
    if not known[int(np.argmax(counts.index == area))] or number[known].sum() == 0:
        return dict.fromkeys(("lower", "upper", "first"), np.nan)
    shape, scale = _posterior(number[known], people[known], noise)
    drawn = np.random.default_rng(seed).gamma(shape, scale, (draws, len(shape)))
    ranks = 1 + (drawn > drawn[:, [own]]).sum(axis=1)
    lower, upper = np.quantile(ranks, [0.025, 0.975], method="nearest")
    return {"lower": float(lower), "upper": float(upper), "first": float((ranks == 1).mean())}


def shrunken_rates(
    counts: Values,
    denominators: Values,
    *,
    noise: float = 1.0,
    per: float = 1000,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Draw rates of small areas towards that of all together, and say which exceed it.

    Rates are taken as draws from one gamma distribution and each has the gamma distribution that
    its count of noise V leaves it, as in `rank_chances`. ``exceeds`` is the share of it above the
    rate m of all areas together.

    Parameters
    ----------
    counts, denominators
        One an area; areas where either is missing, or the denominator is 0, have no rate.
    noise
        V, the variance of a count over its mean; 1 for a Poisson count.
    per
        How many units of the denominator rates are per.
    confidence
        Of the limits.

    Returns
    -------
    pandas.DataFrame
        One row an area: ``rate`` (as counted), ``shrunken`` (mean of its distribution), ``lower``
        and ``upper`` (limits of its middle), ``exceeds``.

    Raises
    ------
    ValueError
        The noise is below 1.

    References
    ----------
    Clayton, Kaldor (1987), Empirical Bayes estimates of age-standardized relative risks,
    Biometrics 43; Marshall (1991), Applied Statistics 40.

    Examples
    --------
    >>> wards = pd.Series({"Castle": 90, "Newnham": 31, "Putnoe": 2})
    >>> shrunken_rates(wards, [10_000, 10_000, 400])[["rate", "shrunken", "exceeds"]].round(2)
             rate  shrunken  exceeds
    Castle    9.0      8.78     1.00
    Newnham   3.1      3.31     0.00
    Putnoe    5.0      5.68     0.39
    """
    from scipy.special import gammaincc, gammaincinv

    if noise < 1:
        raise ValueError(f"noise: {noise}; give 1 or more")
    lines = align(counts=counts, denominators=denominators)
    number, people = lines.arrays
    known = ~np.isnan(number) & (people > 0)
    names = ("rate", "shrunken", "lower", "upper", "exceeds")
    found = {name: np.full(len(number), np.nan) for name in names}
    found["rate"][known] = per * number[known] / people[known]
    if known.any() and number[known].sum() > 0:
        shape, scale = _posterior(number[known], people[known], noise)
        tail = (1 - confidence) / 2
        found["shrunken"][known] = per * shape * scale
        found["lower"][known] = per * scale * gammaincinv(shape, tail)
        found["upper"][known] = per * scale * gammaincinv(shape, 1 - tail)
        mean = number[known].sum() / people[known].sum()
        found["exceeds"][known] = gammaincc(shape, mean / scale)
    return lines.frame(found)


def _posterior(number: Floats, people: Floats, noise: float) -> tuple[Floats, Floats]:
    """Shape and scale of the gamma distribution that each rate has, given its count."""
    mean = number.sum() / people.sum()
    spread = (people * (number / people - mean) ** 2).sum() / people.sum()
    between = max(spread - noise * mean / people.mean(), 1e-6 * mean**2)
    return mean**2 / between + number / noise, 1 / (mean / between + people / noise)


def nearest(
    frame: pd.DataFrame, area: str, *, n: int = 15, columns: Sequence[str] | None = None
) -> pd.DataFrame:
    """Propose the areas most like one area.

    Each column is standardised (less its mean, over its standard deviation across all areas), and
    the distance of an area is the root of the mean squared difference. No column counts more than
    another; skewed ones, such as population density, are better given as logarithms. This is no
    imitation of the Home Office's most similar groups, whose weights are not published here.

    Parameters
    ----------
    frame
        One row an area, by area, with numeric columns, such as population, households and
        deprivation. Rows with a missing value in a column used can't be compared and are left out.
    area
        Label of the area in the index.
    n
        How many areas to give; fewer where there are fewer.
    columns
        The columns to use; without them, all.

    Returns
    -------
    pandas.DataFrame
        The rows of the nearest areas with a column ``distance``, nearest first (ties in the order
        of the frame), without the area itself. ``attrs["method"]`` names the method and columns.

    Raises
    ------
    ValueError
        The area is not in the index, not once, or lacks a value; n is below 1; a column is unknown.

    References
    ----------
    CIPFA nearest neighbours model, which uses the same distance on its own variables.

    Examples
    --------
    >>> areas = pd.DataFrame(
    ...     {"population": [213, 167, 186, 275]}, index=["Luton", "Slough", "Bedford", "Wigan"]
    ... )
    >>> nearest(areas, "Luton", n=2).index.tolist()
    ['Bedford', 'Slough']
    """
    _check_area(frame.index, area)
    names = list(frame.columns if columns is None else columns)
    unknown = [name for name in names if name not in frame.columns]
    if unknown or not names:
        raise ValueError(f"columns: {unknown or 'none'}; choose from {list(frame.columns)}")
    if n < 1:
        raise ValueError(f"n: {n}; give 1 or more")
    known = frame[names].astype("Float64").dropna().astype(float)
    if area not in known.index:
        raise ValueError(f"area '{area}': a value is missing in {names}")
    spread = known.std(ddof=0)
    standard = (known - known.mean()) / spread.where(spread > 0, 1.0)
    distance = np.sqrt(((standard - standard.loc[area]) ** 2).mean(axis="columns"))
    order = distance.drop(area).sort_values(kind="stable").head(n)
    found: pd.DataFrame = frame.loc[order.index].assign(distance=order)
    found.attrs["method"] = f"standardised distance over {', '.join(names)}"
    return found


def _check_area(index: pd.Index, area: str) -> None:
    times = int((index == area).sum())
    if times != 1:
        raise ValueError(f"area '{area}': {times} rows of that name; there must be one")
