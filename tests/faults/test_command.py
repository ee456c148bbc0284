"""The real command, with the real faults: what it says, what it leaves, and that it goes on."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")

GOOD = "print('good')"
SLEEP = "time.sleep(60)"
PAGE = "wycombe/2019/report.html"


def _goes_on(bench: Any) -> None:
    """The next run publishes, and nothing of the fault is left."""
    bench.notebook(GOOD, "print('the next run')")
    ended = bench.run("--force", EDITION="next")
    assert ended.code == 0, ended
    assert bench.outputs.joinpath(PAGE).read_text().endswith("next")
    assert PAGE in (bench.outputs / "index.html").read_text()
    assert not bench.leftovers()
    assert not (bench.outputs / ".failed").exists()


def _is_whole(bench: Any) -> bool:
    from cspanalysis.production import RunRecord
    from cspanalysis.production.records import FileRecord

    record = RunRecord.read(bench.outputs / "wycombe/2019/report.run.json")
    assert record is not None
    folder = bench.outputs / record.folder
    return all(FileRecord.of(folder / file.name) == file for file in record.files)


FAULTS = {
    "raising": ("raise ValueError('no counts')", "ValueError: no counts (cell 3)"),
    "killed": ("os.kill(os.getpid(), 9)", "DeadKernelError: the kernel was killed (SIGKILL), as"),
    "endless": (
        "import time\nwhile True: time.sleep(0.01)",
        "CellTimeoutError: the job took longer than 20 seconds; give",
    ),
    "hungry": (
        "import resource\nresource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31))\n"
        "held = []\nwhile True: held.append(bytearray(10**8))",
        "MemoryError: the cell asked for more memory than there is (cell 3)",
    ),
}


@pytest.mark.parametrize("cold", ["1", ""], ids=["cold", "warm"])
def test_fault_of_a_notebook_is_told_and_the_earlier_report_stays(bench: Any, cold: str) -> None:
    def run(*words: str) -> Any:
        return bench.run(*words, notebooks=tuple(FAULTS), CSPANALYSIS_COLD=cold)

    for name in FAULTS:
        bench.notebook(GOOD, name=name)
    assert run().code == 0
    good = bench.report()
    for name, (source, _) in FAULTS.items():
        bench.notebook(bench.mark() + source, name=name)
    ended = run("--timeout", "20")
    assert ended.code == 1
    for name, (_, said) in FAULTS.items():
        assert f"failed wycombe/2019/{name}: {said}" in ended.errors
        failure = bench.failure(name)
        assert failure["attempts"] == (2 if name == "killed" else 1)
        assert failure["exception"]["cell"] == 3
    assert "Traceback" not in ended.errors
    assert bench.report() == good
    assert sorted(bench.last_run()["failed"]) == sorted(f"wycombe/2019/{name}" for name in FAULTS)
    assert not bench.leftovers()

    for name in FAULTS:
        bench.notebook(GOOD, name=name)
    assert run().code == 0
    assert not (bench.outputs / ".failed").exists()


def test_template_that_is_killed_costs_a_retry_alone(bench: Any) -> None:
    once = "first = len(os.listdir(os.environ['PIDS'])) == 1\ntime.sleep(60 if first else 0)"
    bench.notebook(bench.mark() + once)
    with bench.start(CSPANALYSIS_COLD="", PIDS=str(bench.pids)) as process:
        kernel = bench.running()
        template = int(Path(f"/proc/{kernel}/stat").read_text().rpartition(")")[2].split()[1])
        assert "template.py" in Path(f"/proc/{template}/cmdline").read_text()
        os.kill(template, signal.SIGKILL)
        _, errors = process.communicate(timeout=180)
    assert process.returncode == 0, errors
    record = json.loads((bench.outputs / "wycombe/2019/report.run.json").read_text())
    assert record["attempts"] == 2
    assert not bench.leftovers()


@pytest.mark.parametrize("cold", ["1", ""])
def test_parent_that_is_killed_leaves_nothing_in_the_way(
    bench: Any, wait_until: Any, cold: str
) -> None:
    bench.notebook(GOOD)
    assert bench.run().code == 0
    good = bench.report()
    bench.notebook(bench.mark() + SLEEP)
    with bench.start(CSPANALYSIS_COLD=cold) as process:
        bench.running()
        process.kill()
    assert process.returncode == -signal.SIGKILL
    wait_until(lambda: not any("kernel" in name for name in bench.leftovers()), seconds=10)
    assert bench.report() == good
    _goes_on(bench)


def test_terminal_that_is_closed_stops_the_run(bench: Any) -> None:
    # Whoever tests under nohup hands on that this signal is to be passed over.
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    keyboard, screen = os.openpty()
    try:
        bench.notebook(bench.mark() + SLEEP)
        with bench.start(terminal=os.ttyname(screen)) as process:
            bench.running()
            os.close(screen)
            os.close(keyboard)
            process.wait(timeout=10)
    finally:
        signal.signal(signal.SIGHUP, before)
    assert process.returncode == 128 + signal.SIGHUP
    assert bench.last_run()["stopped"]
    assert not bench.leftovers()
    _goes_on(bench)


def test_run_beside_another_is_told_who_holds_the_folder_and_since_when(bench: Any) -> None:
    bench.notebook(bench.mark() + SLEEP)
    with bench.start() as process:
        bench.running()
        before = time.monotonic()
        second = bench.run()
        assert time.monotonic() - before < 20
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=10)
    assert second.code == 3
    assert f"process {process.pid} on {socket.gethostname()}, since 20" in second.errors
    assert "wait for it, stop it, or choose another folder with --outputs" in second.errors
    assert len(second.errors.splitlines()) == 1
    assert (process.returncode, errors) == (143, "stopped: 0 published, 0 failed\n")
    _goes_on(bench)


def test_two_signals_stop_as_cleanly_as_one(bench: Any, wait_until: Any) -> None:
    bench.notebook(bench.mark() + SLEEP)
    with bench.start() as process:
        bench.running()
        process.send_signal(signal.SIGINT)
        time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=5)
    assert process.returncode == 130
    assert "Traceback" not in errors
    wait_until(lambda: not any("kernel" in name for name in bench.leftovers()), seconds=10)
    _goes_on(bench)


class TestDisk:
    """A real file system that takes no more."""

    @pytest.fixture(autouse=True)
    def _published(self, bench: Any, disk: Any) -> None:
        bench.move_to(disk)
        bench.notebook(GOOD)
        assert bench.run().code == 0
        self.good = bench.report()

    def test_full_from_the_start_is_told_before_anything_is_run(
        self, bench: Any, disk: Any
    ) -> None:
        disk.fill()
        ended = bench.run("--force")
        assert ended.code == 2
        assert "can't be written to: No space left on device; make room on the" in ended.errors
        assert len(ended.errors.splitlines()) == 1
        assert bench.report() == self.good
        disk.empty()
        _goes_on(bench)

    @pytest.mark.parametrize("left", [8, 40])
    def test_filled_by_the_run_fails_the_job_and_says_what_to_do(
        self, bench: Any, disk: Any, left: int
    ) -> None:
        """With little room the failure can't be recorded, with more the page is what is cut."""
        bench.notebook("print('long ' * 20_000)")
        disk.fill(but=left * 1024)
        ended = bench.run("--force")
        assert ended.code == 1
        assert "No space left on device" in ended.errors
        assert f"on the disk of {bench.known_as} or of" in ended.errors
        assert "make room on the disk, then run again" in ended.errors
        assert "Traceback" not in ended.errors
        assert bench.report() == self.good
        assert not bench.leftovers()
        disk.empty()
        _goes_on(bench)

    def test_read_only_from_the_start_is_told_before_anything_is_run(
        self, bench: Any, disk: Any
    ) -> None:
        disk.make_read_only()
        ended = bench.run("--force")
        assert ended.code == 2
        assert "can't be written to: Read-only file system; have the disk" in ended.errors
        assert len(ended.errors.splitlines()) == 1
        disk.make_writable()
        assert bench.report() == self.good
        _goes_on(bench)

    def test_read_only_in_mid_run_fails_the_job_and_the_next_run_tidies(
        self, bench: Any, disk: Any
    ) -> None:
        bench.notebook(bench.mark() + "time.sleep(3)")
        with bench.start() as process:
            bench.running()
            disk.make_read_only()
            _, errors = process.communicate(timeout=180)
        assert process.returncode == 1
        assert "failed wycombe/2019/report: OSError: [Errno 30] Read-only file system" in errors
        assert "have the disk checked and mounted for writing" in errors
        assert "trouble: OSError: the manifest could not be written" in errors
        assert "Traceback" not in errors
        disk.make_writable()
        assert bench.report() == self.good
        _goes_on(bench)


