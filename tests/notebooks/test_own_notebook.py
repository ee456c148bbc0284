"""The notebook that the README has its readers write."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

from cspanalysis.display import Block
from cspanalysis.publication import publish
from tests.samples import notebook

README = Path(__file__).parents[2] / "README.md"


def cells() -> list[str]:
    text = README.read_text(encoding="utf-8")
    section = text.split("### A notebook of your own\n")[1].split("\nPlain papermill")[0]
    return re.findall(r"```python\n(.*?)```", section, flags=re.DOTALL)


def value_of(cell: str, names: dict[str, Any]) -> object:
    """Run a cell and give the value of its last line, as a notebook shows it."""
    tree = ast.parse(cell)
    last = tree.body[-1]
    assert isinstance(last, ast.Expr)
    exec(compile(ast.Module(tree.body[:-1], []), "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names)


def test_the_notebook_of_the_readme_is_published(tmp_path: Path) -> None:
    parameters, *shown = cells()
    names: dict[str, Any] = {}
    exec(parameters, names)
    blocks = [value_of(cell, names) for cell in shown]
    assert [type(block) for block in blocks] == [Block] * 3
    cover, *rest = blocks
    executed = notebook([cover, "## Burglary", *rest], tmp_path / "my-look.ipynb")  # type: ignore[list-item]
    made = publish(executed, tmp_path / "out")
    page = made[0].read_text(encoding="utf-8")
    assert "Burglary in six months" in page
    assert "December 2023" in page
    assert page.count('<figure class="chart"') == 1
