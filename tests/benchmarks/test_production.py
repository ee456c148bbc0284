"""The production benchmark's made data, run small."""

from __future__ import annotations

from pathlib import Path

from benchmarks.production.unchanged import QUARTERS, make, revise
from cspanalysis.production import read_plan
from cspanalysis.store import manifest


def test_reports_of_made_data_can_be_made_and_one_month_revised(tmp_path: Path) -> None:
    data, plan, jobs = make(tmp_path, 3)
    assert jobs == 3 * len(QUARTERS) == len(read_plan(plan).jobs)
    assert len(list((tmp_path / "outputs").glob("*/*/*.run.json"))) == jobs
    before = manifest.read(data / "counts")
    force = str(before["force"].iloc[0])
    revise(data, force)
    after = manifest.read(data / "counts")
    assert len(after) == len(before) + 1
    assert set(after["vintage"]) == {"2024-02", "2024-06"}