def test_log_on_a_full_disk_stops_no_report(bench: Any) -> None:
    bench.notebook(GOOD)
    with Path("/dev/full").open("w") as full:
        process = bench.start("--jobs", "1", areas="wycombe, luton")
        process.communicate()
        words, env = process.args, {**bench.environment(), "EDITION": "next"}
        done = subprocess.run([*words, "--force"], stderr=full, env=env, timeout=180, check=False)
    assert done.returncode == 1
    assert bench.last_run()["published"] == ["wycombe/2019/report", "luton/2019/report"]
    assert "what happened could not be told: [Errno 28] No space" in bench.last_run()["trouble"]
    _goes_on(bench)


@pytest.mark.parametrize("moment", ["1", "2", "4", "index"])
def test_power_cut_at_any_moment_leaves_the_old_report_or_the_new(bench: Any, moment: str) -> None:
    bench.notebook(GOOD)
    assert bench.run().code == 0
    good = bench.report()
    words = ["--force", "--jobs", "1"]
    ended = bench.run(*words, POWER_CUT=moment, EDITION="second", areas="wycombe, luton")
    assert ended.code == -signal.SIGKILL, ended
    if moment != "index":
        assert (bench.report() == good) == (moment == "1")

    # Nothing is due for Wycombe: the landing is finished first, and then found to be up to date.
    ended = bench.run("--only", "wycombe", areas="wycombe, luton")
    assert "done: 0 published, 0 failed, 1 unchanged" in ended.errors, ended
    assert ended.code == 0
    assert _is_whole(bench)
    assert bench.outputs.joinpath(PAGE).read_text().endswith("second")
    landed = {
        path.relative_to(bench.outputs).as_posix() for path in bench.outputs.glob("*/*/*.html")
    }
    assert set((bench.outputs / "index.html").read_text().split()) == landed
    assert not bench.leftovers()
    _goes_on(bench)


