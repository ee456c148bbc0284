"""The time of a command and of all that it starts."""

from __future__ import annotations

import ctypes
import json
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

    A process of its own waits: children that the caller has already would be waited for, and
    those that never end (a resource tracker of `multiprocessing`) for ever.
    """
    words = [sys.executable, __file__, *command]
    done = subprocess.run(words, env=env, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:6])} ... failed:\n{done.stderr[-2000:]}")
    return Spent(*json.loads(done.stdout))


def _wait_for(command: Sequence[str]) -> int:
    """Run a command, tell what it and its children took, and give its exit code.

    A process whose parent ends without waiting for it comes to us, so that its time counts.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
    began = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL)
    clock = time.perf_counter() - began
    while _left():
        pass
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps([clock, used.ru_utime + used.ru_stime]))
    return done.returncode


def _left() -> bool:
    try:
        os.wait()
    except ChildProcessError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(_wait_for(sys.argv[1:]))
