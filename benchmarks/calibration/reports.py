"""Whole reports that nothing, or a known change, happened in: what words they would print."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.calibration.series import PERSISTENCE, Unchanged, real_series
from cspanalysis.methods import adjust, compare, count_noise, verdict

SIZES = (5, 5, 20, 20, 20, 50, 50, 100, 100, 100, 300, 1000, 1000, 1000)
"""Counts a year of the fourteen lines of one area."""

AREAS = 3
MONTHS = pd.period_range("2021-03", "2023-12", freq="M")
CHANGES = (1.33, 0.5, 2.0)

Floats = NDArray[np.float64]
Noise = Callable[[Floats, np.random.Generator], Floats]


@dataclass(frozen=True)
class Cell:
    """Name one cell of the calibration: a noise, a length of period, a change of three lines."""

    noise: str
    months: int
    change: float = 1.0


def independent(mean: Floats, random: np.random.Generator) -> Floats:
    """Draw Poisson counts."""
    return random.poisson(mean).astype(float)


def overdispersed(mean: Floats, random: np.random.Generator) -> Floats:
    """Draw negative binomial counts with a dispersion of 3."""
    return random.poisson(random.gamma(mean / 2, 2)).astype(float)


def like_real(mean: Floats, random: np.random.Generator) -> Floats:
    """Draw counts whose dispersion grows with size, with season and months that go together."""
    phi = np.maximum(1.05, np.exp(-0.271 + 0.257 * np.log(np.maximum(mean, 1))))
    phase = random.uniform(0, 2 * np.pi, (1, mean.shape[1]))
    angle = 2 * np.pi * np.arange(len(mean))[:, None] / 12
    level = mean * np.exp(0.15 * np.cos(angle + phase))
    spread = np.sqrt((phi - 1) / level)
    log = np.sqrt(np.log1p(spread**2)) * _moving(mean.shape, 0.3, random)
    return random.poisson(level * np.exp(log - np.log1p(spread**2) / 2)).astype(float)


def wandering(mean: Floats, random: np.random.Generator) -> Floats:
    """Draw counts whose log level follows its last value by 0.6 (the hardest null)."""
    phi = np.maximum(1.05, np.exp(-0.271 + 0.257 * np.log(np.maximum(mean, 1))))
    variance = np.log1p((phi - 1) / mean)
    log = np.sqrt(variance) * _moving(mean.shape, 0.6, random)
    return random.poisson(mean * np.exp(log - variance / 2)).astype(float)


def resampled(mean: Floats, random: np.random.Generator) -> Floats:
    """Put residuals of real lines, in an order that wanders, on these means (bootstrap)."""
    kept = _real_residuals()
    columns = []
    for level in mean.T:
        residual, excess = kept[int(random.integers(len(kept)))]
        share = excess / (1 + excess)
        order = np.sqrt(share) * _moving((len(level), 1), PERSISTENCE, random)[:, 0]
        order += np.sqrt(1 - share) * random.standard_normal(len(level))
        drawn = np.empty(len(level))
        drawn[np.argsort(order)] = np.sort(random.choice(residual, len(level)))
        columns.append(np.floor(level + np.sqrt(level) * drawn + random.random(len(level))))
    return np.maximum(0, np.column_stack(columns))


@lru_cache(maxsize=1)
def _real_residuals() -> tuple[tuple[Floats, float], ...]:
    """Give the residuals of the shipped lines of CSPs, and what exceeds Poisson in them."""
    lines = real_series(lsoas=0, random=np.random.default_rng(0))
    unchanged = [Unchanged.of(line.counts) for line in lines]
    return tuple(
        (one.residuals, max(0.0, float((one.residuals**2).mean()) - 1)) for one in unchanged
    )


NOISES: Mapping[str, Noise] = {
    "Poisson": independent,
    "negative binomial, dispersion 3": overdispersed,
    "like the real one": like_real,
    "log-AR(1) of 0.6": wandering,
    "bootstrap of real lines": resampled,
}
*MODELS, BOOTSTRAP = NOISES


def judged(cell: Cell, random: np.random.Generator) -> pd.DataFrame:
    """Draw the lines of three areas, change three lines of the first, and judge that area."""
    size = np.tile(np.array(SIZES, dtype=float), AREAS)
    factor = np.ones((len(MONTHS), len(size)))
    changed = random.choice(len(SIZES), 3, replace=False) if cell.change != 1 else np.array([], int)
    factor[np.ix_(np.arange(len(MONTHS)) >= len(MONTHS) - cell.months, changed)] = cell.change
    mean = size / 12 * factor
    counts = pd.DataFrame(NOISES[cell.noise](mean, random), index=MONTHS)
    period, baseline = MONTHS[-cell.months :], MONTHS[-cell.months :] - 12
    noise = count_noise(counts, period=period, baseline=baseline).iloc[: len(SIZES)]
    own = counts.iloc[:, : len(SIZES)]
    found = compare(
        own.loc[baseline].sum(),
        own.loc[period].sum(),
        exposure_before=float(np.sum(baseline.days_in_month)),
        exposure_after=float(np.sum(period.days_in_month)),
        dispersion=noise["noise"],
        freedom=noise["freedom"],
    )
    limits = {"lower": found["lower"], "upper": found["upper"]}
    p = found["p_value"]
    words = verdict(p, pd.Series(adjust(p.to_numpy()), index=p.index), found["ratio"], **limits)
    truth = np.where(np.isin(np.arange(len(SIZES)), changed), cell.change, 1.0)
    return found.assign(word=words, size=SIZES, truth=truth)


def measured(cell: Cell, reports: int, random: np.random.Generator) -> pd.DataFrame:
    """Judge many reports of one cell; one row a line."""
    return pd.concat(
        [judged(cell, random).assign(report=number) for number in range(reports)],
        ignore_index=True,
    )


def false_alarms(reports: int, random: np.random.Generator, noises: Sequence[str]) -> pd.DataFrame:
    """Count the words of reports in which nothing changed."""
    rows = []
    for noise in noises:
        for months in (12, 3):
            lines = measured(Cell(noise, months), reports, random)
            clear = lines["word"].isin(["higher", "lower"])
            inside = (lines["lower"] <= 1) & (lines["upper"] >= 1)
            rows.append(
                {
                    "noise": noise,
                    "months": months,
                    "reports with a clear word": clear.groupby(lines["report"]).any().mean(),
                    "lines with p below 0.05": (lines["p_value"] < 0.05).mean(),
                    "coverage of 95 % intervals": inside.mean(),
                    "possible words a report": lines["word"].str.startswith("possibly").sum()
                    / reports,
                    "steady": (lines["word"] == "steady").mean(),
                }
            )
    return pd.DataFrame(rows)


def power(reports: int, random: np.random.Generator) -> pd.DataFrame:
    """Count how often changes of a known size get a word, by the size of the line."""
    rows = []
    for noise in list(NOISES)[:3]:
        for months, change in ((12, 1.33), (12, 0.5), (12, 2.0), (3, 2.0)):
            lines = measured(Cell(noise, months, change), reports, random)
            lines = lines[lines["truth"] != 1]
            way = "higher" if change > 1 else "lower"
            wrong = {"higher": "lower", "lower": "higher"}[way]
            for label, some in _by_size(lines):
                rows.append(
                    {
                        "noise": noise,
                        "months": months,
                        "change": change,
                        "lines of": label,
                        "clear": (some["word"] == way).mean(),
                        "possible or clear": some["word"].str.endswith(way).mean(),
                        "clear the wrong way": (some["word"] == wrong).mean(),
                    }
                )
    return pd.DataFrame(rows)


def reports_report(alarms: pd.DataFrame, found: pd.DataFrame, *, reports: int) -> list[str]:
    """Write both tables in Markdown."""
    lines = [
        "## Words of whole reports",
        "",
        "Reports of one area with 14 lines (5 to 1,000 counts a year) in a force of three areas, "
        "34 months, as a reader meets them: words after adjustment for the lines of a report; "
        f"{reports} reports a row. In the second table three of the 14 lines changed at once in "
        "the period.",
        "",
        *table(alarms),
        "",
        "### Power: how often a real change gets its word",
        "",
        *table(found),
    ]
    return [*lines, ""]


def bootstrap_report(alarms: pd.DataFrame, *, reports: int) -> list[str]:
    """Write the table of the bootstrap in Markdown."""
    return [
        "### The same by bootstrap",
        "",
        "The months of each line are residuals of a real line of Bedfordshire, put on an unchanged "
        f"level in an order that wanders as the real one does; {reports} reports a row.",
        "",
        *table(alarms),
        "",
    ]


def _by_size(lines: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    bounds = (("all sizes", 0, 2000), ("5 to 50", 0, 60), ("100 to 300", 60, 400),
              ("1,000", 400, 2000))  # fmt: skip
    return [(name, lines[lines["size"].between(low, high)]) for name, low, high in bounds]


def _moving(shape: tuple[int, ...], follow: float, random: np.random.Generator) -> Floats:
    """Draw standard normal columns that follow their last value."""
    drawn = random.standard_normal(shape)
    for row in range(1, shape[0]):
        drawn[row] = follow * drawn[row - 1] + np.sqrt(1 - follow**2) * drawn[row]
    return drawn


def table(frame: pd.DataFrame) -> list[str]:
    """Write a table in Markdown, shares as percentages."""

    def cell(name: str, value: object) -> str:
        if not isinstance(value, float) or name == "change":
            return str(value)
        if value != value:  # only NaN differs from itself
            return ""
        return f"{value:.2f}" if name.endswith("a report") else f"{value:.1%}"

    head = [f"| {' | '.join(frame.columns)} |", "|" + "---|" * len(frame.columns)]
    rows = [
        f"| {' | '.join(cell(n, v) for n, v in row.items())} |"
        for row in frame.to_dict(orient="records")
    ]
    return [*head, *rows]
