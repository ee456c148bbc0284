from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import nbformat
import pytest

from cspanalysis.errors import PublicationError
from tests.samples import notebook

NAMES = {"csp-html": ".html", "csp-pdf": ".pdf", "csp-docx": ".docx"}
INSTALLED = {entry.name for entry in entry_points(group="nbconvert.exporters")}


def _exporter(name: str) -> Any:
    pyproject = Path(__file__).parents[2] / "pyproject.toml"
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    module, _, held = project["entry-points"]["nbconvert.exporters"][name].partition(":")
    return getattr(import_module(module), held)()


@pytest.mark.parametrize("name", NAMES)
def test_exporters_give_what_publishing_gives(name: str, report: Path) -> None:
    made, resources = _exporter(name).from_filename(str(report.with_suffix(".ipynb")))
    content = made.encode() if isinstance(made, str) else made
    assert resources["output_extension"] == NAMES[name]
    assert content == report.with_suffix(NAMES[name]).read_bytes()


def test_a_notebook_of_another_kind_is_refused(tmp_path: Path) -> None:
    book = nbformat.read(notebook(["# Mine"], tmp_path / "mine.ipynb"), as_version=4)
    with pytest.raises(PublicationError, match="no cell shows a cover"):
        _exporter("csp-html").from_notebook_node(book)


@pytest.mark.skipif(not set(NAMES) <= INSTALLED, reason="the package is not installed")
@pytest.mark.parametrize("name", NAMES)
def test_the_command_line_knows_them(name: str, report: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "nbconvert", "--to", name, "--output-dir", str(tmp_path)]
    subprocess.run([*command, str(report.with_suffix(".ipynb"))], check=True, capture_output=True)
    made = tmp_path / f"{report.name}{NAMES[name]}"
    assert made.read_bytes() == report.with_suffix(NAMES[name]).read_bytes()
