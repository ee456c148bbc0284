"""The doctor's checks."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from cspanalysis import paths
from cspanalysis.command.doctor import checks
from cspanalysis.store import ingest


def test_tools_of_this_environment_are_in_order() -> None:
    found = {check.name: check for check in checks()}
    for name in ("python", "libraries", "kernel", "fonts", "pandoc", "typst"):
        assert found[name].ok, str(found[name])


def test_folder_without_a_project_is_a_problem_with_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSPANALYSIS_HOME", str(tmp_path))
    found = {check.name: str(check) for check in checks()}
    assert found["notebooks"].startswith("problem  notebooks: no notebook in")
    assert found["notebooks"].endswith("set CSPANALYSIS_HOME to the project's folder")
    assert "can't be read" in found["plan"]
    assert "no counts in" in found["shipped counts"]
    assert found["your counts"].startswith("ok ")


def test_where_there_is_no_workspace_that_is_the_one_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    monkeypatch.setenv("CSPANALYSIS_DATA", str(gone))
    problems = [str(check) for check in checks() if not check.ok]
    assert problems == [
        f"problem  workspace: CSPANALYSIS_DATA is '{gone}', and there is no such folder; if it was "
        "moved, set CSPANALYSIS_DATA to where it is now, or leave it unset and go into the "
        "workspace"
    ]
    for name in ("CSPANALYSIS_DATA", "CSPANALYSIS_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(paths, "checkout", lambda: None)
    monkeypatch.chdir(tmp_path)
    (problem,) = (str(check) for check in checks() if not check.ok)
    assert problem == (
        "problem  workspace: there is no workspace here; make one with `cspanalysis init FOLDER` "
        "and go into it, or set CSPANALYSIS_HOME to one"
    )


def test_damaged_counts_are_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "months.parquet").write_bytes(b"PAR1, and no more")
    monkeypatch.setenv("CSPANALYSIS_DATA", str(tmp_path))
    (own,) = (check for check in checks() if check.name == "your counts")
    assert not own.ok


def test_a_file_of_counts_that_is_lost_is_a_problem_with_its_way_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, street_text
) -> None:
    (tmp_path / "reference").symlink_to(paths.data_folder() / "reference")
    (tmp_path / "2022-01-bedfordshire-street.csv").write_text(
        street_text([("2022-01", "E01015695", "Burglary")])
    )
    monkeypatch.setenv("CSPANALYSIS_DATA", str(tmp_path))
    ingest([tmp_path / "2022-01-bedfordshire-street.csv"])
    lost = next((tmp_path / "store").rglob("source=police-uk/**/*.parquet"))
    lost.unlink()
    (own,) = (check for check in checks() if check.name == "your counts")
    assert (own.found, own.advice) == (
        f"{lost} is lost",
        "ingest 2022-01-bedfordshire-street.csv again",
    )


def test_a_lost_table_of_coverage_is_a_problem_with_its_way_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = tmp_path / "counts" / "observations"
    counts.mkdir(parents=True)
    pd.DataFrame({"a": [1]}).to_parquet(counts / "one.parquet")
    monkeypatch.setenv("CSPANALYSIS_DATA", str(tmp_path))
    (shipped,) = (check for check in checks() if check.name == "shipped counts")
    assert "coverage.parquet is lost; " in str(shipped)


def test_a_mistake_of_one_partnership_is_a_warning_that_stops_no_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commentary = tmp_path / "partnerships" / "luton" / "commentary"
    commentary.mkdir(parents=True)
    (commentary / "own.md").write_text("no head")
    (tmp_path / "reference").symlink_to(paths.data_folder() / "reference")
    monkeypatch.setenv("CSPANALYSIS_DATA", str(tmp_path))
    found = {check.name: check for check in checks()}
    assert found["partnerships"].ok
    said = str(found["partnerships"])
    assert said.startswith(f"warning  partnerships: {commentary / 'own.md'}, line 1: no head")
