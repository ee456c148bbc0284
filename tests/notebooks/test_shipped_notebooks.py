"""The notebooks that the project ships, cell by cell and as plain papermill runs them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from IPython.core.formatters import DisplayFormatter
from lxml import html

from tests.notebooks.test_own_notebook import value_of

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
LONGEST_CELL = 6
COMMITTEE = 28
WYCOMBE = {"area": "wycombe", "period": "2017-04..2017-06"}
MAKERS = re.compile(r"\.ya?ml|\bdata/|\bdocs/|cspanalysis|partnership file|\bingest")
"""Words for those who make a report; its readers know no files and no commands."""


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_holds_no_outputs_no_analysis_and_imports_only_ours(path: Path) -> None:
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        assert not cell.outputs
        assert cell.execution_count is None
        assert len(cell.source.splitlines()) <= LONGEST_CELL
        imports = [line for line in cell.source.splitlines() if "import" in line]
        assert all(line.startswith("from cspanalysis import") for line in imports)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_says_its_parameters(path: Path) -> None:
    names = papermill.inspect_notebook(str(path))
    assert {"area", "period", "edition"} <= set(names)


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("name", "blocks", "parameters", "words"),
    [
        ("performance-report", 17, WYCOMBE, "Wycombe: April to June 2017"),
        ("committee-report", COMMITTEE, WYCOMBE, "Wycombe: April to June 2017"),
        ("priority-profile", 20, WYCOMBE, "Wycombe: April to June 2017"),
        ("explore", 5, WYCOMBE, "Wycombe: April"),
        ("explore", 5, {}, "Luton: 2023"),  # which shows itself in its own way
        ("data-quality", 8, WYCOMBE, "Wycombe: April to June 2017"),
    ],
)
def test_runs_with_plain_papermill(
    tmp_path: Path, name: str, blocks: int, parameters: dict[str, str], words: str
) -> None:
    source, made = source_of(name), tmp_path / "made.ipynb"
    papermill.execute_notebook(
        str(source),
        str(made),
        parameters=parameters,
        progress_bar=False,
        cwd=str(tmp_path),
    )
    cells = nbformat.read(made, as_version=4).cells
    shown = [out for cell in cells if cell.cell_type == "code" for out in cell.outputs]
    assert all(out.output_type in {"execute_result", "display_data"} for out in shown)
    read_right(name, [out["data"] for out in shown], blocks, words)


@pytest.mark.parametrize(
    ("name", "blocks", "parameters", "words"),
    [
        ("performance-report", 17, {}, "Luton: 2023"),
        ("strategic-assessment", 39, {"previous": "2022"}, "Luton: 2023"),
        ("committee-report", COMMITTEE, {"area": "luton", "period": "2023"}, "Luton: 2023"),
        ("priority-profile", 20, {}, "Luton: 2023"),
        ("place-profile", 8, {}, "Dallow (ward): 2023"),
        ("data-quality", 8, {}, "Bedfordshire (police force area): 2023"),
    ],
)
def test_its_cells_show_blocks(
    name: str, blocks: int, parameters: dict[str, str], words: str
) -> None:
    """One process for all of them: what one has opened, the next has at hand."""
    names: dict[str, Any] = {}
    shown = []
    for cell in nbformat.read(source_of(name), as_version=4).cells:
        if cell.cell_type != "code":
            continue
        if "parameters" in cell.metadata.get("tags", []):
            exec(cell.source, names)
            names |= parameters
            continue
        value = value_of(cell.source, names)
        if value is not None:
            shown.append(DisplayFormatter().format(value)[0])
    read_right(name, shown, blocks, words)


def source_of(name: str) -> Path:
    return next(path for path in NOTEBOOKS if path.stem == name)


def read_right(name: str, shown: list[dict[str, Any]], blocks: int, words: str) -> None:
    """Hold what the cells of a notebook showed to its blocks, its cover and its readers."""
    assert shown[0]["text/plain"].startswith(words)
    assert len(shown) == blocks
    told = " ".join(html.fromstring(one.get("text/html") or "-").text_content() for one in shown)
    if name != "data-quality":  # which is for those who make reports
        assert MAKERS.findall(told) == []
