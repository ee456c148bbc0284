"""docs/methods.md: every method is on it, and it is what the docstrings say today."""

from __future__ import annotations

import inspect
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from cspanalysis import methods

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def writer() -> Any:
    spec = spec_from_file_location("write_methods", DOCS / "write_methods.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_method_is_on_the_page(writer: Any) -> None:
    functions = {name for name in methods.__all__ if inspect.isfunction(getattr(methods, name))}
    listed = [row[0] for rows in writer.METHODS.values() for row in rows]
    assert functions == set(listed)
    assert len(listed) == len(functions)


def test_the_page_is_up_to_date(writer: Any) -> None:
    written = (DOCS / "methods.md").read_text(encoding="utf-8")
    assert written == writer.page(), "run: python docs/write_methods.py"


def test_headings_formulas_and_references_are_told_apart(writer: Any) -> None:
    doc = (
        "Do it.\n\n``a + b``, as::\n\n    c\n\nParameters\n----------\nx\n    Of it.\n\n"
        "References\n----------\nOne\n(1990)."
    )
    assert writer.description(doc) == "Do it.\n\n`a + b`, as:\n\n    c"
    assert writer.section(doc, "References") == "One (1990)."
    assert writer.section(doc, "Examples") == ""
