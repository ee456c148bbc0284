"""What each file of tests costs: a table that sorts the tests, and the command that renews it.

``python -m tests.costs REPORT.xml ...`` reads what ``pytest --junitxml=REPORT.xml`` wrote, and
writes ``tests/costs.csv``: the files that take more than a second, the longest first. The longest
are begun first, so that workers end together; ``make test-fast`` leaves out what is named there.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

__all__ = ["costs", "measured"]

TESTS = Path(__file__).parent
TABLE = TESTS / "costs.csv"
WORTH_A_LINE = 1.0
"""Seconds of a file, set-up of its fixtures with them, below which it is one of the fast."""


@cache
def costs() -> dict[str, float]:
    """Seconds by file, as `TABLE` has them, longest first: ``tests/reports/test_strategic.py``."""
    with TABLE.open(encoding="utf-8") as file:
        return {row["file"]: float(row["seconds"]) for row in csv.DictReader(file)}


def measured(*reports: Path) -> dict[str, float]:
    """Add up the seconds of each file of tests over reports of pytest, longest first."""
    found: defaultdict[str, float] = defaultdict(float)
    for report in reports:
        for case in ET.parse(report).iter("testcase"):
            found[_file(case.get("classname", ""))] += float(case.get("time", 0))
    kept = {file: seconds for file, seconds in found.items() if file}
    return dict(sorted(kept.items(), key=lambda item: (-item[1], item[0])))


def _file(dotted: str) -> str:
    """Give the file of a test from the dotted name of its module, or of a class in it."""
    parts = dotted.split(".")
    for end in range(len(parts), 0, -1):
        path = TESTS.parent.joinpath(*parts[:end]).with_suffix(".py")
        if parts[0] == TESTS.name and path.is_file():
            return path.relative_to(TESTS.parent).as_posix()
    return ""


def main(*reports: str) -> None:
    """Write `TABLE` from reports of pytest."""
    rows = [(f, f"{s:.1f}") for f, s in measured(*map(Path, reports)).items() if s > WORTH_A_LINE]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("file", "seconds"), *rows])


if __name__ == "__main__":
    main(*sys.argv[1:])
