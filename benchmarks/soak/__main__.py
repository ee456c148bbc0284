"""Run many jobs, one in twenty with a fault: ``python -m benchmarks.soak [--jobs 500]``.

Every good report must be published, every bad one recorded with its own fault, none be wrong;
files, threads and processes must be flat.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.soak.jobs import Account, soaked


def main() -> int:
    """Run the jobs and write what came of them; 1 where a report is missing or wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=500)
    jobs, begun = parser.parse_args().jobs, time.monotonic()
    with tempfile.TemporaryDirectory(prefix="csp-bench-") as folder:
        found = []
        for account in soaked(jobs, Path(folder)):
            found.append(account)
            print(_row(account), flush=True)
    spent = time.monotonic() - begun
    lines = [
        "# Soak: many jobs, one in twenty with a fault",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {os.cpu_count()} "
        f"processors, {spent:.0f} seconds. Small notebooks through warm kernels, two at a time.",
        "",
        "| Jobs | Good | Published | Bad | Recorded | Wrong | Files | Threads | Below | MB |",
        "|---|---|---|---|---|---|---|---|---|---|",
        *map(_row, found),
    ]
    Path(__file__).with_name("RESULTS.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    last = found[-1]
    return int(last.wrong > 0 or (last.published, last.recorded) != (last.good, last.bad))


def _row(one: Account) -> str:
    held = one.held
    return (
        f"| {held.jobs} | {one.good} | {one.published} | {one.bad} | {one.recorded} "
        f"| {one.wrong} | {held.files} | {held.threads} | {held.processes} | {held.memory:.0f} |"
    )


if __name__ == "__main__":
    sys.exit(main())
