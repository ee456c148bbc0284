"""The time of a command and of all that it starts."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

_PR_SET_CHILD_SUBREAPER = 36


class Spent(NamedTuple):
    """Hold seconds by the clock, and those of the processors."""

    clock: float
    processor: float


def measured(command: Sequence[str], env: Mapping[str, str]) -> Spent:
    """Run a command to its end, and what it left running to theirs.

    A process whose parent ends without waiting for it comes to us, so that its time counts.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
    began, before = time.perf_counter(), _processor_seconds()
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:6])} ... failed:\n{done.stderr[-2000:]}")
    clock = time.perf_counter() - began
    while _left():
        pass
    return Spent(clock, _processor_seconds() - before)


def _left() -> bool:
    try:
        os.wait()
    except ChildProcessError:
        return False
    return True


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
