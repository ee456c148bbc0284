"""Outcomes: every job of a run ends as a report or as a failure, whatever its worker says."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from cspanalysis.production import RunRecord
from cspanalysis.production.records import FileRecord

AT = "wycombe/2019"
GOOD = "print('good')"


class Answering(ThreadPoolExecutor):
    """Workers that do no job, and answer what they are given."""

    def __init__(self, answer: Callable[[], Any]) -> None:
        super().__init__(1)
        self.answer = answer

    def submit(self, *_: Any, **__: Any) -> Any:
        return super().submit(self.answer)


def failure_of(workshop: Any, **options: Any) -> Any:
    """Run one job that fails, and give why, as it was written down."""
    result = workshop.run("report: wycombe, 2019", **options)
    (record,) = result.failed
    assert result.exit_code == 1
    told = RunRecord.read(workshop.outputs / ".failed" / AT / "report.run.json")
    assert told == record
    assert record.exception is not None
    return record.exception


@pytest.mark.parametrize("answer", [None, "done", 0])
def test_job_without_an_outcome_is_a_failure(workshop: Any, answer: object) -> None:
    workshop.notebook("report", GOOD)
    with Answering(lambda: answer) as pool:
        why = failure_of(workshop, executor=pool)
    assert why.name == "NoOutcome"
    assert why.message == "its worker ended without a word; look into its own log, then run again"


def test_worker_that_leaves_by_an_exit_is_a_failure(workshop: Any) -> None:
    def leave() -> None:
        raise SystemExit(0)

    workshop.notebook("report", GOOD)
    with Answering(leave) as pool:
        assert failure_of(workshop, executor=pool).name == "SystemExit"


def test_work_that_was_called_off_is_a_failure(workshop: Any) -> None:
    class Calling(ThreadPoolExecutor):
        def submit(self, *_: Any, **__: Any) -> Any:
            future: Future[Any] = Future()
            future.cancel()
            future.set_running_or_notify_cancel()
            return future

    workshop.notebook("report", GOOD)
    with Calling(1) as pool:
        assert failure_of(workshop, executor=pool).name == "CancelledError"


def test_staging_folder_that_is_removed_while_a_job_runs_fails_it(
    workshop: Any, make_page: Any
) -> None:
    staging = str(workshop.outputs / ".staging")
    workshop.notebook("report", f"import shutil\nshutil.rmtree({staging!r})")
    why = failure_of(workshop, publish=make_page)
    assert why.message.endswith("the folder .staging was removed while the run was on; run again")


def test_staged_file_that_vanishes_lands_nothing(workshop: Any, make_page: Any) -> None:
    def losing(executed: Path, into: Path) -> Iterable[Path]:
        pages = list(make_page(executed, into))
        (into / "report.figures.json").unlink()
        return pages

    workshop.notebook("report", GOOD)
    workshop.run("report: wycombe, 2019")
    before = {path.name: path.read_bytes() for path in (workshop.outputs / AT).iterdir()}
    assert "report.figures.json" in failure_of(workshop, publish=losing).message
    assert {p.name: p.read_bytes() for p in (workshop.outputs / AT).iterdir()} == before


def test_word_that_the_folder_does_not_bear_out_is_a_failure(workshop: Any) -> None:
    workshop.notebook("report", GOOD)
    (record,) = workshop.run("report: wycombe, 2019").published
    page = workshop.outputs / AT / "report.html"

    def lie() -> RunRecord:
        page.write_text("another page")
        return record  # type: ignore[no-any-return]

    with Answering(lie) as pool:
        why = failure_of(workshop, executor=pool)
    assert why.name == "NotAsTold"
    assert "report.html is missing or another" in why.message
    shutil.rmtree(workshop.outputs / AT)
    with Answering(lambda: record) as pool:
        assert "its run record is not there" in failure_of(workshop, executor=pool).message


def test_word_on_another_job_is_a_failure(workshop: Any) -> None:
    workshop.notebook("report", GOOD)
    (record,) = workshop.run("report: luton, 2019").published
    with Answering(lambda: record) as pool:
        assert "it speaks of luton/2019/report" in failure_of(workshop, executor=pool).message


def test_copied_record_speaks_for_no_report(workshop: Any) -> None:
    workshop.notebook("report", GOOD)
    (record,) = workshop.run("report: wycombe, 2019").published
    shutil.copytree(workshop.outputs / "wycombe", workshop.outputs / "old copy")
    made = FileRecord.of(workshop.outputs / AT / "report.html")
    assert made in record.files
    workshop.run("report: wycombe, 2019")
    assert [one["job"] for one in workshop.record("manifest.json")["reports"]] == [record.job]
