"""The outputs folder: its lock, its staging folder, and how files come into it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from cspanalysis.errors import LockedError, UsageError
from cspanalysis.production.manifest import LastRun, manifest
from cspanalysis.production.records import FileRecord, RunRecord, failed_folder, now, record_name

__all__ = [
    "held",
    "index_stands",
    "land_failure",
    "land_report",
    "staged",
    "write_atomically",
    "write_manifest",
]

_STAGING = ".staging"
_HOLDER = ".lock-holder.json"


@contextlib.contextmanager
def held(outputs: Path) -> Iterator[None]:
    """Hold the outputs folder for one run, making it where there is none.

    Raises
    ------
    LockedError
        If another run holds it; the message says who and since when.
    UsageError
        If the folder can't be written to.
    """
    from filelock import FileLock, Timeout

    _check_writable(outputs)
    lock, holder = FileLock(outputs / ".lock", timeout=0), outputs / _HOLDER
    try:
        lock.acquire()
    except Timeout:
        raise LockedError(_who(outputs)) from None
    try:
        write_atomically(holder, json.dumps({"pid": os.getpid(), "since": now()}))
        _finish_landings(outputs)
        _clear_staging(outputs)
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


@contextlib.contextmanager
def staged(outputs: Path) -> Iterator[Path]:
    """Give a fresh staging folder on the file system of the outputs; it is gone afterwards."""
    folder = outputs / _STAGING / f"{now().replace(':', '')}-{os.getpid()}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        _clear_staging(outputs)


def land_report(staging: Path, outputs: Path, record: RunRecord) -> None:
    """Move a report from its staging folder into place, its run record last.

    Each file replaces its forerunner at once. Files that an earlier report had and this one
    lacks are removed, and so is the record of an earlier failure. A landing that is cut short, by
    a power-cut say, is finished by the next run: the staged record tells what was to be moved.
    """
    target = outputs / record.folder
    target.mkdir(parents=True, exist_ok=True)
    name = record_name(record.notebook.name)
    earlier = RunRecord.read(target / name)
    for file in record.files:
        _sync(staging / file.name)
    write_atomically(staging / name, record.text())
    for file in record.files:
        if (staging / file.name).exists() or not _holds(target, file):
            (staging / file.name).replace(target / file.name)
    (staging / name).replace(target / name)
    for left in _names(earlier) - _names(record):
        (target / left).unlink(missing_ok=True)
    _forget_failure(outputs, record)


def land_failure(staging: Path, outputs: Path, record: RunRecord) -> None:
    """Keep a failed job's half-run notebook and record; an earlier good report stays."""
    target = failed_folder(outputs) / record.folder
    target.mkdir(parents=True, exist_ok=True)
    executed = f"{record.notebook.name}.ipynb"
    (target / executed).unlink(missing_ok=True)
    if (staging / executed).is_file():
        (staging / executed).replace(target / executed)
    write_atomically(target / record_name(record.notebook.name), record.text())


def write_manifest(outputs: Path, last_run: LastRun | None = None) -> Path:
    """Write ``manifest.json`` anew from the run records found, and how the last run ended."""
    return write_atomically(outputs / "manifest.json", manifest(outputs, last_run))


def index_stands(outputs: Path) -> bool:
    """Tell whether the last run wrote an index, and it is there."""
    try:
        last = json.loads((outputs / "manifest.json").read_text(encoding="utf-8"))["last_run"]
        return last["trouble"] is None and (outputs / "index.html").is_file()
    except (OSError, ValueError, KeyError, TypeError):
        return False


def write_atomically(path: Path, text: str) -> Path:
    """Write a file so that a reader finds the old text or the new, never a part."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        return part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _names(record: RunRecord | None) -> set[str]:
    # Names alone, so that a record that was tampered with reaches nothing outside its folder.
    return {Path(file.name).name for file in record.files} if record else set()


def _forget_failure(outputs: Path, record: RunRecord) -> None:
    folder = failed_folder(outputs) / record.folder
    for name in (f"{record.notebook.name}.ipynb", record_name(record.notebook.name)):
        (folder / name).unlink(missing_ok=True)
    _prune([folder, folder.parent, folder.parent.parent])


def _finish_landings(outputs: Path) -> None:
    """Finish what a run that was cut short had begun to move, where every file of it is whole."""
    for path in sorted((outputs / _STAGING).rglob("*.run.json")):
        record = RunRecord.read(path)
        if record is None or record.status != "published":
            continue
        places = (path.parent, outputs / record.folder)
        if all(any(_holds(place, file) for place in places) for file in record.files):
            land_report(path.parent, outputs, record)


def _holds(folder: Path, file: FileRecord) -> bool:
    path = folder / Path(file.name).name
    try:
        return path.stat().st_size == file.bytes and FileRecord.of(path) == file
    except OSError:
        return False


def _sync(path: Path) -> None:
    """Have a file's bytes on the disk before its name; one that is in place already is passed."""
    with contextlib.suppress(FileNotFoundError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _clear_staging(outputs: Path) -> None:
    """Remove what this run, or one that was cut short, has staged: only the lock's holder may."""
    shutil.rmtree(outputs / _STAGING, ignore_errors=True)


def _prune(folders: Iterable[Path]) -> None:
    for folder in folders:
        with contextlib.suppress(OSError):  # not empty, or not there
            folder.rmdir()


def _who(outputs: Path) -> str:
    try:
        holder = json.loads((outputs / _HOLDER).read_text(encoding="utf-8"))
        who = f"process {holder['pid']}, since {holder['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        who = "a process that has not said who it is"
    return f"another run holds {outputs}: {who}; wait for it, or choose another with --outputs"


def _check_writable(outputs: Path) -> None:
    try:
        outputs.mkdir(parents=True, exist_ok=True)
        write_atomically(outputs / f".writable-{os.getpid()}", "").unlink()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(
            f"outputs folder '{outputs}' can't be written to: {reason}; "
            "choose another with --outputs"
        ) from None
