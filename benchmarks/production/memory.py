"""The memory of a command and all that it starts."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

_EVERY = 0.2
_SIZE = re.compile(r"^(Rss|Pss):\s+(\d+) kB", re.MULTILINE)


def peak(command: Sequence[str], env: Mapping[str, str]) -> tuple[float, float]:
    """Run a command and give the most memory that its processes held at one time, in MB.

    Returns
    -------
    float, float
        With pages that several processes share counted once, and once for each of them.
    """
    highest = {"Pss": 0, "Rss": 0}
    with subprocess.Popen(
        command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while process.poll() is None:
            now = {"Pss": 0, "Rss": 0}
            for pid in _tree(process.pid):
                for kind, kilobytes in _SIZE.findall(_read(f"/proc/{pid}/smaps_rollup")):
                    now[kind] += int(kilobytes)
            highest = {kind: max(size, now[kind]) for kind, size in highest.items()}
            time.sleep(_EVERY)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return highest["Pss"] / 1024, highest["Rss"] / 1024


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read(str(file)).split():
            yield from _tree(int(child))


def _read(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:  # it ended in between
        return ""
