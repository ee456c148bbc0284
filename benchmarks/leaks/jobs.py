"""Many small jobs through warm kernels of one process, and what it holds after each batch."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path

import nbformat

from cspanalysis.production import Plan, run
from cspanalysis.production.plan import Job
from cspanalysis.production.warm import held_templates
from cspanalysis.vocabulary import Period
from cspanalysis.vocabulary.area import AreaRegister

BATCH = 10
WIDTH = 2
PERIODS = ("2019", "2020")


@dataclass(frozen=True, slots=True)
class Held:
    """What this process and its template hold while no job runs; memory in MB."""

    jobs: int
    files: int
    threads: int
    processes: int
    template_files: int
    memory: float
    template_memory: float


def held_after(jobs: int, folder: Path) -> Iterator[Held]:
    """Run so many jobs, a batch at a time, and tell after each batch what is held."""
    book = folder / "small.ipynb"
    _write_notebook(book)
    areas = [area for area in AreaRegister.shipped() if area.kind == "csp"]
    pairs = islice(product(PERIODS, areas), jobs)
    done, others = 0, processes_below()
    with held_templates():
        while batch := list(islice(pairs, BATCH)):
            wanted = tuple(Job(book.stem, area, Period.parse(period)) for period, area in batch)
            plan = Plan(wanted, folder)
            result = run(plan, outputs=folder / "out", publish=_page, jobs=WIDTH, warm=True)
            if result.exit_code:
                raise RuntimeError(f"{result.failed[0].job}: {result.failed[0].exception}")
            done += len(batch)
            yield held_now(done, others)


def processes_below() -> set[int]:
    """Give what runs below this process already, such as a tracker of multiprocessing's."""
    return set(_children(os.getpid()))


def held_now(jobs: int, others: set[int]) -> Held:
    """Measure what this process holds after so many jobs, but for others that ran before."""
    below = [pid for pid in _children(os.getpid()) if pid not in others]
    template = below[0]
    return Held(
        jobs=jobs,
        files=_files(os.getpid()),
        threads=threading.active_count(),
        processes=sum(1 + len(list(_children(pid))) for pid in below),
        template_files=_files(template),
        memory=_memory(os.getpid()),
        template_memory=_memory(template),
    )


def _page(executed: Path, into: Path) -> list[Path]:
    page = into / f"{executed.stem}.html"
    page.write_text("page")
    return [page]


def _write_notebook(path: Path) -> None:
    spec = {"name": "python3", "display_name": "Python", "language": "python"}
    book = nbformat.v4.new_notebook(metadata={"kernelspec": spec})
    names = "area = ''\nperiod = ''\nbaseline = ''\nedition = ''"
    first = nbformat.v4.new_code_cell(names, metadata={"tags": ["parameters"]})
    book.cells = [first, nbformat.v4.new_code_cell("import pandas\nprint(area, period)")]
    nbformat.write(book, path)


def _children(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").iterdir():
        yield from map(int, (task / "children").read_text().split())


def _files(pid: int) -> int:
    return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())


def _memory(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    kilobytes = next(line.split()[1] for line in status if line.startswith("VmRSS"))
    return int(kilobytes) / 1024
