"""Measure runs of one plan in five ways, in turns, and a run in which nothing has changed.

``python -m benchmarks.production [--reports 12] [--rounds 1] [--areas 300]``

(a) papermill's and nbconvert's commands in a loop; (b) the same, two at a time; (c) ours with cold
kernels; (d) ours with warm kernels; (e) plain Python: the same tables and charts, no notebook, no
page. All but (e) end with HTML pages; (f) is (d) with PDF and Word beside them. Every way is a
fresh command, its imports included.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import product
from pathlib import Path

from benchmarks.production.memory import peak
from benchmarks.production.parts import parts
from cspanalysis import paths

AREAS = ("luton", "bedford", "central-bedfordshire")
PERIODS = [f"{year}-Q{quarter}" for year in (2023, 2022) for quarter in (4, 3, 2, 1)]
WIDTH = 2
JOBS = WIDTH + 1  # what a run takes by default where there are so many processors
WAYS = {
    "a": "papermill + nbconvert, in a loop",
    "b": f"the same, {WIDTH} at a time (xargs -P{WIDTH})",
    "c": "cspanalysis run --cold, HTML",
    "d": "cspanalysis run, HTML",
    "e": "plain Python: tables and charts alone",
    "f": "cspanalysis run, HTML + PDF + Word",
}
TARGETS = (
    ("a", "d", "at least 6"),
    ("b", "d", "at least 3"),
    ("d", "e", "at most 1.35"),
    ("f", "d", "at most 1.25"),
)
LIBRARIES = ("papermill", "nbconvert", "ipykernel", "jupyter_client", "matplotlib", "pandas")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=12, help="at most 24")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--areas", type=int, default=300)
    wanted = parser.parse_args()
    reports = [f"{area},{period}" for period, area in product(PERIODS, AREAS)][: wanted.reports]
    lines = [*_about(), *_ways(reports, wanted.rounds), *_unchanged(wanted.areas)]
    Path(__file__).with_name("RESULTS.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _say(line: str) -> str:
    print(line, flush=True)
    return line


def _about() -> Iterator[str]:
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    yield _say("# Production: five ways to run one plan")
    yield ""
    yield _say(f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {versions}.")
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    yield _say(f"{os.cpu_count()} processors, {platform.machine()}, load before: {load}.")
    yield _say(
        f"(b) and (e) on {WIDTH} processors at once, our runs with {JOBS} jobs, as by default."
    )
    yield ""


def _ways(reports: list[str], rounds: int) -> Iterator[str]:
    taken: dict[str, list[tuple[float, float]]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        for way in WAYS:  # in turns, so that what else the machine does falls on all
            taken[way].append(_timed(way, reports))
            print(f"  ({way}) {taken[way][-1][0]:.1f} s", flush=True)
    wall, processor = (
        {w: statistics.median(t[kind] for t in taken[w]) / len(reports) for w in WAYS}
        for kind in (0, 1)
    )
    yield f"{len(reports)} performance reports, {rounds} round(s) in turns, seconds a report:"
    yield ""
    yield from ("| Way | Seconds | Processor seconds |", "|---|---|---|")
    for way, text in WAYS.items():
        yield _say(f"| ({way}) {text} | {wall[way]:.2f} | {processor[way]:.2f} |")
    yield ""
    for one, other, target in TARGETS:
        ratio, of_processor = wall[one] / wall[other], processor[one] / processor[other]
        text = f"{ratio:.2f}, of processor seconds {of_processor:.2f} ({target})"
        yield _say(f"* ({one}) / ({other}): {text}")
    yield from _parts(reports)
    for way in "df":
        shared, each = _memory(way, reports)
        yield _say(
            f"* Memory of ({way}) at its peak, all processes: {shared:.0f} MB, "
            f"shared pages counted for each {each:.0f} MB (below 1500)"
        )
    yield ""


def _parts(reports: list[str]) -> Iterator[str]:
    """Tell what of (f) is publishing, part by part."""
    with tempfile.TemporaryDirectory(prefix="csp-bench-") as folder:
        command = _command("d", reports, Path(folder))
        subprocess.run(command, check=True, env=_environment(), capture_output=True)
        executed = sorted(Path(folder, "out").glob("*/*/*.ipynb"))
        yield _say("* Publishing a report, processor seconds (of them in pandoc):")
        for part, (ours, pandoc) in parts(executed).items():
            yield _say(f"    {part}: {ours + pandoc:.3f} ({pandoc:.3f})")


def _timed(way: str, reports: list[str]) -> tuple[float, float]:
    """Give the seconds that a way takes, and those of the processors."""
    with tempfile.TemporaryDirectory(prefix="csp-bench-") as folder:
        words = _command(way, reports, Path(folder))
        began, spent = time.perf_counter(), _processor_seconds()
        subprocess.run(words, check=True, env=_environment(), capture_output=True)
        return time.perf_counter() - began, _processor_seconds() - spent


def _memory(way: str, reports: list[str]) -> tuple[float, float]:
    """Measure a run of its own: looking costs time."""
    with tempfile.TemporaryDirectory(prefix="csp-bench-") as folder:
        return peak(_command(way, reports, Path(folder)), _environment())


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _command(way: str, reports: list[str], into: Path) -> list[str]:
    python = sys.executable
    if way in "ab":
        lines = "\n".join(_loop_line(report, into, n) for n, report in enumerate(reports))
        (into / "jobs").write_text(lines + "\n")
        width = "1" if way == "a" else str(WIDTH)
        loop = ["xargs", "-P", width, "-d", "\\n", "-a", str(into / "jobs"), "-n", "1"]
        return [*loop, "sh", "-c", 'eval "$0"']
    if way == "e":
        return [python, "-m", "benchmarks.production.plain", str(WIDTH), *reports]
    plan = into / "plan.yml"
    entries = (report.split(",", 1) for report in reports)
    text = "".join(
        f"  - {{notebook: performance-report, areas: [{area}], periods: ['{period}']}}\n"
        for area, period in entries
    )
    plan.write_text(f"reports:\n{text}")
    module = "cspanalysis" if way == "f" else "benchmarks.production.html_only"
    words = ["run", "--plan", str(plan), "--outputs", str(into / "out"), "--jobs", str(JOBS)]
    return [python, "-m", module, *words, *(["--cold"] if way == "c" else [])]


def _loop_line(report: str, into: Path, number: int) -> str:
    area, period = report.split(",", 1)
    notebook = str(paths.notebooks_folder() / "performance-report.ipynb")
    made = str(into / f"{number}.ipynb")
    run = [sys.executable, "-m", "papermill", notebook, made, "-p", "area", area, "-r", "period"]
    page = [sys.executable, "-m", "nbconvert", "--to", "html", made]
    return f"{shlex.join([*run, period])} && {shlex.join(page)}"


def _unchanged(areas: int) -> Iterator[str]:
    from benchmarks.production.unchanged import make, revise

    with tempfile.TemporaryDirectory(prefix="csp-bench-") as folder:
        data, plan, jobs = make(Path(folder), areas)
        words = ["run", "--plan", str(plan), "--outputs", str(Path(folder, "outputs"))]
        environment = {**_environment(), "CSPANALYSIS_DATA": str(data)}

        def run(*more: str) -> tuple[float, str]:
            began = time.perf_counter()
            command = [sys.executable, "-m", "cspanalysis", *words, *more]
            done = subprocess.run(
                command, check=True, env=environment, capture_output=True, text=True
            )
            return time.perf_counter() - began, done.stdout + done.stderr

        found = [run() for _ in range(3)]
        best = min(seconds for seconds, _ in found)
        yield _say(f"* {found[0][1].strip()} ({jobs} jobs): {best:.2f} s (below 3)")
        revise(data, "bedfordshire")
        told = [line for line in run("--explain")[1].splitlines() if line.startswith("run")]
        yield _say(f"* After a revision of one force's last month, to be run: {len(told)}")
        yield from (f"    {line}" for line in told)


def _environment() -> dict[str, str]:
    ours = str(paths.project_folder())
    return {**os.environ, "PYTHONPATH": ours, "OPENBLAS_NUM_THREADS": "1"}


if __name__ == "__main__":
    main()