def test_part_of_a_file_whose_writer_was_killed_is_swept_away(bench: Any) -> None:
    bench.notebook(GOOD)
    assert bench.run().code == 0
    for folder in ("", "wycombe", ".failed/luton/2019", ".editions/luton"):
        (bench.outputs / folder).mkdir(parents=True, exist_ok=True)
        (bench.outputs / folder / ".index.html.1.part").write_text("cut sh")
    (bench.outputs / ".lock-holder.json").write_text("{}")
    assert bench.run().code == 0
    assert not bench.leftovers()


CLOCK = r"""
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *now) {
    int done = syscall(SYS_clock_gettime, clock, now);
    if (clock == CLOCK_REALTIME) now->tv_sec -= 800000000L;
    return done;
}

time_t time(time_t *at) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (at) *at = now.tv_sec;
    return now.tv_sec;
}
"""


def test_clock_set_back_by_years_harms_nothing(bench: Any) -> None:
    if (compiler := shutil.which("cc")) is None:
        pytest.skip("there is no C compiler, to set a clock back for one process with")
    (bench.home / "clock.c").write_text(CLOCK)
    library = str(bench.home / "clock.so")
    words = [compiler, "-shared", "-fPIC", "-o", library, str(bench.home / "clock.c")]
    subprocess.run(words, check=True)
    bench.notebook(GOOD)
    assert bench.run().code == 0

    again = bench.run(LD_PRELOAD=library)
    assert "1 unchanged" in again.errors
    bench.notebook(GOOD, "print('later')")
    assert bench.run(LD_PRELOAD=library, EDITION="later").code == 0
    record = json.loads((bench.outputs / "wycombe/2019/report.run.json").read_text())
    assert record["started"] < record["finished"] < "2020"
    assert 0 < record["duration"] < 60
    assert bench.outputs.joinpath(PAGE).read_text().endswith("later")
    assert "1 unchanged" in bench.run().errors
    _goes_on(bench)


def test_files_that_a_failing_disk_has_emptied_are_made_anew(bench: Any) -> None:
    bench.notebook(GOOD)
    assert bench.run(areas="wycombe, luton").code == 0
    for name in ("wycombe/2019/report.run.json", "manifest.json"):
        (bench.outputs / name).write_text("")
    ended = bench.run(areas="wycombe, luton")
    assert ended.code == 0
    assert "done: 1 published, 0 failed, 1 unchanged" in ended.errors
    assert _is_whole(bench)
    assert bench.last_run()["published"] == ["wycombe/2019/report"]
    _goes_on(bench)
