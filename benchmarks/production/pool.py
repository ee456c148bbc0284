"""papermill's and nbconvert's functions in a pool of processes, as their users would write it.

``python -m benchmarks.production.pool PROCESSES NOTEBOOK FOLDER AREA,PERIOD ...``
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from cspanalysis.paths import notebooks_folder


def published(report: str, *, notebook: str, into: Path) -> int:
    """Run a notebook and make its page; tell how long that is."""
    import papermill
    from nbconvert import HTMLExporter

    area, period = report.split(",", 1)
    made = into / f"{area}-{period}.ipynb"
    papermill.execute_notebook(
        notebooks_folder() / f"{notebook}.ipynb",
        made,
        {"area": area, "period": period},
        progress_bar=False,
    )
    page = HTMLExporter().from_filename(str(made))[0]
    return made.with_suffix(".html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    work = partial(published, notebook=sys.argv[2], into=Path(sys.argv[3]))
    with ProcessPoolExecutor(int(sys.argv[1]), mp_context=get_context("spawn")) as pool:
        print(sum(pool.map(work, sys.argv[4:])))
