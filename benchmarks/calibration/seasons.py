"""Measure what charting without the season does to signals, true and false."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from benchmarks.calibration.series import MONTHS, Unchanged, real_series
from cspanalysis.methods import per_day, seasonal_choice, seasonally_adjust, xmr

LSOAS = 20
RISE, LAST = 1.3, 4


def _plain(counts: pd.Series) -> pd.Series:
    return 30 * per_day(counts)


def _by_stl(counts: pd.Series) -> pd.Series:
    try:
        return seasonally_adjust(counts)
    except ValueError:  # a month without counts
        return _plain(counts)


def _by_waves(counts: pd.Series) -> pd.Series:
    return seasonal_choice(counts, alpha=1.0).series


def _chosen(counts: pd.Series) -> pd.Series:
    return seasonal_choice(counts).series


WAYS: dict[str, Callable[[pd.Series], pd.Series]] = {
    "as counted": _plain,
    "STL index": _by_stl,
    "two waves": _by_waves,
    "chosen": _chosen,
}


def seasons(trials: int, random: np.random.Generator) -> pd.DataFrame:
    """Chart unchanged series, and the same with a rise at their end, in each way."""
    lines = []
    for real in real_series(lsoas=LSOAS, random=random):
        for shape in ("waves", "months"):
            unchanged = Unchanged.of(real.counts, season=shape)
            for _ in range(trials):
                counts = unchanged.simulated(random)
                raised = np.append(counts[:-LAST], np.round(RISE * counts[-LAST:]))
                for way, chart in WAYS.items():
                    quiet, loud = (
                        xmr(chart(pd.Series(one, index=MONTHS)), clip_at_zero=True)["signal"]
                        for one in (counts, raised)
                    )
                    false = (quiet != "common").any(), (quiet != "common").mean()
                    last = quiet.iloc[-1] != "common", loud.iloc[-1] != "common"
                    lines.append((shape, real.kind, way, *false, *last))
    columns = ["season", "kind", "way", "any", "points", "last", "found"]
    frame = pd.DataFrame(lines, columns=columns)
    return frame.groupby(["season", "kind", "way"], sort=False).mean().reset_index()


def seasons_report(found: pd.DataFrame) -> list[str]:
    lines = [
        "## Control charts of seasonal series",
        "",
        f"The same real series, {len(MONTHS)} simulated months each, in which nothing but the "
        "season changes: two waves a year, or (harder for the waves) a factor of its own for every "
        "month. *As counted* is per 30 days; *STL index* divides by the index of "
        "`seasonal_profile`; *two waves* always divides by the fitted waves; *chosen* is "
        "`seasonal_choice`, which does so where the season is clear. *Found*: signals at the last "
        f"point after the last {LAST} months were raised by {RISE - 1:.0%}.",
        "",
        "| season | areas | charted | any false signal | points | last point | found |",
        "|---|---|---|---:|---:|---:|---:|",
    ]
    for row in found.itertuples(index=False):
        shares = " | ".join(f"{share:.1%}" for share in row[3:])
        lines.append(f"| {row[0]} | {row[1]} | {row[2]} | {shares} |")
    return [*lines, ""]
