"""What a run tells: events while it lasts, and its result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from cspanalysis.production.execution import Failure
from cspanalysis.production.records import RunRecord, now

__all__ = ["Event", "Kind", "RunResult", "why"]

Kind = Literal[
    "run-started", "started", "published", "failed", "skipped", "run-finished", "run-stopped"
]


@dataclass(frozen=True, slots=True)
class Event:
    """Hold something that happened in a run.

    Parameters
    ----------
    kind
        What happened. ``started``, ``published``, ``failed`` and ``skipped`` are of one job.
    job
        Slug of the job; empty for an event of the whole run.
    detail
        What there is to say about it, as JSON can hold it.
    """

    kind: Kind
    job: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    at: str = field(default_factory=now)

    def as_json(self) -> dict[str, Any]:
        """Give the event as one flat object."""
        job = {"job": self.job} if self.job else {}
        return {"event": self.kind, "time": self.at, **job, **self.detail}


@dataclass(frozen=True, slots=True)
class RunResult:
    """Hold the records of a run's jobs, in the order in which they ended.

    Parameters
    ----------
    records
        One record for each job.
    trouble
        Why the manifest or the index could not be written, or events not be told, if so.
    skipped
        Why each job that was left alone was, by its slug.
    """

    records: tuple[RunRecord, ...]
    trouble: Failure | None = None
    skipped: Mapping[str, str] = field(default_factory=dict)

    @property
    def published(self) -> tuple[RunRecord, ...]:
        """Records of the jobs whose reports were published."""
        return tuple(record for record in self.records if record.status == "published")

    @property
    def failed(self) -> tuple[RunRecord, ...]:
        """Records of the jobs that failed."""
        return tuple(record for record in self.records if record.status == "failed")

    @property
    def exit_code(self) -> int:
        """Give 0 if everything was published, else 1."""
        return 1 if self.failed or self.trouble else 0


def why(record: RunRecord) -> str:
    """Say in one line why a job failed."""
    return str(Failure(**record.exception.model_dump())) if record.exception else ""
