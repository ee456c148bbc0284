"""Completeness: whether a month is there, in part or missing, told by its own history.

A force's monthly rows are compared with what its other months, and the season, lead one to expect.
The season comes from the other forces in the same month where at least five are there; else from
the same calendar month of the force's other years; else none is allowed for and the rule is wider.

A month has to earn "present" in four more ways: it and up to eleven beside it do not fall to less
than three fifths of the level before or after them, whatever lies between; it is not a stray one,
far from every other, that differs from that level by a quarter; its rows are not located outside
the force's area; and they do not repeat one another, told by their crime IDs.
"""

from __future__ import annotations

from math import log
from statistics import median

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = ["PEERS", "statuses"]

PEERS = 5
# A month is in part when it lacks more than this share of what was expected, and by more than
# five times the usual scatter of the force: ordinary months of small forces scatter widely.
_SHARE, _SHARE_UNSEASONED, _SCATTER = 0.15, 0.25, 5.0
# Against the force's level before or after: a run of up to a year that holds less than this share,
# or a month alone after a gap of a year that differs by more than a quarter.
_LOW, _APART = log(0.6), -log(0.75)
_LEVEL_FROM, _LEVEL_OF, _YEAR = 6, 24, 12
# Share of the located rows that lie outside the force's area, beyond what its months usually have.
_OUTSIDE = 0.25
# Share of the rows whose crime ID stands in the file already, beyond what its months usually have.
# Of 330 real months of 41 forces the one with the most has 0.044.
_REPEATED = 0.2
_HALF_YEAR = 6
_ROUNDS = 6


def statuses(
    rows: pd.DataFrame,
    outside: pd.DataFrame | None = None,
    repeated: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Tell for every force and month whether it is present, in part or missing.

    Parameters
    ----------
    rows
        Number of rows: index months (first days, none left out), columns forces, missing where
        there is no file.
    outside
        Share of the located rows that lie outside the force's area, of the same shape; not judged
        where it is not given.
    repeated
        Share of the rows whose crime ID stands in the file already, of the same shape; not judged
        where it is not given, or missing.

    Returns
    -------
    DataFrame
        The same shape, of ``present``, ``part`` and ``missing``. Months before a force's first and
        after its last are ``missing`` too.
    """
    flagged, season = _flag(rows)
    flagged |= _far_from_level(rows, season)
    if outside is not None:
        flagged |= (outside - outside.median() > _OUTSIDE) & rows.notna()
    if repeated is not None:
        flagged |= (repeated - repeated.median() > _REPEATED) & rows.notna()
    found = np.where(flagged, "part", np.where(rows.isna(), "missing", "present"))
    return pd.DataFrame(found, index=rows.index, columns=rows.columns)


def _flag(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Flag months in part, round by round, leaving out what was flagged before.

    Gives what is flagged, and in logs the season of every month.
    """
    logs = rows.astype("float64").where(rows > 0).transform("log")
    flagged = logs.isna() & False
    season = logs
    for _ in range(_ROUNDS):
        sound = logs.mask(flagged)
        level = sound.rolling(2 * _HALF_YEAR + 1, center=True, min_periods=1).median()
        level = level.ffill().bfill()
        season, seasoned = _season(sound - level)
        residual = logs - (level + season)
        now = residual < -_tolerance(residual.mask(flagged), rows, seasoned)
        if now.equals(flagged):
            break
        flagged = now
    return flagged | (rows == 0), season


def _far_from_level(rows: pd.DataFrame, season: pd.DataFrame) -> NDArray[np.bool_]:
    """Flag months that lie far from the force's level before them, or after them."""
    logs = (rows.astype("float64").where(rows > 0).transform("log") - season).to_numpy()
    months = pd.DatetimeIndex(rows.index).to_period("M").astype("int64").to_numpy()
    flagged = np.zeros(logs.shape, dtype=bool)
    for force in range(logs.shape[1]):
        places = np.flatnonzero(~np.isnan(logs[:, force]))
        values, stray = logs[places, force].tolist(), _stray(months[places])
        backwards = [len(places) - 1 - at for at in _low(values[::-1], stray[::-1])]
        flagged[places[[*_low(values, stray), *backwards]], force] = True
    return flagged


def _low(values: list[float], stray: list[bool]) -> list[int]:
    """Find months that lie far from the level of those that come before them in the series.

    A fall that lasts longer than a year is a new level and is not flagged.
    """
    flagged: list[int] = []
    sound: list[float] = []
    run: list[int] = []
    for at, value in enumerate(values):
        off = value - median(sound[-_LEVEL_OF:]) if len(sound) >= _LEVEL_FROM else 0.0
        if off < _LOW and not stray[at]:
            run.append(at)
            continue
        if len(run) > _YEAR:
            sound += [values[low] for low in run]
        else:
            flagged += run
        run = []
        if stray[at] and abs(off) > _APART:
            flagged.append(at)
        else:
            sound.append(value)
    return flagged + (run if len(run) <= _YEAR else [])


def _stray(months: NDArray[np.int64]) -> list[bool]:
    """Tell which months have no other within a year of them; one by itself is none."""
    apart = np.diff(months) >= _YEAR
    far = np.concatenate([[True], apart]) & np.concatenate([apart, [True]])
    return (far & (len(months) > 1)).tolist() if len(months) else []


def _season(residual: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the season of every force and month in logs, and whether one could be told."""
    by_peers = pd.DataFrame(
        np.repeat(residual.median(axis=1).to_numpy()[:, None], residual.shape[1], axis=1),
        index=residual.index,
        columns=residual.columns,
    ).where(residual.notna().sum(axis=1) >= PEERS, axis=0)
    by_years = _other_years(residual)
    season = by_peers.fillna(by_years)
    return season.fillna(0.0), season.notna()


def _other_years(residual: pd.DataFrame) -> pd.DataFrame:
    """Median of the same calendar month in the other years."""
    months = pd.DatetimeIndex(residual.index).month.to_numpy()
    values, found = residual.to_numpy(), np.full(residual.shape, np.nan)
    for month in np.unique(months):
        alike = np.flatnonzero(months == month)
        for at in alike if len(alike) > 1 else ():
            found[at] = _medians(values[alike[alike != at]])
    return pd.DataFrame(found, residual.index, residual.columns)


def _medians(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the median of every column of what is not missing; missing where all is."""
    ordered = np.sort(values, axis=0)  # what is missing comes last
    known = (~np.isnan(values)).sum(axis=0)
    low, high = np.maximum(known - 1, 0) // 2, np.minimum(known // 2, len(values) - 1)
    columns = np.arange(values.shape[1])
    middle: NDArray[np.float64] = (ordered[low, columns] + ordered[high, columns]) / 2
    return middle


def _tolerance(residual: pd.DataFrame, rows: pd.DataFrame, seasoned: pd.DataFrame) -> pd.DataFrame:
    scatter = 1.4826 * (residual - residual.median()).abs().median()
    chance = 1.0 / np.sqrt(rows.median())
    usual = _SCATTER * np.maximum(scatter.fillna(0.0), chance)
    least = np.where(seasoned, -np.log1p(-_SHARE), -np.log1p(-_SHARE_UNSEASONED))
    return pd.DataFrame(np.maximum(least, usual.to_numpy()), rows.index, rows.columns)
