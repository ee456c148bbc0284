"""docs/faults.md names tests that exist, and no row goes without."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "docs" / "faults.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/\S+\.py)::(\S+)`", PAGE)


def _tests_of(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.ClassDef):
            yield from (
                f"{node.name}::{n.name}" for n in node.body if isinstance(n, ast.FunctionDef)
            )


def test_every_test_of_the_table_exists() -> None:
    assert len(NAMED) > 20
    there = {file: set(_tests_of(ast.parse((PROJECT / file).read_text()))) for file, _ in NAMED}
    assert [name for file, name in NAMED if name not in there[file]] == []


def test_every_fault_has_a_test() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ")][1:]
    numbers = [int(re.search(r"\[(\d+)\] \|$", row)[1]) for row in rows]  # type: ignore[index]
    lists = PAGE.partition("## Tests")[2]
    assert numbers == [int(n) for n in re.findall(r"^(\d+)\. `tests/", lists, re.MULTILINE)]


def test_every_trial_of_the_command_is_in_the_table() -> None:
    trials = ast.parse((PROJECT / "tests/faults/test_command.py").read_text())
    made = {name for name in _tests_of(trials) if "test_" in name}
    assert made <= {name for _, name in NAMED}
