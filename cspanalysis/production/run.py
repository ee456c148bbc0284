"""Runs: the jobs of a plan, side by side, under one lock."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from cspanalysis.errors import UsageError
from cspanalysis.production.closing import Folder, Index
from cspanalysis.production.execution import Failure, declared_parameters, trouble_of
from cspanalysis.production.fingerprints import CurrentHash, Fingerprints, Verdict
from cspanalysis.production.jobs import Publish, Task, Vet, once_ready, republish
from cspanalysis.production.kernels import Kernels
from cspanalysis.production.outcomes import Word, settled, word_of
from cspanalysis.production.outputs import held, staged
from cspanalysis.production.plan import Job, Plan
from cspanalysis.production.records import RunRecord, now, published_records
from cspanalysis.production.results import Event, Kind, RunResult
from cspanalysis.production.roots import roots
from cspanalysis.production.tasks import (
    Work,
    folders_of,
    is_wanted,
    tasks_of,
    verdicts_of,
    work_of,
)
from cspanalysis.production.workers import width_here
from cspanalysis.vocabulary import Area, Period

__all__ = ["explain", "publish_again", "run"]

# Seconds for jobs to notice that the run was stopped; the whole stop takes less than five.
_GRACE = 3.0
_BREATH = 0.5  # seconds between two looks at whether the run is to stop

OnEvent = Callable[[Event], object]


def _go_on() -> None:
    """Heed nothing."""


def run(
    plan: Plan,
    *,
    outputs: Path,
    publish: Publish,
    vet: Vet | None = None,
    index: Index | None = None,
    jobs: int | None = None,
    timeout: float = 600,
    current: CurrentHash | None = None,
    force: bool = False,
    warm: bool = False,
    on_event: OnEvent | None = None,
    heed: Callable[[], None] = _go_on,
    ready: Callable[[], object] | None = None,
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
        Folder to publish to; one run at a time holds it. Sensitive editions go to a folder of
        their own, see `cspanalysis.paths.sensitive_folder`.
    publish
        Makes the pages of an executed notebook (first argument) in a folder (second), and names
        them.
    vet
        Refuses a report that must not land beside those that lie there, by raising.
    index
        Writes the index of the outputs folder, from the run records; left out where nothing has
        happened and the last index stands.
    jobs
        How many jobs run at once; by default one more than there are processors, so that none is
        idle while a kernel starts or ends.
    timeout
        Seconds for each notebook.
    current
        Gives the present hash of a slice of data that a run record names; with it, jobs of which
        nothing has changed are skipped, and where the page templates alone have changed, the
        pages are made again. Every job is run where it is not given.
    force
        Run unchanged jobs too.
    warm
        Fork kernels from a process that has imported already, where the system allows it.
    on_event
        Told what happens as it happens, in the thread of the call. Where it raises OSError, as
        writing to a full disk does, it is told no more: the run goes on, and its result says so.
    heed
        Called twice a second in the thread of the call; it stops the run by raising
        KeyboardInterrupt. A signal's own exception can be lost in a callback of the interpreter.
    ready
        Called once, beside the first kernels: loads what `publish` will need, which waits for it.
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
    tasks = tasks_of(plan, outputs, timeout, warm=warm)
    verdicts = {} if current is None or force else verdicts_of(tasks, current)
    wanted = [job for job in plan.jobs if is_wanted(verdicts.get(job.slug))]
    kernels, ours = Kernels(warm=warm), executor is None
    with _warmth(warm=warm and bool(wanted)):
        if wanted and ours:
            kernels.prepare()
        Plan(tuple(wanted), plan.notebooks).check(declared_parameters)
        with ExitStack() as holding:
            folders = folders_of(tasks, outputs)
            finished = [holding.enter_context(held(one.path)) for one in folders.values()]
            stages = {at: holding.enter_context(staged(f.path)) for at, f in folders.items()}
            if current and verdicts and any(finished):  # of a run that was killed
                verdicts = verdicts_of(tasks, current)
            idle = verdicts and all(v.action == "skip" for v, _ in verdicts.values())
            if ready and ours and not idle:
                publish = once_ready(ready, publish)
            work = dict(work_of(tasks, verdicts, publish, stages, vet))
            going = _Run(folders, on_event, index, kernels=kernels, heed=heed)
            going.leave({task: verdicts[task.job.slug][0] for task in tasks if verdicts})
            return going.do(work, jobs or width_here(), executor)


def explain(
    plan: Plan, *, outputs: Path, current: CurrentHash, force: bool = False
) -> Iterator[tuple[Job, Verdict]]:
    """Tell of each job what a run would do, and why; nothing is run.

    Parameters
    ----------
    plan, outputs, current, force
        As for `run`.

    Raises
    ------
    UsageError
        If a job that would be run could not run as asked.
    """
    tasks = tasks_of(plan, outputs, 0, warm=False)
    verdicts = verdicts_of(tasks, current)
    wanted = [job for job in plan.jobs if force or is_wanted(verdicts[job.slug])]
    Plan(tuple(wanted), plan.notebooks).check(declared_parameters)
    for task, (verdict, _) in zip(tasks, verdicts.values(), strict=True):
        if force and verdict.action != "run":
            verdict = Verdict("run", (f"it is forced: {verdict}",))
        yield task.job, verdict


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
        If there is no such folder or report.
    """
    if not outputs.is_dir():
        raise UsageError(f"there is no outputs folder '{outputs}'; name one with --outputs")
    with ExitStack() as holding:
        folders = {path.resolve(): Folder(path) for path in roots(outputs)}
        work, fingerprints = {}, Fingerprints.now()
        for at, folder in folders.items():
            holding.enter_context(held(folder.path))
            staging = holding.enter_context(staged(folder.path)).resolve()
            for record in published_records(folder.path):
                area, period = Area.named(record.area.code), Period.parse(record.period.text)
                job = Job(record.notebook.name, area, period, forms=record.forms)
                if job.matches(only):
                    task = Task(job, Path(), at, staging, 0, fingerprints.of(job, Path()))
                    work[task] = partial(republish, task, publish, record=record)
        if not work:
            raise UsageError(f"{outputs} has no report that matches '{only}'")
        return _Run(folders, on_event, index).do(work, jobs or width_here(), None)


