"""A store of the nation: what the verbs and one area's answers take as it grows.

``python -m benchmarks national`` ingests ``../shared/data/police_uk``'s five months of all forces
(BTP, Northern Ireland and London among them; 1.77 million rows), once as they are and stretched
over eight times as many months, 14 million rows; ``$CSPANALYSIS_BENCH_REPEATS=1,8,17`` says
otherwise. Every verb is a fresh command and every answer a fresh process, its imports left out;
the better of two turns counts. Next to seconds by the clock stand those of the processor (user
and system), which other work on the machine disturbs less. Report: tables and charts of Wycombe
for the last quarter held whole, beside a store of its force alone.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.ingest.__main__ import ARCHIVE, stretched
from cspanalysis import paths

HERE = Path(__file__).parent
OF_FORCE = "thames-valley"
TURNS = 2
BARS = {
    "ingest": "see `benchmarks/ingest`",
    "check": "below 10 s",
    "list": "below 2 s",
    "doctor": "below 2 s",
    "one area's series": "below 100 ms",
    "report": "as on the small store",
    "report, its force alone": "",
}
Told = tuple[float, float]
"""Seconds by the clock, and of the processor."""


def main() -> int:
    if not ARCHIVE.exists():
        print(f"{ARCHIVE} is not there: nothing to measure")
        return 0
    repeats = [int(n) for n in os.environ.get("CSPANALYSIS_BENCH_REPEATS", "1,8").split(",")]
    head = ["What", *(f"{rows_of(n) / 1e6:.1f} million rows" for n in repeats), "Bar"]
    measured = [measure(number) for number in repeats]
    lines = [_row(head), "|---|" + "---:|" * len(repeats) + "---|"]
    for what, bar in BARS.items():
        lines.append(_row([what, *(_said(told[what]) for told in measured), bar]))
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    text = "\n".join(
        [*lines, "", "Seconds by the clock (of the processor).", "", f"Load: {load}, "
         f"{os.cpu_count()} processors."]
    )  # fmt: skip
    print(text)
    (HERE / "RESULTS.md").write_text(f"# National store\n\n{__doc__}\n{text}\n", encoding="utf-8")
    return 0


def rows_of(repeats: int) -> int:
    """Count the rows of the archive, stretched so many times."""
    with zipfile.ZipFile(ARCHIVE) as source:
        names = [name for name in source.namelist() if name.endswith(".csv")]
        return repeats * sum(source.read(name).count(b"\n") - 1 for name in names)


def measure(repeats: int) -> dict[str, Told]:
    """Make a store and measure what is asked of it."""
    found: dict[str, Told] = {}
    with tempfile.TemporaryDirectory(prefix="csp-bench-") as folder:
        home = Path(folder)
        whole = stretched(home / "all.zip", repeats) if repeats > 1 else ARCHIVE
        for data in ("all", "alone"):
            for part in ("reference", "mappings", "plan.yml"):
                _copy(paths.data_folder() / part, home / data / part)
        alone = of_force(whole, home / "alone.zip")
        found["ingest"] = _verb(home / "all", "ingest", str(whole))
        _verb(home / "alone", "ingest", str(alone))
        for verb in ("check", "list", "doctor"):
            found[verb] = _better(_verb(home / "all", verb) for _ in range(TURNS))
        found["one area's series"] = _better(_answer(home / "all", "series") for _ in range(TURNS))
        period = last_quarter(whole)
        for what, data in (("report", "all"), ("report, its force alone", "alone")):
            turns = (_answer(home / data, "report", period) for _ in range(TURNS))
            found[what] = _better(turns)
    for what, told in found.items():
        print(f"{repeats}: {what}: {_said(told)}", flush=True)
    return found


def of_force(archive: Path, into: Path) -> Path:
    """Write the files of one force of an archive to another."""
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(into, "w") as target:
        for name in source.namelist():
            if f"-{OF_FORCE}-" in name:
                target.writestr(name, source.read(name))
    return into


def last_quarter(archive: Path) -> str:
    """Name the last three months of an archive."""
    with zipfile.ZipFile(archive) as source:
        months = sorted({Path(name).name[:7] for name in source.namelist() if "-street" in name})
    return f"{months[-3]}..{months[-1]}"


def series() -> None:
    """Ask for the series of one area; print seconds by the clock and of the processor."""
    from cspanalysis.store import Store
    from cspanalysis.vocabulary import Area

    wycombe = Area.named("wycombe")
    Store.open().monthly(Area.named("luton"))  # what every process loads once
    began, busy = time.perf_counter(), time.process_time()
    Store.open().monthly(wycombe)
    print(time.perf_counter() - began, time.process_time() - busy)


def report(period: str, area: str = "wycombe") -> None:
    """Make tables and charts of a report; print seconds by the clock and of the processor."""
    from benchmarks.production.plain import blocks

    began, busy = time.perf_counter(), time.process_time()
    blocks("performance-report", f"{area},{period}")
    print(time.perf_counter() - began, time.process_time() - busy)


def _verb(data: Path, *words: str) -> Told:
    """Run a verb; what it finds amiss is its business."""
    began, spent = time.perf_counter(), _children()
    command = [sys.executable, "-m", "cspanalysis", *words]
    done = subprocess.run(command, env=_environment(data), capture_output=True, text=True)
    if done.returncode not in {0, 1} or "Traceback" in done.stderr:  # 1: something is amiss
        raise RuntimeError(
            f"cspanalysis {' '.join(words)} ended with {done.returncode}: {done.stderr}"
        )
    return time.perf_counter() - began, _children() - spent


def _answer(data: Path, what: str, *arguments: str) -> Told:
    """Run a function of this module in a process of its own and read the numbers it prints."""
    code = f"import sys; from benchmarks.national import __main__ as m; m.{what}(*sys.argv[1:])"
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(
        command, env=_environment(data), capture_output=True, text=True, check=True
    )
    clock, busy = done.stdout.split()[-2:]
    return float(clock), float(busy)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _better(turns: Iterator[Told]) -> Told:
    return min(turns, key=lambda told: told[1])


def _environment(data: Path) -> dict[str, str]:
    ours = str(paths.project_folder())
    cache = str(data / "cache")
    return {
        **os.environ,
        "PYTHONPATH": ours,
        "CSPANALYSIS_DATA": str(data),
        "CSPANALYSIS_CACHE": cache,
    }


def _copy(there: Path, into: Path) -> None:
    into.parent.mkdir(parents=True, exist_ok=True)
    if there.is_dir():
        shutil.copytree(there, into)
    else:
        shutil.copy(there, into)


def _said(told: Told) -> str:
    return " ".join((f"{told[0]:.2f}", f"({told[1]:.2f})"))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
