"""Writing: files that are whole or as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from cspanalysis.writing import sweep_parts, write_atomically


def test_writing_that_fails_leaves_the_old_file_and_no_part(tmp_path: Path) -> None:
    target = write_atomically(tmp_path / "index.html", "old")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(target, "\ud800")
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_parts_of_killed_writers_are_swept_and_nothing_else(tmp_path: Path) -> None:
    kept = {".lock", "notes.part", "index.html"}
    for name in (*kept, ".index.html.17.part"):
        (tmp_path / name).touch()
    sweep_parts([tmp_path, tmp_path / "gone"])
    assert {path.name for path in tmp_path.iterdir()} == kept
