"""Steps: months from which on a count stands at another level, found by the change model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cspanalysis.methods._change_fit import SMALL, Flags, Months, SplitMonths
from cspanalysis.methods._change_lines import (
    Fitted,
    common_months,
    find,
    fit_counts,
    freedom_of,
    together_of,
    widening_of,
)
from cspanalysis.methods._change_noise import Prior, squeeze
from cspanalysis.methods._lines import Floats, check_counts
from cspanalysis.methods.comparison import FEW, adjust

__all__ = ["steps"]

LEAST = 6
"""Months that each side of a step must have."""

DRAWS = 20_000
COLUMNS = [
    "line",
    "month",
    "ratio",
    "score",
    "p_value",
    "p_adjusted",
    "p_maximum",
    "sure",
    "beside",
]


def steps(
    counts: pd.DataFrame,
    *,
    others: pd.DataFrame | None = None,
    own: Sequence[Any] | None = None,
    alone: Sequence[Any] = (),
    beside: Mapping[Any, Any] | None = None,
    alpha: float = 0.05,
) -> pd.DataFrame:
    """Find the months from which on lines of counts stand at another level.

    For each split with at least six months a side (K splits; 23 in 34 months) all lines get a
    Poisson model with a level before, one after and two waves a year (lines below one a month: no
    waves). The noise V is that of `count_noise` on that split's own residuals, with the step's row
    of the pseudo-inverse of the columns as its contrast::

        t = step / sqrt(V [(X'WX)^-1])        z = -Phi^-1(p / 2)
        p of the step = 1 - (1 - 2 Phi(-z))^K  for the largest z

    t is Student's, with the freedom of V; where a side has fewer than 30 counts, p is that of a
    Beta share by days (see `compare`). The month is that of the largest z. What is sure becomes a
    column, and the search of that line goes on on either side.

    Parameters
    ----------
    counts
        Whole numbers from 0 by month (rows, in order of time) and line (columns); missing months
        take no part. All measures of all areas of a force make one good set.
    others
        Lines over the same months that are searched with the noise of ``counts`` and take no part
        in finding it: totals, the force.
    own
        Names of the lines, of either frame, that are searched and adjusted together: those of one
        report. All of ``counts`` if not given.
    alone
        Names of lines, of either frame, that are judged by their own p: totals.
    beside
        By name of a line that of another, of either frame, whose levels are measured at the steps
        of the first: the rest of the force beside an area. It is not searched for that.
    alpha
        A step is sure below this after adjustment over ``own`` (Benjamini and Hochberg).

    Returns
    -------
    pandas.DataFrame
        One row a step, by line and month: ``line``, ``month`` (its first at the new level),
        ``ratio`` of the level after to that before, ``score`` z, ``p_value`` of the step,
        ``p_adjusted``, ``p_maximum``: how often white noise has so large a z at the best of as
        many splits, ``sure``, and ``beside``: the ratio of the line beside it, with the same steps,
        missing where there is none. Those that are not sure have ``p_maximum`` below alpha; there
        is at most one such a line.

    Raises
    ------
    ValueError
        The index holds no months in order, a count is negative or fractional, or ``own``,
        ``alone`` or ``beside`` names no line.

    Notes
    -----
    A line needs 24 known months.

    References
    ----------
    Worsley (1979), Journal of the American Statistical Association 74, on the largest of many
    splits; Smyth (2004), Statistical Applications in Genetics and Molecular Biology 3, article 3.

    Examples
    --------
    >>> months = pd.period_range("2021-03", "2023-12", freq="M")
    >>> counts = pd.DataFrame(np.random.default_rng(1).poisson(100, (34, 14)), index=months)
    >>> counts.loc["2022-11":, 3] *= 2
    >>> found = steps(counts)
    >>> found.loc[found["sure"], ["line", "month"]]
       line    month
    1     3  2022-11
    """
    lines, months = _read(counts, name="counts")
    more = np.empty((0, lines.shape[1])) if others is None else _read(others, name="others")[0]
    if more.shape[1:] != lines.shape[1:]:
        raise ValueError("others: other months than the counts; give the same")
    names = [*counts.columns, *([] if others is None else others.columns)]
    family = list(counts.columns) if own is None else list(own)
    pairs = dict(beside or {})
    for name, given in (("own", family), ("alone", alone), ("beside", [*pairs, *pairs.values()])):
        if lost := [line for line in given if line not in names]:
            raise ValueError(f"{name}: {lost[0]!r} is no line of the counts")
    search = _Search(lines, more, months)
    groups = [family, *([line] for line in alone)]
    others_of = {names.index(line): names.index(other) for line, other in pairs.items()}
    rows = [row for group in groups for row in _found(search, group, names, others_of, alpha=alpha)]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame["month"] = pd.PeriodIndex([counts.index[place] for place in frame["month"]], freq="M")
    return frame.sort_values(["line", "month"], kind="stable", ignore_index=True)


def _read(counts: pd.DataFrame, *, name: str) -> tuple[Floats, Months]:
    index = counts.index
    if isinstance(index, pd.DatetimeIndex):
        index = index.to_period("M")
    if not isinstance(index, pd.PeriodIndex) or not index.is_monotonic_increasing:
        raise ValueError(f"{name}: the index holds no months in order; give a frame by month")
    if not index.is_unique:
        raise ValueError(f"{name}: two rows of {index[index.duplicated()][0]}; add them first")
    values = counts.to_numpy(dtype=np.float64, na_value=np.nan).T
    check_counts(**{name: values.ravel()})
    return values, Months.of(index, index, index)


class _Best(NamedTuple):
    """Hold the best split of a line: where, how large, and how likely by chance."""

    place: int
    score: float
    p: float
    p_maximum: float


class _Search:
    """Search lines for steps, each with the steps found in it so far."""

    def __init__(self, counts: Floats, others: Floats, months: Months) -> None:
        self._counts, self._others, self._months = counts, others, months
        self._all = np.vstack([counts, others])
        self._scans: dict[tuple[int, ...], Floats] = {}

    def best(self, row: int, found: Sequence[int]) -> _Best | None:
        """Find the best split of a line beside those found; None where there is none."""
        known = ~np.isnan(self._all[row])
        places = _places(known, found)
        z = np.abs(self._scan(tuple(sorted(found)))[row, places])
        usable = ~np.isnan(z)
        if not usable.any():
            return None
        places, z = places[usable], z[usable]
        place, score = int(places[z.argmax()]), float(z.max())
        p = -np.expm1(len(z) * np.log1p(-_two_sided(score)))
        small = bool(np.nanmean(self._all[row]) < SMALL)
        largest = self._largest(known, places, found, small=small)
        p_maximum = float((np.sum(largest >= score) + 1) / (len(largest) + 1))
        return _Best(place, score, float(p), p_maximum)

    def ratio(self, row: int, place: int, found: Sequence[int]) -> float:
        """Measure a step of a line beside all others that were found in it."""
        beside = [step for step in found if step != place]
        one = fit_counts(self._all[[row]], SplitMonths.at(self._months, place, beside))
        return float(np.exp(one.log_ratio[0]))

    def _scan(self, found: tuple[int, ...]) -> Floats:
        if found not in self._scans:
            self._scans[found] = _scanned(self._counts, self._others, self._months, found)
        return self._scans[found]

    def _largest(
        self, known: Flags, places: NDArray[np.intp], found: Sequence[int], *, small: bool
    ) -> Floats:
        """Give the largest scores that white noise has at these splits."""
        weights = []
        for place in places:
            split = SplitMonths.at(self._months, int(place), found)
            row = split.step_weights(known, small=small)
            weights.append(row / np.sqrt(row @ row))
        rows = np.array(weights).round(9)
        return _largest_scores(rows.tobytes(), rows.shape)


def _found(
    search: _Search,
    group: Sequence[Any],
    names: list[Any],
    beside: Mapping[int, int],
    *,
    alpha: float,
) -> list[list[Any]]:
    """Search lines until nothing more is sure; name last what may be a step and is not sure."""
    rows = [names.index(name) for name in group]
    found: dict[int, list[int]] = {row: [] for row in rows}
    best = {row: one for row in rows if (one := search.best(row, ())) is not None}
    said: list[tuple[int, _Best, float, bool]] = []
    while best:
        adjusted = dict(zip(best, adjust([one.p for one in best.values()]), strict=True))
        sure = [row for row, p in adjusted.items() if p < alpha]
        told = sure or [row for row, one in best.items() if one.p_maximum < alpha]
        said += [(row, best[row], float(adjusted[row]), bool(sure)) for row in told]
        if not sure:
            break
        for row in sure:
            found[row].append(best.pop(row).place)
            if (further := search.best(row, found[row])) is not None:
                best[row] = further
    return [
        [names[row], one.place, search.ratio(row, one.place, found[row]),
         one.score, one.p, p, one.p_maximum, told,
         search.ratio(beside[row], one.place, found[row]) if row in beside else np.nan]
        for row, one, p, told in said
    ]  # fmt: skip


def _places(known: Flags, found: Sequence[int]) -> NDArray[np.intp]:
    """List the splits with enough known months on either side, up to the next step found."""
    counted = np.concatenate([[0], np.cumsum(known)])
    bounds = np.array(sorted({0, *found, len(known)}))
    places = np.flatnonzero(known & ~np.isin(np.arange(len(known)), bounds))
    after = np.searchsorted(bounds, places)
    enough = (counted[places] - counted[bounds[after - 1]] >= LEAST) & (
        counted[bounds[after]] - counted[places] >= LEAST
    )
    return np.asarray(places[enough])


def _scanned(counts: Floats, others: Floats, months: Months, found: Iterable[int]) -> Floats:
    """Score all lines (rows) at all splits (columns)."""
    score = np.full((len(counts) + len(others), counts.shape[1]), np.nan)
    held = tuple(found)
    for place in range(LEAST, counts.shape[1] - LEAST + 1):
        if place not in held:
            score[:, place] = _split_at(SplitMonths.at(months, place, held), counts, others)
    return score


def _split_at(split: SplitMonths, counts: Floats, others: Floats) -> Floats:
    """Score all lines at one split, the others with the noise that the counts show."""
    fitted = fit_counts(counts, split)
    freedom, prior = find(fitted)
    common = common_months(counts, fitted, split)
    squeezed = squeeze(fitted.phi, fitted.mean, freedom, prior)
    widening = widening_of(together_of(fitted, split, common, squeezed), split, common)
    judge = partial(_scores, split=split, prior=prior, widening=widening)
    scored = judge(counts, fitted, freedom)
    if not len(others):
        return scored
    second = fit_counts(others, split)
    return np.concatenate(
        [scored, judge(others, second, freedom_of(second, prior.at(second.mean)))]
    )


def _scores(
    counts: Floats,
    fitted: Fitted,
    freedom: Floats,
    *,
    split: SplitMonths,
    prior: Prior,
    widening: dict[str, float],
) -> Floats:
    """Give z of the step of each line, with its sign."""
    from scipy.special import ndtri, stdtr

    squeezed = squeeze(fitted.phi, fitted.mean, freedom, prior)
    factor = np.where(fitted.mean < SMALL, widening["period_noise"], widening["noise"])
    noise = 1 + (squeezed - 1) * factor
    t = fitted.log_ratio / np.sqrt(noise * fitted.contrast_variance)
    few, p_few = _few(counts, split, noise)
    p = np.where(few, p_few, 2 * stdtr(freedom + prior.freedom, -np.abs(t)))
    return np.asarray(np.sign(fitted.log_ratio) * -ndtri(np.clip(p, 1e-300, 1) / 2))


def _few(counts: Floats, split: SplitMonths, noise: Floats) -> tuple[Flags, Floats]:
    """Mark the lines with few counts on a side, and give the p of their share after the split."""
    from scipy.special import betainc

    known = ~np.isnan(counts)
    sides = split.in_period, split.in_baseline
    after, before = (np.where(known & side, counts, 0).sum(axis=1) for side in sides)
    days = known @ split.days
    share = (known & split.in_period) @ split.days / np.where(days > 0, days, np.nan)
    below = betainc(after / noise + 0.5, before / noise + 0.5, share)
    return np.minimum(after, before) < FEW, 2 * np.minimum(below, 1 - below)


def _two_sided(score: float) -> float:
    from scipy.special import ndtr

    return float(2 * ndtr(-score))


@lru_cache(maxsize=64)
def _largest_scores(rows: bytes, shape: tuple[int, int]) -> Floats:
    """Draw the largest score of white noise at splits with these weights of months."""
    weights = np.frombuffer(rows).reshape(shape)
    drawn = np.random.default_rng(1979).standard_normal((shape[1], DRAWS))
    return np.asarray(np.abs(weights @ drawn).max(axis=0))
