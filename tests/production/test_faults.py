"""Faults: what goes wrong is told, and nothing good is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from cspanalysis.production import RunRecord
from cspanalysis.production import records as records_module
from cspanalysis.production.outputs import held
from cspanalysis.production.records import FileRecord

AT = "wycombe/2019"
REPORT = f"{AT}/report"
GOOD = "print('good')"

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


def files_of(workshop: Any) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (workshop.outputs / AT).iterdir()}


def flag(workshop: Any) -> str:
    """Source that tells whether it is run for the first time."""
    at = str(workshop.folder / "ran")
    return f"import os, pathlib\nfirst = not os.path.exists({at!r})\npathlib.Path({at!r}).touch()\n"


class TestRetry:
    def test_kernel_that_is_killed_gets_one_more_chance(self, workshop: Any) -> None:
        workshop.notebook("report", flag(workshop) + "if first: os.kill(os.getpid(), 9)", GOOD)
        (record,) = workshop.run("report: wycombe, 2019").published
        assert record.attempts == 2
        assert "good" in (workshop.outputs / f"{REPORT}.html").read_text()

    def test_exception_gets_none(self, workshop: Any) -> None:
        workshop.notebook("report", flag(workshop) + "if first: raise ValueError('bad')", GOOD)
        (record,) = workshop.run("report: wycombe, 2019").failed
        assert record.attempts == 1

    def test_kernel_that_does_not_start_is_told(
        self, workshop: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        broken = workshop.folder / "kernels" / "broken"
        broken.mkdir(parents=True)
        spec = {"argv": [sys.executable, "-c", "raise SystemExit('no such luck')"]}
        spec |= {"display_name": "Broken", "language": "python"}
        (broken / "kernel.json").write_text(json.dumps(spec))
        monkeypatch.setenv("JUPYTER_PATH", str(workshop.folder))
        book = workshop.notebook("report", GOOD)
        book.write_text(book.read_text().replace('"python3"', '"broken"'))
        (record,) = workshop.run("report: wycombe, 2019").failed
        assert record.exception is not None
        assert record.exception.name == "KernelStartError"
        assert "no such luck" in record.exception.traceback
        assert record.attempts == 2

    def test_out_of_memory_is_an_exception_of_its_cell(self, workshop: Any) -> None:
        limit = "import resource\nresource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31))\n"
        workshop.notebook("report", limit + "wanted = bytearray(2**40)")
        (record,) = workshop.run("report: wycombe, 2019").failed
        assert record.exception is not None
        assert (record.exception.name, record.exception.cell) == ("MemoryError", 3)


DYING = """
import os, pathlib

def publish(executed, into):
    flag = pathlib.Path({flag!r})
    if not flag.exists():
        flag.touch()
        os._exit(1)
    page = into / f"{{executed.stem}}.html"
    page.write_text("made")
    return [page]
"""


@linux
def test_pool_whose_worker_is_lost_fails_its_jobs_and_ends(
    workshop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from importlib import import_module

    text = DYING.format(flag=str(workshop.folder / "died"))
    (workshop.folder / "dying_pages.py").write_text(text)
    monkeypatch.syspath_prepend(str(workshop.folder))
    workshop.notebook("report", GOOD)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        result = workshop.run(
            "report: wycombe, 2019",
            "report: luton, 2019",
            executor=pool,
            jobs=1,
            publish=import_module("dying_pages").publish,
        )
    assert {record.exception.name for record in result.failed} == {"BrokenProcessPool"}
    assert len(result.failed) == 2
    assert not (workshop.outputs / ".staging").exists()


def test_full_disk_fails_the_job_and_keeps_the_earlier_report(workshop: Any) -> None:
    def page_on_a_full_disk(executed: Path, into: Path) -> Iterable[Path]:
        with Path("/dev/full").open("w") as file:
            file.write("page" * 10_000)
        return []

    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full")
    workshop.notebook("report", GOOD)
    workshop.run("report: wycombe, 2019")
    good = files_of(workshop)
    (record,) = workshop.run("report: wycombe, 2019", publish=page_on_a_full_disk).failed
    assert record.exception is not None
    assert "No space left on device" in record.exception.message
    assert files_of(workshop) == good


FULL = """
import resource, sys
from pathlib import Path
from cspanalysis.production import read_plan, run

def page(executed, into):
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    made = into / f"{executed.stem}.html"
    made.write_text("page")
    return [made]

plan = read_plan(Path(sys.argv[1]), notebooks=Path(sys.argv[2]))
result = run(plan, outputs=Path(sys.argv[3]), publish=page, jobs=1)
print(result.exit_code, result.failed[0].exception.message, "|", result.trouble)
"""


@linux
def test_disk_on_which_nothing_more_can_be_written_is_told_and_loses_nothing(workshop: Any) -> None:
    workshop.notebook("report", GOOD)
    workshop.run("report: wycombe, 2019")
    good = files_of(workshop)
    plan = workshop.plan_file("report: wycombe, 2019")
    words = [sys.executable, "-c", FULL, str(plan), str(workshop.notebooks), str(workshop.outputs)]
    done = subprocess.run(
        words, capture_output=True, text=True, timeout=180, env=_environment(), check=True
    )
    failure, _, trouble = done.stdout.partition("|")
    assert failure.startswith("1 ")
    assert failure.count("File too large") == 2  # the page, and then the record of the failure
    assert "the failure could not be recorded" in failure
    assert "OSError" in trouble
    assert files_of(workshop) == good


@pytest.mark.parametrize("in_the_way", ["wycombe", ".failed"])
def test_folder_that_cannot_be_written_to_is_told(workshop: Any, in_the_way: str) -> None:
    workshop.outputs.mkdir()
    (workshop.outputs / in_the_way).write_text("a file where a folder should be")
    workshop.notebook("report", GOOD if in_the_way == "wycombe" else "raise ValueError('bad')")
    result = workshop.run("report: wycombe, 2019")
    (record,) = result.failed
    assert result.exit_code == 1
    assert record.exception is not None
    if in_the_way == "wycombe":
        assert workshop.record(f".failed/{REPORT}.run.json")["status"] == "failed"
    else:
        assert "bad; and the failure could not be recorded" in record.exception.message
    assert (workshop.outputs / in_the_way).read_text() == "a file where a folder should be"


RUNNING = """
import sys
from pathlib import Path
from cspanalysis.production import read_plan, run

