"""What a run has to do: the tasks of a plan, what becomes of each, and the work that is left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from cspanalysis.errors import UsageError
from cspanalysis.paths import is_sensitive
from cspanalysis.production.closing import Folder
from cspanalysis.production.fingerprints import CurrentHash, Fingerprints, Verdict, judge
from cspanalysis.production.jobs import Publish, Task, Vet, produce, republish
from cspanalysis.production.plan import Plan
from cspanalysis.production.records import RunRecord
from cspanalysis.production.roots import open_sensitive, root_of

__all__ = ["Work", "folders_of", "is_wanted", "tasks_of", "verdicts_of", "work_of"]

Judged = tuple[Verdict, RunRecord | None]
"""What is to be done for a job and why; the record of its published report, if there is one."""
Work = Mapping[Task, Callable[..., RunRecord | None]]
"""What does each task."""


def tasks_of(plan: Plan, outputs: Path, timeout: float, *, warm: bool) -> list[Task]:
    """Give the task of each job: its notebook, its folder and its fingerprint.

    Raises
    ------
    UsageError
        If the folder is that of sensitive editions, or one of the two lies in the other.
    """
    if is_sensitive(outputs):
        raise UsageError(f"{outputs} is of sensitive editions; name the folder of public reports")
    fingerprints = Fingerprints.now()
    tasks = []
    really = cache(Path.resolve)  # of a thousand jobs a few notebooks, and one or two folders
    for job, notebook in ((job, really(plan.notebook(job))) for job in plan.jobs):
        at = really(root_of(job, notebook, outputs))
        made_from = fingerprints.of(job, notebook)
        tasks.append(Task(job, notebook, at, at, timeout, made_from, warm=warm))
    return tasks


def folders_of(tasks: Iterable[Task], outputs: Path) -> dict[Path, Folder]:
    """Give the folders that are published to, by where they really lie."""
    public, wanted = outputs.resolve(), dict.fromkeys(task.outputs for task in tasks)
    for at in wanted:
        if at != public:
            open_sensitive(at)
    return {at: Folder(outputs if at == public else at) for at in wanted}


def verdicts_of(tasks: Iterable[Task], current: CurrentHash) -> dict[str, Judged]:
    """Judge each task by what lies in its folder, by slug of its job."""
    return {
        task.job.slug: judge(task.job, task.fingerprint, outputs=task.outputs, current=current)
        for task in tasks
    }


def work_of(
    tasks: Iterable[Task],
    verdicts: Mapping[str, Judged],
    publish: Publish,
    stages: Mapping[Path, Path],
    vet: Vet | None,
) -> Iterator[tuple[Task, Callable[..., RunRecord | None]]]:
    """Give what is to be done for each job that is not left alone."""
    staging = {at: stage.resolve() for at, stage in stages.items()}
    for task in tasks:
        verdict, record = verdicts.get(task.job.slug, (None, None))
        if verdict and verdict.action == "skip":
            continue
        task = replace(task, staging=staging[task.outputs])
        if verdict and record and verdict.action == "republish":
            yield task, partial(republish, task, publish, record=record)
        else:
            yield task, partial(produce, task, publish, vet=vet)


def is_wanted(found: Judged | None) -> bool:
    """Tell whether a job has to be run; one that was not judged has."""
    return found is None or found[0].action == "run"
