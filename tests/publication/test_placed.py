"""A page that is refused says in which cell the fault lies, and in which line of its words."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from cspanalysis.errors import PublicationError
from cspanalysis.publication.html import page_of
from tests.samples import bedford, notebook

LAST = 7


def refused(tmp_path: Path, cell: nbformat.NotebookNode) -> str:
    path = notebook(bedford()[:4], tmp_path / "a.ipynb")
    book = nbformat.read(path, 4)
    assert len(book.cells) == LAST - 1
    book.cells.append(cell)
    nbformat.write(book, path)
    with pytest.raises(PublicationError) as error:
        page_of(path)
    return str(error.value)


def shown(html: str) -> nbformat.NotebookNode:
    output = nbformat.v4.new_output("display_data", data={"text/html": html})
    return nbformat.v4.new_code_cell("x", outputs=[output])


@pytest.mark.parametrize(
    "address", ["javascript:x()", "java&#115;cript:x\\(\\)", "DATA:text/html,x"]
)
def test_a_harmful_link_of_words_is_found(tmp_path: Path, address: str) -> None:
    text = refused(tmp_path, nbformat.v4.new_markdown_cell(f"## Words\n\nAnd [this]({address})."))
    assert f"cell {LAST} (line 3, " in text
    assert text.endswith("links may lead to pages and mail only")


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p onclick=x()>x</p>", "<p onclick> has no place in a published page"),
        ('<a href="java&#10;script:x()">x</a>', "a link leads to java%0Ascript:x(); links may"),
        ("</main></body><script>x()</script>", "<body> is the page's own; no cell may show it"),
        ("<svg><title><img src=x></title></svg>", "<title> holds markup"),
        ('<svg><use href="https://a.b/c"/></svg>', "<use> of a drawing leads to https://a.b/c"),
        ('<img alt="x" src="data:image/png;base64,!">', "which is no picture in base64"),
    ],
)
def test_markup_is_found(tmp_path: Path, html: str, said: str) -> None:
    text = refused(tmp_path, shown(html))
    assert f"cell {LAST}: " in text
    assert said in text


def test_a_picture_that_is_gone_is_found(tmp_path: Path) -> None:
    text = refused(tmp_path, nbformat.v4.new_markdown_cell("![x](attachment:a.png)"))
    assert text == f"a.ipynb: cell {LAST}: missing attachment: a.png"
