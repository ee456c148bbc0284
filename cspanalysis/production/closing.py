"""The end of a run in one folder: its index and its manifest, which is written last of all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cspanalysis.paths import is_sensitive, without_paths
from cspanalysis.production.execution import Failure, trouble_of
from cspanalysis.production.manifest import LastRun, Manifest
from cspanalysis.production.outputs import index_stands, write_manifest
from cspanalysis.production.records import RunRecord, now
from cspanalysis.production.roots import seal

__all__ = ["Folder", "Index"]

Index = Callable[[Path], object]
"""Writes the index of a folder from the run records in it."""


@dataclass(slots=True)
class Folder:
    """Hold what a run did in one folder: of sensitive editions, or of public reports.

    Parameters
    ----------
    path
        The folder.
    records
        Records of its jobs, in the order in which they ended.
    skipped
        Why each job that was left alone was, by its slug.
    """

    path: Path
    records: list[RunRecord] = field(default_factory=list)
    skipped: Mapping[str, str] = field(default_factory=dict)

    def close(
        self,
        index: Index | None,
        *,
        begun: str,
        seconds: float,
        stopped: bool,
        trouble: Failure | None,
    ) -> Failure | None:
        """Write index and manifest; give what kept either from being written, or `trouble`."""
        there = Manifest.of(self.path)
        try:
            if index is not None and (self.records or not index_stands(self.path, there)):
                index(self.path)
        except Exception as error:  # the reports are there: the run goes on to say so
            trouble = trouble_of(error, "the index could not be written")
        last = LastRun(
            started=begun,
            finished=now(),
            duration=seconds,
            stopped=stopped,
            published=self._slugs("published"),
            failed=self._slugs("failed"),
            skipped=self.skipped,
            trouble=without_paths(str(trouble)) if trouble else None,
        )
        try:
            write_manifest(self.path, there.model_copy(update={"last_run": last}))
            if is_sensitive(self.path):
                seal(self.path)
        except OSError as error:
            trouble = trouble_of(error, "the manifest could not be written")
        return trouble

    def _slugs(self, status: str) -> Sequence[str]:
        return [record.job for record in self.records if record.status == status]
