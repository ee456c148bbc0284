"""Notes: what is noted is given again for as long as what it was made of stands."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cspanalysis.paths import SENSITIVE_MARK
from cspanalysis.publication.notes import Notes, state


def _counted(notes: Notes, numbers: Iterator[int], *of: str, page: Path | None = None) -> int:
    found: int = notes.told("name", of, lambda: next(numbers), page=page)
    return found


def test_what_is_noted_is_not_made_again(tmp_path: Path) -> None:
    numbers = iter(range(9))
    notes = Notes.beside(tmp_path)
    assert [_counted(notes, numbers, of) for of in "aabba"] == [0, 0, 1, 1, 2]
    notes.save()
    assert _counted(Notes.beside(tmp_path), numbers, "a") == 2
    assert _counted(Notes.beside(tmp_path), numbers, "b") == 3  # not saved
    assert _counted(Notes.beside(tmp_path), numbers, "a") == 2


def test_a_page_that_no_longer_stands_is_made_again(tmp_path: Path) -> None:
    page, numbers, notes = tmp_path / "page.html", iter(range(9)), Notes()
    assert _counted(notes, numbers, page=page) == 0
    page.write_text("a page")
    assert [_counted(notes, numbers, page=page) for _ in range(2)] == [1, 1]
    page.unlink()
    assert _counted(notes, numbers, page=page) == 2


def test_what_nobody_asked_for_is_forgotten(tmp_path: Path) -> None:
    numbers = iter(range(9))
    first = Notes.beside(tmp_path)
    _counted(first, numbers)
    first.save()
    Notes.beside(tmp_path).save()
    assert _counted(Notes.beside(tmp_path), numbers) == 1


def test_notes_that_other_code_wrote_are_none(tmp_path: Path) -> None:
    first = Notes.beside(tmp_path)
    _counted(first, iter([0]))
    first.save()
    _, text = (tmp_path / ".notes.json").read_text().split("\n")
    (tmp_path / ".notes.json").write_text(f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}")
    assert _counted(Notes.beside(tmp_path), iter([1])) == 1


@pytest.mark.parametrize("sensitive", [False, True])
def test_what_a_failure_quotes_is_noted_in_sensitive_folders_alone(
    sensitive: bool, tmp_path: Path
) -> None:
    if sensitive:
        (tmp_path / SENSITIVE_MARK).touch()
    failure = {"name": "ValueError", "message": "a name", "traceback": "a path"}
    names = {"area": {"slug": "luton", "name": "Luton"}, "notebook": {"name": "report"}}
    run = {**names, "period": {"slug": "2023", "label": "2023"}, "exception": failure}
    record = tmp_path / "report.run.json"
    record.write_text(json.dumps(run))
    notes = Notes.beside(tmp_path)
    told = {"name": "ValueError", **({"message": "a name"} if sensitive else {})}
    assert notes.run(record)["exception"] == told
    assert Notes().run(record)["exception"] == {"name": "ValueError", "message": "a name"}


@pytest.mark.parametrize("text", ["", "{}", "\x00", "[" * 9999, "0\n[]", "\ud800"])
def test_damaged_notes_are_none(text: str, tmp_path: Path) -> None:
    (tmp_path / ".notes.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    assert _counted(Notes.beside(tmp_path), iter([7])) == 7


def test_notes_name_no_folder_of_the_machine(tmp_path: Path) -> None:
    record = tmp_path / "luton" / "2023" / "report.run.json"
    notes = Notes.beside(tmp_path)
    assert notes.run(record) == {}
    notes.save()
    assert str(tmp_path) not in (tmp_path / ".notes.json").read_text()
    assert state(record) == ""
