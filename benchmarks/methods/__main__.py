"""Time the methods that one strategic assessment needs: ``python -m benchmarks.methods``.

One CSP, 34 months, 15 lines, on one core, without drawing; the target is 1 s. The disclosure audit
of a table of 30 areas by 15 measures has 2 s of its own.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import cspanalysis.methods as methods
from cspanalysis.paths import shipped_store
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Period

REPEATS = 5
CSP = "luton"
PERIOD = "12m-to-2023-12"


def steps() -> dict[str, Callable[[], Any]]:
    """Name each step of an assessment and say how it is made."""
    store, area = Store.open(shipped_store()), Area.named(CSP)
    months = store.monthly(area).tail(34)
    lines = [months[measure] for measure in months.columns]
    lsoas = store.by_area("lsoa", within=area, period=Period.parse(PERIOD))
    # as many areas as a funnel of CSPs has, of the sizes that real ones have
    places = lsoas["all-crime"].astype(float)
    people = pd.Series(np.linspace(1200, 2600, len(places)), index=places.index)
    table = lsoas.drop(columns="all-crime").head(30).iloc[:, :15]
    before, after = months.iloc[-24:-12].sum(), months.iloc[-12:].sum()

    def verdicts() -> Any:
        index = months.index
        noise = methods.count_noise(months, period=index[-12:], baseline=index[-24:-12])
        columns = {"dispersion": noise["noise"], "freedom": noise["freedom"]}
        compared = methods.compare(before, after, **columns)
        p = compared["p_value"]
        return methods.verdict(p, methods.adjust(p), compared["ratio"])

    def charts() -> Any:
        chosen = [methods.seasonal_choice(line).series for line in lines]
        found = [methods.xmr(series, clip_at_zero=True) for series in chosen]
        return [(methods.variation(chart), methods.assurance(chart)) for chart in found]

    wanted: dict[str, Callable[[], Any]] = {
        f"verdicts of {len(lines)} lines, noise from months": verdicts,
        f"{len(lines)} control charts, seasonally adjusted where chosen": charts,
        f"{len(lines)} seasonal profiles": lambda: [methods.seasonal_profile(x) for x in lines],
        "rates with intervals": lambda: methods.rate(places, people),
        f"funnel of {len(places)} areas": lambda: methods.funnel(places, people),
        f"concentration over {len(places)} LSOAs": lambda: (
            methods.gini(places),
            methods.generalised_gini(places),
            methods.concentration(places),
        ),
    }
    if hasattr(methods, "forecast"):
        wanted[f"{len(lines)} forecasts"] = lambda: [
            methods.forecast(line, horizon=3) for line in lines
        ]
    name = f"suppression and audit of {table.shape[0]} by {table.shape[1]}"
    return wanted | {name: lambda: methods.audit(methods.suppress(table))}


def main() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    lines = ["| step | first call, ms | next calls, ms |", "|---|---:|---:|"]
    first_sum, next_sum = 0.0, 0.0
    wanted = steps()
    for name, step in wanted.items():
        first, *following = [_seconds(step) for _ in range(1 + REPEATS)]
        later = min(following)
        lines.append(f"| {name} | {1000 * first:.0f} | {1000 * later:.0f} |")
        if not name.startswith("suppression"):
            first_sum, next_sum = first_sum + first, next_sum + later
    total = f"| **all but suppression** | **{1000 * first_sum:.0f}** | **{1000 * next_sum:.0f}** |"
    lines.insert(-1, total)
    text = "\n".join(lines)
    note = "First calls include the imports of scipy and statsmodels that they bring about."
    results = f"# Methods of one assessment\n\n{__doc__}\n{note}\n\n{text}\n"
    (Path(__file__).parent / "RESULTS.md").write_text(results, encoding="utf-8")
    sys.stdout.write(f"{text}\n")


def _seconds(step: Callable[[], Any]) -> float:
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
