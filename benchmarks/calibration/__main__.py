"""Measure false alarms and power: ``python -m benchmarks.calibration``."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.calibration.reports import false_alarms, power, reports_report
from benchmarks.calibration.seasons import seasons, seasons_report
from cspanalysis.methods import xmr

SEED = 20240101
REPORTS = 200
CHARTS = 1500
CHART_MONTHS = 24
LEVELS = ((2, 1), (5, 1), (20, 1), (100, 1), (20, 3), (100, 3), (400, 6))


def charts(random: np.random.Generator) -> pd.DataFrame:
    """Chart months of one level and look for signals."""
    lines = []
    for mean, phi in LEVELS:
        signals = [
            xmr(_months(mean, phi, random), clip_at_zero=True)["signal"] for _ in range(CHARTS)
        ]
        rules = ("outside", "trend", "two_of_three", "shift")
        found = {rule: np.mean([(one == rule).any() for one in signals]) for rule in rules}
        any_rule = np.mean([(one != "common").any() for one in signals])
        last = np.mean([one.iloc[-1] != "common" for one in signals])
        lines.append({"mean": mean, "dispersion": phi, **found, "any": any_rule, "last": last})
    return pd.DataFrame(lines)


def _months(mean: float, phi: float, random: np.random.Generator) -> np.ndarray:
    if phi == 1:
        return random.poisson(mean, CHART_MONTHS)
    return random.negative_binomial(mean / (phi - 1), 1 / phi, CHART_MONTHS)


def report(words: list[str], signals: pd.DataFrame, by_season: pd.DataFrame) -> str:
    lines = [
        "# False alarms where nothing changed, and power where something did",
        "",
        "Written by `python -m benchmarks.calibration`.",
        "",
        *words,
        f"## Control charts over {CHART_MONTHS} common-cause months",
        "",
        "Share of charts with at least one point of each signal, with any, and with a signal at "
        "the last point (what the icon shows). Independent months at one level, Poisson or (with "
        "dispersion) negative binomial.",
        "",
        "| mean | dispersion | outside | trend | two of three | shift | any | last point |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for row in signals.itertuples(index=False):
        shares = " | ".join(f"{share:.1%}" for share in row[2:])
        lines.append(f"| {row[0]} | {row[1]} | {shares} |")
    return "\n".join([*lines, *seasons_report(by_season)]) + "\n"


def main() -> None:
    random = np.random.default_rng(SEED)
    words = reports_report(false_alarms(REPORTS, random), power(REPORTS, random), reports=REPORTS)
    text = report(words, charts(random), seasons(random))
    (Path(__file__).parent / "RESULTS.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
