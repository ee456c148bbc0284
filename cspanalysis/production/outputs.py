"""The outputs folder: its lock, its staging folder, and how files come into it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
from collections.abc import Iterable, Iterator
from errno import ENOENT
from pathlib import Path

from cspanalysis.disk import refuse_if_open, sync
from cspanalysis.errors import LockedError, PublicationError, UsageError
from cspanalysis.paths import is_sensitive
from cspanalysis.production.manifest import Manifest
from cspanalysis.production.records import FileRecord, RunRecord, failed_folder, now, record_name
from cspanalysis.production.roots import OWN_FOLDER, seal
from cspanalysis.writing import remedy, sweep_parts, write_atomically

__all__ = [
    "alone",
    "held",
    "holds",
    "index_stands",
    "land_failure",
    "land_report",
    "staged",
    "write_manifest",
]

_STAGING = ".staging"
_EDITIONS = ".editions"  # kept by publication
_HOLDER = ".lock-holder.json"
_MANIFEST = "manifest.json"


@contextlib.contextmanager
def held(outputs: Path) -> Iterator[bool]:
    """Hold the outputs folder for one run, making it where there is none.

    What a run that was killed has left is made good first: landings that it had begun are
    finished, the rest of what it staged is swept away.

    Yields
    ------
    bool
        Whether there was a landing to be finished, so that a report may stand other than before.

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
        with _unwritable_is_told(outputs):
            # Where it is there a run was killed; one killed as it wrote it has left a part here.
            sweep_parts(_folders(outputs) if holder.exists() else [outputs])
            write_atomically(holder, json.dumps(_myself()))
            finished = _finish_landings(outputs)
            _clear_staging(outputs)
        yield finished
    finally:
        with contextlib.suppress(OSError):  # a disk that takes no more: the lock tells, not this
            holder.unlink(missing_ok=True)
        lock.release()


@contextlib.contextmanager
def staged(outputs: Path) -> Iterator[Path]:
    """Give a fresh staging folder on the file system of the outputs; it is gone afterwards."""
    folder = outputs / _STAGING / f"{now().replace(':', '')}-{os.getpid()}"
    with _unwritable_is_told(outputs):
        folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        _clear_staging(outputs)


@contextlib.contextmanager
def alone(staging: Path) -> Iterator[None]:
    """Land alone, whichever process jobs of the run are in: what is vetted holds until it lands."""
    from filelock import FileLock

    # Where the folder is gone, landing says so; the lock would make it anew.
    with FileLock(staging / ".landing") if staging.is_dir() else contextlib.nullcontext():
        yield


def land_report(staging: Path, outputs: Path, record: RunRecord) -> None:
    """Move a report from its staging folder into place, its run record last.

    Each file replaces its forerunner at once. Files that an earlier report had and this one
    lacks are removed, and so is the record of an earlier failure. A landing that is cut short, by
    a power-cut say, is finished by the next run: the staged record tells what was to be moved.
    """
    target = outputs / record.folder
    if record.edition == "sensitive" and not is_sensitive(outputs):
        raise PublicationError(f"{record.job} is a sensitive edition; it has no place in {outputs}")
    target.mkdir(parents=True, exist_ok=True)
    name = record_name(record.notebook.name)
    earlier = RunRecord.read(target / name)
    for file in record.files:
        refuse_if_open(target / file.name)
        _sync(staging / file.name)
        if not (staging / file.name).exists() and not holds(target, file):
            raise FileNotFoundError(ENOENT, "it was made, and is gone", file.name)
    write_atomically(staging / name, record.text())
    _seal_if_sensitive(outputs, staging)
    for file in record.files:
        if (staging / file.name).exists() or not holds(target, file):
            (staging / file.name).replace(target / file.name)
    (staging / name).replace(target / name)
    for left in _names(earlier) - _names(record):
        (target / left).unlink(missing_ok=True)
    _forget_failure(outputs, record)


def land_failure(staging: Path, outputs: Path, record: RunRecord) -> None:
    """Keep a failed job's half-run notebook and record; an earlier good report stays.

    They are the owner's alone, among public reports too: they hold analysts' cells, what was
    printed, and what a report tells that was refused.
    """
    target = failed_folder(outputs) / record.folder
    target.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(PermissionError):  # the folder is somebody else's, or knows no modes
        failed_folder(outputs).chmod(OWN_FOLDER)
    executed = f"{record.notebook.name}.ipynb"
    (target / executed).unlink(missing_ok=True)
    _seal_if_sensitive(outputs, staging)
    if (staging / executed).is_file():
        (staging / executed).replace(target / executed)
    write_atomically(target / record_name(record.notebook.name), record.text())
    _seal_if_sensitive(outputs, target)


