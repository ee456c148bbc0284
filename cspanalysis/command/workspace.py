"""Workspaces: folders where people work, made from what the package carries and renewed from it.

What lies in a workspace is ours or theirs. Ours is brought up to the version of the package; a file
of ours that they changed is theirs from then on. Theirs is never written over and never removed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cspanalysis import __version__, paths
from cspanalysis.errors import UsageError
from cspanalysis.vocabulary.listed import many
from cspanalysis.writing import remedy, write_atomically

__all__ = ["Renewal", "is_workspace", "make", "renew", "version_of"]

_DOCS = ("faults", "methods", "partnership-file", "scaling", "scheduling", "sources", "upgrading")
_OURS = (
    *("data/README.md", "data/counts", "data/published", "data/reference", "notebooks"),
    "data/mappings",
    *(f"docs/{name}.md" for name in _DOCS),
)
_EXAMPLES = ("data/plan.yml", "data/partnerships")
_TEMPLATE = "data/reference/workspace-template"
_TEMPLATE_NAMES = {"README.md": "README.md", "gitignore": ".gitignore"}
_WHAT = "This folder is a workspace of cspanalysis. Keep this file: it says what here is ours."


@dataclass(slots=True)
class Renewal:
    """Hold what was done to the files of ours, by their paths inside the workspace."""

    before: str
    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lines = []
        if self.before and self.before != __version__:
            moved = f"{many(len(self.written), 'file')} written, {len(self.removed)} removed"
            lines += [f"this workspace goes from {self.before} to {__version__}: {moved}"]
        if self.kept:
            lines += [
                f"left as they were changed here: {', '.join(self.kept)}; to have ours instead, "
                "remove them and run `cspanalysis init .`"
            ]
        return "\n".join(lines)


def is_workspace(folder: Path) -> bool:
    """Say whether a folder is a workspace."""
    return (folder / paths.MARKER).is_file()


def version_of(folder: Path) -> str:
    """Name the version of the package that a workspace was last brought up to."""
    return str(_read(folder)["version"])


def make(folder: Path) -> Renewal:
    """Make a workspace of a new or empty folder; one that is there is renewed.

    Raises
    ------
    UsageError
        If the folder holds something else, or can't be written.
    """
    if folder.is_file():
        raise UsageError(f"'{folder}' is a file; name a new folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not is_workspace(folder):
            if next(folder.iterdir(), None):
                raise UsageError(f"'{folder}' holds other files; name a new folder")
            _write(folder, version="", files={}, examples=False)
    except OSError as error:
        raise UsageError(_cannot(folder, error)) from None
    return renew(folder)


def renew(folder: Path) -> Renewal:
    """Bring what is ours in a workspace up to the package; what people changed stays.

    Raises
    ------
    UsageError
        If the folder can't be written, or its marker can't be read.
    """
    from filelock import FileLock

    try:
        with FileLock(folder / f".{paths.MARKER}.lock"):
            return _renew(folder)
    except OSError as error:
        raise UsageError(_cannot(folder, error)) from None


def _renew(folder: Path) -> Renewal:
    marker = _read(folder)
    known: dict[str, str] = marker["files"]
    done = Renewal(marker["version"])
    if not marker["examples"]:
        for name, source in _examples():
            if not (folder / name).exists():
                _copy(source, folder / name)
    files = dict(_one(folder, name, source, known, done) for name, source in _ours())
    for name in sorted(known.keys() - files.keys()):
        if _hash(folder / name) == known[name]:
            (folder / name).unlink()
            done.removed.append(name)
    (folder / "outputs").mkdir(exist_ok=True)
    _write(folder, version=__version__, files=files, examples=True)
    return done


def _one(
    folder: Path, name: str, source: Path, known: Mapping[str, str], done: Renewal
) -> tuple[str, str]:
    """Renew one file of ours, and give the hash by which it is known to be ours next time."""
    new, here = _hash(source), _hash(folder / name)
    if here == new:
        return name, new
    if here and here != known.get(name):
        done.kept.append(name)
        return name, known.get(name, "")
    _copy(source, folder / name)
    done.written.append(name)
    return name, new


def _ours() -> Iterator[tuple[str, Path]]:
    home = paths.carried_folder()
    for name, called in _TEMPLATE_NAMES.items():
        yield called, home / _TEMPLATE / name
    for name, source in _files(home, _OURS):
        if not name.startswith(_TEMPLATE):
            yield name, source


def _examples() -> Iterator[tuple[str, Path]]:
    return _files(paths.carried_folder(), _EXAMPLES)


def _files(home: Path, parts: Iterable[str]) -> Iterator[tuple[str, Path]]:
    for part in parts:
        at = home / part
        for path in sorted(at.rglob("*")) if at.is_dir() else [at]:
            name = path.relative_to(home)
            if path.is_file() and not any(part.startswith(".") for part in name.parts):
                yield name.as_posix(), path


def _copy(source: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    part = to.with_name(f".{to.name}.part")
    part.write_bytes(source.read_bytes())
    part.replace(to)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _read(folder: Path) -> dict[str, Any]:
    path = folder / paths.MARKER
    try:
        marker = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(marker["version"], str) or not isinstance(marker["files"], dict):
            raise TypeError
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageError(
            f"{path} can't be read; restore it from a copy, or make a new workspace and move your "
            "data there"
        ) from None
    return {"examples": True, **marker}


def _write(folder: Path, *, version: str, files: Mapping[str, str], examples: bool) -> None:
    content = {"what": _WHAT, "version": version, "examples": examples, "files": files}
    write_atomically(folder / paths.MARKER, json.dumps(content, indent=1) + "\n")
    paths.nearest_workspace.cache_clear()


def _cannot(folder: Path, error: OSError) -> str:
    what = f"'{folder}' can't be made a workspace: {error.strerror or error}"
    return f"{what}; {remedy(error) or 'name another folder'}"
