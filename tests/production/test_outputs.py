"""The outputs folder: lock, staging, landing and states, without a kernel."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from filelock import FileLock

from cspanalysis.errors import LockedError
from cspanalysis.production import Job, RunRecord, state
from cspanalysis.production.execution import Failure
from cspanalysis.production.manifest import Manifest
from cspanalysis.production.outputs import (
    held,
    land_failure,
    land_report,
    staged,
    write_manifest,
)
from cspanalysis.production.records import FileRecord, published_records
from cspanalysis.vocabulary import Area, Period

JOB = Job("report", Area.named("luton"), Period.parse("2023"))


@pytest.fixture
def begun(tmp_path: Path) -> RunRecord:
    (tmp_path / "report.ipynb").write_text("{}")
    return RunRecord.begun(JOB, tmp_path / "report.ipynb")


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    (tmp_path / "outputs").mkdir()
    return tmp_path / "outputs"


def land(outputs: Path, begun: RunRecord, **files: str) -> RunRecord:
    """Stage files named by their endings, and land them as a report."""
    stage = outputs / ".staging"
    stage.mkdir()
    for ending, text in files.items():
        (stage / f"report.{ending}").write_text(text)
    record = begun.published(map(FileRecord.of, sorted(stage.iterdir())), inputs=[])
    land_report(stage, outputs, record)
    stage.rmdir()
    return record


def test_landing_replaces_a_report_and_removes_what_it_no_longer_has(
    outputs: Path, begun: RunRecord
) -> None:
    land(outputs, begun, ipynb="1", html="1", xlsx="1")
    record = land(outputs, begun, ipynb="2", html="2")
    folder = outputs / "luton" / "2023"
    assert {path.name for path in folder.iterdir()} == {
        "report.ipynb",
        "report.html",
        "report.run.json",
    }
    assert (folder / "report.html").read_text() == "2"
    assert RunRecord.read(folder / "report.run.json") == record


def test_record_lands_last(outputs: Path, begun: RunRecord) -> None:
    first = land(outputs, begun, html="1")
    (outputs / ".staging").mkdir()
    (outputs / ".staging" / "report.html").write_text("2")
    lacking = FileRecord(name="report.pdf", bytes=1, sha256="0")
    record = first.model_copy(update={"files": (*first.files, lacking), "duration": 9.0})
    with pytest.raises(FileNotFoundError):
        land_report(outputs / ".staging", outputs, record)
    assert RunRecord.read(outputs / "luton/2023/report.run.json") == first


def test_state_is_read_from_the_files(outputs: Path, begun: RunRecord) -> None:
    assert state(JOB, outputs) == ("not run", None)
    record = land(outputs, begun, html="page")
    assert state(JOB, outputs) == ("published", record)

    (outputs / "luton/2023/report.html").write_text("page cut sh")
    assert state(JOB, outputs)[0] == "incomplete"
    (outputs / "luton/2023/report.html").unlink()
    assert state(JOB, outputs)[0] == "incomplete"

    failed = begun.failed(Failure("ValueError", "bad"))
    land_failure(outputs, outputs, failed)
    assert state(JOB, outputs) == ("failed", failed)

    again = land(outputs, begun, html="page")
    assert state(JOB, outputs) == ("published", again)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema_version": 2}'])
def test_damaged_record_is_no_record(outputs: Path, begun: RunRecord, text: str) -> None:
    land(outputs, begun, html="page")
    (outputs / "luton/2023/report.run.json").write_text(text)
    assert state(JOB, outputs)[0] == "not run"
    assert list(published_records(outputs)) == []


def test_record_with_a_path_in_it_removes_nothing_outside_its_folder(
    outputs: Path, begun: RunRecord
) -> None:
    precious = outputs.parent / "precious.csv"
    precious.write_text("mine")
    folder = outputs / "luton" / "2023"
    folder.mkdir(parents=True)
    evil = begun.published(
        [FileRecord(name="../../../precious.csv", bytes=1, sha256="0")], inputs=[]
    )
    (folder / "report.run.json").write_text(evil.text())
    land(outputs, begun, html="page")
    assert precious.read_text() == "mine"


def test_manifest_names_every_report_and_failure(outputs: Path, begun: RunRecord) -> None:
    record = land(outputs, begun, html="page")
    land_failure(outputs, outputs, begun.failed(Failure("ValueError", "bad")))
    content = json.loads(write_manifest(outputs, Manifest.of(outputs)).read_text())
    (report,), (failure,) = content["reports"], content["failed"]
    file = record.files[0]
    assert report["files"] == [
        {"name": "luton/2023/report.html", "bytes": 4, "sha256": file.sha256}
    ]
    assert (failure["job"], failure["exception"]) == ("luton/2023/report", "ValueError")


def test_second_run_is_told_who_holds_the_folder(outputs: Path) -> None:
    with (
        held(outputs),
        pytest.raises(LockedError, match=r"process \d+ on \S+, since 20\d\d-.*--outputs"),
        held(outputs),
    ):
        pytest.fail("two runs held one folder")
    with held(outputs):
        pass  # free again


def test_holder_that_has_not_said_who_it_is_still_holds(outputs: Path) -> None:
    with (
        FileLock(outputs / ".lock"),
        pytest.raises(LockedError, match="a process that has not said who it is"),
        held(outputs),
    ):
        pytest.fail("two runs held one folder")


def test_staging_of_a_run_that_was_cut_short_is_cleared(outputs: Path) -> None:
    (outputs / ".staging" / "old" / "luton").mkdir(parents=True)
    with held(outputs), staged(outputs) as staging:
        assert [path.name for path in (outputs / ".staging").iterdir()] == [staging.name]
    assert not (outputs / ".staging").exists()
