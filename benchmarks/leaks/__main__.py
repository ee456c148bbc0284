"""Run many small jobs in one process: ``python -m benchmarks.leaks [--jobs 500]``.

What the process and the template of its kernels hold must be flat after the first 50.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.leaks.jobs import Held, held_after

SETTLED = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=500)
    jobs = parser.parse_args().jobs
    with tempfile.TemporaryDirectory(prefix="csp-bench-") as folder:
        found = {held.jobs: held for held in held_after(jobs, Path(folder))}
    shown = sorted({min(SETTLED, jobs), jobs // 2 // 10 * 10, max(found)} & found.keys())
    lines = [
        "# Leaks: what is held after so many jobs",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, "
        f"{os.cpu_count()} processors. Small notebooks through warm kernels, two at a time.",
        "",
        "| Jobs | Files | Threads | Processes below | Files of the template | MB | MB of it |",
        "|---|---|---|---|---|---|---|",
        *(_row(found[jobs]) for jobs in shown),
    ]
    print("\n".join(lines))
    Path(__file__).with_name("RESULTS.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _row(held: Held) -> str:
    return (
        f"| {held.jobs} | {held.files} | {held.threads} | {held.processes} | "
        f"{held.template_files} | {held.memory:.0f} | {held.template_memory:.0f} |"
    )


if __name__ == "__main__":
    main()
