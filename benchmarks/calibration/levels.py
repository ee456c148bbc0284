"""Levels within months: steps, and the watch over the newest months."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.calibration.reports import AREAS, MONTHS, NOISES, SIZES, Floats, table
from cspanalysis.methods import steps, watch

STEPS = ((1.3, 1000.0), (1.5, 300.0), (1.5, 1000.0), (2.0, 50.0), (2.0, 300.0))
"""Changes of level that are looked for: ratio, and counts a year before."""

WATCHED = 24
WATCH_MONTHS = pd.period_range("2020-01", periods=48, freq="M")
WATCH_RISE, WATCH_BEFORE, WATCH_WITHIN = 1.3, 24, 6
WATCH_SIZES = np.array([60.0, 60, 120, 240, 240, 300, 600, 600, 1200, 1200, 1200, 1200, 2400, 5000])


def steps_alarms(reports: int, random: np.random.Generator) -> pd.DataFrame:
    """Count reports with a step, told or possible, where no level changed."""
    size = np.tile(np.array(SIZES, dtype=float), AREAS)
    rows = []
    for noise, draw in NOISES.items():
        told, possible = [], []
        for _ in range(reports):
            counts = pd.DataFrame(draw(np.tile(size / 12, (len(MONTHS), 1)), random), index=MONTHS)
            found = steps(counts, own=range(len(SIZES)))
            told.append(bool(found["sure"].any()))
            possible.append(len(found) - found["sure"].sum())
        rows.append(
            {
                "noise": noise,
                "reports with a told step": np.mean(told),
                "possible steps a report": float(np.mean(possible)),
            }
        )
    return pd.DataFrame(rows)


def steps_found(reports: int, random: np.random.Generator) -> pd.DataFrame:
    """Count how often a change of level is told, and its month found."""
    rows = []
    for noise in list(NOISES)[:3]:
        for ratio, size in STEPS:
            told, named, near = [], [], []
            for _ in range(reports):
                found, line, month = _stepped(noise, ratio, size, random)
                own = found[found["line"] == line]
                told.append(bool(own["sure"].any()))
                named.append(len(own) > 0)
                if len(own):
                    off = [abs(MONTHS.get_loc(m) - month) for m in own["month"]]
                    near.append(min(off) <= 2)
            rows.append(
                {
                    "noise": noise,
                    "change": ratio,
                    "counts a year": f"{size:,.0f}",
                    "told": np.mean(told),
                    "told or possible": np.mean(named),
                    "month within two, of those": np.mean(near) if near else np.nan,
                }
            )
    return pd.DataFrame(rows)


def _stepped(
    noise: str, ratio: float, size: float, random: np.random.Generator
) -> tuple[pd.DataFrame, int, int]:
    """Change the level of one line of a report and search it; its place and month."""
    sizes = np.tile(np.array(SIZES, dtype=float), AREAS)
    line = int(np.flatnonzero(sizes[: len(SIZES)] == size)[0])
    mean = np.tile(sizes / 12, (len(MONTHS), 1))
    month = int(random.integers(8, len(MONTHS) - 8))
    mean[month:, line] *= ratio
    counts = pd.DataFrame(NOISES[noise](mean, random), index=MONTHS)
    return steps(counts, own=range(len(SIZES))), line, month


def watch_alarms(reports: int, random: np.random.Generator) -> pd.DataFrame:
    """Count lines with an alarm over 24 watched months in which nothing changed."""
    rows = []
    for noise, draw in NOISES.items():
        found = pd.concat(
            [_watched(draw(_level(len(WATCH_MONTHS)), random)) for _ in range(reports)]
        )
        sizes = {f"{low} to {high} a month": found.loc[found["size"].between(low, high), "alarm"]
                 for low, high in ((5, 10), (20, 50), (100, 500))}  # fmt: skip
        rows.append(
            {
                "noise": noise,
                "lines with an alarm": found["alarm"].mean(),
                **{name: one.mean() for name, one in sizes.items()},
                "alarm at the last month": found["last"].mean(),
            }
        )
    return pd.DataFrame(rows)


def watch_found(reports: int, random: np.random.Generator) -> pd.DataFrame:
    """Count how often a rise of 30 % on 1,200 a year is found within six months."""
    rows = []
    lines = np.flatnonzero(WATCH_SIZES == 1200)
    for noise, draw in NOISES.items():
        alarms = []
        for _ in range(reports):
            mean = _level(WATCH_BEFORE + WATCH_WITHIN)
            mean[WATCH_BEFORE:, lines] *= WATCH_RISE
            counts = pd.DataFrame(draw(mean, random), index=WATCH_MONTHS[: len(mean)])
            found = watch(counts, watched=WATCH_WITHIN)
            own = found[found["line"].isin(lines)]
            alarms += list((own["alarm"] == "above").groupby(own["line"]).any())
        rows.append({"noise": noise, "found within six months": np.mean(alarms)})
    return pd.DataFrame(rows)


def _level(months: int) -> Floats:
    return np.tile(np.tile(WATCH_SIZES / 12, AREAS), (months, 1))


def _watched(counts: Floats) -> pd.DataFrame:
    found = watch(pd.DataFrame(counts, index=WATCH_MONTHS), watched=WATCHED)
    by_line = found.assign(alarm=found["alarm"] != "").groupby("line")["alarm"]
    size = np.tile(WATCH_SIZES / 12, AREAS)[list(by_line.groups)]
    return pd.DataFrame({"alarm": by_line.any(), "last": by_line.last(), "size": size})


def steps_report(alarms: pd.DataFrame, found: pd.DataFrame, reports: int) -> list[str]:
    """Write the tables of steps in Markdown."""
    return [
        "## Steps",
        "",
        f"The same reports of 14 lines; {reports} a row. In the second table the level of one line "
        "changed, at a month drawn with eight months or more on either side.",
        "",
        *table(alarms),
        "",
        *table(found),
        "",
    ]


def watch_report(alarms: pd.DataFrame, found: pd.DataFrame, reports: int) -> list[str]:
    """Write the tables of the watch in Markdown."""
    return [
        "## The watch over the newest months",
        "",
        f"{len(WATCH_SIZES)} lines of 5 to 417 a month in three areas, 24 months and then "
        f"{WATCHED} watched ones; {reports} reports a row. Sums of scores with slack 0.5 and limit "
        "4, and tests of the newest month and the newest three at 0.001. Second table: lines of "
        f"1,200 a year that rose by {WATCH_RISE - 1:.0%} after {WATCH_BEFORE} months.",
        "",
        *table(alarms),
        "",
        *table(found),
        "",
    ]
