"""The disk: what keeping files safe takes, where platforms differ."""

from __future__ import annotations

import os
from pathlib import Path

from cspanalysis.errors import PublicationError

__all__ = ["refuse_if_open", "sync", "sync_folder", "write_synced"]


def sync(path: Path, *, windows: bool = os.name == "nt") -> None:
    """Have a file's bytes on the disk.

    Parameters
    ----------
    path
        The file.
    windows
        Whether the system takes no such wish for a file that was opened for reading alone.
    """
    flags = os.O_RDWR | getattr(os, "O_BINARY", 0) if windows else os.O_RDONLY
    _sync(path, flags)


def sync_folder(path: Path, *, windows: bool = os.name == "nt") -> None:
    """Have the names in a folder on the disk; Windows sees to that itself and opens no folder."""
    if not windows:
        _sync(path, os.O_RDONLY)


def write_synced(path: Path, raw: bytes) -> None:
    """Write a file so that a reader finds the old bytes or the new, which are on the disk then."""
    part = path.with_name(f"{path.name}.new")
    with part.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def refuse_if_open(path: Path, *, windows: bool = os.name == "nt") -> None:
    """Refuse to go on where a program holds a file, which Windows lets nobody replace then.

    Raises
    ------
    PublicationError
        If another program has it open, such as Word a report.
    """
    if not (windows and path.is_file()):
        return
    try:
        os.close(os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0)))
    except PermissionError:
        raise PublicationError(
            f"{path} is open in another program, such as Word, or may not be written to; close it "
            "and run again"
        ) from None


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
