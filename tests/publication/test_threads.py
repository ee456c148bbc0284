"""Reports are published from several threads of one process, the first of them all at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

# As a run does: nothing loaded before, nothing kept by an earlier run, all threads let go at once.
_RUN = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from cspanalysis.publication import publish

outputs, into = map(Path, sys.argv[1:])
found = sorted(outputs.glob("[!.]*/*/performance-report.ipynb"))
together = Barrier(len(found))

def one(executed):
    together.wait()
    publish(executed, into / executed.relative_to(outputs).parent)

with ThreadPoolExecutor(len(found)) as pool:
    list(pool.map(one, found))
"""


def test_threads_make_the_same_bytes_as_one_after_the_other(site: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = [sys.executable, "-c", _RUN, str(site), str(tmp_path / "made")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    made = sorted(p for p in (tmp_path / "made").rglob("*") if p.is_file())
    assert len(made) >= 2 * 4
    for path in made:
        meant = site / path.relative_to(tmp_path / "made")
        assert path.read_bytes() == meant.read_bytes(), path.name