def page(executed, into):
    made = into / f"{executed.stem}.html"
    made.write_text("page")
    return [made]

plan = read_plan(Path(sys.argv[1]), notebooks=Path(sys.argv[2]))
run(plan, outputs=Path(sys.argv[3]), publish=page, jobs=2, warm=sys.argv[4] == "warm")
"""


@linux
@pytest.mark.parametrize("how", ["cold", "warm"])
def test_killed_parent_leaves_no_kernel_and_the_next_run_finds_all_well(
    workshop: Any, how: str
) -> None:
    pids = workshop.folder / "pids"
    pids.mkdir()
    mark = f"import os, pathlib, time\npathlib.Path({str(pids)!r}, str(os.getpid())).touch()\n"
    workshop.notebook("report", mark + "time.sleep(0 if area == 'wycombe' else 60)")
    plan = workshop.plan_file("report: wycombe, 2019", "report: luton, 2019")
    at = [str(plan), str(workshop.notebooks), str(workshop.outputs)]
    with subprocess.Popen([sys.executable, "-c", RUNNING, *at, how], env=_environment()) as process:
        record = workshop.outputs / f"{REPORT}.run.json"
        _until(lambda: record.exists() and len(list(pids.iterdir())) == 2)
        process.kill()
    _until(lambda: not any(_alive(int(path.name)) for path in pids.iterdir()), seconds=5)
    good = files_of(workshop)
    assert (workshop.outputs / ".staging").exists()

    workshop.notebook("report", GOOD)
    assert workshop.run("report: luton, 2019").exit_code == 0
    assert files_of(workshop) == good
    assert not (workshop.outputs / ".staging").exists()


@pytest.mark.parametrize("moved", [0, 1, 2])
def test_power_cut_while_files_are_moved_is_made_good(workshop: Any, moved: int) -> None:
    workshop.notebook("report", GOOD)
    workshop.run("report: wycombe, 2019")
    first = RunRecord.read(workshop.outputs / f"{REPORT}.run.json")
    assert first is not None
    stage = workshop.outputs / ".staging" / "20200101" / REPORT
    stage.mkdir(parents=True)
    names = ["report.ipynb", "report.html"]
    for name in names:
        (stage / name).write_text(f"second {name}")
    second = first.model_copy(update={"files": tuple(FileRecord.of(stage / n) for n in names)})
    (stage / "report.run.json").write_text(second.text())
    for name in names[:moved]:
        (stage / name).replace(workshop.outputs / AT / name)

    with held(workshop.outputs):
        pass
    assert RunRecord.read(workshop.outputs / f"{REPORT}.run.json") == second
    assert (workshop.outputs / f"{REPORT}.html").read_text() == "second report.html"
    assert sorted(files_of(workshop)) == ["report.html", "report.ipynb", "report.run.json"]
    assert not (workshop.outputs / ".staging").exists()


def test_power_cut_while_files_are_made_leaves_the_earlier_report(workshop: Any) -> None:
    workshop.notebook("report", GOOD)
    workshop.run("report: wycombe, 2019")
    good = files_of(workshop)
    stage = workshop.outputs / ".staging" / "20200101" / REPORT
    stage.mkdir(parents=True)
    (stage / "report.html").write_text("cut sh")
    (stage / "report.run.json").write_bytes(good["report.run.json"])  # names other bytes
    (workshop.outputs / AT / "report.ipynb").rename(stage / "lost")
    with held(workshop.outputs):
        pass
    del good["report.ipynb"]
    assert files_of(workshop) == good
    assert not (workshop.outputs / ".staging").exists()


def test_clock_that_is_set_back_harms_nothing(
    workshop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop.notebook("report", GOOD)
    workshop.run("report: wycombe, 2019", current=lambda _: "")
    times = iter([f"2001-01-01T00:00:{59 - n:02d}.000+00:00" for n in range(60)])
    monkeypatch.setattr(records_module, "now", lambda: next(times))
    assert workshop.run("report: wycombe, 2019", current=lambda _: "").skipped
    workshop.notebook("report", "print('later')")
    (record,) = workshop.run("report: wycombe, 2019", current=lambda _: "").published
    assert record.finished < record.started
    assert record.duration > 0
    assert "later" in (workshop.outputs / f"{REPORT}.html").read_text()
    assert workshop.run("report: wycombe, 2019", current=lambda _: "").skipped


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}


def _until(ready: Any, *, seconds: float = 180) -> None:
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
