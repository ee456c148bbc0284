"""The ways of running one plan: other tools', ours, and the limit.

(a) papermill's and nbconvert's commands in a loop; (b) the same, two at a time; (b2) papermill's
and nbconvert's functions in a pool of two processes; (c) ours with cold kernels; (d) ours with
warm kernels; (e) the same cells in plain Python, forked two at a time after all imports: no
kernel, no page. All but (e) end with HTML pages; (f) is (d) with all forms. Real records all.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Sequence
from itertools import product
from pathlib import Path

from cspanalysis import paths

NOTEBOOKS = ("performance-report", "strategic-assessment")
WIDTH = 2
WAYS = {
    "a": "papermill + nbconvert, in a loop",
    "b": f"the same, {WIDTH} at a time (xargs -P{WIDTH})",
    "b2": f"papermill's and nbconvert's API, a pool of {WIDTH}",
    "c": "cspanalysis run --cold, HTML",
    "d": "cspanalysis run, HTML",
    "e": "plain Python: the same cells, forked after imports",
    "f": "cspanalysis run, all forms",
}
_AREAS = ("luton", "bedford", "central-bedfordshire")
_QUARTERS = [f"{year}-Q{quarter}" for year in (2023, 2022) for quarter in (4, 3, 2, 1)]
_YEARS = ["2023", "2022", "FY2022", *(f"12m-to-2023-{month:02}" for month in (9, 6, 5, 4, 2))]


def reports_of(notebook: str, number: int) -> list[str]:
    """Name so many reports of a notebook, each as AREA,PERIOD."""
    periods = _YEARS if notebook == "strategic-assessment" else _QUARTERS
    return [f"{area},{period}" for period, area in product(periods, _AREAS)][:number]


def command(way: str, notebook: str, reports: Sequence[str], into: Path) -> list[str]:
    """Write the command of a way, with all that it makes below a folder."""
    python = sys.executable
    if way in ("a", "b"):
        lines = "\n".join(_loop_line(notebook, one, into, n) for n, one in enumerate(reports))
        (into / "jobs").write_text(lines + "\n")
        width = "1" if way == "a" else str(WIDTH)
        loop = ["xargs", "-P", width, "-d", "\\n", "-a", str(into / "jobs"), "-n", "1"]
        return [*loop, "sh", "-c", 'eval "$0"']
    if way == "b2":
        pool = [python, "-m", "benchmarks.production.pool", str(WIDTH), notebook, str(into)]
        return [*pool, *reports]
    if way == "e":
        return [python, "-m", "benchmarks.production.plain", str(WIDTH), notebook, *reports]
    plan = into / "plan.yml"
    entries = (report.split(",", 1) for report in reports)
    text = "".join(
        f"  - {{notebook: {notebook}, areas: [{area}], periods: ['{period}']}}\n"
        for area, period in entries
    )
    plan.write_text(f"reports:\n{text}")
    module = "cspanalysis" if way == "f" else "benchmarks.production.html_only"
    words = ["run", "--plan", str(plan), "--outputs", str(into / "out")]
    return [python, "-m", module, *words, *(["--cold"] if way == "c" else [])]


def environment() -> dict[str, str]:
    """Give the settings of every way: one thread for linear algebra, our own code."""
    ours = str(paths.project_folder())
    return {**os.environ, "PYTHONPATH": ours, "OPENBLAS_NUM_THREADS": "1"}


def _loop_line(notebook: str, report: str, into: Path, number: int) -> str:
    area, period = report.split(",", 1)
    book = str(paths.notebooks_folder() / f"{notebook}.ipynb")
    made = str(into / f"{number}.ipynb")
    run = [sys.executable, "-m", "papermill", book, made, "-p", "area", area, "-r", "period"]
    page = [sys.executable, "-m", "nbconvert", "--to", "html", made]
    return f"{shlex.join([*run, period])} && {shlex.join(page)}"
