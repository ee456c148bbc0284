"""Editions apart: what is sensitive has a folder of its own, and nothing of it gets out."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from cspanalysis.errors import PublicationError, UsageError
from cspanalysis.production import explain, publish_again, root_of
from cspanalysis.production import run as run_plan
from cspanalysis.production.defaults import defaults_of
from cspanalysis.production.outputs import land_report
from cspanalysis.production.records import RunRecord
from cspanalysis.production.roots import open_sensitive
from cspanalysis.production.summary import summary
from cspanalysis.publication import write_index
from tests.production.conftest import PARAMETERS

ENTRY = "report: wycombe, 2019"
SECRET = "SECRET-4711"
SAYS = "print('SECRET-' + str(4700 + 11) if edition == 'sensitive' else 'open')"
COVER = """
from IPython.display import display
cover = {"edition": "sensitive", "title": "Report"}
display({"application/vnd.cspanalysis.cover+json": cover, "text/plain": "cover"}, raw=True)
"""
OPENS = """
from cspanalysis import Assessment
report = Assessment.open(area, period, edition="sensitive")
print("SECRET-" + str(4700 + 11))
"""
CLOSED = PARAMETERS.replace('"public"', '"sensitive"')


def apart(workshop: Any) -> Path:
    """Folder of the sensitive editions."""
    return Path(workshop.folder / "outputs-sensitive")


def holding(folder: Path, words: str) -> set[str]:
    """Files below a folder, hidden ones too, that hold some words or bear them."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {p.name for p in files if words.encode() in p.read_bytes() or words in str(p)}


def run(workshop: Any, edition: str) -> Any:
    """Run the report in an edition, with the index of the real site."""
    plan = workshop.plan(ENTRY).narrowed(parameters={"edition": edition})
    return run_plan(
        plan,
        outputs=workshop.outputs,
        publish=page,
        index=write_index,
        timeout=30,
    )


def page(executed: Path, into: Path) -> list[Path]:
    """Publish a notebook as its text."""
    target = into / f"{executed.stem}.html"
    target.write_text(executed.read_text())
    return [target]


def test_nothing_sensitive_reaches_the_public_folder(workshop: Any) -> None:
    workshop.notebook("report", SAYS)
    for edition in ("public", "sensitive", "public"):
        result = run(workshop, edition)
        assert result.exit_code == 0
    assert not holding(workshop.outputs, SECRET)
    assert {"report.ipynb", "report.html"} <= holding(apart(workshop), SECRET)
    for name in ("index.html", "manifest.json", ".editions"):
        assert (apart(workshop) / name).exists()
    assert len(list((apart(workshop) / ".editions").rglob("*.run.json"))) == 1
    assert len(list((workshop.outputs / ".editions").rglob("*.run.json"))) == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such modes")
def test_nobody_else_can_read_what_is_sensitive(workshop: Any) -> None:
    workshop.notebook("report", SAYS, "if edition == 'sensitive': raise ValueError('x')")
    workshop.notebook("other", SAYS)
    run(workshop, "sensitive")
    workshop.run("other: wycombe, 2019", index=write_index)
    inside = [apart(workshop), *apart(workshop).rglob("*")]
    modes = {path: path.stat().st_mode & 0o777 for path in inside if path.name != ".lock"}
    assert all(mode == (0o700 if path.is_dir() else 0o600) for path, mode in modes.items())
    assert any(".failed" in path.parts for path in modes)
    assert not (workshop.outputs / ".failed").exists()


def test_default_of_the_notebook_counts(workshop: Any) -> None:
    book = workshop.notebook("report", SAYS, parameters=CLOSED)
    (record,) = workshop.run(ENTRY).published
    assert record.parameters["edition"] == record.edition == "sensitive"
    assert not holding(workshop.outputs, SECRET)
    (job,) = workshop.plan(ENTRY).jobs
    assert root_of(job, book, workshop.outputs) == apart(workshop)
    (open_job,) = workshop.plan(ENTRY).narrowed(parameters={"edition": "public"}).jobs
    assert root_of(open_job, book, workshop.outputs) == workshop.outputs


def test_cover_that_is_sensitive_is_not_published_as_public(workshop: Any) -> None:
    workshop.notebook("report", COVER)
    (record,) = workshop.run(ENTRY).failed
    assert record.exception is not None
    assert "its cover says that it is a sensitive edition" in record.exception.message
    assert not list(workshop.outputs.glob("wycombe/*/*"))


