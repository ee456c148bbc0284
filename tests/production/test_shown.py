"""The published notebook is the page's: without what is for analysts and what was printed."""

from __future__ import annotations

from typing import Any

import nbformat

from cspanalysis.production.shown import shown

EDITION = "edition = 'sensitive'"


def executed() -> Any:
    book = nbformat.v4.new_notebook()
    printed = nbformat.v4.new_output("stream", text="a note")
    drawn = nbformat.v4.new_output("display_data", data={"text/html": "<p>seen</p>"})
    book.cells = [
        nbformat.v4.new_markdown_cell("How to run", metadata={"tags": ["analyst"]}),
        nbformat.v4.new_code_cell("1", outputs=[printed, drawn]),
    ]
    return book


def test_notebook_holds_what_its_page_shows() -> None:
    book = executed()
    (cell,) = shown(book).cells
    assert [one.output_type for one in cell.outputs] == ["display_data"]
    assert len(book.cells) == 2
    assert len(book.cells[1].outputs) == 2


def test_what_editors_and_writers_note_stays_out() -> None:
    book = executed()
    book.metadata.update(authors=[{"name": "Jo"}], path="Jo", cspanalysis_forms=["mail"])
    drawn = nbformat.v4.new_output(
        "display_data",
        data={"text/html": "<p>seen<!-- Jo --></p>", "image/png": "aa"},
        metadata={"image/png": {"width": 3, "by": "Jo"}, "by": "Jo"},
    )
    book.cells += [
        nbformat.v4.new_raw_cell("Jo"),
        nbformat.v4.new_markdown_cell("Words<!-- Jo\n -->.\n\n[//]: # (Jo)", metadata={"by": "Jo"}),
        nbformat.v4.new_code_cell("2", outputs=[drawn], metadata={"tags": ["parameters", "Jo"]}),
    ]
    made = shown(book)
    assert "Jo" not in nbformat.writes(made)
    assert made.metadata == {"cspanalysis_forms": ["mail"]}
    assert made.cells[-2].source == "Words.\n\n"
    assert made.cells[-1].metadata == {"tags": ["parameters"]}
    assert made.cells[-1].outputs[0].metadata == {"image/png": {"width": 3}}


def test_forms_of_an_output_that_no_page_shows_stay_out() -> None:
    book = executed()
    ours = {"application/vnd.cspanalysis.figures+json": {"figures": []}}
    seen = {"text/html": "<p>seen</p>", "text/plain": "seen", **ours}
    unseen = {"application/javascript": "x()", "text/latex": "x", "image/svg+xml": "<svg/>"}
    note = nbformat.v4.new_markdown_cell("![a map](attachment:a.png)")
    note["attachments"] = {"a.png": {"image/png": "AA"}, "b.svg": {"image/svg+xml": "x"}}
    book.metadata.kernelspec = {"name": "python3", "display_name": "Python", "by": "Jo"}
    book.cells = [
        note,
        *(
            nbformat.v4.new_code_cell(outputs=[nbformat.v4.new_output("display_data", data=data)])
            for data in ({**seen, **unseen}, {"application/javascript": "x()"})
        ),
    ]
    made = shown(book)
    assert [*made.cells[0].attachments] == ["a.png"]
    assert made.cells[1].outputs[0].data == seen
    assert made.cells[2].outputs == []
    assert made.metadata.kernelspec == {"name": "python3", "display_name": "Python"}


def test_public_notebook_lands_without_prints_and_a_sensitive_one_as_it_is(workshop: Any) -> None:
    workshop.notebook("open", "print('a note')")
    workshop.notebook("closed", "print('a note')", parameters=f"area = ''\nperiod = ''\n{EDITION}")
    assert workshop.run("open: wycombe, 2019", "closed: wycombe, 2019").exit_code == 0
    landed = workshop.outputs / "wycombe/2019/open.ipynb"
    assert not any(cell.outputs for cell in nbformat.read(landed, 4).cells)
    closed = workshop.folder / "outputs-sensitive/wycombe/2019/closed.ipynb"
    assert any(cell.outputs for cell in nbformat.read(closed, 4).cells)
