"""Run the tests of docs/faults.md row by row: ``python -m tests.faults [ROW ...]``."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "docs" / "faults.md").read_text(encoding="utf-8")


def rows() -> Iterator[tuple[int, str, list[str]]]:
    """Give number, fault and tests of each row of the table."""
    lists = re.split(r"^(\d+)\. ", PAGE.partition("## Tests")[2], flags=re.MULTILINE)
    tests = dict(zip(map(int, lists[1::2]), lists[2::2], strict=True))
    for fault, number in re.findall(r"^\| ([^|]+) \|.*\[(\d+)\] \|$", PAGE, re.MULTILINE):
        yield int(number), fault, re.findall(r"`(tests/\S+\.py::\S+)`", tests[int(number)])


def main(chosen: list[str]) -> int:
    """Run rows, all if none is chosen; 1 where a test failed."""
    failed = False
    for number, fault, tests in rows():
        if chosen and str(number) not in chosen:
            continue
        begun = time.monotonic()
        command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", *tests]
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
        last = (done.stdout.strip() or done.stderr.strip() or "nothing was said").splitlines()[-1]
        sys.stdout.write(f"{number:>2}  {fault}: {last} ({time.monotonic() - begun:.0f} s)\n")
        sys.stdout.flush()
        if done.returncode:
            failed = True
            sys.stdout.write(done.stdout[-2000:])
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
