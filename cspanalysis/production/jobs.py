"""One job from its notebook to its published report, or to the record of its failure."""

from __future__ import annotations

import json
import os
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any

import cspanalysis
from cspanalysis.blocks.block import ASKED
from cspanalysis.errors import CspanalysisError, PublicationError
from cspanalysis.production.execution import Execution, Failure, execute, failure_of
from cspanalysis.production.figures import recorded
from cspanalysis.production.fingerprints import is_of_pages, seed_of
from cspanalysis.production.kernels import READS, Kernels, Stopped
from cspanalysis.production.outputs import alone, land_failure, land_report
from cspanalysis.production.plan import Job
from cspanalysis.production.records import FileRecord, RunRecord, now
from cspanalysis.production.shown import shown
from cspanalysis.writing import remedy, write_atomically

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["Publish", "Task", "Vet", "once_ready", "produce", "republish"]

Publish = Callable[[Path, Path], Iterable[Path]]
"""Makes pages of an executed notebook (first) in a folder (second), and names them."""
Vet = Callable[[Path, Path, RunRecord], None]
"""Refuses a report by its figures (first), the outputs folder (second) and its record."""

_TWO_EDITIONS = (
    "{}, its parameters say that it is not: give the notebook a parameter 'edition', and the "
    "report its value"
)

# A kernel that died, or did not start, is given one more chance; a notebook that raised is not.
_ATTEMPTS = 2


class Stopwatch:
    """Measure seconds by a clock that nobody sets."""

    def __init__(self) -> None:
        self._begun = time.monotonic()

    @property
    def seconds(self) -> float:
        """Seconds since it was made."""
        return time.monotonic() - self._begun


@dataclass(frozen=True, slots=True)
class Task:
    """Hold all that a worker needs to do one job, wherever the worker is.

    Parameters
    ----------
    job, notebook
        The job, and the path of its notebook.
    outputs, staging
        The outputs folder, and the run's staging folder on the same file system.
    timeout
        Seconds for the notebook.
    fingerprint
        What the report is made from, for its record.
    warm
        Fork the kernel from a process that has imported already, where that can be done.
    """

    job: Job
    notebook: Path
    outputs: Path
    staging: Path
    timeout: float
    fingerprint: Mapping[str, str] = field(default_factory=dict, hash=False)
    warm: bool = False

    @property
    def stage(self) -> Path:
        """Folder in which everything of this job is made."""
        return self.staging / self.job.slug

    @property
    def executed(self) -> Path:
        """Path of the executed notebook while it is staged."""
        return self.stage / f"{self.job.report}.ipynb"

    @property
    def reads(self) -> Path:
        """Path of the file to which the library tells what it reads."""
        return self.stage / "reads.jsonl"


def produce(
    task: Task, publish: Publish, kernels: Kernels | None = None, *, vet: Vet | None = None
) -> RunRecord | None:
    """Run a job's notebook, make its pages, and move all of it into the outputs folder.

    Nothing is raised for a job that fails: its record tells, and an earlier report stays.

    Returns
    -------
    RunRecord or None
        The record as it was written; none if the run was stopped before the job was done.
    """
    if kernels is None:  # in another process than the run's
        kernels = Kernels(warm=task.warm)
        with kernels.only_while(task.staging):
            return produce(task, publish, kernels, vet=vet)
    watch = Stopwatch()
    record = RunRecord.begun(task.job, task.notebook, fingerprint=task.fingerprint)
    try:
        return _attempt(task, publish, kernels, record, watch, vet)
    except Stopped:
        return None
    except Exception as error:
        return _fail(task, kernels, record.failed(_failure(error, task), seconds=watch.seconds))


def republish(
    task: Task, publish: Publish, kernels: Kernels, *, record: RunRecord
) -> RunRecord | None:
    """Make a report's pages again from its executed notebook, without a kernel.

    Returns
    -------
    RunRecord or None
        The record as it was written; none if the run was stopped before the pages were made.
    """
    record = record.model_copy(update={"fingerprint": _with_pages_of(task, record)})
    begun = record.model_copy(update={"started": now(), "republished": None})
    try:
        task.stage.mkdir(parents=True, exist_ok=True)
        task.executed.write_bytes((task.outputs / record.folder / task.executed.name).read_bytes())
        return _publish(task, publish, kernels, record, Stopwatch())
    except Stopped:
        return None
    except Exception as error:
        return _fail(task, kernels, begun.failed(_failure(error, task)))


def once_ready(ready: Callable[[], object], publish: Publish) -> Publish:
    """Load what publishing needs beside the first kernels; no page is made before it is there.

    Threads that import the same modules at once may find some of them half imported.
    """
    loading: Future[object] = Future()

    def load() -> None:
        try:
            loading.set_result(ready())
        except Exception as error:
            loading.set_exception(error)

    def published(executed: Path, into: Path) -> Iterable[Path]:
        loading.result()
        return publish(executed, into)

    threading.Thread(target=load, name="ready", daemon=True).start()
    return published


def _with_pages_of(task: Task, record: RunRecord) -> dict[str, str]:
    """Give the fingerprint of a report whose pages alone are made again."""
    return {
        **{part: value for part, value in record.fingerprint.items() if not is_of_pages(part)},
        **{part: value for part, value in task.fingerprint.items() if is_of_pages(part)},
    }


