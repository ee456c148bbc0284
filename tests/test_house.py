"""The house as a whole: what importing costs and what the package hands on."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import cspanalysis
from tests.costs import costs, measured

ROOT = Path(__file__).parents[1]
HEAVY = {"geopandas", "matplotlib", "nbconvert", "pandas", "pandera", "papermill", "scipy"}
HEAVY |= {"seaborn", "statsmodels"}


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import cspanalysis, json, sys; print(json.dumps(sorted(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(json.loads(out.stdout))


def test_the_vocabulary_and_the_command_load_nothing_heavy() -> None:
    code = (
        "import cspanalysis.vocabulary, cspanalysis.command.main, cspanalysis.methods, json, sys; "
        "print(json.dumps(sorted(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(json.loads(out.stdout))


def test_starting_a_run_loads_nothing_heavy() -> None:
    """A run begins its template first: what makes pages is loaded beside the first kernels."""
    code = (
        "import cspanalysis.production, cspanalysis.publication, json, sys; "
        "print(json.dumps(sorted(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not (HEAVY | {"numpy", "lxml", "nbformat"}) & set(json.loads(out.stdout))


def test_the_public_names_are_there() -> None:
    assert set(cspanalysis.__all__) == {
        *("Area", "Assessment", "CommitteeReport", "DataQuality", "Measure", "Period"),
        *("PlaceProfile", "PriorityProfile", "StrategicAssessment", "__version__"),
    }
    for name in cspanalysis.__all__:
        assert getattr(cspanalysis, name) is not None
    assert dir(cspanalysis) == sorted(cspanalysis.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Everything'"):
        cspanalysis.Everything  # noqa: B018


def test_what_tests_cost_is_told_of_files_that_are_there() -> None:
    assert [name for name in costs() if not (ROOT / name).is_file()] == []
    assert [*costs().values()] == sorted(costs().values(), reverse=True)


def test_a_file_of_tests_costs_what_its_tests_and_its_classes_take(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    cases = [("tests.test_house", 1), ("tests.test_house.TestClass", 2.5), ("tests.test_disk", 4)]
    rows = [f'<testcase classname="{name}" time="{seconds}"/>' for name, seconds in cases]
    report.write_text(
        f"<testsuite>{''.join(rows)}<testcase classname='gone' time='9'/></testsuite>"
    )
    assert measured(report) == {"tests/test_disk.py": 4, "tests/test_house.py": 3.5}


def test_what_is_defined_is_used() -> None:
    """What tests alone call, or nobody, is no part of the product; analysts' words are in pages."""
    trees = [_parsed(path) for path in (ROOT / "cspanalysis").rglob("*.py")]
    pages = [*(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "docs").glob("*.md")]
    pages += [ROOT / "README.md", ROOT / "pyproject.toml"]
    used = {word for page in pages for word in re.findall(r"\w+", page.read_text("utf-8"))}
    used |= {name for tree in trees for node in ast.walk(tree) for name in _named(node)}
    assert len(used) > 5000
    defined = {name for tree in trees for name in _defined(tree)}
    hooks = {name for name in defined if name.startswith("_") and name.endswith("_")}
    assert sorted(defined - used - hooks - HOOKS) == []


HOOKS = {"_file_extension_default", "resolve_command", "terminate"}
"""What libraries call, beside what Python and Jupyter do (`__len__`, `_repr_html_`)."""


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _defined(tree: ast.Module) -> Iterator[str]:
    """Name a module's functions, classes and constants, and methods that are not hooks."""
    for node in tree.body:
        if isinstance(node, ast.Assign):
            yield from (x.id for x in node.targets if isinstance(x, ast.Name))
        inside = node.body if isinstance(node, ast.ClassDef) else []
        for one in (node, *inside):
            if isinstance(one, ast.FunctionDef | ast.ClassDef):
                marks = {ast.unparse(mark).split(".")[-1] for mark in one.decorator_list}
                if marks <= {"property", "cache", "cached_property", "dataclass"}:
                    yield one.name


def _named(node: ast.AST) -> Iterator[str]:
    """Give the names that a piece of code uses; to be in a list of names is no use."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.ImportFrom):
        yield from (name.name for name in node.names)
    elif isinstance(node, ast.Constant) and re.fullmatch(r"[\w.]+[.:]\w+", str(node.value)):
        yield str(node.value).replace(":", ".").split(".")[-1]  # what is imported by its path
