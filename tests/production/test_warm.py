"""Warm kernels: the same outputs as cold ones, a fresh state each, and nothing left behind."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cspanalysis.paths import data_folder, notebooks_folder
from cspanalysis.production.execution import Execution, execute
from cspanalysis.production.kernels import Kernels
from cspanalysis.production.warm import CannotForkError, Template, held_templates, works_here

pytestmark = pytest.mark.skipif(not works_here(), reason="kernels can't be forked on this system")

TROUBLE = float(os.environ.get("CSPANALYSIS_TROUBLE_SECONDS", "10"))
"""Seconds of killing at random; 120 for a long test."""


@pytest.fixture(scope="module", autouse=True)
def _templates() -> Iterator[None]:
    with held_templates():
        yield
    assert _templates_of(os.getpid()) == []


def run_warm(book: Path, *, warm: bool = True, **parameters: Any) -> Execution:
    kernels = Kernels(warm=warm)
    return execute(book, parameters=parameters, kernels=kernels, timeout=240, seed=1)


def text_of(done: Execution) -> str:
    assert done.failure is None, done.failure
    assert done.notebook is not None
    return str(done.notebook.cells[-1].outputs[0].text)


def outputs_of(done: Execution) -> list[Any]:
    """Outputs of all cells, without what names a moment or a process."""
    assert done.failure is None, done.failure
    assert done.notebook is not None
    return [[dict(output) for output in c.get("outputs", ())] for c in done.notebook.cells]


def test_shipped_notebook_gives_the_same_cold_and_forked() -> None:
    book = notebooks_folder() / "performance-report.ipynb"
    words = {"area": "luton", "period": "2023-10..2023-12"}
    cold, warm = (outputs_of(run_warm(book, warm=how, **words)) for how in (False, True))
    assert cold == warm
    assert str(warm).count("data:image/svg+xml") > 10


STATE = """
import os, sys, json, signal, threading, atexit
import matplotlib, numpy, pandas, random
from ipykernel.kernelapp import IPKernelApp
rng = random.getstate()[1][0], float(numpy.random.rand())
print(json.dumps({
    "columns": pandas.get_option("display.max_columns"),
    "backend": matplotlib.get_backend(),
    "random": rng,
    "cwd": os.getcwd(),
    "path": sys.path,
    "flags": [sys.flags.hash_randomization, sys.flags.safe_path],
    "parent": IPKernelApp.instance().parent_handle == os.getppid(),
    "session": os.getsid(0) == os.getpid(),
    "argv": os.path.basename(sys.argv[0]).removesuffix(".py"),
    "signals": [str(signal.getsignal(s)) for s in (signal.SIGINT, signal.SIGTERM)],
    "main": __name__,
    "names": sorted(n for n in dir() if not n.startswith("_")),
}, indent=1, default=str))
"""


def test_state_of_a_forked_kernel_is_that_of_a_cold_one(workshop: Any) -> None:
    book = workshop.notebook("report", STATE)
    cold, warm = (text_of(run_warm(book, warm=how, area="luton")) for how in (False, True))
    assert warm == cold
    assert '"columns": 20' in warm
    assert '"parent": true' in warm


def test_figures_of_pyplot_are_shown_by_a_forked_kernel_with_the_inline_backend(
    workshop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "cspanalysis.production.kernels.environment",
        lambda: {k: v for k, v in os.environ.items() if k != "MPLBACKEND"},
    )
    book = workshop.notebook("report", "import matplotlib.pyplot as plt\nplt.plot([1, 2]);")
    done = run_warm(book)
    assert done.notebook is not None
    assert "image/png" in done.notebook.cells[-1].outputs[0].data


def test_nothing_that_one_kernel_does_is_seen_by_the_next(workshop: Any) -> None:
    source = (
        "import builtins, os, pandas\n"
        "width = pandas.options.display.width\n"
        "print(hasattr(builtins, 'spoilt'), os.environ.get('SPOILT'), width)\n"
        "builtins.spoilt = os.environ['SPOILT'] = 'yes'\n"
        "pandas.options.display.width = 7\n"
    )
    book = workshop.notebook("report", source)
    assert [text_of(run_warm(book)) for _ in range(2)] == ["False None 80\n"] * 2


PREPARED = """
from cspanalysis.blocks import style
from cspanalysis.store import places
from cspanalysis.vocabulary import area
print(*(read.cache_info().currsize > 0
        for read in (style._register_fonts, places._read_once, area._read_once)))
