"""A document of one's own, held against the figures of Luton in 2023."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document

from cspanalysis import Assessment
from cspanalysis.command.main import main
from cspanalysis.command.text_check import checked_text
from cspanalysis.errors import UsageError


@pytest.fixture(scope="module")
def burglary() -> int:
    changes = Assessment.open("luton", "2023").changes
    count = next(c.after for c in changes if c.measure.code == "burglary")
    assert count is not None
    return count


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
    comments = list(Document(str(tmp_path / "briefing.checked.docx")).comments)
    assert len(comments) == 2
    assert f"{burglary:,}" in comments[0].text
    page = (tmp_path / "briefing.docx.checked.html").read_text(encoding="utf-8")
    assert f'<mark class="contradicted">There were {burglary + 40} burglaries' in page


def test_the_command_says_the_right_figure_and_its_line(tmp_path: Path, burglary: int) -> None:
    path = tmp_path / "old.md"
    path.write_text(
        f"# Old\n\nThere were {burglary + 40} burglaries. Fish & <b>chips</b>.\n", encoding="utf-8"
    )
    args = ["check", "--text", str(path), "--area", "luton", "--period", "2023"]
    result = CliRunner().invoke(main, args)
    assert result.exit_code == 1
    assert "1 contradicted" in result.output
    assert "old.md, line 3" in result.output
    assert f"to {burglary:,}" in result.output
    assert "<b>" not in (tmp_path / "old.md.checked.html").read_text(encoding="utf-8")


def test_two_documents_of_one_name_each_keep_their_copy(tmp_path: Path, burglary: int) -> None:
    book = Document()
    book.add_paragraph(f"There were {burglary} burglaries in 2023.")
    book.save(str(tmp_path / "a.docx"))
    (tmp_path / "a.md").write_text("There were 3 robberies in 2023.\n", encoding="utf-8")
    for name in ("a.md", "a.docx"):
        checked_text(tmp_path / name, area="luton", period="2023")
    assert "3 robberies" in (tmp_path / "a.md.checked.html").read_text(encoding="utf-8")
    assert "burglaries" in (tmp_path / "a.docx.checked.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.docx", b"no archive", "can't be read as a Word document"),
        ("a.pdf", b"%PDF", "give a Word document"),
        ("a.md", b"caf\xe9", "not UTF-8 at byte 3"),
        ("b.md", None, "can't be read: No such file"),
    ],
)
def test_what_is_no_document_gets_one_message(tmp_path: Path, name, content, told) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=told):
        checked_text(path, area="luton", period="2023")


def test_an_area_and_a_period_are_asked_for(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", "--text", str(tmp_path / "a.md")])
    assert result.exit_code == 2
    assert "--area AREA and --period PERIOD" in result.output + str(result.exception)
