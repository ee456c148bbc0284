"""Run records: what a job made, from what, and whether it succeeded."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache, lru_cache
from hashlib import file_digest
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cspanalysis.production.defaults import defaults_of
from cspanalysis.production.execution import Failure
from cspanalysis.production.plan import Job
from cspanalysis.production.planfile import Scalar
from cspanalysis.vocabulary.forms import FORMS, Form

__all__ = [
    "SCHEMA_VERSION",
    "FileRecord",
    "RunRecord",
    "failed_folder",
    "failed_records",
    "now",
    "published_records",
    "record_name",
    "state",
    "versions",
]

SCHEMA_VERSION: Final = 1
_LIBRARIES = (
    "cspanalysis",
    "numpy",
    "pandas",
    "scipy",
    "statsmodels",
    "matplotlib",
    "seaborn",
    "pyarrow",
    "ipykernel",
    "papermill",
    "nbconvert",
    "pypandoc_binary",
    "typst",
)

_ABSENT = "not installed"
FORMS_PART = "pages:forms"
"""Part of a fingerprint that names the forms that the plan asks for."""
# Of the extra `places`: a report holds clusters of small areas where they are installed.
_EXTRAS = ("geopandas", "esda", "libpysal")

State = Literal["published", "failed", "incomplete", "not run"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class FileRecord(_Frozen):
    """Hold a file that a job made: its name, size and SHA-256."""

    name: str
    bytes: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> FileRecord:
        """Measure a file."""
        return cls(name=path.name, bytes=path.stat().st_size, sha256=sha256(path))


class NotebookRecord(_Frozen):
    """Hold the notebook that was run: the report's name and the SHA-256 of the source file.

    The report bears the notebook's name unless the plan gives it another.
    """

    name: str
    sha256: str | None


class AreaRecord(_Frozen):
    """Hold the area of a report."""

    slug: str
    code: str
    name: str


class PeriodRecord(_Frozen):
    """Hold the period of a report, and its label for people."""

    slug: str
    text: str
    label: str


class ExceptionRecord(_Frozen):
    """Hold why a job failed; see `Failure`."""

    name: str
    message: str
    cell: int | None = None
    source: str | None = None
    traceback: str = ""


class RunRecord(_Frozen):
    """Hold what is kept of a job's run, as ``<notebook>.run.json``.

    Times are UTC in ISO 8601, ``duration`` is in seconds, by a clock that nobody sets;
    ``republished`` tells when the pages were made again from the notebook that was executed then.
    ``parameters`` are those that held: the notebook's own where the job gave none.
    ``attempts`` is how often a kernel was started. ``inputs`` are the sources and vintages that
    the notebook recorded, ``reads`` the slices of data that the library read for it, with their
    hashes, and ``fingerprint`` what else it was made from. ``files`` leaves the record itself out.
    """

    schema_version: Literal[1] = SCHEMA_VERSION
    job: str
    status: Literal["published", "failed"]
    area: AreaRecord
    period: PeriodRecord
    notebook: NotebookRecord
    parameters: dict[str, Scalar]
    started: str
    finished: str
    duration: float
    republished: str | None = None
    versions: dict[str, str]
    attempts: int = 1
    fingerprint: dict[str, str] = Field(default_factory=dict)
    inputs: tuple[dict[str, Any], ...] = ()
    reads: tuple[dict[str, Any], ...] = ()
    files: tuple[FileRecord, ...] = ()
    exception: ExceptionRecord | None = None

    @property
    def folder(self) -> Path:
        """Folder of the report below the outputs folder."""
        return Path(self.area.slug) / self.period.slug

    @property
    def edition(self) -> str:
        """For whom it is made: ``public``, unless its parameters say ``sensitive``."""
        return "sensitive" if self.parameters.get("edition") == "sensitive" else "public"

    @property
    def forms(self) -> tuple[Form, ...]:
        """Forms that the plan asked for."""
        asked = self.fingerprint.get(FORMS_PART, "").split()
        return tuple(form for form in FORMS if form in asked)

    @classmethod
    def begun(
        cls, job: Job, notebook: Path, *, fingerprint: Mapping[str, str] | None = None
    ) -> RunRecord:
        """Begin the record of a job: failed, until it says otherwise."""
        area, period, start = job.area, job.period, now()
        return cls(
            job=job.slug,
            status="failed",
            area=AreaRecord(slug=area.slug, code=area.code, name=area.name),
            period=PeriodRecord(slug=period.slug, text=str(period), label=period.label),
            notebook=NotebookRecord(name=job.report, sha256=_digest_if_any(notebook)),
            parameters={**defaults_of(notebook), **job.arguments},
            started=start,
            finished=start,
            duration=0.0,
            versions=versions(),
            fingerprint=dict(fingerprint or {}),
        )

    def published(
        self,
        files: Iterable[FileRecord],
        *,
        inputs: Iterable[dict[str, Any]],
        seconds: float | None = None,
    ) -> RunRecord:
        """Give the record of success; a report published before keeps the times of its run."""
        changes = {"files": tuple(files), "inputs": tuple(inputs)}
        if self.status == "published":
            return self.model_copy(update={**changes, "republished": now()})
        return self._ended("published", seconds, **changes)

    def failed(self, failure: Failure, *, seconds: float | None = None) -> RunRecord:
        """Give the record of failure."""
        why = ExceptionRecord(**asdict(failure))
        return self._ended("failed", seconds, exception=why, files=())

    def unrecorded(self, error: OSError) -> RunRecord:
        """Say that not even the failure could be written down, as on a full disk."""
        why = self.exception
        if why is None:
            return self
        message = f"{why.message}; and the failure could not be recorded: {error}"
        return self.model_copy(update={"exception": why.model_copy(update={"message": message})})

    def text(self) -> str:
        """Write the record as JSON."""
        return self.model_dump_json(indent=2) + "\n"

    @classmethod
    def read(cls, path: Path) -> RunRecord | None:
        """Read a record; one that is missing, damaged or of another schema is none."""
        try:
            return _parsed(path.read_bytes())
        except (OSError, ValidationError):
            return None

    def _ended(
        self, status: Literal["published", "failed"], seconds: float | None, **changes: Any
    ) -> RunRecord:
        end = now()
        if seconds is None:
            spent = datetime.fromisoformat(end) - datetime.fromisoformat(self.started)
            seconds = max(spent.total_seconds(), 0.0)
        times = {"finished": end, "duration": round(seconds, 3)}
        return self.model_copy(update={"status": status, **times, **changes})


@lru_cache(maxsize=4096)
def _parsed(text: bytes) -> RunRecord:
    """Read a record that a run asks for twice, when it decides and when it closes, once."""
    return RunRecord.model_validate_json(text)


def record_name(notebook: str) -> str:
    """Name of the file that holds a notebook's run record."""
    return f"{notebook}.run.json"


