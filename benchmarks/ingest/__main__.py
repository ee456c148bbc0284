"""Ingest against its floor: unzipping the same bytes and parsing them with pyarrow's CSV reader.

``python -m benchmarks ingest`` reads ``../shared/data/police_uk/all-forces-2018-10-to-2019-02.zip``
(1.77 million rows) once; ``$CSPANALYSIS_BENCH_REPEATS=1,4,17`` also stretches its five months over
more years, to 7 and 30 million rows. Floor and ingest take turns, twice each, and the better turn
of each counts. Next to seconds by the clock stand those of the processor (user and system), which
other work on the machine disturbs less.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.csv

HERE = Path(__file__).parent
ARCHIVE = HERE.parents[2] / "shared/data/police_uk/all-forces-2018-10-to-2019-02.zip"


TURNS = 2
HEADER = (
    "rows",
    "floor, s",
    "ingest, s",
    "ratio",
    "floor, processor s",
    "ingest, processor s",
    "ratio",
    "peak, MB",
    "one CSP's series, ms",
)


def main() -> int:
    if not ARCHIVE.exists():
        print(f"{ARCHIVE} is not there: nothing to measure")
        return 0
    lines = [_row(HEADER), "|" + "---:|" * len(HEADER)]
    for repeats in map(int, os.environ.get("CSPANALYSIS_BENCH_REPEATS", "1").split(",")):
        with tempfile.TemporaryDirectory() as folder:
            archive = stretched(Path(folder) / "a.zip", repeats) if repeats > 1 else ARCHIVE
            lines.append(_row(measured(archive, Path(folder))))
    load = f"Load average at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores."
    text = "\n".join([*lines, "", load])
    print(text)
    (HERE / "RESULTS.md").write_text(f"# Ingest\n\n{__doc__}\n{text}\n", encoding="utf-8")
    return 0


def measured(archive: Path, folder: Path) -> list[str]:
    """Let floor and ingest take turns, each in a process of its own."""
    floors, ingests = [], []
    for turn in range(TURNS):
        floors.append(_told("floor", archive))
        ingests.append(_told("one", archive, folder / f"store-{turn}"))
    rows = int(floors[0][0])
    floor, floor_cpu = (min(values) for values in list(zip(*floors, strict=True))[1:])
    taken, taken_cpu, _, asked = (min(values) for values in zip(*ingests, strict=True))
    peak = max(told[2] for told in ingests)
    return [
        f"{rows:,}", f"{floor:.1f}", f"{taken:.1f}", f"{taken / floor:.2f}",
        f"{floor_cpu:.1f}", f"{taken_cpu:.1f}", f"{taken_cpu / floor_cpu:.2f}",
        f"{peak:.0f}", f"{asked:.0f}",
    ]  # fmt: skip


def floor(archive: str) -> None:
    """Unzip and parse; print rows, seconds, and seconds of the processor."""
    start, busy, rows = time.perf_counter(), time.process_time(), 0
    with zipfile.ZipFile(archive) as source:
        for name in source.namelist():
            if name.endswith(".csv"):
                with source.open(name) as raw:
                    reader = pa.csv.open_csv(pa.PythonFile(raw, mode="r"))
                    rows += sum(batch.num_rows for batch in reader)
    print(rows, time.perf_counter() - start, time.process_time() - busy)


def one(archive: str, into: str) -> None:
    """Ingest; print seconds, those of the processor, peak in MB, and milliseconds of an answer."""
    from cspanalysis.store import Store, ingest
    from cspanalysis.vocabulary import Area

    start, busy = time.perf_counter(), time.process_time()
    ingest([Path(archive)], into=Path(into))
    taken, busy = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    wycombe = Area.named("wycombe")
    Store.open(Path(into)).monthly(Area.named("luton"))
    start = time.perf_counter()
    Store.open(Path(into)).monthly(wycombe)
    print(taken, busy, peak, (time.perf_counter() - start) * 1000)


def _told(what: str, *arguments: Path) -> list[float]:
    """Run a function of this module in a process of its own and read the numbers it prints."""
    code = f"import sys; from benchmarks.ingest import __main__ as m; m.{what}(*sys.argv[1:])"
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [float(number) for number in done.stdout.split()]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def stretched(path: Path, repeats: int) -> Path:
    """Write the archive's five months again and again, as the months from 2011-01 on."""
    with (
        zipfile.ZipFile(ARCHIVE) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        names = sorted(n for n in source.namelist() if n.endswith(".csv"))
        months = sorted({name[:7] for name in names})
        for name in names:
            raw, month = source.read(name), name[:7]
            for repeat in range(repeats):
                at = repeat * len(months) + months.index(month)
                label = f"{2011 + at // 12}-{at % 12 + 1:02d}"
                renamed = name.replace(month, label)
                target.writestr(renamed, raw.replace(month.encode(), label.encode()))
    return path


if __name__ == "__main__":
    sys.exit(main())
