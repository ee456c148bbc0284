"""What differs by platform, with stand-ins for what can't run here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cspanalysis.disk import refuse_if_open, sync, sync_folder, write_synced
from cspanalysis.errors import PublicationError


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Have fsync refuse what was opened for reading alone, as Windows does."""
    fcntl = pytest.importorskip("fcntl")
    modes: list[int] = []

    def refusing(descriptor: int) -> None:
        mode = fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE
        modes.append(mode)
        if mode == os.O_RDONLY:
            raise OSError(9, "Bad file descriptor")

    monkeypatch.setattr(os, "fsync", refusing)
    return modes


def test_windows_syncs_a_file_that_was_opened_for_writing(
    tmp_path: Path, opened: list[int]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a")
    sync(path, windows=True)
    sync_folder(tmp_path, windows=True)
    write_synced(path, b"b")
    assert opened == [os.O_RDWR, os.O_WRONLY]
    assert path.read_bytes() == b"b"


def test_elsewhere_a_file_that_may_only_be_read_is_synced_too(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a")
    path.chmod(0o444)
    sync(path)
    sync_folder(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_report_that_is_open_in_word_is_to_be_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.docx"
    refuse_if_open(path, windows=True)
    path.write_bytes(b"old")
    refuse_if_open(path, windows=True)

    def locked(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", locked)
    refuse_if_open(path, windows=False)
    with pytest.raises(
        PublicationError, match=r"report\.docx is open in another program.*close it"
    ):
        refuse_if_open(path, windows=True)
    assert path.read_bytes() == b"old"
