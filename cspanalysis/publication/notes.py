"""Notes of a folder of outputs: what its files said, so that those that stand are not read again.

A site of 1,200 reports rests on 300 MB of records and figures, of which it shows a hundredth. What
it shows of a file is noted with what the file was like (its size, and when it was written), and is
read again when the file is another. Notes can be lost at any time: everything is read again then,
as it is where other code wrote them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from cspanalysis import blocks
from cspanalysis.paths import is_sensitive
from cspanalysis.publication.run_files import read_run
from cspanalysis.writing import write_atomically

__all__ = ["Notes", "state"]

_NAME = ".notes.json"
_NOT_TOLD = ("reads", "files", "versions", "fingerprint")
"""Parts of run records that no page of the site tells of, and that fill them."""


class Notes:
    """Keep what was read of files, or made of them, as long as they stand as they were.

    Parameters
    ----------
    path
        Where the notes lie; None to keep them in memory alone.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._held = _read(path) if path else {}
        self._used: dict[str, Any] = {}

    @classmethod
    def beside(cls, outputs: Path) -> Notes:
        """Open the notes of a folder of outputs; those that are damaged are none."""
        return cls(outputs / _NAME)

    def told(
        self, name: str, of: Sequence[str], make: Callable[[], Any], *, page: Path | None = None
    ) -> Any:
        """Give what is noted under a name; make it where it is not, or was made of something else.

        Parameters
        ----------
        name
            Name of the note; whoever asks twice gets the same.
        of
            What it is made of: states of files, versions, names.
        make
            Makes it, as what JSON can hold.
        page
            File that is written on the way: where it no longer stands as written, all is made
            again.
        """
        found: Any = self._used.get(name) or self._held.get(name)
        if not _holds(found, of, page):
            made = make()
            found = [list(of), made, state(page) if page else ""]
        self._used[name] = found
        return found[1]

    def run(self, path: Path) -> Mapping[str, Any]:
        """Give what the site tells of a run record; of what has not its form, nothing."""
        run: Mapping[str, Any] = self.told(
            f"run {self.named(path)}", [state(path)], lambda: self._outline(path)
        )
        return run

    def _outline(self, path: Path) -> dict[str, Any]:
        run = read_run(path)
        if not run:
            return {}
        told = {part: value for part, value in run.items() if part not in _NOT_TOLD}
        told["inputs"] = [{"vintage": one.get("vintage")} for one in run.get("inputs") or ()]
        if failure := run.get("exception"):
            # What a message quotes may be sensitive: it stays where it is, unless all is.
            said = ("name", "message") if self._is_closed else ("name",)
            told["exception"] = {part: failure.get(part) for part in said}
        return told

    @property
    def _is_closed(self) -> bool:
        """Whether the notes are not for the public: of a sensitive folder, or in memory alone."""
        return self._path is None or is_sensitive(self._path.parent)

    def named(self, path: Path) -> str:
        """Name a file from the folder of outputs: where that lies is nobody's concern."""
        return path.relative_to(self._path.parent).as_posix() if self._path else str(path)

    def save(self) -> None:
        """Keep what was asked for since they were opened; what nobody asked for is forgotten."""
        if self._path and self._used != self._held:
            text = json.dumps(self._used, separators=(",", ":"))
            write_atomically(self._path, f"{_digest(text)}\n{text}")


def state(path: Path) -> str:
    """Tell what a file is like without reading it; empty where there is none.

    Examples
    --------
    >>> state(Path("nowhere", "to", "be", "found"))
    ''
    """
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{found.st_size} {found.st_mtime_ns}"


def _holds(found: Any, of: Sequence[str], page: Path | None) -> bool:
    if not (isinstance(found, list) and len(found) == 3):
        return False
    return bool(found[0] == list(of) and found[2] == (state(page) if page else ""))


def _read(path: Path) -> dict[str, Any]:
    """Read notes that are as they were written; of others, nothing."""
    try:
        digest, _, text = path.read_text(encoding="utf-8").partition("\n")
    except (OSError, ValueError):
        return {}
    found = json.loads(text) if digest == _digest(text) else {}
    return found if isinstance(found, dict) else {}


def _digest(text: str) -> str:
    return hashlib.sha256(f"{_makers()}\n{text}".encode()).hexdigest()


def _makers() -> str:
    """Tell what makes notes and pages: files of these rooms, by when they were written."""
    rooms = (Path(str(room)).parent for room in (__file__, blocks.__file__))
    files = sorted(path for room in rooms for path in room.rglob("*") if path.suffix != ".pyc")
    return "".join(f"{path.name} {state(path)};" for path in files if path.is_file())
