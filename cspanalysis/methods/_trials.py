"""Try every contender on a series' own past, and choose among them by how they did."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cspanalysis.methods._contenders import CONTENDERS, YEAR, Months, roots, whole_counts
from cspanalysis.methods._inputs import amounts, calendar_month, days, monthly
from cspanalysis.methods._lines import Floats

__all__ = [
    "LONG_ENOUGH",
    "TESTED_STEPS",
    "Past",
    "Trial",
    "choose",
    "look_back",
    "spread_of_errors",
    "try_all",
]

MODEL, FALLBACK = "combination", "mean_12"
LONG_ENOUGH = 2 * YEAR
"""Months that the model needs: a season can't be told from less than two years."""
ENOUGH_COUNTED = 12
"""Crimes in the last twelve months, below which no model is tried."""
TESTED_STEPS = 3
"""Months ahead on which model and benchmarks are compared."""
CLEARLY = 1.644854
"""Standard errors by which a benchmark must lead: one-sided 5 %."""


@dataclass(frozen=True)
class Past:
    """A series as the contenders see it; ``counts`` keeps what is missing."""

    first: pd.Period
    counts: Floats
    roots: Floats
    months: Months
    days: Floats


@dataclass(frozen=True)
class Trial:
    """What one method gave from each origin: row 0 knew twelve months, column 0 is a month on."""

    centre: Floats
    count_error: Floats
    root_error: Floats


def look_back(series: pd.Series) -> Past:
    values = monthly(series)
    counts = amounts(values, "series", whole=True, missing=True)
    length = days(values)
    root = np.asarray(pd.Series(roots(counts, length)).interpolate(), dtype=float)
    first = pd.PeriodIndex(values.index)[0]
    return Past(first, counts, root, calendar_month(values), length)


def try_all(past: Past, steps: int) -> dict[str, Trial]:
    """Forecast from the 13th month on, by every method; missing where nothing came (yet)."""
    known = len(past.roots)
    origins = range(YEAR, known)
    trials = {}
    for name, contender in CONTENDERS.items():
        centre, count_error, root_error = np.full((3, len(origins), steps), np.nan)
        for row, origin in enumerate(origins):
            ahead = slice(origin, min(origin + steps, known))
            found = contender(past.roots[:origin], past.months[:origin], past.months[ahead])
            came, length = past.counts[ahead], past.days[ahead]
            centre[row, : len(found)] = found
            count_error[row, : len(found)] = whole_counts(found, length) - came
            root_error[row, : len(found)] = found - roots(came, length)
        trials[name] = Trial(centre, count_error, root_error)
    return trials


def choose(past: Past, trials: dict[str, Trial], known: int) -> str:
    """Keep the model unless a benchmark did clearly better in the windows known by now."""
    if known < LONG_ENOUGH or np.nansum(past.counts[known - YEAR : known]) < ENOUGH_COUNTED:
        return FALLBACK
    windows = slice(0, known - YEAR - TESTED_STEPS + 1)
    errors = pd.DataFrame(
        {
            name: pd.DataFrame(trial.count_error[windows, :TESTED_STEPS]).abs().mean(axis=1)
            for name, trial in trials.items()
        }
    ).dropna()
    benchmark = str(errors.drop(columns=MODEL).mean().idxmin())
    lead = errors[MODEL] - errors[benchmark]
    chance = lead.std() / np.sqrt(len(lead) / TESTED_STEPS)
    return benchmark if lead.mean() > CLEARLY * chance else MODEL


def spread_of_errors(past: Past, trial: Trial, known: int) -> float:
    """Give the root mean square of errors known by now, on the root scale."""
    origins = np.arange(YEAR, YEAR + len(trial.root_error))[:, None]
    steps = np.arange(1, trial.root_error.shape[1] + 1)[None, :]
    errors = trial.root_error[origins + steps <= known]
    errors = errors[~np.isnan(errors)]
    if len(errors) >= YEAR:
        return float(np.sqrt(np.mean(errors**2)))
    seen = past.roots[:known]
    return float(np.std(seen, ddof=1) * np.sqrt(1 + 1 / known)) if known > 1 else 0.0
