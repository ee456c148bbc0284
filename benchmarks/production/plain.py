"""The limit: every table and chart of a report as plain Python, without a notebook or a page.

``python -m benchmarks.production.plain PROCESSES AREA,PERIOD ...``
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

CELLS = (
    *("cover", "headlines", "summary", "change_tables", "control_charts"),
    *("comparisons", "caveats", "sources"),
)


def blocks(report: str) -> int:
    """Make what the shipped notebook shows, and tell how much markup that is."""
    from cspanalysis import Assessment

    assessment = Assessment.open(*report.split(",", 1))
    return sum(len(getattr(assessment, cell)().html) for cell in CELLS)


if __name__ == "__main__":
    # One thread for linear algebra, as in a kernel: the processes share the machine.
    with ProcessPoolExecutor(int(sys.argv[1]), mp_context=get_context("spawn")) as pool:
        print(sum(pool.map(blocks, sys.argv[2:])))
