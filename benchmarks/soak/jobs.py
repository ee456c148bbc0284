"""Jobs over many areas, one in twenty with a fault, and an account of what came of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from textwrap import dedent

import nbformat

from benchmarks.leaks.jobs import Held, held_now, processes_below
from cspanalysis.production import Plan, run
from cspanalysis.production.plan import Job
from cspanalysis.production.records import RunRecord, sha256, state
from cspanalysis.production.warm import held_templates
from cspanalysis.vocabulary import Period
from cspanalysis.vocabulary.area import AreaRegister

BATCH = 50
EVERY = 20
"""One job in so many has a fault."""
PATIENCE = 60.0
"""Seconds that a job may take."""
FAULTS: Mapping[str, str] = {
    "ValueError": "raise ValueError('no counts')",
    "MemoryError": "raise MemoryError",
    "DeadKernelError": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "CellTimeoutError": "import time; time.sleep(3600)",
    "FileNotFoundError": "open('absent.csv')",
    "PublicationError": "fault = 'pages'",
}
"""What a job with a fault does, by the name of what is recorded of it."""


@dataclass(frozen=True, slots=True)
class Account:
    """What came of the jobs so far, and what the process holds."""

    good: int
    published: int
    bad: int
    recorded: int
    wrong: int
    held: Held


def soaked(jobs: int, folder: Path) -> Iterator[Account]:
    """Run so many jobs, a batch at a time, and account for all of them after each batch."""
    book, outputs = folder / "small.ipynb", folder / "out"
    areas = [area for area in AreaRegister.shipped() if area.kind == "csp"]
    pairs = list(islice(product(("2019", "2020"), areas), jobs))
    wanted = [Job(book.stem, area, Period.parse(period)) for period, area in pairs]
    kinds = list(FAULTS)
    faulty = {
        job.slug: kinds[number // EVERY % len(kinds)]
        for number, job in enumerate(wanted)
        if number % EVERY == EVERY - 1
    }
    _write_notebook(book, {slug: FAULTS[kind] for slug, kind in faulty.items()})
    others = processes_below()
    with held_templates():
        for first in range(0, len(wanted), BATCH):
            batch = wanted[first : first + BATCH]
            run(
                Plan(tuple(batch), folder),
                outputs=outputs,
                publish=_page,
                jobs=2,
                warm=True,
                timeout=PATIENCE,
            )
            done = wanted[: first + len(batch)]
            yield _account(done, faulty, outputs, held_now(len(done), others))


def _account(jobs: list[Job], faulty: Mapping[str, str], outputs: Path, held: Held) -> Account:
    good = [job for job in jobs if job.slug not in faulty]
    bad = [job for job in jobs if job.slug in faulty]
    published = [record for job in good if (record := _published(job, outputs))]
    failed = [
        (job, record) for job in bad for now, record in [state(job, outputs)] if now == "failed"
    ]
    recorded = [
        job
        for job, record in failed
        if record and record.exception and record.exception.name == faulty[job.slug]
    ]
    pages = sorted(outputs.glob("[!.]*/*/*.html"))
    right = {outputs / job.area.slug / job.period.slug / "small.html": _text(job) for job in good}
    wrong = [path for path in pages if path.read_text() != right.get(path)]
    return Account(len(good), len(published), len(bad), len(recorded), len(wrong), held)


def _published(job: Job, outputs: Path) -> RunRecord | None:
    """Give the record of a job whose files are those that it names."""
    now, record = state(job, outputs)
    if now != "published" or record is None:
        return None
    folder = outputs / record.folder
    return record if all(sha256(folder / f.name) == f.sha256 for f in record.files) else None


def _text(job: Job) -> str:
    return f"{job.area.slug} {job.period}"


def _page(executed: Path, into: Path) -> list[Path]:
    """Write what the notebook printed; a page that can't be made is the notebook's wish."""
    from cspanalysis.errors import PublicationError

    last = nbformat.read(executed, as_version=4).cells[-1]
    said = "".join(output.get("text", "") for output in last.outputs).strip()
    if said.endswith("pages"):
        raise PublicationError("the page can't be made")
    page = into / f"{executed.stem}.html"
    page.write_text(said)
    return [page]


def _write_notebook(path: Path, faults: Mapping[str, str]) -> None:
    spec = {"name": "python3", "display_name": "Python", "language": "python"}
    book = nbformat.v4.new_notebook(metadata={"kernelspec": spec})
    names = "area = ''\nperiod = ''\nbaseline = ''\nedition = ''"
    cell = dedent(f"""
        fault = ''
        exec({dict(faults)!r}.get(f'{{area}}/{{period}}/small', ''))
        print(area, period, fault)
    """)
    first = nbformat.v4.new_code_cell(names, metadata={"tags": ["parameters"]})
    book.cells = [first, nbformat.v4.new_code_cell(cell.strip())]
    nbformat.write(book, path)
