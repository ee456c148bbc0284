"""The limit: every table and chart of a report as plain Python, without a notebook or a page.

``python -m benchmarks.production.plain PROCESSES AREA,PERIOD ...``
"""

from __future__ import annotations

import json
import re
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from cspanalysis.paths import notebooks_folder


def cells() -> list[str]:
    """Name what the shipped notebook asks its report for, in order."""
    book = json.loads((notebooks_folder() / "performance-report.ipynb").read_text(encoding="utf-8"))
    source = "\n".join("".join(c["source"]) for c in book["cells"] if c["cell_type"] == "code")
    return re.findall(r"^report\.(\w+)\(\)$", source, re.MULTILINE)


def blocks(report: str) -> int:
    """Make what the shipped notebook shows, and tell how much markup that is."""
    from cspanalysis import Assessment

    assessment = Assessment.open(*report.split(",", 1))
    return sum(len(getattr(assessment, cell)().html) for cell in cells())


if __name__ == "__main__":
    # One thread for linear algebra, as in a kernel: the processes share the machine.
    with ProcessPoolExecutor(int(sys.argv[1]), mp_context=get_context("spawn")) as pool:
        print(sum(pool.map(blocks, sys.argv[2:])))
