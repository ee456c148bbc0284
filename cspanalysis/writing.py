"""Writing: files that a reader finds whole, whatever happens while they are written."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable
from pathlib import Path

__all__ = ["remedy", "sweep_parts", "write_atomically"]

_PART = ".part"
_REMEDIES = {
    errno.ENOSPC: "make room on the disk, then run again",
    errno.EDQUOT: "make room within the quota, then run again",
    errno.EFBIG: "raise the limit on the size of files, then run again",
    errno.EROFS: "have the disk checked and mounted for writing, then run again",
    errno.EIO: "have the disk checked, then run again",
    errno.EACCES: "have yourself given the right to write there, then run again",
    errno.EPERM: "have yourself given the right to write there, then run again",
}


def write_atomically(path: Path, text: str | bytes) -> Path:
    """Write a file so that a reader finds the old text or the new, never a part.

    Parameters
    ----------
    path
        The file; its bytes are on the disk before its name is.
    text
        What to write; words as UTF-8.
    """
    content = text.encode() if isinstance(text, str) else text
    part = path.with_name(f".{path.name}.{os.getpid()}{_PART}")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        return part.replace(path)
    finally:
        with contextlib.suppress(OSError):  # the error that matters is the one before
            part.unlink(missing_ok=True)


def sweep_parts(folders: Iterable[Path]) -> None:
    """Remove what writers that were killed have left in folders; nobody may be writing there."""
    for folder in folders:
        for left in folder.glob(f".*{_PART}"):
            left.unlink(missing_ok=True)


def remedy(error: OSError) -> str:
    """Say what to do about a disk that takes no more; empty for other faults.

    Examples
    --------
    >>> remedy(OSError(28, "No space left on device"))
    'make room on the disk, then run again'
    >>> remedy(FileNotFoundError(2, "No such file or directory"))
    ''
    """
    return _REMEDIES.get(error.errno or 0, "")
