"""A document of one's own, held against the figures of Luton in 2023."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document

from cspanalysis import Assessment
from cspanalysis.command.main import main
from cspanalysis.command.texts.check import checked_text
from cspanalysis.errors import UsageError


@pytest.fixture(scope="module")
def burglary() -> int:
    changes = Assessment.open("luton", "2023").changes
    count = next(c.after for c in changes if c.measure.code == "burglary")
    assert count is not None
    return count


def command(*texts: Path, period: str = "2023") -> Result:
    args = [word for text in texts for word in ("--text", str(text))]
    return CliRunner().invoke(main, ["check", *args, "--area", "luton", "--period", period])


def test_a_word_document_gets_comments_and_a_page(tmp_path: Path, burglary: int) -> None:
    book = Document()
    book.add_heading("A briefing", level=1)
    book.add_paragraph(f"There were {burglary} burglaries in 2023.")
    book.add_paragraph(f"There were {burglary + 40} burglaries in 2023.")
    grid = book.add_table(rows=2, cols=2)
    cells = [cell for row in grid.rows for cell in row.cells]
    for cell, text in zip(cells, ("Measure", "2023", "Burglary", str(burglary + 7)), strict=True):
        cell.text = text
    path = tmp_path / "briefing.docx"
    book.save(str(path))
    found = checked_text(path, area="luton", period="2023")
    assert [claim.verdict for claim in found.claims] == ["supported", *["contradicted"] * 2]
    where = [line.split(": ")[0] for line in found.contradictions()]
    assert where == [f"{path}, paragraph 3", f"{path}, table 1, row 2"]
    comments = list(Document(str(tmp_path / "briefing.checked.docx")).comments)
    assert len(comments) == 3
    assert f"{burglary:,}" in comments[0].text
    assert "1 supported, 2 contradicted" in comments[2].text
    page = (tmp_path / "briefing.docx.checked.html").read_text(encoding="utf-8")
    assert f"There were {burglary + 40} burglaries in 2023.</mark>" in page


def test_the_command_says_the_right_figure_and_its_line(tmp_path: Path, burglary: int) -> None:
    path = tmp_path / "old.md"
    path.write_text(
        f"# Old\n\nThere were {burglary + 40} burglaries. Fish & <b>chips</b>.\n", encoding="utf-8"
    )
    result = command(path)
    assert result.exit_code == 1
    assert "1 sentence or cell about figures: 1 contradicted" in result.output
    assert "old.md, line 3" in result.output
    assert f"to {burglary:,}" in result.output
    assert "<b>" not in (tmp_path / "old.md.checked.html").read_text(encoding="utf-8")


def test_two_documents_of_one_name_each_keep_their_copy(tmp_path: Path, burglary: int) -> None:
    book = Document()
    book.add_paragraph(f"There were {burglary} burglaries in 2023.")
    book.save(str(tmp_path / "a.docx"))
    (tmp_path / "a.md").write_text("There were 3 robberies in 2023.\n", encoding="utf-8")
    result = command(tmp_path / "a.docx", tmp_path / "a.md")
    assert result.exit_code == 1
    assert (
        f"{tmp_path / 'a.docx'}:\n1 sentence or cell about figures: 1 supported." in result.output
    )
    assert "not that a change is beyond how much they vary" in result.output
    assert "3 robberies" in (tmp_path / "a.md.checked.html").read_text(encoding="utf-8")
    assert "burglaries" in (tmp_path / "a.docx.checked.html").read_text(encoding="utf-8")


def test_of_many_sentences_the_first_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("There were 3 robberies in 2023.\n\n" * 42, encoding="utf-8")
    told = [line for line in command(path).output.splitlines() if line.startswith("! ")]
    assert len(told) == 41
    assert told[-1] == "! 2 more are in the annotated copies"


def test_footnotes_and_what_is_left_out_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "We met.[^1] ~~Burglary fell.~~\n\n[^1]: There were 3 robberies in 2023, on page 12.\n",
        encoding="utf-8",
    )
    found = checked_text(path, area="luton", period="2023")
    assert [(c.line, c.verdict) for c in found.claims] == [(3, "contradicted")]
    assert found.told == ("Not read: 2 words struck out.",)


def test_another_year_and_nothing_to_check_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# Our plan of 2016\n\nThe board met in May.\n", encoding="utf-8")
    result = command(path)
    assert result.exit_code == 0
    assert "is --period 2023 its own?" in result.output
    assert "nothing was checked" in result.output
    assert "contradicted" not in result.output


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.docx", b"no archive", "can't be read as a Word document"),
        ("a.pdf", b"%PDF", "give a Word document"),
        ("a.md", b"caf\xe9", "not UTF-8 at byte 3"),
        ("b.md", None, "can't be read: No such file"),
        ("c.md", b" \n\n", "holds no words, so there is nothing to check"),
    ],
)
def test_what_is_no_document_gets_one_message(tmp_path: Path, name, content, told) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=told):
        checked_text(path, area="luton", period="2023")
    assert not list(tmp_path.glob("*.checked.*"))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([], "--area and --period not given"),
        (["--area", "luton"], "--period not given"),
        (["--area", "luton", "--period", "2023", "more"], "'more' given"),
    ],
)
def test_an_area_and_a_period_are_asked_for(tmp_path: Path, given: list[str], told: str) -> None:
    result = CliRunner().invoke(main, ["check", "--text", str(tmp_path / "a.md"), *given])
    assert result.exit_code == 2
    said = " ".join(f"{result.output} {result.exception}".split())
    assert "--area AREA and --period PERIOD" in said
    assert told in said
