"""The limit: the cells of a notebook as plain Python, without a kernel or a page.

``python -m benchmarks.production.plain PROCESSES NOTEBOOK AREA,PERIOD ...``

All that a warm kernel finds imported is imported once; then each report is made in a fork.
"""

from __future__ import annotations

import ast
import gc
import json
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from cspanalysis.paths import notebooks_folder


def cells(notebook: str) -> Iterator[tuple[bool, str]]:
    """Give the code cells of a shipped notebook in order, and whether each sets parameters."""
    book = json.loads((notebooks_folder() / f"{notebook}.ipynb").read_text(encoding="utf-8"))
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            yield "parameters" in cell["metadata"].get("tags", ()), "".join(cell["source"])


def shown(notebook: str, report: str) -> Iterator[str]:
    """Run all cells of a report, AREA,PERIOD; give what each shows, as text."""
    area, period = report.split(",", 1)
    names: dict[str, Any] = {}
    for sets_parameters, source in cells(notebook):
        tree = ast.parse(source)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, notebook, "exec"), names)
        if sets_parameters:
            names.update(area=area, period=period)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), notebook, "eval"), names)
            yield json.dumps(value._repr_mimebundle_())


def blocks(notebook: str, report: str) -> int:
    """Run all cells and give what they show to nobody; tell how much that is."""
    return sum(map(len, shown(notebook, report)))


def main(processes: int, notebook: str, reports: Sequence[str]) -> None:
    from cspanalysis.production.template import prepare
    from cspanalysis.production.warm import _what_to_import

    prepare(_what_to_import())
    gc.collect()
    gc.freeze()
    running = 0
    for report in reports:
        if running == processes:
            _await_one()
            running -= 1
        if os.fork() == 0:
            os._exit(0 if blocks(notebook, report) else 1)
        running += 1
    for _ in range(running):
        _await_one()


def _await_one() -> None:
    _, status = os.wait()
    if status:
        raise SystemExit("a report failed")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
