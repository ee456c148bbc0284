"""docs/tutorial.md: every line of Python in it runs, and each answers."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pandas as pd

from cspanalysis import Assessment
from cspanalysis.blocks.block import Block
from cspanalysis.explore.explorer import Explorer
from cspanalysis.findings.finding import Change
from cspanalysis.findings.shown import Findings

PAGE = Path(__file__).parents[2] / "docs" / "tutorial.md"
ANSWERS = (Assessment, Block, Change, Explorer, Findings, pd.DataFrame)


def test_every_line_of_the_tutorial_answers() -> None:
    lines = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    answers = [answer for block in lines for answer in run(block, names)]
    assert len(answers) == 16
    assert all(isinstance(answer, ANSWERS) for answer in answers)
    blocks = [answer for answer in answers if isinstance(answer, Block)]
    assert all(block.html and block.text for block in blocks)


def run(block: str, names: dict[str, Any]) -> list[object]:
    """Run the statements of a block; give the value of each expression, as a cell would show it."""
    values = []
    for statement in ast.parse(block).body:
        if isinstance(statement, ast.Expr):
            values.append(eval(compile(ast.Expression(statement.value), str(PAGE), "eval"), names))
        else:
            exec(compile(ast.Module([statement], []), str(PAGE), "exec"), names)
    return values
