"""Watching: whether the newest months leave what all months before them led to expect."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from cspanalysis.methods._change_fit import SMALL, fit_lines
from cspanalysis.methods._change_noise import (
    LENT,
    REACH,
    Prior,
    Together,
    effective_freedom,
    find_prior,
    go_together,
    lagged,
    squeeze,
)
from cspanalysis.methods._lines import Floats, check_counts
from cspanalysis.methods.harmonics import waves

__all__ = ["watch"]

LEAST_BEFORE = 24
"""Months that tell season and noise; with fewer there is no watch."""

TOGETHER = 6
"""Months whose sum tells how much neighbouring months widen the noise: a sum of scores reaches its
limit in about so many."""

COLUMNS = ["line", "month", "value", "expected", "score", "above", "below"]
COLUMNS += ["p_one", "p_three", "alarm"]


def watch(
    counts: pd.DataFrame,
    *,
    others: pd.DataFrame | None = None,
    watched: int = 12,
    slack: float = 0.5,
    limit: float = 4.0,
    alpha: float = 0.001,
) -> pd.DataFrame:
    """Watch the newest months of lines with limits that do not move with what they do.

    Noise is that of the months before the watched ones, at least 24 of them: level and two waves a
    year are fitted, dispersions squeezed to phi~ and neighbouring months pooled as in
    `count_noise`, V = 1 + (phi~ - 1) D / lambda with D that of six months in a row. Each watched
    month is then held against a fit of all months before it, of mean mu and with its row x of the
    columns::

        t = (value - mu) / sqrt(V (mu + mu^2 x'(X'WX)^-1 x))
        y = Phi^-1(T(t))       z = 6/g ((g y/2 + 1)^(1/3) - 1) + g/6
        above = max(0, above + z - slack)     below = max(0, below - z - slack)

    T is Student's, with the freedom of V, and g the skewness of such a count. The alarm is raised
    where one of the sums (CUSUM) is beyond ``limit``, or where the month itself, or the newest
    three together against all before them, have a p below ``alpha``.

    Parameters
    ----------
    counts
        Whole numbers from 0 by month (rows, in order of time) and line (columns), of one level:
        those since the last step. All measures of all areas of a force make one good set. A month
        that any line lacks takes no part.
    others
        Lines over the same months that are watched with the noise of ``counts`` and take no part
        in finding it.
    watched
        How many of the newest months to watch, at most: 24 before them are needed.
    slack, limit
        Of the sums, in standard deviations of a month.
    alpha
        Of the tests of the newest month and the newest three.

    Returns
    -------
    pandas.DataFrame
        One row a line, those of ``others`` last, and watched month: ``line``, ``month``,
        ``value``, ``expected``, ``score`` z, ``above`` and ``below``, ``p_one``, ``p_three``
        and ``alarm``: "above", "below" or "". No row where fewer than 25 months are known (too
        short to watch) or a line has less than one a month.

    Raises
    ------
    ValueError
        The index holds no months in order, or a count is negative or fractional.

    Notes
    -----
    Since each month is held against all before it, scores of unchanged months are independent of
    one another, and what is not known of level and season is in them: sums of residuals from one
    fit of two years raise about twice the alarms. Over 24 months in which nothing changed 8 to 12
    in 100 lines raise one (17 where levels wander), and a rise of 30 % on 1,200 a year with a
    dispersion of 3 is found within six months 70 times in 100 (``benchmarks/calibration``); with a
    limit of 5 the alarms are half as many, and so small a rise is found about half the time.

    References
    ----------
    Page (1954), Biometrika 41; Brown, Durbin, Evans (1975), Journal of the Royal Statistical
    Society B 37, on recursive residuals; Wilson, Hilferty (1931), Proceedings of the National
    Academy of Sciences 17.

    Examples
    --------
    >>> months = pd.period_range("2021-01", "2023-12", freq="M")
    >>> counts = pd.DataFrame(np.random.default_rng(1).poisson(100, (36, 14)), index=months)
    >>> counts.loc["2023-07":, 3] += 40
    >>> found = watch(counts)
    >>> found.loc[(found["alarm"] != "") & (found["month"] == "2023-12"), ["line", "alarm"]]
        line  alarm
    47     3  above
    """
    lines, position, days = _read(counts, name="counts")
    more = np.empty((0, len(position)))
    if others is not None:
        if not others.index.equals(counts.index):
            raise ValueError("others: other months than the counts; give the same")
        more = _read(others, name="others")[0]
    every = np.vstack([lines, more])
    known = ~np.isnan(every).any(axis=0)
    number = min(watched, int(known.sum()) - LEAST_BEFORE)
    if number < 1:
        return pd.DataFrame(columns=COLUMNS)
    every, position, days = every[:, known], position[known], days[known]
    enough = every[:, :-number].mean(axis=1) >= SMALL
    telling = (np.arange(len(every)) < len(lines))[enough]
    if not telling.any():
        return pd.DataFrame(columns=COLUMNS)
    found = _Watch(every[enough], telling, position, days, number)
    names = [*counts.columns, *([] if others is None else others.columns)]
    held = [names[place] for place in np.flatnonzero(enough)]
    months = counts.index[np.flatnonzero(known)][-number:]
    rows = {"line": [name for name in held for _ in months], "month": [*months] * len(held)}
    told = _judged(found, slack=slack, limit=limit, alpha=alpha)
    return pd.DataFrame({**rows, **{name: column.ravel() for name, column in told.items()}})


def _judged(found: _Watch, *, slack: float, limit: float, alpha: float) -> dict[str, Floats]:
    score, three = found.scores(1), found.scores(3)
    p_one, p_three = _two_sided(score), _two_sided(three)
    above, below = _sums(score, slack), _sums(-score, slack)
    sure = [np.where(p < alpha, np.sign(z), 0) for p, z in ((p_one, score), (p_three, three))]
    up = (above > limit) | (sure[0] > 0) | (sure[1] > 0)
    down = (below > limit) | (sure[0] < 0) | (sure[1] < 0)
    up &= ~down | (score > 0)
    return {
        "value": found.value,
        "expected": found.expected,
        "score": score,
        "above": above,
        "below": below,
        "p_one": p_one,
        "p_three": p_three,
        "alarm": np.select([up, down], ["above", "below"], ""),
    }


class _Watch:
    """Hold what all months before each watched one led to expect of it."""

    def __init__(
        self, values: Floats, telling: Floats, position: Floats, days: Floats, number: int
    ) -> None:
        self._columns = np.column_stack([np.ones(len(position)), waves(position)])
        self._values, self._days = values, days
        self._first = first = len(position) - number
        self.value = values[:, first:]
        self._noise, self._freedom = self._noise_before(position[:first], telling)
        self._fits = {
            end: fit_lines(self._columns[:end], values[:, :end], days[:end])[1:]
            for end in range(first - 2, len(position))
        }
        each = [self._mean(end, slice(end, end + 1)) for end in range(first, len(position))]
        self.expected = np.hstack(each)

    def scores(self, together: int) -> Floats:
        """Score the newest months up to each watched one, some together, against all before."""
        found = np.full(self.value.shape, np.nan)
        for place, last in enumerate(range(self._first + 1, len(self._days) + 1)):
            start = last - together
            those = slice(start, last)
            mean = self._mean(start, those)
            weight, unsure = mean @ self._columns[those], self._fits[start][1]
            expected = mean.sum(axis=1)
            doubt = np.einsum("li,lij,lj->l", weight, unsure, weight)
            variance = self._noise * (expected + doubt)
            t = (self._values[:, those].sum(axis=1) - expected) / np.sqrt(variance)
            skew = (2 * self._noise - 1) * self._noise * expected / variance**1.5
            found[:, place] = _normal(t, self._freedom, skew)
        return found

    def _mean(self, end: int, those: slice) -> Floats:
        """Give the means of some months by the fit of all before an end."""
        beta = self._fits[end][0]
        return np.asarray(self._days[those] * np.exp(beta @ self._columns[those].T))

    def _noise_before(self, position: Floats, telling: Floats) -> tuple[Floats, Floats]:
        """Give V of every line and its freedom, from the months before the watched ones."""
        columns, values = self._columns[: len(position)], self._values[:, : len(position)]
        means = fit_lines(columns, values, self._days[: len(position)])[0]
        left = float(len(columns) - columns.shape[1])
        products = lagged((values - means) / np.sqrt(means), position)
        phi, size = products[0] / left, values.mean(axis=1)
        spread = (1 / np.maximum(means, 0.1)).sum(axis=1)
        freedom, prior = _prior(phi, size, np.full(len(phi), left), spread, telling)
        squeezed = squeeze(phi, size, freedom, prior)
        apart = _apart(position)
        shared = go_together(products[:, telling], squeezed[telling], columns, apart)
        return 1 + _widening(shared) * (squeezed - 1), freedom + prior.freedom


def _prior(
    phi: Floats, size: Floats, left: Floats, spread: Floats, telling: Floats
) -> tuple[Floats, Prior]:
    freedom, prior = effective_freedom(left, spread, np.ones(len(phi))), LENT
    for _ in range(2):
        prior = find_prior(phi[telling], size[telling], freedom[telling])
        freedom = effective_freedom(left, spread, prior.at(size))
    return freedom, prior


def _widening(shared: Together) -> float:
    """Give D / lambda of some months in a row."""
    g = np.array([pairs.sum() for pairs in _apart(np.arange(float(TOGETHER)))]) / TOGETHER
    return float(np.clip(shared.c @ g, 1, 8)) / shared.lost


def _apart(position: Floats) -> list[Floats]:
    gaps = np.abs(position[:, None] - position[None, :])
    return [(gaps == h).astype(float) for h in range(REACH + 1)]


def _normal(t: Floats, freedom: Floats, skew: Floats) -> Floats:
    """Make normal scores of t, whose counts are skewed (Wilson and Hilferty's cube root)."""
    from scipy.special import ndtri, stdtr

    plain = np.clip(ndtri(stdtr(freedom, t)), -8, 8)
    root = np.cbrt(np.maximum(skew * plain / 2 + 1, 0))
    return np.asarray(6 / skew * (root - 1) + skew / 6)


def _two_sided(score: Floats) -> Floats:
    from scipy.special import ndtr

    return np.asarray(2 * ndtr(-np.abs(score)))


def _sums(score: Floats, slack: float) -> Floats:
    return np.stack(list(_running(score, slack)), axis=1)


def _running(score: Floats, slack: float) -> Iterator[Floats]:
    total = np.zeros(len(score))
    for month in score.T:
        total = np.maximum(0.0, total + month - slack)
        yield total


def _read(counts: pd.DataFrame, *, name: str) -> tuple[Floats, Floats, Floats]:
    index = counts.index
    if isinstance(index, pd.DatetimeIndex):
        index = index.to_period("M")
    if not isinstance(index, pd.PeriodIndex) or not index.is_monotonic_increasing:
        raise ValueError(f"{name}: the index holds no months in order; give a frame by month")
    position = (12 * np.asarray(index.year) + np.asarray(index.month)).astype(float)
    values = counts.to_numpy(dtype=np.float64, na_value=np.nan).T
    check_counts(**{name: values.ravel()})
    return values, position, np.asarray(index.days_in_month, dtype=float)
