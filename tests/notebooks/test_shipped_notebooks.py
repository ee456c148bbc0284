"""The notebooks that the project ships, as plain papermill runs them."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import papermill
import pytest
from lxml import html

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
LONGEST_CELL = 6
COMMITTEE = 28
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
        ("performance-report", 16, {}, "Luton: 2023"),
        (
            "performance-report",
            16,
            {"area": "E22000318", "period": "2017-04..2017-06"},
            "Wycombe: April to June 2017",
        ),
        ("strategic-assessment", 38, {"previous": "2022"}, "Luton: 2023"),
        ("committee-report", COMMITTEE, {}, "Wycombe: April to June 2017"),
        ("committee-report", COMMITTEE, {"area": "luton", "period": "2023"}, "Luton: 2023"),
        ("priority-profile", 20, {}, "Luton: 2023"),
        (
            "priority-profile",
            20,
            {"area": "wycombe", "period": "2017-04..2017-06"},
            "Wycombe: April to June 2017",
        ),
        ("explore", 5, {}, "Luton: 2023"),
        ("explore", 5, {"area": "wycombe", "period": "2017-04..2017-06"}, "Wycombe: April"),
        ("data-quality", 8, {}, "Bedfordshire (police force area): 2023"),
        (
            "data-quality",
            8,
            {"area": "wycombe", "period": "2017-04..2017-06"},
            "Wycombe: April to June 2017",
        ),
    ],
)
def test_runs_with_plain_papermill(
    tmp_path: Path, name: str, blocks: int, parameters: dict[str, str], words: str
) -> None:
    source = next(path for path in NOTEBOOKS if path.stem == name)
    made = tmp_path / "made.ipynb"
    papermill.execute_notebook(
        str(source), str(made), parameters=parameters, progress_bar=False, cwd=str(tmp_path)
    )
    cells = nbformat.read(made, as_version=4).cells
    shown = [out for cell in cells if cell.cell_type == "code" for out in cell.outputs]
    assert all(out.output_type in {"execute_result", "display_data"} for out in shown)
    assert shown[0]["data"]["text/plain"].startswith(words)
    assert len(shown) == blocks
    pages = [out["data"].get("text/html") or "-" for out in shown]
    told = " ".join(html.fromstring(page).text_content() for page in pages)
    if name != "data-quality":  # which is for those who make reports
        assert MAKERS.findall(told) == []
