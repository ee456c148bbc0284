"""The manifest: what lies in an outputs folder, and how the last run ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cspanalysis.production.records import (
    SCHEMA_VERSION,
    AreaRecord,
    FileRecord,
    PeriodRecord,
    RunRecord,
    failed_records,
    now,
    published_records,
)

__all__ = ["LastRun", "Manifest"]


class LastRun(BaseModel):
    """Hold how a run ended: the slugs of its jobs by outcome, and why some were skipped.

    ``duration`` is in seconds; ``stopped`` tells that a signal ended the run early, ``trouble``
    why the index could not be written, or what happened not be told.
    """

    model_config = ConfigDict(frozen=True)

    started: str
    finished: str
    duration: float
    stopped: bool = False
    published: Sequence[str] = ()
    failed: Sequence[str] = ()
    skipped: Mapping[str, str] = Field(default_factory=dict)
    trouble: str | None = None


class ManifestEntry(BaseModel):
    """Hold one report of a manifest; file names are relative to the outputs folder.

    Of an exception its kind alone is told: messages quote what was read, and the folder is public.
    """

    model_config = ConfigDict(frozen=True)

    job: str
    area: AreaRecord
    period: PeriodRecord
    notebook: str
    status: Literal["published", "failed"]
    finished: str
    files: tuple[FileRecord, ...] = ()
    exception: str | None = None

    @classmethod
    def of(cls, record: RunRecord) -> ManifestEntry:
        """Give the manifest's entry of a run record."""
        at, why = record.folder, record.exception
        files = (f.model_copy(update={"name": (at / f.name).as_posix()}) for f in record.files)
        return cls(
            job=record.job,
            area=record.area,
            period=record.period,
            notebook=record.notebook.name,
            status=record.status,
            finished=record.finished,
            files=tuple(files),
            exception=why.name if why else None,
        )


class Manifest(BaseModel):
    """Hold what lies in an outputs folder, as ``manifest.json``."""

    schema_version: Literal[1] = SCHEMA_VERSION
    written: str
    last_run: LastRun | None
    reports: tuple[ManifestEntry, ...]
    failed: tuple[ManifestEntry, ...]

    @classmethod
    def of(cls, outputs: Path, last_run: LastRun | None = None) -> Manifest:
        """Gather the manifest of an outputs folder from the run records in it."""
        return cls(
            written=now(),
            last_run=last_run,
            reports=tuple(ManifestEntry.of(record) for record in published_records(outputs)),
            failed=tuple(ManifestEntry.of(record) for record in failed_records(outputs)),
        )

    @classmethod
    def read(cls, path: Path) -> Manifest | None:
        """Read a manifest; one that is missing, damaged or of another schema is none."""
        try:
            return cls.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            return None

    def text(self) -> str:
        """Write the manifest as JSON."""
        return self.model_dump_json(indent=2) + "\n"
