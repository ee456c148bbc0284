"""What was worked out once is kept in the user's cache, under a hash of what it came from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cspanalysis import paths, writing

__all__ = ["kept"]


def kept(told: str, work_out: Callable[[], list[Any]]) -> list[Any]:
    """Read what was worked out from the same before, or work it out and keep it.

    Parameters
    ----------
    told
        All that the result hangs on.
    work_out
        Gives a list that JSON takes.
    """
    name = f"{hashlib.sha256(told.encode()).hexdigest()}.json"
    file = paths.cache_folder() / "disclosure" / name
    found = _read(file)
    if found is None:
        found = work_out()
        _write(file, found)
    return found


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
        file.parent.mkdir(parents=True, exist_ok=True)
        writing.write_atomically(file, json.dumps(found))
    except OSError:
        return