def _seal_if_sensitive(outputs: Path, folder: Path) -> None:
    if is_sensitive(outputs):
        seal(folder)


def write_manifest(outputs: Path, manifest: Manifest) -> Path:
    """Write ``manifest.json``."""
    return write_atomically(outputs / _MANIFEST, manifest.text())


def index_stands(outputs: Path, manifest: Manifest) -> bool:
    """Tell whether the last run wrote an index, it is there, and tells of what is there now.

    A run that was killed after a report had landed, and before the index told of it, is found out
    by its manifest, which is written last of all.
    """
    last = Manifest.read(outputs / _MANIFEST)
    if last is None or last.last_run is None or last.last_run.trouble is not None:
        return False
    tells_the_same = (last.reports, last.failed) == (manifest.reports, manifest.failed)
    return tells_the_same and (outputs / "index.html").is_file()


def _names(record: RunRecord | None) -> set[str]:
    # Names alone, so that a record that was tampered with reaches nothing outside its folder.
    return {Path(file.name).name for file in record.files} if record else set()


def _forget_failure(outputs: Path, record: RunRecord) -> None:
    folder = failed_folder(outputs) / record.folder
    for name in (f"{record.notebook.name}.ipynb", record_name(record.notebook.name)):
        (folder / name).unlink(missing_ok=True)
    _prune([folder, folder.parent, folder.parent.parent])


def _finish_landings(outputs: Path) -> bool:
    """Finish what a run that was cut short had begun to move, where every file of it is whole."""
    finished = False
    for path in sorted((outputs / _STAGING).rglob("*.run.json")):
        record = RunRecord.read(path)
        if record is None or record.status != "published":
            continue
        places = (path.parent, outputs / record.folder)
        if all(any(holds(place, file) for place in places) for file in record.files):
            land_report(path.parent, outputs, record)
            finished = True
    return finished


def _folders(outputs: Path) -> Iterator[Path]:
    """Give the folders in which we write: of the index, of areas, of failures and editions."""
    yield from (outputs, *outputs.glob("[!.]*/"), *outputs.glob("[!.]*/*/"))
    for hidden in (failed_folder(outputs), outputs / _EDITIONS):
        yield from (path for path in hidden.rglob("*/"))


def holds(folder: Path, file: FileRecord) -> bool:
    """Tell whether a folder has a file just as a record tells of it."""
    path = folder / Path(file.name).name
    try:
        return path.stat().st_size == file.bytes and FileRecord.of(path) == file
    except OSError:
        return False


def _sync(path: Path) -> None:
    """Have a file's bytes on the disk before its name; one that is in place already is passed."""
    with contextlib.suppress(FileNotFoundError):
        sync(path)


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
        who = f"process {holder['pid']} on {holder['host']}, since {holder['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        who = "a process that has not said who it is"
    return (
        f"another run holds {outputs}: {who}; wait for it, stop it, "
        "or choose another folder with --outputs"
    )


def _myself() -> dict[str, object]:
    """Say who holds the folder; it may be shared with other machines."""
    return {"pid": os.getpid(), "host": socket.gethostname(), "since": now()}


def _check_writable(outputs: Path) -> None:
    with _unwritable_is_told(outputs):
        outputs.mkdir(parents=True, exist_ok=True)
        # A full disk still takes a file without a byte. Its name is always the same, so that the
        # next run takes away what one that is killed here leaves.
        probe = outputs / ".writable"
        try:
            probe.write_text("?")
            sync(probe)
        finally:
            probe.unlink(missing_ok=True)


@contextlib.contextmanager
def _unwritable_is_told(outputs: Path) -> Iterator[None]:
    """Turn what a disk refuses before anything is run into one clear message."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        where = f" ({error.filename2})" if error.filename2 else ""
        ways = ", or ".join(filter(None, (remedy(error), "choose another with --outputs")))
        raise UsageError(
            f"outputs folder '{outputs}' can't be written to: {reason}{where}; {ways}"
        ) from None
