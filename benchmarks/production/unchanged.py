"""A plan of 300 areas and 4 quarters on made data, every report of which is there already."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pandas as pd

from cspanalysis import paths
from cspanalysis.production import Job, RunRecord, read_plan
from cspanalysis.production.fingerprints import Fingerprints
from cspanalysis.production.manifest import LastRun, Manifest
from cspanalysis.production.outputs import land_report, write_manifest
from cspanalysis.production.records import FileRecord, now
from cspanalysis.store import manifest
from cspanalysis.store.parts import force_slug
from cspanalysis.store.places import Places
from cspanalysis.store.reads import Slices, months_read
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.area import AreaRegister

QUARTERS = ("2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4")
MONTHS = Period.of_months(date(2021, 1, 1), date(2023, 12, 1)).months
SIZES = {"ipynb": 40_000, "html": 40_000, "pdf": 20_000, "docx": 20_000, "figures.json": 5_000}


def make(home: Path, areas: int) -> tuple[Path, Path, int]:
    """Make data, a plan and its reports below a folder; give data, plan and the number of jobs."""
    data, plan_file = home / "data", home / "plan.yml"
    for folder in (paths.data_folder() / "reference", paths.mappings_folder()):
        shutil.copytree(folder, data / folder.name)
    csps = [area for area in AreaRegister.shipped() if area.kind == "csp"][:areas]
    names = "".join(f"      - {area.code}\n" for area in csps)
    periods = ", ".join(QUARTERS)
    text = f"reports:\n  - notebook: performance-report\n    periods: [{periods}]\n    areas:\n"
    plan_file.write_text(text + names)
    rows = coverage(sorted({_force(area) for area in csps}))
    (data / "counts").mkdir()
    manifest.replace(data / "counts", rows)
    jobs = read_plan(plan_file).jobs
    _publish(jobs, home / "outputs", Slices(rows))
    return data, plan_file, len(jobs)


def revise(data: Path, force: str) -> None:
    """Let one force's last month be published anew."""
    rows = manifest.read_all(data / "counts")
    mine = (rows["force"] == force) & (rows["period_start"] == MONTHS[-1])
    again = rows[mine].assign(vintage="2024-06", sha256="revised")
    manifest.replace(data / "counts", pd.concat([rows, again], ignore_index=True))


def coverage(forces: list[str]) -> pd.DataFrame:
    rows = pd.MultiIndex.from_product([forces, MONTHS], names=["force", "period_start"])
    frame = rows.to_frame(index=False)
    return frame.assign(
        source="police-uk",
        period_end=frame["period_start"],
        area_code="",
        vintage="2024-02",
        lsoa_vintage="2021",
        rows=1000,
        located=990,
        without_location=10,
        outside=0,
        repeated=0,
        input="made.zip",
        input_sha256="",
        sha256=[f"{force}{month}" for force, month in rows],
        file="observations/made.parquet",
        file_sha256="",
        **dict.fromkeys((manifest.ENCODING, *manifest.REPLACED), ""),
    )


def _force(area: Area) -> str:
    return force_slug(Places.shipped().force_code(area))


def _publish(jobs: tuple[Job, ...], outputs: Path, slices: Slices) -> None:
    fingerprints = Fingerprints.now()
    for job in jobs:
        notebook = paths.notebooks_folder() / f"{job.notebook}.ipynb"
        stage = outputs / ".staging" / job.slug
        stage.mkdir(parents=True)
        for ending, size in SIZES.items():
            (stage / f"{job.notebook}.{ending}").write_bytes(bytes(size))
        force = _force(job.area)
        spans = (job.period, job.period.baseline(), Period.of_months(MONTHS[0], job.period.end))
        reads = [months_read("police-uk", force, span.months) for span in spans]
        record = RunRecord.begun(job, notebook, fingerprint=fingerprints.of(job, notebook))
        told = [
            {"source": r.source, "force": r.force, "first": r.first, "last": r.last}
            | {"label": r.label, "sha256": slices.hash_of(r)}
            for r in reads
        ]
        files = [FileRecord.of(path) for path in sorted(stage.iterdir())]
        done = record.model_copy(update={"reads": tuple(told)}).published(files, inputs=[])
        land_report(stage, outputs, done)
    shutil.rmtree(outputs / ".staging")
    (outputs / "index.html").write_text("made")
    write_manifest(
        outputs, Manifest.of(outputs, LastRun(started=now(), finished=now(), duration=0))
    )
