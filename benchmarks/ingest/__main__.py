"""Ingest against its floor: unzipping the same bytes and parsing them with pyarrow's CSV reader.

``python -m benchmarks ingest`` reads ``../shared/data/police_uk/all-forces-2018-10-to-2019-02.zip``
(1.77 million rows) once; ``$CSPANALYSIS_BENCH_REPEATS=4`` or ``17`` stretches the five months over
more years, to 7 and 30 million rows.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.csv

HERE = Path(__file__).parent
ARCHIVE = HERE.parents[2] / "shared/data/police_uk/all-forces-2018-10-to-2019-02.zip"


def main() -> int:
    if not ARCHIVE.exists():
        print(f"{ARCHIVE} is not there: nothing to measure")
        return 0
    lines = ["| rows | floor, s | ingest, s | ratio | peak, MB | one CSP's series, ms |"]
    lines.append("|---:|---:|---:|---:|---:|---:|")
    for repeats in map(int, os.environ.get("CSPANALYSIS_BENCH_REPEATS", "1").split(",")):
        with tempfile.TemporaryDirectory() as folder:
            archive = stretched(Path(folder) / "a.zip", repeats) if repeats > 1 else ARCHIVE
            rows, floor = measure_floor(archive)
            code = "import sys; from benchmarks.ingest.__main__ import one; one(*sys.argv[1:])"
            told = subprocess.run(
                [sys.executable, "-c", code, str(archive), f"{folder}/store"],
                capture_output=True, text=True, check=True,
            ).stdout.split()  # fmt: skip
            taken, peak, asked = map(float, told)
            lines.append(
                f"| {rows:,} | {floor:.1f} | {taken:.1f} | {taken / floor:.2f} | {peak:.0f} "
                f"| {asked:.0f} |"
            )
    text = "\n".join(lines)
    print(text)
    (HERE / "RESULTS.md").write_text(f"# Ingest\n\n{__doc__}\n{text}\n", encoding="utf-8")
    return 0


def measure_floor(archive: Path) -> tuple[int, float]:
    start, rows = time.perf_counter(), 0
    with zipfile.ZipFile(archive) as source:
        for name in source.namelist():
            if name.endswith(".csv"):
                with source.open(name) as raw:
                    reader = pa.csv.open_csv(pa.PythonFile(raw, mode="r"))
                    rows += sum(batch.num_rows for batch in reader)
    return rows, time.perf_counter() - start


def one(archive: str, into: str) -> None:
    """Ingest in a process of its own; print seconds, peak in MB, and milliseconds of an answer."""
    from cspanalysis.store import Store, ingest
    from cspanalysis.vocabulary import Area

    start = time.perf_counter()
    ingest([Path(archive)], into=Path(into))
    taken = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    wycombe = Area.named("wycombe")
    Store.open(Path(into)).monthly(Area.named("luton"))
    start = time.perf_counter()
    Store.open(Path(into)).monthly(wycombe)
    print(taken, peak, (time.perf_counter() - start) * 1000)


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
