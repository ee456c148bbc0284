"""Real monthly series of Bedfordshire, and series like them in which nothing changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from cspanalysis.paths import shipped_store
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Period

# from May 2021 all months are on the LSOAs of 2021
MONTHS = pd.period_range("2021-05", "2023-12", freq="M")
CSPS = ("bedford", "central-bedfordshire", "luton")
LEAST_MEAN = 4
"""Counts a month; residuals of smaller counts can't be resampled as if they were continuous."""

PERSISTENCE = 0.4
"""Correlation of the latent levels of neighbouring months: with it, unchanged series show about the
correlation of the real ones (less its expectation: 0.2 of CSPs, 0.1 of LSOAs)."""

Season = Literal["waves", "months"]


@dataclass(frozen=True)
class RealSeries:
    """Hold the months of one area and measure."""

    kind: str
    name: str
    counts: np.ndarray


def real_series(*, lsoas: int, random: np.random.Generator) -> Iterator[RealSeries]:
    """Give every measure of the three CSPs, and all crime with disorder of some LSOAs."""
    store = Store.open(shipped_store())
    for slug in CSPS:
        table = store.monthly(Area.named(slug)).drop(columns="all-crime")
        table = table[table.index >= MONTHS[0].to_timestamp()]
        for measure in table.columns[table.mean() >= LEAST_MEAN]:
            yield RealSeries("CSP", f"{slug}, {measure}", table[measure].to_numpy(dtype=float))
    if not lsoas:
        return
    table = _lsoa_months(store)
    busy = table.index[table.mean(axis="columns") >= LEAST_MEAN]
    for code in sorted(random.choice(busy, size=min(lsoas, len(busy)), replace=False)):
        yield RealSeries("LSOA", str(code), table.loc[code].to_numpy(dtype=float))


def _lsoa_months(store: Store) -> pd.DataFrame:
    force = Area.named("bedfordshire-force")
    return pd.DataFrame(
        {
            month: store.by_area("lsoa", within=force, period=Period.parse(f"{month}..{month}"))
            .drop(columns="all-crime")
            .sum(axis="columns")
            for month in map(str, MONTHS)
        }
    )


@dataclass(frozen=True)
class Unchanged:
    """Hold a real series with its trend taken out: what it would be if nothing had changed.

    ``mean`` is its season and length of month at one level, ``residuals`` are its standardised
    residuals, with the variance that fitting took away given back.
    """

    mean: np.ndarray
    residuals: np.ndarray

    @classmethod
    def of(cls, counts: np.ndarray, *, season: Season = "waves") -> Unchanged:
        """Fit level, trend and season: two waves a year, or a factor for every month."""
        import statsmodels.api as sm

        n = len(counts)
        month = MONTHS.month.to_numpy()
        angle = 2 * np.pi * month / 12
        terms = [wave(k * angle) for k in (1, 2) for wave in (np.cos, np.sin)]
        if season == "months":
            terms = [1.0 * (month == number) for number in range(2, 13)]
        design = np.column_stack([np.ones(n), (np.arange(n) - (n - 1) / 2) / 12, *terms])
        offset = np.log(MONTHS.days_in_month.to_numpy())
        fit = sm.GLM(counts, design, family=sm.families.Poisson(), offset=offset).fit()
        level = fit.params * (np.arange(design.shape[1]) != 1)
        residuals = fit.resid_pearson * np.sqrt(n / (n - design.shape[1]))
        return cls(np.exp(design @ level + offset), residuals - residuals.mean())

    def resampled(self, random: np.random.Generator) -> np.ndarray:
        """Put its own residuals on its mean, in an order that wanders as its level does.

        Blocks of successive residuals would be no fair trial: fitting has taken the slow movements
        out of them, so that totals of such months vary too little.
        """
        n = len(self.mean)
        share = self._excess / (1 + self._excess)
        noise = np.sqrt(share) * self._wander(random)
        noise += np.sqrt(1 - share) * random.standard_normal(n)
        residuals = np.empty(n)
        residuals[np.argsort(noise)] = np.sort(random.choice(self.residuals, n))
        raised = self.mean + np.sqrt(self.mean) * residuals
        return np.maximum(0, np.floor(raised + random.random(n)))

    def simulated(self, random: np.random.Generator) -> np.ndarray:
        """Draw Poisson counts round a level that wanders, with its own dispersion."""
        variance = np.log1p(self._excess / self.mean.mean())
        noise = np.sqrt(variance) * self._wander(random) - variance / 2
        return random.poisson(self.mean * np.exp(noise))

    @property
    def _excess(self) -> float:
        return max(0.0, float((self.residuals**2).mean()) - 1)

    def _wander(self, random: np.random.Generator) -> np.ndarray:
        noise = random.standard_normal(len(self.mean))
        for i in range(1, len(noise)):
            noise[i] = PERSISTENCE * noise[i - 1] + np.sqrt(1 - PERSISTENCE**2) * noise[i]
        return noise
