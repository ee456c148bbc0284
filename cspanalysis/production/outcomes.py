"""Outcomes: what a worker says of its job, held against what lies in the outputs folder."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from dataclasses import replace
from typing import Any

from cspanalysis.production.execution import Failure, failure_of
from cspanalysis.production.jobs import Task
from cspanalysis.production.outputs import holds, land_failure
from cspanalysis.production.records import RunRecord, record_name

__all__ = ["Word", "settled", "word_of"]

Word = RunRecord | BaseException | None
"""What is left of a worker's job: its record, what ended it, or nothing."""


def word_of(future: Future[Any]) -> Word:
    """Give what a worker's future holds, without raising it; what is no record counts as none."""
    try:
        error = future.exception()
    except CancelledError as cancelled:
        return cancelled
    if error is not None:
        return error
    found = future.result()
    return found if isinstance(found, RunRecord) else None


def settled(task: Task, word: Word) -> RunRecord:
    """Give the record of a job that has ended, and write down a failure that nobody did.

    Only the run itself, which holds the outputs folder, may call it.

    Parameters
    ----------
    task
        The job.
    word
        What its worker said. No word is a failure, and so is one that what lies in the outputs
        folder does not bear out.
    """
    if isinstance(word, RunRecord) and word.status == "failed":
        # Where a worker found no folder any more, it left the writing to the run.
        return word if task.staging.is_dir() else _written(task, word)
    if isinstance(word, RunRecord):
        wrong = "; ".join(_belied(task, word))
        told = Failure("NotAsTold", f"its worker says it was published, but {wrong}; run again")
        return _failed(task, told) if wrong else word
    if word is None:
        return _failed(task, Failure("NoOutcome", f"its worker ended without a word{_why(task)}"))
    failure = failure_of(word)
    message = f"the worker was lost ({failure.message}); look into its own log, then run again"
    return _failed(task, replace(failure, message=message))


def _belied(task: Task, record: RunRecord) -> Iterator[str]:
    """Name what is not as a record of success says."""
    if record.job != task.job.slug:
        yield f"it speaks of {record.job}"
        return
    folder = task.outputs / record.folder
    if RunRecord.read(folder / record_name(task.job.report)) != record:
        yield "its run record is not there"
    for file in record.files:
        if not holds(folder, file):
            yield f"{file.name} is missing or another"


def _failed(task: Task, failure: Failure) -> RunRecord:
    record = RunRecord.begun(task.job, task.notebook, fingerprint=task.fingerprint)
    return _written(task, record.failed(failure))


def _written(task: Task, record: RunRecord) -> RunRecord:
    """Write a failure down; where the disk takes nothing, the record alone tells."""
    try:
        land_failure(task.stage, task.outputs, record)
    except OSError as error:
        return record.unrecorded(error)
    return record


def _why(task: Task) -> str:
    if task.staging.is_dir():
        return "; look into its own log, then run again"
    return f": the folder {task.staging.parent.name} was removed while the run was on; run again"
