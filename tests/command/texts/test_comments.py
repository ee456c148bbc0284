"""Comments stand on the words that they are about."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from cspanalysis.command.texts.comments import commented
from cspanalysis.command.texts.marks import marks_of
from cspanalysis.command.texts.runs import AUTHOR, W
from cspanalysis.command.texts.word import of_word
from cspanalysis.commentary.claims import Claim
from tests.command.texts.documents import box, inserted, put, run, with_footnote
from tests.command.texts.test_marks import claim


def annotated(path: Path, claims: Sequence[Claim]) -> Any:
    """Give the copy of a document, as it is opened again."""
    book, written = of_word(path)
    made = commented(book, written, marks_of(written, claims), summary="In all.")
    return Document(BytesIO(made))


def commented_words(document: Any) -> dict[str, str]:
    """Give the words that each comment stands on, by the comment's text."""
    found: dict[str, str] = {}
    for comment in document.comments:
        number = str(comment.comment_id)
        inside, words = False, ""
        for element in document.element.body.iter():
            if element.tag == f"{W}commentRangeStart" and element.get(f"{W}id") == number:
                inside = True
            elif element.tag == f"{W}commentRangeEnd" and element.get(f"{W}id") == number:
                inside = False
            elif inside and element.tag == f"{W}t":
                words += element.text or ""
        found[comment.text] = words
    return found


def saved(document: Any, folder: Path) -> Path:
    path = folder / "a.docx"
    document.save(str(path))
    return path


SENTENCE = "Burglary ’fell’ to 17."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    document = Document()
    paragraph = document.add_paragraph("We met.  Burglary ’fe")
    paragraph.add_run("ll’ to").bold = True
    paragraph.add_run(" 17. And so on.")
    return saved(document, tmp_path)


def test_a_comment_stands_on_its_sentence_alone(path: Path) -> None:
    copy = annotated(path, [claim("Burglary 'fell' to 17.")])
    found = commented_words(copy)
    assert "Burglary went from 8 to 17." in next(text for text in found if text != "In all.")
    assert next(words for text, words in found.items() if text != "In all.") == SENTENCE
    assert copy.paragraphs[0].text == "We met.  Burglary ’fell’ to 17. And so on."
    bold = [run.text for run in copy.paragraphs[0].runs if run.bold]
    assert bold == ["ll’ to"]


def test_a_claim_that_is_supported_gets_none(path: Path) -> None:
    copy = annotated(path, [claim("Burglary 'fell' to 17.", verdict="supported")])
    assert [comment.text for comment in copy.comments] == ["In all."]


def test_two_sentences_of_one_run_get_one_each(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Burglary fell to 17. Robbery fell to 18. We met.")
    claims = [claim("Burglary fell to 17.", words="a"), claim("Robbery fell to 18.", words="b")]
    found = commented_words(annotated(saved(document, tmp_path), claims))
    assert sorted(words for text, words in found.items() if text != "In all.") == [
        "Burglary fell to 17.",
        "Robbery fell to 18.",
    ]


def test_in_a_table_a_comment_stands_in_its_cell(tmp_path: Path) -> None:
    document = Document()
    grid = document.add_table(rows=2, cols=2)
    for place, text in enumerate(("Offence", "2022", "Burglary", "17")):
        grid.cell(place // 2, place % 2).text = text
    copy = annotated(saved(document, tmp_path), [claim("Burglary, 2022: 17", line=3)])
    assert sorted(commented_words(copy).values()) == ["17", "Offence"]


def test_what_was_inserted_bears_a_comment(tmp_path: Path) -> None:
    document = Document()
    put(document.add_paragraph("")._p, inserted("Burglary fell to 17."))
    copy = annotated(saved(document, tmp_path), [claim("Burglary fell to 17.")])
    assert set(commented_words(copy).values()) == {"Burglary fell to 17."}


def test_a_comment_stands_outside_a_field_and_a_link(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("We met. ")
    put(paragraph._p, f'<w:hyperlink w:anchor="x">{run("Burglary fell ")}</w:hyperlink>')
    put(paragraph._p, f'<w:fldSimple w:instr="REF x">{run("to 17.")}</w:fldSimple>')
    copy = annotated(saved(document, tmp_path), [claim("Burglary fell to 17.")])
    assert set(commented_words(copy).values()) == {
        "Burglary fell to 17.",
        "We met. Burglary fell to 17.",
    }
    kinds = ("commentRangeStart", "commentRangeEnd", "commentReference")
    for holder in copy.element.body.iter(f"{W}hyperlink", f"{W}fldSimple"):
        assert not list(holder.iter(*(f"{W}{kind}" for kind in kinds)))


def test_a_text_box_bears_its_comment_where_it_is_tied(tmp_path: Path) -> None:
    document = Document()
    put(document.add_paragraph("Tied here.")._p, box("Burglary fell to 17."))
    copy = annotated(saved(document, tmp_path), [claim("Burglary fell to 17.", line=3)])
    told = [comment.text for comment in copy.comments]
    assert any(text.startswith("In the text box: 'Burglary fell to 17.'") for text in told)


def test_footnotes_stay_as_they_were(tmp_path: Path) -> None:
    path = with_footnote(tmp_path / "a.docx", "Burglary fell to 17.", "Robbery fell to 18.")
    book, written = of_word(path)
    claims = [claim("Burglary fell to 17."), claim("Robbery fell to 18.", line=3)]
    made = commented(book, written, marks_of(written, claims), summary="In all.")
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(BytesIO(made)) as after:
        assert before.read("word/footnotes.xml") == after.read("word/footnotes.xml")
    copy = Document(BytesIO(made))
    references = list(copy.element.body.iter(f"{W}footnoteReference"))
    assert [one.get(f"{W}id") for one in references] == ["7"]
    assert any(c.text.startswith("In the footnote 1: 'Robbery") for c in copy.comments)


def test_a_copy_that_is_checked_again_has_no_comment_twice(path: Path, tmp_path: Path) -> None:
    own = Document(str(path))
    own.add_comment(own.paragraphs[0].runs, text="Mine", author="B")
    own.save(str(path))
    again = tmp_path / "again.docx"
    annotated(path, [claim("Burglary 'fell' to 17.")]).save(str(again))
    copy = annotated(again, [])
    assert [(c.author, c.text) for c in copy.comments] == [("B", "Mine"), (AUTHOR, "In all.")]
    assert copy.paragraphs[0].text == "We met.  Burglary ’fell’ to 17. And so on."
    marks = [one.get(f"{W}id") for one in copy.element.body.iter(f"{W}commentRangeStart")]
    assert len(marks) == 2