class _Run:
    """Hold one run while it lasts."""

    def __init__(
        self,
        folders: Mapping[Path, Folder],
        on_event: OnEvent | None,
        index: Index | None,
        *,
        kernels: Kernels | None = None,
        heed: Callable[[], None] = _go_on,
    ) -> None:
        self.folders, self.index, self.begun, self.heed = folders, index, now(), heed
        self.on_event = on_event or _say_nothing
        self.records: list[RunRecord] = []
        self.skipped: dict[str, str] = {}
        self.trouble: Failure | None = None
        self.kernels = kernels or Kernels()

    def leave(self, verdicts: Mapping[Task, Verdict]) -> None:
        """Leave the jobs alone of which nothing has changed."""
        left = [(task, str(v)) for task, v in verdicts.items() if v.action == "skip"]
        for at, folder in self.folders.items():
            folder.skipped = {task.job.slug: why for task, why in left if task.outputs == at}
        self.skipped = {task.job.slug: why for task, why in left}

    def do(self, work: Work, width: int, executor: Executor | None) -> RunResult:
        started = time.monotonic()
        at = ", ".join(str(folder.path) for folder in self.folders.values())
        self.tell(Event("run-started", detail={"jobs": len(work), "outputs": at}))
        for slug, why in self.skipped.items():
            self.tell(Event("skipped", slug, {"reason": why}))
        try:
            with self._pool(width, executor) as submit:
                self._all(work, width, submit)
        except BaseException:
            self._finish("run-stopped", started)
            raise
        self._finish("run-finished", started)
        return self._result()

    def tell(self, event: Event) -> None:
        """Tell what happened; a log that takes no more is no reason to publish no more."""
        try:
            self.on_event(event)
        except OSError as error:
            self.on_event = _say_nothing
            self.trouble = trouble_of(error, "the rest of what happened could not be told")

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

    def _all(self, work: Work, width: int, submit: Callable[..., Future[Any]]) -> None:
        """Keep as many jobs going as there are workers, so that a started job has one."""
        waiting, running = list(work.items())[::-1], dict[Future[RunRecord | None], Task]()
        tried: set[Task] = set()
        while waiting or running:
            while waiting and len(running) < width:
                task, call = waiting.pop()
                if task not in tried:
                    self.tell(Event("started", task.job.slug))
                try:
                    running[submit(call)] = task
                except Exception as gone:  # the pool itself
                    self._ended(task, gone)
            self.heed()
            for future in wait(running, _BREATH, return_when=FIRST_COMPLETED).done:
                task = running.pop(future)
                word = word_of(future)
                if isinstance(word, BaseException) and task not in tried:
                    tried.add(task)  # its worker was lost: another may do
                    waiting.append((task, work[task]))
                else:
                    self._ended(task, word)

    def _ended(self, task: Task, word: Word) -> None:
        record = settled(task, word)
        self.records.append(record)
        self.folders[task.outputs].records.append(record)
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

    def _result(self) -> RunResult:
        return RunResult(tuple(self.records), self.trouble, self.skipped)

    def _finish(self, kind: Kind, started: float) -> None:
        spent = round(time.monotonic() - started, 3)
        stopped = kind == "run-stopped"
        for folder in self.folders.values():
            self.trouble = folder.close(
                self.index, begun=self.begun, seconds=spent, stopped=stopped, trouble=self.trouble
            )
        result = self._result()
        counts = {"published": len(result.published), "failed": len(result.failed)}
        skipped = {"skipped": len(self.skipped)} if self.skipped else {}
        trouble = {"trouble": str(self.trouble)} if self.trouble else {}
        self.tell(Event(kind, detail={**counts, **skipped, **trouble, "duration": spent}))


def _warmth(*, warm: bool) -> AbstractContextManager[None]:
    """Keep the template processes of warm kernels for as long as the run lasts."""
    if not warm:
        return nullcontext()
    from cspanalysis.production.warm import held_templates

    return held_templates()


def _say_nothing(_: Event) -> None:
    """Take an event and tell nobody."""
