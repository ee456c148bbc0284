"""Kernels: what they are started with, and that nothing of them is left."""

from __future__ import annotations

import json
import os
import threading
import time
from pathlib import Path
from typing import Any

import pytest

import cspanalysis
from cspanalysis.errors import UsageError
from cspanalysis.production.execution import declared_parameters, execute
from cspanalysis.production.kernels import Kernels, Stopped, environment

SLEEP = "import time; time.sleep(60)"


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_kernel_has_one_thread_for_linear_algebra_and_our_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    found = environment()
    assert found["OPENBLAS_NUM_THREADS"] == found["MKL_NUM_THREADS"] == "1"
    ours = str(Path(cspanalysis.__file__).parents[1])
    assert found["PYTHONPATH"] == f"{ours}{os.pathsep}elsewhere"


def test_stop_waits_for_a_landing_and_refuses_the_next() -> None:
    kernels, landed = Kernels(), threading.Event()
    with kernels.landing():
        stopping = threading.Thread(target=lambda: (kernels.stop(), landed.set()))
        stopping.start()
        assert not landed.wait(0.1)
    stopping.join(timeout=5)
    assert landed.is_set()
    with pytest.raises(Stopped), kernels.landing():
        pytest.fail("files landed after the stop")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="counts processes and files in /proc")
def test_nothing_of_a_kernel_is_left(
    workshop: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    book = workshop.notebook("report", "import os; print(os.getpid())")

    def pid_of_run() -> int:
        done = execute(book, parameters={"area": "a"}, kernels=Kernels(), timeout=30)
        assert done.failure is None
        assert done.notebook is not None
        return int(done.notebook.cells[-1].outputs[0].text)

    pid_of_run()  # imports done, caches filled
    before = sum(1 for _ in Path("/proc/self/fd").iterdir()), threading.active_count()
    pids = [pid_of_run(), pid_of_run()]
    assert (sum(1 for _ in Path("/proc/self/fd").iterdir()), threading.active_count()) == before
    assert not any(map(alive, pids))
    assert list(scratch.iterdir()) == []


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_stop_kills_a_busy_kernel_and_what_it_started(workshop: Any, tmp_path: Path) -> None:
    source = (
        "import os, pathlib, subprocess\n"
        "child = subprocess.Popen(['sleep', '60'])\n"
        f"pathlib.Path({str(tmp_path)!r}, 'pids').write_text(f'{{os.getpid()}} {{child.pid}} .')\n"
    )
    book = workshop.notebook("report", source + SLEEP)
    kernels = Kernels()
    job = threading.Thread(
        target=execute, args=(book,), kwargs={"parameters": {}, "kernels": kernels, "timeout": 60}
    )
    job.start()
    end = time.monotonic() + 20
    while not (tmp_path / "pids").exists() or "." not in (tmp_path / "pids").read_text():
        assert time.monotonic() < end
        time.sleep(0.05)
    kernels.stop()
    job.join(timeout=5)
    assert not job.is_alive()
    pids = [int(word) for word in (tmp_path / "pids").read_text().split()[:2]]
    assert not any(map(alive, pids))


def test_last_words_of_a_dead_kernel_are_kept(workshop: Any) -> None:
    source = "import ctypes, faulthandler\nfaulthandler.enable(open('/dev/stderr', 'w'))\n"
    book = workshop.notebook("report", source + "ctypes.string_at(0)")
    done = execute(book, parameters={}, kernels=Kernels(), timeout=30)
    assert done.failure is not None
    assert (done.failure.name, done.failure.cell) == ("DeadKernelError", 2)
    assert "The kernel wrote:" in done.failure.traceback


def test_notebook_that_names_no_kernel_is_refused_with_advice(workshop: Any) -> None:
    book = workshop.notebook("report")
    content = json.loads(book.read_text(encoding="utf-8"))
    del content["metadata"]["kernelspec"]
    book.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(UsageError, match=r"report\.ipynb names no kernel: open it in JupyterLab"):
        declared_parameters(book)


def test_notebook_declares_its_parameters_and_braces_in_paths_are_letters(
    workshop: Any, tmp_path: Path
) -> None:
    book = workshop.notebook("report")
    odd = tmp_path / "{area} notebooks"
    odd.mkdir()
    moved = book.rename(odd / "report.ipynb")
    assert declared_parameters(moved) == {"area", "period", "baseline", "edition"}
