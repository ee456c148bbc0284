"""Workers beyond this process: those of a Dask scheduler."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from cspanalysis.errors import UsageError
from cspanalysis.production import run, workers
from cspanalysis.production.workers import HERE, check_address

AREAS = ["wycombe", "luton", "bedford", "wokingham", "central-bedfordshire", "slough"]
PAGES = """
def publish(executed, into):
    page = into / f"{executed.stem}.html"
    page.write_text("page")
    return [page]
"""


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:8786", "localhost:8786", "tls://a.b:1", "tcp://[::1]:8786"]
)
def test_protected_or_local_schedulers_are_taken(address: str) -> None:
    check_address(address)


@pytest.mark.parametrize("address", ["tcp://10.1.2.3:8786", "a.b:8786", "ws://a.b", "", "tcp://"])
def test_open_schedulers_are_refused(address: str) -> None:
    with pytest.raises(UsageError, match="tls://"):
        check_address(address)


def test_scheduler_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(sys.modules[check_address.__module__], "_CONNECTING", "1s")
    with pytest.raises(UsageError, match="can't be reached"), workers("tcp://127.0.0.1:9"):
        pytest.fail("there was a scheduler")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and three workers, each a process."""
    pytest.importorskip("distributed")
    (tmp_path / "dask_pages.py").write_text(PAGES)
    at = os.pathsep.join([str(tmp_path), str(Path(__file__).parents[2])])
    env = {**os.environ, "PYTHONPATH": at, "DASK_LOGGING__DISTRIBUTED": "error"}
    module = [sys.executable, "-m", "distributed.cli"]
    file = tmp_path / "scheduler.json"
    started = []

    def start(kind: str, *words: str) -> None:
        command = [*module[:2], f"distributed.cli.dask_{kind}", *words]
        started.append(
            subprocess.Popen(
                command, env=env, cwd=tmp_path, stderr=subprocess.DEVNULL, start_new_session=True
            )
        )

    local = ["--host", "127.0.0.1", "--no-dashboard"]
    start("scheduler", "--scheduler-file", str(file), "--port", "0", *local)
    try:
        _until(lambda: file.exists() and file.stat().st_size > 0)
        for number in range(3):
            name = ["--name", f"w{number}", "--nthreads", "1", "--no-nanny"]
            start("worker", "--scheduler-file", str(file), *name, *local)
        from json import loads

        yield loads(file.read_text())["address"], started[1:]
    finally:
        for process in started[::-1]:
            process.kill()
            process.wait()


def test_every_report_is_published_once_though_a_worker_is_killed(
    workshop: Any, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, processes = cluster
    monkeypatch.syspath_prepend(str(workshop.folder))
    marks = workshop.folder / "marks"
    marks.mkdir()
    source = f"import os, pathlib, time\npathlib.Path({str(marks)!r}, area).touch()\ntime.sleep(1)"
    workshop.notebook("report", source)
    _await_workers(address)
    killed: list[int] = []

    def kill_one(event: Any) -> None:
        if event.kind == "published" and not killed:
            victim = processes[0]
            os.kill(victim.pid, signal.SIGKILL)
            killed.append(victim.pid)

    with workers(address) as (executor, width):
        assert width == 3
        result = run(
            workshop.plan(*(f"report: {area}, 2019" for area in AREAS)),
            outputs=workshop.outputs,
            publish=import_module("dask_pages").publish,
            jobs=width,
            timeout=60,
            executor=executor,
            on_event=kill_one,
        )
    assert killed
    assert sorted(record.area.slug for record in result.published) == sorted(AREAS)
    assert result.exit_code == 0
    reports = workshop.record("manifest.json")["reports"]
    assert sorted(report["area"]["slug"] for report in reports) == sorted(AREAS)
    assert not (workshop.outputs / ".staging").exists()


def test_workers_of_this_machine_publish_and_end_with_the_run(
    workshop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    (workshop.folder / "dask_pages.py").write_text(PAGES)
    monkeypatch.syspath_prepend(str(workshop.folder))
    workshop.notebook("report", "area")
    with workers(HERE, 2) as (executor, width):
        assert width == 2
        result = run(
            workshop.plan(*(f"report: {area}, 2019" for area in AREAS[:3])),
            outputs=workshop.outputs,
            publish=import_module("dask_pages").publish,
            jobs=width,
            timeout=60,
            executor=executor,
        )
    assert sorted(record.area.slug for record in result.published) == sorted(AREAS[:3])
    assert result.exit_code == 0
    children = import_module("psutil").Process().children(recursive=True)
    assert not [child for child in children if "spawn_main" in " ".join(child.cmdline())]


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="there are no masks of signals")
def test_an_interruption_from_the_keyboard_does_not_reach_workers_of_this_machine() -> None:
    """A terminal sends it to all processes at once, and a run ends its workers itself."""
    pytest.importorskip("distributed")
    psutil = import_module("psutil")
    with workers(HERE, 1) as (executor, _):
        assert executor is not None
        before = executor.submit(os.getpid).result(timeout=60)
        os.kill(before, signal.SIGINT)
        time.sleep(0.5)
        assert executor.submit(os.getpid).result(timeout=60) == before
    assert not psutil.pid_exists(before)
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_as_many_workers_of_this_machine_are_started_as_were_asked_for() -> None:
    """However many processors there are."""
    pytest.importorskip("distributed")
    with workers(HERE, 3) as (executor, width):
        assert executor is not None
        at = executor.map(lambda _: (time.sleep(0.5), os.getpid())[1], range(3))
        assert len({*at}) == width == 3


def test_stopped_run_ends_the_kernels_of_its_workers(
    workshop: Any, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, _ = cluster
    monkeypatch.syspath_prepend(str(workshop.folder))
    started = workshop.folder / "started"
    source = f"import os, pathlib\npathlib.Path({str(started)!r}).write_text(str(os.getpid()))"
    workshop.notebook("report", source, "import time; time.sleep(60)")
    _await_workers(address)

    def stop_once_it_runs() -> None:
        if started.exists() and started.read_text():
            raise KeyboardInterrupt

    with workers(address) as (executor, width), pytest.raises(KeyboardInterrupt):
        run(
            workshop.plan("report: luton, 2019"),
            outputs=workshop.outputs,
            publish=import_module("dask_pages").publish,
            jobs=width,
            timeout=60,
            executor=executor,
            heed=stop_once_it_runs,
        )
    kernel = Path("/proc") / started.read_text()
    _until(lambda: not kernel.exists(), seconds=10)
    assert not (workshop.outputs / ".staging").exists()
    assert not (workshop.outputs / "luton").exists()
    assert not (workshop.outputs / ".failed").exists()


def _await_workers(address: str) -> None:
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(3, timeout=30)


def _until(ready: Any, *, seconds: float = 180) -> None:
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
