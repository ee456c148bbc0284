"""Real reports as those of a nation: records and figures of a few, spread over many areas."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cspanalysis.production import Job, RunRecord, read_plan
from cspanalysis.production.fingerprints import Fingerprints
from cspanalysis.production.plan import Plan
from cspanalysis.production.records import AreaRecord, record_name
from cspanalysis.store.fresh import hash_of_read
from cspanalysis.store.parts import force_slug
from cspanalysis.store.places import Places
from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.area import AreaRegister

__all__ = ["spread"]


def spread(real: Path, into: Path, periods: Sequence[str], areas: int) -> tuple[Path, int]:
    """Write reports of so many areas from those of one, and a plan of them.

    Records keep what was read, of the area's own force; of other files than figures and record
    there is the size alone.

    Parameters
    ----------
    real
        Folder of one area's reports, published.
    into
        Folder for ``plan.yml`` and ``outputs``.
    periods
        Periods of the reports.
    areas
        How many of the partnerships, in the order of the register.

    Returns
    -------
    Path and int
        The plan, and how many jobs it has.
    """
    csps = [area for area in AreaRegister.shipped() if area.kind == "csp"][:areas]
    plan = into / "plan.yml"
    codes = ", ".join(area.code for area in csps)
    spans = ", ".join(f"'{period}'" for period in periods)
    entry = f"{{notebook: performance-report, periods: [{spans}], areas: [{codes}]}}"
    into.mkdir(parents=True, exist_ok=True)
    plan.write_text(f"reports:\n  - {entry}\n", encoding="utf-8")
    jobs = read_plan(plan)
    fingerprints, current = Fingerprints.now(), hash_of_read()
    for job in jobs.jobs:
        _write(job, jobs, real, into / "outputs", (fingerprints, current))
    return plan, len(jobs.jobs)


def _write(
    job: Job, plan: Plan, real: Path, outputs: Path, known: tuple[Fingerprints, Any]
) -> None:
    from_here = real / job.period.slug
    record = RunRecord.read(from_here / record_name(job.report))
    if record is None:
        raise FileNotFoundError(f"{from_here} has no report to be spread")
    folder = outputs / job.area.slug / job.period.slug
    folder.mkdir(parents=True)
    for file in record.files:
        made = folder / file.name
        if file.name.endswith(".figures.json"):
            shutil.copy(from_here / file.name, made)
        else:
            made.touch()
            os.truncate(made, file.bytes)
    fingerprints, current = known
    reads = [_moved(read, record.area, job.area) for read in record.reads]
    area = AreaRecord(slug=job.area.slug, code=job.area.code, name=job.area.name)
    told = {
        "job": job.slug,
        "area": area,
        "parameters": {**record.parameters, **job.arguments},
        "fingerprint": fingerprints.of(job, plan.notebook(job).resolve()),
        "reads": tuple({**read, "sha256": current(read)} for read in reads),
    }
    text = record.model_copy(update=told).text()
    (folder / record_name(job.report)).write_text(text, encoding="utf-8")


def _moved(read: dict[str, Any], there: AreaRecord, here: Area) -> dict[str, Any]:
    """Name the slice that another area would have read."""
    text = json.dumps(read)
    old = Area.named(there.code)
    forces = [force_slug(Places.shipped().force_code(area)) for area in (old, here)]
    for before, after in ((old.code, here.code), (old.slug, here.slug), tuple(forces)):
        text = text.replace(f'"{before}"', f'"{after}"').replace(f"/{before}", f"/{after}")
        text = text.replace(f", {before},", f", {after},")
    moved: dict[str, Any] = json.loads(text)
    return moved


def index_again(outputs: Path, change: str) -> tuple[float, float, int]:
    """Let one report be as if it were made anew; write the index, and tell what was written.

    Returns
    -------
    float, float and int
        Seconds by the clock and of the processor; how many files were written anew.
    """
    from cspanalysis.publication import write_index

    write_index(outputs)
    stood = {path: path.stat().st_mtime_ns for path in outputs.rglob("*.html")}
    path = next(outputs.glob(f"{change}/*/*.figures.json"))
    path.write_text(path.read_text(encoding="utf-8") + " ", encoding="utf-8")
    began, busy = time.perf_counter(), time.process_time()
    write_index(outputs)
    seconds = time.perf_counter() - began, time.process_time() - busy
    written = sum(stood.get(page) != page.stat().st_mtime_ns for page in outputs.rglob("*.html"))
    return *seconds, written