"""


def test_a_forked_kernel_finds_tables_read_and_fonts_known(workshop: Any) -> None:
    book = workshop.notebook("report", PREPARED)
    said = [text_of(run_warm(book, warm=how)) for how in (True, False)]
    assert said == ["True True True\n", "False False False\n"]


def test_a_table_that_was_edited_is_read_anew(
    workshop: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(data_folder() / "reference", tmp_path / "reference")
    monkeypatch.setenv("CSPANALYSIS_DATA", str(tmp_path))
    source = "from cspanalysis.vocabulary import Area\nprint(Area.named('E22000010').name)"
    book = workshop.notebook("report", source)
    assert text_of(run_warm(book)) == "Luton\n"
    areas = tmp_path / "reference" / "areas.csv"
    areas.write_text(areas.read_text(encoding="utf-8").replace(",Luton,csp", ",New Luton,csp"))
    assert text_of(run_warm(book)) == "New Luton\n"


def test_exit_functions_of_a_notebook_are_run(workshop: Any) -> None:
    left = workshop.folder / "left"
    source = f"import atexit, pathlib\natexit.register(pathlib.Path({str(left)!r}).touch)"
    run_warm(workshop.notebook("report", source))
    assert left.exists()


def test_dead_kernel_is_noticed_and_says_how_it_died(workshop: Any) -> None:
    source = "import faulthandler, ctypes\nfaulthandler.enable(open('/dev/stderr', 'w'))\n"
    began = time.monotonic()
    done = run_warm(workshop.notebook("report", source + "ctypes.string_at(0)"))
    assert done.failure is not None
    assert done.failure.name == "DeadKernelError"
    assert "Segmentation fault" in done.failure.traceback
    assert time.monotonic() - began < 30


@pytest.mark.parametrize(
    ("module", "reason"),
    [
        ("import threading; threading.Thread(target=input, daemon=True).start()", "2 threads"),
        ("raise ValueError('broken')", "ValueError: broken"),
    ],
)
def test_template_that_cannot_fork_safely_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, reason: str
) -> None:
    if "Thread" in module:
        module = module.replace("input", "__import__('time').sleep, args=(60,)")
    (tmp_path / "odd_module.py").write_text(module)
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    template = Template([sys.executable], ["odd_module"], env)
    try:
        with pytest.raises(CannotForkError, match=reason):
            template.fork([], env=env, cwd="/", files=[1, 2])
    finally:
        template.close()


def test_other_kernels_are_started_in_the_usual_way_with_a_warning(workshop: Any) -> None:
    from cspanalysis.production.warm import WarmProvisioner

    provisioner = WarmProvisioner()

    async def start() -> int | None:
        with pytest.warns(RuntimeWarning, match="started cold: the kernel is not started by"):
            await provisioner.launch_kernel([sys.executable, "-c", "raise SystemExit(7)"])
        return await provisioner.wait()

    assert asyncio.run(start()) == 7


def test_descriptors_and_memory_stay_level(workshop: Any) -> None:
    book = workshop.notebook("report", "print(1)")
    run_warm(book)
    before = len(list(Path("/proc/self/fd").iterdir())), threading.active_count()
    for _ in range(5):
        run_warm(book)
    assert (len(list(Path("/proc/self/fd").iterdir())), threading.active_count()) == before


@pytest.mark.filterwarnings("ignore:kernels are started cold:RuntimeWarning")
def test_killing_at_random_leaves_no_orphan_and_no_wrong_record(workshop: Any) -> None:
    """Kill kernels and templates; `test_faults` kills the parent."""
    workshop.notebook("report", "import time\ntime.sleep(0.2)", "print(area, 'to the end')")
    areas = ["wycombe", "luton", "bedford", "wokingham"]
    stop, killed = threading.Event(), [0]
    killer = threading.Thread(target=_kill_some, args=(stop, killed, random.Random(8)))
    end = time.monotonic() + TROUBLE
    killer.start()
    try:
        while time.monotonic() < end:
            result = workshop.run(*(f"report: {area}, 2019" for area in areas), warm=True, jobs=3)
            assert len(result.records) == len(areas)
            for record in result.published:
                page = workshop.outputs / record.folder / "report.html"
                assert f"{record.area.slug} to the end" in page.read_text()
            for record in result.failed:
                assert record.exception is not None
                assert record.exception.name in {"DeadKernelError", "KernelStartError"}
    finally:
        stop.set()
        killer.join()
    assert killed[0]
    _until(lambda: not _kernels())


def _kill_some(stop: threading.Event, killed: list[int], choice: random.Random) -> None:
    while not stop.wait(choice.uniform(0.2, 1.5)):
        found = _kernels() + _templates_of(os.getpid())
        if found:
            killed[0] += 1
            try:
                os.kill(choice.choice(found), signal.SIGKILL)
            except ProcessLookupError:
                killed[0] -= 1


def _processes() -> Iterator[tuple[int, int, str]]:
    for path in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (path / "stat").read_text().rpartition(")")[2].split()[:2]
            command = (path / "cmdline").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if state != "Z":
            yield int(path.name), int(parent), command


def _templates_of(owner: int) -> list[int]:
    ours = [p for p in _processes() if p[1] == owner]
    return [pid for pid, _, command in ours if "production/template.py" in command]


def _kernels() -> list[int]:
    """Processes forked from our templates, and from templates that were killed."""
    known = set(_templates_of(os.getpid()))
    return [
        pid
        for pid, parent, command in _processes()
        if "production/template.py" in command and pid not in known and parent in {*known, 1}
    ]


def _until(ready: Callable[[], bool], *, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
