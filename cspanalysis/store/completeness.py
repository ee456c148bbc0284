"""Completeness: whether a month is there, in part or missing, told by its own history.

A force's monthly rows are compared with what its other months, and the season, lead one to expect.
The season comes from the other forces in the same month where at least five are there; else from
the same calendar month of the force's other years; else none is allowed for and the rule is wider.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

__all__ = ["PEERS", "expected_rows", "statuses"]

PEERS = 5
# A month is in part when it lacks more than this share of what was expected, and by more than
# five times the usual scatter of the force: ordinary months of small forces scatter widely.
_SHARE, _SHARE_UNSEASONED, _SCATTER = 0.15, 0.25, 5.0
_HALF_YEAR = 6
_ROUNDS = 6


def statuses(rows: pd.DataFrame) -> pd.DataFrame:
    """Tell for every force and month whether it is present, in part or missing.

    Parameters
    ----------
    rows
        Number of rows: index months (first days, none left out), columns forces, missing where
        there is no file.

    Returns
    -------
    DataFrame
        The same shape, of ``present``, ``part`` and ``missing``. Months before a force's first and
        after its last are ``missing`` too.
    """
    flagged, _ = _flag(rows)
    found = np.where(flagged, "part", np.where(rows.isna(), "missing", "present"))
    return pd.DataFrame(found, index=rows.index, columns=rows.columns)


def expected_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the rows that history and season lead one to expect; see `statuses`."""
    expected = _flag(rows)[1]
    return pd.DataFrame(np.exp(expected), index=rows.index, columns=rows.columns)


def _flag(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Flag months in part, round by round, leaving out what was flagged before."""
    logs = rows.astype("float64").where(rows > 0).transform("log")
    flagged = logs.isna() & False
    expected = logs
    for _ in range(_ROUNDS):
        sound = logs.mask(flagged)
        level = sound.rolling(2 * _HALF_YEAR + 1, center=True, min_periods=1).median()
        level = level.ffill().bfill()
        season, seasoned = _season(sound - level)
        expected = level + season
        residual = logs - expected
        now = residual < -_tolerance(residual.mask(flagged), rows, seasoned)
        if now.equals(flagged):
            break
        flagged = now
    return flagged | (rows == 0), expected


def _season(residual: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the season of every force and month in logs, and whether one could be told."""
    by_peers = pd.DataFrame(
        np.repeat(residual.median(axis=1).to_numpy()[:, None], residual.shape[1], axis=1),
        index=residual.index,
        columns=residual.columns,
    ).where(residual.notna().sum(axis=1) >= PEERS, axis=0)
    by_years = residual.apply(_other_years)
    season = by_peers.fillna(by_years)
    return season.fillna(0.0), season.notna()


def _other_years(residual: pd.Series) -> pd.Series:
    """Median of the same calendar month in the other years."""
    months = pd.DatetimeIndex(residual.index).month
    values = [
        residual[(months == month) & (residual.index != day)].median()
        for day, month in zip(residual.index, months, strict=True)
    ]
    return pd.Series(values, index=residual.index, dtype="float64")


def _tolerance(residual: pd.DataFrame, rows: pd.DataFrame, seasoned: pd.DataFrame) -> pd.DataFrame:
    scatter = 1.4826 * (residual - residual.median()).abs().median()
    chance = 1.0 / np.sqrt(rows.median())
    usual = _SCATTER * np.maximum(scatter.fillna(0.0), chance)
    least = np.where(seasoned, -np.log1p(-_SHARE), -np.log1p(-_SHARE_UNSEASONED))
    return pd.DataFrame(np.maximum(least, usual.to_numpy()), rows.index, rows.columns)
