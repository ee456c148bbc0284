"""Freshness: are exactly those reports run again whose contents a change of the data can move?

``python -m benchmarks freshness`` publishes real reports of four quarters (performance reports, web
pages alone), lets a month of Bedfordshire arrive and then another be issued again with fewer
crimes, and holds what a run would do against the truth: tables and charts of every report made
before and after in plain Python, byte by byte. What deciding takes is measured over the same
records spread over 300 areas, and so is the index after one change among them. The months come
from ``../shared``: the new one is the last one under another date, the re-issued one lacks a tenth
of its rows. Seconds are those of the processor where nothing else is said.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from benchmarks.freshness.nation import index_again, spread
from cspanalysis import paths

HERE = Path(__file__).parent
ARCHIVE = HERE.parents[2] / "shared/data/police_uk/bedfordshire-2021-03-to-2023-12.zip"
PERIODS = ("2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4")
AREAS = ("luton", "bedford", "central-bedfordshire")
SPREAD = 300
STREET = "{month}/{month}-bedfordshire-street.csv"
LAST, NEW, AGAIN = "2023-12", "2024-01", "2023-08"


def main() -> int:
    if not ARCHIVE.exists():
        print(f"{ARCHIVE} is not there: nothing to measure")
        return 0
    with tempfile.TemporaryDirectory(prefix="csp-bench-") as folder:
        home = Path(folder)
        shutil.copytree(paths.data_folder(), home / "data", ignore=_own)
        plan = home / "plan.yml"
        entry = f"areas: [{', '.join(AREAS)}], periods: [{', '.join(map(repr, PERIODS))}]"
        plan.write_text(f"reports:\n  - {{notebook: performance-report, {entry}}}\n")
        module = ("-m", "benchmarks.production.html_only", "run", "--plan", str(plan))
        _python(home, *module, "--outputs", str(home / "outputs"))
        lines = [*against_the_truth(home), *of_a_nation(home)]
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    text = "\n".join([*lines, "", f"Load: {load}, {os.cpu_count()} processors."])
    print(text)
    (HERE / "RESULTS.md").write_text(f"# Freshness\n\n{__doc__}\n{text}\n", encoding="utf-8")
    return 0


def against_the_truth(home: Path) -> Iterator[str]:
    """Make changes one after the other; say what is run again, and what really moves."""
    outputs = home / "outputs"
    yield "| Change | Reports | Run again | Contents moved | Missed | In vain |"
    yield "|---|---:|---:|---:|---:|---:|"
    before, told_before = truth(home, outputs), stale(home, outputs)
    for what, archive in (("a new month", new_month(home)), ("a month again", month_again(home))):
        _python(home, "-m", "cspanalysis", "ingest", str(archive))
        after, told = truth(home, outputs), stale(home, outputs)
        moved = {job for job in after if after[job] != before[job]}
        run = {job for job in told if told[job] != told_before[job]}
        counts = len(after), len(run), len(moved), len(moved - run), len(run - moved)
        yield f"| {what} | {' | '.join(map(str, counts))} |"
        before, told_before = after, told


def of_a_nation(home: Path) -> Iterator[str]:
    """Measure deciding, and the index, over the records of one area spread over many."""
    os.environ["CSPANALYSIS_DATA"] = str(home / "data")
    plan, jobs = spread(home / "outputs" / AREAS[0], home / "nation", PERIODS, SPREAD)
    outputs = home / "nation" / "outputs"
    clock, busy = decide(home, plan, outputs)
    yield ""
    yield f"* Deciding for {jobs:,} jobs: {busy:.2f} s, {clock:.2f} by the clock (below 3)"
    clock, busy, written = index_again(outputs, AREAS[0])
    yield (
        f"* Index and review packs after one change among {jobs:,}: {busy:.2f} s, {clock:.2f} by "
        f"the clock; {written} page(s) written (below 1)"
    )


def truth(home: Path, outputs: Path) -> dict[str, str]:
    """Give the hash of what every report shows, made in plain Python."""
    return _told(home, "made", outputs)


def stale(home: Path, outputs: Path) -> dict[str, str]:
    """Give of every report which of the slices that it read are not as they were."""
    return _told(home, "changed", outputs)


def made(outputs: Path) -> dict[str, str]:
    """Make tables and charts of every report in a folder, and hash what they show."""
    from benchmarks.production.plain import shown
    from cspanalysis.production.records import published_records

    found = {}
    for record in published_records(outputs):
        report = f"{record.area.slug},{record.period.text}"
        text = "".join(shown(record.notebook.name, report))
        found[record.job] = sha256(text.encode()).hexdigest()
    return found


def changed(outputs: Path) -> dict[str, str]:
    """Tell of every report which slices have changed since it was made; of its data alone."""
    from cspanalysis.production.records import published_records
    from cspanalysis.store.fresh import hash_of_read

    current = hash_of_read()
    return {
        record.job: json.dumps([f"{r['label']} {current(r)}" for r in record.reads])
        for record in published_records(outputs)
    }


def decide(home: Path, plan: Path, outputs: Path) -> tuple[float, float]:
    """Have a command say what it would run; seconds by the clock and of the processor."""
    began, spent = time.perf_counter(), sum(os.times()[2:4])
    command = ("run", "--explain", "--plan", str(plan), "--outputs", str(outputs))
    _python(home, "-m", "cspanalysis", *command)
    return time.perf_counter() - began, sum(os.times()[2:4]) - spent


def new_month(home: Path) -> Path:
    """Write the last month under the date of the next."""
    with zipfile.ZipFile(ARCHIVE) as source:
        raw = source.read(STREET.format(month=LAST)).replace(LAST.encode(), NEW.encode())
    return _archive(home / "new.zip", STREET.format(month=NEW), raw)


def month_again(home: Path) -> Path:
    """Write a month without every tenth of its rows, beside a later month that dates the file."""
    with zipfile.ZipFile(ARCHIVE) as source:
        lines = source.read(STREET.format(month=AGAIN)).splitlines(keepends=True)
        later = source.read(STREET.format(month=LAST)).replace(LAST.encode(), b"2024-02")
    raw = b"".join(line for at, line in enumerate(lines) if at % 10 != 1)
    path = _archive(home / "again.zip", STREET.format(month=AGAIN), raw)
    with zipfile.ZipFile(path, "a") as target:
        target.writestr(STREET.format(month="2024-02"), later)
    return path


def _archive(path: Path, name: str, raw: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(name, raw)
    return path


def _told(home: Path, what: str, outputs: Path) -> dict[str, str]:
    """Call a function of this module in a process of its own, with the data as they are now."""
    code = (
        "import json, sys; from pathlib import Path; from benchmarks.freshness import __main__ as m"
        f"; print(json.dumps(m.{what}(Path(sys.argv[1]))))"
    )
    told: dict[str, str] = json.loads(_python(home, "-c", code, str(outputs)).splitlines()[-1])
    return told


def _python(home: Path, *words: str) -> str:
    environment = {
        **os.environ,
        "PYTHONPATH": str(paths.project_folder()),
        "CSPANALYSIS_DATA": str(home / "data"),
        "CSPANALYSIS_CACHE": str(home / "cache"),
    }
    command = [sys.executable, *words]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True
    ).stdout


def _own(folder: str, names: list[str]) -> list[str]:
    """Leave out what a user has taken in: the months shipped are enough."""
    own = {"raw", "store"} if Path(folder) == paths.data_folder() else set()
    return [name for name in names if name in own]


if __name__ == "__main__":
    sys.exit(main())