@pytest.mark.parametrize("then", ["", "raise ValueError('SECRET-' + str(4700 + 11))"])
def test_notebook_that_opens_a_sensitive_edition_is_not_published_as_public(
    workshop: Any, then: str
) -> None:
    workshop.notebook("report", OPENS, then)
    (record,) = workshop.run(ENTRY).failed
    assert record.exception is not None
    assert "it opens a sensitive edition, its parameters say that it is not" in (
        record.exception.message
    )
    assert not list(workshop.outputs.glob("wycombe/*/*"))
    assert not holding(workshop.outputs, SECRET)


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such modes")
def test_nobody_else_can_read_what_failed_among_public_reports(workshop: Any) -> None:
    workshop.notebook("report", "raise ValueError('x')")
    workshop.run(ENTRY)
    kept = workshop.outputs / ".failed"
    assert kept.stat().st_mode & 0o777 == 0o700
    assert workshop.outputs.stat().st_mode & 0o077


def test_unchanged_editions_are_both_left_alone(workshop: Any) -> None:
    workshop.notebook("report", SAYS)
    run(workshop, "sensitive")
    plan = workshop.plan(ENTRY).narrowed(parameters={"edition": "sensitive"})
    ((_, verdict),) = explain(plan, outputs=workshop.outputs, current=lambda _: "")
    assert verdict.action == "skip"
    ((_, verdict),) = explain(workshop.plan(ENTRY), outputs=workshop.outputs, current=lambda _: "")
    assert str(verdict) == "it was never run"


def test_pages_are_made_again_where_they_lie(workshop: Any) -> None:
    workshop.notebook("report", SAYS)
    run(workshop, "sensitive")
    run(workshop, "public")
    result = publish_again(workshop.outputs, publish=page, index=write_index)
    assert sorted(record.edition for record in result.published) == ["public", "sensitive"]
    said = summary(result, workshop.outputs)
    assert f"Published in {workshop.outputs}:\n" in said
    assert f"Published in {workshop.outputs}-sensitive:\n" in said
    assert not holding(workshop.outputs, SECRET)
    assert json.loads((workshop.outputs / "manifest.json").read_text())["last_run"]["published"]


def test_folder_can_be_set(workshop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSPANALYSIS_SENSITIVE", str(workshop.folder / "closed"))
    workshop.notebook("report", SAYS, parameters=CLOSED)
    assert workshop.run(ENTRY).exit_code == 0
    assert (workshop.folder / "closed/wycombe/2019/report.html").is_file()
    assert not apart(workshop).exists()


@pytest.mark.parametrize("inside", ["", "closed"])
def test_folders_in_each_other_are_refused(
    inside: str, workshop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSPANALYSIS_SENSITIVE", str(workshop.outputs / inside))
    workshop.notebook("report", SAYS, parameters=CLOSED)
    with pytest.raises(UsageError, match="neither may lie in the other"):
        workshop.run(ENTRY)
    assert not workshop.outputs.exists()


def test_folder_of_other_things_and_a_sensitive_one_as_public_are_refused(workshop: Any) -> None:
    workshop.notebook("report", SAYS)
    apart(workshop).mkdir()
    (apart(workshop) / "thesis.doc").touch()
    with pytest.raises(UsageError, match="holds other things"):
        open_sensitive(apart(workshop))
    (apart(workshop) / "thesis.doc").unlink()
    open_sensitive(apart(workshop))
    with pytest.raises(UsageError, match="name the folder of public reports"):
        run_plan(workshop.plan(ENTRY), outputs=apart(workshop), publish=page)


def test_sensitive_record_does_not_land_among_public_reports(workshop: Any) -> None:
    book = workshop.notebook("report", SAYS, parameters=CLOSED)
    (job,) = workshop.plan(ENTRY).jobs
    with pytest.raises(PublicationError, match="has no place in"):
        land_report(workshop.folder, workshop.outputs, RunRecord.begun(job, book))


def test_defaults_are_plain_values_alone(workshop: Any, tmp_path: Path) -> None:
    book = workshop.notebook("report", parameters="a = 'x'\nb: int = 3\nc = str(4)\nd = None")
    assert defaults_of(book) == {"a": "x", "b": 3}
    (tmp_path / "broken.ipynb").write_text("{")
    assert defaults_of(tmp_path / "broken.ipynb") == defaults_of(tmp_path / "absent.ipynb") == {}
