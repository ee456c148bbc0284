"""Benchmarks whose full run takes long, run small: none may rot."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from benchmarks.flips import __main__ as flips
from benchmarks.freshness import __main__ as freshness
from benchmarks.freshness.nation import index_again, spread
from benchmarks.ingest import __main__ as ingest
from benchmarks.methods import __main__ as methods
from benchmarks.national import __main__ as national
from cspanalysis import paths

Rows = Callable[[Sequence[tuple[str, str, str]]], str]
Zip = Callable[[Path, Mapping[str, str | bytes]], Path]
QUARTER = "2023-Q4"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One performance report as the benchmark of freshness publishes them: web pages alone."""
    home = tmp_path_factory.mktemp("published")
    plan = home / "plan.yml"
    entry = f"{{notebook: performance-report, areas: [luton], periods: ['{QUARTER}']}}"
    plan.write_text(f"reports:\n  - {entry}\n")
    words = ("run", "--plan", str(plan), "--outputs", str(home / "outputs"))
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.production.html_only", *words],
        env={**os.environ, "PYTHONPATH": str(paths.project_folder())},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return home / "outputs"


def test_floor_and_ingest_take_turns(tmp_path: Path, street_text: Rows, write_zip: Zip) -> None:
    text = street_text([("2023-01", "E01015703", "Burglary")] * 3)
    archive = write_zip(tmp_path / "a.zip", {"2023-01/2023-01-bedfordshire-street.csv": text})
    told = ingest.measured(archive, tmp_path)
    assert told[0] == "3"
    assert len(told) == len(ingest.HEADER)


def test_series_and_report_are_measured_in_processes_of_their_own(tmp_path: Path) -> None:
    home = tmp_path / "data"
    shutil.copytree(paths.data_folder(), home, ignore=shutil.ignore_patterns("raw", "store"))
    for words in (("series",), ("report", QUARTER, "luton")):
        clock, busy = national._answer(home, *words)
        assert clock > 0 < busy


def test_files_of_one_force_and_its_last_quarter(tmp_path: Path, write_zip: Zip) -> None:
    months = ("2023-09", "2023-10", "2023-11", "2023-12")
    names = [f"{m}/{m}-{force}-street.csv" for m in months for force in ("kent", "thames-valley")]
    archive = write_zip(tmp_path / "all.zip", dict.fromkeys(names, ""))
    assert national.last_quarter(archive) == "2023-10..2023-12"
    alone = national.of_force(archive, tmp_path / "alone.zip")
    assert national.last_quarter(alone) == "2023-10..2023-12"


def test_what_a_report_shows_and_read_is_told(published: Path) -> None:
    ((job, shown),) = freshness.made(published).items()
    assert job == "luton/2023-q4/performance-report"
    assert len(shown) == 64
    (told,) = freshness.changed(published).values()
    assert any("bedfordshire" in line for line in json.loads(told))


def test_reports_are_spread_over_areas_and_the_index_is_written_again(
    published: Path, tmp_path: Path
) -> None:
    plan, jobs = spread(published / "luton", tmp_path, (QUARTER,), 3)
    assert jobs == 3
    assert "areas: [E2" in plan.read_text()
    *_, written = index_again(tmp_path / "outputs", "*")
    assert written >= 1


def test_every_turned_bit_is_refused(tmp_path: Path) -> None:
    shutil.copytree(paths.data_folder() / "counts", tmp_path / "store")
    assert set(flips.turned(tmp_path / "store", 4)) == {"refused"}


def test_every_step_of_an_assessment_is_timed() -> None:
    assert all(methods._seconds(step) > 0 for step in methods.steps().values())
