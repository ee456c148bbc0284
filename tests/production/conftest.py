"""Tiny notebooks, and plans that run them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from cspanalysis.production import Plan, RunResult, read_plan, run

FIGURES = "application/vnd.cspanalysis.figures+json"
PARAMETERS = 'area = "wycombe"\nperiod = "2019"\nbaseline = ""\nedition = "public"'


def figures_cell(*ids: str) -> str:
    """Source of a cell that records headline figures, and one input."""
    content = {
        "figures": [{"id": name, "label": name, "value": 3} for name in ids],
        "inputs": [{"source": "made", "vintage": "2020-01", "rows": 3}],
    }
    return (
        "from IPython.display import display\n"
        f"display({{{FIGURES!r}: {content!r}, 'text/plain': 'figures'}}, raw=True)"
    )


class Workshop:
    """A folder with notebooks, a plan and outputs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notebooks = folder / "notebooks"
        self.outputs = folder / "outputs"
        self.notebooks.mkdir()

    def notebook(self, name: str, *cells: str, parameters: str = PARAMETERS) -> Path:
        """Write a notebook: a cell of parameters, then the cells given."""
        book = nbformat.v4.new_notebook(
            metadata={
                "kernelspec": {"name": "python3", "display_name": "Python", "language": "python"}
            }
        )
        first = nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})
        book.cells = [first, *map(nbformat.v4.new_code_cell, cells)]
        path = self.notebooks / f"{name}.ipynb"
        nbformat.write(book, path)
        return path

    def plan(self, *entries: str) -> Plan:
        """Write a plan of entries such as ``report: wycombe, 2019`` and read it."""
        return read_plan(self.plan_file(*entries), notebooks=self.notebooks)

    def plan_file(self, *entries: str) -> Path:
        """Write a plan of such entries."""
        lines = ["reports:"]
        for entry in entries:
            notebook, _, rest = entry.partition(": ")
            area, period = rest.split(", ")
            lines.append(f"  - {{notebook: {notebook}, areas: [{area}], periods: [{period}]}}")
        path = self.folder / "plan.yml"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    def run(self, *entries: str, **options: Any) -> RunResult:
        """Run such a plan."""
        options = {"publish": page, "jobs": 2, "timeout": 30, **options}
        return run(self.plan(*entries), outputs=self.outputs, **options)

    def record(self, name: str) -> dict[str, Any]:
        """Read a JSON file of the outputs folder."""
        content: dict[str, Any] = json.loads((self.outputs / name).read_text(encoding="utf-8"))
        return content

    def files(self) -> set[str]:
        """Files of the outputs folder, the lock's left out."""
        found = (p.relative_to(self.outputs) for p in self.outputs.rglob("*") if p.is_file())
        return {path.as_posix() for path in found if not path.name.startswith(".lock")}


def page(executed: Path, into: Path) -> Iterable[Path]:
    """Publish a notebook as one small page that holds its text outputs."""
    book = nbformat.read(executed, as_version=4)
    outputs = [out for cell in book.cells for out in cell.get("outputs", ())]
    text = "\n".join(out.get("text", "") for out in outputs)
    target = into / f"{executed.stem}.html"
    target.write_text(f"<pre>{text}</pre>", encoding="utf-8")
    return [target]


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """Folder with notebooks, a plan and outputs."""
    return Workshop(tmp_path)


@pytest.fixture
def make_page() -> Callable[[Path, Path], Iterable[Path]]:
    """Publish callable of these tests."""
    return page


@pytest.fixture
def make_figures_cell() -> Callable[..., str]:
    """Maker of cells that record headline figures."""
    return figures_cell
