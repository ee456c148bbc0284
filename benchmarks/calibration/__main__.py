"""Measure false alarms of verdicts and of control charts: ``python -m benchmarks.calibration``."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.calibration.seasons import seasons, seasons_report
from benchmarks.calibration.series import MONTHS, Unchanged, real_series
from cspanalysis.methods import compare, history_dispersion, xmr

SEED = 20240101
LSOAS = 100
TRIALS = {"CSP": 60, "LSOA": 25}
CHARTS = 1500
CHART_MONTHS = 24
NULLS = {"resampled": Unchanged.resampled, "simulated": Unchanged.simulated}
LEVELS = ((2, 1), (5, 1), (20, 1), (100, 1), (20, 3), (100, 3), (400, 6))


def verdicts(random: np.random.Generator) -> pd.DataFrame:
    """Compare the last 3 and 12 months of unchanged series with the same months a year before."""
    lines = []
    for real in real_series(lsoas=LSOAS, random=random):
        unchanged = Unchanged.of(real.counts)
        for null, draw in NULLS.items():
            for _ in range(TRIALS[real.kind]):
                counts = draw(unchanged, random)
                history = pd.Series(counts, index=MONTHS)
                for months in (3, 12):
                    before = counts[-12 - months : -12].sum()
                    after = counts[-months:].sum()
                    phi = history_dispersion(history, months=months).phi
                    lines.append((null, real.kind, months, before, after, phi))
    frame = pd.DataFrame(lines, columns=["null", "kind", "months", "before", "after", "phi"])
    plain = compare(frame["before"], frame["after"])
    ours = compare(frame["before"], frame["after"], dispersion=frame["phi"])
    alarms = frame.assign(exact=plain["p_value"] < 0.05, ours=ours["p_value"] < 0.05)
    groups = alarms.groupby(["null", "kind", "months"])
    return groups.agg(
        comparisons=("phi", "size"), phi=("phi", "median"), exact=("exact", "mean"),
        ours=("ours", "mean"),
    ).reset_index()  # fmt: skip


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


def report(alarms: pd.DataFrame, signals: pd.DataFrame, by_season: pd.DataFrame) -> str:
    pooled = alarms.groupby("null")[["exact", "ours"]].mean()
    lines = [
        "# False alarms where nothing changed",
        "",
        "Written by `python -m benchmarks.calibration`.",
        "",
        "## Verdicts at 5 %",
        "",
        "Real series of Bedfordshire, May 2021 to December 2023 (three CSPs by measure, and LSOAs, "
        "with 4 or more counts a month), with season and trend fitted and the trend taken out. "
        "*Resampled*: their own residuals, drawn with replacement and put in an order with the "
        "serial correlation that the real series show. *Simulated*: Poisson counts round a "
        "wandering level with the series' own dispersion and that correlation. Totals of the last "
        "3 or 12 months against the same months a year before; each line is judged by itself, "
        "before adjustment for many lines.",
        "",
        "| unchanged series | areas | months | comparisons | median phi | exact Poisson | "
        "dispersion from history |",
        "|---|---|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {row.null} | {row.kind} | {row.months} | {row.comparisons:,} | {row.phi:.2f} | "
        f"{row.exact:.1%} | {row.ours:.1%} |"
        for row in alarms.itertuples()
    ]
    for null, row in pooled.iterrows():
        lines.append(f"| {null} | all | both | | | {row['exact']:.1%} | **{row['ours']:.1%}** |")
    lines += [
        "",
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
    text = report(verdicts(random), charts(random), seasons(random))
    (Path(__file__).parent / "RESULTS.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
