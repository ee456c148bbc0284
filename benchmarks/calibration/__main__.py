"""Measure false alarms and power: ``python -m benchmarks.calibration``."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks.calibration.charts import charts, charts_report
from benchmarks.calibration.judgements import (
    judgements_report,
    period_before,
    ranks,
    targets,
    wards,
)
from benchmarks.calibration.levels import (
    steps_alarms,
    steps_found,
    steps_report,
    watch_alarms,
    watch_found,
    watch_report,
)
from benchmarks.calibration.reports import (
    BOOTSTRAP,
    MODELS,
    bootstrap_report,
    false_alarms,
    power,
    reports_report,
)
from benchmarks.calibration.seasons import seasons, seasons_report

SEED = 20240101
RESULTS = Path(__file__).parent / "RESULTS.md"
TITLE = "# False alarms where nothing changed, and power where something did"

Part = Callable[[int, np.random.Generator], list[str]]


def _words(reports: int, random: np.random.Generator) -> list[str]:
    alarms = false_alarms(reports, random, MODELS)
    return reports_report(alarms, power(reports, random), reports=reports)


def _bootstrap(reports: int, random: np.random.Generator) -> list[str]:
    return bootstrap_report(false_alarms(reports, random, [BOOTSTRAP]), reports=reports)


def _steps(reports: int, random: np.random.Generator) -> list[str]:
    return steps_report(steps_alarms(reports, random), steps_found(reports, random), reports)


def _watch(reports: int, random: np.random.Generator) -> list[str]:
    return watch_report(watch_alarms(reports, random), watch_found(reports, random), reports)


def _judgements(reports: int, random: np.random.Generator) -> list[str]:
    return judgements_report(
        period_before(reports, random),
        wards(reports, random),
        targets(reports, random),
        ranks(reports, random),
        reports,
    )


def _charts(reports: int, random: np.random.Generator) -> list[str]:
    return charts_report(charts(reports, random), reports)


def _seasons(reports: int, random: np.random.Generator) -> list[str]:
    return seasons_report(seasons(reports, random))


PARTS: Mapping[str, tuple[Part, int]] = {
    "words": (_words, 200),
    "bootstrap": (_bootstrap, 100),
    "steps": (_steps, 40),
    "watch": (_watch, 40),
    "judgements": (_judgements, 40),
    "charts": (_charts, 500),
    "seasons": (_seasons, 3),
}
"""What is measured, each with how many reports a row (series, trials) unless told otherwise."""


def measured(name: str, reports: int, seed: int) -> str:
    """Measure one part and write it in Markdown, with the command that does so again."""
    lines = PARTS[name][0](reports, np.random.default_rng(seed))
    made = f"python -m benchmarks.calibration {name} --reports {reports} --seed {seed}"
    return "\n".join([*lines, f"Written by `{made}`."]).strip()


def with_parts(text: str, parts: Mapping[str, str]) -> str:
    """Put parts in the place of those of the same name in a text of results."""
    held = dict(re.findall(r"<!-- (\w+) -->\n(.*?)(?=\n<!-- |\Z)", text, flags=re.DOTALL))
    held |= {name: f"\n{part}\n" for name, part in parts.items()}
    told = [f"<!-- {name} -->\n{held[name]}" for name in PARTS if name in held]
    return "\n".join([f"{TITLE}\n", *told]).rstrip() + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calibration")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all if none is named")
    parser.add_argument("--reports", type=int, help="reports, series or trials a row")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--results", type=Path, default=RESULTS, help="file to write to")
    asked = parser.parse_args(arguments)
    for name in asked.parts or PARTS:
        part = measured(name, asked.reports or PARTS[name][1], asked.seed)
        before = asked.results.read_text("utf-8") if asked.results.exists() else ""
        asked.results.write_text(with_parts(before, {name: part}), encoding="utf-8")
        print(part)


if __name__ == "__main__":
    main()