def _attempt(
    task: Task,
    publish: Publish,
    kernels: Kernels,
    record: RunRecord,
    watch: Stopwatch,
    vet: Vet | None,
) -> RunRecord | None:
    task.stage.mkdir(parents=True, exist_ok=True)
    done, attempts = _execute(task, kernels)
    told = _told(task)
    if record.edition != "sensitive" and {"edition": "sensitive"} in told:
        raise PublicationError(_TWO_EDITIONS.format("it opens a sensitive edition"))
    reads = {json.dumps(read, sort_keys=True): read for read in told if "edition" not in read}
    record = record.model_copy(update={"attempts": attempts, "reads": tuple(reads.values())})
    if done.failure is not None:
        if done.notebook is not None:
            _write_notebook(done.notebook, task.executed)
        return _fail(task, kernels, record.failed(done.failure, seconds=watch.seconds))
    return _publish(task, publish, kernels, record, watch, done.notebook, vet)


def _execute(task: Task, kernels: Kernels) -> tuple[Execution, int]:
    """Execute the notebook; once more if the kernel, not the notebook, was at fault."""
    attempt = 0
    while True:
        attempt += 1
        task.reads.unlink(missing_ok=True)
        done = execute(
            task.notebook,
            parameters=task.job.arguments,
            kernels=kernels,
            timeout=task.timeout,
            seed=seed_of(task.job),
            settings={READS: str(task.reads)},
        )
        if not done.may_retry or attempt == _ATTEMPTS or kernels.stopped:
            return done, attempt


def _told(task: Task) -> list[dict[str, Any]]:
    """Give what the library told while the notebook ran: what it read, and editions it opened."""
    try:
        lines = task.reads.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [json.loads(line) for line in lines]


def _publish(
    task: Task,
    publish: Publish,
    kernels: Kernels,
    record: RunRecord,
    watch: Stopwatch,
    notebook: NotebookNode | None = None,
    vet: Vet | None = None,
) -> RunRecord:
    """Make the headline figures and the pages of an executed notebook, and land all of it."""
    if kernels.stopped:
        raise Stopped
    executed = notebook or _read_notebook(task.executed)
    findings = recorded(executed)
    if "sensitive" in findings.editions and record.edition != "sensitive":
        task.executed.unlink(missing_ok=True)
        raise PublicationError(
            _TWO_EDITIONS.format("its cover says that it is a sensitive edition")
        )
    if task.job.forms or ASKED in executed.metadata:
        executed.metadata[ASKED] = list(task.job.forms)  # whoever has the notebook knows them
    _write_for_pages(executed, task.executed)
    figures = task.stage / f"{task.job.report}.figures.json"
    write_atomically(figures, findings.text(task.job.slug))
    pages = [_checked(page, task.stage) for page in publish(task.executed, task.stage)]
    kept = shown(executed) if record.edition == "public" else executed
    _write_notebook(kept, task.executed)
    files = dict.fromkeys([task.executed, figures, *pages])
    made = [FileRecord.of(file) for file in files]
    record = record.published(made, inputs=findings.inputs, seconds=watch.seconds)
    with kernels.landing(), alone(task.staging):
        if vet:
            vet(figures, task.outputs, record)
        land_report(task.stage, task.outputs, record)
    return record


def _fail(task: Task, kernels: Kernels, record: RunRecord) -> RunRecord | None:
    try:
        with kernels.landing():
            if not task.staging.is_dir():  # the run may be over; if not, it writes this down
                return record
            land_failure(task.stage, task.outputs, record)
    except Stopped:
        return None
    except OSError as error:
        return record.unrecorded(error)
    return record


def _failure(error: Exception, task: Task) -> Failure:
    """Describe what went wrong outside the cells: where, and what to do if the disk is at fault."""
    failure = failure_of(error)
    # The staging folder will be gone: what is left of a path in it is the name of the file.
    message = failure.message.replace(f"{task.stage}{os.sep}", "")
    if not task.staging.is_dir():
        gone = f"the folder {task.staging.parent.name} was removed while the run was on; run again"
        message = f"{message}: {gone}"
    elif isinstance(error, OSError) and (what := remedy(error)):
        where = "" if error.filename else f", on the disk of {task.outputs} or of {gettempdir()}"
        message = f"{message}{where}; {what}"
    elif not isinstance(error, CspanalysisError | OSError):
        # Nobody foresaw it: what it says may mean nothing without the place where it was raised.
        message = f"{message or 'no more is said'} (raised {_place(error)})"
    return replace(failure, message=message)


def _place(error: Exception) -> str:
    """Name the function that an exception comes from, and what of ours had called it."""
    frames = traceback.extract_tb(error.__traceback__)
    root = Path(cspanalysis.__file__).parent
    ours = [frame for frame in frames if root in Path(frame.filename).parents]
    named = [f"in {f.name}, {Path(f.filename).name}:{f.lineno}" for f in (frames[-1], ours[-1])]
    return ", called ".join(dict.fromkeys(named))


def _checked(page: Path, stage: Path) -> Path:
    if page.parent != stage or not page.is_file():
        raise PublicationError(f"publishing gave {page}, which is not a file in {stage}")
    return page


def _write_notebook(notebook: NotebookNode, path: Path) -> None:
    import nbformat

    text: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    write_atomically(path, text + "\n")


def _write_for_pages(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook as nobody reads it but what makes its pages: a tenth of the time.

    Keys are in the order of the notebook that is kept, of which the same pages can be made anew.
    """
    write_atomically(path, json.dumps(notebook, ensure_ascii=False, sort_keys=True))


def _read_notebook(path: Path) -> NotebookNode:
    import nbformat

    notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return notebook
