"""Runs of tiny notebooks in real kernels: what lands, what doesn't, and what is told."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import nbformat
import pytest

from cspanalysis.errors import PublicationError, UsageError
from cspanalysis.production import Event, publish_again, run
from cspanalysis.production.execution import execute
from cspanalysis.production.kernels import Kernels
from cspanalysis.production.records import RunRecord

AT = "wycombe/2019"
REPORT = f"{AT}/report"


@pytest.fixture
def events() -> list[Event]:
    return []


class TestGoodJob:
    @pytest.fixture(autouse=True)
    def _ran(self, workshop: Any, make_figures_cell: Any, events: list[Event]) -> None:
        source = (
            "import os\nprint(area, period, baseline == '', edition)\n"
            "print(os.environ['MPLBACKEND'], os.environ['OMP_NUM_THREADS'])"
        )
        self.source = workshop.notebook(
            "report", source, make_figures_cell("all-crime", "burglary")
        )
        self.result = workshop.run("report: wycombe, 2019", on_event=events.append)

    def test_leaves_its_files_and_nothing_else(self, workshop: Any) -> None:
        ends = ("ipynb", "html", "figures.json", "run.json")
        assert workshop.files() == {*(f"{REPORT}.{end}" for end in ends), "manifest.json"}
        assert not (workshop.outputs / ".staging").exists()

    def test_passes_parameters_and_a_kernel_environment(self, workshop: Any) -> None:
        text = (workshop.outputs / f"{REPORT}.html").read_text()
        assert "wycombe 2019 True public\nagg 1" in text

    def test_records_what_was_made_from_what(self, workshop: Any) -> None:
        record = workshop.record(f"{REPORT}.run.json")
        assert record["status"] == "published"
        assert record["schema_version"] == 1
        assert record["job"] == REPORT
        assert record["area"] == {"slug": "wycombe", "code": "E22000318", "name": "Wycombe"}
        assert record["period"] == {"slug": "2019", "text": "2019", "label": "2019"}
        own = {"baseline": "", "edition": "public"}  # as the notebook has them
        assert record["parameters"] == {"area": "wycombe", "period": "2019", **own}
        assert record["inputs"] == [{"source": "made", "vintage": "2020-01", "rows": 3}]
        assert record["exception"] is None
        digest = hashlib.sha256(self.source.read_bytes()).hexdigest()
        assert record["notebook"] == {"name": "report", "sha256": digest}
        assert record["started"] < record["finished"]
        assert record["duration"] > 0
        assert record["versions"]["papermill"]
        assert [file["name"] for file in record["files"]] == [
            "report.ipynb",
            "report.figures.json",
            "report.html",
        ]
        for file in record["files"]:
            content = (workshop.outputs / AT / file["name"]).read_bytes()
            assert file["sha256"] == hashlib.sha256(content).hexdigest()
            assert file["bytes"] == len(content)

    def test_gathers_headline_figures_and_manifest(self, workshop: Any) -> None:
        figures = workshop.record(f"{REPORT}.figures.json")
        assert [figure["id"] for figure in figures["figures"]] == ["all-crime", "burglary"]
        (entry,) = workshop.record("manifest.json")["reports"]
        assert entry["job"] == REPORT
        assert f"{REPORT}.html" in {file["name"] for file in entry["files"]}

    def test_tells_what_happens(self, events: list[Event]) -> None:
        kinds = [event.kind for event in events]
        assert kinds == ["run-started", "started", "published", "run-finished"]
        assert json.loads(json.dumps(events[2].as_json()))["job"] == REPORT
        assert self.result.exit_code == 0

    def test_executed_notebook_names_no_folder_of_this_machine(self, workshop: Any) -> None:
        text = (workshop.outputs / f"{REPORT}.ipynb").read_text()
        assert str(workshop.folder) not in text

    def test_pages_can_be_made_again_without_a_kernel(self, workshop: Any) -> None:
        self.source.unlink()
        before = workshop.record(f"{REPORT}.run.json")

        def other(executed: Path, into: Path) -> Iterable[Path]:
            made = into / f"{executed.stem}.txt"
            made.write_text("again")
            return [made]

        result = publish_again(workshop.outputs, publish=other, only="wycombe")
        after = workshop.record(f"{REPORT}.run.json")
        assert result.exit_code == 0
        assert (workshop.outputs / f"{REPORT}.txt").read_text() == "again"
        assert not (workshop.outputs / f"{REPORT}.html").exists()
        assert after["republished"] > after["finished"] == before["finished"]
        assert after["duration"] == before["duration"]
        with pytest.raises(UsageError, match="no report that matches 'luton'"):
            publish_again(workshop.outputs, publish=other, only="luton")


FAULTS = {
    "raises": ("1 / 0", "ZeroDivisionError", "division by zero"),
    "dies": ("import os; os._exit(1)", "DeadKernelError", "ended by itself (exit code 1)"),
    "endless": ("import time; time.sleep(60)", "CellTimeoutError", "longer than 12 seconds"),
    "leaves-early": ("import sys; sys.exit(0)", "EarlyExit", "rest of the notebook undone"),
}


def test_failing_jobs_leave_the_others_published(workshop: Any) -> None:
    workshop.notebook("good", "print('here')")
    for name, (source, _, _) in FAULTS.items():
        workshop.notebook(name, "first = 1", source, "print('never')")
    entries = [f"{name}: wycombe, 2019" for name in ["good", *FAULTS]]
    result = workshop.run(*entries, timeout=12, jobs=3)

    assert result.exit_code == 1
    assert [record.job for record in result.published] == [f"{AT}/good"]
    for name, (source, exception, message) in FAULTS.items():
        record = workshop.record(f".failed/{AT}/{name}.run.json")
        assert record["status"] == "failed"
        assert record["files"] == []
        why = record["exception"]
        assert why["name"] == exception
        assert message in why["message"]
        assert why["source"] == source
        assert "\x1b" not in why["traceback"]
        assert exception in why["traceback"]
        half = nbformat.read(workshop.outputs / ".failed" / AT / f"{name}.ipynb", as_version=4)
        assert half.cells[why["cell"] - 1].source == source
        assert not list((workshop.outputs / AT).glob(f"{name}.*"))
    assert len(workshop.record("manifest.json")["failed"]) == len(FAULTS)


def test_earlier_report_survives_a_failure_and_success_forgets_it(workshop: Any) -> None:
    workshop.notebook("report", "print('good')")
    workshop.run("report: wycombe, 2019")
    good = {p.name: p.read_bytes() for p in (workshop.outputs / AT).iterdir()}

    workshop.notebook("report", "raise ValueError('bad')")
    assert workshop.run("report: wycombe, 2019").exit_code == 1
    assert {p.name: p.read_bytes() for p in (workshop.outputs / AT).iterdir()} == good
    assert (workshop.outputs / f".failed/{REPORT}.run.json").exists()

    workshop.notebook("report", "print('better')")
    assert workshop.run("report: wycombe, 2019").exit_code == 0
    assert not (workshop.outputs / ".failed").exists()
    assert "better" in (workshop.outputs / f"{REPORT}.html").read_text()


def test_figures_that_clash_fail_the_job(workshop: Any, make_figures_cell: Any) -> None:
    workshop.notebook("report", make_figures_cell("a"), make_figures_cell("b", "a"))
    result = workshop.run("report: wycombe, 2019")
    (record,) = result.failed
    assert record.exception is not None
    assert "'a' is recorded twice" in record.exception.message
    assert not (workshop.outputs / AT).exists()


def names_an_absent_page(executed: Path, into: Path) -> Iterable[Path]:
    return [into / f"{executed.stem}.pdf"]


def raises(executed: Path, into: Path) -> Iterable[Path]:
    raise ValueError(f"{executed.stem} has no title")


@pytest.mark.parametrize(
    ("publish", "reason"),
    [
        (names_an_absent_page, "is not a file in"),
        (raises, r"has no title \(raised in raises, test_run.py:\d+, called in _publish, jobs"),
    ],
)
def test_pages_that_cannot_be_made_fail_the_job(
    workshop: Any, publish: Callable[[Path, Path], Iterable[Path]], reason: str
) -> None:
    workshop.notebook("report", "print('good')")
    result = workshop.run("report: wycombe, 2019", publish=publish)
    (record,) = result.failed
    assert record.exception is not None
    assert re.search(reason, record.exception.message)
    assert (workshop.outputs / f".failed/{REPORT}.ipynb").is_file()


def test_index_that_cannot_be_written_is_told_and_loses_nothing(workshop: Any) -> None:
    def index(outputs: Path) -> Path:
        raise OSError("disk full")

    workshop.notebook("report", "print('good')")
    result = workshop.run("report: wycombe, 2019", index=index)
    assert result.exit_code == 1
    assert str(result.trouble) == "OSError: the index could not be written: disk full"
    assert (workshop.outputs / f"{REPORT}.html").exists()


def test_any_executor_will_do(workshop: Any) -> None:
    workshop.notebook("report", "print('good')")
    with ThreadPoolExecutor(1) as pool:
        result = workshop.run("report: wycombe, 2019", executor=pool)
        assert result.exit_code == 0
        assert pool.submit(int, "3").result() == 3  # the caller's executor is left to the caller


def test_lost_worker_is_a_failed_job(workshop: Any) -> None:
    class Lossy(ThreadPoolExecutor):
        def submit(self, *_: Any, **__: Any) -> Any:
            return super().submit(int, "the worker is gone")

    workshop.notebook("report", "print('good')")
    with Lossy(1) as pool:
        result = workshop.run("report: wycombe, 2019", executor=pool)
    (record,) = result.failed
    assert record.exception is not None
    assert record.exception.name == "ValueError"


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            "reports: wycombe, 2019",
            r"line 2, reports\[0\]: there is no notebook 'reports'.*'report'",
        ),
        ("narrow: wycombe, 2019", "notebook 'narrow' has no parameter 'area'; it declares: period"),
    ],
)
def test_nothing_is_run_of_a_plan_that_cannot_be(workshop: Any, entry: str, message: str) -> None:
    workshop.notebook("report")
    workshop.notebook("narrow", parameters="period = ''")
    with pytest.raises(UsageError, match=message):
        workshop.run(entry)
    assert not workshop.outputs.exists()


def test_parameter_that_the_notebook_lacks_is_told_before_a_kernel_starts(workshop: Any) -> None:
    workshop.notebook("report")
    plan = workshop.plan_file("report: wycombe, 2019")
    plan.write_text(plan.read_text().replace("]}", "], parameters: {base: '2018'}}"))
    from cspanalysis.production import read_plan, run

    with pytest.raises(UsageError, match="no parameter 'base'; did you mean 'baseline'"):
        run(
            read_plan(plan, notebooks=workshop.notebooks),
            outputs=workshop.outputs,
            publish=raises,
        )


def test_outputs_that_is_a_file_is_refused(workshop: Any) -> None:
    workshop.notebook("report")
    workshop.outputs.write_text("in the way")
    with pytest.raises(UsageError, match=r"outputs' can't be written to: .*--outputs"):
        workshop.run("report: wycombe, 2019")
    assert workshop.outputs.read_text() == "in the way"


PAGES = """
def publish(executed, into):
    page = into / f"{executed.stem}.html"
    page.write_text("from another process")
    return [page]
