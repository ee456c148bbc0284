"""Runs: the jobs of a plan, side by side, under one lock."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Literal

from cspanalysis.errors import UsageError
from cspanalysis.production.execution import Failure, declared_parameters, failure_of
from cspanalysis.production.jobs import Publish, Task, lost, produce, republish
from cspanalysis.production.kernels import Kernels
from cspanalysis.production.outputs import held, staged, write_manifest
from cspanalysis.production.plan import Job, Plan
from cspanalysis.production.records import RunRecord, now, published_records
from cspanalysis.vocabulary import Area, Period

__all__ = ["Event", "RunResult", "publish_again", "run"]

# Seconds for jobs to notice that the run was stopped; the whole stop takes less than five.
_GRACE = 3.5

Kind = Literal["run-started", "started", "published", "failed", "run-finished", "run-stopped"]
OnEvent = Callable[["Event"], object]
Index = Callable[[Path], object]
_Work = Mapping[Task, Callable[..., RunRecord | None]]


@dataclass(frozen=True, slots=True)
class Event:
    """Hold something that happened in a run.

    Parameters
    ----------
    kind
        What happened. ``started``, ``published`` and ``failed`` are of one job.
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
        Why the manifest or the index could not be written, if it couldn't.
    """

    records: tuple[RunRecord, ...]
    trouble: Failure | None = None

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


def run(
    plan: Plan,
    *,
    outputs: Path,
    publish: Publish,
    index: Index | None = None,
    jobs: int | None = None,
    timeout: float = 600,
    on_event: OnEvent | None = None,
    executor: Executor | None = None,
) -> RunResult:
    """Run the jobs of a plan and publish their reports.

    Each job runs in a kernel of its own, is staged, and lands whole or not at all. A job that
    fails leaves the others, and its own earlier report, as they are.

    Parameters
    ----------
    plan
        What to run.
    outputs
        Folder to publish to; one run at a time holds it.
    publish
        Makes the pages of an executed notebook (first argument) in a folder (second), and names
        them.
    index
        Writes the index of the outputs folder, after the manifest.
    jobs
        How many jobs run at once; as many as there are processors by default.
    timeout
        Seconds for each notebook.
    on_event
        Told what happens as it happens, in the thread of the call.
    executor
        Where the jobs run: threads of this process by default, since the work is in the kernels.
        Any other executor must be able to send `publish` to its workers.

    Raises
    ------
    UsageError
        If a job could not run as asked, or the folder can't be written to; nothing was run.
    LockedError
        If another run holds the folder; nothing was run.
    KeyboardInterrupt
        If the run was interrupted: kernels are stopped and finished reports stay.
    """
    plan.check(declared_parameters)
    with held(outputs), staged(outputs) as staging:
        tasks = [
            Task(job, plan.notebook(job).resolve(), outputs.resolve(), staging.resolve(), timeout)
            for job in plan.jobs
        ]
        work = {task: partial(produce, task, publish) for task in tasks}
        return _Run(outputs, on_event, index).do(work, jobs or os.cpu_count() or 1, executor)


def publish_again(
    outputs: Path,
    *,
    publish: Publish,
    index: Index | None = None,
    only: str = "*",
    jobs: int | None = None,
    on_event: OnEvent | None = None,
) -> RunResult:
    """Make the pages of published reports again from their executed notebooks, without a kernel.

    Parameters
    ----------
    outputs
        Folder of the reports.
    only
        Shell pattern for the reports to be made; see `Job.matches`.
    publish, index, jobs, on_event
        As for `run`.

    Raises
    ------
    UsageError
        If there is no such report.
    """
    with held(outputs), staged(outputs) as staging:
        work = {}
        for record in published_records(outputs):
            area, period = Area.named(record.area.code), Period.parse(record.period.text)
            job = Job(record.notebook.name, area, period)
            if job.matches(only):
                task = Task(job, Path(), outputs.resolve(), staging.resolve(), 0)
                work[task] = partial(republish, task, publish, record=record)
        if not work:
            raise UsageError(f"{outputs} has no report that matches '{only}'")
        return _Run(outputs, on_event, index).do(work, jobs or os.cpu_count() or 1, None)


class _Run:
    """Hold one run while it lasts."""

    def __init__(self, outputs: Path, on_event: OnEvent | None, index: Index | None) -> None:
        self.outputs, self.index = outputs, index
        self.tell = on_event or _say_nothing
        self.records: list[RunRecord] = []
        self.trouble: Failure | None = None
        self.kernels = Kernels()

    def do(self, work: _Work, width: int, executor: Executor | None) -> RunResult:
        started = time.monotonic()
        self.tell(Event("run-started", detail={"jobs": len(work), "outputs": str(self.outputs)}))
        try:
            with self._pool(width, executor) as submit:
                self._all(work, width, submit)
        except BaseException:
            self._finish("run-stopped", started)
            raise
        self._finish("run-finished", started)
        return RunResult(tuple(self.records), self.trouble)

    @contextmanager
    def _pool(self, width: int, executor: Executor | None) -> Iterator[Callable[..., Future[Any]]]:
        """Give a way to submit work; on an interruption stop the kernels, and wait a little."""
        pool = executor or ThreadPoolExecutor(width, thread_name_prefix="job")
        running: set[Future[Any]] = set()

        def submit(call: Callable[..., Any]) -> Future[Any]:
            # Kernels can be shared with our own threads alone, not sent to another process.
            future = pool.submit(call, self.kernels) if executor is None else pool.submit(call)
            running.add(future)
            return future

        try:
            yield submit
        except BaseException:
            self._stop(running)
            raise
        finally:
            if executor is None:
                pool.shutdown(wait=not self.kernels.stopped, cancel_futures=True)

    def _all(self, work: _Work, width: int, submit: Callable[..., Future[Any]]) -> None:
        """Keep as many jobs going as there are workers, so that a started job has one."""
        waiting, running = list(work.items())[::-1], dict[Future[RunRecord | None], Task]()
        while waiting or running:
            while waiting and len(running) < width:
                task, call = waiting.pop()
                running[submit(call)] = task
                self.tell(Event("started", task.job.slug))
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                task = running.pop(future)
                error = future.exception()
                if isinstance(error, Exception):
                    self._ended(task, lost(task, error))
                else:
                    self._ended(task, future.result())

    def _ended(self, task: Task, record: RunRecord | None) -> None:
        if record is None:
            return
        self.records.append(record)
        detail: dict[str, Any] = {"duration": record.duration}
        if record.status == "published":
            detail["files"] = [(record.folder / file.name).as_posix() for file in record.files]
        elif record.exception:
            detail["exception"] = record.exception.model_dump(exclude={"source", "traceback"})
        self.tell(Event(record.status, task.job.slug, detail))

    def _stop(self, running: set[Future[Any]]) -> None:
        until = time.monotonic() + _GRACE
        for future in running:
            future.cancel()
        self.kernels.stop()
        while time.monotonic() < until and wait(running, timeout=0.1).not_done:
            self.kernels.stop()

    def _finish(self, kind: Kind, started: float) -> None:
        try:
            write_manifest(self.outputs)
            if self.index is not None:
                self.index(self.outputs)
        except Exception as error:  # the reports are there: the run goes on to say so
            self.trouble = failure_of(error)
        result = RunResult(tuple(self.records), self.trouble)
        counts = {"published": len(result.published), "failed": len(result.failed)}
        trouble = {"trouble": str(self.trouble)} if self.trouble else {}
        spent = round(time.monotonic() - started, 3)
        self.tell(Event(kind, detail={**counts, **trouble, "duration": spent}))


def _say_nothing(_: Event) -> None:
    """Take an event and tell nobody."""


def why(record: RunRecord) -> str:
    """Say in one line why a job failed."""
    return str(Failure(**record.exception.model_dump())) if record.exception else ""
