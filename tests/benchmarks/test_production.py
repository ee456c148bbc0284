"""The production benchmark, run small."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.production import html_only
from benchmarks.production.__main__ import main
from benchmarks.production.measuring import Spent, measured
from benchmarks.production.nation import Report, hours, nation, report_of
from benchmarks.production.parts import parts
from benchmarks.production.results import BY_HAND, Results
from benchmarks.production.unchanged import QUARTERS, make, revise
from benchmarks.production.ways import NOTEBOOKS, WAYS, command, reports_of
from cspanalysis.production import read_plan
from cspanalysis.store import manifest
from cspanalysis.vocabulary import Area, Period
from tests.samples import bedford, notebook

BUSY = "import time\nwhile time.process_time() < 0.2: pass"


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


def test_a_way_is_measured_and_written_at_once(tmp_path: Path) -> None:
    file = tmp_path / "RESULTS.md"
    file.write_text(f"Old.\n{BY_HAND}\nRead with care.\n")
    small = ["--reports", "1", "--rounds", "1", "--areas", "0", "--brief", "--results", str(file)]
    main([*small, "--notebooks", "performance-report", "--ways", "e"])
    told = file.read_text()
    assert "| (e) plain Python: the same cells, forked after imports | " in told
    assert told.endswith(f"{BY_HAND}\nRead with care.\n")
    assert "Old." not in told


def test_a_made_plan_is_found_unchanged_and_a_revision_is_found(tmp_path: Path) -> None:
    file = tmp_path / "RESULTS.md"
    main(["--areas", "3", "--brief", "--results", str(file), "--ways"])
    told = file.read_text()
    assert "12 unchanged (12 jobs):" in told
    assert "one force's last month, to be run: 3\n" in told, "the last quarter of three areas"


def test_a_nation_is_estimated_from_cells_and_pages() -> None:
    # 1,280 reports of 4 + 2 s and 320 of 8 + 6 s: 12,160 s on the processor, 4,480 of them pages.
    taken = {
        "performance-report": Report(4, 2, 1),
        "strategic-assessment": report_of(Spent(8, 8), Spent(7, 14), 2),
    }
    assert taken["strategic-assessment"] == Report(8, 6, 1)
    assert report_of(Spent(8, 8), Spent(7, 14), 2, first=Spent(10, 16)) == Report(10, 6, 0.8)
    assert hours(taken, 2, workers=False) == hours(taken, 2, workers=True) == 6080 / 3600
    assert hours(taken, 8, workers=False) == 4480 / 3600  # pages, one after the other
    assert hours(taken, 8, workers=True) == 1520 / 3600
    assert [*nation({"performance-report": Report(4, 2, 1)})] == []
    assert "| 32 | 1.2 | 0.1 |" in [*nation(taken)]


def test_the_page_on_scaling_says_what_was_measured() -> None:
    root = Path(__file__).parents[2]
    measured_rows = (root / "benchmarks/production/RESULTS.md").read_text()
    page = (root / "docs/scaling.md").read_text()
    nation_rows = measured_rows[measured_rows.index("## A nation") :].splitlines()[4:9]
    assert nation_rows[0].startswith("| Processors")
    assert all(row in page for row in nation_rows)


def test_children_that_were_there_before_are_not_waited_for() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as endless:
        measured([sys.executable, "-c", BUSY], os.environ)
        assert endless.poll() is None


def test_a_command_that_fails_is_told() -> None:
    with pytest.raises(SystemExit, match="no such thing"):
        measured([sys.executable, "-c", "raise SystemExit('no such thing')"], os.environ)


def test_rows_are_written_as_they_come(tmp_path: Path) -> None:
    file = tmp_path / "RESULTS.md"
    results = Results(file, ["Today."])
    results.add("performance-report", "a", Spent(20.0, 16.0), 2)
    assert "| (a) papermill + nbconvert, in a loop | 10.00 | 8.00 | |  |" in file.read_text()
    results.add("performance-report", "d", Spent(4.0, 3.0), 2)
    results.add("performance-report", "e", Spent(4.0, 2.0), 2)
    told = file.read_text()
    assert "* first: (a) / (d): 5.33 (at least 6: not met)" in told
    assert "* first: (d) - (e): 0.50 s (at most 0.25: not met)" in told
    for seconds in (2.0, 4.0):
        results.add("performance-report", "d", Spent(4.0, seconds), 2)
    results.add("performance-report", "e", Spent(4.0, 2.8), 2)
    told = file.read_text()
    assert "| (d) cspanalysis run, HTML | 2.00 | 1.50 | 2.00 | 1.50 |" in told
    assert "* again: (d) - (e): 0.10 s (at most 0.25: met)" in told


def test_processes_left_behind_count_with_the_rest() -> None:
    leaves = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {BUSY!r}])"
    spent = measured([sys.executable, "-c", leaves], dict(os.environ))
    assert spent.processor >= 0.2


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_reports_and_commands_of_every_way_can_be_named(name: str, tmp_path: Path) -> None:
    reports = reports_of(name, 24)
    assert len({*reports}) == 24
    for area, period in (one.split(",") for one in reports):
        assert Area.named(area)
        assert Period.parse(period).start.year >= 2022
    for way in WAYS:
        assert command(way, name, reports[:2], tmp_path)
    assert [job.notebook for job in read_plan(tmp_path / "plan.yml").jobs] == [name, name]


def test_parts_of_publishing_and_pages_alone(tmp_path: Path) -> None:
    executed = notebook([*bedford()], tmp_path / "performance-report.ipynb")
    assert [page.name for page in html_only.publish(executed, tmp_path)] == [
        "performance-report.html"
    ]
    spent = parts([executed, executed])
    assert sum(spent["Word (pandoc, pictures)"]) > 0