"""


def test_jobs_can_run_in_other_processes(
    workshop: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "made_pages.py").write_text(PAGES)
    monkeypatch.syspath_prepend(str(tmp_path))
    workshop.notebook("report", "print('good')")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        result = workshop.run(
            "report: wycombe, 2019", executor=pool, publish=import_module("made_pages").publish
        )
    assert [record.job for record in result.published] == [REPORT]
    assert (workshop.outputs / f"{REPORT}.html").read_text() == "from another process"


def test_a_stop_that_is_heeded_ends_a_running_kernel(workshop: Any) -> None:
    workshop.notebook("slow", "import time; time.sleep(60)")
    looks = iter(range(100))

    def heed() -> None:
        if next(looks) == 4:
            raise KeyboardInterrupt

    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        workshop.run("slow: wycombe, 2019", heed=heed)
    assert time.monotonic() - begun < 20
    assert not [name for name in workshop.files() if name.endswith("run.json")]


def test_no_page_is_made_before_what_it_needs_is_loaded(workshop: Any) -> None:
    workshop.notebook("report")
    told: list[str] = []

    def ready() -> None:
        time.sleep(0.5)
        told.append("ready")

    def publish(executed: Path, into: Path) -> list[Path]:
        told.append("publish")
        return []

    plan = workshop.plan("report: wycombe, 2019")
    run(plan, outputs=workshop.outputs, publish=publish, ready=ready, current=lambda _: "")
    assert told == ["ready", "publish"]
    run(plan, outputs=workshop.outputs, publish=publish, ready=ready, current=lambda _: "")
    assert told == ["ready", "publish"]  # nothing was due


def test_what_can_not_be_loaded_fails_the_job(workshop: Any) -> None:
    workshop.notebook("report")

    def ready() -> None:
        raise OSError("no fonts")

    plan = workshop.plan("report: wycombe, 2019")
    result = run(plan, outputs=workshop.outputs, publish=lambda *_: [], ready=ready)
    assert [str(r.exception and r.exception.message) for r in result.failed] == ["no fonts"]


def test_a_report_that_is_refused_beside_others_fails_alone_and_leaves_its_forerunner(
    workshop: Any, make_figures_cell: Any
) -> None:
    workshop.notebook("report", make_figures_cell("all-crime-count"))
    seen: list[tuple[str, bool]] = []

    def vet(figures: Path, outputs: Path, record: RunRecord) -> None:
        seen.append((record.job, (outputs / record.folder / figures.name).exists()))
        if "wycombe" in record.job and json.loads(figures.read_text())["figures"]:
            raise PublicationError("beside others it tells too much")

    entries = "report: wycombe, 2019", "report: bedford, 2019"
    workshop.run(entries[0])
    result = workshop.run(*entries, vet=vet)
    assert [r.job for r in result.published] == ["bedford/2019/report"]
    assert [r.exception.message for r in result.failed if r.exception] == [
        "beside others it tells too much"
    ]
    assert workshop.record("wycombe/2019/report.run.json")["status"] == "published"
    assert workshop.record(".failed/wycombe/2019/report.run.json")["status"] == "failed"
    assert sorted(seen) == [("bedford/2019/report", False), ("wycombe/2019/report", True)]


def test_a_notebook_that_prints_without_end_fills_no_memory_and_says_what_is_left_out(
    workshop: Any,
) -> None:
    loop = "for _ in range(300):\n    print('x' * 20_000)"
    path = workshop.notebook("report", loop, "print('later')", "1 + 1")
    book = execute(path, parameters={}, kernels=Kernels(), timeout=60).notebook
    assert book is not None
    outputs = [out for cell in book.cells for out in cell.outputs]
    (printed,) = (out.text for out in outputs if out.output_type == "stream")
    assert 1_000_000 < len(printed) < 1_001_000
    assert printed.endswith("printed more than 1,000,000 characters: the rest is left out.)\n")
    assert outputs[-1]["data"]["text/plain"] == "2"


def test_a_notebook_that_shows_without_end_fills_no_memory_and_is_refused(workshop: Any) -> None:
    loop = (
        "from IPython.display import HTML\nfor _ in range(12):\n    display(HTML('x' * 10_000_000))"
    )
    path = workshop.notebook("report", loop, "1 + 1")
    made = execute(path, parameters={}, kernels=Kernels(), timeout=120)
    assert made.failure is not None
    assert made.failure.name == "TooMuchShown"
    assert "more than 100,000,000 characters" in made.failure.message
    assert made.notebook is not None
    assert sum(len(cell.outputs) for cell in made.notebook.cells) < 10


def test_an_exception_with_a_message_without_end_is_told_in_part(workshop: Any) -> None:
    path = workshop.notebook("report", "raise ValueError('first ' + 'x' * 1_000_000)")
    made = execute(path, parameters={}, kernels=Kernels(), timeout=60)
    assert made.failure is not None
    assert made.failure.message.startswith("first xxx")
    assert len(made.failure.message) == 10_000
    assert len(made.failure.traceback) < 30_000
