"""Fingerprints: what a report is made from, part by part, beside the data that it reads.

A fingerprint is a flat mapping from the name of a part to its hash or its version. Parts whose
names begin with ``pages:`` shape the published pages alone: when nothing else has changed, the
pages are made again and no kernel is started.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import cspanalysis
from cspanalysis import paths
from cspanalysis.production.outside import OUTSIDE_KERNELS
from cspanalysis.production.plan import Job
from cspanalysis.production.records import FORMS_PART, RunRecord, sha256, state, versions

__all__ = ["CurrentHash", "Fingerprints", "Verdict", "is_of_pages", "judge", "seed_of"]

CurrentHash = Callable[[Mapping[str, Any]], str]
"""Gives the hash, as it is now, of a slice of data that a record names under ``reads``.

What follows a blank in it says how whole the slice is, in words."""

_PAGES = "pages:"
_PAGE_ROOM = "publication"
_KERNEL_VERSIONS = (
    *("python", "numpy", "pandas", "scipy", "statsmodels", "matplotlib", "seaborn", "pyarrow"),
    *("ipykernel", "geopandas", "esda", "libpysal"),
)
_PAGE_VERSIONS = ("nbconvert", "pypandoc_binary", "typst")
_SEED_BITS = 32


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Take fingerprints of jobs; what all jobs share is hashed once.

    Parameters
    ----------
    shared
        Parts that all jobs share.
    notebooks, brands
        Hashes of notebooks, and of partnerships' brands by slug, that were hashed before.
    """

    shared: Mapping[str, str]
    notebooks: dict[Path, str] = field(default_factory=dict)
    brands: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def now(cls) -> Fingerprints:
        """Hash the package, its tables and the versions that matter, as they are now."""
        return cls({**_code(), **_tables(), **_versions()})

    def of(self, job: Job, notebook: Path) -> dict[str, str]:
        """Take the fingerprint of a job."""
        if notebook not in self.notebooks:
            self.notebooks[notebook] = sha256(notebook) if notebook.is_file() else ""
        parameters = json.dumps(job.arguments, sort_keys=True)
        own = {"notebook": self.notebooks[notebook], "parameters": parameters}
        asked = {FORMS_PART: " ".join(job.forms)} if job.forms else {}
        if job.area.slug not in self.brands:
            self.brands[job.area.slug] = _brand(job.area.slug)
        return {**own, **self.shared, **asked, **self.brands[job.area.slug]}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Hold what is to be done for a job, and why, in words."""

    action: Literal["run", "republish", "skip"]
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        return "; ".join(self.reasons)


def judge(
    job: Job, fingerprint: Mapping[str, str], *, outputs: Path, current: CurrentHash
) -> tuple[Verdict, RunRecord | None]:
    """Tell whether a job must run, only its pages must be made again, or nothing has changed.

    Parameters
    ----------
    job, fingerprint
        The job, and its fingerprint as it is now.
    outputs
        Folder of the reports.
    current
        Gives the present hash of a slice of data.

    Returns
    -------
    Verdict, RunRecord or None
        What to do and why; the record of the published report, if there is one.
    """
    how, record = state(job, outputs)
    if record is None:
        return Verdict("run", ("it was never run",)), None
    if how != "published":
        failed = f": {record.exception.name}" if record.exception else ""
        why = f"it failed when last run{failed}" if how == "failed" else "its files are not whole"
        return Verdict("run", (why,)), None
    changed = [*_changes(record.fingerprint, fingerprint), *_changed_data(record, current)]
    if reasons := tuple(why for part, why in changed if not is_of_pages(part)):
        return Verdict("run", reasons), record
    if reasons := tuple(dict.fromkeys(why for _, why in changed)):
        return Verdict("republish", reasons), record
    return Verdict("skip", (f"nothing has changed since {record.finished[:16]}",)), record


def is_of_pages(part: str) -> bool:
    """Tell whether a part of a fingerprint shapes the published pages alone."""
    return part.startswith(_PAGES)


def seed_of(job: Job) -> int:
    """Give the seed of anything random in a job: the same for the same job, on any machine."""
    digest = hashlib.sha256(job.slug.encode()).digest()
    return int.from_bytes(digest[: _SEED_BITS // 8], "big")


def _changes(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for part in {**now, **then}:
        old, new = then.get(part), now.get(part)
        if old != new:
            yield part, _words(part, old, new)


def _words(part: str, old: str | None, new: str | None) -> str:
    kind, _, name = part.removeprefix(_PAGES).partition(":")
    match kind:
        case "notebook":
            return "the notebook has changed"
        case "parameters":
            return f"the parameters have changed: {old or 'unknown'} to {new or 'none'}"
        case "version":
            return f"{name} has changed: {old or 'none'} to {new or 'none'}"
        case "tables":
            return "the reference tables have changed"
        case "forms":
            return f"the forms asked for have changed: {old or 'none'} to {new or 'none'}"
        case "brand":
            return "the partnership's brand has changed"
    return f"the code of {name} has changed"


def _changed_data(record: RunRecord, current: CurrentHash) -> Iterator[tuple[str, str]]:
    for read in record.reads:
        then, now = str(read.get("sha256")), current(read)
        if now != then:
            yield "data", _words_of_data(str(read.get("label", "unnamed")), then, now)


def _words_of_data(label: str, then: str, now: str) -> str:
    """Say what has changed of a slice: its data, or only how whole they are held to be."""
    (before, state_before), (after, state) = (_with_state(text) for text in (then, now))
    if before != after:
        return f"the data have changed: {label}"
    return f"the coverage status has changed: {label} ({state}; before: {state_before})"


def _with_state(text: str) -> tuple[str, str]:
    digest, _, state = text.partition(" ")
    return digest, state or "no month in part"


def _code() -> dict[str, str]:
    root = Path(cspanalysis.__file__).parent
    rooms: dict[str, list[Path]] = {}
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            room = path.relative_to(root).parts[0].removesuffix(".py")
            rooms.setdefault(room, []).append(path)
    used = {f"code:{room}": _digest(files, root) for room, files in rooms.items() if _is_used(room)}
    return {**used, f"{_PAGES}code:{_PAGE_ROOM}": _digest(rooms.get(_PAGE_ROOM, ()), root)}


def _is_used(room: str) -> bool:
    return room not in OUTSIDE_KERNELS


def _tables() -> dict[str, str]:
    folder = paths.data_folder()
    under = (folder / "reference", paths.mappings_folder())
    files = sorted(path for part in under for path in part.rglob("*") if path.is_file())
    return {"tables": _digest(files, folder)}


def _brand(slug: str) -> dict[str, str]:
    """Hash a partnership's colour, logo and reference document, where it has any."""
    folder = paths.partnership_folder(slug) / "brand"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {f"{_PAGES}brand": _digest(files, folder)} if files else {}


def _versions() -> dict[str, str]:
    found = versions()
    pages = {f"{_PAGES}version:{name}": found[name] for name in _PAGE_VERSIONS}
    used = {f"version:{name}": found[name] for name in _KERNEL_VERSIONS if name in found}
    return {**used, **pages}


def _digest(files: Iterable[Path], root: Path) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(bytes.fromhex(sha256(path)))
    return digest.hexdigest()
