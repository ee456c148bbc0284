"""The real command as a process, on disks and beside processes that fail."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from cspanalysis import paths

PROJECT = Path(__file__).parents[2]
PARAMETERS = "area = ''\nperiod = ''"
# Small pages, and a process that can be told to end itself without a word at its nth renaming of a
# file from the staging folder, or at its first of the index: as a power-cut would have it.
COMMAND = """
import os, signal, sys
from pathlib import Path
from cspanalysis.command.main import Pages, main
from cspanalysis.writing import write_atomically

def publish(executed, into):
    page = into / f"{executed.stem}.html"
    page.write_text("page " * 1000 + os.environ.get("EDITION", ""))
    return [page]

def write_index(outputs):
    found = sorted(path.relative_to(outputs).as_posix() for path in outputs.glob("*/*/*.html"))
    return write_atomically(outputs / "index.html", "\\n".join(found))

moves, fatal = [0], os.environ.get("POWER_CUT", "")

def watch(event, words):
    if event == "os.rename" and fatal:
        source, target = map(str, words[:2])
        moves[0] += "/.staging/" in source and "/.staging/" not in target
        if str(moves[0]) == fatal or (fatal == "index" and target.endswith("/index.html")):
            os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    sys.addaudithook(watch)
    main(obj=Pages(publish, write_index))
"""


class Bench:
    """A project's folder whose notebooks the real command runs, for one area and 2019."""

    def __init__(self, home: Path) -> None:
        self.home, self.outputs = home, home / "outputs"
        self.known_as, self._within = self.outputs, list[str]()
        self.pids = home / "pids"
        for folder in (home / "notebooks", self.pids):
            folder.mkdir()
        (home / "command.py").write_text(COMMAND)

    def move_to(self, disk: Disk) -> None:
        """Publish to a small disk, which the command alone sees under its name."""
        self.outputs, self.known_as = disk.folder / "outputs", disk.name / "outputs"
        self._within = disk.within

    def notebook(self, *cells: str, name: str = "report") -> None:
        """Write a notebook."""
        spec = {"name": "python3", "display_name": "Python", "language": "python"}
        book = nbformat.v4.new_notebook(metadata={"kernelspec": spec})
        first = nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})
        book.cells = [first, *map(nbformat.v4.new_code_cell, cells)]
        nbformat.write(book, self.home / "notebooks" / f"{name}.ipynb")

    def mark(self) -> str:
        """Source that leaves the kernel's process id in `pids`."""
        marking = f"pathlib.Path({str(self.pids)!r}, str(os.getpid())).touch()"
        return f"import os, pathlib, time\n{marking}\n"

    def start(
        self,
        *words: str,
        areas: str = "wycombe",
        notebooks: tuple[str, ...] = ("report",),
        terminal: str = "",
        **settings: str,
    ) -> subprocess.Popen[str]:
        """Start the command; kernels are cold unless CSPANALYSIS_COLD is empty."""
        plan = self.home / "plan.yml"
        where = f"areas: [{areas}], periods: [2019]"
        lines = [f"  - {{notebook: {name}, {where}}}\n" for name in notebooks]
        plan.write_text("reports:\n" + "".join(lines))
        # The first terminal that the leader of a session opens is its own.
        owning = ["sh", "-c", f'exec "$@" < {terminal} 2> {terminal}', "-"] if terminal else []
        return subprocess.Popen(
            [
                *self._within,
                *owning,
                *(sys.executable, str(self.home / "command.py"), "run", "--plan", str(plan)),
                *("--outputs", str(self.known_as), *words),
            ],
            env={**self.environment(), **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=bool(terminal),
        )

    def run(self, *words: str, **options: Any) -> Ended:
        """Run the command to its end."""
        with self.start(*words, **options) as process:
            output, errors = process.communicate(timeout=180)
        return Ended(process.returncode, output, errors)

    def running(self) -> int:
        """Wait for a kernel to mark that it runs, and give its process id."""
        until(self._marked)
        return self._marked()[0]

    def report(self) -> dict[str, bytes]:
        """Bytes of the files of the report of Wycombe."""
        return {p.name: p.read_bytes() for p in (self.outputs / "wycombe/2019").iterdir()}

    def failure(self, name: str) -> dict[str, Any]:
        """Read the record of a failure of Wycombe."""
        path = self.outputs / f".failed/wycombe/2019/{name}.run.json"
        found: dict[str, Any] = json.loads(path.read_text())
        return found

    def last_run(self) -> dict[str, Any]:
        """Read what the manifest says of the last run."""
        found: dict[str, Any] = json.loads((self.outputs / "manifest.json").read_text())
        return dict(found["last_run"])

    def leftovers(self) -> set[str]:
        """Name what no run may leave in the outputs folder, and kernels that are still alive."""
        files = (path.relative_to(self.outputs) for path in self.outputs.rglob("*"))
        names = {str(path) for path in files if path.name in {".staging", ".lock-holder.json"}}
        parts = {str(path) for path in self.outputs.rglob(".*.part")}
        return names | parts | {f"kernel {pid}" for pid in self._marked() if alive(pid)}

    def _marked(self) -> list[int]:
        return [int(path.name) for path in self.pids.iterdir()]

    def environment(self) -> dict[str, str]:
        ours = {"CSPANALYSIS_HOME": str(self.home), "CSPANALYSIS_DATA": str(paths.data_folder())}
        return {**os.environ, **ours, "PYTHONPATH": str(PROJECT), "CSPANALYSIS_COLD": "1"}


class Ended:
    """How the command ended, and what it said."""

    def __init__(self, code: int, output: str, errors: str) -> None:
        self.code, self.output, self.errors = code, output, errors

    def __repr__(self) -> str:
        return f"{self.code}: {self.errors}"


class Disk:
    """A small disk of its own: a file system in memory, in a mount namespace of its own."""

    def __init__(self, keeper: subprocess.Popen[str], folder: Path) -> None:
        self.name = folder
        self.within = ["nsenter", "-t", str(keeper.pid), "-U", "-m", "--preserve-credentials"]
        self.folder = Path(f"/proc/{keeper.pid}/root{folder}")

    def fill(self, *, but: int = 0) -> None:
        """Leave no byte free, or a few."""
        with (self.folder / "filler").open("wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(b"0" * 4096)
            except OSError:
                filler.truncate(filler.tell() - but)

    def empty(self) -> None:
        """Make room again."""
        (self.folder / "filler").unlink()

    def make_read_only(self) -> None:
        """Take no more writing, whatever files are open."""
        at = str(self.name)
        self._inside(f"mount --bind {at} {at} && mount -o remount,bind,ro {at}")

    def make_writable(self) -> None:
        """Undo `make_read_only`."""
        self._inside(f"umount {self.name}")

    def _inside(self, script: str) -> None:
        subprocess.run([*self.within, "sh", "-c", script], check=True)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A project's folder for the real command."""
    return Bench(tmp_path)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A disk of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if shutil.which("unshare") is None or shutil.which("nsenter") is None:
        pytest.skip("there is no unshare, to mount a small disk with")
    script = f"mount -t tmpfs -o size=1m tmpfs {folder} && echo ready && exec sleep 600"
    words = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as keeper:
        assert keeper.stdout is not None
        if keeper.stdout.readline() != "ready\n":
            pytest.skip("the system lets nobody mount a small disk")
        try:
            yield Disk(keeper, folder)
        finally:
            keeper.send_signal(signal.SIGKILL)


def until(ready: Callable[[], object], *, seconds: float = 180) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    """Tell whether a process runs."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def wait_until() -> Callable[..., None]:
    """`until`, for tests."""
    return until
