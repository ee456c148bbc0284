"""Measure false alarms and power: ``python -m benchmarks.calibration``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.calibration.judgements import (
    judgements_report,
    period_before,
    ranks,
    targets,
    wards,
)
from benchmarks.calibration.levels import (
    levels_report,
    steps_alarms,
    steps_found,
    watch_alarms,
    watch_found,
)
from benchmarks.calibration.reports import false_alarms, power, reports_report
from benchmarks.calibration.seasons import seasons, seasons_report
from cspanalysis.methods import xmr

SEED = 20240101
REPORTS = 120
CHARTS_A_REPORT = 5
STEPS_A_REPORT = 1 / 5
CHART_MONTHS = 24
LEVELS = ((2, 1), (5, 1), (20, 1), (100, 1), (20, 3), (100, 3), (400, 6))


def charts(number: int, random: np.random.Generator) -> pd.DataFrame:
    """Chart months of one level and look for signals."""
    lines = []
    for mean, phi in LEVELS:
        signals = [
            xmr(_months(mean, phi, random), clip_at_zero=True)["signal"] for _ in range(number)
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


def report(words: list[str], signals: pd.DataFrame, by_season: pd.DataFrame, made: str) -> str:
    lines = [
        "# False alarms where nothing changed, and power where something did",
        "",
        f"Written by `{made}`.",
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


def measured(reports: int, seed: int) -> str:
    """Measure everything, each part from a seed of its own, and write it in Markdown."""
    draws = iter(np.random.default_rng(seed).spawn(11))
    words = reports_report(
        false_alarms(reports, next(draws)), power(reports, next(draws)), reports=reports
    )
    few = max(1, round(STEPS_A_REPORT * reports))
    words += levels_report(
        steps_alarms(few, next(draws)),
        steps_found(few, next(draws)),
        (watch_alarms(few, next(draws)), watch_found(few, next(draws))),
        reports=few,
    )
    words += judgements_report(
        period_before(reports, next(draws)),
        wards(reports, next(draws)),
        targets(reports, next(draws)),
        ranks(reports, next(draws)),
    )
    last = next(draws)
    made = f"python -m benchmarks.calibration --reports {reports} --seed {seed}"
    return report(words, charts(CHARTS_A_REPORT * reports, last), seasons(last), made)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calibration")
    parser.add_argument("--reports", type=int, default=REPORTS, help="reports a row")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "RESULTS.md")
    asked = parser.parse_args(arguments)
    text = measured(asked.reports, asked.seed)
    asked.out.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
