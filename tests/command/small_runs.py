"""Runs as small as can be: notebooks of a cell, pages of a word."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat

PLAN = "reports:\n  - {notebook: %s, areas: [%s], periods: [2019]}\n"
SCRIPT = """
from pathlib import Path
from cspanalysis.command.main import Pages, main

def publish(executed, into):
    page = into / f"{executed.stem}.html"
    page.write_text("page")
    return [page]

if __name__ == "__main__":
    main(obj=Pages(publish, lambda outputs: (outputs / "index.html").write_text("index")))
"""


def publish(executed: Path, into: Path) -> list[Path]:
    page = into / f"{executed.stem}.html"
    page.write_text("page")
    return [page]


def write_index(outputs: Path) -> Path:
    (outputs / "index.html").write_text("index")
    return outputs / "index.html"


def write_notebook(home: Path, name: str, source: str) -> None:
    spec = {"name": "python3", "display_name": "Python", "language": "python"}
    book = nbformat.v4.new_notebook(metadata={"kernelspec": spec})
    first = nbformat.v4.new_code_cell("area = ''\nperiod = ''", metadata={"tags": ["parameters"]})
    book.cells = [first, nbformat.v4.new_code_cell(source)]
    nbformat.write(book, home / "notebooks" / f"{name}.ipynb")


def plan(home: Path, notebook: str = "good", areas: str = "wycombe") -> str:
    path = home / "plan.yml"
    path.write_text(PLAN % (notebook, areas))
    return str(path)


def environment() -> dict[str, str]:
    package = str(Path(__file__).parents[2])
    return {**os.environ, "PYTHONPATH": package}
