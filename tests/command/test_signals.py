"""The command stopped from outside: at once, with nothing left behind and nothing half done."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cspanalysis.production.outputs import held
from tests.command.small_runs import environment, plan


def test_second_run_ends_with_3_at_once(home: Path, command: list[str]) -> None:
    with held(home / "outputs"):
        done = subprocess.run(
            [*command, "run", "--plan", plan(home)],
            env=environment(),
            capture_output=True,
            text=True,
            timeout=30,
        )
    assert done.returncode == 3
    assert f"process {os.getpid()} on {socket.gethostname()}, since" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
@pytest.mark.parametrize(
    ("how", "cold"), [(signal.SIGINT, "1"), (signal.SIGTERM, "1"), (signal.SIGTERM, "0")]
)
def test_signal_stops_within_five_seconds(
    home: Path, command: list[str], how: int, cold: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSPANALYSIS_COLD", cold)
    words = [*command, "run", "--plan", plan(home, "slow", "wycombe, luton, bedford, wokingham")]
    with subprocess.Popen(
        [*words, "--jobs", "3"], env=environment(), stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        assert "published wycombe/2019/slow" in process.stderr.readline()
        _until(lambda: len(list(home.glob("*.pid"))) >= 3)
        sent = time.monotonic()
        process.send_signal(how)
        rest = process.stderr.read()
        assert process.wait(timeout=10) == 128 + how
    assert time.monotonic() - sent < 5
    assert "stopped: 1 published, 0 failed" in rest
    assert "Traceback" not in rest
    assert not [pid for pid in _pids(home) if _alive(pid)]
    outputs = home / "outputs"
    assert [path.name for path in outputs.glob("*/*/*.run.json")] == ["slow.run.json"]
    assert not (outputs / ".failed").exists()
    assert not (outputs / ".staging").exists()
    (report,) = json.loads((outputs / "manifest.json").read_text())["reports"]
    assert report["job"] == "wycombe/2019/slow"


def _until(ready: Any, *, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def _pids(home: Path) -> Iterator[int]:
    return (int(path.stem) for path in home.glob("*.pid"))


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