def failed_folder(outputs: Path) -> Path:
    """Folder of the records and half-run notebooks of failed jobs."""
    return outputs / ".failed"


def published_records(outputs: Path) -> Iterator[RunRecord]:
    """Give the records of the published reports, sorted by job."""
    return _records(outputs, "published")


def failed_records(outputs: Path) -> Iterator[RunRecord]:
    """Give the records of the jobs that failed when last run, sorted by job."""
    return _records(failed_folder(outputs), "failed")


def _records(folder: Path, status: str) -> Iterator[RunRecord]:
    for path in sorted(folder.glob("[!.]*/*/*.run.json")):
        record = RunRecord.read(path)
        if record and record.status == status and _is_at_home(record, path, folder):
            yield record


def _is_at_home(record: RunRecord, path: Path, folder: Path) -> bool:
    """Tell whether a record lies where its report does; a copy elsewhere speaks for nothing."""
    return path == folder / record.folder / record_name(record.notebook.name)


def state(job: Job, outputs: Path) -> tuple[State, RunRecord | None]:
    """Tell how a job stands, from the files themselves.

    A job that failed when last run is ``failed``, though its earlier report stays published. A
    report is ``incomplete`` where a file that its record names is missing or of another size.
    """
    folder, name = Path(job.area.slug, job.period.slug), record_name(job.report)
    if failed := RunRecord.read(failed_folder(outputs) / folder / name):
        return "failed", failed
    record = RunRecord.read(outputs / folder / name)
    if record is None:
        return "not run", None
    whole = all(_is_whole(outputs / folder, file) for file in record.files)
    return ("published" if whole else "incomplete"), record


def _is_whole(folder: Path, file: FileRecord) -> bool:
    try:
        return (folder / file.name).stat().st_size == file.bytes
    except OSError:
        return False


@cache
def versions() -> dict[str, str]:
    """Give the versions of Python and of the libraries that a report is made with.

    Those of an extra are left out where it is not installed.
    """
    found = {"python": platform.python_version()}
    for library in _LIBRARIES:
        found[library] = _version(library)
    extras = {library: _version(library) for library in _EXTRAS}
    return found | {name: known for name, known in extras.items() if known != _ABSENT}


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        from cspanalysis import __version__

        return __version__ if library == "cspanalysis" else _ABSENT


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _digest_if_any(path: Path) -> str | None:
    try:
        return sha256(path)
    except OSError:  # it went away while the run was on: the job will say so
        return None


def now() -> str:
    """Give the time in UTC, as ISO 8601 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
