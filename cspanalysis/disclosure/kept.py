"""What was worked out once is kept in the user's cache, under a hash of what it came from."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from cspanalysis import paths, writing

__all__ = ["kept"]


def kept(told: str, work_out: Callable[[], list[Any]]) -> list[Any]:
    """Read what was worked out from the same before, or work it out and keep it.

    Of several processes that want the same, one works it out and the others wait for it.

    Parameters
    ----------
    told
        All that the result hangs on, but for the code of this package and of the methods.
    work_out
        Gives a list that JSON takes.
    """
    name = f"{hashlib.sha256(f'{_code()} {told}'.encode()).hexdigest()}.json"
    file = paths.cache_folder() / "disclosure" / name
    found = _read(file)
    if found is None:
        with _alone(file):
            found = _read(file)
            if found is None:
                found = work_out()
                _write(file, found)
    return found


@cache
def _code() -> str:
    """Digest the code that works things out: what other code found may hide other counts."""
    ours = Path(__file__).parent
    files = [*sorted(ours.glob("*.py")), *sorted(ours.with_name("methods").glob("*.py"))]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


@contextlib.contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Wait for whoever works out the same; where nothing can be locked, each does so itself."""
    from filelock import FileLock

    lock = FileLock(file.with_suffix(".lock"))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except (OSError, NotImplementedError):
        yield
        return
    try:
        yield
    finally:
        lock.release()


def _read(file: Path) -> list[Any] | None:
    """Read what was found before; None where nothing whole is kept."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, list) else None


def _write(file: Path, found: list[Any]) -> None:
    """Keep what was found; a cache that takes nothing costs time alone."""
    try:
        writing.write_atomically(file, json.dumps(found))
    except OSError:
        return
