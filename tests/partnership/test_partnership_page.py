"""docs/partnership-file.md: every key is on it with words of its own, and it is of today."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Annotated, Any

import pytest

from cspanalysis.partnership import Partnership

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def writer() -> Any:
    spec = spec_from_file_location("write_partnership_file", DOCS / "write_partnership_file.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_key_is_explained_and_nothing_else_is(writer: Any) -> None:
    for model in writer.every_model(Partnership):
        assert set(writer.explained(model)) == set(model.model_fields), model.__name__


def test_the_page_is_up_to_date(writer: Any) -> None:
    written = (DOCS / "partnership-file.md").read_text(encoding="utf-8")
    assert written == writer.page(), "run: python docs/write_partnership_file.py"


def test_forms_are_said_in_words(writer: Any) -> None:
    from cspanalysis.partnership.fields import AreaField, Count, Year

    assert writer.form(tuple[AreaField, ...]) == "list of areas"
    assert writer.form(Year | None) == "year"
    assert writer.form(tuple[Count, Count] | None) == "[before, after]: two whole numbers from 0"
    assert writer.form(dict[str, float]) == "lines of text: number"
    assert writer.form(Annotated[int, "more than none"]) == "whole number"


def test_links_lead_to_headings(writer: Any) -> None:
    import re

    page = writer.page()
    headings = {h.lower().replace(" ", "-") for h in re.findall(r"(?m)^## (.+)$", page)}
    assert set(re.findall(r"\]\(#([a-z-]+)\)", page)) <= headings
