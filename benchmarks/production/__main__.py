"""Measure runs of one plan in several ways, in turns, and a run in which nothing has changed.

``python -m benchmarks.production [--reports 4] [--rounds 2] [--notebooks ...] [--ways abBcdef]``

`benchmarks.production.ways` says what the ways are. Every way is a fresh command, its imports
included. What is measured is in RESULTS.md as soon as it is known, before what is written there
by hand; a run that is killed keeps its rows.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import product
from pathlib import Path

from benchmarks.production.measuring import measured
from benchmarks.production.memory import peak
from benchmarks.production.parts import parts
from benchmarks.production.results import Results
from benchmarks.production.ways import NOTEBOOKS, WAYS, command, environment, reports_of

LIBRARIES = ("papermill", "nbconvert", "ipykernel", "jupyter_client", "matplotlib", "pandas")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=4, help="of each notebook, at most 24")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--areas", type=int, default=300, help="of the unchanged run; 0: no such")
    parser.add_argument("--notebooks", nargs="*", default=NOTEBOOKS)
    parser.add_argument("--ways", nargs="*", choices=WAYS, default=list(WAYS))
    parser.add_argument("--brief", action="store_true", help="neither parts nor memory")
    parser.add_argument("--results", type=Path, default=Path(__file__).with_name("RESULTS.md"))
    wanted = parser.parse_args(arguments)
    results = Results(wanted.results, _about())
    _ways(results, wanted)
    for notebook in () if wanted.brief else wanted.notebooks:
        reports = reports_of(notebook, wanted.reports)
        results.tell(*_parts(notebook, reports))
        results.tell(*(_memory(way, notebook, reports) for way in "df"))
    if wanted.areas:
        results.tell(*_unchanged(wanted.areas))


def _about() -> list[str]:
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    return [
        f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {versions}.",
        f"{os.cpu_count()} processors, {platform.machine()}, load before: {load}.",
    ]


def _ways(results: Results, wanted: argparse.Namespace) -> None:
    """Measure the ways in turns, so that what else the machine does falls on all of them.

    Each way keeps what it has worked out (what is hidden of an area) in a cache of its own: in its
    first round there is nothing, and what another way worked out serves no other.
    """
    with tempfile.TemporaryDirectory(prefix="csp-cache-") as kept:
        for _ in range(wanted.rounds):
            for way, notebook in product(wanted.ways, wanted.notebooks):
                cache = {"CSPANALYSIS_CACHE": str(Path(kept, way, notebook))}
                reports = reports_of(notebook, wanted.reports)
                with tempfile.TemporaryDirectory(prefix="csp-bench-") as folder:
                    words = command(way, notebook, reports, Path(folder))
                    spent = measured(words, environment() | cache)
                results.add(notebook, way, spent, len(reports))


def _parts(notebook: str, reports: Sequence[str]) -> Iterator[str]:
    """Tell what of (f) is publishing, part by part."""
    with tempfile.TemporaryDirectory(prefix="csp-bench-") as folder:
        words = command("d", notebook, reports, Path(folder))
        subprocess.run(words, check=True, env=environment(), capture_output=True)
        executed = sorted(Path(folder, "out").glob("*/*/*.ipynb"))
        yield f"* Publishing a {notebook}, processor seconds (of them in pandoc):"
        for part, (ours, pandoc) in parts(executed).items():
            yield f"    {part}: {ours + pandoc:.3f} ({pandoc:.3f})"


def _memory(way: str, notebook: str, reports: Sequence[str]) -> str:
    """Measure a run of its own: looking costs time."""
    with tempfile.TemporaryDirectory(prefix="csp-bench-") as folder:
        shared, each = peak(command(way, notebook, reports, Path(folder)), environment())
    return (
        f"* Memory of ({way}), {notebook}, at its peak, all processes: {shared:.0f} MB, "
        f"shared pages counted for each {each:.0f} MB (below 1500)"
    )


def _unchanged(areas: int) -> Iterator[str]:
    from benchmarks.production.unchanged import make, revise
    from cspanalysis.store import manifest

    with tempfile.TemporaryDirectory(prefix="csp-bench-") as folder:
        data, plan, jobs = make(Path(folder), areas)
        words = ["run", "--plan", str(plan), "--outputs", str(Path(folder, "outputs"))]
        settings = {**environment(), "CSPANALYSIS_DATA": str(data)}

        def run(*more: str) -> tuple[float, str]:
            began = time.perf_counter()
            asked = [sys.executable, "-m", "cspanalysis", *words, *more]
            done = subprocess.run(asked, check=True, env=settings, capture_output=True, text=True)
            return time.perf_counter() - began, done.stdout + done.stderr

        found = [run() for _ in range(3)]
        best = min(seconds for seconds, _ in found)
        yield f"* {found[0][1].strip()} ({jobs} jobs): {best:.2f} s (below 3)"
        revise(data, str(manifest.read(data / "counts")["force"].iloc[0]))
        told = [line for line in run("--explain")[1].splitlines() if line.startswith("run")]
        yield f"* After a revision of one force's last month, to be run: {len(told)}"
        yield from (f"    {line}" for line in told)


if __name__ == "__main__":
    main()
