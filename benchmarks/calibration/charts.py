"""Control charts of months at one level: how often they signal."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.calibration.reports import Floats
from cspanalysis.methods import xmr

MONTHS = 24
LEVELS = ((2, 1), (5, 1), (20, 1), (100, 1), (20, 3), (100, 3), (400, 6))
RULES = ("outside", "trend", "two_of_three", "shift")


def charts(number: int, random: np.random.Generator) -> pd.DataFrame:
    """Chart months of one level and look for signals."""
    lines = []
    for mean, phi in LEVELS:
        signals = [
            xmr(_months(mean, phi, random), clip_at_zero=True)["signal"] for _ in range(number)
        ]
        found = {rule: np.mean([(one == rule).any() for one in signals]) for rule in RULES}
        any_rule = np.mean([(one != "common").any() for one in signals])
        last = np.mean([one.iloc[-1] != "common" for one in signals])
        lines.append({"mean": mean, "dispersion": phi, **found, "any": any_rule, "last": last})
    return pd.DataFrame(lines)


def _months(mean: float, phi: float, random: np.random.Generator) -> Floats:
    if phi == 1:
        return random.poisson(mean, MONTHS).astype(float)
    return random.negative_binomial(mean / (phi - 1), 1 / phi, MONTHS).astype(float)


def charts_report(signals: pd.DataFrame, number: int) -> list[str]:
    """Write the table in Markdown."""
    lines = [
        f"## Control charts over {MONTHS} common-cause months",
        "",
        "Share of charts with at least one point of each signal, with any, and with a signal at "
        "the last point (what the icon shows). Independent months at one level, Poisson or (with "
        f"dispersion) negative binomial; {number} charts a row.",
        "",
        "| mean | dispersion | outside | trend | two of three | shift | any | last point |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for row in signals.itertuples(index=False):
        shares = " | ".join(f"{share:.1%}" for share in row[2:])
        lines.append(f"| {row[0]} | {row[1]} | {shares} |")
    return [*lines, ""]
