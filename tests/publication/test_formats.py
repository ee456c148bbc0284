"""The rows of formats: what is always made, and what only where it is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import nbformat
import pytest

from cspanalysis import display
from cspanalysis.blocks.block import ASKED
from cspanalysis.command.main import run
from cspanalysis.paths import project_folder
from cspanalysis.publication.formats import FORMATS, rows_of
from cspanalysis.publication.html import page_of
from cspanalysis.vocabulary import Period
from cspanalysis.vocabulary.forms import FORMS
from tests.samples import BEDFORD, bedford, notebook


def test_every_form_has_a_row_and_no_ending_stands_twice() -> None:
    assert {row.form for row in FORMATS} - {None} == set(FORMS)
    endings = [row.ending for row in FORMATS]
    assert len(endings) == len(set(endings))


def test_what_people_read_of_forms_names_each_with_its_files() -> None:
    readme = (project_folder() / "README.md").read_text(encoding="utf-8")
    for row in (row for row in FORMATS if row.form):
        (line,) = (line for line in readme.splitlines() if line.startswith(f"| `{row.form}` |"))
        assert f"`.{row.ending}`" in line
        assert re.search(rf"\b{row.form}\b", str(run.help))


def test_four_formats_are_always_made_and_the_others_where_asked_for() -> None:
    always = ["html", "pdf", "docx", "xlsx"]
    assert [row.ending for row in rows_of(())] == always
    assert [row.ending for row in rows_of({"data"})] == [*always, "data.zip"]


@pytest.mark.parametrize(("plan", "own"), [([], ()), (["data"], ()), ([], ("data",))])
def test_a_plan_asks_through_the_notebook_and_a_partnership_through_the_cover(
    tmp_path: Path, plan: Sequence[str], own: Sequence[str]
) -> None:
    cover = display.cover(
        title="Report",
        area=BEDFORD,
        period=Period.parse("2023"),
        lead="Nothing changed.",
        facts={},
        edition="public",
        forms=own,
    )
    executed = notebook([cover, *bedford()[1:2], "## Words"], tmp_path / "report.ipynb")
    book = nbformat.read(executed, as_version=4)
    book.metadata[ASKED] = plan
    nbformat.write(book, executed)
    assert page_of(executed).forms == {*plan, *own}
